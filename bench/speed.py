"""What each mail costs: `python bench/speed.py [MAILS]`.

Times depend on the machine, so each stands beside its ratio to a calibration of the same run: the standard library's
own parsing of the same messages. What touches files is told in wall time, the rest in processor time.
"""

import sys
from collections.abc import Callable, Sequence
from email import message_from_bytes, policy
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from mailproc.adapters.clock import SystemClock
from mailproc.assembly import open_parts
from mailproc.config import load_policy, load_settings
from mailproc.desk.completeness import assess
from mailproc.logbook import LogListener, start_logging
from mailproc.reading.parse import read
from mailproc.rounds import work_until_nothing_waits

SAMPLES = Path(__file__).parents[1] / "tests/mails/support"
CONFIG = """
organisation = "Example Networks"
data_dir     = "var"
database_url = "sqlite:///var/mailproc.db"

[[mailboxes]]
name    = "xseries"
address = "xseries-support@vendor.example"
policy  = "x-series"
region  = "emea"
source  = "maildir"
path    = "inbox"
first_run = "everything"

[outgoing]
transport = "maildir"
path      = "sent"

[regions.emea]
timezone = "Europe/London"
hours    = "Mo-Fr 09:00-17:00"
holidays = "GB-ENG"
"""


def milliseconds(work: Callable[[], object], times: int, clock: Callable[[], float] = process_time) -> float:
    """The least of three runs, for each of so many units."""
    spans = []
    for _ in range(3):
        before = clock()
        work()
        spans.append((clock() - before) * 1000 / times)
    return min(spans)


def through_the_house(raws: Sequence[bytes]) -> float:
    """Wall time a mail from the mailbox to its letters in the outgoing folder, in milliseconds."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "config.toml").write_text(CONFIG)
        (home / "inbox/new").mkdir(parents=True)
        with open_parts(load_settings(home / "config.toml", {}), SystemClock(), LogListener()) as parts:
            work_until_nothing_waits(parts)
            for number, raw in enumerate(raws):
                (home / f"inbox/new/{number}.mail").write_bytes(raw)
            before = perf_counter()
            count = work_until_nothing_waits(parts)
            spent = perf_counter() - before
        assert count.filed == len(raws), "every mail is filed once"
    return spent * 1000 / len(raws)


def main() -> None:
    """Print a line a stage."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    raws = [one.read_bytes() for one in sorted(SAMPLES.glob("*.eml"))][:wanted]
    mails = [read(raw) for raw in raws]
    shipped = load_policy("x-series")
    start_logging("critical")
    unit = milliseconds(lambda: [message_from_bytes(raw, policy=policy.default).as_string() for raw in raws], len(raws))
    stages = (
        ("the standard library parses and writes it", unit),
        ("reading: bytes to a Mail", milliseconds(lambda: [read(raw) for raw in raws], len(raws))),
        ("desk: what it gives of the policy", milliseconds(lambda: [assess(one, shipped) for one in mails], len(raws))),
        ("all of it, from mailbox to letters (wall, SQLite)", through_the_house(raws)),
    )
    print(f"{len(raws)} mails")
    for name, spent in stages:
        print(f"{name:<52}{spent:>8.2f} ms{spent / unit:>8.1f}")


if __name__ == "__main__":
    main()
