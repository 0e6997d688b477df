"""The engines: each turns counts into term distributions of topics, and nothing else."""

from analysis.errors import choose
from analysis.topics.engines.base import Engine

METHODS = ("nmf", "lda", "lda-gibbs")


def engine_of(method: str) -> Engine:
    """Give the engine of a method, with its default options."""
    choose("method", method, METHODS)
    if method == "lda":
        from analysis.topics.engines.lda import Lda

        return Lda()
    if method == "lda-gibbs":
        from analysis.topics.engines.gibbs import Gibbs, tomotopy

        tomotopy()  # a package that is not here is said before any work is done
        return Gibbs()
    from analysis.topics.engines.nmf import Nmf

    return Nmf()
