"""Topics: fitting them so that they hold still, choosing how many, describing them, and following their shares."""
