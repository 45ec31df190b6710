"""The log: events with ids as fields, no bodies, no subjects, no addresses."""

import logging
import sys
from collections.abc import Sequence

import structlog

from mailproc.desk.decision import Decision
from mailproc.desk.events import Silenced
from mailproc.ports import DueDeadline, Letter, RawMail, Undelivered
from mailproc.reading.mail import Mail

log = structlog.get_logger()


class LogListener:
    """Writes down what was done."""

    def filed(self, unit: RawMail, mail: Mail, decision: Decision) -> None:
        """A mail was filed or set aside."""
        log.info(
            "filed",
            mail=unit.key,
            outcome=decision.outcome,
            sr=decision.number,
            origin=mail.origin.kind,
            letters=len(decision.orders),
        )
        _tell_silence(decision)

    def reminded(self, unit: DueDeadline, decision: Decision) -> None:
        """A deadline was acted on."""
        deadline = unit.deadline
        log.info("reminded", sr=unit.number, clock=deadline.clock, step=deadline.step, letters=len(decision.orders))
        _tell_silence(decision)

    def sent(self, letter: Letter, undelivered: Sequence[Undelivered]) -> None:
        """A letter went out."""
        log.info("sent", letter=letter.message_id, template=letter.template, sr=letter.number)
        for one in undelivered:
            log.warning("recipient-refused", letter=letter.message_id, code=one.code, permanent=one.permanent)


def _tell_silence(decision: Decision) -> None:
    """Once for an address and window: somebody writes to us without end, or many machines do."""
    for event in decision.events:
        if isinstance(event, Silenced):
            log.error("address-silenced", sr=decision.number, until=event.until.isoformat(), why=event.because)


def start_logging(level: str) -> None:
    """Send structlog's events and those of every library to standard error: JSON lines, or words at a terminal."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True)],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    # These write what they were given into their lines, and what they are given is mail.
    for name in ("mailparser", "imapclient", "sqlalchemy", "alembic", "mail.log"):
        logging.getLogger(name).setLevel(logging.CRITICAL if name == "mailparser" else logging.WARNING)
