"""What an ingest costs: CPU an article and peak memory, at one and at three times the size, serial and in processes.

The Pakistan files ($NEWS_CORPORA or ../shared/corpora) are read as they are, and three times over under other links.
"""

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CHILD = """
import resource, sys, time
import analysis as an
if __name__ == "__main__":
    report = an.ingest(sys.argv[1], into=sys.argv[2], workers=int(sys.argv[3]), max_reject_share=1.0)
    own, kids = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + kids.ru_utime + kids.ru_stime
    peak = max(own.ru_maxrss, kids.ru_maxrss) / 1024
    print(report.records, report.kept, report.duplicates, report.rejected, cpu, peak)
"""


def corpora() -> Path:
    """Give the folder of real corpora."""
    here = Path(__file__).resolve().parents[1]
    return Path(os.environ.get("NEWS_CORPORA", here.parent / "shared" / "corpora"))


def measure(source: Path, into: Path, workers: int) -> tuple[list[int], float, float]:
    """Run one ingest in a process of its own: counts, CPU seconds, peak MB of the largest process."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(source), str(into), str(workers)],
        check=True,
        capture_output=True,
        text=True,
    )
    *counts, cpu, peak = done.stdout.split()
    return [int(c) for c in counts], float(cpu), float(peak)


def tripled(source: Path, into: Path) -> None:
    """Write every record of the Pakistan files three times, under three links."""
    import pyarrow.parquet as pq

    into.mkdir(parents=True)
    for path in sorted(source.iterdir()):
        if path.name.endswith(".jsonl.gz"):
            with (
                gzip.open(path, "rt", encoding="utf-8") as lines,
                (into / path.name[:-3]).open("w", encoding="utf-8") as out,
            ):
                for line in lines:
                    record = json.loads(line)
                    for i in range(3):
                        out.write(
                            json.dumps(record | {"link": f"{record['link']}?copy={i}"}, ensure_ascii=False)
                            + "\n"
                        )
        elif path.suffix == ".parquet":
            with (into / (path.stem + ".jsonl")).open("w", encoding="utf-8") as out:
                for batch in pq.ParquetFile(path).iter_batches(2000):
                    for record in batch.to_pylist():
                        for i in range(3):
                            out.write(
                                json.dumps(
                                    record | {"link": f"{record['link']}?copy={i}"},
                                    ensure_ascii=False,
                                    default=str,
                                )
                                + "\n"
                            )


def main() -> None:
    """Print one line a measurement."""
    source = corpora() / "pakistan"
    if not source.is_dir():
        print(f"skipped: the real corpora are not here ({source})")
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        counts, cpu, peak = measure(source, place / "one", 1)
        print(
            f"serial, {counts[0]:,} records: kept {counts[1]:,}, duplicates {counts[2]:,}, rejected {counts[3]:,}; "
            f"{1000 * cpu / counts[0]:.2f} ms CPU a record; peak {peak:.0f} MB"
        )
        two, cpu2, peak2 = measure(source, place / "two", 2)
        equal = all(
            (place / "two" / p.name).read_bytes() == p.read_bytes()
            for p in sorted((place / "one").iterdir())
            if p.is_file()
        )
        print(
            f"two processes: {1000 * cpu2 / two[0]:.2f} ms CPU a record; peak {peak2:.0f} MB a process; "
            f"equal bytes: {equal}"
        )
        shutil.rmtree(place / "two")
        tripled(source, place / "big")
        big, cpu3, peak3 = measure(place / "big", place / "three", 1)
        more = (peak3 - peak) * 2**20 / (big[0] - counts[0])
        print(
            f"serial, {big[0]:,} records: {1000 * cpu3 / big[0]:.2f} ms CPU a record; peak {peak3:.0f} MB, "
            f"{more:.0f} bytes an article more"
        )


if __name__ == "__main__":
    main()
