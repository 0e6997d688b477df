"""One article has one key, however its link is written."""

import pytest

from analysis.corpus.links import link_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.x.example/a/b/", "http://x.example/a/b"),
        ("https://x.example/a?utm_campaign=z&id=3", "https://x.example/a?id=3"),
        ("https://x.example/a#comments", "https://x.example/a"),
        ("https://x.example/news/1882378/old", "https://x.example/news/1882378/new"),
        ("https://x.example/news/1882378", "https://x.example/news/1882378/new"),
    ],
)
def test_spellings_of_one_link_have_one_key(one: str, other: str) -> None:
    assert link_key(one) == link_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.example/a?id=3", "https://x.example/a?id=4"),
        ("https://x.example/202501/one", "https://x.example/202501/two"),
        ("https://x.example/20250131/one", "https://x.example/20250131/two"),
        ("https://x.example/12345/one", "https://x.example/12345/two"),
        ("https://x.example/1234567/8901234/one", "https://x.example/1234567/8901234/two"),
        ("https://x.example/One", "https://x.example/one"),
        ("http://[broken/one", "http://[broken/two"),
    ],
)
def test_links_of_two_articles_have_two_keys(one: str, other: str) -> None:
    assert link_key(one) != link_key(other)
