"""Words that say who somebody is: titles, roles, pronouns, particles of names. Not for reporting verbs (`voice_words`).

English, with the offices of South Asia; written by hand.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words("""
    mr mrs ms miss dr prof professor sir lord lady dame sheikh shaikh maulana mufti allama qazi haji hajji mullah
    maulvi imam pastor rev reverend father sister bishop archbishop cardinal pope rabbi king queen prince princess
    president vice-president prime minister premier chancellor governor mayor senator sen rep representative
    congressman congresswoman secretary ambassador envoy chief justice judge attorney general gen lt lieutenant col
    colonel maj major capt captain brig brigadier admiral marshal air field commander inspector superintendent
    commissioner deputy director chairman chairwoman chairperson speaker leader spokesman spokeswoman spokesperson
    minister federal interim acting caretaker foreign finance interior defence defense information state chief-minister
    sgt sergeant detective officer sheriff supt dig igp ig dpo dco sp ssp adc dc retd ret hon honourable honorable
    st vice special adviser advisor assistant representative-elect president-elect former ex-president then
    republican democratic democrat gop union provincial national senior junior lead rector principal dean captain
    coach manager ceo cfo editor reporter host author analyst pollster strategist mna mpa senator-elect syed malik
    begum justice-retd engr engineer advocate barrister nominee candidate premier first pm cm dg coas cjp sapm fm fo cec
    spokespersons ministers ex-prime vice-chancellor chief-secretary additional special
    """)
"""Words before a name that are no part of it, in small letters and without a full stop."""

KEPT = _words("malik syed begum lead justice first state chief special")
"""Titles that are names as well: they go only where a name of two words is left, or a title stands before them."""

BODIES = _words("""
    office ministry department bank court council committee commission party house force forces police army navy
    assembly senate congress board authority agency bureau association union university institute wing division company
    club group organisation organization corporation federation service services team center centre foundation fund
    league society alliance network times post journal news tribune press cabinet secretariat parliament administration
    campaign government
    """)
"""Last words of names of bodies: what looks like a title in them belongs to the name (“Prime Minister's Office”)."""

ROLES = _words("""
    spokesman spokeswoman spokesperson spokespeople spokesmen official officials source sources minister ministers
    ministry police officer officers authorities authority government administration army military commander
    commanders president premier leader leaders lawmaker lawmakers senator senators congressman congresswoman
    representative representatives governor mayor judge judges court jury prosecutor prosecutors lawyer lawyers
    attorney attorneys counsel witness witnesses resident residents villager villagers expert experts analyst analysts
    critic critics supporter supporters opponent opponents observer observers campaign campaigns aide aides adviser
    advisers advisor advisors staff staffer staffers secretary director chairman chairwoman chairperson chief head
    manager executive executives ceo founder owner professor researcher researchers scientist scientists scholar
    scholars teacher teachers student students doctor doctors economist economists historian pollster strategist
    strategists activist activists protester protesters voter voters farmer farmers trader traders worker workers
    union association group groups organisation organization organizations agency department bureau committee
    commission council board panel party parties company companies firm firms bank report reports study survey poll
    statement letter memo email editorial article paper newspaper post tweet document documents lawsuit complaint
    affidavit indictment petition candidate candidates nominee opponent rival rivals host anchor moderator reporter
    reporters journalist journalists columnist correspondent editor editors author writer producer mother father
    parents wife husband son daughter brother sister family families man woman men women people person boy girl friend
    friends neighbour neighbours neighbor neighbors colleague colleagues speaker coach captain player players
    victim victims survivor survivors relative relatives diplomat diplomats envoy ambassador delegation side
    someone somebody others another one many some most republicans democrats conservatives liberals americans
    member members sheriff deputy detective investigators investigator soldier general veteran veterans
    businessman businesswoman investor investors consultant operative operatives insider insiders donor donors
    guest caller user users fan fans audience crowd website site magazine network
    """)
"""Nouns that speak without a name; a speaker who is only this is left open."""

PERSONS = _words("he she i")
PRONOUNS = _words("he she they it we i you who")
PARTICLES = _words("al ul ur bin bint ibn abu de da del della der den di du la le van von y e o zu")
"""Small words within names."""

NOT_NAMES = _words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december jan feb mar apr jun jul aug sep sept oct nov dec twitter facebook instagram youtube today
    yesterday tomorrow tonight but and or so yet for nor if when while after before since because although though as
    that this these those there here what why how where in on at of by with from to the a an his her its their our my
    your he she it they we i you who no not yes well also still even then now later earlier meanwhile however instead
    according asked speaking one another some many most all both each every such more other others read photo image
    advertisement ms mr mrs dr
    """)
"""Words with a capital that are no name by themselves."""
