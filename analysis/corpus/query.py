"""A text query as a linear expression: words, `afghan*`, "foreign minister", joined by ` | `.

Not for counting: it only says whether an article holds a match.
"""

from analysis.errors import InputError, message

_WORD = r"[\pL\pM\pN]"
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"'})


def text_pattern(query: str) -> str:
    """Turn a query into an RE2 expression; case does not matter, and ’ and ' are one.

    >>> text_pattern("ttp | afghan*")  # doctest: +ELLIPSIS
    '(?i)(?:^|[^...

    Raises
    ------
    InputError
        An empty query or alternative, or an unbalanced quotation mark.
    """
    text = query.translate(_QUOTES)
    if text.count('"') % 2:
        raise InputError(message("a quotation mark in the query is not closed", got=query))
    alternatives = [a.strip() for a in text.split("|")]
    if not all(a.replace('"', "").replace("*", "").strip() for a in alternatives):
        raise InputError(
            message(
                "the query has an empty part", got=query, expected='such as: taliban | "border post" | fenc*'
            )
        )
    patterns = [_phrase(a.replace('"', " ").split()) for a in alternatives]
    return f"(?i)(?:^|[^\\pL\\pM\\pN])(?:{'|'.join(patterns)})(?:$|[^\\pL\\pM\\pN])"


def _phrase(words: list[str]) -> str:
    return r"[^\pL\pM\pN]+".join(_word(w) for w in words)


def _word(word: str) -> str:
    out = ""
    for character in word:
        if character == "*":
            out += f"{_WORD}*"
        elif character in "'’":
            out += "['’]"
        elif character.isalnum() or ord(character) > 127:
            out += character
        else:
            out += "\\" + character
    return out
