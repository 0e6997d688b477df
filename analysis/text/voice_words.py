"""Words that report what somebody says, thinks, wants or finds. Not for the rules that use them (`voice_kernel`).

Written by hand for English: base forms, from which the regular inflections are made, and the irregular ones. Other
languages have quotation, but no reported speech yet.
"""

# One bit each: what a word may be in a sentence that reports. SAYS, THINKS (of the mind) and SHOWS (polls, papers)
# take a clause; ACTS says something by what it names (criticise); WANTS is of the will; NOUN are nouns and adjectives
# that report with "that", "to", "about"; SPEAKS needs "of", "about", "out". AMBIGUOUS may be a noun; BASE is a base
# form, PLAIN one that is a verb whatever its subject; WEAK reports only with "that"; TELLS has a person told. TURN
# and RELATIVE end a clause after a comma, ASIDE after its last comma, BREAK without one. SELF is the writer. Of the
# nouns, INTENT report with "to", FACT only with "that"; ADJECTIVE report without "that" after a form of "be". Nothing
# is reported after NEVER. CLAIMS without a verb behind it wins something ("claimed a third crown"). POINTS, VOTES,
# SIGHTS ("see it as"), SEEMS, HEARSAY ("reportedly") and TOPIC ("about whether") have a rule each; TEXTS show what
# they say, POLL is as "according to".
SAYS, THINKS, SHOWS, ACTS, WANTS, NOUN, SPEAKS, AMBIGUOUS = (1 << n for n in range(0, 8))
BASE, PLAIN, GERUND, WEAK, TELLS, THAT, TO, LINK = (1 << n for n in range(8, 16))
DEVELOPS, PARTICLE, WHETHER, ACCORDING, DETERMINER, TURN, RELATIVE, ASIDE = (1 << n for n in range(16, 24))
BREAK, SELF, PRONOUN, BE, FINITE, AND, ADVERB, ADJUNCT = (1 << n for n in range(24, 32))
PREPOSITION, ING, ED, WITHIN, ADJECTIVE, POINTS, OF, INTENT = (1 << n for n in range(32, 40))
FACT, TOPIC, VOTES, HEARSAY, SIGHTS, AS, TEXTS, SEEMS, POLL, NEVER, CLAIMS = (1 << n for n in range(40, 51))

_SAYS = """
    say tell add note write tweet announce claim argue warn explain state declare insist acknowledge admit reply
    respond continue recall stress emphasise emphasize maintain assert contend allege confirm disclose observe
    remark comment mention complain joke quip testify reiterate repeat remind assure inform boast lament concede
    caution opine highlight underline underscore echo hint imply deny retort recount affirm reaffirm proclaim
    retweet post report suggest charge conclude ask inquire enquire agree clarify confess elaborate signal disagree
    counter infer concur regret reassure confide apprise
"""
_THINKS = """
    believe think hope fear worry expect predict suspect feel know wonder doubt understand realise realize assume
    anticipate estimate forecast envision consider view see
"""
_SHOWS = "show find indicate demonstrate determine discover learn reveal recognise recognize"
_ACTS = """
    criticise criticize praise condemn blast slam attack accuse blame defend support oppose reject dismiss question
    mock call describe discuss cite reference refer denounce decry deride ridicule applaud hail laud commend welcome
    endorse tout portray characterise characterize liken assail chide rebuke object quote thank express voice
    outline rebut congratulate rail lambaste deplore bemoan bash disparage berate favour favor prefer dislike admire
    resent regret abhor detest despise distrust appreciate mourn mention invoke evoke insinuate speculate theorize
    theorise ponder contemplate await envy resist skewer scold taunt lampoon malign vilify demonise demonize depict
    trumpet glorify lionize lionise romanticize romanticise sympathise sympathize dispute refute reprimand censure
    pillory excoriate castigate admonish snub downplay exaggerate overstate warn predict foresee envisage deem
    compare detail document chronicle persuade contest disapprove trust cherish loathe credit fault preach lecture
    recite relay utter vent mutter murmur whisper shout yell scream chant exclaim interject quiz grill pitch paint
    brand label dub equate contrast attribute ascribe identify boo heckle jeer grouse carp moan whine
    challenge contradict rebuff spurn vouch attest envision love hate list press
"""
_WANTS = """
    want plan pledge promise vow swear refuse decide threaten intend propose recommend advise offer urge demand seek
    advocate encourage decline aim consider yearn strive aspire beg plead implore beseech
"""
_NOUNS = """
    statement claim allegation fear concern belief argument suggestion hope worry accusation assertion contention
    remark comment criticism complaint warning announcement conclusion view opinion doubt suspicion notion idea
    question promise pledge vow plan decision proposal demand request call refusal desire intention willingness
    prediction expectation speculation rumor rumour denial admission recommendation insistence testimony advice
    assurance commitment determination theory perception impression assumption eagerness wish plea oath rebuke
    rebuttal defense defence endorsement critique characterization characterisation portrayal depiction account
    interpretation assessment estimate forecast projection judgment judgement sentiment feeling anger frustration
    outrage resentment hostility enthusiasm admiration contempt disdain distrust skepticism scepticism cynicism
    anxiety unease dismay disappointment alarm regret reluctance unwillingness attack praise condemnation opposition
    objection states evidence disclosure confirmation acknowledgement acknowledgment reminder message response
    conviction proposition description interest intent confidence
"""
_INTENTS = """
    plan pledge promise vow proposal demand request call refusal desire intention intent willingness decision
    commitment determination wish reluctance unwillingness eagerness recommendation offer opposition objection
    resistance idea attack
"""
_ADJECTIVES = """
    worried concerned confident convinced certain hopeful optimistic pessimistic sceptical skeptical critical afraid
    fearful aware determined willing unwilling reluctant supportive dismissive proud clear adamant suspicious
    doubtful wary mindful unaware sure unsure angry furious upset frustrated dismayed alarmed pleased happy glad
    thrilled excited delighted disappointed shocked puzzled intent keen anxious opposed committed dedicated
    sympathetic grateful thankful apologetic hostile indifferent enthusiastic incensed outraged appalled horrified
    embarrassed ashamed ambivalent agnostic nervous apprehensive cautious
"""
_SPEAKS = """
    speak spoke speaks speaking spoken talk talked talks talking point pointed points pointing brag bragged brags
    bragging gush gushed rave raved rant ranted fume fumed fret fretted seethe seethed muse mused dwell dwelt
    elaborate elaborated expound allude alluded alludes alluding apologize apologized apologise apologised lash
    lashed lashes lashing rage raged bristle bristled balk balked grumble grumbled gripe griped groan groaned scoff
    scoffed sneer sneered marvel marveled marvelled swoon inveigh inveighed
"""
_FACTS = """
    evidence disclosure finding findings confirmation acknowledgement acknowledgment reminder reality conclusion
    request requests conclusions demand states sign signs signal signals remark remarks response message
"""
_WEAK = """
    conclude concludes concluded concluding directed directs instructed instructs echo echoes echoing echoed offer
    offers offering posted posts posting continue continued continues continuing repeat repeated repeats repeating
    respond responded responds responding reply highlight highlights highlighted highlighting observe observed
    observes observing comment commented comments charge charges charging feel feeling consider considered considers
    considering state note notes show find shown demonstrate demonstrates written discover discovered wonder wonders
    know known knowing request tweet post report reports underline estimates knew remark remarks learn understand
    understood view views demand demands attack add added adds states see sees saw seen seeing evidence disclosure
    revelation finding confirmation acknowledgement acknowledgment reminder sign signs signal signals message
    response assume assumes assumed assuming charged underscore underscores underscored underscoring demonstrated
    demonstrating indicate indicates indicating determine determines determined determining understanding reality
    conviction conclusion conclusions decline claims question
"""
_IRREGULAR = {
    "say": "said says saying",
    "tell": "told tells telling",
    "write": "wrote writes writing written",
    "think": "thought thinks thinking",
    "feel": "felt feels feeling",
    "know": "knew knows knowing known",
    "understand": "understood understands understanding",
    "see": "saw sees seeing seen",
    "foresee": "foresaw foresees foreseeing foreseen",
    "find": "found finds finding",
    "show": "showed shows showing shown",
    "swear": "swore swears swearing sworn",
    "seek": "sought seeks seeking",
    "beseech": "besought beseeches beseeching",
    "forecast": "forecast forecasts forecasting",
    "learn": "learned learnt learns learning",
    "strive": "strove strives striving",
    "decline": "declined declining",  # "declines" are of numbers
    "state": "stated stating",  # "states" are countries
    "thank": "thanked thanking",  # "thanks" to the rain
}
_DOUBLED = frozenset(["quip", "slam", "plan", "refer", "admit", "rebut", "snub"])
_VOWELS = "aeiou"


def inflected(base: str) -> tuple[str, ...]:
    """Give the inflected forms of a verb, without its base form.

    >>> inflected("urge"), inflected("slam"), inflected("deny")
    (('urged', 'urges', 'urging'), ('slammed', 'slams', 'slamming'), ('denied', 'denies', 'denying'))
    """
    if base in _IRREGULAR:
        return tuple(_IRREGULAR[base].split())
    if base[-1] == "y" and base[-2] not in _VOWELS:
        return base[:-1] + "ied", base[:-1] + "ies", base + "ing"
    stem = base + base[-1] if base in _DOUBLED else base.removesuffix("e")
    third = base + "es" if base.endswith(("s", "sh", "ch", "x")) else base + "s"
    return stem + "ed", third, stem + "ing"


def _verbs(bases: str) -> frozenset[str]:
    return frozenset(form for base in bases.split() for form in inflected(base))


def _third_persons(bases: str) -> frozenset[str]:
    return frozenset(inflected(base)[1] for base in bases.split())


def _nouns(singulars: str) -> frozenset[str]:
    plural = {s[:-1] + "ies" if s[-1] == "y" and s[-2] not in _VOWELS else s + "s" for s in singulars.split()}
    return frozenset(singulars.split()) | plural


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ALL = " ".join((_SAYS, _THINKS, _SHOWS, _ACTS, _WANTS))
_NOUNS_TOO = """
    report note state post charge show like love hate call comment support signal sign appeal threat embrace welcome
    voice claim vote document detail aim campaign contest challenge credit trust fault pitch paint brand label list
    press contrast lecture vent shout scream chant suspect
"""
_THAN_A_SUBJECT = """
    say believe think know want support oppose favor favour criticize criticise doubt expect agree argue insist
    acknowledge suspect suggest predict complain contend
"""
_FINITE = """
    has have had will would could should can may might must shall did does do won't wouldn't can't couldn't isn't
    aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't shouldn't cannot it's he's she's they're went
    came made took got gave left brought kept held began became led met ran sent spent stood lost won paid put heard
    built felt fell grew drew threw broke drove rose needs wants gets makes takes goes seems looks remains
"""
_ADJUNCT = """
    in on at during after before last earlier later yesterday today tonight monday tuesday wednesday thursday friday
    saturday sunday through via from when while by with of for to about as this recently then here late early next
    also again separately afterwards afterward once sarcastically bluntly flatly simply
"""
_BREAK = "after before until since monday tuesday wednesday thursday friday saturday sunday yesterday"
_ASIDE = "a an with for compared especially particularly implicitly just roughly nearly almost both"
_DETERMINER = "the a an this these those his her its their our my your some any no each every such"
_PREPOSITION = "of in for by with from at into on about over against after before while since without despite"
_WITHIN = "in by at from with into"
_TELLS = """
    tell told tells telling ask asked asks asking inform informed assure assured remind reminded reassured apprised
    directed directs instructed instructs
"""
_TEXTS = (
    "polls surveys studies documents records reports figures statistics results emails data averages returns"
)
_SIGHTS = "see sees saw seeing view viewed viewing regard regards regarded regarding"

LISTS: tuple[tuple[frozenset[str], int], ...] = (
    (_verbs(_SAYS) | _words(_SAYS), SAYS),
    (_verbs(_THINKS) | _words(_THINKS), THINKS),
    (_verbs(_SHOWS) | _words(_SHOWS), SHOWS),
    (_verbs(_ACTS) | _words(_ACTS), ACTS),
    (_verbs(_WANTS) | _words(_WANTS) | _words("directed directs instructed instructs"), WANTS),
    (_nouns(_NOUNS) | _words(_ADJECTIVES), NOUN),
    (_words(_SPEAKS), SPEAKS),
    (_words(_ADJECTIVES), ADJECTIVE),
    (_words(_FACTS), FACT),
    (_words("about over"), TOPIC),
    (_words(_SIGHTS), SIGHTS),
    (_words("as"), AS),
    (_words("seem seems seemed appear appears appeared"), SEEMS),
    (_words("poll survey"), POLL),
    (_words(_TEXTS), TEXTS),
    (_words("voted voting"), VOTES),
    (_words("reportedly allegedly purportedly supposedly"), HEARSAY),
    (_nouns(_INTENTS) | _words(_ADJECTIVES), INTENT),
    (_words("point points pointed pointing"), POINTS),
    (_words("claim claims claimed claiming"), CLAIMS),
    (_words("of"), OF),
    (_words(_WEAK), WEAK),
    (_words(_ALL), BASE),
    (frozenset(form for form in _verbs(_ALL) if form.endswith("ing")), GERUND),
    ((_third_persons(_ALL) | _words(_ALL)) & _nouns(_NOUNS + _NOUNS_TOO), AMBIGUOUS),
    (_words(_THAN_A_SUBJECT), PLAIN),
    (_words(_TELLS), TELLS),
    (_words(_WITHIN), WITHIN),
    (_words("that"), THAT),
    (_words("to"), TO),
    (_words("out"), PARTICLE),
    (_words("of about against on"), DEVELOPS),
    (_words("about for against regarding concerning"), LINK),
    (_words("whether if how why what"), WHETHER),
    (_words("according"), ACCORDING),
    (_words(_DETERMINER), DETERMINER),
    (_words("worth without"), NEVER),
    (_words("but though although when"), TURN),
    (_words("who which whose whom"), RELATIVE),
    (_words(_ASIDE), ASIDE),
    (_words(_BREAK), BREAK),
    (_words("i we"), SELF),
    (_words("he she it they we i you who"), PRONOUN),
    (_words("is are was were be been being am he's she's it's they're we're i'm you're that's who's"), BE),
    (_words(_FINITE), FINITE),
    (_words("and or"), AND),
    (_words("also often even still not never then now once again just always later recently"), ADVERB),
    (_words(_ADJUNCT), ADJUNCT),
    (_words(_PREPOSITION), PREPOSITION),
)
