"""Words that decide where a sentence ends: abbreviations, initials, and words that open sentences.

Written by hand for English news, with the letter names and short forms that newspapers of South Asia print with a full
stop. All in lower case, without the stop. Not for words that report speech (`voice_words`).
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEVER_LAST = _words(
    """
    ven eng hony met uni res mr mrs ms mx messrs mme mlle dr drs
    prof profs gen lt col maj capt cpt sgt cpl pvt brig adm cmdr cdr
    comdr comm cmsr supt insp det dep lieut ltcol ssgt sqn wg flt hon rev revd fr st sr pres sen sens rep
    reps gov govs amb atty asst assoc adv advt justices sec secy hrh engr ar moulvi vs viz cf approx dept
    govt est ext fig figs eq min mins max ave blvd rd mt ft mts sh syed ch haji mst smt shri sri jt addl
    addnl commr retd univ natl intl bn mn tel رک د م ق ه رض රු ආචාර්ය මහාචාර්ය ரூ திரு திருமதி டாக்டர்
    பேரா
    """
)
"""After these the stop only shortens the word, where they begin with a capital."""

EVEN_IN_SMALL = _words(
    "vs viz cf approx dept govt mr mrs ms dr prof fig figs jt addl rs st gen lt col maj capt"
)
"""Those of which that holds in lower case too."""

BEFORE_NUMBER = _words(
    """
    no nos rs vol vols pp pg pgs para paras p art sect ch chap sec ver jan feb mar apr jun jul aug sep
    sept oct nov dec us s
    """
)
"""After these the stop only shortens the word where a number follows."""

SOMETIMES_LAST = _words(
    """
    inc ltd co cos corp bros jr snr jnr etc al plc llc phd esq ave jan feb mar apr jun jul aug sep sept
    oct nov dec mon tue tues wed thu thur thurs fri sat sun calif fla ga ill ind kan ky la mass md mich
    minn miss mo mont neb nev okla ore pa penn tenn tex va vt wash wis wyo ariz ark colo conn del ala sq
    km kg cm mm lb lbs oz hrs hr yrs yr gms
    """
)
"""These end a sentence only where a word that opens sentences follows."""

OPENERS = _words(
    """
    the a an this that these those he she it they we i you his her its their our my your there here but
    and or so yet nor in on at for from with by as to of after before since while when where why how who
    what which if although though however meanwhile moreover furthermore also still then thus therefore
    instead despite during under over until once both all some many most more no not now one two three
    several such earlier later according asked speaking talking responding referring addressing let today
    yesterday mr mrs ms dr is are was were do does did can could will would should has have had
    """
)
"""Words that, with a capital, seldom stand within a sentence."""

LETTER_NAMES = _words(
    """
    ඒ බී සී ඩී ඊ එෆ් ජී එච් අයි ජේ කේ එල් එම් එන් ඕ පී කිව් ආර් එස් ටී යූ වී ඩබ්ලිව් ඩබ්ලියු එක්ස් වයි ஏ
    பி சி டி இ எஃப் எப் ஜி எச் ஹெச் ஐ ஜே கே எல் எம் என் ஓ கியூ ஆர் எஸ் யு யூ வி டபிள்யூ டபிள்யு வை
    """
)
"""Initials of names, in the scripts that spell the Latin letter out."""

CUT_SHORT = _words("em n til tis twas twere cause bout round nuff cos tude s ere neath")
"""What stands after an apostrophe that opens no quotation: ’em, ’n’, ’til."""
