"""The sentences of the border, the elections and the courts. Data: no rule lives here."""

BORDER = """
# slots
crossing: Dorsk Gate | Tandrel Pass | Mell Bridge | the Zeddin road post | Quarra Ford | the Lusken crossing
  | Fennick Gate
goods: onions | cement | tyres | grain | cloth | dried fruit | timber | sugar | salt | machine parts |
  livestock | flour
# narration
- {neighbour} shut {crossing} to {goods} and {goods} {when} on {day}, and {n} lorries turned back towards
  {city}.
- Customs officers at {crossing} cleared {big} tonnes of {goods} in {month}, against {big} tonnes a year
  before.
- The frontier guard moved {n} men from {city} to {crossing} during the night.
- Drivers carrying {goods} slept in their cabs for {n} nights along the road to {crossing}.
- A new fence of {km} is to run from {crossing} to the hills above {city}.
- Under the transit accord of {year}, lorries with {goods} may cross at {n} posts between {country} and
  {neighbour}.
- The queue at {crossing} reached {km} by {clock}, with {goods} at the front and families at the back.
- Officers opened {n} containers of {goods} at {crossing} and found {money} in undeclared stock.
- Day labourers from {city} who carry {goods} over the line have been asked for a stamped pass since {month}.
- Talks between border commissioners of {country} and {neighbour} took place in a tent near {crossing}.
- Tariffs on {goods} crossing from {neighbour} rose by {pct} at the start of {month}.
- The customs house at {crossing}, built in {year}, handles a third of the trade in {goods}.
- {n} travellers without papers were sent back from {crossing} to {neighbour} on {day}.
- Traders in {city} moved their {goods} to the longer road through {city2}, which adds {km}.
- A joint patrol walked the line from {crossing} to {river} {when}.
- Freight forwarders count {n} days from {city} to {crossing}, where it used to be two.
- The gate at {crossing} was raised at {clock} for ambulances and for lorries loaded with {goods}.
- Visa desks at {crossing} issued {big} day permits in the {nth} week of {month}.
- A checkpoint {km} inside {neighbour} now weighs every lorry bound for {city}.
- Surveyors from both sides replaced {n} boundary stones near {crossing} that date from {year}.
# claims
- {crossing} will stay closed to {goods} until the papers are in order
- {n} lorries with {goods} are standing on the wrong side of the frontier
- {neighbour} wants a new stamp for {goods} and has not shown it to anyone
- the passes for {city} will be printed again before {month}
- we lose {money} for every week that {crossing} is shut
- the frontier runs where the stones of {year} stand and nowhere else
- a third of the {goods} sold in {city} comes through {crossing}
- the guards at {crossing} were told on {day} to turn back {goods}
- the two commissioners will sit down at {crossing} on {day}
- no lorry has left {city} for {neighbour} since {month}
- families on both sides of {crossing} need a permit that lasts longer than {n} days
# headlines
- {neighbour} closes {crossing} to {goods}
- {n} lorries wait at {crossing}
- Border talks resume near {crossing}
- Customs count {big} tonnes of {goods} in {month}
- New fence planned between {crossing} and {city}
- Traders in {city} turn to longer road for {goods}
"""

ELECTIONS = """
# slots
# narration
- {party} named {person} as its candidate in {city} at a convention {when}.
- Polling stations in {province} will open at {clock} and count by hand.
- {party} and {party} signed a joint list for {n} seats in {province}.
- The election commission registered {big} new voters in {city} between {month} and {month}.
- In {year}, {party} took {pct} of the vote in {province}.
- Ballot papers for {n} districts left the printing house in {city} under escort on {day}.
- A poll of {big} voters in {province} puts {party} at {pct}, ahead of {party}.
- {person} opened the campaign of {party} in {city} with a walk from {place} to {place}.
- The commission struck {n} names from the list in {city2} because of missing signatures.
- Turnout in the last council vote in {city} was {pct}, the {nth} lowest in {country}.
- {party} wants to hold a recount in {n} wards of {city}.
- Posters of {party} and {party} cover the walls between {place} and {river}.
- Observers visited {n} polling stations in {city} and {city2} before {clock}.
- The television debate between {person} and {person} lasted {n} minutes.
- Under the electoral law of {year}, a list needs {big} signatures in {province}.
- Campaign accounts show that {party} spent {money} in {province} by {month}.
- {person} withdrew from the race in {city2} and asked voters to turn to {party}.
- The count in {city} ended at {clock} with a margin of {n} votes.
- Wards along {river} have voted for {party} since {year}.
- Postal ballots from {city} make up {pct} of the roll.
# claims
- {party} will stand in all {n} wards of {city}
- the ballot boxes in {city} were sealed at {clock} and nobody touched them
- {person} has {n} percent of the delegates and needs a few more
- voters in {province} want to hear about wages and water, and they hear about posters
- the list of {party} was handed in on {day} with {big} signatures
- {party} will not share a ticket with {party} in {province}
- the roll in {city} still carries {n} people who moved away in {year}
- a second round in {city} would take place in {month}
- the count is public and anyone may stand behind the table
- we will name our candidate for {city} on {day}
# headlines
- {party} names candidate in {city}
- Commission registers {big} voters in {province}
- {party} and {party} agree joint list
- Recount sought in {n} wards of {city}
- Poll puts {party} at {pct} in {province}
- {person} opens campaign in {city}
"""

COURTS = """
# slots
charge: forging land deeds | tax evasion | smuggling tobacco | selling false permits | theft of copper wire |
  perjury | embezzling school funds | burning a warehouse | a rigged tender | selling diluted fuel
court: the district court | the court of appeal | the commercial court | the high bench | the administrative
  court
# narration
- {court} in {city} heard {n} witnesses in the case of {charge} on {day}.
- Prosecutors charged {person} with {charge} after a search of {n} flats in {city}.
- {court} adjourned the trial of {person} until {month} because a file had not arrived from {city2}.
- The indictment of {n} pages lists {charge} and {charge}, both in {province}.
- {person}, a former clerk at {place}, received {n} months for {charge}.
- A bench of three judges in {city} set bail at {money}.
- Lawyers for {company} filed an appeal against the order of {month}.
- {court} lifted the seal on {n} documents in the matter of {charge}.
- The trial over {charge} at {place} enters its {nth} week on {day}.
- Court records in {city} show {n} cases of {charge} since {year}.
- {person} was acquitted of {charge} when {court} found the ledgers incomplete.
- The judge read the verdict {when}, for {n} minutes, in a room with {n} seats.
- Police brought {person} from {city2} to {court} in a closed van.
- {court} ruled that {company} must pay {money} to {n} tenants in {city}.
- An expert from {city2} compared {n} signatures for {court}.
- The statute of {year} allows {n} days for an appeal to {court}.
- The registry in {city} carries a backlog of {big} files, {pct} of them older than a year.
- Defence counsel asked {court} to strike out the statement given in {month}.
- {n} jurors were sworn in at {city}, and two asked to be excused.
- The case of {charge} began with a ledger found near {place} in {month}.
# claims
- my client was in {city2} on the {nth} day of {month} and {n} people saw it
- the evidence for {charge} fills {n} folders
- {court} will hear the matter of {charge} in {month}
- {person} signed the paper and {court} has the original
- the search of the flats in {city} took place without a warrant
- the verdict on {charge} can be appealed until {day}
- the prosecutors will call {n} more witnesses before {month}
- {company} has paid the {money} that {court} ordered
- no judge in {city} has seen a ledger like it since {year}
- the file on {charge} went from {city} to {city2} and came back without page {n}
# headlines
- {person} charged with {charge}
- Trial over {charge} adjourned in {city}
- {company} ordered to pay {money}
- Appeal filed in {city} case of {charge}
- Witnesses heard in trial over {charge}
- Court in {city} lifts seal on {n} documents
"""

BANKS = {"border": BORDER, "elections": ELECTIONS, "courts": COURTS}
