"""The commands.

Exit codes: 0 done · 1 something needs a person · 2 wrong use or wrong configuration, nothing was touched · 75 the
world is absent for now, try again (EX_TEMPFAIL of sysexits).
"""

import sys
from io import TextIOWrapper

from mailproc.cli.commands import app
from mailproc.config import ConfigurationMistakes
from mailproc.queues import Refused, Unavailable

NEEDS_A_PERSON = 1
WRONG_USE = 2
TRY_AGAIN = 75


def main() -> None:
    """Run the command line; every trouble is told on standard error in plain words."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # whatever a mail holds can be shown, in every locale
    try:
        app()
    except ConfigurationMistakes as trouble:
        _leave(WRONG_USE, *trouble.mistakes)
    except Unavailable as trouble:
        _leave(TRY_AGAIN, str(trouble))
    except Refused as trouble:
        _leave(NEEDS_A_PERSON, str(trouble))
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone: `mailproc sr list | head`


def _leave(code: int, *words: str) -> None:
    for line in words:
        print(line, file=sys.stderr)  # noqa: T201 - the command line speaks here
    sys.exit(code)
