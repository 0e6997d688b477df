"""News words that mislead general lexicons: names, offices and fixed phrases whose words have a valence elsewhere.

A short list to be seen and argued with, not a lexicon of news; `neutral=None` switches it off. English.
"""

from typing import TYPE_CHECKING

from analysis.errors import InputError, message
from analysis.fingerprint import canonical_json, content_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.result import Result

NEWS_WORDS: dict[str, str] = {
    "united": "part of a name (United Nations, United States)",
    "security forces": "an armed body",
    "security force": "an armed body",
    "security personnel": "an armed body",
    "security official*": "an office",
    "security source*": "an office",
    "security agenc*": "an office",
    "security council": "a body of the United Nations",
    "special forces": "an armed body",
    "special task": "an armed body or an office",
    "special assistant": "an office",
    "special envoy": "an office",
    "special representative": "an office",
    "chief justice": "an office",
    "justice minist*": "an office",
    "ministry of justice": "an office",
    "minister of justice": "an office",
    "department of justice": "an office",
    "supreme court": "a court",
    "supreme leader": "an office",
    "supreme council": "a body",
    "defence minist*": "an office",
    "defense secretary": "an office",
    "ministry of defence": "an office",
    "minister of defence": "an office",
    "disaster management": "an office",
    "party": "a political party, or a side of a contract",
    "parties": "political parties, or sides of a contract",
    "party's": "a political party",
    "freedom party": "a political party",
    "shares": "of a company",
    "share price*": "of a company",
    "interest rate*": "of a bank",
    "interest income": "of a bank",
    "crude oil": "unrefined",
    "gross domestic": "a sum of the economy",
    "natural gas": "a fuel",
    "free trade": "an arrangement",
    "energy": "power supply",
    "as well": "also",
    "tested positive": "of a disease",
    "positive case*": "of a disease",
}
"""Word or phrase, and what it is in news. The valence of every word in it is not counted."""


def neutral_words(neutral: "str | Sequence[str] | None") -> tuple[str, ...]:
    """Read what the user asks not to count: `news` for the list here, words and phrases of their own, or None."""
    if neutral is None:
        return ()
    given = (neutral,) if isinstance(neutral, str) else neutral
    if not isinstance(given, list | tuple) or not all(
        isinstance(word, str) and word.strip() for word in given
    ):
        raise InputError(
            message("`neutral`", got=neutral, expected="'news', a list of words and phrases, or None")
        )
    found: dict[str, None] = {}
    for word in given:
        found.update(dict.fromkeys(NEWS_WORDS if word == "news" else (word,)))
    return tuple(sorted(found))


def neutral_params(words: tuple[str, ...]) -> dict[str, str | list[str]]:
    """Give what is not counted for a signature: long lists by their hash."""
    if not words:
        return {}
    if len(words) <= 12:
        return {"neutral": list(words)}
    digest = content_hash(canonical_json(list(words))).hex()[:12]
    return {
        "neutral": f"{'news, ' if words == tuple(sorted(NEWS_WORDS)) else ''}{len(words)} words #{digest}"
    }


def news_words() -> "Result":
    """List the news words whose valence is not counted unless `neutral=None`.

    Returns
    -------
    Result
        kind `news_words`; one row a word or phrase, sorted: `pattern` (str), `why` (str), `vader` (float64, the
        valences VADER would give its words, summed; stars are endings).
    """
    import pandas as pd

    from analysis.result import Result
    from analysis.sentiment.vader_words import lexicon

    known = lexicon()
    rows = [
        (pattern, why, sum(known.get(w.rstrip("*"), 0.0) for w in pattern.split()))
        for pattern, why in sorted(NEWS_WORDS.items())
    ]
    return Result(
        kind="news_words",
        table=pd.DataFrame(rows, columns=["pattern", "why", "vader"]),
        unit="valence of the words",
        params={},
        corpus_fingerprint="",
        notes=(
            "Words are found as `tokens` finds patterns; every word of a phrase loses its valence there.",
        ),
    )
