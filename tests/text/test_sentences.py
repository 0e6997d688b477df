"""Where sentences end: worked cases, and passages of real articles marked by hand."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from analysis.text.segments import encode, segments
from tests.growth import finishes_on_a_million
from tests.text.real import texts

CASES = Path(__file__).resolve().parents[1] / "cases"


def cut(text: str, *, title: bool = False) -> list[str]:
    """Give the sentences of a text."""
    encoded = encode([text], titles=[title])
    number = encoded.sentence
    last = np.flatnonzero(np.append(number[1:] != number[:-1], True)) if number.size else number
    first = np.append(0, last[:-1] + 1)
    return [text[encoded.starts[a] : encoded.ends[b]] for a, b in zip(first, last, strict=False)]


@pytest.mark.parametrize(
    ("case", "sentences"),
    [
        (c["case"], c["sentences"])
        for c in json.loads((CASES / "sentence_ends.json").read_text(encoding="utf-8"))["cases"]
    ],
)
def test_sentences_end_where_a_reader_ends_them(case: str, sentences: list[str]) -> None:
    assert cut(case) == sentences


def test_a_title_is_one_sentence_whatever_it_holds() -> None:
    assert cut("Rain again? Yes. No end", title=True) == ["Rain again? Yes. No end"]


def test_a_newline_always_ends_a_sentence() -> None:
    assert cut("Heading without a stop\nThe text, then\nmore of it") == [
        "Heading without a stop",
        "The text, then",
        "more of it",
    ]


def test_a_text_without_tokens_has_no_sentences() -> None:
    assert segments(encode(["", " \n", "\u200b"])).seg_text.size == 0


@pytest.mark.parametrize("unit", ["a. ", "“a. ", "(.", "A.B. ", '"', "' ", "…?! ", "\n", "۔", "? A "])
def test_a_million_characters_come_to_an_end(unit: str) -> None:
    finishes_on_a_million(lambda text: encode([text]), unit)


def marked(corpora: Path, cases: str = "sentences.json") -> Iterator[tuple[str, str, set[int]]]:
    """Give the half, the passage and the ends marked in it."""
    passages = json.loads((CASES / cases).read_text(encoding="utf-8"))["passages"]
    by_file = defaultdict(dict)
    for passage in passages:
        by_file[passage["file"]][passage["sha256"]] = passage
    for file, wanted in by_file.items():
        for text in texts(corpora, file):
            passage = wanted.pop(hashlib.sha256(text.encode()).hexdigest()[:20], None)
            if passage:
                yield (
                    passage.get("half", "fresh"),
                    text[passage["start"] : passage["end"]],
                    set(passage["ends"]),
                )


@pytest.mark.corpora
def test_ends_marked_by_hand_are_found(corpora: Path) -> None:
    # Ends of lines are no achievement: they are counted apart.
    tally = {(half, inner): [0, 0, 0] for half in ("tune", "held-out") for inner in (False, True)}
    for half, text, gold in marked(corpora):
        encoded = encode([text])
        last = np.flatnonzero(np.append(np.diff(encoded.sentence) != 0, True))
        found = set(encoded.ends[last].tolist())
        easy = {end for end in found | gold if not text[end:].split("\n")[0].strip()}
        for inner, ends, right in ((False, found, gold), (True, found - easy, gold - easy)):
            for i, count in enumerate((len(ends & right), len(ends), len(right))):
                tally[half, inner][i] += count
    assert sum(tally[half, False][2] for half in ("tune", "held-out")) >= 300
    f1 = {key: 2 * both / (found + gold) for key, (both, found, gold) in tally.items()}
    assert min(f1.values()) >= 0.95, (f1, tally)


@pytest.mark.corpora
def test_ends_marked_before_our_own_were_seen_are_found(corpora: Path) -> None:
    # The end of a passage is no achievement, and not counted.
    both = found = right = passages = 0
    for _, text, gold in marked(corpora, "sentences_fresh.json"):
        encoded = encode([text])
        last = np.flatnonzero(np.append(np.diff(encoded.sentence) != 0, True))
        ours = {end for end in encoded.ends[last].tolist() if text[end:].strip()}
        inner = {end for end in gold if text[end:].strip()}
        both, found, right = both + len(ours & inner), found + len(ours), right + len(inner)
        passages += 1
    assert (passages, right) == (124, 119)
    assert 2 * both / (found + right) >= 0.95, (both, found, right)
