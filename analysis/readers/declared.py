"""What a web page says about itself: JSON-LD first, then meta elements, then the canonical link.

Not for finding the text, and not for believing it: values are handed over as they were written.
"""

import json
from collections.abc import Iterator
from typing import Any

_ARTICLES = (
    "article",
    "newsarticle",
    "reportagenewsarticle",
    "blogposting",
    "analysisnewsarticle",
    "opinionnewsarticle",
    "liveblogposting",
)
_META = {
    "title": ("og:title", "twitter:title", "dc.title", "title"),
    "standfirst": ("og:description", "description", "twitter:description", "dc.description"),
    "link": ("og:url",),
    "outlet": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "author": ("author", "article:author", "dc.creator", "parsely-author", "byl"),
    "section": ("article:section", "section", "parsely-section"),
    "language": ("og:locale", "dc.language", "language"),
    "date_published": (
        "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date",
        "dc.date.issued",
        "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date",
    ),
    "date_modified": ("article:modified_time", "og:updated_time", "datemodified", "last-modified"),
}  # fmt: skip
_LD = {
    "title": ("headline", "name"),
    "standfirst": ("description",),
    "link": ("url", "mainEntityOfPage"),
    "outlet": ("publisher",),
    "author": ("author", "creator"),
    "section": ("articleSection",),
    "language": ("inLanguage",),
    "date_published": ("datePublished",),
    "date_modified": ("dateModified",),
}


def declared(tree: Any) -> dict[str, str]:
    """The declared fields of a parsed page; what it does not declare is left out."""
    fields: dict[str, str] = {}
    for article in _json_ld(tree):
        for name, keys in _LD.items():
            value = next((v for key in keys if (v := _plain(article.get(key)))), "")
            if value and name not in fields:
                fields[name] = value
    meta = _meta(tree)
    for name, keys in _META.items():
        value = next((meta[key] for key in keys if meta.get(key)), "")
        if value and name not in fields and not (name == "author" and "://" in value):
            fields[name] = value
    canonical = [
        node.get("href") or "" for node in tree.iter("link") if (node.get("rel") or "").lower() == "canonical"
    ]
    link = next((href.strip() for href in canonical if "://" in href), "")
    if link:
        fields["link"] = link
    if "language" not in fields and (tree.get("lang") or "").strip():
        fields["language"] = tree.get("lang").strip()
    if "title" not in fields:
        title = next((_text(node) for tag in ("h1", "title") for node in tree.iter(tag) if _text(node)), "")
        if title:
            fields["title"] = title
    return fields


def _meta(tree: Any) -> dict[str, str]:
    """Name or property of every meta element to its content; the first of a name counts."""
    out: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop")
        content = (node.get("content") or "").strip()
        if name and content:
            out.setdefault(name.strip().lower(), content)
    return out


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """The articles among the JSON-LD blocks of a page, in order; broken blocks are passed over."""
    for node in tree.iter("script"):
        if "ld+json" not in (node.get("type") or "").lower() or not node.text:
            continue
        try:
            found = json.loads(node.text.strip().rstrip(";"), strict=False, parse_int=str, parse_float=str)
        except (ValueError, RecursionError):
            continue
        todo = [found]
        while todo:
            item = todo.pop(0)
            if isinstance(item, list):
                todo[:0] = item
            elif isinstance(item, dict):
                kinds = item.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(str(kind).lower() in _ARTICLES for kind in kinds):
                    yield item
                todo[:0] = [item[key] for key in ("@graph", "mainEntity") if key in item]


def _plain(value: Any) -> str:
    """A JSON-LD value as text: a person or organisation by its name, several joined by '; '."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return "; ".join(dict.fromkeys(text for v in value if (text := _plain(v))))
    if isinstance(value, dict):
        return _plain(value.get("name") or value.get("@id") or value.get("@value") or value.get("url"))
    return ""


def _text(node: Any) -> str:
    """The text of an element on one line."""
    return " ".join("".join(node.itertext()).split())
