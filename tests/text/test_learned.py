"""A line that stands in many articles of one outlet is clutter, whatever it says; a formula of bulletins is not."""

import random
from typing import NamedTuple

from analysis.text.base import Raw
from analysis.text.clean import CleanSettings, Knowledge, Survey, clean, learn

_WORDS = (
    "river dam school market harvest road bridge army court vote budget doctor teacher rain snow train port border "
    "strike wheat cotton canal mayor league coach festival museum forest power price bank fuel water health"
)
WORDS = _WORDS.split()


class Made(NamedTuple):
    """What is written into every article of a made-up outlet."""

    top: str = ""
    bottom: str = ""
    share: float = 1.0


def articles(outlet: str, made: Made, *, n: int = 200, seed: int = 1) -> list[Raw]:
    """Make articles whose own lines differ, some of them with the lines of `made`."""
    draw = random.Random(seed)
    found = []
    for i in range(n):
        title = " ".join(draw.sample(WORDS, 5)).capitalize()
        own = [f"The {' '.join(draw.sample(WORDS, 9))} was seen on day {i}." for _ in range(5)]
        has = draw.random() < made.share
        lines = [made.top] * bool(has and made.top) + own + [made.bottom] * bool(has and made.bottom)
        found.append(Raw(title=title, body="\n".join(lines), outlet=outlet))
    return found


def learned_from(*outlets: list[Raw]) -> Knowledge:
    """Learn from all articles, in an order that must not matter."""
    survey = Survey()
    everything = [(raw, i) for raws in outlets for i, raw in enumerate(raws)]
    random.Random(7).shuffle(everything)
    for raw, key in everything:
        survey.add(raw, key)
    return learn(survey, CleanSettings())


FORM = "Your words may be printed if you give your name and the town you live in"


def test_a_line_in_a_third_of_an_outlets_articles_is_taken_out_whatever_it_says() -> None:
    raws = articles("a", Made(bottom=FORM, share=0.35))
    known = learned_from(raws)
    found = [clean(raw, known, CleanSettings()) for raw in raws]
    assert not any(FORM in (f.body or "") for f in found)
    assert {r.rule for f in found for r in f.removals if r.text == FORM} == {"learned_everywhere"}


def test_what_is_clutter_in_one_outlet_is_text_in_another() -> None:
    raws, others = articles("a", Made(bottom=FORM)), articles("b", Made(), seed=2)
    known = learned_from(raws, others)
    quoted = Raw(body=f"{others[0].body}\n{FORM}", outlet="b")
    assert FORM in (clean(quoted, known, CleanSettings()).body or "")


def test_digits_and_case_do_not_make_another_line() -> None:
    line = "{} readers like this page of ours today"
    plain = articles("a", Made())
    raws = [Raw(title=r.title, body=f"{r.body}\n{line.format(i)}", outlet="a") for i, r in enumerate(plain)]
    known = learned_from(raws)
    upper = Raw(body=f"{plain[0].body}\n{line.format(12).upper()}", outlet="a")
    assert "READERS" not in (clean(upper, known, CleanSettings()).body or "")


def test_a_heading_that_recurs_at_the_top_is_kept_as_section() -> None:
    raws = articles("a", Made(top="Letters from the valley", share=0.15))
    known = learned_from(raws)
    with_heading = next(r for r in raws if (r.body or "").startswith("Letters"))
    found = clean(with_heading, known, CleanSettings())
    assert found.section == "Letters from the valley"
    assert not (found.body or "").startswith("Letters")


def test_a_line_in_few_articles_is_not_learned() -> None:
    known = learned_from(articles("a", Made(bottom=FORM, share=0.02)))
    assert not known.lines


def test_bulletins_that_differ_in_their_figures_alone_keep_their_lines() -> None:
    raws = [
        Raw(
            title=f"Exchange rates of day {i}",
            body=f"Dollar {i}.50\nPound {i}.75\nThe bank gave these rates on day {i}.",
            outlet="a",
        )
        for i in range(100)
    ]
    known = learned_from(raws)
    assert clean(raws[5], known, CleanSettings()).body == raws[5].body


def test_a_survey_is_the_same_in_any_order_and_from_any_parts() -> None:
    raws = articles("a", Made(bottom=FORM), n=300)
    whole, left, right = Survey(), Survey(), Survey()
    for i, raw in enumerate(raws):
        whole.add(raw, i)
    for i, raw in reversed(list(enumerate(raws))):
        (left if i % 3 else right).add(raw, i)
    settings = CleanSettings()
    assert learn(right.merge(left), settings).to_dict() == learn(whole, settings).to_dict()


def test_outlets_already_known_stay_as_they_were_learned() -> None:
    old = learned_from(articles("a", Made(bottom=FORM)))
    new = learned_from(
        articles("a", Made()), articles("b", Made(bottom="A line of the other paper that recurs"))
    )
    both = old.extend(new)
    assert both.lines["a"].lines == old.lines["a"].lines
    assert both.lines["b"].lines == new.lines["b"].lines
    assert both.outlets == ("a", "b")
