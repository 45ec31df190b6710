"""Why a file that was asked for cannot be had: "it has no power", below the item in our form or in a sentence on it."""

from collections.abc import Iterable

from mailproc.desk.words.passages import Passage
from mailproc.desk.words.phrasebook import phrases, topics

_CANNOT = phrases("CANNOT")
_NOT_YET = phrases("NOT_YET")
_SECOND = phrases("SECOND")


def excuse(found: Iterable[Passage], item: str, *, of_second: bool) -> str | None:
    """The words that say why an item cannot be had; None where none do.

    `of_second`: the item is wanted of a second chassis, so that what is said of that one tells of the item too.
    A promise, a question or "not yet" is no excuse.
    """
    names_item = dict(topics()).get(item)
    for one in found:
        words = one.text.lower()
        if not one.gives or _NOT_YET.search(words) or not _CANNOT.search(words):
            continue
        about = bool(names_item and names_item.search(words)) or (of_second and bool(_SECOND.search(words)))
        if one.topic == item or (one.topic is None and about):
            return one.text
    return None
