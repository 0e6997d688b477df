"""What goes in is accounted for, whatever it is and however often it comes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import analysis as an
from analysis.errors import CorpusError, InputError, RejectedError
from tests.corpus.conftest import WORDS, article

Write = Callable[..., Path]


def test_every_record_is_kept_a_duplicate_or_rejected(tmp_path: Path, jsonl: Write) -> None:
    records: list[Any] = [article(i) for i in range(200)]
    records += [article(3), article(4, content=None), "{broken"]
    jsonl(tmp_path / "raw" / "a.jsonl", records)
    report = an.ingest(tmp_path / "raw", into=tmp_path / "c")
    assert (report.records, report.kept, report.duplicates, report.rejected) == (203, 200, 2, 1)
    table = an.accounting(an.open_corpus(tmp_path / "c")).table
    assert (table.records == table.kept + table.duplicates + table.rejected).all()


def test_the_fullest_text_and_the_best_date_are_kept(tmp_path: Path, jsonl: Write) -> None:
    short = article(1, content=WORDS, date_published="2025-01-05")
    long = article(1, content=WORDS + " And then more.", date_published=None, dateList="2025-02-01")
    jsonl(tmp_path / "raw" / "a.jsonl", [short, long])
    an.ingest(tmp_path / "raw", into=tmp_path / "c")
    (row,) = (
        an.open_corpus(tmp_path / "c")
        .articles(["body", "published", "published_source", "flags"])
        .to_dict("records")
    )
    assert row["body"].endswith("And then more.")
    assert str(row["published"])[:10] == "2025-01-05"
    assert "date_from_copy" in row["flags"]


def test_two_slugs_of_one_number_are_one_article(tmp_path: Path, jsonl: Write) -> None:
    links = [
        "https://x.example/news/1234567/old-words",
        "http://www.x.example/news/1234567/new-words/?utm_source=a",
    ]
    jsonl(tmp_path / "raw" / "a.jsonl", [article(1, link=link) for link in links])
    report = an.ingest(tmp_path / "raw", into=tmp_path / "c")
    assert report.kept == 1
    assert report.reasons == {"duplicate:same_number": 1}


def test_spellings_of_one_outlet_become_the_commonest(tmp_path: Path, jsonl: Write) -> None:
    jsonl(
        tmp_path / "raw" / "a.jsonl",
        [article(i, source="DAY STAR" if i == 3 else "Day Star") for i in range(9)],
    )
    an.ingest(tmp_path / "raw", into=tmp_path / "c")
    assert set(an.open_corpus(tmp_path / "c").articles(["outlet"]).outlet) == {"Day Star"}


def test_serial_and_spawned_processes_write_equal_bytes(source: Path, tmp_path: Path, jsonl: Write) -> None:
    jsonl(source / "b.jsonl", [article(i, content=f"{WORDS} Again {i}.") for i in range(20, 60)])
    an.ingest(source, into=tmp_path / "one", workers=1)
    an.ingest(source, into=tmp_path / "two", workers=2)
    files = sorted(p.name for p in (tmp_path / "one").iterdir() if p.is_file())
    assert files == sorted(p.name for p in (tmp_path / "two").iterdir() if p.is_file())
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_order_of_files_and_records_does_not_change_the_content(tmp_path: Path, jsonl: Write) -> None:
    records = [article(i) for i in range(40)] + [article(i, content=WORDS) for i in range(10)]
    jsonl(tmp_path / "x" / "a.jsonl", records)
    jsonl(tmp_path / "y" / "a.jsonl", records[::-1])
    an.ingest(tmp_path / "x", into=tmp_path / "cx")
    an.ingest(tmp_path / "y", into=tmp_path / "cy")
    assert an.open_corpus(tmp_path / "cx").fingerprint == an.open_corpus(tmp_path / "cy").fingerprint


def test_a_second_ingest_adds_only_what_is_new(source: Path, tmp_path: Path, jsonl: Write) -> None:
    an.ingest(source, into=tmp_path / "c")
    jsonl(source / "b.jsonl", [article(i) for i in range(25, 40)])
    report = an.ingest(source, into=tmp_path / "c")
    assert (report.records, report.kept, report.duplicates) == (15, 10, 5)
    assert len(an.open_corpus(tmp_path / "c")) == 40
    assert len(an.open_corpus(tmp_path / "c", as_of=1)) == 30
    again = an.ingest(source, into=tmp_path / "c")
    assert (again.records, again.snapshot) == (0, 2)


def test_a_fuller_text_replaces_an_article_and_the_old_snapshot_keeps_the_old_one(
    source: Path, tmp_path: Path, jsonl: Write
) -> None:
    an.ingest(source, into=tmp_path / "c")
    jsonl(tmp_path / "late" / "b.jsonl", [article(5, content=WORDS + " " + WORDS + " The full report.")])
    an.ingest(tmp_path / "late", into=tmp_path / "c")
    new, old = an.open_corpus(tmp_path / "c"), an.open_corpus(tmp_path / "c", as_of=1)
    assert len(new) == len(old) == 30
    assert new.articles(["body"]).body.str.endswith("The full report.").sum() == 1
    assert old.articles(["body"]).body.str.endswith("The full report.").sum() == 0
    table = an.accounting(new).table
    assert table.kept.sum() == 30
    assert (table.records == table.kept + table.duplicates + table.rejected).all()


def test_too_many_bad_records_stop_the_run_before_anything_is_replaced(
    source: Path, tmp_path: Path, jsonl: Write
) -> None:
    an.ingest(source, into=tmp_path / "c")
    before = (tmp_path / "c" / "corpus.json").read_bytes()
    jsonl(source / "b.jsonl", ["{broken"] * 25 + [article(i) for i in range(50, 90)])
    with pytest.raises(RejectedError, match=r"25 of 65 records.*refused\.csv"):
        an.ingest(source, into=tmp_path / "c")
    assert (tmp_path / "c" / "corpus.json").read_bytes() == before
    assert (tmp_path / "c" / "refused.csv").read_text().count("\n") >= 26
    report = an.ingest(source, into=tmp_path / "c", max_reject_share=0.5)
    assert report.rejected == 25


def test_a_source_without_a_single_article_makes_no_corpus(tmp_path: Path, jsonl: Write) -> None:
    jsonl(tmp_path / "raw" / "a.jsonl", ["{broken", article(1, content=None)])
    with pytest.raises(RejectedError, match="expected at least one article"):
        an.ingest(tmp_path / "raw", into=tmp_path / "c")
    assert not (tmp_path / "c" / "corpus.json").exists()
    assert (tmp_path / "c" / "refused.csv").exists()


def test_nineteen_bad_records_never_stop_a_run(tmp_path: Path, jsonl: Write) -> None:
    jsonl(tmp_path / "raw" / "b.jsonl", ["{broken"] * 19 + [article(1)])
    assert an.ingest(tmp_path / "raw", into=tmp_path / "c").rejected == 19


def test_fields_stay_the_strings_they_were(tmp_path: Path, jsonl: Write) -> None:
    line = '{"id": 00000, "content": "x"}'.replace("00000", "12345678901234567890123")
    jsonl(
        tmp_path / "raw" / "a.jsonl", [article(1, code="007", empty="NA"), line.replace('"x"', f'"{WORDS}"')]
    )
    an.ingest(tmp_path / "raw", into=tmp_path / "c")
    raw = [dict(r) for r in an.open_corpus(tmp_path / "c").articles(["raw_fields"]).raw_fields]
    assert any(r.get("id") == "12345678901234567890123" for r in raw)
    assert any(r.get("code") == "007" and r.get("empty") == "NA" for r in raw)


def test_a_field_of_another_name_is_set_in_corpus_toml(tmp_path: Path, jsonl: Write) -> None:
    jsonl(tmp_path / "raw" / "a.jsonl", [{"wording": WORDS, "paper": "DS"}])
    (tmp_path / "raw" / "corpus.toml").write_text(
        '[fields]\ncontent = "wording"\noutlet = "paper"\n[outlets]\nDS = "Day Star"\n'
    )
    an.ingest(tmp_path / "raw", into=tmp_path / "c")
    assert list(an.open_corpus(tmp_path / "c").articles(["outlet"]).outlet) == ["Day Star"]


def test_outlet_and_date_can_come_from_the_path(tmp_path: Path, jsonl: Write) -> None:
    jsonl(tmp_path / "raw" / "Day Star" / "2025-03-04" / "a.jsonl", [{"content": WORDS}])
    (tmp_path / "raw" / "corpus.toml").write_text('[paths]\npattern = "{outlet}/{year}-{month}-{day}/*"\n')
    an.ingest(tmp_path / "raw", into=tmp_path / "c")
    (row,) = an.open_corpus(tmp_path / "c").articles(["outlet", "published"]).to_dict("records")
    assert (row["outlet"], str(row["published"])[:10]) == ("Day Star", "2025-03-04")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[feilds]\n", "unknown key.*Did you mean 'fields'"),
        ("selection = 'all'\n", "census"),
        ("[zones]\ndefault = 'Asia/Nowhere'\n", "unknown zone"),
        ("[limits]\nmax_reject_share = 3\n", "from 0 to 1"),
        ("[[windows]]\noutlet = 'A'\nsince = 2025-02-01\nuntil = 2025-01-01\n", "ends before"),
        ("[fields\n", "not valid TOML"),
        ("[paths]\npattern = '{paper}/*'\n", "outlet"),
    ],
)
def test_a_wrong_corpus_toml_is_named_before_work_starts(
    source: Path, tmp_path: Path, text: str, says: str
) -> None:
    (source / "corpus.toml").write_text(text)
    with pytest.raises(InputError, match=says):
        an.ingest(source, into=tmp_path / "c")
    assert not (tmp_path / "c" / "corpus.json").exists()


def test_an_address_an_absent_source_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="address"):
        an.ingest("https://x.example/articles.jsonl", into=tmp_path / "c")
    with pytest.raises(InputError, match="not there"):
        an.ingest(tmp_path / "nowhere", into=tmp_path / "c")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="nothing to read"):
        an.ingest(tmp_path / "empty", into=tmp_path / "c")


def test_a_second_writer_is_refused(source: Path, tmp_path: Path) -> None:
    from analysis.corpus.store import writing

    with writing(tmp_path / "c"), pytest.raises(CorpusError, match="written by another"):
        an.ingest(source, into=tmp_path / "c", workers=1)


@pytest.mark.corpora
@pytest.mark.slow
def test_dawn_of_august_2025_is_two_thousand_articles_not_eight(corpora: Path, tmp_path: Path) -> None:
    report = an.ingest(corpora / "pakistan" / "dawn-2025.jsonl.gz", into=tmp_path / "c")
    assert report.records == 28_563 == report.kept + report.duplicates + report.rejected
    assert report.rejected == 9  # no text under this link
    corpus = an.open_corpus(tmp_path / "c")
    assert set(corpus.articles(["outlet"]).outlet) == {"Dawn"}
    months = an.outlet_months(corpus).table.set_index("month").n_docs
    assert 1900 <= months["2025-08"] <= 2100
    table = corpus.articles(["title", "body"])
    assert not table.title.str.contains("DAWN.COM", regex=False).any()
    assert not table.body.str.contains("adsbygoogle", regex=False).any()
