"""The words of one article: sentences with their voice, topic and planted tone, drawn from the banks.

Not for layout and dirt (`dirt.py`) nor for what happens to a wire story in a paper (`copies.py`).
"""

from typing import NamedTuple

from analysis.corpus.demo import world
from analysis.corpus.demo.bank import Bank, Frame, banks, fill, slots
from analysis.corpus.demo.draw import Draw

GENERAL = "general"


class Sentence(NamedTuple):
    """One sentence: `own`, `quoted`, `reported`, `cue` are its words by voice and sum to its words."""

    text: str
    voice: str
    topic: str
    own: int
    quoted: int
    reported: int
    cue: int
    pos: int
    neg: int
    speaker: str


class Brief(NamedTuple):
    """What an article is to be about: `tone` is P(negative) of a toned narration sentence."""

    topic: str
    tone: float
    quotation: float
    words: int
    facts: dict[str, str]


class Text(NamedTuple):
    """A written article before layout. Quotation marks are curly here."""

    title: str
    standfirst: str
    city: str
    sentences: list[Sentence]


class _Speakers:
    """Who speaks in one article: named in full at first, by last name or pronoun afterwards."""

    def __init__(self, draw: Draw, topic: str) -> None:
        names, roles = slots()["person"], slots()[f"role_{topic}"]
        self.people = [
            (draw.pick(names), draw.pick(roles), draw.chance(0.5)) for _ in range(draw.between(1, 3))
        ]
        self.known: set[str] = set()
        self.last = ""

    def next(self, draw: Draw) -> tuple[str, str]:
        """Give a speaker's full name, and how the sentence calls the speaker."""
        name, role, she = draw.pick(self.people)
        if name not in self.known:
            self.known.add(name)
            label = f"{role} {name}" if draw.chance(0.5) else f"{name}, the {role},"
            label = f"the {label}" if label.startswith(role) else label
        elif name == self.last and draw.chance(0.6):
            label = "she" if she else "he"
        else:
            label = name.split()[1]
        self.last = name
        return name, label


class _Job(NamedTuple):
    """What the sentences of one article share."""

    draw: Draw
    used: set[int]
    speakers: _Speakers
    facts: dict[str, str]


def write(draw: Draw, brief: Brief) -> Text:
    """Write an article: a lead on its topic, then narration, quotation and reported speech mixed."""
    bank = banks()
    second = draw.pick(world.TOPICS) if draw.chance(0.3) else brief.topic
    second_share = 0.15 + 0.25 * draw.random()
    tone = min(max(brief.tone + 0.5 * (draw.random() - 0.5), 0.02), 0.98)
    speakers = _Speakers(draw, brief.topic)
    used: set[int] = set()
    job = _Job(draw, used, speakers, brief.facts)
    out = [_narration(draw, bank[brief.topic], brief.topic, used, brief.facts)]
    total = out[0].own
    while total < brief.words:
        topic = second if draw.random() < second_share else brief.topic
        u = draw.random()
        if u < brief.quotation:
            sentence = _quotation(job, topic)
        elif u < brief.quotation + 0.2:
            sentence = _reported(job, topic)
        elif draw.random() < 0.36:
            pole = "bad" if draw.random() < tone else "good"
            sentence = _narration(draw, bank[pole], GENERAL, used, brief.facts)
        elif draw.random() < 0.26:
            sentence = _narration(draw, bank[GENERAL], GENERAL, used, brief.facts)
        else:
            sentence = _narration(draw, bank[topic], topic, used, brief.facts)
        out.append(sentence)
        total += sentence.own + sentence.quoted + sentence.reported + sentence.cue
    title = capital(fill(draw.pick(bank[brief.topic].headlines), draw, brief.facts))
    standfirst = _choose(draw, bank[brief.topic].narration, used)
    return Text(
        title,
        capital(fill(standfirst, draw, brief.facts)),
        brief.facts.get("city") or draw.pick(world.CITIES),
        out,
    )


def capital(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def rewrite(draw: Draw, old: Sentence) -> Sentence:
    """Write another narration sentence on the topic of an old one."""
    topic = old.topic
    return _narration(draw, banks()[topic], topic, set(), {})


def _choose(draw: Draw, frames: tuple[Frame, ...], used: set[int]) -> Frame:
    """Pick a frame the article has not used, as far as a few tries go."""
    frame = draw.pick(frames)
    for _ in range(6):
        if id(frame) not in used:
            break
        frame = draw.pick(frames)
    used.add(id(frame))
    return frame


def _narration(draw: Draw, bank: Bank, topic: str, used: set[int], facts: dict[str, str]) -> Sentence:
    """Write a sentence in the paper's own voice."""
    frame = _choose(draw, bank.narration, used)
    text = capital(fill(frame, draw, facts))
    return Sentence(text, "narration", topic, len(text.split()), 0, 0, 0, frame.pos, frame.neg, "")


def _claim(job: _Job, topic: str) -> tuple[str, str, int, int]:
    """Fill something that a person says; one in four carries tone, both poles alike, always."""
    draw = job.draw
    u = draw.random()
    kind = "bad" if u < 0.125 else "good" if u < 0.25 else GENERAL if u < 0.4 else topic
    frame = _choose(draw, banks()[kind].claims, job.used)
    return fill(frame, draw, job.facts), topic if kind == topic else GENERAL, frame.pos, frame.neg


_TELL = (
    "said",
    "said",
    "said",
    "told reporters",
    "added",
    "insisted",
    "noted",
    "told a news conference",
    "maintained",
)
_THAT = (
    "said that",
    "said that",
    "said",
    "told reporters that",
    "added that",
    "explained that",
    "told a local council that",
    "stressed that",
    "announced that",
    "claimed that",
    "acknowledged that",
    "recalled that",
)


def _quotation(job: _Job, topic: str) -> Sentence:
    """Write a sentence whose claim stands in quotation marks."""
    draw = job.draw
    claim, about, pos, neg = _claim(job, topic)
    name, label = job.speakers.next(draw)
    verb = draw.pick(_TELL)
    n, u = len(claim.split()), draw.random()
    if u < 0.5:
        tail = (
            f"{label} {verb}"
            if label in ("he", "she") or label.endswith(",") or verb != "said"
            else f"{verb} {label}"
        )
        text, cue = f"“{capital(claim)},” {tail}.", len(tail.split())
    elif u < 0.75:
        text, cue = f"{capital(label)} {verb}: “{capital(claim)}.”", len(label.split()) + len(verb.split())
    else:
        more, _, pos2, neg2 = _claim(job, topic)
        text = f"“{capital(claim)},” {label} {verb}. “{capital(more)}.”"
        cue, n = len(label.split()) + len(verb.split()), n + len(more.split())
        pos, neg = pos + pos2, neg + neg2
    return Sentence(text, "quotation", about, 0, n, 0, cue, pos, neg, name)


def _reported(job: _Job, topic: str) -> Sentence:
    """Write a sentence of indirect speech: all its words count as reported, the cue included."""
    draw = job.draw
    claim, about, pos, neg = _claim(job, topic)
    u = draw.random()
    if u < 0.25:
        name = draw.pick(slots()["source"])
        text = draw.pick((f"According to {name}, {claim}.", f"{capital(claim)}, according to {name}."))
    elif u < 0.4:
        name = draw.pick(slots()["source"])
        text = f"{capital(name)} {draw.pick(_THAT)} {claim}."
    else:
        name, label = job.speakers.next(draw)
        text = f"{capital(label)} {draw.pick(_THAT)} {claim}."
    return Sentence(text, "reported", about, 0, 0, len(text.split()), 0, pos, neg, name)
