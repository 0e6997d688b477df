"""The stories of a snapshot that is about to be committed. Not for finding them: `stories_find`."""

import os
from dataclasses import replace

from analysis.corpus.config import StorySettings
from analysis.corpus.handle import Corpus
from analysis.corpus.store import Snapshot, write_table
from analysis.corpus.stories_find import find_stories


def with_stories(corpus: Corpus, settings: StorySettings) -> Snapshot:
    """Find the stories of all articles the new snapshot will have, and add them to it; or note why not."""
    snapshot, folder = corpus.snapshot, corpus.path
    n = snapshot.counts["kept"]
    if n > settings.most:
        said = (
            f"stories were not looked for: {n:,} articles are more than [stories] most = {settings.most:,} in "
            "corpus.toml (it takes some kB of memory an article)"
        )
        return replace(snapshot, notes=(*snapshot.notes, said))
    spool = folder / f".spool-{os.getpid()}"
    spool.mkdir()
    try:
        rows = find_stories(corpus, settings, spool)
    finally:
        for left in spool.iterdir():
            left.unlink()
        spool.rmdir()
    written = write_table(folder, "stories", f"{snapshot.number:05d}", [rows])
    return replace(snapshot, files=(*snapshot.files, *([written] if written else [])))
