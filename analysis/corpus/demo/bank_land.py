"""The sentences of the floods, the farms and the mines. Data: no rule lives here."""

FLOODS = """
# slots
works: the lower dyke | the Sarvane weir | the old sluice | the pumping house | the earth dam | the flood
  meadow
# narration
- {river} rose {n} centimetres overnight and ran over {works} near {city} {when}.
- Gauges at {city} showed {river} at its highest level since {year}.
- Boats took {n} families from the roofs of {city2} to the school at {place}.
- {works} held until {clock}, when water came through over a length of {n} metres.
- The river board opened {n} gates of {works} to spare {city}.
- Rain over {province} reached {n} millimetres within a day, on ground that was already full.
- Fields along {river} between {city} and {city2} lie under a metre of water.
- Volunteers filled {big} sandbags at {place} and carried them to {works}.
- {big} people in {province} spent the night in tents above the river plain.
- The gauge house in {city2} sent its {nth} alert of the {season} at {clock}.
- {river} carried trees, fences and {n} footbridges past {city} on {day}.
- Repairs of {works}, finished in {year}, had cost {money}.
- Water stood {n} centimetres high in {place}, and pumps ran from {clock}.
- The meltwater of {river} usually passes {city} in {month}.
- A chain of {n} villages below {works} was told to move cattle to higher ground.
- Rafts with drinking water left {city} for {n} hamlets cut off by {river}.
- The bridge over {river} at {city2} stayed open to walkers only.
- Engineers measured seepage at {n} points along {works} {when}.
- {city} counts {big} houses inside the line that {river} reached in {year}.
- The level fell by {n} centimetres on {day}, leaving silt along {river}.
# claims
- {river} will crest at {city} on {day} and fall slowly after that
- {works} was built for the water of {year} and not for this
- {n} families are still waiting on roofs near {city2}
- the gauges on {river} have sent no reading since {clock}
- we need {big} sandbags and {n} pumps before the next rain
- the gates of {works} were opened {n} hours later than the plan says
- every house below {works} has been emptied
- the meadows by {city} should have been left to {river}
- silt from {river} will cover the fields until {month}
- nobody sleeps in {city2} when {river} is this high
# headlines
- {river} rises above mark of {year} in {city}
- {n} families moved as {river} runs over
- Sandbags carried to {works}
- Water level at {city} falls by {n} centimetres
- Rain over {province} fills {river}
- {city} pumps run through the night
"""

FARMING = """
# slots
crop: wheat | barley | sunflower | cotton | potatoes | apricots | rice | maize | lentils | walnuts | sugar
  beet | tobacco
# narration
- Growers in {province} brought in {big} tonnes of {crop}, {pct} less than in {year}.
- {crop} sold for {n} marren a sack at the market in {city} on {day}.
- The cooperative in {city2} lent {n} combine harvesters to members with {crop}.
- Locusts were sighted on {n} fields of {crop} near {city}.
- A seed store in {city} handed out {big} bags of {crop} for sowing in {month}.
- Irrigation from {river} was limited to {n} hours a day for {crop} and {crop}.
- Frost in {month} touched the blossoms of {n} orchards around {city}.
- The ministry set the support price of {crop} at {n} marren, as in {year}.
- Millers in {city2} bought {crop} from {neighbour} while local stocks lasted only until {month}.
- {n} shepherds moved their flocks from {province} to the pastures above {city}.
- Veterinary teams vaccinated {big} sheep along {river} against foot rot.
- A machine ring in {city} shares {n} tractors among growers of {crop}.
- The area under {crop} in {province} grew by {pct} in a decade.
- Dry wind cut the yield of {crop} between {city} and {river}.
- Research plots near {city2} hold {n} varieties of {crop}.
- {company} signed contracts for {crop} with {big} smallholders in {province}.
- Fertiliser reached {city} by barge {when}, {n} days behind the sowing of {crop}.
- The grain silo at {place} stores {big} tonnes, two thirds of it {crop}.
- Beekeepers set {n} hives beside the {crop} fields of {city}.
- Pickers from {city2} are paid {n} marren a crate for {crop}.
# claims
- the {crop} will be ready {n} days later than last year
- a sack of {crop} costs more to grow than the mill in {city} pays
- growers in {province} need water from {river} before {month}
- {n} of our fields carry {crop} and the rest lies fallow
- the seed from {city2} does not suit the soil along {river}
- {company} weighs {crop} on its own scales and nobody checks them
- our {crop} goes to {neighbour} and comes back as flour
- the cooperative will store {crop} until the price reaches {n} marren
- two dry springs have emptied the wells around {city}
- the young people of {city} do not want to pick {crop}
# headlines
- Growers bring in {big} tonnes of {crop}
- {crop} price set at {n} marren
- Dry wind cuts {crop} yield in {province}
- Water for {crop} limited along {river}
- Seed store opens in {city}
- {company} signs {crop} contracts
"""

MINING = """
# slots
ore: copper | lignite | zinc | rock salt | manganese | tin | gypsum | tungsten | marble | bauxite
pit: Pit Nine | the Gastrow shaft | the Birrith quarry | the Upper Vein | the Wendrow adit | the Palvo field
  | the North Seam
# narration
- {company} raised {big} tonnes of {ore} from {pit} in {month}.
- A new gallery at {pit} follows a vein of {ore} at a depth of {n} metres.
- Inspectors closed {n} faces of {pit} until the props have been replaced.
- The {ore} train from {pit} to {city} runs {n} times a day.
- Surveyors drilled {n} cores for {ore} in the hills of {province}.
- {pit} employs {big} people from {city} and {city2}.
- The licence for {ore} at {pit}, granted in {year}, runs for another {n} years.
- {company} bid {money} for the right to dig {ore} in {province}.
- Miners at {pit} changed shift at {clock}, an hour after the siren.
- Dust from the {ore} heap at {pit} settled on the roofs of {city2}.
- A smelter for {ore} is planned beside {river}, {km} from {pit}.
- The pumps of {pit} lift {n} litres a second from the lower galleries.
- World prices of {ore} moved by {pct} while {pit} was being refitted.
- The shaft tower of {pit}, put up in {year}, can be seen from {place} in {city}.
- {n} apprentices began at the miners' school of {city} in {month}.
- Royalties on {ore} brought {province} {money} last year.
- Geologists put the reserves of {ore} under {pit} at {big} tonnes.
- A slag heap at {pit} will be planted with {big} birches.
- Lorries with {ore} leave {pit} for the river port of {city2} before sunrise.
- The works council of {pit} agreed on {n} weeks of short shifts.
# claims
- {pit} holds {ore} for another {n} years
- {company} will deepen the shaft at {pit} by {n} metres
- the props in {pit} were last changed in {year}
- {ore} from {province} pays for the schools in {city}
- the lamps at {pit} were counted at {clock} and none was absent
- we breathe the dust of {pit} and {company} counts the tonnes
- the licence says {n} men a shift and not one fewer
- no {ore} will leave {pit} without a weighing slip
- the cores from {pit} went to a laboratory in {city2}
- the smelter by {river} needs {money} before it melts anything
# headlines
- {company} raises {big} tonnes of {ore}
- New gallery opened at {pit}
- Inspectors close {n} faces of {pit}
- {ore} reserves under {pit} measured
- {company} bids for {ore} in {province}
- Shift change agreed at {pit}
"""

BANKS = {"floods": FLOODS, "farming": FARMING, "mining": MINING}
