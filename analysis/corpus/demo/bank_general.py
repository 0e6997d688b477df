"""Sentences that may stand in any article: scene, background, numbers, procedure; and the slots all banks
  share.

Sober by intent: tone is planted by `bank_tone.py` alone.
"""

SLOTS = """
# slots
place: the old market | the station square | the grain exchange | the river quay | the town hall | the east
  gate |
  the bus depot | the public baths | the tannery quarter | the upper bridge | the customs house | the cattle
  yard |
  the school street | the clock tower | the weavers' row | the ferry steps | the north barracks | the water
  works
season: autumn | winter | spring | summer | harvest season | rainy season | dry season | year
nth: second | third | fourth | fifth | sixth
month: January | February | March | April | May | June | July | August | September | October | November |
  December
day: Monday | Tuesday | Wednesday | Thursday | Friday | Saturday | Sunday
furniture: tables | benches | shelves | counters | ledgers | waiting rooms | shop fronts
when: early in the morning | shortly after noon | late in the evening | before dawn | at the end of the day |
  during the midday break
body: the provincial assembly | the audit chamber | the town council | the planning board | the ombudsman's
  office |
  the statistics office | the joint committee | the district court | the works department | the regional
  governor
report: a forty-page report | a short note | an internal memo | a table of figures | a letter to members | a
  draft plan
weather: under a low grey sky | in steady rain | in bright sunshine | in a cold wind | in thick morning fog
  | in dry heat
source: two officials familiar with the file | a notice on the town board | a statement issued overnight |
  a person present at the meeting | documents seen by this newspaper | the minutes of the meeting | a senior
  clerk |
  residents reached by telephone | the weekly bulletin of the province | several members of the committee |
  an employee who asked not to be named | the office of the governor
vehicle: lorries | carts | buses | vans | bicycles | handcarts | tractors
trade: shopkeepers | drivers | teachers | porters | farmers | clerks | bakers | students | pensioners |
  weavers | mechanics
role_border: border commissioner | customs director | spokesman for the frontier guard | head of the
  carriers' guild |
  deputy minister of the interior | chief of the crossing post
role_floods: head of the river board | relief coordinator | hydrologist | mayor of the lower town | dyke
  warden |
  civil protection chief
role_energy: energy minister | director of the grid office | union secretary at the power station | chief
  engineer |
  chairman of the tariff board | consumer advocate
role_football: head coach | club captain | league secretary | team doctor | goalkeeper | club president
role_elections: election commissioner | party chairwoman | campaign manager | returning officer | lead
  candidate |
  head of the observer mission
role_courts: state prosecutor | defence lawyer | presiding judge | court registrar | bar association
  president |
  legal scholar
role_health: chief physician | health commissioner | head nurse | director of the clinic | epidemiologist |
  pharmacists' spokesman
role_education: education minister | headmistress | teachers' union secretary | university rector | parents'
  spokeswoman |
  school inspector
role_transport: transport commissioner | stationmaster | head of the roads office | ferry captain | drivers'
  union leader |
  railway director
role_farming: agriculture minister | chairman of the growers' cooperative | seed researcher | veterinary
  officer |
  water steward | miller
role_markets: central bank governor | chief economist | broker | chairman of the chamber of commerce |
  finance minister |
  savings bank director
role_mining: mines inspector | pit manager | geologist | miners' delegate | mayor of the pit town | mining
  minister
"""

BANK = """
# narration
- The meeting at {place} in {city} began {when} and lasted more than {n} minutes.
- {city}, a town of {big} people on {river}, lies {km} from the provincial capital.
- A copy of {report} was sent to {body} on {day}.
- Some {trade} from {place} waited in line {weather}, papers in hand.
- The matter had first come before {body} in {month} {year}.
- A second session is planned for {day} at {place}, with members from {province} attending.
- In {city2}, {km} away, {trade} and {trade} watched the news in tea rooms near {place}.
- {body} lists {n} similar files for {province} since {year}.
- The street between {place} and {place} was lined with {vehicle} for most of {day}.
- Clerks carried {n} boxes of files out of {place} {when}.
- The figures cover the {n} districts of {province} and were last revised in {month}.
- By {clock}, about {big} people had passed through {place}.
- The item takes up {n} lines in {report} dated {month} {year}.
- Members of {body} travelled from {city} to {city2} by road {weather}.
- Until {year} the task belonged to an office in {city} that no longer exists.
- The hall at {place} has {n} rows of seats, and most were taken {when}.
- A census in {year} counted {big} households in {province}.
- On {day}, {trade} set up stalls near {place} in {city} as usual.
- The file is now with {body}, which meets every {nth} {day}.
- It is the {nth} such step in {province} since {month}.
- A list with {n} names hung on the door of {place} in {city2}.
- Radio in {city} carried the announcement {when}, between the weather and the grain prices.
- Under a rule from {year}, {body} has {n} days to reply.
- The road to {city2} follows {river} for {km} and then turns towards {province}.
- A spokesman at {place} gave no further details, and the office closed at {clock}.
- {trade} in {city} spoke of little else {when}.
- The numbers for {month} are due on {day} and will be printed in {report}.
- Between {month} and {month}, {body} heard {n} submissions from {city} alone.
- The delegation from {province} numbered {n} and stayed at a guest house by {river}.
- At {place}, a painted board still shows the plan of {year}.
- Two clerks from {body} read the {n} paragraphs aloud in turn.
- {city} and {city2} share one office for such matters, at {place}.
- The seats reserved for {trade} remained empty until {clock}.
- A ferry on {river} brought {n} more visitors {when}.
- Only {n} of {big} forms had been returned to {body} by {day}.
- The budget of {province} for the item stands at {money}.
- Schoolchildren passing {place} stopped to look, then went on {weather}.
- The minutes run to {n} pages and mention {city} only once.
- Reporters were shown to a side room at {place} and handed {report}.
- In the archive of {city2} the matter fills {n} folders, the oldest from {year}.
- The next bulletin is expected {when} on {day}.
- Around {place}, {vehicle} moved slowly and {trade} kept their doors open past {clock}.
# claims
- the details will be in {report} on {day}
- we have sent {n} letters to {body} and received one answer
- {city} should not be measured by the standards of {city2}
- {body} will look at the matter again in {month}
- there are {big} people in {province} and each of them has a file
- the date was set in {month} and it has not moved since
- nobody in {city} was asked before {day}
- it takes {n} signatures to move a table in this building
- we will meet at {place} on {day} and talk about the rest
- the office in {city2} has had the papers since {month}
- {trade} from {place} will send a delegation of {n}
- I read {report} twice and found the same number both times
- the rules of {year} still apply in {province}
- every district gets its {n} seats and not one more
# headlines
- {city} waits for {body}
"""
