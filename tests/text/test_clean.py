"""Cleaning keeps a ledger: kept and removed rebuild the text, and cleaning twice changes nothing more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.base import Cleaned, Raw, rebuild
from analysis.text.clean import CleanSettings, Knowledge, Survey, clean, learn, prepare
from tests.growth import finishes_on_a_million

SENTENCES = (
    "The river rose by two metres on Tuesday night after three days of rain.",
    "Families in the lower town were moved to schools, officials said.",
    "The army sent boats to the villages of Orlin and Karsa on Monday.",
    "“We have food for four days,” said the head of the relief office.",
)
CLUTTER = (
    "Read more: Minister opens the dam", "Photo: Jane Roe", "Advertisement", "Share", "Subscribe now", "* * *", "",
    "By Jane Roe", "ORLIN, May 3 (APP):", "LAHORE: ", "Published in Valley Post, July 20th, 2023", "20 July 2023", "\n",
    "(adsbygoogle = window.adsbygoogle || []).push({});", "(Reporting by Jane Roe; Editing by John Doe)", "— AFP", "  ",
    "سکھر: بارش ہوئی۔", "A view of the bridge. — AFP/File", "We use cookies.", "River rises", "Karim says:", "Reply",
)  # fmt: skip
line = st.sampled_from(SENTENCES + CLUTTER) | st.text(max_size=30)
body = st.lists(line, max_size=12).map("\n".join)
title = st.none() | st.sampled_from(("River rises", "River rises - Valley Post", SENTENCES[0]))


NOTHING, PLAIN = Knowledge(), CleanSettings()


def cleaned(raw: Raw, settings: CleanSettings = PLAIN) -> Cleaned:
    return clean(prepare(raw), NOTHING, settings)


@given(text=body, head=title, pasted=st.booleans())
def test_what_is_kept_and_what_was_removed_rebuild_the_normalised_text(
    text: str, head: str | None, pasted: bool
) -> None:
    raw = prepare(Raw(body=text, title=head, pasted=pasted, outlet="valley post"))
    found = clean(raw, Knowledge(), CleanSettings())
    for part in ("title", "body"):
        whole = getattr(raw, part) or ""
        taken = tuple(r for r in found.removals if r.part == part)
        kept = getattr(found, part) or ""
        if part == "title" and raw.title is None:
            continue
        assert rebuild(kept, taken) == whole
        assert all(r.text == whole[r.start : r.end] and r.text for r in taken)


@given(text=body, head=title)
def test_cleaning_what_was_cleaned_changes_nothing_more(text: str, head: str | None) -> None:
    once = cleaned(Raw(body=text, title=head, outlet="valley post"))
    if any(flag.startswith("removal_over_half") for flag in once.flags):
        return  # those are listed: with less around it, the same line can weigh more than half
    twice = cleaned(Raw(body=once.body, title=once.title, standfirst=once.standfirst, outlet="valley post"))
    assert (twice.title, twice.body) == (once.title, once.body)


def test_a_rule_that_would_take_more_than_half_is_not_applied_and_says_so() -> None:
    text = "Rain fell.\n" + "\n".join(
        f"A view of bridge {i} in the lower town on Monday. — AFP" for i in range(9)
    )
    found = cleaned(Raw(body=text))
    assert found.body == text
    assert "removal_over_half:caption" in found.flags


def test_a_rule_can_be_switched_off_for_one_outlet() -> None:
    text = f"{SENTENCES[0]}\nPhoto: Jane Roe\n{SENTENCES[1]}\nShare\n{SENTENCES[2]}"
    settings = CleanSettings(switched_off={"valley post": frozenset({"caption"})})
    assert "Photo: Jane Roe" in (cleaned(Raw(body=text, outlet="valley post"), settings=settings).body or "")
    assert "Photo: Jane Roe" not in (cleaned(Raw(body=text, outlet="other"), settings=settings).body or "")
    assert "Share" not in (cleaned(Raw(body=text, outlet="valley post"), settings=settings).body or "")


def test_a_title_at_the_top_of_the_text_is_taken_out_of_it() -> None:
    found = cleaned(
        Raw(body=f"River rises again in the valley\n{SENTENCES[0]}", title="River Rises Again in the Valley")
    )
    assert found.body == SENTENCES[0]
    assert [r.rule for r in found.removals if r.rule != "space"] == ["repeated_title"]


def test_a_text_that_is_its_title_alone_stays_and_is_flagged() -> None:
    found = cleaned(Raw(body="River rises again", title="River rises again"))
    assert (found.body, found.flags) == ("River rises again", ("headline_only",))


def test_a_byline_a_dateline_and_a_credit_become_fields() -> None:
    text = f"By Jane Roe\nORLIN (AP) — {SENTENCES[0]}\n{SENTENCES[1]} — Reuters"
    found = cleaned(Raw(body=text))
    assert (found.author, found.dateline, found.agency) == ("Jane Roe", "ORLIN", "AP")
    assert found.body == f"{SENTENCES[0]}\n{SENTENCES[1]}"


def test_code_that_leaked_into_the_text_is_taken_out_and_code_in_a_sentence_is_not() -> None:
    script = "(adsbygoogle=window.adsbygoogle||[]).push({});"
    assert (
        cleaned(Raw(body=f"{SENTENCES[0]}{script} {SENTENCES[1]}")).body == f"{SENTENCES[0]} {SENTENCES[1]}"
    )
    for plain in ("The function (of the state) is {unclear}.", "He wrote [sic] (again); then left."):
        assert cleaned(Raw(body=plain)).body == plain


@pytest.mark.parametrize(
    ("title", "body", "flag"),
    [
        ("Not found", "Sorry, the page you were looking for could not be found.", "nonarticle:error"),
        ("Budget passed", "The budget passed. Subscribe to continue reading.", "nonarticle:paywall"),
        ("WATCH: Dam opens", "The dam opens in this report.", "nonarticle:video"),
        ("News", "\n".join(f"Minister number {i} opens the dam" for i in range(12)), "nonarticle:listing"),
    ],
)
def test_a_record_that_is_no_article_is_flagged_and_kept(title: str, body: str, flag: str) -> None:
    found = cleaned(Raw(title=title, body=body))
    assert flag in found.flags
    assert found.body


def test_with_cleaning_off_nothing_is_removed() -> None:
    raw = Raw(
        body=f"Photo: Jane Roe\n{SENTENCES[0]}", title="River rises - Valley Post", outlet="valley post"
    )
    found = cleaned(raw, settings=CleanSettings(clean=False))
    assert (found.title, found.body, found.removals) == (raw.title, raw.body, ())


def test_what_was_learned_comes_back_from_json_as_it_was() -> None:
    survey = Survey()
    for i in range(40):
        survey.add(
            Raw(
                title=f"Title {i} - Valley Post",
                body=f"The river rose by {'very ' * i}little on Tuesday.\nSend us a letter",
                outlet="v",
            ),
            i,
        )
    known = learn(survey, CleanSettings())
    assert known.lines["v"].lines
    assert Knowledge.from_dict(known.to_dict()).to_dict() == known.to_dict()


@pytest.mark.parametrize(
    "unit",
    [
        "(adsbygoogle",
        "function(){",
        "<!--",
        "[caption ",
        "{",
        "— AFP ",
        "\n\n",
        "A. ",
        "Photo: x ",
        "var x =\n",
    ],
)
def test_made_up_texts_take_time_in_proportion(unit: str) -> None:
    finishes_on_a_million(lambda text: cleaned(Raw(body=text, title=text[:200])), unit)
