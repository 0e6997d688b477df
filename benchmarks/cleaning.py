"""What cleaning does to the real corpora, and what it costs: the figures of the second part of the work.

`python -m benchmarks cleaning` ingests the Sri Lankan and Pakistani files (NEWS_CORPORA or ../shared/corpora) into a
temporary folder and prints the counts; then the CPU time of each step an article, least of three rounds.
"""

import gzip
import json
import os
import re
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import pandas as pd

import analysis as an
from analysis.corpus.config import Config
from analysis.corpus.fields import FieldMap
from analysis.corpus.spool import outlet_key
from analysis.text.clean import CleanSettings, Survey, clean, learn, prepare
from analysis.text.layout_credit import same_text

_FORM = re.compile(
    r"(?i)email address will not be published|required fields are marked|save my name|leave a reply"
)
_FOOTER = re.compile(r"Published in Dawn")


def corpora() -> Path | None:
    """Find the real corpora."""
    here = Path(__file__).resolve().parents[1]
    folder = Path(os.environ.get("NEWS_CORPORA", here.parent / "shared" / "corpora"))
    return folder if folder.is_dir() else None


def ingested(source: Path, into: Path) -> pd.DataFrame:
    """Ingest a folder and give its articles."""
    report = an.ingest(source, into=into)
    print(
        f"  {report.records:,} = {report.kept:,} kept + {report.duplicates:,} duplicates + {report.rejected:,} rejected"
    )
    corpus = an.open_corpus(into)
    recheck = an.recheck(corpus)
    print(f"  cleaned once more: {recheck.notes[0] if recheck.notes else len(recheck.table)}")
    return corpus.articles(["outlet", "title", "body", "dateline", "agency", "published_source", "flags"])


def srilanka(frame: pd.DataFrame) -> None:
    """Count titles left in bodies, comment forms and flagged languages."""
    repeated = [
        r.flags for r in frame.itertuples() if r.title and same_text(r.body.split("\n", 1)[0], r.title)
    ]
    alone = sum("headline_only" in flags for flags in repeated)
    print(f"  bodies that begin with their title: {len(repeated)}, of which nothing but the title: {alone}")
    print(f"  bodies with a comment form: {frame['body'].str.contains(_FORM).sum()}")
    flags = frame["flags"].explode().value_counts()
    print("  flags:", ", ".join(f"{k} {v}" for k, v in flags.items()) or "none")


def pakistan(frame: pd.DataFrame) -> None:
    """Count footers left, where dates come from, and datelines with agencies."""
    print(f"  bodies with 'Published in Dawn': {frame['body'].str.contains(_FOOTER).sum()}")
    print("  dates:", frame.groupby(["outlet", "published_source"]).size().to_dict())
    app = frame[frame["outlet"] == "APP"]
    both = (app["dateline"].notna() & app["agency"].notna()).mean()
    print(f"  APP articles with dateline and agency: {both:.4f}")


def cost(path: Path, n: int = 4000) -> None:
    """Print the CPU time of each step of cleaning, ms an article."""
    fields, settings = FieldMap(Config()), CleanSettings()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in islice(lines, n)]
    raws = [fields.map({k: str(v or "") for k, v in r.items()}, path.name)[0] for r in records]
    best: dict[str, float] = {}

    def took(name: str, start: float) -> None:
        ms = (time.process_time() - start) / n * 1000
        best[name] = min(ms, best.get(name, ms))

    for _ in range(3):
        start = time.process_time()
        prepared = [prepare(r) for r in raws]
        took("prepare", start)
        keyed = [(i, r) for i, r in enumerate(prepared) if r.body]
        keyed = [
            (i, type(r)(**{s: getattr(r, s) for s in r.__slots__} | {"outlet": outlet_key(r.outlet)}))
            for i, r in keyed
        ]
        start = time.process_time()
        survey = Survey()
        for i, r in keyed:
            survey.add(r, i)
        took("survey", start)
        known = learn(survey, settings)
        start = time.process_time()
        for _, r in keyed:
            clean(r, known, settings)
        took("clean", start)
    steps = ", ".join(f"{k} {v:.3f}" for k, v in best.items())
    print(f"  {path.name}: {steps}; together {sum(best.values()):.3f} ms CPU an article")


def main() -> int:
    """Print the figures."""
    folder = corpora()
    if folder is None:
        print("the real corpora are not here: set NEWS_CORPORA")
        return 1
    with tempfile.TemporaryDirectory() as place:
        print("Sri Lanka")
        srilanka(ingested(folder / "srilanka", Path(place) / "srilanka"))
        print("Pakistan")
        pakistan(ingested(folder / "pakistan", Path(place) / "pakistan"))
    print("cost")
    for name in ("app-2025", "dawn-2025"):
        cost(folder / "pakistan" / f"{name}.jsonl.gz")
    return 0


if __name__ == "__main__":
    sys.exit(main())
