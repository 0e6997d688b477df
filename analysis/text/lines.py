"""Whole lines that are known for what they say: "Read more" links, share and subscribe blocks, cookies, captions.

A rule is one RE2 pattern over a whole line, so that time grows with the text and no further. What could begin a
sentence is bounded: few words, no full stop. Not for clutter of one outlet, whatever it says: that is `learned`.
"""

from typing import Any

import re2

LONGEST_LINE = 400

_NETWORKS = (
    r"(?:facebook|twitter|x|instagram|youtube|tiktok|telegram|whatsapp|linkedin|pinterest|"
    r"reddit|tumblr|"
    r"threads|mastodon|bluesky|google news)"
)
_SHORT = r"[^\n.!?]+"  # a heading or a name, never a sentence
_READ_MORE = (
    r"(?i:(?:click here to )?read(?: (?:more|also|full story|the full (?:story|article|report)|"
    r"full article|next))"
    r"(?: here| now)?|(?:also|must|you may also) read|read (?:this )?too|see (?:also|more)|"
    r"you (?:may|"
    r"might) also (?:like|"
    r"be interested in)|recommended(?: reading| for you| stories)?|don['’]?t miss|(?:related|"
    r"trending|"
    r"latest|top|"
    r"more|popular|editor['’]?s) (?:stories|story|articles?|news|posts?|reads?|coverage|topics|"
    r"picks?|"
    r"links?)|"
    r"more on this(?: story| topic)?|in case you missed it|icymi|what to read next|"
    r"most (?:read|popular|viewed|shared|commented))(?:\s*[:|»>–—-]+\s*[^\n]*|\s*[.…]*)"
    rf"|(?i:more from) (?:the )?[A-Z]{_SHORT}"
    r"|(?i:read|watch|listen|related|see|more|explainer|in pictures):\s+[^\n]+"
    r"|(?i:(?:read|watch) (?:more|also) (?:here|about|on)\b[^\n.]*\.?)"
)
# The same in other languages of the region and the world's press.
_READ_MORE_OTHER = (
    r"(?i:مزید پڑھیں|مزید پڑھئے|مزید پڑھیے|یہ بھی پڑھیں|یہ بھی پڑھیے|مزید خبریں|بیشتر بخوانید|"
    r"بیشتر بدانید|همچنین بخوانید|"
    r"مطالب مرتبط|اخبار مرتبط|خبرهای مرتبط|نور ولولئ|همدارنګه ولولئ|نور خبرونه|اقرأ أيض[اًا]+|"
    r"اقرأ أيضاً|اقرأ المزيد|إقرأ أيضا|"
    r"شاهد أيضا|مواضيع ذات صلة|أخبار ذات صلة|यह भी पढ़ें|ये भी पढ़ें|इसे भी पढ़ें|और पढ़ें|"
    r"संबंधित खबरें|আরও পড়ুন|மேலும் படிக்க|மேலும் வாசிக்க|"
    r"lea también|lee también|te puede interesar|leia também|leia mais|veja também|lire aussi|"
    r"à lire aussi|voir aussi|"
    r"lesen sie auch|mehr zum thema|auch interessant|leggi anche|ayrıca okuyun|ilgili haberler|"
    r"baca juga|читайте также)"
    r"(?:\s*[:：|»>–—-]+\s*[^\n]*|\s*[.…]*)"
)
_ICON = (
    r"(?:share|tweet|pin it|print|e-?mail|copy link|messenger|viber|flipboard|pocket|save|bookmark|"
    rf"comments?|{_NETWORKS}|print this|email this)"
)
_SHARE = (
    rf"(?i:{_ICON}(?:[ ,|/•·]+(?:{_ICON}|\+?[0-9]+))*"
    r"|(?:share|post|send|tweet|email|pin)(?: (?:this|it|the|article|story|post|page|now|link|"
    r"via|with|"
    r"to|on|by|"
    rf"your|friends|{_NETWORKS}|email|e-mail))+[.!:]?"
    r"|[0-9.,]+k? ?(?:shares?|comments?|views?|likes?|retweets?|replies)|(?:shares?|views?|"
    r"likes?):? ?[0-9.,]*k?"
    rf"|(?:follow|like|find) [^\n.!?]+ on {_NETWORKS}\b[^\n]*|follow us"
    r"|(?:click to )?(?:share|print|email)[^\n]*\(opens in new window\)[^\n]*|embed|copy|copied|"
    r"link copied!?"
    r"|text size[^\n]*|listen to (?:this )?(?:article|story)[^\n]*)"
)
_SUBSCRIBE = (
    r"(?i:(?:subscribe|sign up|register|join|get|download)(?: (?:now|today|here|free|in|up|with|"
    r"us|our|"
    r"the|to|for|and|"
    r"your|daily|weekly|by|on|a|app|latest|breaking|news|newsletters?|alerts?|updates?|stories|"
    r"email|"
    r"e-mail|whatsapp|"
    r"telegram|channel|youtube|headlines|account|inbox|get|receive|more|from|magazine|edition|"
    r"epaper|"
    r"e-paper))*[.!:»>]?"
    r"|(?:enter |type )?your e-?mail(?: address)?[^\n.]*|newsletters?(?: sign[- ]?up)?"
    r"|(?:get|sign up|subscribe|join|receive|download)\b[^\n]*\b(?:newsletters?|"
    r"in(?:to)? your inbox|"
    r"our app|app now|"
    r"whatsapp (?:channel|group)|youtube channel|telegram channel|news alerts|email alerts|"
    r"breaking news alerts)\b[^\n]*"
    r"|(?:thank you|thanks) for (?:subscribing|signing up)[^\n]*|already (?:a subscriber|"
    r"subscribed|"
    r"a member)\?[^\n]*"
    r"|(?:log|sign) ?(?:in|out|up)|log ?in / register|my account|we(?: will|"
    r"['’]ll) never (?:share|sell|"
    r"spam)[^\n]*"
    r"|you can unsubscribe[^\n]*|invalid email[^\n]*"
    r"|by (?:signing up|subscribing|clicking|registering)[^\n]*\b(?:you agree|i agree|i accept|"
    r"you accept|consent|"
    r"privacy (?:policy|notice)|terms (?:of|and))\b[^\n]*)"
)
_COOKIES = (
    r"(?i:(?:this (?:web)?site|our (?:web)?site|we|[\w.]+) uses? cookies\b[^\n]*"
    r"|by (?:continuing|using|browsing)[^\n]+\b(?:cookies|cookie policy|privacy (?:policy|notice)|"
    r"terms (?:of (?:use|service)|and conditions))\b[^\n]*"
    r"|(?:accept|reject|manage|allow) (?:all )?(?:cookies|preferences)|(?:accept|reject) all"
    r"|cookies? (?:policy|settings|notice|preferences))"
)
_ADVERTISEMENT = (
    r"(?i:(?:- |\[|\()?(?:advertisements?|advertising|sponsored(?: content| links?)?|"
    r"promoted(?: content| links?)?|"
    r"(?:story|article) continues (?:below|after)(?: (?:this |the )?(?:ad|advertisement))?|"
    r"continue reading (?:below|the main story)|advertisement ?[-–—:] ?(?:scroll to continue|"
    r"continue reading below)|"
    r"skip ad(?:vertisement)?|ad|paid post|scroll (?:down )?to continue[^\n]*)(?: -|\]|\))?)"
    rf"|(?i:sponsored by) {_SHORT}"
)
_COPYRIGHT = (
    r"(?:(?i:copyright)\s*(?:©|\([cC]\)|[A-Z0-9])|©|\([cC]\))[^\n.]*\b(?:19|20)[0-9][0-9]\b[^\n]*"
    r"|(?i:[^\n]*\ball rights reserved\b[^\n]*"
    r"|this (?:material|article|story) may not be (?:published|reproduced|republished)[^\n]*)"
)
# Who is credited under a picture. The second kind are also parties, ministries and words: they need more around them.
_WIRES = (
    r"(?:AFP|REUTERS|Reuters|EPA-EFE|AP Photo|Xinhua|XINHUA|Anadolu|Bloomberg|Getty(?: Images)?|"
    r"GETTY(?: IMAGES)?|Shutterstock|iStock|Unsplash|Pixabay|Wikimedia(?: Commons)?|"
    r"Creative Commons|"
    r"White Star|DawnNewsTV)"
)
_ALSO_WORDS = (
    r"(?:AP|EPA|APP|PPI|INP|PTI|ANI|IANS|UNI|PID|ISPR|AA|Twitter|TWITTER|Facebook|FACEBOOK|"
    r"Instagram|X|"
    r"YouTube|Online|Handout|HANDOUT|File|FILE|file)"
)
_ANY_WIRE = rf"(?:{_WIRES}|{_ALSO_WORDS})"
_MORE = r"(?:[ /,]*(?:Photos?|Images?|file|File|[A-Z][\w .'’-]+))*"
_LABEL = (
    r"(?i:(?:file |header |cover |representational |representative |"
    r"featured )?(?:photo(?:graph)?|image|"
    r"picture|pic|"
    r"illustration|graphic|screengrab|screenshot|cartoon)s?(?: credits?| courtesy| source)?|"
    r"photo credit|image source|"
    r"courtesy|credits?|source image)"
)
_CAPTION = (
    rf"[(\[]?{_LABEL}\s?(?i:by|from|courtesy(?: of)?|via)?\s?[:/|–—]\s*[^\n]+"
    rf"|[(\[]?(?i:photos?|photographs?|images?|pictures?|illustrations?|screengrab) (?i:by|"
    rf"courtesy(?: of)?|via|credit)"
    r" [A-Z@][^\n]+"
    r"|(?i:file|representational|representative|archive) (?i:photo|image|picture)(?: (?i:of|"
    r"shows) [^\n]+)?\.?"
    r"|[(\[](?i:photo|image|picture|file|credit|source)s?\s?[:/][^\n()\[\]]+[)\]]"
    r"|[^\n]+(?:[.!?”\"’'>)\]|–—-]|\s)\s?(?:PHOTOS?|IMAGE|SCREENGRAB|PICTURE|COURTESY|CREDIT|"
    r"FILE PHOTO)\s?[:/]\s?[^\n]+"
    r"|[^\n]+[.!?”\"’')\]|–—-]\s?[(\[]?(?:Photo|Image|Picture|File photo|Photo [Cc]redit|"
    r"Image [Cc]redit|Credit|"
    r"Photograph|Illustration)s?\s?(?:by|from|courtesy)?\s?[:/]\s?[^\n.!?]+[.)\]]?"
    r"|[^\n]+\s(?:Image |Photo |Picture |Video )?[Cc]redits?\s?:\s?[A-Z@][^\n.!?]+"
    r"|[^\n]+[(\[]\s?(?i:photo|image|picture|pic|file|credit|"
    r"source)s?(?i: credits?)?\s?[:/][^\n()\[\]]+[)\]]\.?"
    rf"|[^\n]+[(\[](?:[A-Z][\w.'’ -]+/\s?)?{_WIRES}{_MORE}\s?[)\]]"
    rf"|[^\n]+[.!?”\"’']\s*[(\[]{_ALSO_WORDS}{_MORE}\s?[)\]]|"
    rf"[^\n]+[(\[][A-Z][\w.'’ -]+/\s?{_ANY_WIRE}{_MORE}\s?[)\]]"
    rf"|[^\n]+(?:—\s?{_ANY_WIRE}|[–-]\s?{_WIRES}|"
    rf"[.!?”\"’']\s*[–-]\s?{_ALSO_WORDS})(?:\s?/\s?[\w .]+)?(?: photos?| file)?\.?"
    r"|[^\n]+[—–]\s?(?:(?:file|File)(?: photo)?|screengrab|"
    r"[Pp]hoto (?:by|courtesy)[^\n]+|[Cc]ourtesy[: ][^\n.!?]+)\.?"
)
_COMMENT = (
    r"(?i:comments?(?: ?\([0-9,]+\))?|[0-9,]+ comments?|replying to [^\n]+|"
    r"comments are (?:moderated|"
    r"closed)[^\n]*|"
    r"for more information, please see our comments faq\.?|leave a (?:reply|comment)[^\n]*|"
    r"your email address will not be published[^\n]*|save my name, email[^\n]*|post (?:a )?comment|"
    r"add (?:a )?comment|"
    r"(?:join|start) the (?:conversation|discussion)[^\n]*|(?:view|show|load|read|see|"
    r"hide) (?:all |"
    r"more |[0-9,]+ )?comments[^\n]*|"
    r"write a comment[^\n]*|name ?\*?|e-?mail ?\*?|website|comment ?\*?|cancel reply|"
    r"what do you think\?[^\n]*|"
    r"be the first to comment[^\n]*|please (?:log|sign) in to (?:comment|leave)[^\n]*|"
    r"you must be logged in to[^\n]*|conversation|"
    r"commenting (?:policy|guidelines)[^\n]*|reply|report(?: abuse| comment)?|(?:sort|"
    r"order) by[^\n]*|"
    r"powered by [^\n]+)"
)
_CONTRIBUTORS = (
    r"[^\n]+ contributed (?:to|reporting (?:to|for)) this (?:report|story|article)\.?"
    r"|\(?(?i:(?:additional )?(?:reporting|writing|editing) by) [A-Z][^\n]+"
    r"|(?i:with (?:additional )?(?:inputs?|reporting) (?:from|by)) [^\n]+"
)
_SEPARATOR = r"_+|-+|–+|—+|\*+|#+|(?:[*#] )+[*#]|~+|=+|•+"
# The longest line a rule may take: what is longer is more likely a sentence that begins alike.
_RULES = (
    ("read_more", f"{_READ_MORE}|{_READ_MORE_OTHER}", 250),
    ("share", _SHARE, 200),
    ("subscribe", _SUBSCRIBE, 300),
    ("cookies", _COOKIES, LONGEST_LINE),
    ("advertisement", _ADVERTISEMENT, 80),
    ("copyright", _COPYRIGHT, 250),
    ("caption", _CAPTION, 300),
    ("contributors", _CONTRIBUTORS, 250),
    ("separator", _SEPARATOR, LONGEST_LINE),
)


def _line(pattern: str) -> Any:
    """Compile a pattern for a whole line, a bullet before it allowed."""
    options = re2.Options()
    options.max_mem = 64 << 20
    return re2.compile(rf"(?m)^[ \t]*(?:[*•+»>►▪|\-–—o·]+[ \t]+)?(?:{pattern})[ \t]*$", options)


_LINES = tuple((rule, _line(pattern), longest) for rule, pattern, longest in _RULES)
_COMMENT_LINE = _line(_COMMENT)
_ANY_LINE = _line("|".join(pattern for _, pattern, _ in _RULES))


def may_hold(text: str) -> bool:
    """Say quickly whether any line of a text falls under a rule."""
    return bool(_ANY_LINE.search(text))


def known_line(line: str, *, pasted: bool = False) -> str | None:
    """Name the rule a whole line falls under, if any; those of comment forms hold for pasted pages only.

    >>> known_line("Read more: Bridge reopens after flood"), known_line("He read more: it was late.")
    ('read_more', None)
    """
    if len(line) > LONGEST_LINE:
        return None
    if _ANY_LINE.search(line):
        for rule, pattern, longest in _LINES:
            if len(line) <= longest and pattern.search(line):
                return rule
    return "comment_form" if pasted and _COMMENT_LINE.search(line) else None
