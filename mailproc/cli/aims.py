"""Fix goals as `sr show`, `explain` and `deadlines` print them: ranges with both ends."""

from typing import Any

from mailproc.cli.output import instant
from mailproc.desk.goals import GoalAccount


def goal_json(goal: GoalAccount) -> dict[str, Any]:
    """A goal as a JSON object: its name, its target in words, both ends of its range as instants or null."""
    return {
        "goal": goal.name,
        "target": goal.target,
        "earliest": instant(goal.earliest),
        "latest": instant(goal.latest),
    }


def goal_line(goal: GoalAccount) -> str:
    """A goal as a line for people."""
    ends = " to ".join(f"{end:%d %b %Y %H:%M} UTC" for end in (goal.earliest, goal.latest) if end)
    return f"goal: {goal.name}: {goal.target}{f' ({ends})' if ends else ''}"
