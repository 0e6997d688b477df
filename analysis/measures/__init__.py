"""Measures over terms: frequencies, rates, concordances, and what compares or describes words."""
