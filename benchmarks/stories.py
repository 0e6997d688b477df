"""Near-copies: planted ones in real articles found or missed; speed beside rensa and datasketch on the same shingles.

The Pakistan files ($NEWS_CORPORA or ../shared/corpora) are ingested first, or an ingested corpus is named in
$STORIES_CORPUS. Of articles drawn at random, copies are planted: 5 % and 20 % of the words edited (a third each
replaced, left out, or one put in), the text cut, a new lead from another article; in other outlets and in the same.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

import analysis as an
from analysis.corpus.stories_find import Articles, copies, ordered, story_rows
from analysis.text.segments import encode
from analysis.text.shingles import Texts, fact_weights, near_pairs, words_of
from benchmarks.ingest import corpora

KINDS = ("5 % edited", "20 % edited", "cut", "new lead")
Random = np.random.Generator


def edited(words: list[str], share: float, other: list[str], random: Random) -> list[str]:
    """Edit a share of the words: a third replaced, a third left out, a third with another word put in."""
    out: list[str] = []
    for word in words:
        if random.random() >= share:
            out.append(word)
            continue
        how = random.integers(3)
        new = other[random.integers(len(other))]
        out += [new] if how == 0 else [] if how == 1 else [word, new]
    return out


def planted(body: str, kind: str, other: str, random: Random) -> str:
    """Make a copy of an article as an editor might."""
    words, strange = body.split(), other.split()
    if kind == KINDS[2]:
        return " ".join(words[: max(10, int(len(words) * random.uniform(0.35, 0.7)))])
    if kind == KINDS[3]:
        lead = max(5, min(45, len(words) // 4))
        return " ".join(strange[:lead] + words[lead:])
    return " ".join(edited(words, 0.05 if kind == KINDS[0] else 0.2, strange, random))


def articles_of(frame: "pd.DataFrame") -> Articles:
    """Encode a table of articles (doc_id, outlet, agency, published, published_precision, body) in memory."""
    encoded = encode(list(frame["body"]), ["en"] * len(frame))
    words = words_of(encoded.types, kinds_of(encoded.types))
    keep = words.wordy[encoded.type_ids]
    bounds = np.concatenate([[0], np.cumsum(keep)])[encoded.text_offsets]
    types = encoded.type_ids[keep].astype(np.int32)
    table = ordered(frame.drop(columns="body"))
    at = table["row"].to_numpy()
    texts = Texts(
        types,
        bounds[:-1][at],
        bounds[1:][at],
        table["outlet_number"].to_numpy(),
        table["low"].to_numpy(),
        table["high"].to_numpy(),
    )
    counts = np.bincount(types, minlength=len(words.hashes))
    return Articles(table, texts, words, fact_weights(words, len(frame), counts))


def kinds_of(types: Any) -> npt.NDArray[np.int8]:
    """Give the kind of each form."""
    from analysis.text.segments_features import type_features

    return type_features(types).classes.astype(np.int8)


def stories_of(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Find the stories of a table of articles."""
    articles = articles_of(frame)
    pairs = near_pairs(articles.texts, articles.words, articles.weights, window=7)
    rows = story_rows(articles, pairs, copies(articles, pairs, 0.4)).to_pandas()
    return rows[rows["kind"] != "bridge"]


def quality(frame: "pd.DataFrame", n: int, seed: int, *, same: bool) -> None:
    """Plant one copy of each of `n` articles, and count those found in the story of their original, and others."""
    random = np.random.default_rng(seed)
    drawn = frame.iloc[np.sort(random.choice(len(frame), n, replace=False))].reset_index(drop=True)
    others = frame["body"].iloc[random.choice(len(frame), n)].to_list()
    kinds = np.array(KINDS)[np.arange(n) % len(KINDS)]
    made = drawn.assign(
        doc_id=["planted-" + d for d in drawn["doc_id"]],
        body=[planted(b, k, o, random) for b, k, o in zip(drawn["body"], kinds, others, strict=True)],
        outlet=drawn["outlet"] if same else [f"Planted {i % 12}" for i in range(n)],
        agency=None,
        published=drawn["published"] + pd.to_timedelta(random.integers(0, 4, n), unit="D"),
    )
    before = stories_of(frame).set_index("doc_id")["story_id"]
    after = stories_of(pd.concat([frame, made], ignore_index=True)).set_index("doc_id")["story_id"]
    right, members = 0, 0
    hits = []
    for own, original in zip(made["doc_id"], drawn["doc_id"], strict=True):
        found = after.get(own)
        hits.append(found is not None and found == after.get(original))
        if found is None or found == own:
            continue
        members += 1
        # The leader is the original, another print of it that was there before, or what it was planted from.
        plain = str(found).removeprefix("planted-")
        right += plain == original or before.get(plain, plain) == before.get(original, original)
    where = "the same outlet" if same else "other outlets"
    words = drawn["body"].str.split().str.len().to_numpy()
    for kind in KINDS:
        here = kinds == kind
        short = here & (words < 100)
        print(
            f"{kind}, in {where}: recall {np.mean(np.array(hits)[here]):.4f} "
            f"(under 100 words {np.mean(np.array(hits)[short]):.3f} of {short.sum()})"
        )
    print(f"in {where}: precision {right / max(members, 1):.4f} of {members:,} that were joined")


Shingles = list[list[str]]


def rensa_pairs(shingles: Shingles) -> int:
    """Sketch, band and look up with rensa: 128 values, 16 bands."""
    from rensa import RMinHash, RMinHashLSH

    found = 0
    lsh = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=16)
    for i, own in enumerate(shingles):
        sketch = RMinHash(num_perm=128, seed=1)
        sketch.update(own)
        found += len(lsh.query(sketch))
        lsh.insert(i, sketch)
    return found


def datasketch_pairs(shingles: Shingles) -> int:
    """Sketch, band and look up with datasketch: 128 values, its own bands for .5."""
    from datasketch import MinHash, MinHashLSH

    found = 0
    lsh = MinHashLSH(threshold=0.5, num_perm=128)
    for i, own in enumerate(shingles):
        sketch = MinHash(num_perm=128, seed=1)
        sketch.update_batch([s.encode() for s in own])
        found += len(lsh.query(sketch))
        lsh.insert(i, sketch)
    return found


def fastest(work: Callable[[], object], times: int = 3) -> float:
    """Give the CPU seconds of the fastest of some runs."""
    best = np.inf
    for _ in range(times):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return float(best)


def speed(frame: "pd.DataFrame", n: int) -> None:
    """Compare articles per CPU second from words to shingles to the end: ours stories, the peers' candidates."""
    times = -(-n // len(frame))
    many = pd.concat([frame.assign(doc_id=frame["doc_id"] + f"-{i}") for i in range(times)]).iloc[:n]
    articles = articles_of(many.reset_index(drop=True))

    def whole() -> None:
        pairs = near_pairs(articles.texts, articles.words, articles.weights, window=7)
        story_rows(articles, pairs, copies(articles, pairs, 0.4))

    ours = n / fastest(whole)
    print(f"ours: {n / ours:.2f} CPU s for {n:,} articles, {ours:,.0f} a CPU s")
    some = frame.sample(2_000, random_state=1)["body"].str.lower().str.findall(r"\w+").to_list()

    def shingled() -> Shingles:
        return [[" ".join(w[i : i + 5]) for i in range(len(w) - 4)] for w in some]

    ready = shingled()
    making = fastest(shingled)
    for name, peer in (("rensa", rensa_pairs), ("datasketch", datasketch_pairs)):
        cost = fastest(lambda peer=peer: peer(ready))  # type: ignore[misc]
        both = len(some) / (making + cost)
        print(
            f"{name}: {both:,.0f} articles a CPU s, ours {ours / both:.1f} times that; "
            f"with its shingles made for it {len(some) / cost:,.0f}, ours {ours * cost / len(some):.2f} times"
        )


CHILD = """
import resource, sys
from pathlib import Path
import analysis as an
from analysis.corpus.config import StorySettings
from analysis.corpus.stories_find import find_stories
rows = find_stories(an.open_corpus(sys.argv[1]), StorySettings(), Path(sys.argv[2]))
own = resource.getrusage(resource.RUSAGE_SELF)
print(f"{own.ru_utime + own.ru_stime:.1f} CPU s and {own.ru_maxrss / 1024:,.0f} MB at most, in a process of its own")
"""


def main() -> None:
    """Ingest where needed, then measure."""
    with tempfile.TemporaryDirectory() as folder:
        named = os.environ.get("STORIES_CORPUS")
        if not named:
            named = str(Path(folder) / "pakistan")
            an.ingest(corpora() / "pakistan", into=named, max_reject_share=1.0)
        fields = ["outlet", "agency", "published", "published_precision", "body", "n_words"]
        frame = an.open_corpus(named).articles(fields)
        done = subprocess.run(
            [sys.executable, "-c", CHILD, named, folder], check=True, capture_output=True, text=True
        )
        print(f"all {len(frame):,} articles, read from the corpus: {done.stdout.strip()}")
    frame = frame[frame["n_words"] >= 40].drop(columns="n_words").reset_index(drop=True)
    n = min(4000, len(frame) // 2)
    quality(frame, n, 1, same=False)
    quality(frame, n, 2, same=True)
    speed(frame, 100_000)


if __name__ == "__main__":
    main()
