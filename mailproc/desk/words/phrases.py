"""The words by which customers label, promise, deny and ask: data tables, by meaning.

Patterns are matched against lower-case text. English, German, French, Spanish, Portuguese and Japanese.
"""

from mailproc.desk.words.phrasebook import phrases, topics

HEADINGS = topics()
"""Topic and the words of a label that name it; the first that fits is taken."""

PROMISE = phrases("PROMISE")
"""Something that comes later: it gives nothing now."""

IGNORANCE = phrases("IGNORANCE")
"""The writer does not know, or points to somebody or somewhere else."""

EMPTY_ANSWER = phrases("EMPTY_ANSWER")
"""An answer that is none: dots, dashes, a question mark, "pending"."""

NOTHING = phrases("NOTHING")
"""A plain word that there is nothing: given, where nothing is an answer."""

SALUTATION = phrases("SALUTATION")

CLOSING = phrases("CLOSING")

DISCLAIMER = phrases("DISCLAIMER")
"""A line of the small print that mail systems put below a letter; it speaks of nobody's case."""

MONTH = phrases("MONTH")
