"""Languages: how many articles are told right, and the CPU time of an English article against the model alone.

`python -m benchmarks.languages` reads `languages/` and `pakistan/` of the real corpora (NEWS_CORPORA or
../shared/corpora). Not a test: speed depends on the machine, the ratio much less.
"""

import gzip
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis.text.languages import identify

_RUNS = 3


def records(path: Path, every: int = 1) -> list[dict[str, Any]]:
    """Some of the records of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for i, line in enumerate(lines) if i % every == 0]


def milliseconds(work: Callable[[str], object], texts: list[str]) -> float:
    """CPU ms a text, the least of some runs."""
    work(texts[0])
    times = []
    for _ in range(_RUNS):
        start = time.process_time()
        for text in texts:
            work(text)
        times.append(time.process_time() - start)
    return 1000 * min(times) / len(texts)


def main() -> int:
    """Print accuracy and cost."""
    here = Path(__file__).resolve().parents[1]
    corpora = Path(os.environ.get("NEWS_CORPORA", here.parent / "shared" / "corpora"))
    if not corpora.is_dir():
        print(f"the real corpora are not here (looked in {corpora})")
        return 1
    for length in (None, 100, 50):
        right, wrong, n = Counter[str](), Counter[str](), Counter[str]()
        for record in records(corpora / "languages" / "ur-fa-ar-si-ta.jsonl.gz"):
            code, found = record["language"], identify(record["text"][:length])
            n[code] += 1
            right[code] += found is not None and found.code == code
            wrong[code] += found is not None and found.code != code
        rates = ", ".join(f"{c} {right[c] / n[c]:.3f} (wrong {wrong[c]})" for c in sorted(n))
        print(f"{'whole articles' if length is None else f'first {length} characters'}: {rates}")
    articles = [r["content"] for r in records(corpora / "pakistan" / "dawn-2025.jsonl.gz", every=10)]
    texts = [t for t in articles if t and 2000 <= len(t) <= 4000]
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(["en", "ur", "fa", "ps", "hi", "ar", "si", "ta"])
    ours, theirs = milliseconds(identify, texts), milliseconds(lambda t: model.classify(t[:600]), texts)
    size = sum(map(len, texts)) / len(texts)
    print(f"{len(texts)} English articles of {size:.0f} characters: {ours:.3f} ms CPU each;")
    print(f"py3langid on their first 600 characters: {theirs:.3f} ms ({theirs / ours:.1f} times as long)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
