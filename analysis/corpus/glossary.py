"""What the names in the ledger mean: rules of cleaning, flags, steps of normalisation, each in a sentence.

The one place where they are explained; tables, pages, pictures and the check of `corpus.toml` read it. Not for
deciding anything: the rules themselves are in `analysis.text`.
"""

from typing import NamedTuple

from analysis.errors import InputError, did_you_mean, message


class Rule(NamedTuple):
    """A rule of cleaning: what becomes of the piece (`dropped`, `field`, `repeat`), and what the piece is."""

    becomes: str
    meaning: str


RULES: dict[str, Rule] = {
    "title_suffix": Rule("field", "the name of the outlet or section behind a headline; a section is kept as one"),
    "headline": Rule("field", "the headline of a pasted page; kept as the title"),
    "standfirst": Rule("field", "the summary under the headline of a pasted page; kept as the standfirst"),
    "byline": Rule("field", "a line that only names author, agency or date; kept in these fields"),
    "dateline": Rule("field", "place, day and agency before the first sentence; kept as dateline and agency"),
    "agency_credit": Rule("field", "the agency or desk credited behind the last sentence; kept as the agency"),
    "printed_date": Rule("field", "the note that says when it was printed; read as the date of publication"),
    "learned_section": Rule("field", "a short heading that many articles of the outlet begin with; kept as section"),
    "repeated_title": Rule("repeat", "the headline once more, at the start of the text"),
    "repeated_standfirst": Rule("repeat", "the standfirst once more, at the start of the text"),
    "learned": Rule("dropped", "a line that recurs in many articles of the outlet, whatever they are about"),
    "learned_everywhere": Rule("dropped", "a line that stands in at least three tenths of the outlet's articles"),
    "navigation": Rule("dropped", "menus, link lists and other lines around the main text of a pasted page"),
    "script": Rule("dropped", "code that leaked into the text: scripts, styles, shortcodes"),
    "read_more": Rule("dropped", "a link to another article: 'Read more: ...', 'Related stories'"),
    "share": Rule("dropped", "buttons to share, follow, print or save, and their counts"),
    "subscribe": Rule("dropped", "an invitation to subscribe, register or log in"),
    "cookies": Rule("dropped", "a notice about cookies or privacy"),
    "advertisement": Rule("dropped", "a mark that an advertisement stands here"),
    "copyright": Rule("dropped", "a notice of copyright"),
    "caption": Rule("dropped", "the caption or credit of a picture"),
    "contributors": Rule("dropped", "who else reported, wrote or edited, below or above the text"),
    "separator": Rule("dropped", "a line of stars, dashes or the like"),
    "comment_form": Rule("dropped", "the form for comments, its rules and its buttons"),
    "space": Rule("dropped", "white space that a cut leaves behind"),
}  # fmt: skip
"""Every rule, those that save something to a field first."""

FLAGS: dict[str, str] = {
    "date_ambiguous": "its date can be read in two ways (day or month first), so it has none",
    "date_from_copy": "the date is another copy's of the same article, because that one is better",
    "date_future": "its date lies after the day it was collected",
    "date_impossible": "its date does not exist in the calendar",
    "date_relative": "its date was given as how long ago, and counted back from the day it was collected",
    "date_relative_unanchored": "its date is given as how long ago, and nobody knows since when",
    "date_short_year": "its date has a year of two digits",
    "date_updated": "the only date given is that of a change, not of publication",
    "language_disagrees": "its text is in another language than the source declared",
    "language_mixed": "a second language takes 15 % of its text or more",
    "date_unread": "there is a date that could not be read",
    "dates_disagree": "two of its dates contradict each other; the more trusted one was taken",
    "no_body": "nothing was left after cleaning",
    "caption_only": "nothing but captions of pictures",
    "comments_only": "nothing but readers' comments",
    "headline_only": "nothing but a headline",
    "only_navigation": "nothing but menus and links",
    "nonarticle:error": "reads like an error page of a web site, not like an article",
    "nonarticle:listing": "reads like a list of headlines, not like an article",
    "nonarticle:paywall": "reads like the stub in front of a paywall",
    "nonarticle:video": "reads like the page of a video",
}
_FLAG_FAMILIES: dict[str, str] = {
    "removal_over_half:": "the rule {} would have taken more than half of the text, so it was not applied",
    "nonarticle:": "may not be an article: {}",
    "date": "something about its date is doubtful: {}",
    "language": "something about its language is doubtful: {}",
}

STEPS: dict[str, str] = {
    "markup": "HTML tags unwrapped",
    "surrogates": "broken character pairs mended",
    "c1_controls": "Windows quotation marks and dashes restored",
    "mojibake": "garbled encoding repaired",
    "newlines": "line ends made alike",
    "control_characters": "control characters removed",
    "soft_hyphens": "soft hyphens removed",
    "bidi_marks": "direction marks removed",
    "zero_width": "invisible characters removed",
    "joiners": "idle joiners removed",
    "spaces": "unusual spaces made plain",
    "nfc": "letters and accents composed (NFC)",
    "entities": "HTML entities read",
}


def meaning_of_rule(name: str) -> str:
    """Say what a rule is; nothing where it is not known."""
    return RULES[name].meaning if name in RULES else ""


def meaning_of_flag(flag: str) -> str:
    """Say what a flag means, in words.

    >>> meaning_of_flag("removal_over_half:navigation")
    'the rule navigation would have taken more than half of the text, so it was not applied'
    """
    if flag in FLAGS:
        return FLAGS[flag]
    for start, sentence in _FLAG_FAMILIES.items():
        if flag.startswith(start):
            rest = flag[len(start) :].strip("_:") or flag
            return sentence.format(rest if rest in RULES else rest.replace("_", " "))
    return flag.replace("_", " ").replace(":", ": ")


def meaning_of_step(step: str) -> str:
    """Say what a step of normalisation did."""
    return STEPS.get(step, step.replace("_", " "))


def check_rule(name: str, where: str) -> str:
    """Return the name of a rule that can be switched off; raise InputError with the nearest ones otherwise."""
    known = [n for n in RULES if n != "space"]
    if name in known:
        return name
    raise InputError(
        message(
            f"{where} names a rule that does not exist"
            if name != "space"
            else f"{where} cannot be switched off",
            got=name,
            expected="one of " + ", ".join(known),
            hint=did_you_mean(name, known, n=3),
        )
    )
