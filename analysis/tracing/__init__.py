"""From a row of a result back to its articles and sentences: `evidence(result, row)`, `evidence_rows(result)`.

Not for measuring: a tracer repeats the sums of its measure article by article, and the tests hold the two equal.
Adding a kind: write a function of `Asked` that returns a `Trace`, and a line in `registry`.
"""
