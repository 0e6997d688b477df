"""Tokens: a corpus seen through a recipe. Holds no text and no counts; measures take it and count.

Not for cutting text into tokens, which was done once, at ingest (`analysis.text.tokenize`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from analysis.corpus.handle import Corpus
from analysis.errors import InputError, SelectionError, message
from analysis.terms.recipe import Recipe, make_recipe
from analysis.terms.vocabulary import TermMap, term_map


@dataclass(frozen=True)
class Tokens:
    """A corpus and a recipe; made by `tokens`.

    Attributes
    ----------
    corpus
        The articles.
    recipe
        What becomes of their tokens.
    """

    corpus: Corpus
    recipe: Recipe

    @cached_property
    def vocabulary(self) -> TermMap:
        """The terms of the recipe over all types of the corpus's snapshot, whatever is selected.

        Raises
        ------
        SelectionError
            The recipe leaves no term at all.
        """
        made = term_map(self.recipe, self.corpus.encoding, self._languages())
        if not len(made) and len(self.corpus.encoding):
            raise SelectionError(
                message(
                    "the recipe leaves no terms",
                    got=self.recipe.params,
                    expected="at least one term of the corpus's "
                    f"{len(self.corpus.encoding):,} forms to be kept",
                    hint="Look at `min_length`, `numbers`, `stopwords` and `drop`.",
                )
            )
        return made

    @property
    def params(self) -> dict[str, Any]:
        """The recipe, where it differs from the defaults, for the signature of a result."""
        return {"recipe": self.recipe.params}

    @property
    def corpus_fingerprint(self) -> str:
        """The fingerprint of the articles."""
        return self.corpus.fingerprint

    def __repr__(self) -> str:
        return f"<Tokens of {self.corpus.name}: {self.recipe.params or 'every word'}>"

    def _languages(self) -> list[str | None]:
        if not self.recipe.by_language:
            return []
        found: set[str | None] = set()
        for batch in self.corpus.scan("language"):
            found.update(batch.column(0).unique().to_pylist())
        return sorted(found, key=str)


def tokens(
    corpus: Corpus,
    *,
    voice: str | Sequence[str] | None = None,
    part: str | Sequence[str] | None = None,
    lower: bool = True,
    stopwords: str | Sequence[str] | None = None,
    drop: str | Sequence[str] | None = None,
    min_length: int = 1,
    numbers: bool = True,
    punctuation: bool = False,
    possessives: str = "strip",
    lemmas: str | Sequence[str] | None = None,
    phrases: str | Sequence[str] | None = None,
    ngrams: int | Sequence[int] = 1,
    split: str = "word",
) -> Tokens:
    r"""See a corpus through a recipe: what is a term, and what is left out.

    Nothing is read or computed until a measure asks.

    Parameters
    ----------
    corpus
        The articles.
    voice
        `narration`, `quotation`, `reported`, or several; None for all.
    part
        `title`, `standfirst`, `body`, or several; None for all.
    lower
        Ignore case (in patterns too).
    stopwords
        Words of closed classes to leave out: the code of a language (`en`, `ur`, ...), `auto` for each article's own
        language, a file of your own (`mylist.txt`, a word a line), or several of these. A named list holds for
        every article. See `stop_words`.
    drop
        Your own words to leave out, such as names of outlets.
    min_length
        Fewest characters of a term (1 to 100).
    numbers
        Keep numbers (10-12, 1,000).
    punctuation
        Keep punctuation, symbols and addresses as terms. They never count in denominators.
    possessives
        `strip`: pakistan's is pakistan, and it's is it. `keep`: they are terms of their own.
    lemmas
        Dictionary forms: the code of a language (for every article), several codes or `auto` (each article by its
        own language; other articles keep their words). Not for Urdu, Pashto, Sinhala, Tamil.
    phrases
        Phrases that become one term (`foreign minister` -> `foreign_minister`), before stop words are left out.
        Within a sentence; where two overlap, the first, and of two that begin at one word the longer.
    ngrams
        Lengths: 2 for pairs of neighbours, (1, 2) for single terms and pairs. Of our own tokens, n-grams end at
        punctuation, at what the recipe leaves out, and at the sentence; of split recipes they run over the article, as
        scikit-learn's do.
    split
        `word` for the tokens of this package; `\w\w+` for what scikit-learn's CountVectorizer takes for words.

    Returns
    -------
    Tokens

    Raises
    ------
    InputError, UnknownNameError
        A parameter is not as said here; unknown languages are answered with those there are.

    Notes
    -----
    Words are counted in denominators before anything is left out but voices and parts. A recipe is a map over the
    types of the corpus (about 0.3 s for 250,000) and not a pass over its text; lemmas take 12 microseconds a type
    the first time.
    """
    if not isinstance(corpus, Corpus):
        raise InputError(
            message("`corpus`", got=type(corpus).__name__, expected="a Corpus", hint="See `open_corpus`.")
        )
    recipe = make_recipe(
        voice=voice,
        part=part,
        lower=lower,
        stopwords=stopwords,
        drop=drop,
        min_length=min_length,
        numbers=numbers,
        punctuation=punctuation,
        possessives=possessives,
        lemmas=lemmas,
        phrases=phrases,
        ngrams=ngrams,
        split=split,
    )
    return Tokens(corpus, recipe)
