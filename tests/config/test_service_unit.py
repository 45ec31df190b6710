"""The unit for systemd is one that systemd understands, and keeps the service closed in."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

UNIT = (Path(__file__).parents[2] / "deploy" / "mailproc.service").read_text()
SYSTEMD = shutil.which("systemd-analyze")


@pytest.mark.skipif(SYSTEMD is None, reason="systemd-analyze is not installed (Debian: systemd)")
def test_systemd_understands_every_line(tmp_path: Path) -> None:
    """Of a key that it does not know systemd only warns, so silence is asked for."""
    unit = tmp_path / "mailproc.service"
    unit.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", UNIT, flags=re.MULTILINE))
    verified = subprocess.run(
        [SYSTEMD or "", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False, timeout=60
    )
    assert (verified.returncode, verified.stderr) == (0, "")


@pytest.mark.skipif(SYSTEMD is None, reason="systemd-analyze is not installed (Debian: systemd)")
def test_systemd_finds_the_service_closed_in(tmp_path: Path) -> None:
    """systemd's own measure: 10 is open to everything."""
    unit = tmp_path / "mailproc.service"
    unit.write_text(UNIT)
    measured = subprocess.run(
        [SYSTEMD or "", "security", "--offline=true", "--threshold=20", "--no-pager", str(unit)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert measured.returncode == 0, measured.stdout


def test_a_wrong_configuration_is_not_tried_again_and_again() -> None:
    assert "\nRestartPreventExitStatus=2\n" in UNIT
