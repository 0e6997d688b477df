"""A window of decoded text that moves over a JSON array of any length, one element at a time.

Not for what an element means: `json` turns elements into records.
"""

import codecs
import re
from json import JSONDecodeError
from typing import Any

from analysis.readers import encodings
from analysis.readers.base import RECORD_CAP, Reject, reject
from analysis.readers.jsonvalues import DECODER
from analysis.readers.streams import BLOCK, StreamError, blocks

_NEXT = re.compile(r"\}[ \t\r\n]*,[ \t\r\n]*(?=(\{[ \t\r\n]*)\"((?:[^\"\\]|\\.)*)\")")
_ESCAPED = re.compile("[\udc80-\udcff]")


class Window:
    """A piece of decoded text that moves over a stream, and where in the file it stands."""

    def __init__(self, path: str, encoding: encodings.Encoding) -> None:
        self._codec = encoding.codec
        self._blocks = blocks(path)
        self._decoder = codecs.getincrementaldecoder(encoding.codec)(
            "surrogateescape" if encoding.codec == "utf-8" else "replace"
        )
        self._text = ""
        self._at = 0
        self._ended = False
        self._mark = encoding.mark
        self.guessed = ""
        self._first_key = ""
        self.error: StreamError | None = None
        self.line = 1
        self.offset = encoding.mark

    def _more(self) -> None:
        """Read on: at least a block, and as much again as is held, so that retries stay linear."""
        wanted = max(BLOCK, len(self._text) - self._at)
        parts = [self._text[self._at :]]
        while wanted > 0 and not self._ended:
            try:
                block = next(self._blocks, b"")
            except StreamError as error:
                self.error, block = error, b""
            self._ended = not block
            text = self._decoder.decode(block[self._mark :], final=self._ended and self.error is None)
            self._mark = 0
            wanted -= len(text)
            parts.append(text)
        self._text, self._at = "".join(parts), 0

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Pass over what the pattern matches."""
        while True:
            found = pattern.match(self._text, self._at)
            end = found.end() if found else self._at
            self.move(end - self._at)
            if self._at < len(self._text) or self._ended:
                return
            self._more()

    def at_end(self) -> bool:
        """Whether nothing is left."""
        return self._ended and self._at >= len(self._text)

    def peek(self) -> str:
        """The next character."""
        return self._text[self._at]

    def length(self) -> int:
        """How many characters are held."""
        return len(self._text) - self._at

    def element(self) -> tuple[Any, int, str]:
        """Decode the next element: its value, its length, and what is wrong with it."""
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except RecursionError:
                return None, 0, "nested too deeply"
            except JSONDecodeError as error:
                cut = error.pos > len(self._text) - 16 or error.msg.startswith("Unterminated")
                if not cut or self._ended or self.length() > RECORD_CAP:
                    return None, 0, error.msg
            else:
                # A number or word that touches the end of what is held may go on in the next block.
                if end < len(self._text) or self._ended:
                    return self._checked(value, end)
            self._more()

    def _checked(self, value: Any, end: int) -> tuple[Any, int, str]:
        """The element, decoded anew where it holds bytes that are not of the file's encoding."""
        piece = self._text[self._at : end]
        if _ESCAPED.search(piece):
            text, note = encodings.decode(self._raw(piece), encodings.Encoding(self._codec))
            if text is None:
                return None, end - self._at, "neither UTF-8 nor Windows-1252"
            self.guessed = note
            value = DECODER.decode(text)
        if isinstance(value, dict):
            self._first_key = next(iter(value), "")
        return value, end - self._at, ""

    def resync(self) -> int:
        """How far it is to the next object after a broken element; -1 where there is none.

        An object that starts with another key than the last good one stands inside the broken element.
        """
        while True:
            for found in _NEXT.finditer(self._text, self._at):
                if not self._first_key or found[2] == self._first_key:
                    return found.end() - self._at
            if self._ended or self.length() > RECORD_CAP:
                return -1
            self._more()

    def move(self, length: int) -> None:
        """Go on by so many characters, keeping line and offset true."""
        passed = self._text[self._at : self._at + length]
        self.line += passed.count("\n")
        self.offset += len(self._raw(passed))
        self._at += length

    def reject(self, reason: str, text: str, length: int) -> Reject:
        """Reject the next so many characters."""
        raw = self._raw(self._text[self._at : self._at + length])
        return reject(reason, text, raw=raw, line=self.line, offset=self.offset)

    def _raw(self, text: str) -> bytes:
        """The bytes a piece of text was decoded from."""
        return text.encode(self._codec, "surrogateescape" if self._codec == "utf-8" else "replace")
