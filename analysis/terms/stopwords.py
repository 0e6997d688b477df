"""Stop words by language: lists of function words, and the user's own files.

Not for what a recipe does with them (`vocabulary`), nor for a user's single words (`drop` of a recipe).
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from analysis.errors import InputError, UnknownNameError, did_you_mean, message
from analysis.terms.forms import plain

AUTO = "auto"
_LONGEST_FILE = 4_000_000  # bytes

# Closed classes only. The English list of stopwordsiso has 1,298 entries and takes "state", "members", "million" and
# "good" out of news; it is there as "iso:en".
_ENGLISH = """
a about above after again against all almost along already also although always am among an and another any
anybody anyone anything are around as at away back be became because become becomes been before behind being
below beside besides between beyond both but by can cannot could did do does doing done down during each
either else enough etc even ever every everybody everyone everything except few for from further had has have
having he hence her here hers herself him himself his how however i if in indeed instead into is it its itself
just least less let like many may maybe me meanwhile might mine more moreover most much must my myself near
neither never nevertheless no nobody none nor not nothing now of off often on once one only onto or other
others otherwise ought our ours ourselves out over own per perhaps quite rather same shall she should since so
some somebody someone something sometimes somewhat still such than that the their theirs them themselves then
there therefore these they this those though through throughout thus to together too toward towards under
unless until up upon us very via was we were what whatever when whenever where whereas wherever whether which
while who whoever whole whom whose why will with within without would yet you your yours yourself yourselves
ain't aren't can't couldn't didn't doesn't don't hadn't hasn't haven't he'd he'll he's here's how's i'd i'll
i'm i've isn't it'd it'll it's let's mayn't mightn't mustn't needn't oughtn't shan't she'd she'll she's
shouldn't that'd that'll that's there'd there'll there's they'd they'll they're they've wasn't we'd we'll
we're we've weren't what'll what're what's where's who'd who'll who're who's who've won't wouldn't you'd
you'll you're you've
"""
_PASHTO = """
او د په چې له دي ده دی وو وه يې یې به تر کې نه هم دا دغه هغه يو یو سره ته څخه باندې لپاره خو که نو
شو شي شوي شوې شوه کړ کړي کړې کړه وکړ وکړي کوي کول لري لرل يا یا ما زه ته موږ تاسو دوی هغوی ورته راته
لاندې پر ټول ټوله بل بله څه څوک چا کوم کومه هر هره پورې وروسته مخکې دلته هلته اوس بيا بیا ډېر ډیر
ډېره ځکه لکه ولې چېرې کله وي وای دې يم یم يې ده ول
"""
_OURS = {"en": _ENGLISH, "ps": _PASHTO}


def stop_words(code: str) -> tuple[str, ...]:
    """Give the stop words of a language.

    Parameters
    ----------
    code
        ISO 639-1: `en` and `ps` are lists of this package (closed classes), all others are those of the package
        stopwordsiso. `iso:en` is its longer English list, which holds content words too.

    Returns
    -------
    tuple of str
        Lower case, sorted, with ' as the apostrophe.

    Raises
    ------
    UnknownNameError
        There is no list for that language.

    Examples
    --------
    >>> "isn't" in stop_words("en"), "state" in stop_words("en"), "state" in stop_words("iso:en")
    (True, False, True)
    """
    name = code.lower()
    if name in _OURS:
        words: Sequence[str] = _OURS[name].split()
    else:
        words = _iso(name.removeprefix("iso:"))
    if not words:
        known = languages()
        raise UnknownNameError(
            message(
                "there is no list of stop words for this language",
                got=code,
                expected="one of " + ", ".join(known),
                hint=did_you_mean(code, known) or "Give your own words with `drop=`, or a .txt file.",
            )
        )
    return tuple(sorted({plain(w) for w in words}))


@cache
def languages() -> tuple[str, ...]:
    """Give the codes of the languages that have a list."""
    import stopwordsiso

    return tuple(sorted({*stopwordsiso.langs(), *_OURS}))


def read_words(path: str | Path) -> tuple[str, ...]:
    """Read a file of words, one a line; what follows a # is a remark.

    Raises
    ------
    InputError
        The file cannot be read as UTF-8, is larger than 4 MB, or holds no word.
    """
    place = Path(path)
    try:
        if place.stat().st_size > _LONGEST_FILE:
            raise InputError(
                message("a file of stop words is too large", got=place.name, expected="at most 4 MB")
            )
        lines = place.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            message("a file of stop words cannot be read", got=place.name, expected="UTF-8, a word a line")
        ) from error
    words = tuple(sorted({plain(w) for line in lines if (w := line.partition("#")[0].strip())}))
    if not words:
        raise InputError(message("a file of stop words is empty", got=place.name, expected="a word a line"))
    return words


@cache
def _iso(code: str) -> tuple[str, ...]:
    import stopwordsiso

    return tuple(stopwordsiso.stopwords(code)) if stopwordsiso.has_lang(code) else ()
