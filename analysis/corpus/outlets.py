"""One name for each outlet, however it is spelled in the sources. Not for reading outlets from records: `fields`."""

from collections import Counter
from collections.abc import Mapping

from analysis.corpus.config import Config


def outlet_key(name: str | None) -> str:
    """Fold the spellings of one outlet: DAWN, Dawn and `dawn ` are one.

    >>> outlet_key(" DAWN ") == outlet_key("Dawn")
    True
    """
    return " ".join((name or "").casefold().split())


def choose_names(
    counts: Counter[str], before: Mapping[str, str], config: Config
) -> tuple[dict[str, str], list[str]]:
    """Choose one spelling for each outlet: the commonest, but one already in the corpus stays.

    Parameters
    ----------
    counts
        Records by outlet as it is spelled.
    before
        Folded spelling to name, of the corpus as it was.
    config
        Names given in `corpus.toml` go before all others.

    Returns
    -------
    dict, list
        Folded spelling to name; and what is to be said about it.
    """
    chosen: dict[str, str] = {}
    for name, _ in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0].isupper(), kv[0])):
        chosen.setdefault(outlet_key(name), name)
    chosen |= before
    chosen |= {outlet_key(v): v for v in config.outlets.values()}
    notes = []
    strangers = sorted(n for n in config.cleaning_off if n != "*" and outlet_key(n) not in chosen)
    if strangers:
        notes.append(f"[cleaning.off] names no outlet of this corpus: {', '.join(map(repr, strangers))}")
    merged = sorted(n for n in counts if n and chosen[outlet_key(n)] != n)
    if merged:
        notes.append(
            "one outlet under several spellings: "
            + ", ".join(f"{n!r} is {chosen[outlet_key(n)]!r}" for n in merged)
        )
    return chosen, notes
