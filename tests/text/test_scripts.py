"""A letter of the Arabic script has one code point in stored text, and nothing but letters is touched."""

import gzip
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.base import Raw, rebuild
from analysis.text.clean import CleanSettings, Knowledge, clean, prepare
from analysis.text.normalize import normalize
from analysis.text.scripts import fold_script, language_of_letters, letters_step
from tests.growth import finishes_on_a_million

CASES = json.loads((Path(__file__).parents[1] / "cases" / "scripts.json").read_text("utf-8"))
URDU = "دریا کے کنارے کونسل کا اجلاس ہوا اور نئی کشتی کا وعدہ کیا گیا۔ کسانوں نے کہا کہ وہ برسوں سے انتظار کر رہے ہیں۔"
FORMS = "".join(chr(n) for n in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)))
ARABIC = "".join(chr(n) for n in range(0x600, 0x780))
texts = st.text(ARABIC + FORMS + "\u200c\u200d\u0640\u0640\u0640 \nab“”", max_size=40) | st.text(max_size=20)
languages = st.sampled_from([None, "ar", "fa", "ur", "ps", "sd", "en"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_letters_become_what_the_case_says(case: dict[str, Any]) -> None:
    step = () if case["text"] == case["expected"] else ("arabic_letters",)
    assert letters_step(case["text"], case["language"]) == (case["expected"], step)


@given(text=texts, language=languages)
def test_the_step_twice_is_the_step_once(text: str, language: str | None) -> None:
    once, _ = letters_step(normalize(text)[0], language)
    assert letters_step(once, language) == (once, ())
    assert unicodedata.is_normalized("NFC", once)


@given(text=texts, language=languages)
def test_whatever_is_no_letter_stays_in_its_order(text: str, language: str | None) -> None:
    def others(t: str) -> str:
        return "".join(c for c in t if unicodedata.category(c)[0] in "PZSN")

    text = normalize(text)[0]
    assert others(letters_step(text, language)[0]) == others(text)


@given(text=texts, language=languages)
def test_folding_twice_is_folding_once_and_undoes_what_the_step_did(text: str, language: str | None) -> None:
    folded = fold_script(text, language)
    assert fold_script(folded, language) == folded


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ar", "الإِدَارَة", "الاداره"), ("ar", "مستشفى ١٢", "مستشفي 12"), ("ar", "آثـــار", "اثار"),
        ("fa", "مي‌شود", "میشود"), ("fa", "خانهٔ", "خانه"), ("fa", "خانۀ ۱۴", "خانه 14"), ("fa", "مسئول", "مسیول"),
        ("ur", "كها", "کہا"), ("ur", "مُحلّہ", "محلہ"), ("ur", "گھر", "گھر"),
        ("ps", "سړي", "سړی"), ("ps", "گډون", "ګډون"),
        ("si", "ශ්‍රී", "ශ්රී"), ("hi", "१२", "12"), (None, "é ２", "é 2"), (None, "", ""),
    ],
)  # fmt: skip
def test_spellings_of_one_word_fold_alike(language: str | None, one: str, other: str) -> None:
    assert fold_script(one, language) == fold_script(other, language)


@pytest.mark.parametrize(
    ("language", "one", "other"), [("fa", "آن", "ان"), ("ur", "گھر", "گہر"), ("ur", "آم", "ام")]
)
def test_different_words_stay_apart(language: str, one: str, other: str) -> None:
    assert fold_script(one, language) != fold_script(other, language)


def test_title_standfirst_and_body_of_an_article_are_treated_alike() -> None:
    typed = URDU.replace("ی", "ي").replace("ک", "ك")
    raw = prepare(Raw(title="نئي كشتي", standfirst="كونسل", body=typed, outlet="كشتي", author="كسان"))
    assert (raw.title, raw.standfirst, raw.body) == ("نئی کشتی", "کونسل", URDU)
    assert (raw.outlet, raw.author) == ("كشتي", "كسان")
    assert raw.steps == ("arabic_letters",)
    assert prepare(raw) == raw


def test_an_arabic_article_keeps_its_letters() -> None:
    body = "اجتمع المجلس على ضفة النهر ووعد بعبارة جديدة. وقال المزارعون إنهم انتظروا ذلك منذ سنوات طويلة."
    raw = prepare(Raw(title="كتاب في المدينة", body=body))
    assert (raw.title, raw.body, raw.steps) == ("كتاب في المدينة", body, ())


def test_too_few_letters_or_two_languages_are_not_respelled() -> None:
    assert language_of_letters("كي", None, "ہے") is None
    assert language_of_letters("A new ferry", None) is None


@pytest.mark.parametrize("unit", ["بـ", "بـَ", "ﷲ", "ﻷ", "كه", "ـ", "ـَ", "دـ", "بَُ", "\u0640\u200c"])
def test_made_up_text_takes_time_in_proportion(unit: str) -> None:
    finishes_on_a_million(lambda text: letters_step(text, "ur"), unit)
    finishes_on_a_million(lambda text: fold_script(text, "ur"), unit)


def read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.mark.corpora
def test_real_articles_are_rebuilt_and_hold_one_spelling(corpora: Path) -> None:
    for record in read(corpora / "languages" / "ur-fa-ar-si-ta.jsonl.gz"):
        raw = prepare(Raw(title=record["title"], body=record["text"]))
        found = clean(raw, Knowledge(), CleanSettings())
        removals = tuple(r for r in found.removals if r.part == "body")
        assert rebuild(found.body or "", removals) == raw.body
        letters = set((raw.title or "") + (raw.body or ""))
        assert not {c for c in letters if 0xFE70 <= ord(c) <= 0xFEFC}
        if record["language"] in ("ur", "fa"):
            assert not letters & set("يىك")
        if record["language"] == "ar":
            assert letters & set("يك")
            without = str.maketrans("", "", "\u0640")
            assert raw.body is not None
            before = unicodedata.normalize("NFKC", normalize(record["text"])[0])
            assert unicodedata.normalize("NFKC", raw.body).translate(without) == before.translate(without)
