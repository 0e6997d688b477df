"""Where things are: the project a user works in, its notebooks, and the names that may lead there.

Names come from command lines and specifications; a name is a name, never a path that climbs or a URL.
"""

import re
from pathlib import Path

from analysis.errors import InputError, did_you_mean, message

PACKAGED = Path(__file__).resolve().parents[1] / "notebooks"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\Z")


def project_root(start: Path | None = None) -> Path:
    """The nearest folder, from `start` upwards, that has `notebooks/` or `corpus/`; else `start` itself."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "notebooks").is_dir() or (folder / "corpus").is_dir():
            # The package has folders of these names too; it is not a project.
            if (folder / "_version.py").is_file() and (folder / "errors.py").is_file():
                continue
            return folder
    return here


def check_name(what: str, name: str) -> str:
    """Refuse a name that is a URL, climbs out of its folder, or hides one."""
    if "://" in name:
        raise InputError(
            message(f"`{what}` is an address", got=name, expected="the name of something on this disk")
        )
    if not _NAME.match(name) or ".." in name:
        expected = "letters, digits, '_', '-' and '.', without '..'"
        raise InputError(message(f"`{what}` is not a plain name", got=name, expected=expected))
    return name


def find_notebook(notebook: str | Path, *, root: Path) -> Path:
    """Find a notebook by name in the project and then in the package, or take the path of an .ipynb file."""
    text = str(notebook)
    if "://" in text or ".." in Path(text).parts:
        raise InputError(message("`notebook` may not be an address or climb with '..'", got=text))
    if text.endswith(".ipynb"):
        path = Path(notebook) if Path(notebook).is_absolute() else root / notebook
        if path.is_file():
            check_name("notebook", path.stem)
            return path.resolve()
        text = path.stem
    check_name("notebook", text)
    folders = [root / "notebooks", PACKAGED]
    for folder in folders:
        path = folder / f"{text}.ipynb"
        if path.is_file():
            return path
    known = sorted({p.stem for folder in folders if folder.is_dir() for p in folder.glob("*.ipynb")})
    raise InputError(
        message(
            "there is no such notebook",
            got=text,
            expected="one of " + ", ".join(known) if known else f"a file in {folders[0]}",
            hint=did_you_mean(text, known),
        )
    )


def all_notebooks(root: Path) -> list[str]:
    """Name the notebooks of the project, else of the package, in order; `_` at the start marks a template."""
    for folder in (root / "notebooks", PACKAGED):
        names = sorted(p.stem for p in folder.glob("*.ipynb") if not p.name.startswith(("_", ".")))
        if names:
            return names
    raise InputError(message("there is no notebook", got=str(root), expected="notebooks/*.ipynb"))
