"""How far a folder was collected: a high-water mark that never passes a mail which still waits.

Mails are let go in any order, in part, or not now. The mark stands below the lowest that still waits; what was
let go above it is remembered until the mark has passed.
"""

from collections.abc import Collection
from dataclasses import dataclass, field


@dataclass(slots=True)
class Progress:
    """Of one folder under one UIDVALIDITY: every UID up to `mark` is settled.

    The mark never passes the last UID that this collection has looked at.
    """

    uidvalidity: int
    mark: int
    _looked_to: int = 0
    _waiting: set[int] = field(default_factory=set)
    _settled: set[int] = field(default_factory=set)

    def start_over(self, mark: int) -> None:
        """Begin another collection above the mark that is on record; what was settled above it stays so."""
        self.mark = self._looked_to = mark
        self._waiting.clear()
        self._forget_below()

    def found(self, uids: Collection[int]) -> list[int]:
        """Of these, which lie in the folder, those that still wait, lowest first. Tell them in rising order."""
        waiting = sorted({uid for uid in uids if uid > self.mark} - self._settled)
        self._waiting.update(waiting)
        self._looked_to = max(self._looked_to, *uids) if uids else self._looked_to
        return waiting

    def settle(self, uids: Collection[int]) -> bool:
        """Nothing is left to do for these. Says whether the mark rose."""
        before = self.mark
        self._waiting.difference_update(uids)
        self._settled.update(uid for uid in uids if uid > self.mark)
        below = min(self._waiting) - 1 if self._waiting else max(self._settled, default=self.mark)
        self.mark = max(self.mark, min(below, self._looked_to))
        self._forget_below()
        return self.mark > before

    def _forget_below(self) -> None:
        self._settled = {uid for uid in self._settled if uid > self.mark}
