"""`truth.json`: what is true of the demo, article by article and in sum, written as it is made.

The list of articles is streamed; only counts are kept. Paths are relative to the demo's folder.
"""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from analysis.corpus.demo import world
from analysis.corpus.demo.plan import Plan, Settings

NOTE = (
    "Words are counted by splitting the clean body at white space. voice_words: quotation is inside quotation "
    "marks, cue is the attribution of a quotation, reported is a sentence of indirect speech with its cue, "
    "the rest is narration. tone counts planted words. story is the row of the original; "
    "copy says how a paper took it over. month_precision articles have only a month in their raw record."
)


class Truth:
    """Collects and writes the truth; use as a context."""

    def __init__(self, path: Path, settings: Settings, plan: Plan) -> None:
        self._root, self._settings, self._plan = path.parent, settings, plan
        self._file = path.open("w", encoding="utf-8", newline="\n")
        self._count = 0
        self._files: dict[str, Counter[str]] = {}
        self._duplicates: Counter[str] = Counter()
        self._rejects: Counter[str] = Counter()
        self._flags: Counter[str] = Counter()
        self._month_topic: dict[str, Counter[str]] = {}
        self._outlet_topic: dict[str, Counter[str]] = {}
        self._copies: Counter[str] = Counter()
        self._month_voice: dict[str, Counter[str]] = {}
        self._cp1252: dict[str, int] = {}
        self._empty: list[str] = []

    def __enter__(self) -> "Truth":
        self._file.write('{"articles": [\n')
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            rest = json.dumps(self._sums(), ensure_ascii=False, sort_keys=True, indent=1)
            self._file.write("\n],\n" + rest[1:].lstrip("\n") + "\n")
        self._file.close()

    def add(self, truth: dict[str, Any], flags: tuple[str, ...], path: Path) -> None:
        """Record an article and the file its record stands in."""
        source = self._where(path, "articles", 1)
        line = truth | {"file": source, "flags": list(flags)}
        self._file.write(
            (",\n" if self._count else "") + json.dumps(line, ensure_ascii=False, sort_keys=True)
        )
        self._count += 1
        self._flags.update(flags)
        month, topic = truth["published"][:7], truth["topic"]
        self._month_topic.setdefault(month, Counter())[topic] += 1
        self._outlet_topic.setdefault(truth["outlet"], Counter())[topic] += 1
        voices = self._month_voice.setdefault(month, Counter())
        voices.update(truth["voice_words"])
        voices.update(truth["tone"])
        if truth["copy"]:
            self._copies[truth["copy"]] += 1

    def duplicate(self, link: str, times: int, path: Path) -> None:
        """Record that a link stands again in a file."""
        self._duplicates[link] += times
        self._where(path, "duplicates", times)

    def reject(self, reason: str, times: int, path: Path) -> None:
        """Record bad records."""
        self._rejects[reason] += times
        self._where(path, "rejects", times)

    def encoded(self, n: int, path: Path) -> None:
        """Record a file in cp1252: its records count as articles."""
        self._cp1252[path.relative_to(self._root).as_posix()] = n

    def empty_file(self, path: Path) -> None:
        """Write a file with nothing in it: no record, but not to be passed over in silence."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
        self._empty.append(path.relative_to(self._root).as_posix())

    def totals(self) -> dict[str, int]:
        """Add up: records = articles + duplicates + rejects."""
        duplicates, rejects = sum(self._duplicates.values()), sum(self._rejects.values())
        return {
            "articles": self._count,
            "duplicates": duplicates,
            "rejects": rejects,
            "records": self._count + duplicates + rejects,
            "files": len(self._files) + len(self._empty),
        }

    def _where(self, path: Path, kind: str, n: int) -> str:
        """Count records of a file by kind; give its relative path."""
        source = path.relative_to(self._root).as_posix()
        self._files.setdefault(source, Counter())[kind] += n
        return source

    def _sums(self) -> dict[str, Any]:
        """Give everything known of the whole."""
        null = self._settings.null
        volumes = {o.name: o.volume for o in world.OUTLETS}
        return {
            "breaks": None
            if null
            else {
                "real": {
                    "topic": world.BREAKING,
                    "date": world.BORDER_BREAK.isoformat(),
                    "shares": world.BORDER_SHARE,
                },
                "seeming": {
                    "topic": world.SEEMING,
                    "volumes": volumes,
                    "own_article_shares": {o.name: o.mining for o in world.OUTLETS},
                },
                "tone": {"voice": "narration", "date": world.TONE_BREAK.isoformat()},
                "quotation": "its share rises evenly from the first day to the last",
            },
            "copies": self._copies,
            "counts": self.totals(),
            "duplicates": self._duplicates,
            "empty_files": self._empty,
            "files": self._files,
            "flags": self._flags,
            "cp1252_files": self._cp1252,
            "coverage": {
                "missing_week": [
                    world.OUTLETS[world.MISSING_OUTLET].name,
                    *(d.isoformat() for d in world.MISSING_WEEK),
                ],
                "joins": [world.OUTLETS[world.JOINING].name, world.JOIN.isoformat()],
                "leaves": [world.OUTLETS[world.LEAVING].name, world.LEAVE.isoformat()],
                "holidays": [d.isoformat() for d in world.HOLIDAYS],
            },
            "month_topics": self._month_topic,
            "month_words": self._month_voice,
            "note": NOTE,
            "outlet_topics": self._outlet_topic,
            "rejects": self._rejects,
            "settings": asdict(self._settings),
            "topic_base": self._base(),
        }

    def _base(self) -> dict[str, float]:
        """Average P(topic) of own articles over outlets and days."""
        mean = self._plan.expected.mean(axis=(0, 1)).tolist()
        return {t: round(float(p), 4) for t, p in zip(world.TOPICS, mean, strict=True)}
