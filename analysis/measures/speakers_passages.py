"""Every passage in somebody's voice with who speaks in it: the table behind `speakers` and `speaker_share`.

English only; the rules are in docs/methods-speakers.md. Not for sums.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.corpus.handle import Corpus
from analysis.errors import InputError, choose, message
from analysis.measures.speakers_names import read_aliases
from analysis.measures.speakers_read import read
from analysis.result import Result
from analysis.schema import PARTS
from analysis.terms.tokens import Tokens

SPOKEN = ("quotation", "reported")
Aliases = Mapping[str, str | Sequence[str]]


def attributions(
    selection: Corpus | Tokens, *, voice: str | Sequence[str] = SPOKEN, aliases: Aliases | None = None
) -> Result:
    """List every passage in somebody's voice, with who speaks and the words that say so.

    Parameters
    ----------
    selection
        Articles; of Tokens the voices and parts hold.
    voice
        `quotation`, `reported`, or both.
    aliases
        Spellings of a name that mean one speaker: `{"Amir Khan Muttaqi": ["Muttaqi", "Mottaki"]}`. Case is ignored.

    Returns
    -------
    Result
        kind `attributions`, one row a passage, by doc_id and place: `doc_id`, `part`, `sentence` (int32, where it
        begins), `segment` (int32, its first segment in the article, from 0), `n_segments`, `voice`, `start`, `end`
        (characters of the part), `n_words`, `speaker` (text; null where it is left open), `through` (who passed the
        words on, null mostly), `kind` (`name`, `pronoun`, `role`, `none`: what stands in the text), `source` (as
        written), `source_start`, `source_end`, `cue` (the word that says so), `rule` (`behind`, `before`, `according`,
        `colon`, `goes on`, `subject`, `none`).

    Notes
    -----
    A pronoun has a speaker only where the passage before it has one and nobody else was named since; role words
    (“officials”) never have one. Cost: about a millisecond an article the first time, then kept with the handle.

    References: Pareti (2015), the attribution relations behind PolNeAR (Newell, Margolin & Ruths 2018).
    """
    corpus, table = passages(selection, voice, aliases)
    return Result(
        kind="attributions",
        table=table,
        unit="passages",
        params=parameters(selection, voice, aliases),
        corpus_fingerprint=corpus.fingerprint,
        notes=named_notes(table),
        source=corpus,
    )


def passages(
    selection: Corpus | Tokens, voice: str | Sequence[str], aliases: Aliases | None
) -> tuple[Corpus, pd.DataFrame]:
    """The passages in scope, with the user's names."""
    if not isinstance(selection, Corpus | Tokens):
        raise InputError(
            message("This is no corpus", got=type(selection).__name__, expected="a Corpus or Tokens")
        )
    corpus = selection.corpus if isinstance(selection, Tokens) else selection
    parts, voices = scope(selection, voice)
    known = read_aliases(aliases)
    table: pd.DataFrame = read(corpus).passages.to_pandas()
    keep = table["voice"].isin(voices) & table["part"].isin([PARTS[p] for p in parts])
    table = table[keep].reset_index(drop=True)
    for name in ("speaker", "through") if known else ():
        table[name] = [known.get(v.casefold(), v) if isinstance(v, str) else None for v in table[name]]
    for name in ("source_start", "source_end"):
        table[name] = table[name].astype("Int64")
    return corpus, table


def scope(selection: Corpus | Tokens, voice: str | Sequence[str]) -> tuple[list[int], tuple[str, ...]]:
    """Numbers of the parts, names of the voices."""
    asked = (voice,) if isinstance(voice, str) else tuple(voice)
    if not asked:
        raise InputError(message("`voice` names nothing", expected="quotation, reported, or both"))
    voices = [choose("voice", v, SPOKEN) for v in asked]
    parts = list(range(len(PARTS)))
    if isinstance(selection, Tokens):
        parts = list(selection.recipe.parts or parts)
        if selection.recipe.voice is not None:
            voices = [v for v in voices if v in selection.recipe.voice]
            if not voices:
                raise InputError(
                    message(
                        "The tokens have none of these voices",
                        got=selection.recipe.voice,
                        expected=", ".join(asked),
                    )
                )
    return parts, tuple(v for v in SPOKEN if v in voices)


def parameters(
    selection: Corpus | Tokens, voice: str | Sequence[str], aliases: Aliases | None
) -> dict[str, object]:
    parts, voices = scope(selection, voice)
    known = sorted(read_aliases(aliases).items())
    return {"voice": list(voices), "part": [PARTS[p] for p in parts] if len(parts) < len(PARTS) else None,
            "aliases": [f"{a} = {b}" for a, b in known] or None}  # fmt: skip


def named_notes(table: pd.DataFrame) -> tuple[str, ...]:
    """How much has a name."""
    words = float(table["n_words"].sum())
    if not words:
        return ("Nobody is quoted or reported in these articles.",)
    share = float(table.loc[table["speaker"].notna(), "n_words"].sum()) / words
    return (
        f"{share:.0%} of the words have a named speaker; role words, pronouns that could mean somebody else, and "
        "passages without a cue are left open.",
        "Names are taken as written: aliases say which of them are one speaker.",
    )
