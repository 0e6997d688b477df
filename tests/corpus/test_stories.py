"""Stories: copies are found, bulletins of one form are not copies, and nothing depends on the order of reading."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import analysis as an
from analysis.corpus.demo import build_demo
from analysis.errors import CorpusError, InputError, UnknownNameError

Write = Callable[..., Path]
_SYLLABLES = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo"]
CITIES = ("Veshin", "Tolmark", "Halvik", "Kessarin", "Dorsk", "Orvice", "Sarvo", "Brunnow")


def prose(seed: int, n: int = 200) -> str:
    """Write `n` made-up words in sentences, some of them names and numbers."""
    rng = random.Random(seed)
    out: list[str] = []
    for i in range(n):
        word = "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(1, 4)))
        word = word.capitalize() if rng.random() < 0.1 else word
        word = str(rng.randint(20, 90_000)) if rng.random() < 0.03 else word
        out.append(word + (". " if i % 15 == 14 else " "))
    return "".join(out).strip() + "."


def record(number: int, body: str, outlet: str, day: int | None = 1, **more: Any) -> dict[str, Any]:
    date = None if day is None else f"2025-{1 + (day - 1) // 28:02d}-{(day - 1) % 28 + 1:02d}"
    made = {
        "title": f"Number {number}",
        "content": body,
        "source": outlet,
        "link": f"https://{outlet.lower()}.example/news/{number}/a",
        "date_published": date,
    }
    return {k: v for k, v in (made | more).items() if v is not None}


def edited(text: str, share: float, seed: int) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(_SYLLABLES) if rng.random() < share else w for w in text.split())


@pytest.fixture
def made(tmp_path: Path, jsonl: Write) -> Callable[..., an.Corpus]:
    """Give a function that ingests records and opens the corpus."""

    def make(records: list[dict[str, Any]], name: str = "c", settings: str = "", **how: Any) -> an.Corpus:
        raw = tmp_path / f"raw-{name}"
        jsonl(raw / "a.jsonl", records)
        if settings:
            (raw / "corpus.toml").write_text(settings, encoding="utf-8")
        an.ingest(raw, into=tmp_path / name, **how)
        return an.open_corpus(tmp_path / name)

    return make


def groups(corpus: an.Corpus) -> set[frozenset[str]]:
    """Give the titles of the articles of each story."""
    table = corpus.articles(["title", "story_id"])
    return {frozenset(g["title"]) for _, g in table.groupby("story_id") if len(g) > 1}


def numbers(*stories: tuple[int, ...]) -> set[frozenset[str]]:
    return {frozenset(f"Number {i}" for i in story) for story in stories}


def test_verbatim_edited_cut_and_newly_led_copies_are_one_story(made: Any) -> None:
    text = prose(1)
    words = text.split()
    bodies = [text, text, edited(text, 0.05, 1), edited(text, 0.2, 2), " ".join(words[:90])]
    bodies.append(prose(77, 30) + " " + " ".join(words[35:]))
    records = [record(i, b, f"Paper{i}", 1 + i) for i, b in enumerate(bodies)]
    records += [record(100 + i, prose(100 + i), "Paper1", 2) for i in range(20)]
    corpus = made(records)
    assert groups(corpus) == numbers((0, 1, 2, 3, 4, 5))
    table = an.stories(corpus).table
    assert list(table["headline"]) == ["Number 0"]
    assert list(table["days"]) == [5]
    assert list(table["n_outlets"]) == [6]
    one = an.story(corpus, table["story_id"][0]).table
    assert list(one["title"]) == [f"Number {i}" for i in range(6)]
    assert list(one["kind"]) == ["first"] + ["copy"] * 5
    assert list(one["days_after"]) == [0, 1, 2, 3, 4, 5]
    assert one["shared"][1] == 1.0
    assert one["jaccard"][1] == 1.0
    assert 0.4 < one["shared"][3] < 0.8


def test_the_share_taken_over_is_that_of_the_words_in_common_runs(made: Any) -> None:
    one, other = prose(5, 60).split(), prose(6, 40).split()
    corpus = made([record(0, " ".join(one), "A"), record(1, " ".join(one[:30] + other[:30]), "B", 2)])
    table = an.story(corpus, an.stories(corpus).table["story_id"][0]).table
    assert table["shared"][1] == 0.5  # 30 of its 60 words
    assert table["jaccard"][1] == pytest.approx(26 / (56 + 56 - 26))


def test_bulletins_of_one_form_are_no_copies_however_few_or_many(made: Any) -> None:
    rng = random.Random(3)
    for n in (5, 12, 60):
        weather, rates, courts = [], [], []
        for day in range(1, n + 1):
            cities = rng.sample(CITIES, 5)
            heat = ". ".join(
                f"The maximum temperature in {c} will reach {rng.randint(21, 44)} degrees and the minimum "
                f"{rng.randint(5, 20)} degrees"
                for c in cities
            )
            weather.append(
                f"Mainly dry weather is expected in most parts of the country today, the weather office says. {heat}. "
                "Farmers are advised to plan the watering of their fields accordingly and to follow the notices."
            )
            money = ", ".join(
                f"the {c} was bought at {rng.randint(1000, 9999) / 100} and sold at {rng.randint(1000, 9999) / 100}"
                for c in ("dollar", "euro", "pound", "franc", "yen", "dinar")
            )
            rates.append(
                f"In the interbank market {money}. These are the rates at the close of trade, the central bank said."
            )
            name = prose(1000 + day, 6).title().replace(".", "")
            courts.append(
                f"A court in {rng.choice(CITIES)} on request of the police remanded {name} into custody for "
                f"{rng.randint(2, 14)} days in the case number {rng.randint(100, 9999)}. The accused was brought "
                "before the judge under tight guard, and counsel asked for bail, which the judge refused."
            )
        bodies = [*weather, *rates, *courts]
        records = [record(i, b, "Post", 1 + i % n) for i, b in enumerate(bodies)]
        corpus = made(records, name=f"c{n}")
        assert groups(corpus) == set(), n
        # The same bulletin in another paper on the day is a copy, and of that day's.
        copy = made([*records, record(900, weather[-1], "Echo", n)], name=f"d{n}")
        assert groups(copy) == numbers((n - 1, 900)), n


def test_one_text_printed_over_and_over_is_one_story_though_its_outlet_repeats_it(made: Any) -> None:
    text = prose(9, 120)
    corpus = made([record(i, text, "Post", 1 + i % 3) for i in range(30)])
    table = an.stories(corpus).table
    assert list(table["n_docs"]) == [30]
    assert list(table["kinds"]) == ["29 update"]


def test_an_agency_leads_on_its_day_and_its_copies_are_called_so(made: Any) -> None:
    text = prose(11)
    wire = [record(10 + i, prose(50 + i), "Wire", 2, agency="WR") for i in range(12)]
    corpus = made(
        [*wire, record(0, text, "Wire", 1, agency="WR"), record(1, text, "Aaa", 1), record(2, text, "Bbb", 3)]
    )
    one = an.story(corpus, an.stories(corpus).table["story_id"][0]).table
    assert list(one["outlet"]) == ["Wire", "Aaa", "Bbb"]
    assert list(one["kind"]) == ["first", "agency_copy", "agency_copy"]


def test_a_brief_inside_a_long_article_belongs_to_it(made: Any) -> None:
    long = prose(21, 900)
    corpus = made([record(0, long, "A", 1), record(1, " ".join(long.split()[300:360]), "B", 2)])
    one = an.story(corpus, an.stories(corpus).table["story_id"][0]).table
    assert list(one["kind"]) == ["first", "brief"]
    assert one["shared"][1] == 1.0


def test_a_bridge_between_two_stories_is_recorded_and_they_are_not_merged(made: Any) -> None:
    one, other = prose(31), prose(32)
    both = " ".join(one.split()[:120] + other.split()[:100])
    records = [record(0, one, "A"), record(1, other, "B"), record(2, one, "C", 2), record(3, other, "D", 2)]
    corpus = made([*records, record(4, both, "E", 3)])
    assert groups(corpus) == numbers((0, 2, 4), (1, 3))
    found = an.stories(corpus)
    assert any("1 article shares text with the first article of another story" in n for n in found.notes)
    rows = [an.story(corpus, s).table for s in found.table["story_id"]]
    bridges = [t[t["kind"] == "bridge"] for t in rows]
    assert sorted(t["title"].to_list() for t in bridges) == [[], ["Number 4"]]


def test_a_chain_of_updates_is_not_one_story(made: Any) -> None:
    words = prose(41, 500).split()
    bodies = [" ".join(words[i : i + 200]) for i in (0, 100, 200)]  # each shares half with the one before
    corpus = made([record(i, b, f"P{i}", 1 + i) for i, b in enumerate(bodies)])
    assert groups(corpus) == numbers((0, 1))


def test_the_same_text_after_the_window_is_another_story(made: Any) -> None:
    text = prose(51)
    records = [record(0, text, "A", 1), record(1, text, "B", 8), record(2, text, "C", 9)]
    assert groups(made(records)) == numbers((0, 1))
    assert groups(made(records, "wide", "[stories]\nwindow_days = 8\n")) == numbers((0, 1, 2))


def test_undated_articles_are_compared_by_their_text_alone_and_never_lead_a_dated_one(made: Any) -> None:
    text = prose(61)
    corpus = made([record(0, text, "A", None), record(1, text, "B", 20), record(2, text, "C", None)])
    one = an.story(corpus, an.stories(corpus).table["story_id"][0]).table
    assert one["title"][0] == "Number 1"
    assert one["days_after"].isna().to_list() == [False, True, True]


def test_nothing_depends_on_the_order_of_articles_or_the_number_of_workers(tmp_path: Path) -> None:
    build_demo(tmp_path / "raw", articles=300, seed=3)
    truth = json.loads((tmp_path / "raw" / "truth.json").read_text("utf-8"))
    assert sum(truth["copies"].values()) > 20
    an.ingest(tmp_path / "raw", into=tmp_path / "one", workers=1)
    an.ingest(tmp_path / "raw", into=tmp_path / "two", workers=2)
    (first,), (second,) = (an.open_corpus(tmp_path / name).snapshot.of("stories") for name in ("one", "two"))
    assert first.sha256 == second.sha256


def test_articles_read_in_another_order_or_in_two_goes_give_the_same_stories(
    made: Any, tmp_path: Path, jsonl: Write
) -> None:
    records = [record(i, edited(prose(i // 4), 0.04 * (i % 3), i), f"P{i % 5}", 1 + i % 8) for i in range(60)]
    once = made(records)
    shuffled = random.Random(2).sample(records, len(records))
    again = made(shuffled, "again")
    jsonl(tmp_path / "raw-parts" / "a.jsonl", records[30:])
    an.ingest(tmp_path / "raw-parts", into=tmp_path / "parts")
    jsonl(tmp_path / "raw-parts" / "b.jsonl", records[:30])
    an.ingest(tmp_path / "raw-parts", into=tmp_path / "parts")
    parts = an.open_corpus(tmp_path / "parts")
    assert len(groups(once)) == 15
    assert groups(once) == groups(again) == groups(parts)
    tables = [an.stories(c).table for c in (once, again, parts)]
    assert tables[0].equals(tables[1])
    assert tables[0].equals(tables[2])


def test_an_article_in_no_story_is_its_own(made: Any) -> None:
    corpus = made([record(0, prose(1), "A")])
    assert len(an.stories(corpus).table) == 0
    table = corpus.articles(["story_id"])
    assert list(table["story_id"]) == list(table["doc_id"])
    with pytest.raises(UnknownNameError, match="no such story"):
        an.story(corpus, "nothing")
    assert len(an.near_copies(corpus).table) == 0


def test_texts_too_short_for_a_shingle_and_no_articles_at_all(made: Any) -> None:
    assert groups(made([record(i, "Rain. Again.", "A") for i in range(3)])) == set()
    corpus = made([record(0, prose(1), "A"), record(1, prose(1), "B")], "d")
    nobody = corpus.where(until="1999")
    assert len(an.stories(nobody).table) == 0
    assert len(an.near_copies(nobody).table) == 0


def test_a_selection_counts_its_own_articles(made: Any) -> None:
    text = prose(1)
    corpus = made([record(i, text, f"P{i}", 1 + i) for i in range(4)])
    table = an.stories(corpus.where(outlet=["P1", "P3"])).table
    assert (table["n_docs"][0], table["first_outlet"][0], table["days"][0]) == (2, "P1", 2)


def test_corrected_text_and_outlet_count_from_the_next_ingest_on(
    made: Any, tmp_path: Path, jsonl: Write
) -> None:
    corpus = made([record(0, prose(1), "A"), record(1, prose(1), "B")])
    second = corpus.articles(["title"]).set_index("title")["doc_id"]["Number 1"]
    an.correct(corpus, doc_id=second, field="body", value=prose(2), who="me", why="another text")
    jsonl(tmp_path / "raw-c" / "b.jsonl", [record(2, prose(3), "A")])
    an.ingest(tmp_path / "raw-c", into=tmp_path / "c")
    assert groups(an.open_corpus(tmp_path / "c")) == set()


def test_the_settings_are_checked_and_new_ones_need_no_reading(made: Any, tmp_path: Path) -> None:
    records = [record(0, prose(1), "A"), record(1, prose(1), "B", 3)]
    assert len(groups(made(records))) == 1
    settings = tmp_path / "raw-c" / "corpus.toml"
    for text, expected in (
        ("window_days = -1", "window_days"),
        ("threshold = 2", "threshold"),
        ('off = "yes"', "off"),
        ("most = 0", "most"),
        ("windows = 1", "window_days"),
        ("window_days = true", "window_days"),
    ):
        settings.write_text(f"[stories]\n{text}\n", encoding="utf-8")
        with pytest.raises(InputError, match=expected):
            an.ingest(tmp_path / "raw-c", into=tmp_path / "c")
    settings.write_text("[stories]\nwindow_days = 1\n", encoding="utf-8")
    report = an.ingest(tmp_path / "raw-c", into=tmp_path / "c")
    assert (report.records, report.snapshot) == (0, 2)
    assert groups(an.open_corpus(tmp_path / "c")) == set()
    assert len(groups(an.open_corpus(tmp_path / "c", as_of=1))) == 1
    settings.write_text("[stories]\noff = true\n", encoding="utf-8")
    an.ingest(tmp_path / "raw-c", into=tmp_path / "c")
    with pytest.raises(CorpusError, match="off"):
        an.stories(an.open_corpus(tmp_path / "c"))
    settings.write_text("[stories]\nmost = 1\n", encoding="utf-8")
    report = an.ingest(tmp_path / "raw-c", into=tmp_path / "c")
    assert any("stories were not looked for: 2 articles" in note for note in report.notes)
    with pytest.raises(CorpusError, match="most"):
        an.stories(an.open_corpus(tmp_path / "c"))


def test_pairs_near_the_threshold_are_shown_escaped_with_their_differences(made: Any) -> None:
    text = prose(1)
    half = " ".join(text.split()[:90]) + " <script>alert(1)</script> " + prose(2, 100)
    corpus = made([record(0, text, "A"), record(1, half, "B", 2)])
    found = an.near_copies(corpus)
    assert list(found.table["verdict"]) == ["copy"]
    assert found.exhibit is not None
    html = found.exhibit._repr_html_()
    assert "<script>" not in html
    assert "an-added" in html
    assert "an-dropped" in html
    assert "+ " in str(found.exhibit)
    with pytest.raises(InputError, match="`n`"):
        an.near_copies(corpus, n=0)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[an.Corpus, dict[str, dict[str, Any]]]:
    """The demo and its truth, by link or by the file of the page."""
    folder = tmp_path_factory.mktemp("stories")
    build_demo(folder / "raw", articles=1200, seed=8)
    an.ingest(folder / "raw", into=folder / "demo", workers=1)
    truth = json.loads((folder / "raw" / "truth.json").read_text("utf-8"))["articles"]
    return an.open_corpus(folder / "demo"), {a["link"] or a["file"]: a for a in truth} | {
        a["file"]: a for a in truth
    }


def test_the_stories_of_the_demo_are_found_and_no_others(demo: Any) -> None:
    corpus, truth = demo
    table = corpus.articles(["link", "source_file", "story_id"])
    facts = [truth.get(r.link) or truth[r.source_file] for r in table.itertuples()]
    story = {f["row"]: s for f, s in zip(facts, table["story_id"], strict=True)}
    kinds: dict[str, list[bool]] = {}
    for fact in facts:
        if fact["copy"]:
            origins = {story[fact["story"]], story.get(fact["second_story"])}
            kinds.setdefault(fact["copy"], []).append(story[fact["row"]] in origins)
    assert sorted(kinds) == ["bridged", "edited", "truncated", "verbatim"]
    for kind, found in kinds.items():
        assert sum(found) / len(found) >= (0.9 if kind == "edited" else 0.97), kind
    leaders = dict(zip(table["doc_id"], facts, strict=True))
    wrong = 0
    for own, fact in zip(table["story_id"], facts, strict=True):
        mine = {fact["row"], fact["story"], fact["second_story"]} - {None}
        first = leaders[own]
        wrong += not mine & {first["row"], first["story"], first["second_story"]}
    assert wrong == 0


def test_joined_wire_stories_of_the_demo_are_bridges(demo: Any) -> None:
    corpus, truth = demo
    joined = len({a["row"] for a in truth.values() if a["copy"] == "bridged"})
    rows = [r for r in corpus.table("stories") if r["kind"] == "bridge"]
    assert joined * 0.9 <= len({r["doc_id"] for r in rows}) <= joined
