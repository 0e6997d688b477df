"""Where pages are put together: the style, the scripts with their hashes, the policy, the templates.

Every page of ours goes through `page`, so that there is one place where scripts come in and one where the
Content-Security-Policy is written. Not for what stands on a page: see `render` and `shelf`.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from analysis._version import __version__
from analysis.report.tables import number

_HERE = Path(__file__).parent / "page"
SCRIPTS: tuple[str, ...] = ("tables.js", "code.js", "evidence.js")
"""The scripts of a report, in the order they run. A new one is a file in `page/` and a name here: its hash follows."""


def page(template: str, *, title: str, scripts: tuple[str, ...] = (), style: str = "", **values: Any) -> str:
    """Fill a template of `page/`; everything in `values` is escaped unless it is `Markup`.

    Parameters
    ----------
    template
        A file in `page/`.
    title
        The page's title.
    scripts
        Names from `page/`, each put in as it is and allowed by its hash; nothing else can run.
    style
        More CSS of ours, after `page.css`.
    """
    sources = [asset(name) for name in scripts]
    return _template(template).render(
        title=title,
        policy=policy(sources),
        style=Markup(asset("page.css") + style),  # noqa: S704 - ours, and no text of a corpus is in it
        scripts=[Markup(s) for s in sources],  # noqa: S704
        version=__version__,
        **values,
    )


def policy(scripts: list[str]) -> str:
    """The Content-Security-Policy of a page with these scripts: nothing from outside, and no other script."""
    hashes = " ".join(f"'sha256-{_digest(s)}'" for s in scripts) or "'none'"
    return (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
        f"script-src {hashes}; base-uri 'none'; form-action 'none'"
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")


@cache
def asset(name: str) -> str:
    """A file of `page/`."""
    return (_HERE / name).read_text(encoding="utf-8")


@cache
def _template(name: str) -> jinja2.Template:
    made = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True, loader=jinja2.FileSystemLoader(_HERE),
    )  # fmt: skip
    made.filters["thousands"] = number
    return made.get_template(name)
