"""Topics that hold still: fitted, tested on resamples, saved as plain arrays, and measured like anything else."""
