"""Coding by hand: samples to code, coders' agreement, how well a measure does, and measurements corrected by it.

For any measurement: tone, topics, stories. Not for measuring, and nothing here reads a text by itself.
"""
