"""Who prints how many articles about what on which day: the demo's plan, drawn as arrays before any text.

Attention to a topic is AR(1) in its logarithm; events bring several separately written reports; wire stories
are taken over by papers. Not for words: `compose.py` writes them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.demo import world

OWN, REPORT, COPY = 0, 1, 2
VERBATIM, EDITED, TRUNCATED, BRIDGED = 0, 1, 2, 3
COPY_KINDS = ("verbatim", "edited", "truncated", "bridged")
Array = NDArray[Any]


@dataclass(frozen=True)
class Settings:
    """What `build_demo` was asked for."""

    articles: int
    seed: int
    null: bool = False
    by: str = "month"  # or "two months": what a table file holds
    max_pages: int = 400


@dataclass(frozen=True)
class Plan:
    """Arrays with one entry per article, sorted by outlet and day; `origin` points at rows (-1: none)."""

    outlet: Array
    day: Array
    topic: Array
    kind: Array
    event: Array
    origin: Array
    second: Array
    edit: Array
    order: Array  # where each planned row stands now: for `origin` and `second`
    expected: Array  # outlet x day x topic probabilities of own articles


def days() -> list[date]:
    """List the days of the demo."""
    return [world.START + timedelta(days=i) for i in range((world.END - world.START).days + 1)]


def day_number(day: date) -> int:
    """Count days from the first."""
    return (day - world.START).days


def activity(*, null: bool) -> Array:
    """Give the relative volume of every outlet (row) on every day (column)."""
    calendar = days()
    n = len(calendar)
    weekday = np.array([d.weekday() for d in calendar])
    holiday = np.array([0.3 if d in world.HOLIDAYS else 1.0 for d in calendar])
    rows = []
    for outlet in world.OUTLETS:
        first, last = outlet.volume
        if null:
            first = last = (first + last) / 2
        rows.append(np.linspace(first, last, n) * np.array(outlet.week)[weekday] * holiday)
    out = np.array(rows)
    since, until = (day_number(d) for d in world.MISSING_WEEK)
    out[world.MISSING_OUTLET, since : until + 1] = 0
    out[world.JOINING, : day_number(world.JOIN)] = 0
    out[world.LEAVING, day_number(world.LEAVE) + 1 :] = 0
    return out


def topic_shares(rng: np.random.Generator, *, null: bool) -> Array:
    """Give P(topic) for own articles by outlet, day and topic."""
    n, k = len(days()), len(world.TOPICS)
    log = np.zeros((n, k))
    for t in range(1, n):  # AR(1), rho .85, marginal sd about .38
        log[t] = 0.85 * log[t - 1] + 0.2 * rng.standard_normal(k)
    attention = np.exp(log)
    base = np.array([world.BASE.get(t, 0.0) for t in world.TOPICS])
    rest = base * attention
    rest /= rest.sum(axis=1, keepdims=True)
    breaking, seeming = world.TOPICS.index(world.BREAKING), world.TOPICS.index(world.SEEMING)
    before, after = world.BORDER_SHARE
    level = np.full(n, before)
    if not null:
        level[day_number(world.BORDER_BREAK) :] = after
    # half the swing of other topics: the level must stay readable
    border = np.clip(level * np.exp(0.5 * log[:, breaking] - 0.02), 0, 0.5)
    out = np.empty((len(world.OUTLETS), n, k))
    for o, outlet in enumerate(world.OUTLETS):
        constant = outlet.mining
        own_border = border * (1 - constant)
        out[o] = rest * (1 - constant - own_border)[:, None]
        out[o, :, breaking], out[o, :, seeming] = own_border, constant
    return out


def make_plan(settings: Settings) -> Plan:
    """Draw the plan: about `settings.articles` articles."""
    rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([settings.seed, 1])))
    volume = activity(null=settings.null)
    shares = topic_shares(rng, null=settings.null)
    n_days = shares.shape[1]
    cells = volume / volume.sum()
    n_copies, n_reports = round(settings.articles * 0.15), round(settings.articles * 0.12)
    events = _events(rng, n_reports, volume, shares)
    n_own = max(settings.articles - n_copies - len(events[0]), 0)

    cell = np.repeat(np.arange(cells.size), rng.multinomial(n_own, cells.ravel()))
    outlet, day = cell // n_days, cell % n_days
    topic = _choose(rng, shares[outlet, day])
    own = np.zeros(len(cell), dtype=np.int64)
    outlet, day = np.concatenate([outlet, events[0]]), np.concatenate([day, events[1]])
    topic = np.concatenate([topic, events[2]])
    event = np.concatenate([own - 1, events[3]])
    kind = np.concatenate([own, np.full(len(events[0]), REPORT)])
    copies = _copies(rng, n_copies, volume, outlet, day)
    width = len(outlet)
    outlet = np.concatenate([outlet, copies[0]])
    day = np.concatenate([day, copies[1]])
    topic = np.concatenate([topic, topic[copies[2]]])
    event = np.concatenate([event, np.full(len(copies[0]), -1)])
    kind = np.concatenate([kind, np.full(len(copies[0]), COPY)])
    none = np.full(width, -1)
    origin, second = np.concatenate([none, copies[2]]), np.concatenate([none, copies[3]])
    edit = np.concatenate([none, copies[4]])
    at = np.lexsort((np.arange(len(outlet)), day, outlet))
    order = np.empty(len(at), dtype=np.int64)
    order[at] = np.arange(len(at))
    moved = [np.where(a[at] >= 0, order[a[at]], -1) for a in (origin, second)]
    return Plan(
        outlet[at], day[at], topic[at], kind[at], event[at], moved[0], moved[1], edit[at], order, shares
    )


def _choose(rng: np.random.Generator, p: Array) -> Array:
    """Draw one column of each row of `p`."""
    out: Array = np.minimum((rng.random(len(p))[:, None] > np.cumsum(p, axis=1)).sum(axis=1), p.shape[1] - 1)
    return out


def _events(
    rng: np.random.Generator, n: int, volume: Array, shares: Array
) -> tuple[Array, Array, Array, Array]:
    """Place events: each with 3-8 separately written reports within four days, across outlets."""
    out: list[tuple[int, int, int, int]] = []
    n_days = volume.shape[1]
    weight = np.cumsum(volume.sum(axis=0) / volume.sum())
    number = 0
    while len(out) < n:
        day = min(int(np.searchsorted(weight, rng.random())), n_days - 1)
        size = 3 + int(rng.random() * 6)
        here = _reports(rng, volume, day, size)
        # an outlet's constant share must hold among reports too, so that only the mix moves the seeming riser
        p = np.mean([shares[o, d] for o, d in here], axis=0) if here else shares[0, day]
        p[world.TOPICS.index(world.SEEMING)] = 0
        topic = int(_choose(rng, (p / p.sum())[None, :])[0])
        out += [(o, d, topic, number) for o, d in here]
        number += 1
    rows = np.array(out, dtype=np.int64).reshape(-1, 4)
    return rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3]


def _reports(rng: np.random.Generator, volume: Array, day: int, size: int) -> list[tuple[int, int]]:
    """Choose outlet and day of each report of an event."""
    here = []
    for _ in range(size):
        d = min(day + int(rng.random() ** 2 * 4), volume.shape[1] - 1)
        p = np.cumsum(volume[:, d])
        if p[-1] > 0:
            here.append((int(np.searchsorted(p, rng.random() * p[-1], side="right")), d))
    return here


def _copies(rng: np.random.Generator, n: int, volume: Array, outlet: Array, day: Array) -> tuple[Array, ...]:
    """Let papers take over wire stories: on the day, or one or two days late."""
    wire = np.flatnonzero(np.isin(outlet, world.AGENCIES))
    wire = wire[np.argsort(day[wire], kind="stable")]
    out: list[tuple[int, int, int, int, int]] = []
    popular = np.flatnonzero(rng.random(len(wire)) < 0.4)
    taken: set[tuple[int, int]] = set()
    tries = 0
    while len(out) < n and len(popular) and tries < 30 * n + 100:
        tries += 1
        at = int(popular[int(rng.random() * len(popular))])
        origin = int(wire[at])
        late = int(np.searchsorted([0.65, 0.88], rng.random(), side="right"))
        d = int(day[origin]) + late
        if d >= volume.shape[1]:
            continue
        p = np.cumsum(volume[: world.N_PAPERS, d])
        if p[-1] <= 0:
            continue
        paper = int(np.searchsorted(p, rng.random() * p[-1], side="right"))
        kind = int(np.searchsorted([0.4, 0.7, 0.88], rng.random(), side="right"))
        second = -1
        if kind == BRIDGED:
            near = [int(wire[j]) for j in (at - 1, at - 2, at + 1) if 0 <= j < len(wire)]
            near = [
                o for o in near if day[o] <= d and day[o] >= day[origin] - 1 and outlet[o] == outlet[origin]
            ]
            if not near:
                continue
            second = near[0]
        if (paper, origin) in taken:
            continue
        taken.add((paper, origin))
        out.append((paper, d, origin, second, kind))
    rows = np.array(out, dtype=np.int64).reshape(-1, 5)
    return tuple(rows[:, i] for i in range(5))
