"""Open requests outlive what the configuration said when they were opened: mailboxes, regions, policies, letters."""

from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.installation import mailproc
from tests.pipeline.house import CONFIG, House, a_house

OWN_POLICY = CONFIG.replace('policy  = "x-series"', 'policy  = "mine.toml"')
AMER = CONFIG[CONFIG.index("[regions.amer]") : CONFIG.index("[[staff]]")]
CHANGED = {
    "the mailbox has another name": (CONFIG, CONFIG.replace('name    = "xseries"', 'name    = "x"')),
    "the customer's region is gone": (CONFIG, CONFIG.replace(AMER, "").replace('"amer"', '"emea"')),
    "the policy is gone": (OWN_POLICY, CONFIG),
}
X_SERIES = (files("mailproc.desk") / "policies" / "x-series.toml").read_text()
DOWN = "Severity: 1\n\nThe last link is down, the whole site is cut off."


@pytest.mark.parametrize(("before", "after"), CHANGED.values(), ids=CHANGED)
def test_a_request_goes_on_though(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / "mine.toml").write_text(X_SERIES)
    with a_house(tmp_path, config=before) as house:
        ann = house.customer("ann@acme.example").writes(DOWN, subject="Down")
        answered, now = ann.hears()[0], house.clock()
    with a_house(tmp_path, now, after) as house:
        house.waits(timedelta(hours=3))
        assert "deadline-passed" in events(house)
        house.customer("ann@acme.example").writes("One link is up again.", answers=answered)
        assert events(house).count("received") == 2
        assert house.counts.quarantined == 0


def test_a_reminder_that_a_mistake_in_its_letter_held_up_goes_once_that_is_mended(tmp_path: Path) -> None:
    spoilt = tmp_path / "letters" / "response-due.txt.j2"
    spoilt.parent.mkdir()
    spoilt.write_text("Subject: Due\n\n{{ no_such_fact }}\n")
    config = f'templates_dir = "letters"\n{CONFIG}'
    with a_house(tmp_path, config=config) as house:
        house.customer("ann@acme.example").writes(DOWN, subject="Down")
        house.waits(timedelta(hours=3))
        assert house.counts.quarantined > 0
        assert "response-due" not in templates(house)
        now = house.clock()
    spoilt.write_text("Subject: Due\n\nAnswer, please.\n")
    with a_house(tmp_path, now, config) as house:
        house.waits(timedelta(hours=1))
        assert "response-due" in templates(house)
        assert house.counts.quarantined == 0


def events(house: House) -> list[str]:
    (request,) = house.requests()
    return [event.type for event in request.history]


def templates(house: House) -> list[str]:
    return [letter.template for letter in house.letters()]


@pytest.mark.parametrize(("before", "after"), CHANGED.values(), ids=CHANGED)
def test_what_stands_in_is_told_at_the_start_and_by_check_config(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / "mine.toml").write_text(X_SERIES)
    with a_house(tmp_path, config=before) as house:
        house.customer("ann@acme.example").writes(DOWN, subject="Down")
        now = house.clock()
    checked = mailproc("-c", str(tmp_path / "config.toml"), "check-config")
    assert (checked.code, "relies on" in checked.err) == (0, False)
    with capture_logs() as logged, a_house(tmp_path, now, after):
        pass
    (told,) = [one["why"] for one in logged if one["event"] == "stand-in"]
    assert told.startswith("1 open request relies on the ")
    checked = mailproc("-c", str(tmp_path / "config.toml"), "check-config")
    assert (checked.code, told in checked.err) == (0, True)
