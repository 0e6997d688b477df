"""The demo corpus: an invented region's news as raw files in every format, with its known truth.

For learning the toolkit, for its reports, and for tests that need to know the answer. Not a model of
any real press: nothing measured on it says anything about one.
"""

from analysis.corpus.demo.build import DemoSummary, build_demo, build_sample

__all__ = ["DemoSummary", "build_demo", "build_sample"]
