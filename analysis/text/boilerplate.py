"""Clutter that is known for what it says: script remnants, "Read more" links, captions, share and comment blocks.

Each rule is one RE2 pattern over whole lines, so that time grows with the text and no further. Not for clutter of one
outlet, whatever it says: `learned` finds that by its repetition.
"""

from typing import Any, NamedTuple

import re2

from analysis.text.agencies import agency_of

LONGEST_LINE = 400


class Span(NamedTuple):
    """A piece of a text that a rule wants out."""

    start: int
    end: int
    rule: str


# Where code that leaked into the text begins; how far it reaches is found by its brackets.
_CODE = re2.compile(
    r"(?:window\.)?\(?\s?adsbygoogle\s?=\s?window\.adsbygoogle\s?\|\|\s?\[\s?\]\s?\)?\s?\.push\("
    r"|\bgoogletag\.(?:cmd\.push|display|defineSlot|enableServices|pubads)\("
    r"|\bdocument\.(?:write|writeln|getElementById|createElement|addEventListener)\("
    r"|\b(?:fbq|gtag|_taboola\.push|dataLayer\.push|__tcfapi)\("
    r"|[(!]?\bfunction\s*[\w$]*\s*\([\w$, ]*\)\s*\{"
    r"|\bjQuery\(|\$\((?:document|window|function|['\"][#.])|\bwindow\.[A-Za-z_$][\w$.]*\s?=\s?[\[({]"
    r"|(?m:^[ \t]*(?:var|let|const)\s[A-Za-z_$][\w$]*\s?=)"
    r"|(?m:^[ \t]*(?:[.#][A-Za-z_][\w\-]*|@media|@import|@font-face)[\w .#>:,()\-]*\{)"
    r"|\[/?(?:caption|gallery|embed|video|audio|playlist|su_[a-z]+|vc_[a-z_]+|et_pb_[a-z_]+|"
    r"contact-form[\w-]*)(?:\s[^\[\]\n]*)?/?\]"
    r"|<!--|\bMedia error: Format\(s\) not supported or source\(s\) not found(?:\\n)*"
)
_CODE_HINT = re2.compile(r"[(\]{]\s*['\"{}\w$]*\s*[;)}{]|<!--|\[/?[a-z_]+[ \]]|Media error")
_BRACKET = re2.compile(r"[(){}\[\]]")
_CODE_REACH = 3000

_RULES: tuple[tuple[str, str], ...] = (
    (
        "read_more",
        r"(?:(?:click here to )?read(?: (?:more|also|full story|the full story|full article|next|"
        r"the full article))|"
        r"also read|must read|see also|read this too|you may also like|you might also like|"
        r"recommended(?: reading| for you| stories)?|don['’]?t miss|"
        r"(?:related|trending|latest|top|more|popular|editor['’]?s) (?:stories|story|articles?|news|"
        r"posts?|reads?|coverage|topics|picks?|links?)|"
        r"more on this(?: story| topic)?|more from [^\n]+|in case you missed it|icymi|what to read next|"
        r"most (?:read|popular|viewed|shared|commented))(?:\s*[:|»>–—-]+\s*[^\n]*|\s*[.…]*)"
        r"|(?:read|watch|listen|related|see|more):\s+[^\n]{3,}|(?:read|watch) (?:more|also) (?:here|"
        r"about|on)\b[^\n]*",
    ),
    (
        "share",
        r"(?:share|tweet|pin it|print|e-?mail|whatsapp|facebook|twitter|linkedin|pinterest|reddit|"
        r"tumblr|telegram|copy link|"
        r"messenger|viber|flipboard|pocket|instagram|youtube|tiktok|x|save|bookmark|comments?|"
        r"print this|email this)"
        r"(?:[ ,|/•·]+(?:share|tweet|pin it|print|e-?mail|whatsapp|facebook|twitter|linkedin|"
        r"pinterest|reddit|copy link|telegram|x|messenger|\+?[0-9]+))*"
        r"|(?:share|post|send|tweet|email|pin)(?: (?:this|it|the|article|story|post|page|now|link|via|"
        r"with|to|on|by|your|friends|facebook|twitter|whatsapp|linkedin|email|e-mail|x)){1,8}[.!:]?"
        r"|[0-9.,]{1,7}k? ?(?:shares?|comments?|views?|likes?|retweets?|replies)|(?:share|shares|"
        r"views?|likes?):? ?[0-9.,]{0,7}k?"
        r"|follow (?:us|me|@\w+|[A-Z][^\n]{2,}) on [^\n]{3,}|follow us|like us on facebook[^\n]*|"
        r"find us on [^\n]{3,}"
        r"|(?:click to )?(?:share|print|email)[^\n]*\(opens in new window\)[^\n]*|embed|copy|copied|"
        r"link copied!?|text size[^\n]*|listen to (?:this )?(?:article|story)[^\n]*",
    ),
    (
        "subscribe",
        r"(?:subscribe|sign up|register|join|get|download)(?: (?:now|today|here|free|in|up|with|us|"
        r"our|the|to|for|and|your|daily|weekly|by|on|a|app|latest|breaking|news|newsletters?|alerts?|"
        r"updates?|stories|email|e-mail|whatsapp|telegram|channel|youtube|headlines|account|inbox|"
        r"get|receive|more|from|[A-Z][A-Za-z.]+))*[.!:»>]?"
        r"|(?:your|enter your|type your) e-?mail(?: address)?[^\n]*|newsletters?(?: sign[- ]?up)?|"
        r"get [^\n]*\b(?:newsletter|in(?:to)? your inbox|app now)\b[^\n]*|sign up (?:for|to) (?:our|"
        r"the|get) [^\n]{3,}|subscribe to (?:our|the) [^\n]{3,}"
        r"|(?:thank you|thanks) for (?:subscribing|signing up)[^\n]*|already (?:a subscriber|"
        r"subscribed|a member)\?[^\n]*|(?:log|sign) ?(?:in|out|up)|log ?in / register|my account|"
        r"we (?:will|'ll|’ll) never (?:share|sell|spam)[^\n]*|you can unsubscribe[^\n]*|"
        r"invalid email[^\n]*|by (?:signing up|subscribing|clicking|registering)[^\n]{5,}",
    ),
    (
        "cookies",
        r"(?:this (?:web)?site|we|[A-Z][\w.]{2,}) uses? cookies\b[^\n]*|by (?:continuing|"
        r"using)[^\n]{5,} (?:cookies|privacy policy|terms)\b[^\n]*"
        r"|(?:accept|reject|manage|allow) (?:all )?(?:cookies|preferences)|accept all|"
        r"cookie (?:policy|settings|notice|preferences)",
    ),
    (
        "advertisement",
        r"(?:- |\[|\()?(?:advertisements?|advertising|sponsored(?: content| links?)?|"
        r"promoted(?: content| links?)?|story continues below(?: advertisement)?|"
        r"article continues (?:below|after) (?:this )?(?:ad|advertisement)|continue reading below|"
        r"continue reading(?: the main story)?|advertisement - scroll to continue|"
        r"skip ad(?:vertisement)?|ad|paid post|"
        r"sponsored by [^\n]{2,}|scroll (?:down )?to continue[^\n]*)(?: -|\]|\))?",
    ),
    (
        "copyright",
        r"(?:copyright\b[^\n]*|©|\(c\))[^\n]*(?:19|20)[0-9]{2}[^\n]*|[^\n]*\ball rights reserved\b[^\n]*"
        r"|this material may not be (?:published|reproduced)[^\n]*",
    ),
    (
        "caption",
        r"(?:photo|photos|photograph|photo credit|photo courtesy|image|images|image credit|"
        r"image source|picture|pic|illustration|graphic|file photo|representational image|screengrab|"
        r"screenshot|courtesy|credits?|source image)"
        r"\s?(?:by|from|of|courtesy)?\s?[:/|–—-]\s*[^\n]{2,}"
        r"|[(\[]?(?:photo|photos|photograph|image|picture|illustration|screengrab) (?:by|"
        r"courtesy(?: of)?|via|credit:?) [^\n]{2,}"
        r"|[(\[](?:photo|image|picture|file|credit|source)s?\s?[:/][^\n()\[\]]{2,}[)\]]"
        r"|[^\n]{10,}(?:[.!”\"’')\]–—-]|\s)\s?(?:PHOTO|PHOTOS|IMAGE|SCREENGRAB|PICTURE|COURTESY|"
        r"CREDIT|FILE PHOTO)\s?[:/]\s?[^\n]{2,}"
        r"|[^\n]{10,}(?:[.!”\"’')\]–—-]|\s)\s?[(\[]?(?:Photo|Image|Picture|File photo|Photo credit|"
        r"Image credit|Credit|Photograph|Illustration)s?\s?(?:by|from|courtesy)?\s?[:/]\s?[^\n]{2,}"
        r"|[^\n]{10,}\((?:AP|AFP|Reuters|EPA|Getty|File|Shutterstock|iStock|[A-Z][\w. ]{2,}/(?:AP|AFP|"
        r"Reuters|EPA|Getty|Getty Images|[A-Z][\w .]{2,}))(?: (?:Photo|Images?|file|"
        r"File))?(?:/[^()\n]{2,})?\)"
        r"|[^\n]{10,}[—–-]\s?(?:(?:AP|AFP|Reuters|EPA|APP|PPI|INP|DawnNewsTV|Dawn|White Star|"
        r"Online)(?:/[\w .]{2,})?(?: photos?| file)?|file(?: photo)?|screengrab|photo (?:by|"
        r"courtesy)[^\n]{2,}|courtesy[^\n]{2,})",
    ),
)
_COMMENTS = (
    "comment_form",
    r"comments?(?: ?\([0-9,]{1,6}\))?|[0-9,]{1,6} comments?|replying to [^\n]+|"
    r"comments are moderated[^\n]*|comments are closed[^\n]*|"
    r"for more information, please see our comments faq\.?"
    r"|leave a (?:reply|comment)[^\n]*|your email address will not be published[^\n]*|"
    r"save my name, email[^\n]*|post (?:a )?comment|add (?:a )?comment|(?:join|"
    r"start) the (?:conversation|discussion)[^\n]*"
    r"|(?:view|show|load|read|see|hide) (?:all |more |[0-9,]+ )?comments[^\n]*|write a comment[^\n]*|"
    r"name ?\*?|e-?mail ?\*?|website|comment ?\*?|cancel reply|what do you think\?[^\n]*|"
    r"be the first to comment[^\n]*|"
    r"please (?:log|sign) in to (?:comment|leave)[^\n]*|you must be logged in to[^\n]*|conversation|"
    r"commenting (?:policy|guidelines)[^\n]*|reply|report(?: abuse| comment)?|(?:sort|order) by[^\n]*|"
    r"powered by [^\n]{2,}",
)
_LEAD = r"(?m)^[ \t]*(?:[*•+»>►▪|\-–—o·]{1,3}[ \t]+)?"
_TAIL = r"[ \t]*$"


def _line_rule(pattern: str, *, case: bool = False) -> Any:
    return re2.compile(f"{'' if case else '(?i)'}{_LEAD}(?:{pattern}){_TAIL}")


# A caption's credit is told by its capitals; the others by their words.
_LINES = tuple((rule, _line_rule(p, case=rule == "caption")) for rule, p in _RULES)
_COMMENT_LINE = _line_rule(_COMMENTS[1])
_ANY_LINE = _line_rule("|".join(p if rule == "caption" else f"(?i:{p})" for rule, p in _RULES), case=True)
_CREDIT_AT_END = re2.compile(
    r"[.”\"’')]?(?P<cut>\s?[—–-]{1,2}\s?(?P<who>[A-Z][A-Za-z .]{1,24}(?:[/,&][A-Z][A-Za-z "
    r".]{1,20})?)\.?|\s*\((?:With|with) (?:inputs?|additional reporting)[^()\n]{3,80}\))\s*$"
)


def scripts(text: str) -> list[Span]:
    """Give the script, style and shortcode remnants of a text."""
    spans: list[Span] = []
    if not _CODE_HINT.search(text):
        return spans
    done = 0
    for found in _CODE.finditer(text):
        start, end = found.start(), found.end()
        if start < done:
            continue
        if text.startswith("<!--", start):
            close = text.find("-->", end, end + _CODE_REACH)
            end = close + 3 if close >= 0 else -1
        elif text[end - 1] in "({[":
            end = _closed(text, end)
        elif text[end - 1] == "=":
            close = text.find("\n", end, end + _CODE_REACH)
            stop = close if close >= 0 else min(len(text), end + _CODE_REACH)
            end = stop if text[end:stop].rstrip().endswith((";", "}")) else -1
        if end < 0:
            continue
        while end < len(text) and text[end] in ";)":
            end += 1
        spans.append(Span(start, end, "script"))
        done = end
    return spans


def _closed(text: str, start: int) -> int:
    """Find the end of code whose first bracket opens just before `start`; -1 where it does not close."""
    depth = 1
    for found in _BRACKET.finditer(text[start : start + _CODE_REACH]):
        depth += 1 if found.group() in "({[" else -1
        if depth == 0:
            return start + int(found.end())
    return -1


def may_hold(text: str) -> bool:
    """Say quickly whether any line of a text falls under a rule."""
    return bool(_ANY_LINE.search(text))


def known_line(line: str, *, pasted: bool = False) -> str | None:
    """Name the rule a whole line falls under, if any.

    >>> known_line("Read more: Bridge reopens after flood"), known_line("He read more: it was late.")
    ('read_more', None)
    """
    if len(line) > LONGEST_LINE:
        return None
    if _ANY_LINE.search(line):
        for rule, pattern in _LINES:
            if pattern.search(line):
                return rule
    return "comment_form" if pasted and _COMMENT_LINE.search(line) else None


def agency_credit(text: str) -> tuple[int, int, str | None] | None:
    """Find the agency credited behind the last sentence (`... he said. - AFP`): start, end, agency.

    >>> agency_credit("Rain fell.—AFP")
    (10, 14, 'AFP')
    """
    tail = max(0, len(text) - 160)
    found = _CREDIT_AT_END.search(text[tail:])
    if found is None:
        return None
    who = found.group("who")
    agency = agency_of(who, bracketed=True) if who else None
    if who and agency is None:
        return None
    return tail + found.start(1), tail + found.end(1), agency
