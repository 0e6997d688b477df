"""What a source declares its language to be, in whatever words, as ISO 639-1 codes.

Not for finding out the language of a text: that is `languages`. What is not in the table says nothing.
"""

import re

# code: names and other codes (ISO 639-2 and -3, English, native)
_NAMES = {
    "am": "amh amharic", "ar": "ara arb ary arz apc arabic العربية عربي", "as": "asm assamese", "az": "aze azerbaijani",
    "be": "bel belarusian", "bg": "bul bulgarian", "bn": "ben bengali bangla বাংলা", "bo": "bod tib tibetan",
    "bs": "bos bosnian", "ca": "cat catalan", "cs": "ces cze czech", "da": "dan danish",
    "de": "deu ger german deutsch", "dv": "div dhivehi divehi maldivian", "el": "ell gre greek",
    "en": "eng english", "es": "spa spanish español castilian", "et": "est estonian", "fa":
    "fas per pes prs persian farsi dari فارسی دری", "fi": "fin finnish", "fr": "fra fre french français",
    "gu": "guj gujarati ગુજરાતી", "ha": "hau hausa", "he": "heb iw hebrew", "hi": "hin hindi हिन्दी हिंदी",
    "hr": "hrv croatian", "hu": "hun hungarian", "hy": "hye arm armenian", "id": "ind in indonesian", "it":
    "ita italian italiano", "ja": "jpn japanese 日本語", "ka": "kat geo georgian", "kk": "kaz kazakh",
    "km": "khm khmer", "kn": "kan kannada ಕನ್ನಡ", "ko": "kor korean 한국어", "ku": "kur ckb kmr kurdish sorani",
    "ky": "kir kyrgyz kirghiz", "lo": "lao", "lt": "lit lithuanian", "lv": "lav latvian", "mk": "mkd mac macedonian",
    "ml": "mal malayalam മലയാളം", "mn": "mon khk mongolian", "mr": "mar marathi मराठी", "ms":
    "msa may zsm malay", "my": "mya bur burmese", "ne": "nep npi nepali नेपाली", "nl": "nld dut dutch flemish",
    "no": "nor nb nn nob nno norwegian", "or": "ori ory oriya odia", "pa": "pan punjabi panjabi ਪੰਜਾਬੀ",
    "pl": "pol polish", "ps": "pus pbt pbu pst pashto pushto پښتو", "pt": "por portuguese português",
    "ro": "ron rum mo romanian", "ru": "rus russian русский", "sd": "snd sindhi سنڌي", "si":
    "sin sinhala sinhalese සිංහල", "sk": "slk slo slovak", "sl": "slv slovenian slovene", "so": "som somali",
    "sq": "sqi alb albanian", "sr": "srp serbian", "sv": "swe swedish", "sw": "swa swh swahili", "ta":
    "tam tamil தமிழ்", "te": "tel telugu తెలుగు", "tg": "tgk tajik", "th": "tha thai", "tk": "tuk turkmen", "tl":
    "tgl fil filipino tagalog", "tr": "tur turkish türkçe", "ug": "uig uyghur uighur", "uk": "ukr ukrainian",
    "ur": "urd urdu اردو", "uz": "uzb uzn uzs uzbek", "vi": "vie vietnamese", "zh":
    "zho chi cmn yue chinese mandarin 中文 汉语 漢語",
}  # fmt: skip
_CODES = {name: code for code, names in _NAMES.items() for name in (code, *names.split())}
_BETWEEN = re.compile(r"[,;/|+&]+|\band\b")
_SUBTAG = re.compile(r"[-_.@()\s]+")


def declared_codes(declared: str | None) -> frozenset[str]:
    """Give the ISO 639-1 codes that a declared language names; none where it says nothing known.

    Region, script and encoding are dropped (``en-US``, ``zh_Hant``, ``en_GB.UTF-8``); Dari counts as Persian, as
    their written forms are not told apart.

    >>> sorted(declared_codes("en-US")), sorted(declared_codes("Urdu / English")), sorted(declared_codes("und"))
    (['en'], ['en', 'ur'], [])
    """
    if not declared:
        return frozenset()
    pieces = _BETWEEN.split(declared[:200].casefold())
    first = (next(filter(None, _SUBTAG.split(piece)), "") for piece in pieces)
    return frozenset(_CODES[word] for word in first if word in _CODES)
