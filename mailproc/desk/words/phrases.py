"""The words by which customers label, promise, deny and ask: data tables, by meaning.

Patterns are matched against lower-case text; the languages stand at the head of `phrases.txt`.
"""

from mailproc.desk.words.phrasebook import phrases, topics

HEADINGS = topics()
"""Topic and the words of a label that name it; the first that fits is taken."""

HEADING_BESIDES = phrases("HEADING_BESIDES")
"""Words that may stand in a heading besides those that name its topic."""

PROMISE = phrases("PROMISE")
"""Something that comes later: it gives nothing now."""

IGNORANCE = phrases("IGNORANCE")
"""The writer does not know, or points to somebody or somewhere else."""

EMPTY_ANSWER = phrases("EMPTY_ANSWER")
"""An answer that is none: dots, dashes, a question mark, "pending"."""

NOTHING = phrases("NOTHING")
"""An answer that is no more than a plain word that there is nothing: given, where nothing is an answer."""

EVASION = phrases("EVASION")
"""A short answer that, as a whole, only promises, asks, passes the question on or says that it is not known yet."""

BARE_LEVEL = phrases("BARE_LEVEL")
"""An answer that is a level and no more."""

SALUTATION = phrases("SALUTATION")

CLOSING = phrases("CLOSING")

DISCLAIMER = phrases("DISCLAIMER")
"""A line of the small print that mail systems put below a letter; it speaks of nobody's case."""

MONTH = phrases("MONTH")
