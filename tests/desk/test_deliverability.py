"""How many automatic letters an address may get is the policy's to say."""

import pytest
from pydantic import ValidationError

from mailproc.desk.policy import Budget


def test_a_budget_reads_as_it_is_written() -> None:
    budget = Budget.model_validate({"count": 3, "window": "30 minutes"})
    assert (budget.count, budget.window.elapsed.total_seconds()) == (3, 1800)


@pytest.mark.parametrize("window", ["1 business hour", "immediate"])
def test_a_window_is_elapsed_time(window: str) -> None:
    with pytest.raises(ValidationError, match="elapsed time"):
        Budget.model_validate({"count": 3, "window": window})


def test_a_budget_of_nothing_is_refused() -> None:
    with pytest.raises(ValidationError):
        Budget.model_validate({"count": 0, "window": "1 hour"})
