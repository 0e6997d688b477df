"""What a paper does to a wire story: prints it as it came, edits it, cuts it, or joins it with another.

Not for choosing which paper takes which story (`plan.py`).
"""

from analysis.corpus.demo.compose import Sentence, Text, rewrite
from analysis.corpus.demo.draw import Draw
from analysis.corpus.demo.plan import BRIDGED, EDITED, TRUNCATED

_SWAPS = {
    "began": "started",
    "meeting": "session",
    "trade": "commerce",
    "about": "around",
    "shut": "closed",
    "town": "borough",
    "after": "following",
    "before": "ahead of",
    "road": "highway",
    "near": "close to",
    "families": "households",
    "people": "residents",
    "wants": "seeks",
    "asked": "requested",
    "old": "former",
    "between": "from",
    "against": "compared with",
    "under": "according to",
    "lasted": "went on for",
    "sent": "dispatched",
    "from": "out of",
    "moved": "went",
    "found": "discovered",
    "counted": "registered",
    "carried": "bore",
    "list": "roll",
}


def take_over(draw: Draw, kind: int, story: Text, other: Text | None) -> tuple[Text, float]:
    """Return the paper's text and the share of its words that differ from the wire's."""
    if kind == EDITED:
        return _edit(draw, story, 0.07 + 0.11 * draw.random())
    if kind == TRUNCATED:
        keep = max(3, round(len(story.sentences) * (0.4 + 0.3 * draw.random())))
        return story._replace(sentences=story.sentences[:keep]), 0.0
    if kind == BRIDGED and other is not None:
        first = story.sentences[: max(3, round(len(story.sentences) * 0.55))]
        second = other.sentences[: max(3, round(len(other.sentences) * 0.55))]
        return story._replace(sentences=first + second), 0.0
    return story, 0.0


def _edit(draw: Draw, story: Text, share: float) -> tuple[Text, float]:
    """Change about `share` of the words: a new sentence here and there in narration, and single words."""
    sentences = list(story.sentences)
    total = sum(_words(s) for s in sentences)
    budget, changed = share * total, 0
    ready = [i for i, s in enumerate(sentences) if s.voice == "narration" and s.pos == s.neg == 0 and i]
    while ready and changed < budget - 8:
        at = ready.pop(draw.below(len(ready)))
        sentences[at] = rewrite(draw, sentences[at])
        changed += sentences[at].own
    for i, sentence in enumerate(sentences):
        if changed >= budget:
            break
        if sentence.voice == "narration":
            sentences[i], n = _swap(sentence)
            changed += n
    if changed == 0:  # nothing to swap: leave the last sentence off, as a sub-editor would
        changed = _words(sentences.pop())
    return story._replace(sentences=sentences), round(changed / total, 4)


def _swap(sentence: Sentence) -> tuple[Sentence, int]:
    """Put other words for some that allow it; tone words are never among them."""
    words = sentence.text.split(" ")
    new = [_SWAPS.get(w, w) for w in words]
    n = sum(a != b for a, b in zip(words, new, strict=True))
    text = " ".join(new)
    return sentence._replace(text=text, own=len(text.split())), n


def _words(sentence: Sentence) -> int:
    """Count the words of a sentence."""
    return sentence.own + sentence.quoted + sentence.reported + sentence.cue
