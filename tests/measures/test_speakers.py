"""Who speaks: made-up sentences for each rule, names of one article, and words that add up."""

import json
from pathlib import Path

import pytest

import analysis as an
from analysis.corpus.handle import Corpus, open_corpus
from analysis.corpus.ingest import ingest
from analysis.errors import InputError
from analysis.measures.speakers_names import Roster, read_aliases


def ingested(folder: Path, bodies: list[str], **fields: str) -> Corpus:
    """Ingest made-up articles of one outlet."""
    raw = folder / "raw"
    raw.mkdir(parents=True)
    rows = [
        {"title": f"Item {i}", "content": body, "source": "Upland Post", "link": f"https://toy.example/{i}",
         "date_published": f"2025-01-{i % 27 + 1:02d}", **fields}
        for i, body in enumerate(bodies)
    ]  # fmt: skip
    (raw / "a.jsonl").write_text(
        "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8"
    )
    ingest(raw, into=folder / "made", workers=1)
    return open_corpus(folder / "made")


WAYS = {
    "behind, name last": ("“The weir will hold until the spring,” said Ruvane Tolmarsh.", "Ruvane Tolmarsh"),
    "behind, name first": ("“The weir will hold until the spring,” Ruvane Tolmarsh said.", "Ruvane Tolmarsh"),
    "an apposition": (
        "“The weir will hold until the spring,” Ruvane Tolmarsh, spokesman for the river board, said.",
        "Ruvane Tolmarsh",
    ),
    "a title": ("“The weir will hold until the spring,” said Mr. Tolmarsh.", "Tolmarsh"),
    "a body's spokesman": (
        "“The weir will hold until the spring,” River Board spokesperson Ruvane Tolmarsh said.", "Ruvane Tolmarsh",
    ),
    "before": ("Ruvane Tolmarsh said: “The weir will hold until the spring.”", "Ruvane Tolmarsh"),
    "before, a place between": (
        "Ruvane Tolmarsh of the river board told a meeting in Veshin, “The weir will hold until the spring.”",
        "Ruvane Tolmarsh",
    ),
    "according to": ("According to Ruvane Tolmarsh, “the weir will hold until the spring.”", "Ruvane Tolmarsh"),
    "in brackets": (
        "“[Tolmarsh] said that the weir will hold until the spring,” Vashkel Orm, a clerk, said in a note.", "Tolmarsh",
    ),
    "a role": ("“The weir will hold until the spring,” officials said.", None),
    "nobody": ("“The weir will hold until the spring.” Rain fell all day.", None),
}  # fmt: skip


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """An article for each way."""
    return ingested(tmp_path_factory.mktemp("ways"), [body for body, _ in WAYS.values()])


@pytest.mark.parametrize("way", WAYS)
def test_the_speaker_is_found_in_each_way_of_saying_it(ways: Corpus, way: str) -> None:
    number = list(WAYS).index(way)
    links = ways.articles(["link"])
    doc_id = links.loc[links["link"] == f"https://toy.example/{number}", "doc_id"].item()
    table = an.attributions(ways, voice="quotation").table
    rows = table[table["doc_id"] == doc_id]
    found = [s if isinstance(s, str) else None for s in rows["speaker"]]
    assert found == [WAYS[way][1]]
    if way == "in brackets":
        assert rows["through"].item() == "Vashkel Orm"
    if way == "a role":
        assert (rows["kind"].item(), rows["source"].item()) == ("role", "officials")


def test_short_names_and_a_clear_pronoun_go_to_the_full_name(tmp_path: Path) -> None:
    body = (
        "“The weir will hold until spring,” said Ruvane Tolmarsh.\n\n“We have looked at every stone of it,” he said."
        "\n\nVashkel Orm left early that day. “Nobody asked me about the stones,” he said.\n\n"
        "“It is a good weir for this river,” Tolmarsh said. “It is older than the town.”"
    )
    table = an.attributions(ingested(tmp_path, [body]), voice="quotation").table
    assert [s if isinstance(s, str) else None for s in table["speaker"]] == [
        "Ruvane Tolmarsh", "Ruvane Tolmarsh", None, "Ruvane Tolmarsh", "Ruvane Tolmarsh",
    ]  # fmt: skip
    assert table["rule"].iloc[-1] == "goes on"


def test_a_short_name_of_two_people_stays_short() -> None:
    roster = Roster([("Ann", "Reed"), ("Bob", "Reed"), ("Reed",)])
    assert roster.full(("Reed",)) == ("Reed",)


def test_words_add_up_and_shares_are_of_all_words(ways: Corpus) -> None:
    quoted = an.speakers(ways).table
    every = an.attributions(ways, voice="quotation").table
    assert quoted["n_words"].sum() == every["n_words"].sum()
    assert quoted["share"].sum() == pytest.approx(1)
    m = an.speaker_share(ways, "tolmarsh")
    meant = every["speaker"].str.contains("Tolmarsh").fillna(value=False).astype(bool)
    assert m.table["numerator"].sum() == every.loc[meant, "n_words"].sum()
    assert m.table["denominator"].sum() == an.term_rate(an.tokens(ways), "weir").table["denominator"].sum()
    of_voice = an.speaker_share(ways, "tolmarsh", of="voice").table
    assert of_voice["denominator"].sum() == every["n_words"].sum()


def test_aliases_make_two_spellings_one_speaker(ways: Corpus) -> None:
    table = an.speakers(ways, aliases={"R. Tolmarsh": ["Ruvane Tolmarsh", "tolmarsh"]}).table
    assert table["speaker"].dropna().tolist() == ["R. Tolmarsh"]
    with pytest.raises(InputError, match="two names"):
        read_aliases({"A": "x", "B": "X"})
    with pytest.raises(InputError, match="aliases"):
        an.speakers(ways, aliases=["Tolmarsh"])  # type: ignore[arg-type]


def test_a_speaker_who_is_not_there_is_named_with_the_nearest(ways: Corpus) -> None:
    m = an.speaker_share(ways, "Tolmarch")
    assert m.table["numerator"].sum() == 0
    assert "nearest: " in m.notes[0]
    assert "Tolmarsh" in m.notes[0]


def test_the_tone_of_a_speaker_is_the_mean_of_their_segments(ways: Corpus) -> None:
    every = an.attributions(ways, voice="quotation").table
    scores = every[["doc_id", "segment"]].assign(score=0.5)
    made = an.Result(kind="segments", table=scores, unit="", params={}, corpus_fingerprint=ways.fingerprint)
    table = an.speakers(ways, scores=made).table
    assert table["tone"].tolist() == [0.5] * len(table)
    assert table["n_scored"].sum() == len(every)


def test_wrong_arguments_say_what_is_right(ways: Corpus) -> None:
    with pytest.raises(InputError, match="voice"):
        an.speakers(ways, voice="narration")
    with pytest.raises(InputError, match="top"):
        an.speakers(ways, top=0)
    with pytest.raises(InputError, match="Corpus or Tokens"):
        an.attributions("corpus")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="none of these voices"):
        an.speakers(an.tokens(ways, voice="narration"))


def test_other_scripts_have_passages_and_no_speakers(tmp_path: Path) -> None:
    corpus = ingested(
        tmp_path, ["وزیر نے کہا “یہ پل بہار تک قائم رہے گا اور ہم اس کی مرمت کریں گے” اور لوگ چلے گئے۔"]
    )
    assert an.speakers(corpus).table["speaker"].isna().all()


@pytest.mark.corpora
def test_the_seed_article_has_two_voices_in_quotation_marks(corpora: Path, tmp_path: Path) -> None:
    ingest(corpora / "seed", into=tmp_path / "seed", workers=1)
    table = an.attributions(open_corpus(tmp_path / "seed"), voice="quotation").table
    assert table["speaker"].tolist() == ["Amir Khan Muttaqi", "Matthew Miller"]
    assert table["through"].iloc[0] == "Abdul Qahar Balkhi"


@pytest.mark.corpora
def test_speakers_of_direct_quotation_are_found_in_polnear(corpora: Path) -> None:
    import gzip
    from collections import Counter

    from benchmarks.speakers import count, read

    with gzip.open(corpora / "quotes/polnear-visible.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    total: Counter[str] = Counter()
    for article, found in zip(articles, read(articles), strict=True):
        total.update(count(article, found, 1))
    assert 2 * total["right"] / (2 * total["right"] + total["wrong"] + total["missed"]) >= 0.75
