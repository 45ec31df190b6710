"""Tells in the terminal what happens: who wrote, what it became, what was asked, what was sent and why."""

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.markup import escape

from mailproc.desk.decision import Decision
from mailproc.desk.events import LetterWithheld
from mailproc.ports import Clock, DueDeadline, Letter, RawMail, Undelivered
from mailproc.reading.mail import Mail


class Narrator:
    """A listener that speaks. Times are the simulated clock's, in UTC."""

    def __init__(self, console: Console, clock: Clock) -> None:
        self._console = console
        self._clock = clock

    def heading(self, moment: datetime, words: str) -> None:
        """A new scene."""
        self._console.print(f"\n[bold]{moment:%a %d %b %H:%M} UTC  {escape(words)}[/bold]")

    def filed(self, unit: RawMail, mail: Mail, decision: Decision) -> None:  # noqa: ARG002 - the shape of a listener
        """What became of a mail."""
        sender = mail.sender.address if mail.sender else "nobody"
        files = f", with {', '.join(one.name for one in mail.attachments)}" if mail.attachments else ""
        self._say("<-", f'{sender}: "{mail.subject}"{files}')
        if decision.number:
            self._say("  ", f"{decision.outcome} {decision.number}: {decision.reason}")
        else:
            self._say("  ", f"{decision.outcome}: {decision.reason}")
        for order in decision.orders[:1]:
            facts = order.facts
            if decision.outcome == "opened":
                self._say("  ", f"level {facts.request.level}: {facts.request.level_because}")
            if facts.request.missing:
                self._say("  ", f"still missing: {', '.join(one.label for one in facts.asked)}")
        self._withheld(decision)

    def reminded(self, unit: DueDeadline, decision: Decision) -> None:
        """What a deadline brought."""
        self._say("()", f"{unit.number}: {decision.reason}")
        self._withheld(decision)

    def sent(self, letter: Letter, undelivered: Sequence[Undelivered]) -> None:  # noqa: ARG002 - as above
        """A letter that went out."""
        self._say("->", f"{', '.join(letter.recipients)}: {letter.subject}")
        self._say("  ", f"because {letter.because}")

    def _withheld(self, decision: Decision) -> None:
        for event in decision.events:
            if isinstance(event, LetterWithheld):
                self._say("  ", f"no {event.template} letter: {event.because}")

    def _say(self, sign: str, words: str) -> None:
        self._console.print(f"  {sign} {escape(words)}", highlight=False, soft_wrap=True)
