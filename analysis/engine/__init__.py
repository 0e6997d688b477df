"""Who runs a computation over the parts of a corpus; no computation knows which engine it has."""

from analysis.engine.base import Engine
from analysis.engine.fold import Fold
from analysis.engine.local import EngineError, Processes, Serial, choose_engine

__all__ = ["Engine", "EngineError", "Fold", "Processes", "Serial", "choose_engine"]
