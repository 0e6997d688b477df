"""Layout and dirt: what stands around and inside an article's text in the raw files of each outlet.

Nothing here changes what an article says: the truth is about the text before this file.
"""

from datetime import date
from html import escape
from json import dumps
from typing import NamedTuple

from analysis.corpus.demo import world
from analysis.corpus.demo.articles import Article
from analysis.corpus.demo.draw import Draw

SCRIPT = "(adsbygoogle = window.adsbygoogle || []).push({});"
COMMENT_FORM = (
    "Leave a Reply\n\nYour email address will not be published. Required fields are marked *\n\nComment *\n\n"
    "Name *\n\nEmail *\n\nSave my name, email, and website in this browser for the next time I comment."
)
_MOJIBAKE = {"“": "â€œ", "”": "â€\x9d", "’": "â€™", "–": "â€“"}


class Fields(NamedTuple):
    """The values of one raw record, before a format names its columns."""

    link: str
    title: str
    standfirst: str
    body: str
    outlet: str
    published: str
    section: str
    author: str
    agency: str
    flags: tuple[str, ...]


def ordinal(day: date) -> str:
    """Write a date the long way.

    >>> ordinal(date(2025, 3, 3))
    'March 3rd, 2025'
    """
    tail = "th" if 11 <= day.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day:%B} {day.day}{tail}, {day.year}"


def soil(draw: Draw, article: Article) -> Fields:
    """Put the habits of the outlet and some accidents on a clean article."""
    o, day = article.outlet, article.day
    outlet, flags = world.OUTLETS[o], list[str]()
    body = article.dateline + "\n\n".join(article.paragraphs)
    title, name, published = article.title, outlet.name, day.isoformat()
    if outlet.alias and draw.chance(0.3):
        name = outlet.alias
        flags.append("outlet_spelling")
    if outlet.curly:  # one house style in two: curly apostrophes as well
        body = body.replace("'", "’")
    if o == 0:
        title += f" - {article.section} - {outlet.name.upper()}"
        published = f"{published}T{draw.between(5, 22):02d}:{draw.below(60):02d}:00+05:00"
        if draw.chance(0.25):
            body += f"\n\n{SCRIPT}"
            flags.append("script")
        if draw.chance(0.03):
            body = body.translate({ord(k): v for k, v in _MOJIBAKE.items()})
            flags.append("mojibake")
        body += f"\n\nPublished in {outlet.name}, {ordinal(day)}"
    elif o == 1:
        published = f"{day.day:02d}/{day.month:02d}/{day.year}"
        if day.day <= 12:
            flags.append("ambiguous_date")
    elif o == 4:
        body += f"\n\n{COMMENT_FORM}"
    elif o == 5:
        published = ordinal(day)
        if draw.chance(0.05):
            published = f"{day:%B} {day.year}"
            flags.append("month_precision")
    elif o == 6:
        published = f"{published}T{draw.between(2, 18):02d}:{draw.below(60):02d}:00Z"
    if draw.chance(0.02):
        body = (
            body.replace("announce", "an\u00adnounce")
            .replace("provinc", "prov\u00adinc")
            .replace("commi", "com\u00admi")
        )
        flags.append("soft_hyphen")
    standfirst = article.standfirst if o in (2, 3, 4) else ""
    return Fields(
        article.link,
        title,
        standfirst,
        body,
        name,
        published,
        article.section,
        article.author,
        article.agency,
        tuple(flags),
    )


def pasted(draw: Draw, article: Article) -> str:
    """Lay an article out as it looks when a news page is selected and pasted into a text file."""
    name = world.OUTLETS[article.outlet].name.upper()
    photo = f"A view of {article.city} on {article.day:%A}. PHOTO: {name}/ FILE"
    source = agency_name(article.agency) if article.agency else article.author
    paragraphs = [p.replace("'", "’") for p in article.paragraphs]
    if len(paragraphs) > 3 and draw.chance(0.7):
        paragraphs.insert(
            draw.between(2, len(paragraphs) - 1), f"Read more: {article.city} council looks back on the year"
        )
    lines = [
        article.title,
        "",
        article.standfirst,
        "",
        "",
        f"{source} {article.day:%B} {article.day.day}, {article.day.year}",
        photo,
        "",
        f"{article.city.upper()}:",
        "",
        "\n\n".join(paragraphs),
        "",
        "",
        "COMMENTS",
        "",
        "Comments are moderated.",
        "Keep to the subject and be civil.",
        "Replies close after seven days.",
        "",
    ]
    return "\n".join(lines)


def agency_name(short: str) -> str:
    """Give the full name of an agency."""
    return next(o.name for o in world.OUTLETS if o.short == short)


def page(article: Article, fields: Fields) -> str:
    """Set an article as a full web page: navigation, JSON-LD, meta tags, related links, footer."""
    stamp = f"{article.day.isoformat()}T08:00:00+05:00"
    linked = (
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": article.title,
            "datePublished": stamp,
            "description": article.standfirst,
            "author": {"@type": "Person", "name": article.author or agency_name(article.agency)},
            "publisher": {"@type": "Organization", "name": fields.outlet},
            "mainEntityOfPage": article.link,
            "articleSection": article.section,
        }
        if article.author or article.agency
        else {}
    )
    e = escape
    menu = "".join(
        f'<li><a href="/{s.lower()}">{s}</a></li>'
        for s in ("Country", "Region", "Business", "Sport", "Weather")
    )
    text = "\n".join(f"<p>{e(p, quote=False)}</p>" for p in fields.body.split("\n\n"))
    printed = f"{article.day:%B} {article.day.day}, {article.day.year}"
    byline = e(article.author or agency_name(article.agency))
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{e(article.title)} - {article.section} - {e(fields.outlet)}</title>
<link rel="canonical" href="{e(article.link)}">
<meta property="og:title" content="{e(article.title)}">
<meta property="og:site_name" content="{e(fields.outlet)}">
<meta property="og:description" content="{e(article.standfirst)}">
<meta property="article:published_time" content="{stamp}">
<meta property="article:section" content="{article.section}">
<script type="application/ld+json">{dumps(linked, ensure_ascii=False, sort_keys=True)}</script>
</head>
<body>
<header><a href="/">{e(fields.outlet)}</a><nav><ul>{menu}</ul></nav></header>
<main><article>
<h1>{e(article.title)}</h1>
<p class="standfirst">{e(article.standfirst)}</p>
<p class="byline">By {byline} <time datetime="{stamp}">{printed}</time></p>
<div class="story">
{text}
</div>
</article>
<aside><h2>Most read</h2>
<ul><li><a href="/a">Weather for the week</a></li><li><a href="/b">Letters</a></li></ul></aside>
</main>
<footer><p>About us | Contact | Terms of use</p><p>© {e(fields.outlet)}. All rights reserved.</p></footer>
<script>window.dataLayer = window.dataLayer || [];</script>
</body>
</html>
"""
