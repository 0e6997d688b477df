"""Every page of a folder of reports in a headless Chromium, from its file and with the network off.

`python -m benchmarks pages [REPORTS]`: size, seconds until a page is loaded and its panels are ready, and whether 50
random marks and 10 rows of it open with the sums that their tables state. Without a folder it makes `report all` of a
demo corpus first.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser import browser
from tests.report.opening import Looked, look


def main() -> None:
    """Print a line for each page, and what is wrong with it."""
    given = [a for a in sys.argv[1:] if Path(a).is_dir()]
    with tempfile.TemporaryDirectory() as made:
        for folder in given or [demo(Path(made))]:
            tell(Path(folder))


def tell(reports: Path) -> None:
    """Look at the latest run of every notebook in a folder of reports."""
    pages = latest(reports)
    print(f"{len(pages)} pages in {reports.name}/")
    forms: set[str] = set()
    for page in pages:
        with browser() as opened:  # a new one each time: nothing is in its cache
            seen = look(opened, page)
        forms |= seen.forms
        print(line(seen), flush=True)
        for word in [*seen.wrong, *seen.said, *seen.asked][:10]:
            print(f"   {word}")
        for what, found in (("pictures", seen.figures), ("tables", seen.tables)):
            closed = [n for n, opens in found.items() if not opens]
            print(f"   {what} that do not open: {', '.join(closed) or 'none'}")
    print(f"opened from: {', '.join(sorted(forms))}")


def latest(reports: Path) -> list[Path]:
    """The newest page of each notebook; of a run's own folder, its page."""
    if (reports / "index.html").is_file() and (reports / "tables").is_dir():
        return [reports / "index.html"]
    homes = [p for p in sorted(reports.iterdir()) if p.is_dir() and not p.name.startswith(("_", "."))]
    found = []
    for home in homes:
        runs = [p for p in home.glob("*/index.html") if (p.parent / "manifest.json").is_file()]
        found += sorted(runs, key=lambda p: p.stat().st_mtime)[-1:]
    return found


def line(seen: Looked) -> str:
    """One page in one line."""
    state = "all right" if seen.clean else "WRONG"
    return (
        f"{seen.page.parent.parent.name:14} {seen.megabytes:6.1f} MB {seen.seconds:5.2f} s  {seen.marks:6,} marks, "
        f"{seen.opened} opened, {seen.sums} sums, {len(seen.wrong)} differ, {len(seen.said)} console words, "
        f"{len(seen.asked)} requests: {state}"
    )


def demo(home: Path) -> Path:
    """Make every report of a demo corpus."""
    root = Path(__file__).resolve().parents[1]
    (home / "notebooks").symlink_to(root / "notebooks")
    for call in (
        ["demo", "raw", "--articles", "3000"],
        ["ingest", "raw", "corpus/demo"],
        ["report", "all", "-p", "corpus", "demo"],
    ):
        subprocess.run(
            [sys.executable, "-m", "analysis", *call], cwd=home, check=True, stdout=subprocess.DEVNULL
        )
    return home / "reports"


if __name__ == "__main__":
    main()
