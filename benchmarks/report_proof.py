"""A report of a large demo is verified; after one corrected article, what moved is named.

`DEMO_ARTICLES` (30,000; the demo goes up to 300,000), `DEMO_NOTEBOOK` (02_terms).
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import analysis as an
from analysis.corpus.demo import build_demo
from analysis.report.diff import diff_runs
from analysis.report.run import run_report
from analysis.report.verify import verify_run

N_ARTICLES = int(os.environ.get("DEMO_ARTICLES", "30000"))
NOTEBOOK = os.environ.get("DEMO_NOTEBOOK", "02_terms")
Say = Callable[[str], None]


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Say how long something took."""
    began = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - began:.0f} s", flush=True)


def main() -> None:
    """Build, ingest, report, verify, correct, report, compare."""
    with tempfile.TemporaryDirectory(prefix="report-proof-") as place:
        folder = Path(place)
        with timed(f"demo of {N_ARTICLES:,} articles"):
            build_demo(folder / "raw", articles=N_ARTICLES, seed=1)
        with timed("ingest"):
            an.ingest(folder / "raw", into=folder / "demo")
        corpus = an.open_corpus(folder / "demo")
        given = {"corpus": str(folder / "demo")}
        with timed(NOTEBOOK):
            first = run_report(NOTEBOOK, given, reports_dir=folder / "reports")
        with timed("verify"):
            verdict = verify_run(first.folder, root=Path.cwd(), corpus=str(folder / "demo"))
        print(f"verdict: {verdict.state}")
        doc_id = corpus.sample(1, seed=1).articles([])["doc_id"].iloc[0]
        body = str(corpus.where(doc_id=doc_id).articles(["body"])["body"].iloc[0])
        an.correct(corpus, doc_id, "body", body + "\nThe border post was closed.", why="a line that was lost")
        with timed(f"{NOTEBOOK} after one correction"):
            second = run_report(NOTEBOOK, given, reports_dir=folder / "reports")
        with timed("diff"):
            said = diff_runs(first.folder, second.folder).text()
        print(said)
        print(f"the corrected article is named: {doc_id in said}")


if __name__ == "__main__":
    main()
