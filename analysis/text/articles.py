"""Records that are not articles: video pages, paywall stubs, error pages, listings. Flagged, never dropped.

Each flag needs a short text as well as the words: an article may quote any of them.
"""

from collections.abc import Sequence

import re2

_SHORT, _STUB = 60, 150
_ERROR = re2.compile(
    r"(?i)\b(?:page (?:you (?:are|were) looking for )?(?:was |is |could |can)?\s?(?:not|n['’]t|"
    r"no longer|cannot) (?:be )?(?:found|exist|available)|"
    r"404(?: error| not found|:)|error (?:404|403|500|503)|access denied|403 forbidden|"
    r"(?:internal server|bad gateway|gateway time-?out|service unavailable)|"
    r"are you a (?:robot|human)|verify (?:that )?you are (?:a )?human|enable (?:javascript|cookies)|"
    r"just a moment|something went wrong|unusual traffic|checking your browser)\b"
)
_PAYWALL = re2.compile(
    r"(?i)\b(?:subscribe (?:now )?to (?:continue|read|unlock|keep)|(?:log|sign) in to (?:continue|"
    r"read)|to (?:continue|keep) reading|already a (?:subscriber|member)|"
    r"(?:this (?:article|content|story) is|available) (?:only )?(?:for|to) (?:our )?(?:paid |"
    r"premium )?(?:subscribers|members)|premium (?:article|content|subscribers)|"
    r"unlock this article|read the full (?:story|article)|free articles? (?:left|remaining)|"
    r"start your (?:free )?(?:trial|subscription))\b"
)
_VIDEO = re2.compile(
    r"(?i)\b(?:video player|watch (?:the |this )?(?:full )?(?:video|episode|interview|live)|"
    r"play video|video loading|now playing|live ?stream)\b|\.mp4\b|youtube\.com/|youtu\.be/"
)
_VIDEO_TITLE = re2.compile(r"(?i)^(?:watch|video|in video|live)\s?[:|–—-]|\[video\]|\(video\)|[|–-]\s?video$")
_CLOSED = (".", "!", "?", "”", '"', ":", "۔", ",", ";")
_NO_TEXT = frozenset({"only_navigation", "caption_only", "comments_only", "headline_only"})


def nonarticle(title: str, body: str, found: Sequence[str]) -> list[str]:
    """Name what a record is if it is no article.

    >>> nonarticle("Not found", "Sorry, the page you were looking for could not be found.", ())
    ['nonarticle:error']
    """
    if not body:
        return ["no_body"]
    if len(body) > 1500:
        return ["nonarticle:listing"] if len(body) < 20_000 and _is_listing(body) else []
    n = len(body.split())
    flags: list[str] = []
    if n <= 90 and (_ERROR.search(body) or _ERROR.search(title)):
        flags.append("nonarticle:error")
    if n <= _STUB and _PAYWALL.search(body):
        flags.append("nonarticle:paywall")
    if (n <= _SHORT and _VIDEO.search(body)) or (n <= _STUB and _VIDEO_TITLE.search(title)):
        flags.append("nonarticle:video")
    if not flags and not _NO_TEXT.intersection(found) and _is_listing(body):
        flags.append("nonarticle:listing")
    return flags


def _is_listing(body: str) -> bool:
    """Say whether a text is a list of headings: many lines, hardly a sentence among them."""
    if body.count("\n") < 7:
        return False
    lines = [x.strip() for x in body.split("\n") if x.strip()]
    if len(lines) < 8:
        return False
    headings = sum(
        3 <= len(x.split()) <= 18 and not x.endswith((".", "!", "?", "”", '"', ":", "۔", ",", ";"))
        for x in lines
    )
    return headings > 0.8 * len(lines)
