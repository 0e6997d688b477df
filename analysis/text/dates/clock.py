"""Times of day and zones as they are printed beside a date, and the instant that they make with it.

Not for the zone of an outlet, which `corpus.toml` gives. An abbreviation that means several zones is never guessed.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

# Minutes east of Greenwich. With more than one the outlet's own zone decides, or nothing does.
_OFFSETS: dict[str, tuple[int, ...]] = {
    "UTC": (0,), "GMT": (0,), "Z": (0,), "WET": (0,), "WEST": (60,), "CET": (60,), "CEST": (120,),
    "MEZ": (60,), "MESZ": (120,), "EET": (120,), "EEST": (180,), "MSK": (180,), "TRT": (180,),
    "IRST": (210,), "IRDT": (270,), "AFT": (270,), "PKT": (300,), "UZT": (300,), "TJT": (300,),
    "NPT": (345,), "BDT": (360,), "BTT": (360,), "MMT": (390,), "ICT": (420,), "WIB": (420,),
    "WITA": (480,), "HKT": (480,), "SGT": (480,), "MYT": (480,), "PHT": (480,), "AWST": (480,),
    "JST": (540,), "KST": (540,), "WIT": (540,), "AEST": (600,), "AEDT": (660,), "ACST": (570,),
    "ACDT": (630,), "NZST": (720,), "NZDT": (780,), "SLST": (330,), "EAT": (180,), "CAT": (120,),
    "WAT": (60,), "SAST": (120,), "IDT": (180,), "EST": (-300, 600), "EDT": (-240,), "CDT": (-300,),
    "MDT": (-360,), "PDT": (-420,), "AKST": (-540,), "HST": (-600,), "IST": (330, 120, 60),
    "BST": (60, 360), "CST": (-360, 480, -300), "MST": (-420, 480, 390), "PST": (-480, 300, 480),
    "AST": (-240, 180), "GST": (240, -120), "SST": (480, -660), "LKT": (330,), "PKST": (360,),
}  # fmt: skip
_USUALLY = frozenset({"EST"})  # of New York, unless the outlet is in Australia
_REGIONS = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
NAMES = frozenset(_OFFSETS) | frozenset(_REGIONS)
_AFTERNOON = re.compile(r"p|م$|ب")
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?$", re.A)
_FARTHEST = 14 * 60


class Clock(NamedTuple):
    """A time of day, and its zone as printed: an abbreviation, an offset such as +0500, or nothing."""

    time: time
    zone: str = ""


def clock(hour: str, minute: str, second: str | None, half: str | None, zone: str = "") -> Clock | None:
    """Make a time of what was printed, or None where there is no such time of day.

    >>> clock("12", "14", None, "am").time, clock("25", "61", None, None)
    (datetime.time(0, 14), None)
    """
    h = int(hour)
    # 13:42pm is written now and then: the hour is of 24.
    if half and 1 <= h <= 12:
        h = h % 12 + (12 if _AFTERNOON.match(half.strip().lower()) else 0)
    try:
        return Clock(time(h, int(minute), int(second or 0)), zone)
    except ValueError:
        return None


def instant(day: date, at: Clock, zone: str | None) -> datetime | None:
    """Give the UTC instant of a printed day and time, or None where its zone is not known.

    >>> instant(date(2023, 7, 20), Clock(time(22, 30), "PKT"), None)
    datetime.datetime(2023, 7, 20, 17, 30, tzinfo=datetime.timezone.utc)
    """
    local = datetime.combine(day, at.time)
    own = ZoneInfo(zone) if zone else None
    stated = _stated(at.zone, local, own) if at.zone else own
    return None if stated is None else local.replace(tzinfo=stated).astimezone(UTC)


def _stated(name: str, local: datetime, own: ZoneInfo | None) -> tzinfo | None:
    """Give the zone a printed name means here."""
    if name in _REGIONS:
        return ZoneInfo(_REGIONS[name])
    offsets = [timedelta(minutes=m) for m in _offsets(name)]
    if len(offsets) > 1 and own is not None and local.replace(tzinfo=own).utcoffset() in offsets:
        return own
    return timezone(offsets[0]) if len(offsets) == 1 or name in _USUALLY else None


@lru_cache(maxsize=1024)
def _offsets(name: str) -> tuple[int, ...]:
    if name in _OFFSETS:
        return _OFFSETS[name]
    found = _OFFSET.search(name)
    if found is None:
        return ()
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    if minutes > _FARTHEST or int(found[3] or 0) > 59:
        return ()
    return (minutes if found[1] == "+" else -minutes,)
