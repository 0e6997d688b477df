"""Too few stories for so many topics: one threshold, one sentence. Not for choosing a number (`selection`)."""

STORIES_A_TOPIC = 30
"""Fewer than this, and a topic is a handful of reports."""


def too_many(n_stories: int, n_topics: int) -> str:
    """Say that there are too few stories for so many topics, or nothing."""
    if n_stories >= STORIES_A_TOPIC * n_topics:
        return ""
    return (
        f"{n_topics} topics on {n_stories:,} stories are about {n_stories / n_topics:.0f} stories a topic, fewer than "
        f"{STORIES_A_TOPIC}: such topics are a handful of reports each, and another sample would give others. "
        f"Take at most {max(2, n_stories // STORIES_A_TOPIC)}."
    )
