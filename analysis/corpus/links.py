"""The identity of an article on the web: one key for the spellings of one link.

Not for fetching: nothing here opens an address.
"""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(
    r"^(utm_.*|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|ref|ref_src|cmpid|ocid|smid|amp|share)$"
)
_NUMBER = re.compile(r"^\d{6,}$")
_DATE_LIKE = re.compile(r"^(19|20)\d{2}(0[1-9]|1[0-2])((0[1-9]|[12]\d|3[01]))?$")


def link_key(link: str, *, number_in_path: bool = True) -> str:
    """Give one key for every spelling of one link.

    Scheme, `www.`, a closing slash, fragments and tracking parameters do not tell articles apart. Where a path holds
    one number of six digits or more followed only by a slug (`/news/1882378/words-of-the-title`), the number is the
    identity and the slug is not: publishers rewrite slugs when they edit a headline.

    >>> link_key("http://www.Example.com/news/1882378/old-words/?utm_source=x#top")
    'example.com/news/1882378'
    >>> link_key("https://example.com/202501/words")
    'example.com/202501/words'
    """
    try:
        parts = urlsplit(link.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    except ValueError:  # an address that cannot be parsed is its own key
        return link.strip()
    segments = [s for s in parts.path.split("/") if s]
    numbers = [i for i, s in enumerate(segments) if _NUMBER.match(s) and not _DATE_LIKE.match(s)]
    if number_in_path and len(numbers) == 1 and numbers[0] == len(segments) - 2:
        segments = segments[: numbers[0] + 1]
    query = urlencode(sorted((k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.match(k.lower())))
    return host + "".join("/" + s for s in segments) + (f"?{query}" if query else "")


def host_of(link: str) -> str | None:
    """Give the host without `www.`, for articles whose outlet is not named.

    >>> host_of("https://www.example.com/a")
    'example.com'
    """
    try:
        return (urlsplit(link.strip()).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None
