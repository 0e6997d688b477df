"""Counts of terms from texts that are in no corpus: for a comparison with other tools, and for texts at hand.

Not for a corpus, whose text was cut at ingest (`dtm`). Voices, parts and n-grams need one.
"""

from typing import Any

import numpy as np
import pyarrow as pa

from analysis.corpus.encoded import Encoding
from analysis.corpus.packed import integers
from analysis.errors import InputError, message
from analysis.terms.grams import article_counts
from analysis.terms.recipe import Recipe
from analysis.terms.stream import Streamer
from analysis.terms.vocabulary import term_map
from analysis.text.tokenize import Texts, tokenize, type_classes


def count_texts(texts: Texts, recipe: Recipe) -> tuple[Any, pa.Array]:
    r"""Count the terms of each text.

    Parameters
    ----------
    texts
        Any strings, as for `tokenize`.
    recipe
        What is a term; without voices, parts, n-grams, phrases, and lists by language.

    Returns
    -------
    scipy.sparse.csr_array, pyarrow.Array
        Occurrences (int32), texts x terms, columns sorted within rows; and the terms, sorted by code point.

    Raises
    ------
    InputError
        The recipe asks for what a text alone does not have.

    Notes
    -----
    With `Recipe(split=r"\w\w+")` it is what scikit-learn's CountVectorizer counts.

    Examples
    --------
    >>> counts, terms = count_texts(["No, no ferry.", "A ferry"], Recipe())
    >>> terms.to_pylist(), counts.toarray().tolist()
    (['a', 'ferry', 'no'], [[0, 1, 2], [1, 1, 0]])
    """
    from scipy.sparse import csr_array

    if recipe.voice or recipe.part or recipe.phrases or recipe.by_language or recipe.ngrams != (1,):
        raise InputError(
            message(
                "texts alone have no voices, parts, languages, phrases and n-grams",
                got=recipe.params,
                hint="Ingest them, and use `tokens` and `dtm`.",
            )
        )
    cut = tokenize(texts)
    encoding = Encoding(cut.types, type_classes(cut.types).astype(np.int8))
    terms = term_map(recipe, encoding, [])
    batch = pa.record_batch({"type_ids": integers(cut.type_ids, cut.text_offsets)})
    stream = Streamer(recipe, terms)(batch)
    indptr, indices, counts = article_counts(stream, len(terms))
    shape = (len(cut.text_offsets) - 1, len(terms))
    return csr_array((counts, indices, indptr.astype(np.int32)), shape=shape), terms.terms
