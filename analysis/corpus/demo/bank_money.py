"""The sentences of energy, markets and transport. Data: no rule lives here."""

ENERGY = """
# slots
plant: the Torvane dam | the Brunnow coal plant | the Rustane solar park | the Lusken wind farm | the gas
  works at Sarvo |
  the Drellow turbines
# narration
- {plant} fed {big} megawatt hours into the grid in {month}, {pct} below plan.
- Power in {city} was cut for {n} hours {when} while crews repaired a line from {plant}.
- The tariff board set the price of a unit at {n} marren for households in {province}.
- {company} laid {km} of cable between {plant} and {city2}.
- A transformer at {place} was replaced after {n} years of service.
- Load in {province} reached {big} megawatts at {clock}, the {nth} peak of the {season}.
- {plant} will stand still for {n} days for an overhaul of its rotors.
- Fuel oil for {plant} arrived by rail from {neighbour} on {day}.
- {n} villages above {city} were joined to the grid in {month}.
- Meters in {city2} are read by radio since {year}.
- {company} owes {money} to the operators of {plant}.
- Water behind the turbines stood {n} metres under the spillway {when}.
- Street lamps between {place} and {place} were dark until {clock}.
- A tender for {n} megawatts of solar panels closed in {city} on {day}.
- Losses on the line from {plant} fell to {pct} of the current sent.
- The stoves of {city} burn {big} tonnes of briquettes in a {season}.
- Gas pressure in {province} dropped by {pct} when a valve near {city} froze.
- Engineers tested a battery the size of {n} containers next to {plant}.
- Subscribers in {city} receive bills with {n} lines since {month}.
- {plant} started in {year} and has been widened twice.
# claims
- {plant} will be back on the grid on {day}
- the cable to {city} carries {n} percent more than it was built for
- no household in {province} will pay more than {n} marren a unit
- {company} must settle {money} before the next load of fuel
- the rotors of {plant} are older than the people who turn them
- the lamps in {city2} went out at {clock} and came back the next day
- the meters in {city} were changed without a visit
- there is current for {n} hours and the rest of the day is dark
- a line from {neighbour} could bring {n} megawatts by {month}
- the stoves will be lit in {month}, and the coal is still in {city2}
# headlines
- {plant} stands still for {n} days
- Power cut in {city} lasts {n} hours
- Tariff board sets price for {province}
- {company} lays cable to {city}
- {n} villages joined to grid
- Load in {province} peaks at {big} megawatts
"""

MARKETS = """
# slots
paper: mill shares | bonds | treasury notes | bank shares | cement shares | grain futures | gold coins |
  savings certificates
# narration
- The exchange in {city} closed {pct} higher on {day}, with {paper} leading.
- The marren traded at {n} to the Ardovenian crown at {clock}.
- The central bank kept its rate at {pct} for the {nth} month in a row.
- {company} reported sales of {money} for the quarter to {month}.
- Prices of {paper} fell by {pct} in thin trading {when}.
- Inflation in {province} stood at {pct} in {month}, the statistics office reported.
- {company} will pay {n} marren a share to its {big} holders.
- Imports through {city} came to {money} in {month}, exports to {money}.
- A line of buyers for {paper} formed outside a bank near {place}.
- The finance ministry sold {paper} for {money} in an auction on {day}.
- {company} and {company} called off their merger plans of {month}.
- Savings banks in {city2} opened {big} accounts since {month}.
- The index of {n} firms rose in {n} of the last thirty sessions.
- Wages in {city} grew by {pct} over the year, rents by {pct}.
- Brokers moved {big} lots of {paper} before the bell at {clock}.
- {company} takes up a loan of {money} over {n} years for a plant in {city}.
- Tea, soap and lamp oil cost {pct} more in {city} than in {month}.
- The mint in {city2} struck {big} coins with the year's new edge.
- A credit union at {place} wrote off {money} in old loans.
- The trade register of {province} lists {big} new firms, {n} of them in {city}.
# claims
- the rate will stay at {pct} until {month}
- {paper} are bought by people who cannot buy a house
- {company} has orders for {n} months
- the marren will hold its place against the crown
- prices in {city} follow the harvest and not the bank
- a family in {city2} spends {n} percent of its wage on bread
- the loan of {money} was signed in {city} on {day}
- nobody sold {paper} before {clock}
- the merger of {company} and {company} is a matter for the holders
- the auction drew {n} bidders and filled the book
# headlines
- Central bank keeps rate at {pct}
- {company} reports sales of {money}
- Exchange in {city} closes higher
- Inflation in {province} at {pct}
- Auction brings {money}
- {company} and {company} call off merger
"""

TRANSPORT = """
# slots
line: the valley railway | the night train | the number nine tram | the Quarra ferry | the ring bus | the
  mountain line |
  the express to Orvice | the coastal coach
# narration
- {line} between {city} and {city2} will not run for {n} days from {day}.
- A goods train left the rails near {city} {when}, and {n} wagons came to rest beside {river}.
- The roads office closed the pass between {city} and {city2} for {n} hours because of snow.
- {line} carried {big} passengers in {month}, the most since {year}.
- Crews laid {km} of new track on {line}.
- Tickets for {line} cost {n} marren from the first of {month}.
- {city} bought {n} buses from {company} for {money}.
- A tunnel of {km} under the hills of {province} was driven through at {clock}.
- {line} reached {city} {n} minutes behind its timetable on {day}.
- Lorries over {n} tonnes must use the by-pass around {city2}.
- The bridge at {city} takes {big} vehicles a day, twice what it was drawn for in {year}.
- Drivers of {line} stopped work for {n} hours {when}.
- A signal box near {place} is staffed again after {n} months.
- The airfield of {city2} received {n} flights in the week from {day}.
- Cyclists have had a lane of their own from {place} to {place} since {month}.
- {company} won the contract to sweep {km} of road in {province}.
- Asphalt was poured on the road along {river} {when}.
- {line} will call at {n} new stops in {province}.
- The ferry landing at {city} moved {n} metres down {river}.
- Taxi plates in {city} are limited to {big} by a rule of {year}.
# claims
- {line} will run again on {day} with {n} carriages
- the rails near {city} were laid in {year} and never turned
- {n} drivers are needed for {line} and we have half of them
- the bridge at {city2} will carry lorries until {month}
- a ticket from {city} to {city2} should cost {n} marren
- {line} was late because {n} signals showed red
- the tunnel saves {n} minutes for those who own a car
- {company} has not swept the road since {month}
- passengers of {line} were taken on by bus at {clock}
- the pass is open and the chains stay on
# headlines
- {line} halted for {n} days
- Goods train leaves rails near {city}
- {city} buys {n} buses
- Tunnel under {province} hills driven through
- Pass to {city} closed by snow
- {line} carries {big} passengers
"""

BANKS = {"energy": ENERGY, "markets": MARKETS, "transport": TRANSPORT}
