"""The command line: every command is one call of the package, and says what it did.

Exit codes: 0 done, 1 the work failed, 2 the call was wrong and nothing was started. Not for logic: that is elsewhere.
"""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from analysis._version import __version__
from analysis.errors import AnalysisError, InputError, SelectionError, UnknownNameError, message

_CALL_WAS_WRONG = (InputError, UnknownNameError, SelectionError)


def run(arguments: Sequence[str] | None = None) -> int:
    """Parse the arguments, do the command, and give the exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    parser = _parser()
    _warn_of_a_namesake()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stop:  # argparse exits with 2 for a wrong call, 0 for --help
        return int(stop.code or 0)
    try:
        work: Callable[[argparse.Namespace], int] = options.work
        return work(options)
    except _CALL_WAS_WRONG as error:
        _say_error(error)
        return 2
    except (AnalysisError, OSError) as error:
        _say_error(error)
        return 1
    except KeyboardInterrupt:
        _say_error("interrupted; nothing was replaced")
        return 1


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a call in one line, as everything here does."""

    def error(self, message: str) -> NoReturn:
        """Say it and end with 2."""
        self.exit(2, f"analysis: {message}. Try `{self.prog} --help`.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="analysis", description="Corpora of regional news: from the raw paste to numbers.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    command = commands.add_parser("ingest", help="read a folder of articles into a corpus")
    command.add_argument(
        "source", metavar="SOURCE", help="a folder or a file: .txt .html .csv .xlsx .json .jsonl .parquet"
    )
    command.add_argument("into", metavar="INTO", help="the corpus folder, such as corpus/borderlands")
    command.add_argument(
        "--config", metavar="FILE", help="a corpus.toml (default: the one in INTO or SOURCE)"
    )
    command.add_argument(
        "--max-reject-share", type=float, metavar="SHARE", help="stop past this share of bad records (0.01)"
    )
    command.add_argument("--workers", type=int, metavar="N", help="processes (default: one a core)")
    command.add_argument("--relearn", action="store_true", help="learn clutter and date orders anew")
    command.set_defaults(work=_ingest)

    command = commands.add_parser("demo", help="write a synthetic corpus with known truth")
    command.add_argument("folder", metavar="FOLDER")
    command.add_argument("--articles", type=int, default=3000, metavar="N", help="300 to 300000 (3000)")
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--null", action="store_true", help="the twin without any break or shift")
    command.set_defaults(work=_demo)

    command = commands.add_parser("describe", help="say what is in a corpus")
    command.add_argument("corpus", metavar="CORPUS", help="its folder, or its name under corpus/")
    command.set_defaults(work=_describe)

    command = commands.add_parser("check", help="compare a corpus's files with what was committed")
    command.add_argument("corpus", metavar="CORPUS")
    command.set_defaults(work=_check)

    command = commands.add_parser(
        "report",
        help="run a notebook, all of them, or a specification into reports",
        description="`analysis report NOTEBOOK --help` lists the parameters of a notebook.",
        add_help=False,
    )
    command.add_argument(
        "notebook",
        metavar="NOTEBOOK",
        nargs="?",
        help="such as 01_corpus; all; or a file such as reports/specs/x.toml",
    )
    command.add_argument(
        "-h", "--help", action="store_true", dest="only_help", help="parameters of the notebook"
    )
    command.add_argument(
        "-p",
        "--parameter",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "VALUE"),
        dest="parameters",
        help="set a parameter of the notebook; as often as you like",
    )
    command.add_argument("--reports", metavar="FOLDER", help="where reports go (reports/ of the project)")
    command.add_argument(
        "--no-text", action="store_true", help="leave out the words of articles: for pages that are passed on"
    )
    command.set_defaults(work=_report, parser=command)

    command = commands.add_parser("verify", help="run a report again on its snapshot and compare")
    command.add_argument("run", metavar="RUN", help="its folder, NOTEBOOK/RUN_ID, or NOTEBOOK for the latest")
    command.add_argument(
        "--corpus", metavar="CORPUS", help="where its corpus is, if not under its name in corpus/"
    )
    command.add_argument("--reports", metavar="FOLDER", help="where reports are (reports/ of the project)")
    command.set_defaults(work=_verify)

    command = commands.add_parser("diff", help="say what moved between two runs of a report, and why")
    command.add_argument("before", metavar="RUN")
    command.add_argument("after", metavar="RUN")
    command.add_argument("--reports", metavar="FOLDER", help="where reports are (reports/ of the project)")
    command.set_defaults(work=_diff)

    command = commands.add_parser("init", help="make a folder for a study of your own")
    command.add_argument("folder", metavar="FOLDER", help="such as my-study; its name is the corpus's")
    command.set_defaults(work=_init)

    command = commands.add_parser("lab", help="open JupyterLab at notebooks/, on this machine only")
    command.add_argument("--port", type=int, default=8888)
    command.add_argument("--no-browser", action="store_true")
    command.set_defaults(work=_lab)
    return parser


def _ingest(options: argparse.Namespace) -> int:
    from analysis.corpus.ingest import ingest

    report = ingest(
        options.source,
        into=options.into,
        config=options.config,
        max_reject_share=options.max_reject_share,
        workers=options.workers,
        relearn=options.relearn,
    )
    _say(str(report))
    _say(
        f"corpus {report.corpus}, snapshot {report.snapshot}. Next: analysis report 01_corpus -p corpus {options.into}"
    )
    return 0


def _demo(options: argparse.Namespace) -> int:
    from analysis.corpus.demo import build_demo

    summary = build_demo(
        Path(options.folder), articles=options.articles, seed=options.seed, null=options.null
    )
    _say(
        f"{summary.files:,} files in {summary.folder}: {summary.records:,} records: {summary.articles:,} articles, "
        f"{summary.duplicates:,} duplicates and {summary.rejects:,} to be refused. What is true of them: truth.json"
    )
    return 0


def _describe(options: argparse.Namespace) -> int:
    from analysis.corpus.describe import accounting, describe
    from analysis.corpus.handle import open_corpus

    corpus = open_corpus(options.corpus)
    rows = describe(corpus).table.itertuples(index=False)
    facts = [(str(row[0]), str(row[1])) for row in rows]
    width = max(len(fact) for fact, _ in facts)
    for fact, value in facts:
        _say(f"{fact:<{width}}  {value}")
    _say("")
    _say(accounting(corpus).table.to_string(index=False, max_rows=60))
    return 0


def _check(options: argparse.Namespace) -> int:
    from analysis.corpus.store import check, resolve, snapshots

    folder = resolve(options.corpus)
    wrong = sorted({line for snapshot in snapshots(folder) for line in check(folder, snapshot)})
    for line in wrong:
        _say(line)
    _say(
        f"{folder.name}: {len(wrong)} files are not as they were committed"
        if wrong
        else f"{folder.name}: every file is as it was committed"
    )
    return 1 if wrong else 0


def _report(options: argparse.Namespace) -> int:
    if options.notebook is None:
        options.parser.print_help()
        return 0 if options.only_help else 2
    from analysis.report.command import report

    return report(
        options.notebook,
        options.parameters,
        reports=options.reports,
        only_help=options.only_help,
        text=not options.no_text,
        say=_say,
        complain=_say_error,
    )


def _verify(options: argparse.Namespace) -> int:
    from analysis.report.command import verify

    return verify(options.run, corpus=options.corpus, reports=options.reports, say=_say)


def _diff(options: argparse.Namespace) -> int:
    from analysis.report.command import diff

    return diff(options.before, options.after, reports=options.reports, say=_say)


def _init(options: argparse.Namespace) -> int:
    from analysis.report.init import init_study

    folder = init_study(Path(options.folder))
    _say(f"study {folder.name} in {folder}. Put articles into raw/; README.md says what comes next.")
    return 0


def _lab(options: argparse.Namespace) -> int:
    from analysis.report.places import project_root

    if not 0 < options.port < 65536:
        raise InputError(message("`--port`", got=options.port, expected="1 to 65535"))
    folder = project_root() / "notebooks"
    call = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--notebook-dir={folder}",
        "--ServerApp.ip=127.0.0.1",
        "--LabApp.expose_app_in_browser=True",  # so that the explorer can put its code into a cell
        "--LabApp.news_url=None",  # nothing is fetched from outside
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        f"--ServerApp.port={options.port}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # as in a container; it listens on this machine only
        call.append("--allow-root")
    if options.no_browser:
        call.append("--no-browser")
    os.execv(sys.executable, call)  # noqa: S606  (the same Python, fixed arguments)


def _warn_of_a_namesake() -> None:
    """Say so where a folder or file of the user's would be imported in place of this package."""
    ours = Path(__file__).resolve().parent
    for place in (Path.cwd() / "analysis" / "__init__.py", Path.cwd() / "analysis.py"):
        if place.is_file() and place.resolve().parent != ours:
            _say_error(
                f"{place.name if place.parent == Path.cwd() else 'the folder analysis/'} here has this package's name: "
                "`import analysis` in a notebook or script of this folder will load that instead. Rename it."
            )


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _say_error(error: object) -> None:
    sys.stderr.write(f"analysis: {error}\n")
