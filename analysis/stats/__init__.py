"""Arrays in, arrays out: measures of terms, tests that count articles and not words, intervals.

Not for corpora, tables or pictures: nothing here knows where its arrays come from. Each module is one algorithm
or one family of formulas; import from the module (`from analysis.stats.keyness_test import keyness_test`).
"""
