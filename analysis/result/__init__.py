"""What every measure returns: a `Result` (a table) or a `Measurement` (a number for every article)."""

from analysis.result.measurement import Measurement
from analysis.result.result import Result
from analysis.result.source import EvidenceSource, Exhibit, Traced

__all__ = ["EvidenceSource", "Exhibit", "Measurement", "Result", "Traced"]
