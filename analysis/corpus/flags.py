"""What is doubtful about articles: every flag that cleaning and dating set, counted and explained.

Not for leaving anything out: a flagged article stays in the corpus until the researcher decides.
"""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus.glossary import meaning_of_flag
from analysis.corpus.handle import Corpus
from analysis.corpus.tables import as_result, columns_of
from analysis.result import Result


def flags(corpus: Corpus) -> Result:
    """Count the flagged articles, by outlet and flag, with what each flag means and an example.

    Returns
    -------
    Result
        `outlet`, `flag` (str), `n_docs` (int64, articles), `share` (float64, of the outlet's articles, 0 to 1),
        `meaning` (str, one sentence), `example_doc_id`, `example_title` (str, title null where it has none); by outlet,
        commonest first. An article with two flags is in two rows.

    Notes
    -----
    One pass over four columns. Nothing is left out of the corpus for a flag.
    """
    table = columns_of(corpus, "doc_id", "outlet", "title", "flags").combine_chunks()
    outlets = pc.fill_null(table["outlet"], "(no outlet)").combine_chunks()
    sizes = {r["values"]: r["counts"] for r in pc.value_counts(outlets).to_pylist()}
    lists = table["flags"].combine_chunks()
    at = pc.list_parent_indices(lists)
    ids = table["doc_id"].combine_chunks().take(at)
    flat = pa.table({"outlet": outlets.take(at), "flag": pc.list_flatten(lists), "doc_id": ids})
    found = flat.group_by(["outlet", "flag"]).aggregate([("doc_id", "count_distinct"), ("doc_id", "min")])
    where = pc.index_in(found["doc_id_min"], value_set=table["doc_id"].combine_chunks()).combine_chunks()
    titles = table["title"].combine_chunks().take(where).to_pylist()
    rows: list[tuple[Any, ...]] = []
    for r, title in zip(found.to_pylist(), titles, strict=True):
        outlet, flag, n = r["outlet"], r["flag"], r["doc_id_count_distinct"]
        rows.append((outlet, flag, n, n / sizes[outlet], meaning_of_flag(flag), r["doc_id_min"], title))
    rows.sort(key=lambda r: (r[0], -r[2], r[1]))
    flagged = pc.sum(pc.greater(pc.list_value_length(lists), 0)).as_py() or 0
    notes = (f"{flagged:,} of {len(table):,} articles have a flag; all of them stay in the corpus.",)
    names = ["outlet", "flag", "n_docs", "share", "meaning", "example_doc_id", "example_title"]
    return as_result("flags", corpus, names, rows, "articles", notes)
