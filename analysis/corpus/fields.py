"""From the field names of a source to ours: recognised, shown to the user, and overruled by `corpus.toml`.

Not for reading or cleaning values: every value stays the string it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.corpus.config import Config, path_regex
from analysis.corpus.links import host_of
from analysis.text.base import DateCandidate, Raw

_NAMES: dict[str, str] = {
    "content": "content body article text articlebody articletext fulltext maintext maincontent bodytext storytext "
    "story contenttext articlecontent contenthtml html",
    "title": "title headline heading head articletitle storytitle",
    "standfirst": "standfirst subtitle subheadline subheading deck summary description excerpt abstract",
    "link": "link url href permalink canonicalurl canonical articleurl sourceurl weburl pageurl uri",
    "outlet": "outlet publisher newspaper source sourcename publication sitename site website "
    "medium media mediasource domain",
    "agency": "agency wire newsagency wireservice",
    "section": "section category categories desk",
    "author": "author authors byline writer reporter creator",
    "language": "language lang locale",
    "date_published": "datepublished publishedat published publishedon publishdate publicationdate pubdate "
    "datepub date articledate datetime posted postedat postedon timestamp createdat time",
    "date_listing": "datelist listingdate datelisting",
    "date_page": "datepage pagedate",
    "retrieved": "retrievedat retrieved dateretrieved scrapedat scraped scrapedate crawledat crawldate "
    "crawled fetchedat downloadedat downloaddate datedownload accessed accessdate datedownloaded",
}
_LONGEST_RAW = 1000


def _fold(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())


_KNOWN = {canonical: tuple(names.split()) for canonical, names in _NAMES.items()}


@dataclass(frozen=True)
class FieldMap:
    """Which raw fields fill which of ours, for records with given field names."""

    config: Config

    @cached_property
    def _cache(self) -> dict[tuple[str, ...], dict[str, tuple[str, ...]]]:
        return {}

    def columns(self, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """Map each of our fields to the raw names that can fill it, best first."""
        found = self._cache.get(names)
        if found is None:
            folded: dict[str, list[str]] = {}
            for name in names:
                folded.setdefault(_fold(name), []).append(name)
            found = {}
            for canonical, known in _KNOWN.items():
                own = self.config.fields.get(canonical)
                if own is not None:
                    found[canonical] = tuple(n for n in own if n in names)
                else:
                    found[canonical] = tuple(n for k in (_fold(canonical), *known) for n in folded.get(k, ()))
            found = {k: tuple(dict.fromkeys(v)) for k, v in found.items() if v}
            self._cache[names] = found
        return found

    def map(self, fields: Mapping[str, str], source: str) -> tuple[Raw, dict[str, str]]:
        """Build the article as read, and the raw fields to keep beside it (short ones; text is kept as text)."""
        columns = self.columns(tuple(fields))
        value = {
            k: next((fields[n] for n in names if fields[n].strip()), None) for k, names in columns.items()
        }
        given = self._from_path(source)
        link = (value.get("link") or "").strip() or None
        dates = [
            DateCandidate(kind, fields[n].strip())
            for kind, key in (
                ("published", "date_published"),
                ("listing", "date_listing"),
                ("page", "date_page"),
                ("retrieved", "retrieved"),
            )
            for n in columns.get(key, ())
            if fields[n].strip()
        ]
        if "date" in given:
            dates.append(DateCandidate("listing", given["date"]))
        raw = Raw(
            title=value.get("title"),
            standfirst=value.get("standfirst"),
            body=value.get("content"),
            outlet=self.outlet(given.get("outlet") or value.get("outlet"), link),
            agency=value.get("agency"),
            section=value.get("section") or given.get("section"),
            author=value.get("author"),
            language=value.get("language") or given.get("language"),
            link=link,
            dates=tuple(dates),
            pasted=fields.get("pasted") == "1",
        )
        text = set(columns.get("content", ()))
        return raw, {k: v for k, v in fields.items() if k not in text and len(v) <= _LONGEST_RAW}

    def outlet(self, name: str | None, link: str | None) -> str | None:
        """Give the canonical name: an alias of `corpus.toml`, else the name as it stands, else the link's host."""
        stripped = " ".join((name or "").split())
        if "://" in stripped:
            stripped = host_of(stripped) or stripped
        name = stripped or (host_of(link) if link else None)
        if name is None:
            return None
        return self.config.outlets.get(name, name)

    @cached_property
    def _patterns(self) -> list[object]:
        return [path_regex(p) for p in self.config.path_patterns]

    def _from_path(self, source: str) -> dict[str, str]:
        for pattern in self._patterns:
            found = pattern.match(source)  # type: ignore[attr-defined]
            if found:
                given = {k: v for k, v in found.groupdict().items() if v}
                parts = [given.pop(k) for k in ("year", "month", "day") if k in given]
                return given | ({"date": "-".join(parts)} if parts else {})
        return {}
