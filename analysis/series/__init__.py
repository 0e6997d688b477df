"""Numbers over time: what was collected, trends, their composition, comparisons, and claims about them."""
