"""Tone: lexicons and rules that give every segment of a text a score, and what becomes of the scores.

Never one score over a whole article: scores are of segments (a sentence, cut where the voice changes), and an article
is the sum of its own by their number.
"""
