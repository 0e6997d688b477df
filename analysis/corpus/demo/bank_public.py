"""The sentences of health, education and football. Data: no rule lives here."""

HEALTH = """
# slots
ill: measles | marsh fever | influenza | whooping cough | jaundice | typhoid | the summer cough | mumps
ward: the children's ward | the maternity ward | the outpatient clinic | the surgical wing | the county
  hospital |
  the dispensary
# narration
- Doctors in {city} recorded {n} cases of {ill} in the week to {day}.
- {ward} in {city2} received {n} new beds in {month}.
- Mobile teams vaccinated {big} children against {ill} in {province}.
- Nurses at {ward} in {city} worked {n} extra shifts in {month}.
- A laboratory in {city2} tested {big} samples for {ill}.
- The health office asked residents along {river} to boil water for {n} days.
- {ward} closed its doors to visitors because of {ill}.
- Pharmacies in {city} ran short of syrup for {ill} {when}.
- {company} delivered {n} incubators to {ward} at a price of {money}.
- The waiting list for {ward} in {province} counts {big} names.
- A midwife school with {n} places opened near {place} in {city}.
- {n} ambulances cover the {km} between {city} and {city2}.
- Health inspectors took swabs from {n} kitchens around {place}.
- Deaths from {ill} have become rare in {province} since {year}.
- The clinic at {city} sees {n} patients before noon and as many after.
- A surgeon from {city2} operates at {ward} every {nth} {day}.
- Ticks carrying {ill} were found on {n} farms near {river}.
- Parents stood with vaccination cards outside {ward} {when}.
- {ward} spends {money} a year on bandages and gloves.
- The register of {ill} in {province} was begun in {year}.
# claims
- {ill} will pass through {city} by {month}
- {ward} has {n} beds and one doctor at night
- children under {n} months cannot be vaccinated against {ill}
- the samples from {city2} were clear of {ill}
- patients with {ill} should stay at home for {n} days
- we have syringes for {n} weeks and nurses for fewer
- {ward} will get its own pharmacist on {day}
- the water of {river} has nothing to do with {ill}
- a bed in {ward} costs {n} marren a night
- the teams will reach the last villages of {province} in {month}
# headlines
- {n} cases of {ill} in {city}
- Vaccination against {ill} begins in {province}
- New beds for {ward} in {city}
- Residents along {river} told to boil water
- Pharmacies in {city} run short
- Midwife school opens in {city}
"""

EDUCATION = """
# slots
school: the girls' school | the technical college | the village school | the upland university | the lyceum |
  the evening school | the teachers' seminary
subject: mathematics | grammar | chemistry | history | the Vesharan language | geography | bookkeeping | music
# narration
- Pupils of {school} in {city} sat the {subject} paper on {day}.
- {school} in {city2} has {n} classes and {n} teachers this year.
- The ministry ordered {big} new textbooks for {subject}.
- {school} moved into a former barracks near {place} in {month}.
- {n} pupils from {province} won a place at {school}.
- Lessons in {subject} were dropped for {n} weeks while the roof was mended.
- Teachers in {city} received their pay {n} days after the end of {month}.
- A survey of {big} pupils compared reading in {city} and {city2}.
- {school} will teach {subject} in the evening from {month}.
- The bus to {school} covers {km} and picks up {n} children.
- Examiners marked {big} scripts in {subject} at a hall near {place}.
- {company} pays for {n} places at {school} in {city}.
- The school year in {province} begins {n} days later than in {year}.
- {school} of {city2} counts {big} former pupils.
- Desks for {n} classrooms came by barge down {river}.
- Fees at {school} were fixed at {n} marren a term.
- Parents painted the fence of {school} {when}.
- A library with {big} volumes opened at {school} in {city}.
- The rector of {school} handed out {n} diplomas {weather}.
- Inspectors heard {subject} lessons in {n} schools of {province}.
# claims
- {school} needs {n} teachers of {subject} by {month}
- pupils in {city} read as well as pupils in {city2}
- the {subject} paper had one question too many
- no child in {province} should walk more than {n} minutes to a lesson
- the textbooks for {subject} will come in {month}
- {school} was promised a roof in {year}
- a class of {n} children is two classes
- the pay for {month} is in the bank in {city}
- {subject} will be taught in the mornings at {school}
- diplomas from {school} are recognised in {neighbour}
# headlines
- Pupils in {city} sit {subject} paper
- {big} textbooks ordered for {subject}
- Library opens in {city} school
- School year in {province} begins late
- {school} moves to new rooms in {city}
- {n} pupils win places from {province}
"""

FOOTBALL = """
# slots
club: Veshin Rovers | Tolmark Athletic | Issen Town | Halvik Wanderers | Dorsk Lokomotiv | Kessarin Eleven |
  Orvice Harbour |
  Brunnow Forge | Sarvo Rangers | Pelluth Albion | Minarelle Stars | Quennit Sporting
goals: 1-0 | 2-0 | 2-1 | 3-1 | 3-2 | 4-1 | 1-1 | 0-0 | 2-2
# narration
- {club} played {goals} against {club} in front of {big} spectators on {day}.
- {person} scored in minute {n} after a corner from the left.
- {club} travel to {city} on {day} without their first goalkeeper.
- The league moved the match between {club} and {club} to {clock}.
- {club} sit {n} points behind {club} with a handful of rounds to play.
- {person} signed for {club} until {month} for a fee of {money}.
- A header by {person} settled the derby between {club} and {club}.
- The pitch at {city} was cleared of snow {when}, and {club} kicked off late.
- {club} have taken {n} points from their home matches.
- The referee showed {person} a second yellow card in minute {n}.
- {club} changed three players at the interval and went on to draw {goals}.
- Tickets for {club} against {club} sold out at {place} by {clock}.
- {person} trained apart from the squad of {club} because of a stiff knee.
- {club} meet {club} in the {nth} round of the cup.
- The under-nineteens of {club} opened their tour of {neighbour} with a {goals}.
- A stand for {big} spectators is being built at the ground of {club}.
- {club} named {person} as coach, the {nth} since {month}.
- Rain stopped the match of {club} in minute {n} at {goals}.
- {person} has {n} goals for {club} this season.
- Supporters of {club} came by special train from {city2}.
# claims
- {club} will play with two forwards on {day}
- {person} trained all week and starts in {city}
- {club} had more of the ball and we had the goal
- the second half against {club} was ours
- a {goals} in {city} is a point to build on
- the knee of {person} needs {n} days
- {club} run for ninety minutes and so must we
- the penalty in minute {n} was a penalty
- {person} will stay with {club} until {month}
- the grass in {city} was too long for our passing
# headlines
- {club} and {club} end {goals}
- {person} signs for {club}
- {club} name {person} as coach
- {club} travel to {city}
- Snow delays {club} match
- {club} reach {nth} round of cup
"""

BANKS = {"health": HEALTH, "education": EDUCATION, "football": FOOTBALL}
