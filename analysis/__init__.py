"""Corpora of regional news: from the raw paste to publishable, reproducible numbers."""
