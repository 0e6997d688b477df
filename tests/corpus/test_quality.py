"""What the tables of cleaning and of doubts count, on texts whose characters can be counted by hand."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import analysis as an
from tests.corpus.conftest import WORDS, article

Write = Callable[..., Path]
LINK = "Read more: The tide table"


@pytest.fixture
def corpus(tmp_path: Path, jsonl: Write) -> an.Corpus:
    """Make three articles with links to others (one with two), one without, and one of another outlet."""
    records = [
        article(1, source="Post", title="A", content=f"{WORDS}\n{LINK}\nIt ended at noon in the harbour."),
        article(2, source="Post", title="B", content=f"{WORDS}\n{LINK}\nThat was said on the ferry."),
        article(
            3,
            source="Post",
            title="C",
            content=f"{WORDS}\n{LINK}\nNobody came.\nRead more: Boats\nThe end came.",
        ),
        article(4, source="Post", title="D", content=WORDS),
        article(5, source="Star", title="E", content=f"{WORDS}\nAnd that was all."),
    ]
    jsonl(tmp_path / "raw" / "a.jsonl", records)
    an.ingest(tmp_path / "raw", into=tmp_path / "c", workers=1)
    return an.open_corpus(tmp_path / "c")


def test_removals_are_counted_by_outlet_and_rule_with_shares(corpus: an.Corpus) -> None:
    result = an.cleaning(corpus)
    (row,) = result.table.to_dict("records")
    assert (row["outlet"], row["rule"]) == ("Post", "read_more")
    assert (row["n_removals"], row["n_docs"], row["share_docs"]) == (4, 3, 0.75)
    assert row["chars"] == 3 * len(LINK) + len("Read more: Boats")
    before = [
        f"A{WORDS}\n{LINK}\nIt ended at noon in the harbour.",
        f"B{WORDS}\n{LINK}\nThat was said on the ferry.",
    ]
    before += [f"C{WORDS}\n{LINK}\nNobody came.\nRead more: Boats\nThe end came.", f"D{WORDS}"]
    assert row["share_chars"] == pytest.approx(row["chars"] / sum(map(len, before)), rel=1e-12)
    assert "Nothing was taken out of the articles of Star." in result.notes


def test_the_headline_of_a_pasted_page_is_counted_once(tmp_path: Path) -> None:
    text = f"Council hears the ferry plan of Veshin\n\n{WORDS}\n\n{WORDS} And once more.\n"
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(text)
    an.ingest(tmp_path / "raw", into=tmp_path / "c", workers=1)
    corpus = an.open_corpus(tmp_path / "c")
    (row,) = [r for r in an.cleaning(corpus).table.to_dict("records") if r["rule"] == "headline"]
    before = len(text)
    assert row["share_chars"] == pytest.approx(38 / 412, rel=1e-12)
    assert f"{row['chars']:,} of {before:,} characters" in corpus.read(row["example_doc_id"]).ledger()


def test_the_example_is_the_commonest_piece_and_opens(corpus: an.Corpus) -> None:
    (row,) = an.cleaning(corpus).table.to_dict("records")
    assert row["example"] == LINK
    assert LINK in [r.text for r in corpus.read(row["example_doc_id"]).removals]


def test_a_selection_counts_its_own_articles_only(corpus: an.Corpus) -> None:
    assert not len(an.cleaning(corpus.where(outlet="Star")).table)
    (row,) = an.cleaning(corpus.where(text="noon")).table.to_dict("records")
    assert (row["n_docs"], row["share_docs"]) == (1, 1.0)


def test_nothing_selected_gives_empty_tables_with_their_columns(corpus: an.Corpus) -> None:
    none = corpus.where(text="zzz")
    for table in (
        an.cleaning(none).table,
        an.flags(none).table,
        an.recheck(none).table,
        an.corrections(none).table,
    ):
        assert not len(table)
        assert len(table.columns) >= 5
    assert str(an.cleaning_examples(none)) == ""


def test_the_columns_are_fixed(corpus: an.Corpus) -> None:
    names = ["outlet", "rule", "n_removals", "n_docs", "share_docs", "chars", "share_chars"]
    assert list(an.cleaning(corpus).table.columns) == [*names, "example", "example_doc_id"]
    names = ["outlet", "flag", "n_docs", "share", "meaning", "example_doc_id", "example_title"]
    assert list(an.flags(corpus).table.columns) == names


def test_counts_do_not_depend_on_how_the_articles_came(
    corpus: an.Corpus, tmp_path: Path, jsonl: Write
) -> None:
    records = [json.loads(x) for x in (tmp_path / "raw" / "a.jsonl").read_text().splitlines()]
    for i, record in enumerate(records):
        jsonl(tmp_path / "one" / f"{i}.jsonl", [record])
        an.ingest(tmp_path / "one", into=tmp_path / "d", workers=1)
    again = an.open_corpus(tmp_path / "d")
    assert again.snapshot.number == 5
    assert an.cleaning(again) == an.cleaning(corpus)


def test_removals_of_a_replaced_article_are_not_counted(
    corpus: an.Corpus, tmp_path: Path, jsonl: Write
) -> None:
    jsonl(tmp_path / "late" / "b.jsonl", [article(1, source="Post", title="A", content=WORDS + " " + WORDS)])
    an.ingest(tmp_path / "late", into=tmp_path / "c", workers=1)
    (row,) = an.cleaning(an.open_corpus(tmp_path / "c")).table.to_dict("records")
    assert (row["n_removals"], row["n_docs"], row["share_docs"]) == (3, 2, 0.5)


def test_a_rule_switched_off_for_an_outlet_takes_nothing_there(tmp_path: Path, jsonl: Write) -> None:
    body = f"{WORDS}\n{LINK}\nThe end came."
    jsonl(
        tmp_path / "raw" / "a.jsonl",
        [article(i, source=s, content=body) for i, s in enumerate(("Post", "Star"))],
    )
    (tmp_path / "raw" / "corpus.toml").write_text(
        '[cleaning.off]\n"POST" = ["read_more"]\n"Pst" = ["share"]\n'
    )
    report = an.ingest(tmp_path / "raw", into=tmp_path / "c", workers=1)
    assert "[cleaning.off] names no outlet of this corpus: 'Pst'" in report.notes
    corpus = an.open_corpus(tmp_path / "c")
    assert list(an.cleaning(corpus).table.outlet) == ["Star"]
    assert LINK in corpus.where(outlet="Post").articles(["body"]).body[0]
    assert not len(an.recheck(corpus).table)


def test_the_marked_up_article_of_an_outlet_is_the_one_with_most_rules(tmp_path: Path, jsonl: Write) -> None:
    rich = f"VESHIN: {WORDS}\n{LINK}\nThe end came.\nAdvertisement\nThe ferry left."
    jsonl(
        tmp_path / "raw" / "a.jsonl",
        [article(1), article(2, content=rich), article(4, content=f"{WORDS}\n{LINK}\nEnd.")],
    )
    an.ingest(tmp_path / "raw", into=tmp_path / "c", workers=1)
    corpus = an.open_corpus(tmp_path / "c")
    ((heading, page),) = an.cleaning_examples(corpus).pages
    assert page.rules == ("advertisement", "dateline", "read_more")
    assert heading == "The Veshin Courier: Council hears ferry plan number 2 (3 rules)"
    result = an.cleaning(corpus)
    assert str(result.exhibit) == str(an.cleaning_examples(corpus))
    assert "<details>" in result._repr_html_()
    with pytest.raises(an.AnalysisError, match="outlets"):
        an.cleaning_examples(corpus, outlets=0)


def test_flags_are_counted_explained_and_open(tmp_path: Path, jsonl: Write) -> None:
    stub = "Subscribe now to continue reading this story about the ferry of Veshin today."
    jsonl(
        tmp_path / "raw" / "a.jsonl", [article(3 * i + 1, content=stub if i < 2 else WORDS) for i in range(8)]
    )
    an.ingest(tmp_path / "raw", into=tmp_path / "c", workers=1)
    corpus = an.open_corpus(tmp_path / "c")
    result = an.flags(corpus)
    (row,) = [r for r in result.table.to_dict("records") if r["flag"] == "nonarticle:paywall"]
    assert (row["n_docs"], row["share"]) == (2, 0.25)
    assert "paywall" in row["meaning"]
    assert corpus.read(row["example_doc_id"]).article["title"] == row["example_title"]
    assert result.notes == ("2 of 8 articles have a flag; all of them stay in the corpus.",)
    assert len(corpus) == 8


def test_date_quality_has_shares_of_each_outlet(corpus: an.Corpus) -> None:
    table = an.date_quality(corpus).table
    assert table.groupby("outlet").share.sum().to_dict() == {"Post": 1.0, "Star": 1.0}


@pytest.mark.corpora
def test_every_real_removal_has_a_rule_that_is_explained(corpora: Path, tmp_path: Path) -> None:
    an.ingest(corpora / "seed", into=tmp_path / "c", workers=1)
    table = an.cleaning(an.open_corpus(tmp_path / "c")).table
    assert len(table) >= 5
    assert set(table.rule) <= set(an.rules().table.rule)
