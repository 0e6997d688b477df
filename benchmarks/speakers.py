"""Speakers of direct quotation against PolNeAR: of the quotations that people gave a source, how many get it.

`python -m benchmarks speakers`. A gold quotation is what stands between quotation marks inside a Content span that
has a
Source. A match: the mention found overlaps a Source span of that attribution in the text, or ends in a word of it (the
same name elsewhere). Precision counts every quotation in marks of three words or more that got a speaker, also those
that people did not mark at all. The words were written by hand before looking; constructions were chosen looking at
these articles, so five folds show how much the figure differs between articles, and other articles are kept aside.
"""

import hashlib
import re
import sys
import time
from collections import Counter
from typing import Any

from analysis.measures.speakers_mentions import Prose, starts_sentence
from analysis.measures.speakers_rules import Spoken, attribute
from analysis.text.segments import encode
from analysis.text.segments_features import CAPITAL, type_features
from benchmarks.voice import _QUOTED, marked_articles

Span = tuple[int, int]


def gold(article: dict[str, Any], fewest: int) -> list[tuple[Span, list[tuple[list[Span], str]], bool]]:
    """List the quotations of an article: place, sources (places and text), whether it is in a Content."""
    things: dict[str, tuple[str, list[Span], str]] = {}
    events = []
    for line in article["brat"].split("\n"):
        fields = line.split("\t")
        if fields[0].startswith("T"):
            kind, places = fields[1].split(" ", 1)
            spans = [(int(a), int(b)) for a, b in (p.split() for p in places.split(";"))]
            things[fields[0]] = (kind, spans, fields[2])
        elif fields[0].startswith("E"):
            events.append([part.split(":") for part in fields[1].split()])
    found = []
    for quoted in _QUOTED.finditer(article["text"]):
        a, b = quoted.start() + 1, quoted.end() - 1
        if len(re.findall(r"\w+", quoted.group())) < fewest:
            continue
        own = [
            e for e in events
            if any(k.startswith("Content") and any(s < b and a < t for s, t in things[i][1]) for k, i in e)
        ]  # fmt: skip
        sources = [things[i][1:] for e in own for k, i in e if k.startswith("Source")]
        found.append(((a, b), sources, bool(own)))
    return found


def read(articles: list[dict[str, Any]]) -> list[list[tuple[Span, Span, str, Spoken]]]:
    """Find the speakers of every passage: place, place of the source, last word of its name."""
    encoded = encode([a["text"] for a in articles], ["en"] * len(articles))
    features, forms = type_features(encoded.types), encoded.types.to_pylist()
    every = []
    for i, article in enumerate(articles):
        a, b = encoded.text_offsets[i], encoded.text_offsets[i + 1]
        ids, starts, ends = encoded.type_ids[a:b], encoded.starts[a:b].tolist(), encoded.ends[a:b].tolist()
        form = [forms[t] for t in ids]
        paragraph = [0]
        for k in range(1, len(form)):
            paragraph.append(paragraph[-1] + ("\n" in article["text"][ends[k - 1] : starts[k]]))
        prose = Prose(
            form, [f.lower().replace("’", "'") for f in form], features.sentence[ids].tolist(),
            features.reporting[ids].tolist(), encoded.voice[a:b].tolist(), encoded.sentence[a:b].tolist(), paragraph,
        )  # fmt: skip
        known = frozenset(
            prose.lower[k].removesuffix("'s")
            for k in range(len(form))
            if prose.bits[k] & CAPITAL and prose.voice[k] != 1 and not starts_sentence(prose, k)
        )
        found = []
        for one in attribute(prose, known):
            m = one.source
            place = (starts[one.passage.first], ends[one.passage.past - 1])
            span = (starts[m.first], ends[m.past - 1]) if m else (-1, -1)
            last = (
                form[m.past - 1].lower().replace("’", "'").removesuffix("'s")
                if m and m.kind == "name"
                else ""
            )
            found.append((place, span, last, one))
        every.append(found)
    return every


def count(article: dict[str, Any], found: list[tuple[Span, Span, str, Spoken]], fewest: int) -> Counter[str]:
    """Count right and wrong speakers, and quotations with a source that did not get it."""
    counts: Counter[str] = Counter()
    for (a, b), sources, marked in gold(article, fewest):
        if marked and not sources:
            continue  # people marked it, and no source
        over = [
            (min(b, y) - max(a, x), span, last) for (x, y), span, last, _ in found if min(b, y) > max(a, x)
        ]
        _, span, last = max(over, key=lambda o: o[0]) if over else (0, (-1, -1), "")
        right = any(
            any(s < span[1] and span[0] < t for s, t in spans)
            or (last and last in re.findall(r"[\w'-]+", text.lower().replace("’", "'")))
            for spans, text in sources
        )
        counts["right"] += right
        counts["wrong"] += span[0] >= 0 and not right
        counts["missed"] += bool(sources) and not right
    return counts


def main() -> int:
    """Print the figures."""
    articles = marked_articles()
    if articles is None:
        return 1
    start = time.process_time()
    found = read(articles)
    spent = time.process_time() - start
    for fewest, what in ((3, "three words or more"), (1, "any length")):
        total: dict[str, Counter[str]] = {}
        for article, own in zip(articles, found, strict=True):
            number = (
                int(hashlib.sha1(("f" + article["id"]).encode(), usedforsecurity=False).hexdigest(), 16) % 5
            )
            for name in ("all", f"fold {number}"):
                total.setdefault(name, Counter()).update(count(article, own, fewest))
        print(f"quotations of {what}")
        for name, c in sorted(total.items()):
            precision, recall = (
                c["right"] / (c["right"] + c["wrong"]),
                c["right"] / (c["right"] + c["missed"]),
            )
            n = c["right"] + c["missed"]
            f1 = 2 * precision * recall / (precision + recall)
            print(f"  {name:<7} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  ({n:,})")
    print(f"{1000 * spent / len(articles):.2f} ms an article (CPU, with encoding)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
