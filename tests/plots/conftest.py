"""Made-up results of every kind that is drawn, small and large, plain and awkward."""

from collections.abc import Callable

import pandas as pd
import pytest

from analysis.result import Result

NAMES = (
    "Harbour Courier",
    "The Northern Valley Standard and Weekly Advertiser of Record",
    "صحيفة الميناء",
    "<b>$x$</b>",
    "Upland Post",
)


def result(kind: str, table: pd.DataFrame) -> Result:
    """A result around a table."""
    return Result(kind=kind, table=table, unit="", params={}, corpus_fingerprint="f" * 32, notes=())


def months(first: str, n: int) -> list[str]:
    """Month names from a first one on."""
    return [str(p) for p in pd.period_range(first, periods=n, freq="M")]


def all_kinds(outlets: tuple[str, ...] = NAMES, n_months: int = 18) -> dict[str, Result]:
    """One result for every kind."""
    rows = [
        (o, m, (i * 37 + j * 11) % 90 * (i + 1) ** 3 + 3, 9000)
        for i, o in enumerate(outlets)
        for j, m in enumerate(months("2024-05", n_months))
        if not (i == 2 and 4 <= j <= 6) and not (i == 4 and j < 7)
    ]
    sizes = [(i + 1) ** 3 * 50 for i in range(len(outlets))]
    return {
        "outlet_months": result(
            "outlet_months", pd.DataFrame(rows, columns=["outlet", "month", "n_docs", "n_words"])
        ),
        "accounting": result(
            "accounting",
            pd.DataFrame(
                {
                    "source_file": ["a.jsonl", "b.csv", "c.html", "d.html"],
                    "format": ["jsonl", "csv", "html", "html"],
                    "records": [9000, 1200, 1, 1],
                    "kept": [8000, 1190, 1, 0],
                    "duplicates": [990, 0, 0, 1],
                    "rejected": [10, 10, 0, 0],
                    "note": ["", "", "", ""],
                }
            ),
        ),
        "reject_reasons": result(
            "reject_reasons",
            pd.DataFrame(
                {
                    "reason": ["bad_json", "truncated", "no_text", "encoding"],
                    "n": [120, 3, 44, 1],
                    "example_file": ["a"] * 4,
                    "example_line": [1, 2, None, 4],
                    "what_to_do": ["look at it"] * 4,
                }
            ),
        ),
        "duplicates": result(
            "duplicates",
            pd.DataFrame(
                {
                    "reason": ["same_link", "same_text"] * len(outlets),
                    "outlet": [o for o in outlets for _ in range(2)],
                    "n": range(5, 5 + 2 * len(outlets)),
                }
            ),
        ),
        "date_quality": result(
            "date_quality",
            pd.DataFrame(
                {
                    "outlet": [o for o in outlets for _ in range(3)],
                    "published_source": ["printed", "page", None] * len(outlets),
                    "precision": ["day", "month", "none"] * len(outlets),
                    "flag": [None, "ambiguous", None] * len(outlets),
                    "n_docs": [n * k for n in sizes for k in (8, 1, 1)],
                }
            ),
        ),
        "lengths": result(
            "lengths",
            pd.DataFrame(
                {
                    "outlet": outlets,
                    "n_docs": sizes,
                    "words_p10": [90 + 5 * i for i in range(len(outlets))],
                    "words_p50": [310 + 20 * i for i in range(len(outlets))],
                    "words_p90": [820 + 90 * i for i in range(len(outlets))],
                    "words_mean": [400.0] * len(outlets),
                }
            ),
        ),
        "languages": result(
            "languages",
            pd.DataFrame(
                {
                    "outlet": [o for o in outlets for _ in range(2)],
                    "declared": ["en", None] * len(outlets),
                    "identified": ["en", "ar"] * len(outlets),
                    "n_docs": [n * k for n in sizes for k in (9, 1)],
                    "n_disagree": [0, 0] * len(outlets),
                    "n_mixed": [0, 1] * len(outlets),
                }
            ),
        ),
        "field_coverage": result(
            "field_coverage",
            pd.DataFrame(
                [
                    (o, f, n, int(n * s), s)
                    for o, n in zip(outlets, sizes, strict=True)
                    for f, s in (
                        ("title", 1.0),
                        ("body", 0.998),
                        ("author", 0.42),
                        ("dateline", 0.003),
                        ("section", 0.0),
                    )
                ],
                columns=["outlet", "field", "n_docs", "filled", "share"],
            ),
        ),
        "cleaning": result(
            "cleaning",
            pd.DataFrame(
                [
                    (o, r, 2 * n, n, n / sizes[i], 50 * n, share, "Read more: the tide", "0" * 20)
                    for i, o in enumerate(outlets)
                    for r, n, share in (("read_more", sizes[i], 0.04), ("byline", i + 1, 0.00002 * i))
                    if not (i == 2 and r == "byline")
                ],
                columns=[
                    "outlet",
                    "rule",
                    "n_removals",
                    "n_docs",
                    "share_docs",
                    "chars",
                    "share_chars",
                    "example",
                    "example_doc_id",
                ],
            ),
        ),
        "flags": result(
            "flags",
            pd.DataFrame(
                {
                    "outlet": outlets,
                    "flag": ["nonarticle:video", "removal_over_half:learned", "dates_disagree"][
                        : len(outlets)
                    ]
                    + ["date_unread"] * max(0, len(outlets) - 3),
                    "n_docs": [1] * len(outlets),
                    "share": [1 / n for n in sizes],
                    "meaning": ["a sentence"] * len(outlets),
                    "example_doc_id": ["0" * 20] * len(outlets),
                    "example_title": ["A title"] * len(outlets),
                }
            ),
        ),
    }


@pytest.fixture
def kinds() -> Callable[..., dict[str, Result]]:
    """Made-up results, for as many outlets and months as asked."""
    return all_kinds
