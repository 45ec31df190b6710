"""A decision in the making: what is known grows with each event, and each letter ordered leaves its trace."""

from dataclasses import dataclass, replace
from datetime import datetime

from mailproc.desk.decision import Deadline, Decision, Order, Outcome
from mailproc.desk.request import MACHINE, HistoryEvent, LetterOrdered, LetterWithheld, ServiceRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The request as it stands by now, with the events and orders that brought it there. `at` is aware UTC."""

    request: ServiceRequest
    at: datetime
    events: tuple[HistoryEvent, ...] = ()
    orders: tuple[Order, ...] = ()

    def noting(self, *events: HistoryEvent) -> "Draft":
        """The draft once these have happened too."""
        return replace(self, request=self.request.after_all(events), events=(*self.events, *events))

    def ordering(self, *orders: Order) -> "Draft":
        """The draft with these letters ordered."""
        noted = self.noting(
            *(
                LetterOrdered(
                    at=self.at,
                    who=MACHINE,
                    letter=order.key,
                    template=order.template,
                    to=tuple(one.address for one in order.to),
                    because=order.because,
                )
                for order in orders
            )
        )
        return replace(noted, orders=(*noted.orders, *orders))

    def withholding(self, template: str, to: str, because: str) -> "Draft":
        """The draft with a letter left unsent that might have been expected."""
        to_whom = (to,) if to else ()
        return self.noting(LetterWithheld(at=self.at, who=MACHINE, template=template, to=to_whom, because=because))

    def decided(self, outcome: Outcome, reason: str, deadlines: tuple[Deadline, ...]) -> Decision:
        """The decision, with the deadlines that run from now on."""
        return Decision(
            outcome=outcome,
            reason=reason,
            number=self.request.number,
            events=self.events,
            orders=self.orders,
            deadlines=deadlines,
        )
