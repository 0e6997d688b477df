"""Measures of words: each takes Tokens and returns a Result or a Measurement. Not for topics or tone."""
