"""From a row of the plan to an article: its clean text, its truth, and the fields before any dirt.

Every article can be written alone from its row, so a paper's copy needs no wire text kept in memory.
"""

from datetime import date, timedelta
from typing import Any, NamedTuple

from analysis.corpus.demo import world
from analysis.corpus.demo.bank import slots
from analysis.corpus.demo.compose import Brief, Text, write
from analysis.corpus.demo.copies import take_over
from analysis.corpus.demo.draw import Draw
from analysis.corpus.demo.plan import COPY, COPY_KINDS, REPORT, Plan, Settings, day_number

_TEXT, _EVENT, _TAKE = 2, 3, 4
TONE = (0.38, 0.7)  # P(negative) of a toned narration sentence before and after the shift
QUOTATION = (0.18, 0.34)  # share of sentences that are quotations, first and last day


class Article(NamedTuple):
    """A clean article and what is known of it."""

    outlet: int
    day: date
    link: str
    title: str
    standfirst: str
    dateline: str
    city: str
    paragraphs: list[str]
    section: str
    author: str
    agency: str
    truth: dict[str, Any]


def article(plan: Plan, settings: Settings, row: int) -> Article:
    """Write the article of one row."""
    draw = Draw(settings.seed, _TAKE, row)
    o, day = int(plan.outlet[row]), world.START + timedelta(days=int(plan.day[row]))
    outlet, kind = world.OUTLETS[o], int(plan.kind[row])
    origin, second = int(plan.origin[row]), int(plan.second[row])
    agency, edited, copy_kind = outlet.short, 0.0, ""
    if kind == COPY:
        wire = world.OUTLETS[int(plan.outlet[origin])]
        agency, copy_kind = wire.short, COPY_KINDS[int(plan.edit[row])]
        other = _text(plan, settings, second) if second >= 0 else None
        text, edited = take_over(draw, int(plan.edit[row]), _text(plan, settings, origin), other)
        if copy_kind != "verbatim" and draw.chance(0.5):
            text = text._replace(title=f"{text.city}: {text.title}")
    else:
        text = _text(plan, settings, row)
    number = 1_000_000 + row
    slug = "-".join("".join(c if c.isalnum() else " " for c in text.title.lower()).split()[:8])
    link = f"https://{outlet.host}/news/{number}/{slug}"
    quotes = (
        text.sentences
        if outlet.curly
        else [s._replace(text=s.text.replace("“", '"').replace("”", '"')) for s in text.sentences]
    )
    truth = {
        "agency": agency or None,
        "copy": copy_kind or None,
        "edited_share": edited or None,
        "event": int(plan.event[row]) if kind == REPORT else None,
        "link": link,
        "n_sentences": len(quotes),
        "outlet": outlet.name,
        "published": day.isoformat(),
        "row": row,
        "second_story": second if second >= 0 else None,
        "story": origin if kind == COPY else row,
        "topic": world.TOPICS[int(plan.topic[row])],
        **_account(text),
    }
    dateline = _dateline(outlet, agency, text.city, day, o)
    author = "" if agency else slots()["person"][(row * 7 + o * 31) % 60]
    section = text_section(world.TOPICS[int(plan.topic[row])])
    return Article(
        o,
        day,
        link,
        text.title,
        text.standfirst,
        dateline,
        text.city,
        _paragraphs(draw, [s.text for s in quotes]),
        section,
        author,
        agency,
        truth,
    )


def text_section(topic: str) -> str:
    """Name the section a topic is printed in."""
    sections = {
        "football": "Sport",
        "markets": "Business",
        "mining": "Business",
        "energy": "Business",
        "farming": "Region",
    }
    return sections.get(topic, "Region" if topic in ("floods", "transport", "border") else "Country")


def _text(plan: Plan, settings: Settings, row: int) -> Text:
    """Write the text of an original article."""
    draw = Draw(settings.seed, _TEXT, row)
    day = int(plan.day[row])
    n_days = (world.END - world.START).days
    tone, quotation = TONE[0], QUOTATION[0]
    if not settings.null:
        tone = TONE[day >= day_number(world.TONE_BREAK)]
        quotation += (QUOTATION[1] - QUOTATION[0]) * day / n_days
    facts: dict[str, str] = {}
    event = int(plan.event[row])
    if event >= 0:
        told = Draw(settings.seed, _EVENT, event)
        facts = {
            k: told.pick(slots()[k])
            for k in ("city", "person", "big", "company", "river", "place", "party", "money")
        }
    words = draw.between(140, 420)
    return write(draw, Brief(world.TOPICS[int(plan.topic[row])], tone, quotation, words, facts))


def _account(text: Text) -> dict[str, Any]:
    """Add up what was planted: words by voice and by topic, sentences by topic, tone words, speakers."""
    sentences, topic_words, speakers = dict[str, int](), dict[str, int](), dict[str, int]()
    words = {"cue": 0, "narration": 0, "quotation": 0, "reported": 0}
    tone = {f"{v}_{p}": 0 for v in ("narration", "quotation", "reported") for p in ("neg", "pos")}
    for s in text.sentences:
        n = s.own + s.quoted + s.reported + s.cue
        sentences[s.topic] = sentences.get(s.topic, 0) + 1
        topic_words[s.topic] = topic_words.get(s.topic, 0) + n
        words["narration"] += s.own
        words["quotation"] += s.quoted
        words["reported"] += s.reported
        words["cue"] += s.cue
        tone[f"{s.voice}_pos"] += s.pos
        tone[f"{s.voice}_neg"] += s.neg
        if s.voice == "quotation":
            speakers[s.speaker] = speakers.get(s.speaker, 0) + s.quoted
    total = sum(sentences.values())
    shares = {k: round(v / total, 4) for k, v in sorted(sentences.items())}
    return {
        "tone": tone,
        "topic_shares": shares,
        "topic_words": topic_words,
        "voice_words": words,
        "speakers": speakers,
    }


def _dateline(outlet: world.Outlet, agency: str, city: str, day: date, o: int) -> str:
    """Give the place line before the text, as each outlet prints it."""
    if agency and (outlet.short or o in (0, 1)):
        return f"{city.upper()}, {day:%b} {day.day} ({agency}): "
    return f"{city.upper()}: " if o in (0, 4) else ""


def _paragraphs(draw: Draw, sentences: list[str]) -> list[str]:
    """Group sentences into paragraphs of one to three."""
    out, at = [], 0
    while at < len(sentences):
        n = draw.between(1, 3)
        out.append(" ".join(sentences[at : at + n]))
        at += n
    return out
