"""Words that report what somebody says, writes, thinks, wants or finds. Not for the rules that use them (`voice_kernel`).

Written by hand for English, in all inflections, lower case. Other languages have quotation, but no reported speech yet.
"""

SAYS = 1
LISTS: tuple[tuple[frozenset[str], int], ...] = ((frozenset(["said", "says", "asked", "told", "replied", "added"]), SAYS),)
