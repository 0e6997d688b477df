"""Saved pages: the declared fields and the main text, whatever state the page is in."""

from pathlib import Path

import pytest

from analysis.readers import Notice, Record, discover, read

LD = """{"@context":"https://schema.org","@graph":[{"@type":"Organization","name":"x"},{"@type":["NewsArticle"],
"headline":"Pass reopens after snow","description":"Lorries move again.",
"datePublished":"2025-02-03T08:00:00+05:00",
"dateModified":"2025-02-03","author":[{"@type":"Person","name":"Ila Morren"},{"name":"Tam Vey"}],
"publisher":{"@type":"Organization","name":"The Veldra Courier"},
"articleSection":"Regions","inLanguage":"en"}]}"""
BODY = "".join(
    f"<p>Sentence number {i} tells how the pass above Brenn was cleared of snow, and who did it.</p>"
    for i in range(8)
)


def page(folder: Path, text: str, codec: str = "utf-8") -> tuple[dict[str, str], list[str]]:
    """The fields of a page and the codes of its notices."""
    (folder / "a.html").write_bytes(text.encode(codec))
    found = [item for file in discover(folder).read for chunk in file.chunks for item in read(chunk)]
    (record,) = (item for item in found if isinstance(item, Record))
    return record.fields, [item.code for item in found if isinstance(item, Notice)]


def test_fields_come_from_json_ld_and_text_from_the_main_part(tmp_path: Path) -> None:
    head = '<link rel="canonical" href="https://courier.invalid/1">'
    head += f'<script type="application/ld+json">{LD}</script>'
    fields, notices = page(
        tmp_path, f"<html><head>{head}</head><body><article>{BODY}</article></body></html>"
    )
    content = fields.pop("content")
    assert fields == {
        "title": "Pass reopens after snow",
        "standfirst": "Lorries move again.",
        "link": "https://courier.invalid/1",
        "outlet": "The Veldra Courier",
        "author": "Ila Morren; Tam Vey",
        "section": "Regions",
        "language": "en",
        "date_published": "2025-02-03T08:00:00+05:00",
        "date_modified": "2025-02-03",
    }
    assert len(content.split("\n\n")) == 8
    assert notices == []


def test_meta_elements_serve_where_json_ld_is_broken_or_absent(tmp_path: Path) -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>'
        '<meta property="og:title" content="Pass reopens"><meta property="og:site_name" content="Courier">'
        '<meta property="article:published_time" content="3 Feb 2025">'
        '<meta name="author" content="Ila Morren">'
        '<meta property="og:url" content="https://courier.invalid/2">'
    )
    fields, _ = page(
        tmp_path, f'<html lang="ps"><head>{head}</head><body><article>{BODY}</article></body></html>'
    )
    del fields["content"]
    assert fields == {
        "title": "Pass reopens",
        "outlet": "Courier",
        "date_published": "3 Feb 2025",
        "author": "Ila Morren",
        "link": "https://courier.invalid/2",
        "language": "ps",
    }


def test_a_page_without_a_main_part_gives_its_visible_text_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> str:
        raise RecursionError

    monkeypatch.setattr("trafilatura.extract", fails)
    text = (
        "<html><body><form><button>Search</button></form><div>Snow<!-- x --> <b>fell</b>.<br>It thawed.</div>"
        "<script>x()</script>"
    )
    fields, notices = page(tmp_path, text)
    assert fields == {"content": "Snow fell.\n\nIt thawed.", "extraction": "fallback"}
    assert notices == ["no_main_text"]


def test_the_declared_encoding_of_a_page_is_believed_where_it_is_not_utf_8(tmp_path: Path) -> None:
    text = '<html><head><meta charset="windows-1251"></head><body><article><p>Снег закрыл перевал.</p>'
    text += BODY + "</article>"
    fields, _ = page(tmp_path, text, "cp1251")
    assert "Снег закрыл перевал." in fields["content"]
