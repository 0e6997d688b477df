"""A text's language is told or not, never guessed; sentences in a second language are seen, a quoted word is not."""

import gzip
import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.alphabets import SCRIPTS, letters_by_script, runs_of, surely_latin
from analysis.text.base import Raw
from analysis.text.clean import CleanSettings, Knowledge, clean, prepare
from analysis.text.language_names import declared_codes
from analysis.text.languages import Language, arabic_script_language, identify, language_flags
from tests.growth import finishes_on_a_million

CASES = json.loads((Path(__file__).parents[1] / "cases" / "languages.json").read_text("utf-8"))
TEXT = {case["code"]: case["text"] for case in reversed(CASES) if case["label"] == "made-up"}
pieces = st.sampled_from([*TEXT.values(), "\n", "ە", "ـ", "\ud83d", "😀", "ᏣᎳᎩ", "𝐛𝐨𝐥𝐝 ", "ﻷ", "\x00"])
anything = st.lists(st.text(st.characters(exclude_categories=[]), max_size=40) | pieces, max_size=8).map(
    "".join
)


def params() -> list[Any]:
    fails = pytest.mark.xfail(reason="a known failure", strict=True)
    return [
        pytest.param(c, id=c["about"], marks=[fails] if c["label"] == "known failure" else []) for c in CASES
    ]


@pytest.mark.parametrize("case", params())
def test_a_text_is_in_the_language_the_case_says(case: dict[str, Any]) -> None:
    found = identify(case["text"])
    expected = (case["code"], case.get("mixed", False), case.get("second"))
    assert (found and (found.code, found.mixed, found.second)) == (expected if case["code"] else None)


@given(text=anything)
def test_whatever_the_text_it_is_identified_the_same_again_and_no_error(text: str) -> None:
    found = identify(text)
    assert found == identify(text)
    if found is not None:
        assert 0 < found.share <= 1
        assert found.mixed == (found.second is not None)
        assert sum(c.isalpha() for c in text) >= 20


@given(text=anything)
def test_letters_are_counted_as_unicode_has_them(text: str) -> None:
    runs = runs_of(text)
    assert sum(letters_by_script(text).values()) == sum(c.isalpha() for c in text)
    for script, start, end, letters in zip(*(a.tolist() for a in runs), strict=True):
        assert letters_by_script(text[start:end]) == {SCRIPTS[script]: letters}


@given(text=anything)
def test_what_is_surely_latin_has_no_other_letters(text: str) -> None:
    if surely_latin(text):
        other = letters_by_script(text)
        other.pop("Latin", None)
        # Known: the lead byte of dashes and quotation marks is shared by a few historic alphabets.
        assert all(0x2000 <= ord(c) < 0x3000 or ord(c) < 0x300 for c in text if other and c.isalpha())


def test_the_share_counts_letters() -> None:
    english, tamil = TEXT["en"], TEXT["ta"]
    n = sum(c.isalpha() for c in english)
    m = sum(c.isalpha() for c in tamil)
    assert identify(f"{english}\n{tamil}\n{english}") == Language(
        "en", round(2 * n / (2 * n + m), 4), True, "ta"
    )


def test_the_identifier_of_the_package_is_left_as_it_was() -> None:
    import py3langid

    identify(TEXT["fr"])
    assert py3langid.classify(TEXT["si"])[0] == "si"  # not among our Latin ones


@pytest.mark.parametrize(
    ("declared", "codes"),
    [
        ("en", {"en"}), ("EN-us", {"en"}), ("en_GB.UTF-8", {"en"}), ("English", {"en"}), ("eng", {"en"}),
        ("English (US)", {"en"}), ("urdu", {"ur"}), ("ur-PK", {"ur"}), ("اردو", {"ur"}), ("Farsi", {"fa"}),
        ("prs", {"fa"}), ("Pashto", {"ps"}), ("zh-Hant-TW", {"zh"}), ("en, ur", {"en", "ur"}),
        ("Urdu / English", {"en", "ur"}), ("", set()), (None, set()), ("und", set()), ("12", set()), ("Klingon", set()),
        (" en ", {"en"}), ("en-", {"en"}), ("x" * 10_000, set()),
    ],
)  # fmt: skip
def test_declared_languages_are_read_in_the_words_of_sources(declared: str | None, codes: set[str]) -> None:
    assert declared_codes(declared) == codes


def test_an_unknown_declaration_or_language_disagrees_with_nothing() -> None:
    assert language_flags(Language("ur", 1.0), "Klingon") == ()
    assert language_flags(None, "en") == ()
    assert language_flags(Language("ur", 1.0), None) == ()
    assert language_flags(Language("id", 1.0), "ms") == ()
    assert language_flags(Language("ur", 1.0), "en") == ("language_disagrees",)
    assert language_flags(Language("ur", 0.8, True, "en"), "en,ur") == ("language_mixed",)


def cleaned(**fields: Any) -> Any:
    return clean(prepare(Raw(**fields)), Knowledge(), CleanSettings())


def test_an_article_keeps_what_was_declared_and_says_where_it_disagrees() -> None:
    found = cleaned(title="From the river", body=TEXT["ta"] * 3, language="en-US")
    assert (found.language, found.language_declared) == ("ta", "en-US")
    assert "language_disagrees" in found.flags


def test_a_tiny_body_is_read_with_its_title() -> None:
    found = cleaned(title="The mill of Halvik has reopened after a year", body="Photo: staff")
    assert found.language == "en"
    assert cleaned(title="Halvik", body="12:30", language="en").language is None


def test_the_language_of_arabic_letters_is_known_in_an_article_of_another_script() -> None:
    assert arabic_script_language(TEXT["en"] * 5 + TEXT["ps"]) == "ps"
    assert arabic_script_language(TEXT["en"]) is None
    assert arabic_script_language(TEXT["ur"] + "\n" + TEXT["ar"]) is None


@pytest.mark.parametrize(
    "unit",
    [
        "abc ", "the ", "река ", "ہے اور ", "ab گھ ", "کتاب دریا کنارے کھڑی کشتی town street bridge river house water ",
        "x", "بـ", "我", "\n", "Der Rat trat zusammen.\n",
    ],
)  # fmt: skip
def test_made_up_text_takes_time_in_proportion(unit: str) -> None:
    finishes_on_a_million(identify, unit)


def read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.mark.corpora
@pytest.mark.parametrize(("length", "least"), [(None, 0.99), (100, 0.98)])
def test_five_languages_of_real_articles_are_told(corpora: Path, length: int | None, least: float) -> None:
    right, n = Counter[str](), Counter[str]()
    for record in read(corpora / "languages" / "ur-fa-ar-si-ta.jsonl.gz"):
        found = identify(record["text"][:length])
        n[record["language"]] += 1
        right[record["language"]] += found is not None and found.code == record["language"]
    assert set(n) == {"ur", "fa", "ar", "si", "ta"}
    assert {code: right[code] / n[code] for code in n if right[code] < least * n[code]} == {}


def named_script(text: str, name: str) -> int:
    """Count letters by the name Unicode gives them: another way than the one that is tested."""
    count = Counter(text)
    return sum(n for c, n in count.items() if c.isalpha() and unicodedata.name(c, "").startswith(name))


@pytest.mark.corpora
def test_of_articles_declared_english_just_those_in_another_script_disagree(corpora: Path) -> None:
    """The copy of the Sri Lankan file at hand may hold none of those: 50 articles in each script go in as "en"."""
    articles = [r["text"] for r in read(corpora / "srilanka" / "english-three-outlets.jsonl.gz")]
    strangers = [
        r for r in read(corpora / "languages" / "ur-fa-ar-si-ta.jsonl.gz") if r["language"] in "si ta"
    ]
    articles += [r["text"] for r in strangers[::5]]
    flagged = {i for i, t in enumerate(articles) if "language_disagrees" in language_flags(identify(t), "en")}
    expected = {
        i
        for i, t in enumerate(articles)
        if not t.isascii()
        and 2 * (named_script(t, "SINHALA") + named_script(t, "TAMIL")) > sum(map(str.isalpha, t))
    }
    assert len(expected) >= 100
    assert flagged == expected


@pytest.mark.corpora
def test_pakistani_articles_with_sentences_in_urdu_are_mixed_and_the_others_are_not(corpora: Path) -> None:
    import pyarrow.parquet as pq

    texts = pq.read_table(corpora / "pakistan" / "wire-2016-2024.parquet", columns=["content"])["content"]
    seen = [t for t in texts.to_pylist() if t and not t.isascii()]
    arabic = {t: named_script(t, "ARABIC") / max(1, sum(map(str.isalpha, t))) for t in seen}
    much = [identify(t) for t, share in arabic.items() if share >= 0.2]
    little = [identify(t) for t, share in arabic.items() if 0 < share < 0.05]
    assert len(much) > 200
    assert [f for f in much if f is None or not f.mixed or f.code != "en"] == []
    seconds = Counter(f.second for f in much if f)
    assert seconds["ur"] >= 0.98 * len(much)  # read by eye: two in Arabic, one in Sindhi
    assert seconds["sd"] == 1
    assert [f for f in little if f is None or f.code != "en" or f.mixed] == []
