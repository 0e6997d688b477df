"""An outlet that is there on one side only has nothing to be compared with, and is said to have none."""

import json
from pathlib import Path

import numpy as np
import pytest

import analysis as an
from analysis.errors import SelectionError
from tests.series.conftest import Make, days, window

LATE, EARLY = {"since": "2025-01-01"}, {"until": "2024-12-31"}


def joined(make: Make) -> an.Measurement:
    """Courier the whole time at a constant share of .25, Post only from 2025 on at .75."""
    rows = [("Courier", d, float(i % 4 == 0), 1.0) for i, d in enumerate(days("2024-07-01", 368))]
    rows += [("Post", d, float(i % 4 != 0), 1.0) for i, d in enumerate(days("2025-01-01", 184))]
    toml = window("Courier", "2024-07-01", "2025-07-03") + window("Post", "2025-01-01", "2025-07-03")
    return make(rows, toml).measurement()


def test_before_it_joined_an_outlet_has_no_common_support(make: Make) -> None:
    m = joined(make)
    with pytest.raises(SelectionError, match="no common support"):
        an.compare(m, target={"outlet": "Post", **LATE}, reference={"outlet": "Post", **EARLY})

    line = an.trend(m, by="quarter", across="outlet", inference=None).table.set_index(["group", "period"])
    assert line.loc[("Post", "2024-07-01"), "status"] in ("missing", "unknown")
    assert np.isnan(line.loc[("Post", "2024-07-01"), "estimate"])

    pooled = an.trend(m, by="quarter", inference=None)
    assert pooled.table.estimate.iloc[2] > 0.4  # a seeming rise
    assert pooled.table.standardised[:4].tolist() == pytest.approx([0.25] * 4, abs=0.01)
    assert any("no common support in every period" in n and "Post" in n for n in pooled.notes)


def test_a_comparison_with_the_mix_held_fixed_leaves_it_out_and_says_so(make: Make) -> None:
    found = an.compare(joined(make), target=LATE, reference=EARLY, standardise="outlet")
    assert found.table.difference[0] > 0.2
    assert found.table.difference[1] == pytest.approx(0, abs=0.02)
    assert any("1 on one side only, without common support" in n for n in found.notes)


@pytest.mark.corpora
@pytest.mark.slow
def test_dawn_before_2025_has_no_common_support(corpora: Path, tmp_path: Path) -> None:
    # Every 40th record of the three files: APP 2016-2025, Dawn 2025 only.
    import gzip

    import pyarrow.parquet as pq

    raw = tmp_path / "raw"
    raw.mkdir()
    lines = []
    for name in ("app-2025.jsonl.gz", "dawn-2025.jsonl.gz"):
        with gzip.open(corpora / "pakistan" / name, "rt", encoding="utf-8") as file:
            lines += [line.rstrip("\n") for i, line in enumerate(file) if i % 40 == 0]
    older = pq.read_table(corpora / "pakistan" / "wire-2016-2024.parquet")
    lines += [json.dumps(r, default=str) for r in older.take(list(range(0, older.num_rows, 40))).to_pylist()]
    (raw / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    an.ingest(raw, into=tmp_path / "c", workers=1, max_reject_share=1.0)
    corpus = an.open_corpus(tmp_path / "c").where(since="2020-01-01")
    m = an.term_rate(an.tokens(corpus), "police")
    with pytest.raises(SelectionError, match="no common support"):
        an.compare(m, target={"outlet": "Dawn", **LATE}, reference={"outlet": "Dawn", **EARLY})
    line = an.trend(m, by="year", inference=None)
    assert any("no common support in every period" in n and "Dawn" in n for n in line.notes)
    of = an.trend(m, by="year", across="outlet", inference=None).table
    dawn = of[(of.group == "Dawn") & (of.period < "2025-01-01")]
    assert dawn.estimate.isna().all()
    assert (dawn.status == "unknown").all()
    app = of[of.group == "APP"].estimate.to_numpy()
    assert line.table.standardised.to_numpy() == pytest.approx(app)
