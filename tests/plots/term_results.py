"""Made-up results of the measures of terms, for as many and as awkward terms as asked."""

import numpy as np
import pandas as pd

from analysis.result import Result

AWKWARD = (
    "border",
    "internationalisation-of-the-upper-valley-waterworks",
    "سرحد",
    "وزیر خارجہ",
    "$x^2$",
    "<b>",
    "सीमा",
)


def words(n: int) -> list[str]:
    """So many distinct terms, the awkward ones first."""
    return [*AWKWARD, *(f"word{i:02d}" for i in range(n))][:n]


def of(kind: str, table: pd.DataFrame, **params: object) -> Result:
    """A result around a table."""
    return Result(kind=kind, table=table, unit="", params=params, corpus_fingerprint="f" * 32, notes=())


def keyness(n: int, *, both: bool = True) -> Result:
    """Terms from the target's own to the reference's own."""
    at = np.arange(n)
    g2 = 300.0 / (1 + at) if not both else np.where(at < n / 2, 300.0 / (1 + at), -200.0 / (n - at))
    table = pd.DataFrame({"term": words(n), "g2": g2, "log_ratio": g2 / 40, "log_odds_z": g2 / 20})
    table["target_rate"] = np.where(g2 > 0, 40.0, 0.02) / (1 + at % 7)
    table["reference_rate"] = np.where(g2 > 0, 0.0, 12.0)
    table["significant"] = np.abs(g2) > 30
    return of(
        "keyness", table, measure="g2", correction="max_t", target={"outlet": "Courier"}, reference="rest"
    )


def collocation(n: int) -> Result:
    """Collocates of one node."""
    at = np.arange(n)
    table = pd.DataFrame({"term": words(n), "joint": 400 // (1 + at), "freq": 3000 // (1 + at % 5)})
    table["before"] = table["joint"] // (2 + at % 4)
    table["after"] = table["joint"] - table["before"]
    table["log_dice"] = 12.0 - 0.2 * at
    return of("collocation", table, measure="log_dice", node='border | "frontier post"', window=5)


def dispersion(n: int) -> Result:
    """Terms over articles, outlets and weeks."""
    rows = [
        (t, o, 30 + i, 8, 4, dp, dp * f, dp, 0.5, "Harbour Courier", 0.6, 0.2)
        for i, t in enumerate(words(n))
        for o, dp, f in (
            ("article", 0.9 - 0.01 * (i % 40), 0.9),
            ("outlet", 0.1 + 0.02 * (i % 40), 0.3),
            ("week", 0.3, 0.5),
        )
    ]
    names = [
        "term", "over", "freq", "n_parts", "n_parts_with", "dp", "dp_random", "dp_norm", "juilland_d",
        "largest_part", "largest_share", "largest_words_share",
    ]  # fmt: skip
    return of("dispersion", pd.DataFrame(rows, columns=names))


def dispersion_parts(n: int, over: str = "week") -> Result:
    """Terms by week, some weeks without words."""
    labels = [f"2025-W{w:02d}" for w in range(1, 40) if w not in (11, 12)]
    if over == "outlet":
        labels = ["Harbour Courier", "Upland Post", "صحيفة الميناء"]
    rows = [
        (t, over, p, 10, 4000, (i * j) % 7, 1, 10_000 * ((i * j) % 7) / 4000)
        for i, t in enumerate(words(n), start=1)
        for j, p in enumerate(labels)
    ]
    names = ["term", "over", "part", "n_docs", "n_words", "freq", "doc_freq", "rate"]
    return of("dispersion_parts", pd.DataFrame(rows, columns=names))


def diversity(n: int) -> Result:
    """Groups with intervals; the last one has too few articles for one."""
    mattr = 0.7 + 0.01 * np.arange(n)
    table = pd.DataFrame({"group": words(n), "n_docs": 90, "n_measured": 80, "n_words": 9000, "mattr": mattr})
    table["mattr_low"], table["mattr_high"] = mattr - 0.01, mattr + 0.01
    table["mtld"], table["mtld_low"], table["mtld_high"] = (
        70 + 100 * mattr,
        65 + 100 * mattr,
        75 + 100 * mattr,
    )
    table.loc[n - 1, ["mattr_low", "mattr_high", "mtld_low", "mtld_high"]] = np.nan
    return of("diversity", table)


MAKERS = {
    "keyness": keyness,
    "collocation": collocation,
    "dispersion": dispersion,
    "dispersion_parts": dispersion_parts,
    "diversity": diversity,
}


def term_frequency(n: int, groups: int = 1, *, intervals: bool = False) -> Result:
    """Ranked terms of some groups."""
    at = np.arange(n)
    frames = []
    for g in range(groups):
        table = pd.DataFrame({"term": words(n), "term_freq": 9000 // (1 + at), "doc_freq": 2000 // (1 + at)})
        table.insert(0, "group", None if groups == 1 else f"Outlet {g}")
        table.insert(1, "period", None)
        table["rate"] = table["term_freq"] / (70.0 + g)
        if intervals:
            table["rate_low"], table["rate_high"] = table["rate"] * 0.9, table["rate"] * 1.1
        frames.append(table)
    return of("term_frequency", pd.concat(frames, ignore_index=True))


def concordance(n: int) -> Result:
    """Lines of one hit, in four scripts, some without context, outlet or day."""
    rows = [
        (
            "a1",
            "Harbour Courier",
            "2025-01-06",
            "The guard stood at the ",
            "border",
            " and let the carts through " * 3,
        ),
        ("a2", None, None, "", "internationalisation-of-the-upper-valley", ""),
        ("a3", "صحيفة الميناء", "2025-01-07", "وزیر نے کہا کہ ", "سرحد", " بند رہے گی"),
        ("a4", "Upland Post", None, "$x$ ", "सीमा", " पर"),
    ]
    names = ["doc_id", "outlet", "published", "left", "hit", "right"]
    table = pd.DataFrame([rows[i % 4] for i in range(n)], columns=names)
    table["published"] = pd.to_datetime(table["published"])
    return of("concordance", table, pattern="border")


def tf_idf(n: int) -> Result:
    """Terms of two documents."""
    table = term_frequency(n, groups=2).table.rename(columns={"group": "document", "rate": "tf_idf"})
    return of("tf_idf", table.drop(columns="period"))


MAKERS["tf_idf"] = tf_idf
MAKERS["term_frequency"] = term_frequency
MAKERS["concordance"] = concordance
