"""Corpora of regional news: from the raw paste to publishable, reproducible numbers.

The public names, and nothing else. Each is imported when it is first used, so that `import analysis` is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from analysis._version import __version__

if TYPE_CHECKING:
    from analysis.corpus.corrections import correct as correct
    from analysis.corpus.corrections import corrections as corrections
    from analysis.corpus.demo import build_demo as build_demo
    from analysis.corpus.describe import accounting as accounting
    from analysis.corpus.describe import describe as describe
    from analysis.corpus.describe import field_coverage as field_coverage
    from analysis.corpus.describe import fields_used as fields_used
    from analysis.corpus.describe import languages as languages
    from analysis.corpus.describe import lengths as lengths
    from analysis.corpus.describe import outlet_months as outlet_months
    from analysis.corpus.flags import flags as flags
    from analysis.corpus.handle import Corpus as Corpus
    from analysis.corpus.handle import open_corpus as open_corpus
    from analysis.corpus.ingest import ingest as ingest
    from analysis.corpus.quality import date_quality as date_quality
    from analysis.corpus.quality import duplicates as duplicates
    from analysis.corpus.quality import reject_reasons as reject_reasons
    from analysis.corpus.quality import rejects as rejects
    from analysis.corpus.recheck import recheck as recheck
    from analysis.corpus.removed import cleaning as cleaning
    from analysis.corpus.removed import cleaning_examples as cleaning_examples
    from analysis.corpus.removed import rules as rules
    from analysis.corpus.stories import near_copies as near_copies
    from analysis.corpus.stories import stories as stories
    from analysis.corpus.stories import story as story
    from analysis.errors import AnalysisError as AnalysisError
    from analysis.measures.collocation import collocation as collocation
    from analysis.measures.concordance import concordance as concordance
    from analysis.measures.dispersion import dispersion as dispersion
    from analysis.measures.dispersion import dispersion_parts as dispersion_parts
    from analysis.measures.diversity import article_diversity as article_diversity
    from analysis.measures.diversity import diversity as diversity
    from analysis.measures.frequency import term_frequency as term_frequency
    from analysis.measures.keyness import keyness as keyness
    from analysis.measures.keyness import outlet_keyness as outlet_keyness
    from analysis.measures.rate import term_rate as term_rate
    from analysis.measures.tfidf import tf_idf as tf_idf
    from analysis.plots import plot as plot
    from analysis.report.output import keep as keep
    from analysis.report.output import show as show
    from analysis.result import Measurement as Measurement
    from analysis.result import Result as Result
    from analysis.series.breaks import breaks as breaks
    from analysis.series.claims import claims as claims
    from analysis.series.compare import compare as compare
    from analysis.series.composition import composition as composition
    from analysis.series.coverage import coverage as coverage
    from analysis.series.evidence import evidence as evidence
    from analysis.series.trend import trend as trend
    from analysis.series.volume import volume as volume
    from analysis.terms.dtm import dtm as dtm
    from analysis.terms.patterns import read_dictionary as read_dictionary
    from analysis.terms.phrases import find_phrases as find_phrases
    from analysis.terms.stopwords import stop_words as stop_words
    from analysis.terms.tokens import Tokens as Tokens
    from analysis.terms.tokens import tokens as tokens

_HOMES = {
    "analysis.corpus.corrections": ("correct", "corrections"),
    "analysis.corpus.demo": ("build_demo",),
    "analysis.corpus.describe": (
        "accounting", "describe", "field_coverage", "fields_used", "languages", "lengths", "outlet_months",
    ),
    "analysis.corpus.flags": ("flags",),
    "analysis.corpus.handle": ("Corpus", "open_corpus"),
    "analysis.corpus.ingest": ("ingest",),
    "analysis.corpus.quality": ("date_quality", "duplicates", "reject_reasons", "rejects"),
    "analysis.corpus.recheck": ("recheck",),
    "analysis.corpus.removed": ("cleaning", "cleaning_examples", "rules"),
    "analysis.corpus.stories": ("near_copies", "stories", "story"),
    "analysis.errors": ("AnalysisError",),
    "analysis.measures.collocation": ("collocation",),
    "analysis.measures.concordance": ("concordance",),
    "analysis.measures.dispersion": ("dispersion", "dispersion_parts"),
    "analysis.measures.diversity": ("article_diversity", "diversity"),
    "analysis.measures.frequency": ("term_frequency",),
    "analysis.measures.keyness": ("keyness", "outlet_keyness"),
    "analysis.measures.rate": ("term_rate",),
    "analysis.measures.tfidf": ("tf_idf",),
    "analysis.plots": ("plot",),
    "analysis.report.output": ("keep", "show"),
    "analysis.result": ("Measurement", "Result"),
    "analysis.terms.dtm": ("dtm",),
    "analysis.terms.patterns": ("read_dictionary",),
    "analysis.terms.phrases": ("find_phrases",),
    "analysis.terms.stopwords": ("stop_words",),
    "analysis.terms.tokens": ("Tokens", "tokens"),
    "analysis.series.claims": ("claims",),
    "analysis.series.compare": ("compare",),
    "analysis.series.breaks": ("breaks",),
    "analysis.series.composition": ("composition",),
    "analysis.series.coverage": ("coverage",),
    "analysis.series.evidence": ("evidence",),
    "analysis.series.trend": ("trend",),
    "analysis.series.volume": ("volume",),
}  # fmt: skip
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = ["__version__", *_HOME]  # noqa: PLE0604  (names of strings, all of them)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
