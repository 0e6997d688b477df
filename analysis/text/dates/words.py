"""Words that stand beside a date: what it is the date of, weekdays, connecting words.

Not for names of months (`months`) nor of zones (`clock`).
"""

from functools import cache, lru_cache

from analysis.text.dates.months import fold

PUBLISHED, UPDATED, WEEKDAY, JOIN = "published", "updated", "weekday", "join"
_PUBLISHED = (
    "published publish posted created released issued uploaded pub printed "
    "شائع اشاعت نشر انتشار منتشر نُشر النشر نشرت خپور خپره प्रकाशित प्रकाशन প্রকাশিত প্রকাশ පළ வெளியிடப்பட்டது "
    "publié publicado pubblicato veröffentlicht gepubliceerd yayınlanma diterbitkan dipublikasikan опубликовано"
)
_UPDATED = (
    "updated update modified edited revised refreshed اپڈیٹ ڈیٹ "
    "تحديث التحديث به‌روزرسانی بروزرسانی تازه अपडेट अद्यतन আপডেট "
    "actualizado atualizado aggiornato aktualisiert bijgewerkt güncelleme diperbarui обновлено"
)
_WEEKDAYS = (
    "mon monday tue tues tuesday wed wednes wednesday thu "
    "thur thurs thursday fri friday sat satur saturday sun sunday "
    "پیر سوموار منگل بدھ جمعرات جمعہ ہفتہ ہفتے اتوار شنبه یکشنبه "
    "دوشنبه سه‌شنبه سهشنبه چهارشنبه پنجشنبه پنج‌شنبه جمعه سه چهار پنج "
    "الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد دوشنبې سه‌شنبه چارشنبه شنبې یکشنبې "
    "सोमवार मंगलवार बुधवार गुरुवार बृहस्पतिवार शुक्रवार शनिवार रविवार सोम मंगल बुध गुरु शुक्र शनि रवि "
    "সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার "
    "සඳුදා අඟහරුවාදා බදාදා බ්‍රහස්පතින්දා සිකුරාදා සෙනසුරාදා ඉරිදා "
    "திங்கள் செவ்வாய் புதன் வியாழன் வெள்ளி சனி ஞாயிறு "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo "
    "montag dienstag mittwoch donnerstag freitag samstag "
    "sonntag pazartesi salı çarşamba perşembe cuma cumartesi pazar "
    "senin selasa rabu kamis jumat sabtu minggu понедельник вторник среда четверг пятница суббота воскресенье"
)
_JOIN = (
    "on at the of first last originally date time am pm a.m p.m hrs um à le den dated "
    "تاریخ تاريخ بتاریخ بتاريخ آخر روز يوم آپ اپ"
)


@cache
def _table() -> dict[str, str]:
    kinds = ((_JOIN, JOIN), (_WEEKDAYS, WEEKDAY), (_UPDATED, UPDATED), (_PUBLISHED, PUBLISHED))
    return {fold(word): kind for words, kind in kinds for word in words.split()}


@lru_cache(maxsize=4096)
def kind_of(word: str) -> str | None:
    """Say what a word beside a date is: published, updated, weekday, join, or None for any other.

    >>> kind_of("Posted:"), kind_of("جمعرات"), kind_of("Thu."), kind_of("bazaar")
    ('published', 'weekday', 'weekday', None)
    """
    bare = word.strip(" \t:.,،|()[]-–—·•*/")
    return _table().get(fold(bare)) if 0 < len(bare) <= 24 else None
