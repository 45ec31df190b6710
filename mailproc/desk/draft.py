"""A decision in the making: what is known grows with each event, and each letter ordered leaves its trace."""

from dataclasses import dataclass, replace
from datetime import datetime

from mailproc.desk.decision import Deadline, Decision, Order, Outcome
from mailproc.desk.events import MACHINE, HistoryEvent, LetterOrdered, LetterWithheld
from mailproc.desk.request import ServiceRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The request as it stands by now, with the events and orders that brought it there. `at` is aware UTC."""

    request: ServiceRequest
    at: datetime
    events: tuple[HistoryEvent, ...] = ()
    orders: tuple[Order, ...] = ()
    also: tuple[Decision, ...] = ()
    releases: tuple[str, ...] = ()
    digest_for: tuple[str, ...] = ()

    def noting(self, *events: HistoryEvent) -> "Draft":
        """The draft once these have happened too."""
        return replace(self, request=self.request.after_all(events), events=(*self.events, *events))

    def ordering(self, *orders: Order) -> "Draft":
        """The draft with these letters ordered; one that was ordered already is written with what is known now."""
        keys = {order.key for order in orders}
        known = {order.key for order in self.orders}
        noted = self.noting(*(self._ordered(order) for order in orders if order.key not in known))
        kept = tuple(order for order in noted.orders if order.key not in keys)
        return replace(noted, orders=(*kept, *orders))

    def withholding(self, template: str, to: str, because: str) -> "Draft":
        """The draft with a letter left unsent that might have been expected."""
        to_whom = (to,) if to else ()
        return self.noting(LetterWithheld(at=self.at, who=MACHINE, template=template, to=to_whom, because=because))

    def with_also(self, *others: Decision) -> "Draft":
        """The draft with what it does to other requests."""
        return replace(self, also=(*self.also, *others))

    def releasing(self, mail: str) -> "Draft":
        """The draft with a mail, held or joined, to be read again as proven."""
        return replace(self, releases=(*self.releases, mail))

    def asking_digest(self, member: str) -> "Draft":
        """The draft with a digest for this person, to be written now."""
        return replace(self, digest_for=(*self.digest_for, member))

    def _ordered(self, order: Order) -> LetterOrdered:
        return LetterOrdered(
            at=self.at,
            who=MACHINE,
            letter=order.key,
            template=order.template,
            to=tuple(one.address for one in order.to),
            because=order.because,
        )

    def decided(self, outcome: Outcome, reason: str, deadlines: tuple[Deadline, ...]) -> Decision:
        """The decision, with the deadlines that run from now on."""
        return Decision(
            outcome=outcome,
            reason=reason,
            number=self.request.number,
            events=self.events,
            orders=self.orders,
            deadlines=deadlines,
            also=self.also,
            releases=self.releases,
            digest_for=self.digest_for,
        )
