"""Datelines: the place, day and agency before the first sentence, as agencies of the world write them.

`ISLAMABAD, Jan 1 (APP):`, `KABUL (Pajhwok) -`, `(Reuters) -`, `LAHORE:`. Not for deciding the date of an
article: the day of a dateline has no year and is often the day of the event.
"""

from typing import Any

import re2

from analysis.text.agencies import agency_of, is_desk
from analysis.text.base import Dateline
from analysis.text.layout_dateline_other import find_other_dateline

_MONTH = (
    r"(?:(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?))"
)
_DAY = (
    rf"(?:{_MONTH}\s*[.,]?\s*[0-9]{{1,2}}(?:st|nd|rd|th)?|[0-9]{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\.?)"
    r"(?:,?\s*(?:19|20)[0-9]{2})?"
)
_WORD = r"\p{Lu}[\p{L}'’.\-]*"
_PLACE = (
    rf"{_WORD}(?:(?:\s*[/&]\s*|,\s*|\s+(?:and\s+|de\s+|"
    rf"la\s+)?){_WORD}){{0,6}}"
)
_REGION = r"\s*[(\[]\s*\p{Lu}[\p{L}.]*(?:\s\p{L}+){0,3}\s*[)\]]"  # MIRPUR (AJK), TEHRAN (Iran)
_BETWEEN = r"[\s,.:;\-–—]*"
_ALONE = r"(?:[.,]?\s*[:;]+\s*[-–—]{0,3}|\s+[-–—]{1,3}\s|[–—]|--)"
_END = r"[.,]?\s*(?:[:;]+\s*[-–—]{0,3}|[-–—]{1,3})"
_CREDIT = rf"{_BETWEEN}\(\s*(?P<agency>[^()\n]{{2,70}})\)(?:\s*(?P<late>{_DAY}))?(?P<end>{_END})?"
_START = rf"^[\s*•,.:]*(?P<place>{_PLACE})"
_DATELINE = re2.compile(
    rf"{_START}??(?:{_BETWEEN}(?P<day>{_DAY}|{_MONTH}\b))?(?:{_CREDIT}|(?P<alone>{_ALONE}))\s*"
)
# Brackets behind a place are its region where a credit in brackets of its own, or a day, follows.
_WITH_REGION = (
    re2.compile(rf"{_START}(?P<region>{_REGION})(?:{_BETWEEN}(?P<day>{_DAY}|{_MONTH}\b))?{_CREDIT}\s*"),
    re2.compile(rf"{_START}(?P<region>{_REGION}){_BETWEEN}(?P<day>{_DAY})(?P<end>{_ALONE})\s*"),
)
# A place in capitals may stand alone before a colon; these words in capitals are labels, not places.
_LABELS_WORDS = """
photo photos photograph image picture caption watch video audio listen read note notes update
updates updated breaking editorial opinion analysis comment exclusive explainer live correction
clarification warning alert summary highlights factbox timeline background context question answer q
a faq by about date time venue who what when where why how source sources credit file advertisement
sponsored disclaimer tip quote facts fact key verdict rating score result results final squad squads
teams toss weather forecast today tomorrow yesterday monday tuesday wednesday thursday friday
saturday sunday january february march april may june july august september october november
december part chapter section step day week report letter sir madam dear contact email tel phone
website link url story text review preview interview profile obituary poll sport sports business
"""
_LABELS = frozenset(_LABELS_WORDS.split())
_CITIES_NAMES = (
    "islamabad|rawalpindi|lahore|karachi|peshawar|quetta|multan|faisalabad|hyderabad|sialkot|gujranwala|"
    "sukkur|larkana|bahawalpur|sargodha|abbottabad|mardan|swat|mingora|gilgit|skardu|muzaffarabad|mirpur|"
    "gwadar|turbat|chaman|khuzdar|bannu|kohat|dera ismail khan|di khan|d.i. khan|dera ghazi khan|"
    "rahim yar khan|sahiwal|okara|kasur|sheikhupura|nawabshah|thatta|badin|tharparkar|kabul|kandahar|"
    "herat|mazar-i-sharif|jalalabad|kunduz|khost|ghazni|bamiyan|new delhi|delhi|mumbai|srinagar|jammu|"
    "leh|kolkata|chennai|bengaluru|bangalore|lucknow|patna|chandigarh|amritsar|ahmedabad|jaipur|bhopal|"
    "guwahati|imphal|thiruvananthapuram|kochi|pune|nagpur|ranchi|shimla|dehradun|dhaka|chattogram|"
    "chittagong|sylhet|khulna|cox's bazar|kathmandu|pokhara|thimphu|colombo|jaffna|kandy|galle|"
    "trincomalee|male|tehran|mashhad|isfahan|tabriz|baghdad|erbil|basra|damascus|beirut|amman|jerusalem|"
    "gaza|gaza city|ramallah|tel aviv|cairo|ankara|istanbul|riyadh|jeddah|makkah|madina|dubai|abu dhabi|"
    "doha|kuwait city|manama|muscat|sanaa|aden|tashkent|dushanbe|bishkek|astana|almaty|ashgabat|baku|"
    "yerevan|tbilisi|moscow|kyiv|kiev|minsk|warsaw|berlin|paris|london|brussels|geneva|vienna|rome|"
    "vatican city|madrid|lisbon|the hague|amsterdam|athens|stockholm|oslo|copenhagen|helsinki|washington|"
    "new york|united nations|los angeles|chicago|ottawa|toronto|mexico city|havana|bogota|brasilia|"
    "sao paulo|buenos aires|santiago|lima|caracas|nairobi|addis ababa|khartoum|lagos|abuja|accra|"
    "johannesburg|cape town|pretoria|tripoli|tunis|algiers|rabat|beijing|shanghai|hong kong|taipei|tokyo|"
    "seoul|pyongyang|singapore|kuala lumpur|jakarta|bangkok|hanoi|manila|phnom penh|yangon|naypyidaw|"
    "sydney|melbourne|canberra|wellington|auckland"
)
_CITIES = frozenset(_CITIES_NAMES.split("|"))
_SMALL_WORDS = frozenset(["and", "de", "la", "le", "el", "al", "al-", "the", "of", "d'"])
# Capitals with these between them are a heading, not a place.
_JOINS_WORDS = """
from my with for in on to how the his her our your is are at by as not no it that this an a
"""
_JOINS = frozenset(_JOINS_WORDS.split())
REACH = 260


def find_dateline(text: str) -> Dateline | None:
    """Find a dateline at the start of a text.

    >>> find_dateline("KABUL (Pajhwok) - Rain fell.")
    Dateline(end=18, place='KABUL', agency='Pajhwok', desk=None)
    >>> find_dateline("LAHORE: Rain fell.")[:2]
    (8, 'LAHORE')
    >>> find_dateline("NOTE: Rain fell.") is None
    True
    """
    text = text[:REACH]
    for pattern in _WITH_REGION if "(" in text or "[" in text else ():
        if (found := pattern.match(text)) is not None:
            parts = found.groupdict()
            credit = (parts.get("agency") or "").strip()
            agency = agency_of(credit, bracketed=True) if credit else None
            if (agency or parts["day"]) and _is_place(parts["place"], sure=True, settled=True):
                region = " ".join(parts["region"].strip(" ()[]").split())
                return Dateline(
                    int(found.end()), f"{_bare(parts['place'])} ({region})", agency or credit or None, None
                )
    found = _DATELINE.match(text)
    if found is not None and found.end():
        return _plain(found)
    return None if text.isascii() else find_other_dateline(text)


def _plain(found: Any) -> Dateline | None:
    """Judge what the pattern of plain datelines has matched."""
    place, day, credit = found["place"], found["day"] or found["late"], (found["agency"] or "").strip()
    end = found["end"] or found["alone"]
    place = _bare(place) or None if place else None
    agency = agency_of(credit, bracketed=True) if credit else None
    desk = credit if credit and agency is None and is_desk(credit) else None
    if credit and agency is None and desk is None:
        # An unknown agency is believed only in the full shape: PLACE (Name) -
        if not (place and place.isupper() and end and _short_name(credit)):
            return None
        agency = credit
    if not (credit or end):
        return None
    if place is None:
        return Dateline(found.end(), None, agency, desk) if credit and (agency or desk) else None
    if not credit and (whole := agency_of(place)) is not None and end:
        return Dateline(found.end(), None, whole, None)
    if not _is_place(place, sure=bool(credit or day), settled=bool(day or end)):
        return None
    if not credit and not place.isupper() and ":" not in (end or "") and day is None:
        return None
    return Dateline(found.end(), place, agency, desk)


def _bare(place: str) -> str:
    return place.strip(" ,.:;-–—")


def _short_name(credit: str) -> bool:
    """Say whether brackets hold a name rather than a remark, a party or a year."""
    words = credit.split()
    return len(words) <= 4 and all(w[:1].isupper() for w in words) and not any(c.isdigit() for c in credit)


def _is_place(place: str, *, sure: bool, settled: bool) -> bool:
    """Say whether words are a place: `sure` a day or agency follows, `settled` a day, colon or dash does."""
    words = place.replace("/", " ").replace(",", " ").replace("&", " ").split()
    if not words or len(place) > 60 or any(w.casefold().strip(".-") in _LABELS for w in words):
        return False
    capitals = sum(w.isupper() for w in words)
    if sure:
        return (
            capitals == len(words)
            or (settled and (capitals > 0 or len(words) <= 3))
            or place.casefold() in _CITIES
        )
    if capitals == 0:
        return place.casefold() in _CITIES
    first = words[0]
    if not first.isupper() or len(words) > 4 or any(w.casefold() in _JOINS for w in words):
        return False
    if place.isupper() or all(w.isupper() or w.casefold() in _SMALL_WORDS for w in words):
        letters = "".join(c for c in first if c.isalpha())
        vowels = sum(c in "AEIOUY" for c in letters) if letters.isascii() else 1
        return place.casefold() in _CITIES or (len("".join(words)) >= 5 and vowels > 0 and letters != "")
    return "," in place and len(words) <= 4
