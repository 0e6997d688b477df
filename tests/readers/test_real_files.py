"""Every file of the real corpora is read, and every record of it is accounted for."""

from collections import Counter
from pathlib import Path

import pytest

from analysis.readers import Record, Reject, discover, read

COUNTS = {
    "pakistan/app-2025.jsonl.gz": 12_902,
    "pakistan/dawn-2025.jsonl.gz": 28_563,
    "pakistan/wire-2016-2024.parquet": 58_593,
    "srilanka/english-three-outlets.jsonl.gz": 7_500,
    "languages/ur-fa-ar-si-ta.jsonl.gz": 1_250,
    "quotes/polnear-visible.jsonl.gz": 244,
    "sentiment/nyt-snippets-half.jsonl.gz": 2_595,
    "sentiment/newsmtsc-targets-3000.jsonl.gz": 3_000,
    "topics/bbc-2225.jsonl.gz": 2_225,
    "extraction/gold.json": 91,
    "seed/taliban-assure-pakistan-2023-07-20.txt": 1,
}


@pytest.mark.corpora
def test_every_real_file_is_read_and_accounted_for(corpora: Path) -> None:
    found = discover(corpora)
    assert not found.refused
    assert not found.ignored
    records: Counter[str] = Counter()
    rejects: Counter[str] = Counter()
    for file in found.read:
        for chunk in file.chunks:
            for item in read(chunk):
                (records if isinstance(item, Record) else rejects)[file.source] += isinstance(
                    item, (Record, Reject)
                )
    assert {source: records[source] for source in COUNTS} == COUNTS
    assert (
        sum(n for source, n in records.items() if source not in COUNTS) == 2 * 91
    )  # one a page, one a paste
    assert not +rejects
