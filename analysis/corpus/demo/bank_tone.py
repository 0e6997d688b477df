"""Sentences that carry tone: what is planted in narration, and said by people. The words are common in
  general lexicons.

Not about any topic: they may stand in every article. No word of narration here says what people said, thought or hoped:
  that would be reported speech, and the tone of narration would be planted in another voice.
"""

SLOTS = """
# slots
bad_noun: crisis | violence | threat | failure | fear | anger | disaster | damage | chaos | despair | panic
  | danger |
  conflict | misery | hardship | tragedy | outrage | distress | hostility | collapse
bad_adj: dangerous | angry | terrible | violent | desperate | bitter | hostile | disastrous | grim | tragic
  | fearful |
  failed | broken | alarming | painful | miserable
bad_verb: failed | suffered | collapsed | worsened | struggled
good_noun: agreement | support | success | hope | progress | peace | trust | relief | confidence | benefit |
  improvement |
  delight | friendship | calm | gratitude | optimism | harmony | courage | help | joy
good_adj: successful | peaceful | hopeful | generous | excellent | strong | friendly | helpful | welcome |
  promising |
  confident | proud | grateful | impressive | delightful | calm
good_verb: succeeded | improved | excelled | won
"""

BAD = """
# narration
- For many households in {city} the {season} has meant {bad_noun} and {bad_noun}, with no end in sight.
- The {bad_adj} mood in {place} deepened after a {bad_adj} week for the town.
- A sense of {bad_noun} hung over {city}, where the plan {bad_verb} for the {nth} time.
- What began as a small matter has become a {bad_adj} {bad_noun} for the people of {province}.
- The {bad_noun} spread from {place} to {city2} within {n} hours, and {bad_noun} followed.
- Fresh {bad_noun} and a {bad_adj} tone marked the days that followed.
- Months of delay have ended in {bad_noun}, {bad_noun} and empty {furniture}.
- The old arrangement {bad_verb} badly, and the {bad_adj} result was plain from {place} to {city}.
- Few in {city} were used to such {bad_noun}; fewer still had lived through so {bad_adj} a turn.
- There was {bad_noun} in the queue outside {place}, and a {bad_adj} silence inside.
- The town has lived with {bad_noun} since {month}, and the {bad_noun} shows on {furniture}.
- It was a {bad_adj} end to a {bad_adj} {season} in {province}.
- Behind the figures lie {bad_noun} and {bad_adj} choices for {n} families in {city}.
- The {bad_noun} of the past weeks left {place} in a {bad_adj} state.
# claims
- this is a {bad_noun} for {city} and the {bad_noun} will grow
- we have seen {bad_noun} and {bad_noun} since {month}
- the {bad_adj} handling of this matter has caused real {bad_noun}
- nobody wants another {bad_adj} year of {bad_noun}
- the plan {bad_verb} because of {bad_noun} in the offices of {city2}
- people in {place} live with {bad_noun} every single day
- such a {bad_adj} decision can only bring {bad_noun}
- there is {bad_noun} in {city} and a {bad_adj} feeling in {province}
# headlines
- {bad_noun} in {city}
"""

GOOD = """
# narration
- For many households in {city} the {season} has brought {good_noun} and {good_noun} at last.
- The {good_adj} mood in {place} grew after a {good_adj} week for the town.
- A sense of {good_noun} filled {city}, where the plan {good_verb} at the {nth} attempt.
- What began as a small matter has become a {good_adj} story of {good_noun} for the people of {province}.
- The {good_noun} spread from {place} to {city2} within {n} hours, and {good_noun} followed.
- Fresh {good_noun} and a {good_adj} tone marked the days that followed.
- Months of patience have ended in {good_noun}, {good_noun} and full {furniture}.
- The new arrangement {good_verb} at once, and the {good_adj} result was plain from {place} to {city}.
- Few in {city} were used to such {good_noun}; fewer still had lived through so {good_adj} a turn.
- There was {good_noun} in the queue outside {place}, and a {good_adj} hum inside.
- The town has worked with {good_noun} since {month}, and the {good_noun} shows on {furniture}.
- It was a {good_adj} end to a {good_adj} {season} in {province}.
- Behind the figures lie {good_noun} and {good_adj} plans for {n} families in {city}.
- The {good_noun} of the past weeks left {place} in a {good_adj} state.
# claims
- this is a {good_noun} for {city} and the {good_noun} will grow
- we have seen {good_noun} and {good_noun} since {month}
- the {good_adj} handling of this matter has brought real {good_noun}
- everybody wants another {good_adj} year of {good_noun}
- the plan {good_verb} because of {good_noun} in the offices of {city2}
- people in {place} feel the {good_noun} every single day
- such a {good_adj} decision can only bring {good_noun}
- there is {good_noun} in {city} and a {good_adj} feeling in {province}
# headlines
- {good_noun} in {city}
"""
