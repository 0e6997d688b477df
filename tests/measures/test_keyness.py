"""Keyness on six articles counted by hand, on a planted word, and on sides that are none."""

from pathlib import Path

import numpy as np
import pytest

from analysis.corpus.handle import Corpus, open_corpus
from analysis.engine import Processes
from analysis.errors import InputError, SelectionError, UnknownNameError
from analysis.measures.collocation import collocation
from analysis.measures.dispersion import dispersion
from analysis.measures.diversity import diversity
from analysis.measures.keyness import keyness, outlet_keyness
from analysis.measures.keyness_table import compare_terms
from analysis.terms.tokens import tokens
from tests.measures.conftest import SIX, built

COURIER, POST = {"outlet": "Harbour Courier"}, {"outlet": "Upland Post"}


def test_the_numbers_of_one_term_are_those_counted_by_hand(six: Corpus) -> None:
    result = keyness(tokens(six, part="body"), target=COURIER, min_doc_freq=1, n_permutations=19)
    mill = result.table.set_index("term").loc["mill"]
    assert (mill["target_freq"], mill["reference_freq"]) == (2, 1)
    assert mill["target_rate"] == pytest.approx(10_000 * 2 / 30)
    assert (mill["target_doc_freq"], mill["reference_doc_freq"]) == (2, 1)
    assert mill["target_doc_share"] == pytest.approx(2 / 3)
    assert mill["target_dp"] == pytest.approx(1 / 3)  # two of three equal articles have it
    assert mill["reference_dp"] == pytest.approx(2 / 3)
    assert mill["log_ratio"] == pytest.approx(1.0)
    assert mill["g2"] == pytest.approx(2 * (2 * np.log(2 / 1.5) + np.log(1 / 1.5)))
    assert mill["difference"] == pytest.approx(10_000 / 30)


def test_stop_words_are_no_terms_but_their_words_count(six: Corpus) -> None:
    result = keyness(
        tokens(six, part="body", stopwords="en"), target=COURIER, min_doc_freq=1, n_permutations=19
    )
    rows = result.table.set_index("term")
    assert "the" not in rows.index
    assert rows.loc["mill", "target_rate"] == pytest.approx(10_000 * 2 / 30)


def test_the_sign_says_the_side_and_turns_with_the_sides(six: Corpus) -> None:
    words = tokens(six, part="body")
    one = keyness(words, target=COURIER, reference=POST, min_doc_freq=1, n_permutations=19).table
    other = keyness(words, target=POST, reference=COURIER, min_doc_freq=1, n_permutations=19).table
    assert one["g2"].is_monotonic_decreasing
    assert one.iloc[-1]["term"] == "quay"  # 2 against 0: G2 2.77; ferry, 3 against 1: 1.05
    assert other.iloc[0]["term"] == "quay"
    assert other.iloc[0]["g2"] == pytest.approx(4 * np.log(2))
    turned = other.set_index("term").loc[one["term"]]
    for name in ("g2", "log_ratio", "log_odds", "log_odds_z", "difference"):
        assert np.allclose(one[name], -turned[name])


def test_the_columns_do_not_depend_on_options(six: Corpus) -> None:
    words = tokens(six, part="body")
    one = keyness(words, target=COURIER, min_doc_freq=1, n_permutations=19)
    other = keyness(
        words, target=COURIER, min_doc_freq=3, n_permutations=19, measure="log_odds", correction="fdr"
    )
    assert list(one.table.columns) == list(other.table.columns)
    assert other.table["log_odds_z"].is_monotonic_decreasing
    assert "terms in fewer than 3 articles" in " ".join(other.notes)


def test_a_planted_word_is_found_and_nothing_else(planted: Corpus) -> None:
    result = keyness(tokens(planted), target=COURIER, n_permutations=199, seed=2)
    found = result.table[result.table["significant"]]
    assert found["term"].tolist() == ["shaft"]
    assert found["q"].iloc[0] <= 0.05
    assert result.table["term"].iloc[0] == "shaft"
    again = keyness(tokens(planted), target=COURIER, n_permutations=199, seed=2)
    assert again == result


def test_copies_of_one_report_are_one_unit_where_the_units_say_so(planted: Corpus) -> None:
    by_section = keyness(tokens(planted), target=COURIER, n_permutations=19, units="author")
    assert "articles of one author are one unit of the test" in by_section.notes
    with pytest.raises(UnknownNameError, match="author"):
        keyness(tokens(planted), target=COURIER, units="tale")


def test_stories_are_the_units_unless_articles_are_asked_for(tmp_path: Path) -> None:
    report = (
        "The harbour master said on Monday that the tide had taken nine boats from the outer quay, that no "
        "one was hurt, and that repairs would begin once the wind had dropped below the limit set last year."
    )
    other = "The council of village number {i} met about a road, a well and {words} and then went home early."
    words = ["barley", "oats", "rye", "wheat", "maize", "beans", "peas", "leeks", "kale", "turnips"]
    rows = [(f"Paper {i}", report) for i in range(8)]
    rows += [(f"Paper {i % 8}", other.format(i=i * 7, words=" ".join(words[i % 7 :]))) for i in range(24)]
    corpus = built(tmp_path, [(outlet, "2025-03-03", text) for outlet, text in rows])
    side = {"outlet": [f"Paper {i}" for i in range(4)]}
    by_story = keyness(tokens(corpus), target=side, n_permutations=19)
    assert any(n.startswith("stories are the units of the test") for n in by_story.notes)
    assert by_story.params["units"] == "story"
    tide = by_story.table.set_index("term").loc["tide"]
    assert tide["target_doc_freq"] + tide["reference_doc_freq"] == 8
    assert np.isnan(tide["p"])  # eight copies are one witness
    by_article = keyness(tokens(corpus), target=side, n_permutations=19, units="article")
    assert by_article.table.set_index("term").loc["tide", "p"] > 0


def test_units_hold_articles_together() -> None:
    """Ten articles with the term are one story: it is one witness, and not tested."""
    from scipy.sparse import csr_array

    counts = csr_array(np.r_[np.ones(10), np.zeros(30)][:, None].astype(np.int32))
    arguments = {"min_doc_freq": 5, "n_permutations": 99, "seed": 1}
    sides = np.arange(40) < 20
    alone, _ = compare_terms(["tide"], counts, np.full(40, 9), sides, units=np.arange(40), **arguments)
    story = np.r_[np.zeros(10, int), np.arange(1, 31)]
    together, notes = compare_terms(["tide"], counts, np.full(40, 9), sides, units=story, **arguments)
    assert alone["p"].iloc[0] <= 0.05
    assert np.isnan(together["p"].iloc[0])
    assert "1 terms stand in fewer than 5 units and were not tested" in notes


def test_one_article_is_described_and_not_tested(six: Corpus) -> None:
    first = six.articles(["doc_id"])["doc_id"].iloc[0]
    result = keyness(tokens(six, part="body"), target={"doc_id": first}, min_doc_freq=1, n_permutations=19)
    assert result.table["p"].isna().all()
    assert not result.table["significant"].any()
    assert result.table["g2"].notna().all()
    assert any("nothing was tested" in n for n in result.notes)


def test_before_and_after_is_said_not_to_be_exchangeable(planted: Corpus) -> None:
    words = tokens(planted)
    halves = keyness(words, target={"since": "2025-04"}, reference={"until": "2025-03-31"}, n_permutations=19)
    assert any("not exchangeable" in n for n in halves.notes)
    rest = keyness(words, target={"since": "2025-04"}, n_permutations=19)
    assert any("not exchangeable" in n for n in rest.notes)
    same = keyness(
        words, target=COURIER | {"since": "2025-02"}, reference=POST | {"since": "2025-02"}, n_permutations=19
    )
    assert not any("not exchangeable" in n for n in same.notes)
    assert any("stand on neither side" in n for n in same.notes)
    corpora = keyness(
        words,
        target=planted.where(since="2025-05"),
        reference=planted.where(until="2025-02"),
        n_permutations=19,
    )
    assert any("not exchangeable" in n for n in corpora.notes)


@pytest.mark.parametrize(
    ("target", "reference", "text"),
    [
        (COURIER, COURIER, "the same articles"),
        (COURIER, {"since": "2025-01-01"}, "both sides"),
        ({}, None, "The target is everything"),
        ({"author": "Nobody"}, None, "The target holds no articles"),
        (COURIER, {"author": "Nobody"}, "The reference holds no articles"),
    ],
)
def test_sides_that_are_no_sides_are_refused(
    six: Corpus, target: dict[str, str], reference: dict[str, str] | None, text: str
) -> None:
    with pytest.raises(SelectionError, match=text):
        keyness(tokens(six), target=target, reference=reference)


def test_a_side_without_words_in_scope_is_refused(six: Corpus) -> None:
    with pytest.raises(SelectionError, match="holds no words"):
        keyness(tokens(six, voice="quotation"), target=COURIER)


def test_wrong_calls_are_answered(six: Corpus) -> None:
    words = tokens(six)
    with pytest.raises(UnknownNameError, match="Did you mean 'outlet'"):
        keyness(words, target={"outlets": "Upland Post"})
    with pytest.raises(UnknownNameError, match="Upland Post"):
        keyness(words, target={"outlet": "Upland Pots"})
    with pytest.raises(InputError, match="`target` is no side"):
        keyness(words, target="Upland Post")  # type: ignore[arg-type]
    for wrong in (
        {"measure": "G2"},
        {"correction": "bh"},
        {"min_doc_freq": 0},
        {"n_permutations": 5},
        {"level": 5},
    ):
        with pytest.raises(InputError):
            keyness(words, target=COURIER, **wrong)  # type: ignore[arg-type]


def test_a_side_of_another_corpus_is_refused(six: Corpus, planted: Corpus) -> None:
    with pytest.raises(InputError, match="another corpus"):
        keyness(tokens(six), target=planted)


def test_a_side_may_be_a_narrower_corpus(six: Corpus) -> None:
    one = keyness(tokens(six), target=six.where(outlet="Upland Post"), min_doc_freq=1, n_permutations=19)
    other = keyness(tokens(six), target=POST, min_doc_freq=1, n_permutations=19)
    assert one.table.equals(other.table)


def test_an_outlet_is_chosen_where_none_is_named_and_one_alone_is_said(six: Corpus) -> None:
    words = tokens(six, part="body")
    chosen = outlet_keyness(words, min_doc_freq=1, n_permutations=19)
    assert chosen.params["target"] == {
        "outlet": "Harbour Courier"
    }  # of two with three articles the first by name
    against = outlet_keyness(words, reference="Harbour Courier", min_doc_freq=1, n_permutations=19)
    assert against.params["target"] == {"outlet": "Upland Post"}
    alone = outlet_keyness(tokens(six.where(outlet="Upland Post"), part="body"))
    assert len(alone) == 0
    assert list(alone.table.columns) == list(chosen.table.columns)
    assert "no two outlets to compare in this selection (outlets: Upland Post)" in alone.notes
    with pytest.raises(UnknownNameError, match="Upland Post"):
        outlet_keyness(words, target="Upland Pots")
    silent = outlet_keyness(tokens(six, voice="quotation"))
    assert len(silent) == 0
    assert "holds no words" in silent.notes[0]
    assert len(outlet_keyness(tokens(six.where(since="2031-01-01")))) == 0


def test_terms_that_outnumber_words_are_no_error(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Punctuation as terms, and pieces of one token: 7-7-7 is one number to us, and three pieces."""
    rows = [
        ("Upland Post" if i % 2 else "Harbour Courier", None, f"Score of day {i}: 77-77-77!!!!!!!!")
        for i in range(12)
    ]
    corpus = built(tmp_path_factory.mktemp("odd"), tuple(rows))
    for recipe in ({"punctuation": True}, {"split": r"\w\w+"}):
        words = tokens(corpus, part="body", **recipe)  # type: ignore[arg-type]
        assert len(outlet_keyness(words, n_permutations=19))
        assert len(dispersion(words))


def test_neither_processes_nor_the_order_of_ingests_change_a_table(tmp_path: Path, six: Corpus) -> None:
    pieces = built(tmp_path, SIX, ingests=3)
    with Processes(2) as engine:
        for corpus in (pieces, open_corpus(pieces.path, engine=engine)):
            words, whole = tokens(corpus, part="body"), tokens(six, part="body")
            assert corpus.fingerprint == six.fingerprint
            assert collocation(words, "ferry", min_freq=1) == collocation(whole, "ferry", min_freq=1)
            assert dispersion(words, "ferry") == dispersion(whole, "ferry")
            short = {"window": 10, "min_words": 10}
            assert diversity(words, across="outlet", **short) == diversity(whole, across="outlet", **short)
            test = {"min_doc_freq": 1, "n_permutations": 19}
            assert keyness(words, target=COURIER, **test) == keyness(whole, target=COURIER, **test)


def test_sides_that_lie_mostly_in_other_quarters_are_said_to(tmp_path: Path) -> None:
    rows = [
        ("Harbour Courier", f"2025-{1 + i % 12:02d}-11", f"The mill of ward {i} was shut.") for i in range(60)
    ]
    early = [("Upland Post", "2025-01-05", "The ferry of ward 99 was late."), *rows]
    late = [
        ("Upland Post", f"2025-12-{1 + i % 10:02d}", f"The boat of ward {i} was full.") for i in range(60)
    ]
    corpus = built(tmp_path, (*early, *late))
    notes = keyness(tokens(corpus), target=POST, n_permutations=19).notes
    assert any(n.startswith("by quarters of the year only 2") for n in notes)
