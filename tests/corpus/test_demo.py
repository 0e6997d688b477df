"""The demo corpus: what its truth says is in its files, and is what was promised."""

import csv
import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from analysis.corpus.config import read_config
from analysis.corpus.demo import build_demo
from analysis.errors import InputError

N = 1500


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "raw"
    build_demo(folder, articles=N, seed=3)
    return folder


@pytest.fixture(scope="module")
def truth(demo: Path) -> dict[str, Any]:
    return json.loads((demo / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def null_truth(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("null") / "raw"
    build_demo(folder, articles=N, seed=3, null=True)
    return json.loads((folder / "truth.json").read_text(encoding="utf-8"))


def records(path: Path) -> int:
    """Count the records of a raw file by its format's own rules, bad ones included."""
    name = path.name
    if name.endswith((".html", ".txt")):
        return 1 if path.stat().st_size else 0
    if name.endswith(".jsonl"):
        return path.read_bytes().count(b"\n")
    if name.endswith(".jsonl.gz"):
        return gzip.decompress(path.read_bytes()).count(b"\n")
    if name.endswith(".json"):
        return len(json.loads(path.read_text(encoding="utf-8")))
    if name.endswith(".parquet"):
        return int(pq.read_metadata(path).num_rows)
    if name.endswith(".xlsx"):
        return zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").count(b"<row ") - 1
    text = path.read_bytes().decode("cp1252" if "southern" in str(path) else "utf-8")
    return len(list(csv.reader(io.StringIO(text, newline="")))) - 1


def test_the_records_of_every_file_are_its_articles_duplicates_and_rejects(
    demo: Path, truth: dict[str, Any]
) -> None:
    found = {
        p.relative_to(demo).as_posix(): records(p)
        for p in demo.rglob("*")
        if p.is_file() and p.name not in ("truth.json", "corpus.toml")
    }
    expected = {name: sum(kinds.values()) for name, kinds in truth["files"].items()}
    expected |= dict.fromkeys(truth["empty_files"], 0)
    assert found == expected
    counts = truth["counts"]
    assert (
        sum(found.values())
        == counts["records"]
        == counts["articles"] + counts["duplicates"] + counts["rejects"]
    )
    assert counts["rejects"] < 0.01 * counts["records"]
    assert len(truth["articles"]) == len({a["link"] for a in truth["articles"]}) == counts["articles"]
    assert abs(counts["articles"] - N) <= 10


def test_every_format_is_there_and_each_is_in_use(
    truth: dict[str, Any],
) -> None:
    endings = Counter(name.partition(".")[2] for name in truth["files"])
    assert set(endings) == {"txt", "html", "csv", "xlsx", "json", "jsonl", "jsonl.gz", "parquet"}
    assert set(truth["rejects"]) == {"bad_json", "ragged_row", "no_text"}
    assert {
        "mojibake",
        "script",
        "outlet_spelling",
        "ambiguous_date",
        "month_precision",
        "soft_hyphen",
    } <= set(truth["flags"])
    assert max(truth["duplicates"].values()) >= 5  # the sticky page


def test_the_settings_written_beside_it_are_ones_the_toolkit_reads(
    demo: Path,
) -> None:
    config = read_config(demo / "corpus.toml")
    assert config.selection == "census"
    assert config.outlets["TOLMARK COURIER"] == "Tolmark Courier"
    assert len([w for w in config.windows if w.outlet == "Veshin Observer"]) == 2


def test_the_same_seed_gives_the_same_bytes_whatever_the_hash_seed_and_the_folder(
    tmp_path: Path,
) -> None:
    code = "import sys; from pathlib import Path; from analysis.corpus.demo import build_demo; "
    code += "build_demo(Path(sys.argv[1]), articles=300, seed=5)"
    digests = []
    for hash_seed in ("0", "1"):
        folder = tmp_path / f"run{hash_seed}"
        cwd = tmp_path / f"cwd{hash_seed}"
        cwd.mkdir()
        env = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(Path(__file__).parents[2])}
        subprocess.run([sys.executable, "-c", code, str(folder)], check=True, cwd=cwd, env=env)
        files = sorted(p for p in folder.rglob("*") if p.is_file())
        digests.append(
            {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
        )
    assert digests[0] == digests[1]
    assert len(digests[0]) > 100


def share(
    truth: dict[str, Any], topic: str, *, since: str = "2000", before: str = "2100", outlet: str = ""
) -> float:
    chosen = [
        a["topic"] == topic
        for a in truth["articles"]
        if since <= a["published"] < before and outlet in ("", a["outlet"])
    ]
    return sum(chosen) / len(chosen)


def test_the_border_breaks_at_its_week_and_not_in_the_null_twin(
    truth: dict[str, Any], null_truth: dict[str, Any]
) -> None:
    when = truth["breaks"]["real"]["date"]
    assert share(truth, "border", since=when) - share(truth, "border", before=when) > 0.05
    assert null_truth["breaks"] is None
    assert abs(share(null_truth, "border", since=when) - share(null_truth, "border", before=when)) < 0.05


def test_mining_seems_to_rise_because_the_mix_of_outlets_moves(
    truth: dict[str, Any], null_truth: dict[str, Any]
) -> None:
    halves = {"before": "2024-07-01"}, {"since": "2025-01-01"}
    first, last = (share(truth, "mining", **h) for h in halves)  # type: ignore[arg-type]
    assert last > first + 0.02
    volumes = [
        Counter(a["outlet"] for a in truth["articles"] if a["published"][:7] == m)
        for m in ("2024-01", "2025-06")
    ]
    assert volumes[0]["Tolmark Courier"] < volumes[0]["Issen Ledger"]
    assert volumes[1]["Tolmark Courier"] > volumes[1]["Issen Ledger"]
    assert 0.18 < share(truth, "mining", outlet="Tolmark Courier") < 0.33
    assert share(truth, "mining", outlet="Issen Ledger") < 0.09
    first, last = (share(null_truth, "mining", **h) for h in halves)  # type: ignore[arg-type]
    assert abs(last - first) < 0.05


def test_topic_shares_are_the_planned_ones_within_sampling(
    truth: dict[str, Any],
) -> None:
    for topic, planned in truth["topic_base"].items():
        assert share(truth, topic) == pytest.approx(planned, abs=0.05), topic


def summed(truth: dict[str, Any], what: str, *, since: str = "2000", before: str = "2100") -> Counter[str]:
    total: Counter[str] = Counter()
    for a in truth["articles"]:
        if since <= a["published"] < before:
            total.update(a[what])
    return total


def negative(tone: Counter[str], voice: str) -> float:
    return tone[f"{voice}_neg"] / (tone[f"{voice}_neg"] + tone[f"{voice}_pos"])


def test_narration_turns_negative_while_quotation_and_reported_speech_stay(
    truth: dict[str, Any], null_truth: dict[str, Any]
) -> None:
    when = truth["breaks"]["tone"]["date"]
    before, after = summed(truth, "tone", before=when), summed(truth, "tone", since=when)
    assert negative(after, "narration") - negative(before, "narration") > 0.2
    for voice in ("quotation", "reported"):
        assert abs(negative(after, voice) - negative(before, voice)) < 0.1
    before, after = summed(null_truth, "tone", before=when), summed(null_truth, "tone", since=when)
    assert abs(negative(after, "narration") - negative(before, "narration")) < 0.05


def test_a_third_of_the_words_is_quoted_or_reported_and_quotation_drifts(
    truth: dict[str, Any], null_truth: dict[str, Any]
) -> None:
    shares = []
    for data in (truth, null_truth):
        for span in ({"before": "2024-05-01"}, {"since": "2025-03-01"}):
            words = summed(data, "voice_words", **span)  # type: ignore[arg-type]
            total = sum(words.values())
            assert (words["quotation"] + words["reported"]) / total > 0.30
            shares.append(words["quotation"] / total)
    assert shares[1] - shares[0] > 0.06
    assert abs(shares[3] - shares[2]) < 0.03


def test_wire_stories_are_taken_over_in_every_way_and_credited(
    truth: dict[str, Any],
) -> None:
    by_row = {a["row"]: a for a in truth["articles"]}
    copies = [a for a in truth["articles"] if a["copy"]]
    assert {a["copy"] for a in copies} == {"verbatim", "edited", "truncated", "bridged"}
    assert all(a["agency"] == by_row[a["story"]]["agency"] for a in copies)
    assert all(a["published"] >= by_row[a["story"]]["published"] for a in copies)
    assert sum(a["published"] > by_row[a["story"]]["published"] for a in copies) > 0.15 * len(copies)
    edited = [a["edited_share"] for a in copies if a["copy"] == "edited"]
    assert all(0.03 <= e <= 0.25 for e in edited)


def test_an_event_has_several_reports_within_days_by_more_than_one_outlet(
    truth: dict[str, Any],
) -> None:
    events = defaultdict(list)
    for a in truth["articles"]:
        if a["event"] is not None:
            events[a["event"]].append(a)
    assert all(3 <= len(reports) <= 8 for reports in events.values())
    assert sum(len({r["outlet"] for r in reports}) > 1 for reports in events.values()) > 0.9 * len(events)


def test_the_missing_week_the_joiner_and_the_leaver_hold(
    truth: dict[str, Any],
) -> None:
    name, since, until = truth["coverage"]["missing_week"]
    days = {
        o: [a["published"] for a in truth["articles"] if a["outlet"] == o] for o in truth["outlet_topics"]
    }
    assert not [d for d in days[name] if since <= d <= until]
    assert min(days[truth["coverage"]["joins"][0]]) >= truth["coverage"]["joins"][1]
    assert max(days[truth["coverage"]["leaves"][0]]) <= truth["coverage"]["leaves"][1]


def bodies(demo: Path) -> dict[str, str]:
    out = {}
    for path in sorted(demo.rglob("*.parquet")):
        out |= {r["link"]: r["body"] for r in pq.read_table(path).to_pylist()}
    return out


def test_unrelated_articles_of_one_topic_are_not_near_copies(
    demo: Path,
    truth: dict[str, Any],
) -> None:
    text = bodies(demo)
    shingles = defaultdict(list)
    for a in truth["articles"]:
        if a["link"] in text and a["event"] is None:
            words = text[a["link"]].split()
            shingles[a["topic"]].append({tuple(words[i : i + 5]) for i in range(len(words) - 4)})
    found = [
        len(x & y) / len(x | y) for group in shingles.values() for i, x in enumerate(group) for y in group[:i]
    ]
    assert len(found) > 150
    assert sorted(found)[int(0.95 * len(found))] < 0.15


@pytest.mark.parametrize("articles", [0, 299, 300_001])
def test_a_size_out_of_range_is_refused_before_anything_is_written(
    tmp_path: Path,
    articles: int,
) -> None:
    with pytest.raises(InputError, match="300 to 300,000"):
        build_demo(tmp_path / "x", articles=articles)
    assert not (tmp_path / "x").exists()


def test_a_folder_that_holds_something_is_refused(
    tmp_path: Path,
) -> None:
    (tmp_path / "mine.txt").write_text("keep me")
    with pytest.raises(InputError, match="not empty"):
        build_demo(tmp_path)
