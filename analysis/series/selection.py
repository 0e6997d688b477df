"""How the articles of a corpus were chosen. Not for what follows from it: each measure knows."""

from analysis.corpus.handle import Corpus


def base_selection(corpus: Corpus) -> str:
    """Return how the corpus was put together: census, query or handpicked."""
    return str(corpus.snapshot.parameters.get("config", {}).get("selection", "census"))
