"""Goals besides the clocks: fixes and replacements that a policy aims at, as recorded targets.

They hold from the opening on, by the level of the problem itself: a workaround leaves the fix due.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mailproc.desk.decision import Deadline
from mailproc.desk.events import Flagged, LevelSet
from mailproc.desk.hours import Region, moment_after, next_opening
from mailproc.desk.policy import Goal, Policy
from mailproc.desk.request import ServiceRequest

_OUTSIDE = frozenset({"third-party", "enhancement"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalAccount:
    """A goal of a request: `target` in words; `earliest` and `latest` are aware UTC, None where words alone say it."""

    name: str
    target: str
    earliest: datetime | None = None
    latest: datetime | None = None


def goals(request: ServiceRequest, policy: Policy, region: Region) -> tuple[GoalAccount, ...]:
    """What is aimed at for a request besides its clocks; nothing where the goals do not apply to it."""
    if request.opened is None or _is_outside(request):
        return ()
    return promised_goals(policy, level_of_problem(request), request.opened, region)


def goals_in_words(request: ServiceRequest, policy: Policy) -> tuple[Goal, ...]:
    """The goals of a request as the policy words them; nothing where they do not apply to it."""
    found = None if _is_outside(request) else policy.levels.get(level_of_problem(request))
    return found.goals if found else ()


def promised_goals(policy: Policy, level: int, opened: datetime, region: Region) -> tuple[GoalAccount, ...]:
    """What would be aimed at for a request of this level opened at `opened` (aware); nothing at an unknown level."""
    found = policy.levels.get(level)
    return tuple(_account(one, opened, region) for one in found.goals) if found else ()


def goal_steps(request: ServiceRequest, policy: Policy, region: Region) -> Iterator[Deadline]:
    """When the owner is reminded of a goal: at either end of its range, in business hours, until it is resolved."""
    if request.status in ("resolved", "closed"):
        return
    for one in goals(request, policy, region):
        for moment in (one.earliest, one.latest):
            if moment is not None:
                yield Deadline(clock="goals", step=one.name, due=next_opening(region, moment))


def _account(goal: Goal, opened: datetime, region: Region) -> GoalAccount:
    return GoalAccount(
        name=goal.name,
        target=str(goal),
        earliest=moment_after(region, opened, goal.earliest) if goal.earliest else None,
        latest=moment_after(region, opened, goal.latest) if goal.latest else None,
    )


def _is_outside(request: ServiceRequest) -> bool:
    return bool(request.flags & _OUTSIDE)


def level_of_problem(request: ServiceRequest) -> int:
    """The level, without what a workaround that holds took off it."""
    level, held = 0, False
    for event in request.history:
        match event:
            case Flagged(flag="workaround", up=up):
                held = up
            case LevelSet(level=to) if not held or to < level:
                level = to
            case _:
                pass
    return level
