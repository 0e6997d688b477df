"""The Arrow schema of every table that is stored.

Not for tables that are only returned: those are documented by the function that returns them. A change here
is a change of `SCHEMA_VERSION`, and a corpus of another version says so when it is opened.
"""

import pyarrow as pa

SCHEMA_VERSION = 3
CLEANER_VERSION = 2
ENCODER_VERSION = 3

ARTICLE = pa.schema(
    [
        pa.field("doc_id", pa.string(), nullable=False),
        pa.field("outlet", pa.string()),
        pa.field("agency", pa.string()),
        pa.field("title", pa.string()),
        pa.field("standfirst", pa.string()),
        pa.field("body", pa.string()),
        pa.field("link", pa.string()),
        pa.field("author", pa.string()),
        pa.field("section", pa.string()),
        pa.field("dateline", pa.string()),
        pa.field("language", pa.string()),
        pa.field("language_declared", pa.string()),
        pa.field("published", pa.date32()),
        pa.field("published_precision", pa.string()),
        pa.field("published_at", pa.timestamp("us", tz="UTC")),
        pa.field("published_source", pa.string()),
        pa.field("published_raw", pa.string()),
        pa.field("retrieved", pa.date32()),
        pa.field("flags", pa.list_(pa.string())),
        pa.field("steps", pa.list_(pa.string())),
        pa.field("n_words", pa.int32()),
        pa.field("source_file", pa.string()),
        pa.field("source_line", pa.int64()),
        pa.field("source_offset", pa.int64()),
        pa.field("content_hash", pa.binary(16)),
        pa.field("raw_fields", pa.map_(pa.string(), pa.string())),
    ]
)
"""One row an article. `n_words` counts runs of letters and digits in the body (not the tokens of a recipe)."""

REMOVAL = pa.schema(
    [
        pa.field("doc_id", pa.string(), nullable=False),
        pa.field("part", pa.string()),
        pa.field("rule", pa.string()),
        pa.field("start", pa.int32()),
        pa.field("end", pa.int32()),
        pa.field("text", pa.string()),
    ]
)
"""What cleaning took out: characters `start` to `end` of the normalised text of that part."""

DUPLICATE = pa.schema(
    [
        pa.field("doc_id", pa.string(), nullable=False),
        pa.field("reason", pa.string()),
        pa.field("outlet", pa.string()),
        pa.field("title", pa.string()),
        pa.field("link", pa.string()),
        pa.field("published", pa.date32()),
        pa.field("n_words", pa.int32()),
        pa.field("shared", pa.float64()),
        pa.field("source_file", pa.string()),
        pa.field("source_line", pa.int64()),
        pa.field("source_offset", pa.int64()),
    ]
)
"""A record that was not kept, and the article that was; `shared` is the share of its words the kept one has."""

REJECT = pa.schema(
    [
        pa.field("source_file", pa.string()),
        pa.field("line", pa.int64()),
        pa.field("offset", pa.int64()),
        pa.field("reason", pa.string()),
        pa.field("message", pa.string()),
        pa.field("raw", pa.binary()),
        pa.field("size", pa.int64()),
    ]
)
"""A record that could not be read as an article; `raw` holds its first 4,096 bytes."""

TOMBSTONE = pa.schema(
    [
        pa.field("doc_id", pa.string(), nullable=False),
        pa.field("file", pa.string()),
        pa.field("reason", pa.string()),
    ]
)
"""An article that a later snapshot replaced: its row in `file` no longer counts."""

STORY = pa.schema(
    [
        pa.field("story_id", pa.string(), nullable=False),
        pa.field("doc_id", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("shared", pa.float64()),
        pa.field("jaccard", pa.float64()),
        pa.field("days_after", pa.int32()),
    ]
)
"""An article of a story of two or more; `story_id` is the `doc_id` of the story's first article.

`kind` is `first`, `update` (the same outlet), `brief` (one has less than a third of the other's words), `agency_copy`,
`copy`; or `bridge`: the article belongs to another story, and shares text with the first of this one too. `shared` is
the share of its words in runs of five that the first article has, `jaccard` that of different runs; `days_after`
is null
where a day is not known.
"""

SEGMENTS = pa.schema(
    [
        pa.field("doc_id", pa.string(), nullable=False),
        pa.field("type_ids", pa.binary()),
        pa.field("space_before", pa.binary()),
        pa.field("seg_part", pa.list_(pa.int8())),
        pa.field("seg_sentence", pa.list_(pa.int32())),
        pa.field("seg_voice", pa.list_(pa.int8())),
        pa.field("seg_start", pa.list_(pa.int32())),
        pa.field("seg_end", pa.list_(pa.int32())),
        pa.field("seg_tokens", pa.list_(pa.int32())),
    ]
)
"""The text of an article as integers, one row an article, in the rows and row groups of the articles file beside it.

`type_ids` (int32, little-endian) and `space_before` (bits, the lowest first, each article from a byte of its own) have
one entry a token: title, standfirst and body one after the other. They are bytes because lists decode two and twenty
times slower; `encoded.TokenBatch` reads them. The `seg_` lists have one entry a segment, a run of tokens of one
sentence and one voice: its part (0 title, 1 standfirst, 2 body), the number of its sentence within the part, its voice
(0 narration, 1 quotation, 2 reported), its first character and that behind its last in the text of the part, and how
many tokens it has.
"""

TYPE = pa.schema(
    [
        pa.field("type_id", pa.int32(), nullable=False),
        pa.field("form", pa.string(), nullable=False),
        pa.field("kind", pa.int8(), nullable=False),
    ]
)
"""A distinct form as it is written; `kind` is 0 word, 1 number, 2 punctuation, 3 something else. Ids never change."""

PARTS = ("title", "standfirst", "body")
VOICES = ("narration", "quotation", "reported")
KINDS = ("word", "number", "punctuation", "other")

TABLES = {
    "articles": ARTICLE,
    "segments": SEGMENTS,
    "types": TYPE,
    "removals": REMOVAL,
    "duplicates": DUPLICATE,
    "rejects": REJECT,
    "tombstones": TOMBSTONE,
    "stories": STORY,
}

TEXT_FIELDS = ("title", "standfirst", "body")
CORRECTABLE = (
    "outlet",
    "agency",
    "title",
    "standfirst",
    "body",
    "link",
    "author",
    "section",
    "dateline",
    "language",
    "published",
)
