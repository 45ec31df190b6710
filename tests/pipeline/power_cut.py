"""A power cut at will: a process that works in a house and is gone after its n-th durable step.

Durable is what outlives the process: a commit of the database, a file or folder that was synced, a file that got or
lost its name. The process ends by `os._exit`, so that no `finally`, no roll-back and no hand-back is run.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy.engine.default import DefaultDialect

from mailproc.adapters.templates import load_templates
from tests.pipeline.house import MONDAY, House, a_house

CUT = 99
"""The exit code of a process that was cut off."""
_TEMPLATES = load_templates(None)

_STEPS: tuple[tuple[object, str], ...] = (
    (DefaultDialect, "do_commit"),
    (os, "fsync"),
    (Path, "rename"),
    (Path, "replace"),
    (Path, "unlink"),
)


class Fuse:
    """Burns through after so many steps."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def counting(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **keywords: Any) -> Any:
            result = step(*arguments, **keywords)
            self._left -= 1
            if self._left == 0:
                os._exit(CUT)
            return result

        return counted


@contextmanager
def a_quick_house(folder: Path, now: datetime = MONDAY) -> Iterator[House]:
    """A house whose templates were compiled before: that takes longer than all the rest of a short story."""
    with patch("mailproc.assembly.load_templates", lambda _own: _TEMPLATES), a_house(folder, now) as house:
        yield house


def is_cut_off(folder: Path, steps: int, span: timedelta, now: datetime = MONDAY) -> bool:
    """Let a process work in this house, over that span of its clock; whether it was cut off after so many steps.

    False where it came to its end before.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])  # imported once, not by each process
    process = context.Process(target=_work, args=(folder, steps, span, now))
    process.start()
    process.join()
    assert process.exitcode in (0, CUT), f"it ended by itself, with {process.exitcode}"
    return process.exitcode == CUT


def _work(folder: Path, steps: int, span: timedelta, now: datetime) -> None:
    fuse = Fuse(steps)
    with a_quick_house(folder, now) as house:  # steps are counted once the house stands
        patches = [patch.object(owner, name, fuse.counting(getattr(owner, name))) for owner, name in _STEPS]
        for one in patches:
            one.start()
        house.work()
        house.waits(span)
