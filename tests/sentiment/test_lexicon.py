"""Lexicons: files of every kind, their broken lines, and scores worked out by hand."""

from pathlib import Path

import pytest

import analysis as an
from analysis.errors import InputError, SelectionError, UnknownNameError
from analysis.sentiment.lexicon import Entry, Lexicon
from tests.sentiment.conftest import Make

TEXT = "The good harvest pleased everyone in the valley. The fed up farmers of the valley were terrorised and sad."


def written(folder: Path, name: str, text: str) -> Path:
    """Write a lexicon."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def scored(make: Make, lexicon: Lexicon) -> list[float]:
    """Score the two sentences of the text."""
    return an.segment_scores(make(TEXT), lexicon, part="body").score.round(4).tolist()


def test_a_csv_a_yaml_and_a_dic_with_the_same_terms_score_alike(make: Make, tmp_path: Path) -> None:
    """Good 1; fed up -1, terror* -1, sad -1: (1) and (-1 -1 -1) / 3."""
    csv = written(tmp_path, "a.csv", "term,valence\ngood,1\nfed up,-1\nterror*,-1\nsad,-1\n")
    tsv = written(tmp_path, "a.tsv", "valence\tword\n1\tgood\n-1\tfed up\n-1\tterror*\n-1\tsad\n")
    yml = written(
        tmp_path, "a.yml", "language: en\nterms:\n  positive: [good]\n  negative: [fed up, terror*, sad]\n"
    )
    flat = written(tmp_path, "b.yml", "good: 1\nfed up: -1\nterror*: -1\nsad: -1\n")
    dic = written(
        tmp_path, "a.dic", "%\n1\tposemo\n2\tnegemo\n3\tother\n%\ngood\t1\nfed up\t2\nterror*\t2 3\nsad\t2\n"
    )
    for path in (csv, tsv, yml, flat, dic):
        assert scored(make, an.read_lexicon(path, language="en")) == [1.0, -1.0]


def test_the_score_is_the_mean_of_the_hits_and_a_word_beats_a_glob(make: Make) -> None:
    lexicon = Lexicon(
        "mine",
        (Entry("good", 2), Entry("go*", -4), Entry("pleas*", 1), Entry("up", 3), Entry("fed up", -1)),
        "en",
    )
    assert scored(make, lexicon) == [1.5, -1.0]  # (2 + 1) / 2; the phrase, and not its word


def test_categories_may_be_given_their_worth(tmp_path: Path) -> None:
    dic = written(tmp_path, "a.dic", "%\n1\thostile\n2\tfriendly\n%\nenemy\t1\nally\t2\n")
    read = an.read_lexicon(dic, language="en", valences={"hostile": -2, "friendly": 2})
    assert [(e.pattern, e.valence, e.line) for e in read.entries] == [("enemy", -2.0, 5), ("ally", 2.0, 6)]
    with pytest.raises(InputError, match="no category of a has a valence"):
        an.read_lexicon(dic, language="en")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "term,valence\ngood,1\nbad,much\n", "line 3 of a: the valence of 'bad' is not a number"),
        ("a.csv", "term,valence\ngood,1\nbad\n", "line 3 of a is not whole"),
        ("a.csv", "term,valence\ngood,1\n,2\n", "line 3 of a: the pattern is empty"),
        ("a.csv", "term,valence\ngood,nan\n", "line 2 of a: the valence of 'good' is not a number"),
        ("a.csv", "word,length\ngood,1\n", "a lacks a column"),
        ("a.csv", "term,valence\n", "the lexicon 'a' is empty"),
        ("a.csv", 'term,valence\n"good,1\n', "line [23] of a cannot be read"),
        ("a.yml", "good: 1\nbad: [1, 2\n", "a is not YAML"),
        ("a.yml", "good: 1\nbad: so\n", "line 2 of a: the valence of 'bad' is not a number"),
        ("a.dic", "good 1\n", "a has no categories"),
        ("a.dic", "%\n1\tposemo\n%\ngood\n", "line 4 of a is broken"),
        ("a.txt", "good\t1\nbad -1\n", "line 2 of a is broken"),
        ("a.doc", "good", "expected a .csv, .tsv, .yml, .dic or .txt file"),
    ],
)
def test_a_broken_line_is_named_by_its_number(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        an.read_lexicon(written(tmp_path, name, text), language="en")


def test_a_term_with_two_valences_is_an_error_that_names_both_lines(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "term,valence\nisn’t,1\ngood,1\nISN'T,-1\n")
    with pytest.raises(InputError, match=r"\"isn't\" of the lexicon 'a' has two valences \(lines 2 and 4\)"):
        an.read_lexicon(path, language="en")
    with pytest.raises(InputError, match="line 5 of a: 'good' has two valences"):
        an.read_lexicon(written(tmp_path, "a.dic", "%\n1 pos\n2 neg\n%\ngood 1 2\n"), language="en")


def test_a_lexicon_without_a_language_or_a_package_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the language of the lexicon 'a' is not given"):
        an.read_lexicon(written(tmp_path, "a.csv", "term,valence\ngood,1\n"))
    with pytest.raises(UnknownNameError, match="pip install nosuchpackage"):
        an.read_lexicon("nosuchpackage:words.txt", language="en")
    with pytest.raises(InputError, match="cannot be read"):
        an.read_lexicon(tmp_path / "nothing.csv", language="en")


def test_the_words_of_vader_are_a_lexicon_of_their_own_and_any_package_file_can_be_read() -> None:
    words = an.read_lexicon("vader-words")
    assert len(words) > 7_000
    assert words.licence == "MIT"
    assert {e.pattern: e.valence for e in words.entries}["good"] == 1.9
    assert not any("(" in e.pattern or ":" in e.pattern for e in words.entries)


def test_a_language_without_a_lexicon_is_refused_and_not_scored_0(make: Make) -> None:
    urdu = "کشتی بندرگاہ پر ہے۔ لوگ کشتی کا انتظار کر رہے ہیں اور ان کے پاس وقت نہیں ہے۔ یہ اچھی خبر ہے۔"
    english = (
        "The council met on Monday, and the good ferry was late again, the harbour master said with regret."
    )
    with pytest.raises(
        SelectionError, match=r"'vader' is for en, and no article is: got 'articles in ur \(1\)'"
    ):
        an.tone(make(urdu))
    both = an.tone(make(urdu, english))
    assert len(both) == 1
    assert any("1 articles are not in a language of this lexicon" in n and "ur 1" in n for n in both.notes)


def test_a_lexicon_in_urdu_finds_its_words_however_they_are_encoded(make: Make) -> None:
    urdu = "کشتی بندرگاہ پر ہے۔ لوگ کشتی کا انتظار کر رہے ہیں اور ان کے پاس وقت نہیں ہے۔ یہ اچھی خبر ہے۔"
    lexicon = Lexicon("urdu", (Entry("اچھي", 1),), "ur")  # an Arabic yeh
    found = an.segment_scores(make(urdu), lexicon, part="body")
    assert sorted(found.score.tolist()) == [0.0, 0.0, 1.0]


def test_news_words_are_listed_and_can_be_switched_off(make: Make) -> None:
    table = an.news_words().table
    assert {"united", "security forces"} <= set(table["pattern"])
    corpus = make(
        "Security forces and the United Nations met the ruling party in the capital on Monday morning."
    )
    on, off = (an.tone(corpus, part="body", neutral=n) for n in ("news", None))
    assert on.table["numerator"].item() == 0.0
    assert off.table["numerator"].item() > 0.5
    assert on.signature != off.signature
