"""The version, in one place; it is part of every result's signature."""

__version__ = "0.1.0"
