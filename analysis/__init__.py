"""Corpora of regional news: from the raw paste to publishable, reproducible numbers.

The public names, and nothing else. Each is imported when it is first used, so that `import analysis` is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from analysis._version import __version__

if TYPE_CHECKING:
    from analysis.coding.begin import codes_for as codes_for
    from analysis.coding.begin import validated as validated
    from analysis.coding.coders import coder_agreement as coder_agreement
    from analysis.coding.coders import read_codes as read_codes
    from analysis.coding.corrected import corrected as corrected
    from analysis.coding.files import open_sheet as open_sheet
    from analysis.coding.form import coding_form as coding_form
    from analysis.coding.sample import coding_sheet as coding_sheet
    from analysis.coding.validate import validate as validate
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
    from analysis.explorer import explore as explore
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
    from analysis.measures.speakers import speakers as speakers
    from analysis.measures.speakers_passages import attributions as attributions
    from analysis.measures.speakers_share import speaker_share as speaker_share
    from analysis.measures.tfidf import tf_idf as tf_idf
    from analysis.plots import plot as plot
    from analysis.report.answer import answer as answer
    from analysis.report.output import keep as keep
    from analysis.report.output import show as show
    from analysis.result import Measurement as Measurement
    from analysis.result import Result as Result
    from analysis.sentiment.agreement import agreement as agreement
    from analysis.sentiment.instrument import Instrument as Instrument
    from analysis.sentiment.lexicon import Lexicon as Lexicon
    from analysis.sentiment.lexicon_read import read_lexicon as read_lexicon
    from analysis.sentiment.news_words import news_words as news_words
    from analysis.sentiment.scaling import fit_scaling as fit_scaling
    from analysis.sentiment.scaling_model import open_scaling as open_scaling
    from analysis.sentiment.scaling_scores import scaling_range as scaling_range
    from analysis.sentiment.scaling_scores import scaling_scores as scaling_scores
    from analysis.sentiment.scaling_scores import scaling_terms as scaling_terms
    from analysis.sentiment.score import segment_scores as segment_scores
    from analysis.sentiment.segments import coded_scores as coded_scores
    from analysis.sentiment.segments import marked_article as marked_article
    from analysis.sentiment.segments import segments as segments
    from analysis.sentiment.tables import tone_by_voice as tone_by_voice
    from analysis.sentiment.tables import tone_groups as tone_groups
    from analysis.sentiment.tone import tone as tone
    from analysis.sentiment.tone import tone_parts as tone_parts
    from analysis.sentiment.tone import tone_voices as tone_voices
    from analysis.sentiment.towards import towards as towards
    from analysis.sentiment.towards import towards_mentions as towards_mentions
    from analysis.sentiment.towards import towards_voices as towards_voices
    from analysis.sentiment.vader import Vader as Vader
    from analysis.series.around import around as around
    from analysis.series.breaks import breaks as breaks
    from analysis.series.claims import claims as claims
    from analysis.series.compare import compare as compare
    from analysis.series.composition import composition as composition
    from analysis.series.coverage import coverage as coverage
    from analysis.series.event import event as event
    from analysis.series.trend import trend as trend
    from analysis.series.volume import volume as volume
    from analysis.terms.dtm import dtm as dtm
    from analysis.terms.marked import marked as marked
    from analysis.terms.patterns import read_dictionary as read_dictionary
    from analysis.terms.phrases import find_phrases as find_phrases
    from analysis.terms.stopwords import stop_words as stop_words
    from analysis.terms.tokens import Tokens as Tokens
    from analysis.terms.tokens import tokens as tokens
    from analysis.topics.articles import topic_articles as topic_articles
    from analysis.topics.begin import topic_to_show as topic_to_show
    from analysis.topics.begin import topics_for as topics_for
    from analysis.topics.cards import topic_cards as topic_cards
    from analysis.topics.drift import topic_drift as topic_drift
    from analysis.topics.edits import merge_topics as merge_topics
    from analysis.topics.edits import name_topic as name_topic
    from analysis.topics.edits import open_topics as open_topics
    from analysis.topics.edits import topic_edits as topic_edits
    from analysis.topics.firmness import topic_stability as topic_stability
    from analysis.topics.fit import fit_topics as fit_topics
    from analysis.topics.grouped import topic_outlets as topic_outlets
    from analysis.topics.grouped import topic_periods as topic_periods
    from analysis.topics.model import TopicModel as TopicModel
    from analysis.topics.passages import topic_passages as topic_passages
    from analysis.topics.related import topic_correlation as topic_correlation
    from analysis.topics.selection import choose_topics as choose_topics
    from analysis.topics.share import topic_share as topic_share
    from analysis.topics.table import topic_table as topic_table
    from analysis.topics.terms import topic_terms as topic_terms
    from analysis.topics.words import topic_words as topic_words
    from analysis.tracing.evidence import evidence as evidence
    from analysis.tracing.evidence import evidence_rows as evidence_rows

_HOMES = {
    "analysis.coding.begin": ("codes_for", "validated"),
    "analysis.coding.coders": ("coder_agreement", "read_codes"),
    "analysis.coding.corrected": ("corrected",),
    "analysis.coding.files": ("open_sheet",),
    "analysis.coding.form": ("coding_form",),
    "analysis.coding.sample": ("coding_sheet",),
    "analysis.coding.validate": ("validate",),
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
    "analysis.explorer": ("explore",),
    "analysis.measures.collocation": ("collocation",),
    "analysis.measures.concordance": ("concordance",),
    "analysis.measures.dispersion": ("dispersion", "dispersion_parts"),
    "analysis.measures.diversity": ("article_diversity", "diversity"),
    "analysis.measures.frequency": ("term_frequency",),
    "analysis.measures.keyness": ("keyness", "outlet_keyness"),
    "analysis.measures.rate": ("term_rate",),
    "analysis.measures.speakers": ("speakers",),
    "analysis.measures.speakers_passages": ("attributions",),
    "analysis.measures.speakers_share": ("speaker_share",),
    "analysis.measures.tfidf": ("tf_idf",),
    "analysis.plots": ("plot",),
    "analysis.report.answer": ("answer",),
    "analysis.report.output": ("keep", "show"),
    "analysis.result": ("Measurement", "Result"),
    "analysis.sentiment.instrument": ("Instrument",),
    "analysis.sentiment.lexicon": ("Lexicon",),
    "analysis.sentiment.lexicon_read": ("read_lexicon",),
    "analysis.sentiment.agreement": ("agreement",),
    "analysis.sentiment.news_words": ("news_words",),
    "analysis.sentiment.score": ("segment_scores",),
    "analysis.sentiment.segments": ("coded_scores", "marked_article", "segments"),
    "analysis.sentiment.tables": ("tone_by_voice", "tone_groups"),
    "analysis.sentiment.tone": ("tone", "tone_parts", "tone_voices"),
    "analysis.sentiment.vader": ("Vader",),
    "analysis.terms.dtm": ("dtm",),
    "analysis.terms.marked": ("marked",),
    "analysis.terms.patterns": ("read_dictionary",),
    "analysis.terms.phrases": ("find_phrases",),
    "analysis.terms.stopwords": ("stop_words",),
    "analysis.terms.tokens": ("Tokens", "tokens"),
    "analysis.series.around": ("around",),
    "analysis.sentiment.scaling": ("fit_scaling",),
    "analysis.sentiment.scaling_model": ("open_scaling",),
    "analysis.sentiment.scaling_scores": ("scaling_range", "scaling_scores", "scaling_terms"),
    "analysis.sentiment.towards": ("towards", "towards_mentions", "towards_voices"),
    "analysis.series.claims": ("claims",),
    "analysis.series.compare": ("compare",),
    "analysis.series.breaks": ("breaks",),
    "analysis.series.composition": ("composition",),
    "analysis.series.coverage": ("coverage",),
    "analysis.series.event": ("event",),
    "analysis.series.trend": ("trend",),
    "analysis.series.volume": ("volume",),
    "analysis.tracing.evidence": ("evidence", "evidence_rows"),
    "analysis.topics.fit": ("fit_topics",),
    "analysis.topics.model": ("TopicModel",),
    "analysis.topics.share": ("topic_share",),
    "analysis.topics.articles": ("topic_articles",),
    "analysis.topics.begin": ("topic_to_show", "topics_for"),
    "analysis.topics.cards": ("topic_cards",),
    "analysis.topics.drift": ("topic_drift",),
    "analysis.topics.edits": ("merge_topics", "name_topic", "open_topics", "topic_edits",),
    "analysis.topics.firmness": ("topic_stability",),
    "analysis.topics.grouped": ("topic_outlets", "topic_periods",),
    "analysis.topics.passages": ("topic_passages",),
    "analysis.topics.related": ("topic_correlation",),
    "analysis.topics.selection": ("choose_topics",),
    "analysis.topics.table": ("topic_table",),
    "analysis.topics.terms": ("topic_terms",),
    "analysis.topics.words": ("topic_words",),
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
