"""What of the settings decided the content of a snapshot, and what cleaning is told of them.

Not for reading settings (`config`), and not for deciding what is read again (`plan`).
"""

import json
from typing import Any

from analysis.corpus.config import Config
from analysis.corpus.outlets import outlet_key
from analysis.corpus.store import Snapshot
from analysis.corpus.stories_find import STORIES_VERSION
from analysis.fingerprint import canonical_json
from analysis.schema import CLEANER_VERSION, ENCODER_VERSION, SCHEMA_VERSION
from analysis.text.clean import CleanSettings


def settings_of(config: Config) -> CleanSettings:
    """Give the settings of cleaning, by the keys of outlets."""
    return CleanSettings(
        switched_off={outlet_key(k): frozenset(v) for k, v in config.cleaning_off.items()},
        zones={outlet_key(k): v for k, v in config.zones.items()},
        date_orders={outlet_key(k): v for k, v in config.date_order.items()},
    )


def parameters_of(config: Config, *, as_before: Snapshot | None = None) -> dict[str, Any]:
    """Give what decides the content; `as_before` lends its stories, for which nothing is read again."""
    plain: dict[str, Any] = {
        "config": config.to_dict(),
        "schema": SCHEMA_VERSION,
        "cleaner": CLEANER_VERSION,
        "encoder": ENCODER_VERSION,
        "stories": {**vars(config.stories), "version": STORIES_VERSION},
    }
    if as_before:
        plain["stories"] = as_before.parameters.get("stories")
        if plain["stories"] is None:
            del plain["stories"]
    return dict(json.loads(canonical_json(plain)))  # as it will be read back: lists, not tuples
