"""Names of months in the languages of the news: one word gives its calendar and number.

Gregorian names, and those of the Solar Hijri calendar of Iran and Afghanistan. Not for the Islamic lunar calendar,
whose months begin when the moon was seen, and not for names that are two months in two languages (listopad).
"""

import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

GREGORIAN, SOLAR = "gregorian", "solar"
_LONGEST = 40

# Twelve months, parted by |; the spellings of one month stand side by side, and a name of two words has a _.
_GREGORIAN = (
    # English, and the slips of the pen that print desks make
    "jan january januray janury janaury|feb february febuary "
    "feburary februrary|mar march|apr april apirl|may|jun june|"
    "jul july|aug august agust|sep sept september setember septmber|oct october ocotber octber|"
    "nov november novemeber novmber|dec december decemeber decmber",
    # Urdu
    "جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی جولاءی|اگست|ستمبر|اکتوبر|نومبر|دسمبر",
    # Persian of Iran
    "ژانویه|فوریه|مارس|آوریل اوریل|مه|ژوئن|ژوئیه ژوییه جولای|اوت آگوست|سپتامبر|اکتبر|نوامبر|دسامبر",
    # Dari and Pashto
    "جنوری|فبروری|مارچ|اپریل|می مې مۍ|جون|جولای جولایی|"
    "اگست اګست|سپتمبر سپټمبر سپتامبر|اکتوبر|نومبر|دسمبر دیسمبر",
    # Arabic: Egypt and the Gulf; the Levant and Iraq; the Maghreb
    "يناير|فبراير|مارس|أبريل إبريل|مايو|يونيو يونيه|يوليو يوليه|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
    "كانون_الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين_الأول|تشرين_الثاني|كانون_الأول",
    "جانفي|فيفري|مارس|أفريل|ماي|جوان|جويلية يوليوز|أوت غشت|شتنبر|أكتوبر|نونبر|دجنبر",
    # Hindi, with abbreviations; Marathi; Nepali
    "जनवरी जन|फरवरी फर|मार्च|अप्रैल अप्रै|मई|जून|जुलाई जुल|अगस्त अग|सितंबर सितम्बर सितं सित|"
    "अक्टूबर अक्तूबर अक्टू|नवंबर नवम्बर नवं नव|दिसंबर दिसम्बर दिसं दिस",
    "जानेवारी|फेब्रुवारी|मार्च|एप्रिल|मे|जून|जुलै|ऑगस्ट|सप्टेंबर|ऑक्टोबर|नोव्हेंबर|डिसेंबर",
    "जनवरी|फेब्रुअरी|मार्च|अप्रिल|मे|जुन|जुलाई|अगस्ट|सेप्टेम्बर|अक्टोबर|नोभेम्बर|डिसेम्बर",
    # Bengali
    "জানুয়ারি জানুয়ারী|ফেব্রুয়ারি ফেব্রুয়ারী|মার্চ|এপ্রিল|মে|জুন|জুলাই|আগস্ট অগস্ট|সেপ্টেম্বর|অক্টোবর|নভেম্বর|ডিসেম্বর",
    # Sinhala
    "ජනවාරි|පෙබරවාරි|මාර්තු|අප්රේල් අප්රියෙල්|මැයි|ජූනි|ජූලි|අගෝස්තු|සැප්තැම්බර්|ඔක්තෝබර් ඔක්තෝම්බර්|නොවැම්බර්|දෙසැම්බර්",
    # Tamil of India and of Sri Lanka
    "ஜனவரி|பிப்ரவரி பெப்ரவரி|மார்ச்|ஏப்ரல்|மே|ஜூன் யூன்|ஜூலை யூலை|ஆகஸ்ட் ஆகஸ்டு ஓகஸ்ட்|"
    "செப்டம்பர் செப்டெம்பர்|அக்டோபர் ஒக்டோபர் ஒக்ரோபர்|நவம்பர்|டிசம்பர்",
    # European languages, Turkish, Indonesian and Malay
    "janvier janv|février fevr|mars|avril avr|mai|juin|"
    "juillet juil|août aout|septembre|octobre|novembre|décembre",
    "enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto "
    "ago|septiembre setiembre set|octubre|noviembre|diciembre dic",
    "janeiro|fevereiro fev|março|abril|maio|junho|julho|agosto|setembro|outubro out|novembro|dezembro dez",
    "januar jänner|februar|märz maerz|april|mai|juni|juli|august|september|oktober okt|november|dezember",
    "gennaio gen|febbraio|marzo|aprile|maggio mag|giugno giu|"
    "luglio lug|agosto|settembre|ottobre ott|novembre|dicembre",
    "januari|februari|maart mrt|april|mei|juni|juli|augustus|september|oktober|november|december",
    "ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık",
    "januari|februari pebruari|maret mac|april|mei|juni jun|"
    "juli julai|agustus agu ogos|september|oktober|november nopember|"
    "desember des disember dis",
    "января янв|февраля фев|марта|апреля апр|мая|июня|июля|"
    "августа авг|сентября сен|октября окт|ноября ноя|декабря дек",
    "январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь",
)
_SOLAR = (
    "فروردین|اردیبهشت|خرداد|تیر|مرداد امرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند",
    "حمل|ثور|جوزا|سرطان|اسد|سنبله|میزان|عقرب|قوس|جدی|دلو|حوت",
    "وری|غویی|غبرگولی|چنگاښ|زمری|وږی|تله|لړم|لیندۍ|مرغومی|سلواغه|کب",
    "farvardin|ordibehesht|khordad|tir|mordad|shahrivar|mehr|aban|azar|dey|bahman|esfand",
    "hamal|sawr|jawza|saratan|asad|sonbola|mizan|aqrab|qaws|jadi|dalw|hut",
)
# One letter, many code points: Arabic, Persian, Urdu, Pashto and Kurdish keyboards differ.
_SAME = {"ی": "يىېۍےئ", "ک": "كڪ", "گ": "ګ", "ه": "ةەۀہھۃ", "ا": "ٱ", "ت": "ټ"}
_LETTERS = str.maketrans({c: to for to, many in _SAME.items() for c in many})


class Month(NamedTuple):
    """A month of a calendar, 1 to 12."""

    calendar: str
    number: int


def fold(word: str) -> str:
    """Bring the spellings of a word together: case, vowel signs that may be left out, letters of other keyboards."""
    kept = []
    for c in unicodedata.normalize("NFKD", word.casefold()):
        combining = unicodedata.combining(c)
        # 9 is the sign that joins consonants in Indian scripts: it belongs to the word.
        if (combining and combining != 9) or unicodedata.category(c) == "Cf" or c in ".॰'’ـ":
            continue
        kept.append(c)
    return "".join(kept).replace("ı", "i").translate(_LETTERS)


@lru_cache(maxsize=4096)
def month_of(word: str) -> Month | None:
    """Give the month a word names, in any of the languages, or None.

    >>> month_of("جنوري").number, month_of("Sept").number, month_of("حوت").calendar, month_of("Ramadan")
    (1, 9, 'solar', None)
    """
    return None if len(word) > _LONGEST else _table().get("_".join(fold(w) for w in word.split()))


@cache
def _table() -> dict[str, Month]:
    table: dict[str, Month] = {}
    for calendar, languages in ((GREGORIAN, _GREGORIAN), (SOLAR, _SOLAR)):
        for language in languages:
            for number, names in enumerate(language.split("|"), 1):
                for name in names.split():
                    table["_".join(fold(w) for w in name.split("_"))] = Month(calendar, number)
    return table
