"""Is anything on a page live? Once by parsing it, once by opening it in a headless Chromium."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

_ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "xlink:href",
    "poster",
    "srcdoc",
    "background",
    "srcset",
}
_TAGS = {
    "iframe",
    "object",
    "embed",
    "form",
    "base",
    "link",
    "svg",
    "math",
    "video",
    "audio",
    "frame",
    "template",
    "applet",
}

_HARMLESS = ("#", "https://", "http://", "mailto:", "data:image/png;base64,")
_OURS = re.compile(r"[a-z0-9_./-]+\.(html|csv|parquet|svg|png)")
_DATA = {"type": "application/json", "id": "evidence"}  # a block of data: no browser runs it
_REDIRECT = re.compile(r"0; url=\.\./[0-9a-f]{16}/index\.html")


class Page(HTMLParser):
    """Every tag of a page with its attributes, and the text of its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def live_parts(text: str) -> list[str]:
    """What of a page could run or load something; the scripts that the page's own policy names do not count."""
    found = []
    for tag, attributes in Page(text).tags:
        if tag in _TAGS or (tag == "script" and attributes and attributes != _DATA):
            found.append(f"<{tag}>")
        for name, value in attributes.items():
            plain = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or (name == "style" and "url" in plain):
                found.append(f"{tag} {name}")
            known = plain.startswith(_HARMLESS) or _OURS.fullmatch(plain)
            if name in _ADDRESSES and not known:
                found.append(f"{tag} {name}={value}")
        refreshes = tag == "meta" and (attributes.get("http-equiv") or "").lower() == "refresh"
        if refreshes and not _REDIRECT.fullmatch(attributes.get("content") or ""):
            found.append("meta refresh")
    return found


def open_in_chromium(pages: list[Path]) -> list[str]:
    """Open pages, click what can be clicked, and tell what ran, was asked of the network, or spoke up."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("there is no Chromium here to open the pages in")
    from playwright.sync_api import sync_playwright

    said: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for path in pages:
            said += _opened(browser, path)
        browser.close()
    return said


def _opened(browser: Any, path: Path) -> list[str]:
    """What one page did."""
    said: list[str] = []
    view = browser.new_page()
    view.on("dialog", lambda d: (said.append(f"{path.name}: dialog {d.message}"), d.dismiss()))
    view.on(
        "request", lambda r: said.append(f"{path.name}: asked for {r.url[:80]}") if _outside(r.url) else None
    )
    address = path.resolve().as_uri()
    view.goto(address)
    if 'http-equiv="refresh"' in path.read_text(encoding="utf-8"):  # the page of the latest run leads on
        view.wait_for_url(lambda url: url != address)
        view.wait_for_load_state()
    view.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    view.evaluate("document.querySelectorAll('th button, .switch').forEach(b => b.click())")
    view.wait_for_timeout(200)
    if view.evaluate("window.pwned || 0"):
        said.append(f"{path.name}: script of the corpus ran")
    links = view.evaluate("Array.from(document.links, a => a.href)")
    plain = ("file:", "http://", "https://", "mailto:")
    said += [f"{path.name}: link {h[:60]}" for h in links if not h.startswith(plain)]
    view.close()
    return said


def _outside(url: str) -> bool:
    return not url.startswith(("file:", "data:image/png"))
