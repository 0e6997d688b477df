"""JSON documents (.json, .json.gz): an array of articles, one article, or a wrapper {"articles": [...]}.

Not for JSON lines: a .json file that holds one object a line is handed to `jsonl`. An array is streamed, so
its length does not matter; a document that is one object is read whole and has a limit.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from json import JSONDecodeError
from pathlib import Path
from typing import Any

from analysis.readers import encodings
from analysis.readers.base import Chunk, Item, Record, RefusedError, Tally, reject, whole
from analysis.readers.json_window import Window
from analysis.readers.jsonvalues import DECODER, REMARKS, flatten
from analysis.readers.streams import StreamError, blocks, head, lines, whole_file

WHOLE_CAP = 128 * 2**20
_SPACE = re.compile(r"[ \t\r\n,]*")
_ARTICLE = frozenset(
    {"title", "headline", "content", "text", "body", "article", "link", "url", "date", "published"}
)


class Json:
    """One JSON document of articles."""

    name = "json"
    suffixes = (".json", ".json.gz")

    def plan(self, path: Path, source: str) -> list[Chunk]:
        """One chunk; JSON lines under this name go to their own reader."""
        first = head(path, 4096)
        encoding = encodings.sniff(first)
        if encoding is None:
            raise RefusedError("binary_file", "This is not a text file. Export it again as UTF-8 JSON.")
        return whole(path, source, "jsonl" if _is_lines(path, encoding) else self.name)

    def read(self, chunk: Chunk) -> Iterator[Item]:
        """Stream the articles of the document."""
        first = head(chunk.path, 65536)
        encoding = encodings.sniff(first) or encodings.Encoding("utf-8")
        if first[encoding.mark :].decode(encoding.codec, "replace").lstrip().startswith("["):
            yield from _array(chunk.path, encoding, opening=_OPEN)
        else:
            yield from _single(chunk.path, encoding)


def _is_lines(path: Path, encoding: encodings.Encoding) -> bool:
    """Whether one of the first lines is an object by itself and more lines follow."""
    seen, objects = 0, 0
    try:
        for line in lines(blocks(path), newline=encoding.newline):
            raw = line.data[encoding.mark if line.offset == 0 else 0 :]
            text = encodings.decode(raw, encoding).text or ""
            if not text.strip():
                continue
            seen += 1
            if seen == 1 and not text.lstrip().startswith("{"):
                return False
            with suppress(ValueError, RecursionError):
                objects += isinstance(DECODER.decode(text), dict)
            if seen >= 4:
                break
    except StreamError:
        pass
    return objects > 0 and seen > 1


def _single(path: str, encoding: encodings.Encoding) -> Iterator[Item]:
    """A document that is one object: an article, a wrapper, or a map from names to articles."""
    raw, size, error = whole_file(path, WHOLE_CAP)
    if error is not None or size > WHOLE_CAP:
        reason = error.reason if error else "file_too_large"
        text = (
            str(error)
            if error
            else f"One JSON object of {size:,} bytes. Export it as JSON lines, one article a line."
        )
        yield reject(reason, text, raw=raw, size=size, line=1, offset=0)
        return
    text_, note = encodings.decode(raw[encoding.mark :], encoding)
    if text_ is None:
        yield reject(
            "bad_encoding",
            "The file is neither UTF-8 nor Windows-1252. Save it as UTF-8.",
            raw=raw,
            line=1,
            offset=0,
        )
        return
    if not text_.strip():
        yield reject(
            "empty_file",
            "There is nothing in the file. Export it again or delete it.",
            raw=raw,
            line=1,
            offset=0,
        )
        return
    try:
        document = DECODER.decode(text_)
    except (ValueError, RecursionError) as fault:
        if isinstance(fault, JSONDecodeError) and fault.msg == "Extra data":
            yield from _array(path, encoding, opening=_SPACE)  # objects one after another
            return
        line = fault.lineno if isinstance(fault, JSONDecodeError) else 1
        yield reject(
            "bad_json", f"Not valid JSON ({fault}). Repair the file or export it again.", raw=raw, line=line
        )
        return
    tally = Tally()
    if note:
        tally.add(*encodings.remark(note))
    if not isinstance(document, dict):
        yield reject(
            "not_an_object",
            "The file holds no article: neither an object nor an array.",
            raw=raw,
            line=1,
            offset=0,
        )
        return
    for number, article in enumerate(_articles(document, tally), 1):
        yield _record(article, number, None, tally)
    yield from tally.notices()


def _articles(document: dict[str, Any], tally: Tally) -> Iterable[Any]:
    """The articles in one object."""
    level = document
    while not _ARTICLE & {key.lower() for key in level}:
        wrapped = [
            key
            for key, value in level.items()
            if isinstance(value, list) and value and isinstance(value[0], dict)
        ]
        if len(wrapped) == 1:
            left = [key for key in level if key != wrapped[0]]
            if left:
                tally.add(
                    "wrapper_fields_ignored",
                    f"Articles were taken from {wrapped[0]!r}; not read: {', '.join(left)}.",
                )
            return list(level[wrapped[0]])
        values = list(level.values())
        if len(values) == 1 and isinstance(values[0], dict):
            level = values[0]
        elif len(values) > 1 and all(isinstance(value, dict) for value in values):
            return [{"key": key} | value for key, value in level.items()]
        elif len(values) > 1 and all(isinstance(value, str) for value in values):
            tally.add("map_of_texts", "The file maps names to texts: each is read as `key` and `content`.")
            return [{"key": key, "content": value} for key, value in level.items()]
        else:
            break
    return [level]


def _record(article: Any, number: int | None, offset: int | None, tally: Tally) -> Item:
    """One element to a Record or Reject."""
    if not isinstance(article, dict):
        raw = repr(article).encode("utf-8", "replace")
        return reject(
            "not_an_object",
            "An article must be an object, {...}. Export it with field names.",
            raw=raw,
            line=number,
            offset=offset,
        )
    fields, notes = flatten(article)
    for code in notes:
        tally.add(code, REMARKS[code], line=number)
    return Record(fields, number, offset)


def _array(path: str, encoding: encodings.Encoding, *, opening: re.Pattern[str]) -> Iterator[Item]:
    """Stream the elements of an array; after a broken one reading goes on at the next object."""
    tally = Tally()
    window = Window(path, encoding)
    window.skip(opening)
    closed = False
    while True:
        window.skip(_SPACE)
        if window.at_end():
            if closed and window.error is None:
                break
            text = str(window.error or "The array is not closed: the file may be cut off. Export it again.")
            yield window.reject(window.error.reason if window.error else "truncated_json", text, 0)
            break
        if window.peek() in "[]":  # the end, unless another array follows
            window.move(1)
            closed = True
            continue
        closed = opening is _SPACE
        value, end, fault = window.element()
        if not fault:
            yield _record(value, window.line, window.offset, tally)
        else:
            end = window.resync()
            if end < 0 and window.error:
                yield window.reject(window.error.reason, str(window.error), window.length())
                break
            text = f"Not valid JSON ({fault}). Repair the article; reading went on after it."
            yield window.reject("bad_json", text, end if end >= 0 else window.length())
            if end < 0:
                break
        window.move(end)
    if window.guessed:
        tally.add(*encodings.remark(window.guessed))
    yield from tally.notices()


_OPEN = re.compile(r"[ \t\r\n]*\[")
