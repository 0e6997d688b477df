"""A bank of news agencies: the names and abbreviations they are credited by, and the one name each is stored under.

Not for outlets: a newspaper that credits itself is an outlet, and `corpus.toml` knows its spellings.
"""

from functools import cache

from analysis.text.agencies_other import AGENCIES, DESKS

# canonical name: other spellings, separated by |. Abbreviations that are also words or parties stand in _SHOUTED.
_BANK = {
    "AFP": "Agence France-Presse|Agence France Presse|AFP News",
    "AP": "Associated Press|The Associated Press|AP News",
    "Reuters": "Thomson Reuters|REUTERS|Reuters Life!|Reuters Health|Thomson Reuters Foundation",
    "UPI": "United Press International",
    "dpa": "Deutsche Presse-Agentur|dpa international",
    "EFE": "Agencia EFE|EFE news",
    "ANSA": "Agenzia ANSA",
    "Bloomberg": "Bloomberg News",
    "TASS": "ITAR-TASS|ITAR TASS",
    "RIA Novosti": "RIA",
    "Sputnik": "Sputnik News",
    "Interfax": "Interfax-Ukraine",
    "Ukrinform": "",
    "Belga": "",
    "TT": "TT News Agency",
    "NTB": "",
    "Ritzau": "",
    "STT": "",
    "PAP": "Polish Press Agency",
    "CTK": "ČTK",
    "MTI": "",
    "Tanjug": "",
    "Hina": "HINA",
    "Lusa": "",
    "PA Media": "Press Association|PA",
    "AAP": "Australian Associated Press",
    "Canadian Press": "The Canadian Press",
    "CNN": "CNN Business|CNN Newsource",
    "Kyodo": "Kyodo News",
    "Jiji": "Jiji Press",
    "Yonhap": "Yonhap News Agency",
    "KCNA": "",
    "Xinhua": "Xinhua News Agency",
    "China News Service": "CNS",
    "CNA": "Central News Agency",
    "Bernama": "",
    "Antara": "",
    "VNA": "Vietnam News Agency",
    "PNA": "Philippine News Agency",
    "TNA": "Thai News Agency",
    "Montsame": "",
    "APP": "Associated Press of Pakistan|The Associated Press of Pakistan|APP News",
    "PPI": "Pakistan Press International",
    "Online": "Online News Agency|Online International News Network",
    "INP": "Independent News Pakistan",
    "NNI": "News Network International",
    "SANA News": "South Asian News Agency",
    "UrduPoint": "UrduPoint News|Pakistan Point News|UrduPoint / Pakistan Point News",
    "PTI": "Press Trust of India|PTI News",
    "ANI": "Asian News International|ANI News",
    "IANS": "Indo-Asian News Service|Indo Asian News Service",
    "UNI": "United News of India",
    "KNO": "Kashmir News Observer",
    "GNS": "Global News Service",
    "KINS": "Kashmir Indepth News Service",
    "CNS Kashmir": "Current News Service",
    "KNT": "Kashmir News Trust",
    "KNS": "Kashmir News Service",
    "BSS": "Bangladesh Sangbad Sangstha",
    "UNB": "United News of Bangladesh",
    "BDNews24": "bdnews24.com",
    "RSS Nepal": "Rastriya Samachar Samiti",
    "Lankapuvath": "",
    "News 1st": "Newsfirst",
    "Pajhwok": "Pajhwok Afghan News|PAN",
    "Bakhtar": "Bakhtar News Agency|BNA",
    "Khaama": "Khaama Press|KP",
    "Ariana News": "ATN",
    "TOLOnews": "TOLO news|Tolo News",
    "Amu": "Amu TV",
    "AIP": "Afghan Islamic Press",
    "AVA": "Afghan Voice Agency|Sada-e Afghan News Agency",
    "IRNA": "Islamic Republic News Agency",
    "ISNA": "Iranian Students' News Agency",
    "Fars": "Fars News Agency|FNA",
    "Tasnim": "Tasnim News Agency",
    "Mehr": "Mehr News Agency|MNA",
    "ILNA": "",
    "Anadolu Agency": "Anadolu|AA|Anadolu Ajansi|Anadolu Ajansı",
    "DHA": "Demirören News Agency",
    "IHA": "İhlas News Agency|Ihlas News Agency",
    "SPA": "Saudi Press Agency",
    "WAM": "Emirates News Agency",
    "QNA": "Qatar News Agency",
    "KUNA": "Kuwait News Agency",
    "BNA Bahrain": "Bahrain News Agency",
    "ONA": "Oman News Agency",
    "Petra": "Jordan News Agency",
    "SANA": "Syrian Arab News Agency",
    "NNA": "National News Agency",
    "INA": "Iraqi News Agency",
    "Saba": "Saba News Agency",
    "MENA": "Middle East News Agency",
    "MAP": "Maghreb Arabe Presse",
    "APS": "Algerie Presse Service",
    "TAP": "Tunis Afrique Presse",
    "WAFA": "",
    "Ma'an": "Ma'an News Agency",
    "JTA": "Jewish Telegraphic Agency",
    "TPS": "Tazpit Press Service",
    "Kazinform": "",
    "Kabar": "",
    "Khovar": "",
    "UzA": "",
    "AKIpress": "",
    "Trend": "Trend News Agency",
    "Azertac": "AZERTAC",
    "Armenpress": "ARMENPRESS",
    "SAPA": "South African Press Association",
    "NAN": "News Agency of Nigeria",
    "GNA": "Ghana News Agency",
    "ENA": "Ethiopian News Agency",
    "PANA": "Panapress",
    "Notimex": "",
    "Prensa Latina": "",
    "Telam": "Télam",
    "Agencia Brasil": "Agência Brasil",
    "IPS": "Inter Press Service",
    "Agencies": "News Agencies|Agency|Agencies report|Monitoring Desk/Agencies|Web Desk/Agencies",
    "Wires": "Wire services|Wire reports|Newswires",
}
# Spellings that are ordinary words, parties or place codes: an agency only inside brackets or after a credit dash.
_SHOUTED_WORDS = """
online petra trend map tap amu mehr fars saba pa kp pan tt mena ina nan tna ona ani cna pna sana
"""
_SHOUTED = frozenset(_SHOUTED_WORDS.split())
_DESKS_NAMES = (
    "web desk|news desk|newsdesk|monitoring desk|web report|web monitor|staff report|staff reporter|"
    "our correspondent|our staff reporter|correspondent|bureau report|bureau|news report|online desk|"
    "digital desk|sports desk"
)
_DESKS = frozenset(_DESKS_NAMES.split("|")) | DESKS


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {_fold(spelling): name for spelling, name in AGENCIES.items()}
    for canonical, others in _BANK.items():
        for name in (canonical, *others.split("|")):
            if name:
                names[_fold(name)] = canonical
    return names


def _fold(name: str) -> str:
    return " ".join(name.replace("’", "'").casefold().split()).strip(" .")


def agency_of(name: str, *, bracketed: bool = False) -> str | None:
    """Give the stored name of an agency by any of its spellings; two of them give the first.

    >>> agency_of("Anadolu Agency"), agency_of("AFP/APP", bracketed=True), agency_of("the mayor")
    ('Anadolu Agency', 'AFP', None)
    """
    if len(name) > 80:
        return None
    known = _names()
    folded = _fold(name)
    found = known.get(folded)
    if found is not None:
        return found if bracketed or folded not in _SHOUTED or name.isupper() else None
    if bracketed:
        for separator in ("/", "-", "–", "&", ",", "|", " and "):
            for piece in folded.split(separator) if separator in folded else ():
                if piece.strip() in known:
                    return known[piece.strip()]
    return None


def is_desk(name: str) -> bool:
    """Say whether a credit names a desk of the outlet itself, not an agency.

    >>> is_desk("Web Desk")
    True
    """
    return _fold(name).removeprefix("by ") in _DESKS
