"""From the written banks to frames that fill fast: a frame is literal, slot, literal, slot, ... literal.

Not for choosing frames: `compose.py` does that. A bank is text: `# kind` headings, `- ` frames, and
`name: a | b | c` slots.
"""

from functools import cache
from typing import NamedTuple

from analysis.corpus.demo import (
    bank_general,
    bank_land,
    bank_money,
    bank_public,
    bank_state,
    bank_tone,
    world,
)
from analysis.corpus.demo.draw import Draw


class Frame(NamedTuple):
    """A sentence with slots; `pos` and `neg` count its planted tone words."""

    literals: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    pos: int
    neg: int


class Bank(NamedTuple):
    """The frames of one topic, by kind."""

    narration: tuple[Frame, ...]
    claims: tuple[Frame, ...]
    headlines: tuple[Frame, ...]


def _numbers() -> dict[str, tuple[str, ...]]:
    """Slots whose values are counted, not written."""
    return {
        "n": tuple(str(n) for n in range(3, 98)),
        "big": tuple(f"{n:,}" for n in range(130, 96_000, 173)),
        "pct": tuple(f"{n / 10:.1f} percent" for n in range(11, 480, 3)),
        "money": tuple(f"{n / 10:.1f} million marren" for n in range(13, 4000, 7)),
        "km": tuple(f"{n} kilometres" for n in range(4, 190)),
        "clock": tuple(
            f"{h}:{m:02d}{half}"
            for h in range(1, 12)
            for m in (5, 10, 20, 30, 40, 50)
            for half in ("am", "pm")
        ),
        "year": tuple(str(y) for y in range(1987, 2023)),
        "person": tuple(f"{a} {b}" for a in world.FIRST for b in world.LAST),
    }


@cache
def slots() -> dict[str, tuple[str, ...]]:
    """Give every slot common to all banks."""
    common = parse(bank_general.SLOTS)[1] | parse(bank_tone.SLOTS)[1]
    return (
        common
        | _numbers()
        | {
            "city": world.CITIES,
            "city2": world.CITIES,
            "province": world.PROVINCES,
            "river": tuple(f"the {r}" for r in world.RIVERS),
            "country": (world.COUNTRY,),
            "neighbour": (world.NEIGHBOUR,),
            "party": tuple(f"the {p}" for p in world.PARTIES),
            "company": world.COMPANIES,
        }
    )


def parse(text: str) -> tuple[dict[str, list[str]], dict[str, tuple[str, ...]]]:
    """Split a written bank into frames by kind and slots by name."""
    frames: dict[str, list[str]] = {}
    found: dict[str, list[str]] = {}
    now: list[str] = []
    name = ""
    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith("# "):
            now, name = frames.setdefault(line[2:].strip(), []), ""
        elif line.startswith("- "):
            now.append(line[2:])
        elif line and ":" in line and "|" in line and not raw.startswith(" "):
            name, _, rest = line.partition(":")
            found[name] = [rest]
        elif line and name:
            found[name].append(line)
        elif line:
            now[-1] += " " + line
    values = {
        k: tuple(v.strip() for v in " ".join(rows).split("|") if v.strip()) for k, rows in found.items()
    }
    return {k: v for k, v in frames.items() if v}, values


def compile_frame(text: str, known: dict[str, tuple[str, ...]]) -> Frame:
    """Cut a written frame at its slots."""
    literals, names = [], []
    rest = text
    while "{" in rest:
        before, _, rest = rest.partition("{")
        name, _, rest = rest.partition("}")
        literals.append(before)
        names.append(name)
    literals.append(rest)
    pos, neg = (sum(n.startswith(kind) for n in names) for kind in ("good_", "bad_"))
    return Frame(tuple(literals), tuple(names), tuple(known[n] for n in names), pos, neg)


@cache
def banks() -> dict[str, Bank]:
    """Compile the banks of all topics, and `general`, `good`, `bad`."""
    texts = bank_state.BANKS | bank_land.BANKS | bank_public.BANKS | bank_money.BANKS
    texts = texts | {"general": bank_general.BANK, "good": bank_tone.GOOD, "bad": bank_tone.BAD}
    out = {}
    for topic, text in texts.items():
        frames, own = parse(text)
        known = slots() | own
        kinds = (
            tuple(compile_frame(f, known) for f in frames.get(k, []))
            for k in ("narration", "claims", "headlines")
        )
        out[topic] = Bank(*kinds)
    return out


def fill(frame: Frame, draw: Draw, facts: dict[str, str]) -> str:
    """Fill the slots: from the facts of the event where it has them (more often than not), else anew."""
    out = [frame.literals[0]]
    for name, values, literal in zip(frame.names, frame.values, frame.literals[1:], strict=True):
        known = facts.get(name)
        out.append(
            known if known is not None and draw.random() < 0.6 else values[int(draw.random() * len(values))]
        )
        out.append(literal)
    return "".join(out)
