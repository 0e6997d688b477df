"""Writes the reference pages: one a room of the package, with every public name. Nothing is listed by hand.

So a function that is made public is in the reference without anybody remembering it.
"""

from pathlib import Path

import analysis

ROOMS = {
    "corpus": ("Corpora", "Reading articles into a corpus, opening it, and saying what is in it."),
    "terms": ("Tokens and terms", "What becomes of the words, and where patterns occur."),
    "measures": (
        "Measures of words and speakers",
        "Frequencies, contexts, what is one side's own, and who speaks.",
    ),
    "series": ("Lines over time", "Coverage, trends, comparisons, breaks, and the claims made with them."),
    "topics": ("Topics", "What the articles are about, and how far it holds still."),
    "sentiment": ("Tone", "Lexicons, tone by segment and voice, and an instrument fitted to the corpus."),
    "coding": ("Coding by hand", "Samples to code, coders' agreement, corrected numbers."),
    "tracing": ("Evidence", "From any number back to the articles and sentences behind it."),
    "plots": ("Pictures", "One picture for every kind of result."),
    "report": ("Reports", "Showing results in a notebook that becomes a report."),
    "explorer": ("The explorer", "Looking around in JupyterLab."),
    "result": ("Results", "What every function returns."),
    "errors": ("Errors", "What is raised when a call or a file is wrong."),
}


def rooms() -> dict[str, list[str]]:
    """Give the public names by room, in the order they are made public."""
    found: dict[str, list[str]] = {
        room: [] for room in ROOMS
    }  # a room that is not named here stops the build
    for name in analysis.__all__:
        if name != "__version__":
            found[analysis._HOME[name].split(".")[1]].append(name)
    return {room: sorted(names, key=str.lower) for room, names in found.items() if names}


def write_reference(folder: Path) -> None:
    """Write the pages and their index into a folder; what is there already and the same is left alone."""
    folder.mkdir(exist_ok=True)
    pages = {}
    for room, names in rooms().items():
        title, about = ROOMS[room]
        body = "\n\n".join(_entry(name) for name in names)
        pages[room] = f"# {title}\n\n{about}\n\n{body}\n"
    listed = "\n".join(f"{room}" for room in pages)
    said = "Every public name of the package, by the room it lives in. In a notebook: `an.trend?`."
    pages["index"] = f"# Reference\n\n{said}\n\n```{{toctree}}\n:maxdepth: 2\n\n{listed}\n```\n"
    for name, page in pages.items():
        path = folder / f"{name}.md"
        if not path.exists() or path.read_text(encoding="utf-8") != page:
            path.write_text(page, encoding="utf-8")


def _entry(name: str) -> str:
    thing = getattr(analysis, name)
    kind = "autoclass" if isinstance(thing, type) else "autofunction"
    members = ":members:\n" if kind == "autoclass" else ""
    return f"```{{eval-rst}}\n.. py:currentmodule:: analysis\n\n.. {kind}:: {name}\n   {members}```".replace(
        "   ```", "```"
    )
