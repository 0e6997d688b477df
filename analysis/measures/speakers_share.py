"""How much room a speaker gets, as one number for every article: the stuff of trends and comparisons.

Not for who speaks at all (`speakers`).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.corpus.handle import Corpus
from analysis.errors import choose
from analysis.measures.speakers_passages import Aliases, parameters, passages, scope
from analysis.measures.speakers_read import read
from analysis.result import Measurement
from analysis.schema import PARTS, VOICES
from analysis.terms.tokens import Tokens

if TYPE_CHECKING:
    from analysis.terms.patterns import Pattern


def speaker_share(
    selection: Corpus | Tokens,
    who: "str | Sequence[str] | Pattern",
    *,
    voice: str | Sequence[str] = "quotation",
    of: str = "words",
    aliases: Aliases | None = None,
    label: str | None = None,
) -> Measurement:
    """Measure how much room a speaker gets: their words in each article, by all words or by all words so voiced.

    Parameters
    ----------
    selection, voice, aliases
        As for `attributions`; here quotation alone unless asked otherwise.
    who
        Words of the name: `Muttaqi`, `"State Department" | Miller`, `mutt*`; case is ignored. A speaker whose name
        holds them counts; one who only passes words on does not.
    of
        `words`: all words of the article. `voice`: the words in these voices, so that the share does not move with the
        amount of quotation.
    label
        For legends; default `who`.

    Returns
    -------
    Measurement
        A share of words, 0 to 1, for `trend` and `compare`. Nobody of that name: said in `notes`, with the nearest.
    """
    from analysis.terms.patterns import pattern_of

    choose("of", of, ("words", "voice"))
    wanted = pattern_of(who)
    corpus, table = passages(selection, voice, aliases)
    names = sorted(set(table["speaker"].dropna()))
    meant = {n for n in names if any(_names(n, phrase) for phrase in wanted.phrases)}
    words = read(corpus).words
    counts = np.asarray(words["n_words"].combine_chunks().flatten(), dtype=np.float64).reshape(
        -1, len(PARTS), len(VOICES)
    )
    parts, voices = scope(selection, voice)
    ids = words["doc_id"].to_numpy(zero_copy_only=False)
    own = table[table["speaker"].isin(meant)]
    numerator = np.zeros(len(ids))
    np.add.at(
        numerator,
        np.searchsorted(ids, own["doc_id"].to_numpy(dtype=object)),
        own["n_words"].to_numpy(dtype=float),
    )
    chosen = (
        counts[:, parts, :][:, :, [VOICES.index(v) for v in voices]] if of == "voice" else counts[:, parts, :]
    )
    return Measurement(
        kind="speaker_share",
        label=label or wanted.text,
        unit="share of words",
        table=pd.DataFrame({"doc_id": ids, "numerator": numerator, "denominator": chosen.sum(axis=(1, 2))}),
        params={**parameters(selection, voice, aliases), "who": wanted.text, "of": of},
        corpus_fingerprint=corpus.fingerprint,
        source=corpus,
        notes=_who(wanted.text, meant, names),
    )


def _names(name: str, phrase: tuple[str, ...]) -> bool:
    """Say whether a name holds the words of a phrase, one after the other.

    >>> _names("Amir Khan Muttaqi", ("khan", "mutt*")), _names("Amir Khan Muttaqi", ("mutta",))
    (True, False)
    """
    from fnmatch import fnmatchcase

    own = [w.casefold().replace("’", "'") for w in name.split()]
    asked = [w.casefold().replace("’", "'").replace("[", "[[]").replace("?", "[?]") for w in phrase]
    return any(
        all(fnmatchcase(w, a) for w, a in zip(own[i : i + len(asked)], asked, strict=True))
        for i in range(len(own) - len(asked) + 1)
    )


def _who(text: str, meant: set[str], names: list[str]) -> tuple[str, ...]:
    if meant:
        shown = sorted(meant)
        more = f" and {len(shown) - 8} more" if len(shown) > 8 else ""
        return (f"Speakers meant by {text!r}: {', '.join(shown[:8])}{more}.",)
    from difflib import get_close_matches

    by_word: dict[str, str] = {}
    for name in names:
        for word in (name, *name.split()):
            by_word.setdefault(word.casefold(), name)
    near = dict.fromkeys(
        by_word[m] for m in get_close_matches(text.casefold(), list(by_word), n=5, cutoff=0.6)
    )
    said = f"Nobody named {text!r} speaks in these articles"
    return (f"{said}; the nearest: {', '.join(near)}." if near else f"{said}.",)
