"""Measurements side by side with the peers, and the long simulations: `make bench`, or one of them by name."""
