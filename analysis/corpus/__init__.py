"""A corpus: what went in, what was kept, and a handle to read it by. See `docs/add-a-corpus.md`."""
