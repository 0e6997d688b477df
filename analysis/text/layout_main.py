"""The main text of a page that was selected as a whole and pasted: which of its lines are the article.

Lines are scored for being running text (length, sentence ends, function words), and the stretch of lines is chosen that
scores best against the menus, link lists and comments around it. One pass over the lines, so the time is linear.
Not for fields (headline, date): `layout` finds those around the main text.
"""

from collections.abc import Sequence
from typing import NamedTuple

import re2

from analysis.text.lines import known_line

# Function words of the languages of the region and of the world's press: what running text has and menus lack.
_FUNCTION_WORDS = """
the of and to in a is that for it on with as was by at from be his he has have are were this an not
but had who they their its said which will would or been she her him you we i if when there about
more one after than into up out no so what all can could also over did do just like because them our
your my me how where some other only then these most any before being between during against while
through under even such does should may might must very us de la le les et des en un une du que el
los las y del se por con una para al lo der die und das den von mit zu ist il di che per non si nel
e o da em na os um uma کے کی کا کو میں نے سے اور ہے کہ پر ہیں یہ اس بھی ایک وہ تھا گیا کر کیا جو لیے
ہو کیلئے تھی تھے رہا رہے ان اپنے در به از که را این است با و برای آن شد شده تا بر یک خود می بود کرد
هم نیز یا اما من في على إلى أن عن مع هذا التي الذي ما لا كان بعد قد هو هي بين قال وقال كما का के की
है में से को और पर ने हैं यह कि भी एक इस था कर नहीं हो गया लिए د په چې او له کې ته دی یې سره کړې شوي
සහ ද බව එම ඇති මෙම විසින් සඳහා கூட என்று ஒரு மற்றும் இந்த அந்த
"""
_FUNCTION = frozenset(_FUNCTION_WORDS.split())
_ENDS = frozenset(".!?…۔؟।॥。！？")
_CLOSERS = "\"”’'»)]* "
_BULLET = re2.compile(r"^[*•+»>►▪◦‣·|o\-–]\s")
# After these the page turns to its readers, or to other articles; what follows must be very good text to count.
_AFTER = re2.compile(
    r"(?i)^[\s*#•]*(?:(?:[0-9,]+ )?comments?(?: ?\(?[0-9,]+\)?)?:?|leave a (?:reply|comment).*|"
    r"(?:join|start) the (?:conversation|discussion).*|"
    r"(?:view|show|read|load|see) (?:all |more |[0-9,]+ )?comments.*|replying to .*|"
    r"comments are (?:moderated|closed).*|reader comments.*|"
    r"(?:you (?:may|might) also (?:like|be interested).*)|(?:related|more|recommended|latest|top|"
    r"popular|trending) (?:stories|articles?|news|posts?|coverage|content|reading|headlines|topics|"
    r"videos)(?: .{0,30})?:?|"
    r"most (?:read|popular|viewed|shared|recent|commented)\b.{0,30}|more from .{2,40}|"
    r"read next.{0,30}|up next.{0,20}|(?:recommended|promoted|sponsored)(?: .{0,30})?|around the web|"
    r"from (?:around )?the web|about the authors?|(?:we )?recommend(?:ed)?(?: for you)?|"
    r"trending(?: now)?|editor['’]?s picks?|what['’]s hot|read more from .*|more (?:in|on) .{2,30}|"
    r"topics|tags:?.{0,80}|filed under:?.{0,80}|"
    r"(?:\(c\)|©|copyright).{0,200}|(?:sign up|subscribe) .{0,80}newsletters?.{0,40}|next (?:article|"
    r"story|post)|previous (?:article|story|post)|back to top|privacy policy|terms (?:of|and) .{3,20}|"
    r"contact us|about us)\s*$"
)
_META = re2.compile(
    r"(?i)(?:^|\s)(?:[0-9]+ ?(?:min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|months?|years?) ago|"
    r"[0-9]+ min(?:ute)? read|[0-9]{1,2}:[0-9]{2} ?(?:am|pm|a\.m\.|p\.m\.|gmt|ist|est|et|edt|pst)?\b|"
    r"(?:19|20)[0-9]{2})\b"
)


_STAMP = re2.compile(
    r"(?i)\b(?:says|said|wrote|writes|commented|replied):?$|^(?:reply|quote|report|like|flag|"
    r"permalink|upvote|rate this)\b|ago$"
    r"|\b[0-9]{1,2}[:.][0-9]{2} ?(?:am|pm|a\.m\.|p\.m\.)?(?: [A-Z]{2,4})?$"
)


_INSETS = ("read_more", "caption", "advertisement")


class Line(NamedTuple):
    """A line that is not blank, by its place in the text, and how it reads."""

    start: int
    end: int
    text: str
    words: int
    prose: float
    rule: str | None


def lines_of(text: str, *, pasted: bool = True) -> list[Line]:
    """Cut a text into its lines that are not blank, scored as running text."""
    found: list[tuple[int, str, int, float, str | None]] = []
    position = 0
    known = total = 0.0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = position + len(raw) - len(raw.lstrip())
            words = stripped.split()
            n = max(len(words), _unspaced(stripped)) if len(stripped) > 12 * len(words) else len(words)
            share = _function_share(words)
            if n >= 10:
                known += share * min(n, 60)
                total += min(n, 60)
            found.append((start, stripped, n, share, known_line(stripped, pasted=pasted)))
        position += len(raw) + 1
    # A language whose function words are not known is judged by its sentences alone.
    foreign = total > 0 and known / total < 0.1
    return [
        Line(start, start + len(line), line, n, _prose(line, n, 0.3 if foreign else share, rule), rule)
        for start, line, n, share, rule in found
    ]


def _function_share(words: Sequence[str]) -> float:
    some = words if len(words) <= 80 else words[:80]
    return sum(w.casefold().strip("\"“”‘’'(,.") in _FUNCTION for w in some) / len(some)


def _unspaced(line: str) -> int:
    """Count the words of a script without spaces: about one for two characters."""
    return sum(c >= "\u0e00" and not c.isspace() for c in line) // 2


def _prose(line: str, n: int, function: float, rule: str | None) -> float:
    """Score a line as running text: above 0 for sentences, below for menus and links."""
    if rule is not None:
        return -4.0
    if not any(c.isalnum() for c in line[:40]):
        return -1.0
    cut = line.endswith(("...", "…", "[…]", "[...]", ">>", "»"))
    ends = line.rstrip(_CLOSERS)[-1:] in _ENDS and not cut
    if n < 4:
        return -2.0 + 0.8 * ends
    score = min(n, 60) / 6 * (0.4 + min(function, 0.4) * 2.2) if function > 0.08 else min(n, 12) / 12
    if ends:
        score += 1.0 if n >= 6 else 0.0
    else:
        score -= 3.2 if n < 18 else 1.2
    words = line.split() if n <= 80 else []
    if n > 4 and not ends and words and sum(w[:1].isupper() for w in words) > 0.6 * len(words):
        score -= 1.5
    if not ends and _BULLET.search(line):
        score -= 2.0
    if n < 16 and _META.search(line):
        score -= 1.5
    return max(score, -4.0)


def main_lines(lines: Sequence[Line], *, switch: float = 8.0) -> list[bool]:
    """Say for each line whether it belongs to the main text."""
    n = len(lines)
    keep = [False] * n
    if not n:
        return keep
    scores = _in_context(lines)
    segments: list[tuple[int, int, float]] = []
    for cost in (switch, switch / 2, 0.5):
        segments = segments or _segments(scores, cost)
    if not segments:
        return keep
    # Of two stretches that read alike the earlier is the article: pages end in what they say of themselves.
    best = max(segments, key=lambda s: (s[2] * (1 - 0.4 * s[0] / len(lines)), -s[0]))
    at = segments.index(best)
    before, after = segments[:at][::-1], segments[at + 1 :]
    chosen = [best, *_joined(before, best, lines, forward=False), *_joined(after, best, lines, forward=True)]
    seen: set[str] = set()
    for i in range(min(s[0] for s in chosen), _past_insets(max(s[1] for s in chosen), lines, scores)):
        # What stands between stretches of the main text belongs to it: lists, tables, headings.
        again = lines[i].words >= 8 and lines[i].text in seen
        seen.add(lines[i].text)
        keep[i] = not again and lines[i].rule is None
    return keep


def _past_insets(stop: int, lines: Sequence[Line], scores: Sequence[float]) -> int:
    """Go on behind one link or caption: set between two paragraphs it is no end, however short the last of them."""
    while (
        stop + 1 < len(lines) and lines[stop].rule in _INSETS and scores[stop] > -7 and scores[stop + 1] > 1
    ):
        stop += 2
        while stop < len(lines) and scores[stop] > 0:
            stop += 1
    return stop


def _in_context(lines: Sequence[Line]) -> list[float]:
    """Lower the scores of what follows the end of the article, stands there thrice, or is a reader's comment."""
    scores: list[float] = []
    times: dict[str, int] = {}
    stamps = [0]
    for line in lines:
        times[line.text] = times.get(line.text, 0) + 1
        stamps.append(stamps[-1] + (line.words <= 9 and bool(_STAMP.search(line.text))))
    after = 0
    for i, line in enumerate(lines):
        if line.words <= 14 and _AFTER.search(line.text):
            after = 8
            scores.append(-7.0)
            continue
        score = line.prose
        if score > 0 and (after or times[line.text] > 2):
            score *= 0.5
        if score > 0 and stamps[min(i + 7, len(lines))] - stamps[max(i - 6, 0)] >= 3:
            score = -1.0
        after = max(after - 1, 0)
        scores.append(score)
    return scores


def _segments(scores: Sequence[float], switch: float) -> list[tuple[int, int, float]]:
    """Cut out the stretches of text: the best path through `text` and `other`, each change costing `switch`."""
    n = len(scores)
    came_text, came_other = [False] * n, [False] * n
    text, other = scores[0] - switch, 0.0
    for i in range(1, n):
        enter, leave = other - switch, text
        came_text[i], came_other[i] = enter > text, leave > other
        text, other = max(text, enter) + scores[i], max(other, leave)
    inside = text > other
    segments: list[tuple[int, int, float]] = []
    stop = n
    for i in range(n - 1, -1, -1):
        if inside:
            if came_text[i] or i == 0:
                segments.append((i, stop, sum(scores[i:stop])))
                inside = False
        elif came_other[i]:
            inside, stop = True, i
    return segments[::-1]


def _joined(
    others: Sequence[tuple[int, int, float]],
    best: tuple[int, int, float],
    lines: Sequence[Line],
    *,
    forward: bool,
) -> list[tuple[int, int, float]]:
    """Take further stretches to the main one, as long as the gap is small for their weight."""
    taken: list[tuple[int, int, float]] = []
    edge = best[1] if forward else best[0]
    for first, stop, score in others:
        between = range(edge, first) if forward else range(stop, edge)
        ended = any(_AFTER.search(lines[i].text) for i in between if lines[i].words <= 14)
        if ended and forward:
            break
        gap = len(between)
        if score < 0.08 * best[2] or gap > 12 + score / 2 or gap > 40:
            break
        taken.append((first, stop, score))
        edge = stop if forward else first
    return taken
