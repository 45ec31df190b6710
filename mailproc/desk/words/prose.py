"""What sentences of prose say of a problem: patterns by meaning, over lower-case text."""

from mailproc.desk.words.phrasebook import phrases

PAST_TIME = phrases("PAST_TIME")
"""A date, a time, or a moment told relative to now."""


PROBLEM_TIME = phrases("PROBLEM_TIME")
"""When the problem began, since when it lasts, or how often it is seen."""

SPAN = phrases("SPAN")
"""An answer to when: how long it lasts, or that it was always so."""

RATE = phrases("RATE")
"""An amount of money for a span of time: no time of a problem."""

BEGAN = phrases("BEGAN")
"""It says outright that something began."""

SYMPTOM = phrases("SYMPTOM")
"""Something is not as it should be."""

TECHNICAL = phrases("TECHNICAL")
"""Words that only somebody uses who looks at the thing itself; a quoted message counts too."""


TRIED = phrases("TRIED")
"""A step somebody took to find or cure the fault."""

NOTHING_TRIED = phrases("NOTHING_TRIED")
"""A plain word that nothing was tried."""


CHANGE = phrases("CHANGE")
"""A recent upgrade, downgrade or swap of hardware or software."""

NOTHING_CHANGED = phrases("NOTHING_CHANGED")
"""A plain word that nothing was changed."""

PEOPLE = phrases("PEOPLE")
"""Who or what in the business is concerned."""

HARM = phrases("HARM")
"""How it suffers."""

HARMLESS = phrases("HARMLESS")
"""A plain word that the business does not suffer."""

ROUTE = phrases("ROUTE")
"""Routes, a protocol or neighbours, written out."""

FACT = phrases("FACT")
"""What an answer about routing must at least hold."""

MODEL = phrases("MODEL")
VERSION = phrases("VERSION")
SERIAL = phrases("SERIAL")

DEPLOYMENT = phrases("DEPLOYMENT")

TWO_CHASSIS = phrases("TWO_CHASSIS")
ONE_CHASSIS = phrases("ONE_CHASSIS")

REQUEST = phrases("REQUEST")
"""A sentence that asks for help or hands something in: it describes nothing."""

WANTED = phrases("WANTED")
"""A how-to question or a wish tells what is wanted."""

GENERIC = phrases("GENERIC")
"""Names of products and the commonest words: they alone do not make a description detailed."""

PLANNED = phrases("PLANNED")
"""A change that has not been made yet."""

CHANGE_WORD = phrases("CHANGE_WORD")
TIME_WORD = phrases("TIME_WORD")
"""Words of which a sentence holds one if it tells of a change, or of a time; most that hold one tell of neither."""

FUTURE = phrases("FUTURE")
"""It is still to come: no time of a problem."""

RESULT_AT_END = phrases("RESULT_AT_END")
"""What came of the step that a sentence tells of, at its end."""

RESULT_ONLY = phrases("RESULT_ONLY")
"""What came of a step: "no change" says nothing of upgrades."""

BUSINESS_WORD = phrases("BUSINESS_WORD")
"""Words of which a sentence without people holds one if it tells how the business fares."""

DOCUMENTATION = phrases("DOCUMENTATION")
"""It speaks of a page in a manual, not of a deployment."""

OUTCOME = phrases("OUTCOME")
"""What came of a step besides: with it a swap is a step and no news of a change."""
