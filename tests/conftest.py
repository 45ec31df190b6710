"""The servers that tests share, each started once in a session, and how thoroughly properties are tried."""

import os
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from hypothesis import HealthCheck, settings

from tests.servers.dovecot import Dovecot
from tests.servers.exim import Exim
from tests.servers.smtp_sink import SmtpSink

pytest.register_assert_rewrite("tests.adapters.mailbox_contract", "tests.adapters.carrier_contract")

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def _missing() -> dict[str, str]:
    """The servers that are not installed, and the Debian packages that hold them."""
    postgres = any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = {
        "Dovecot": (Dovecot.missing(), "dovecot-imapd dovecot-lmtpd"),
        "Exim": (Exim.missing(), "exim4-daemon-light"),
        "PostgreSQL": (not postgres, "postgresql"),
    }
    return {name: packages for name, (missing, packages) in found.items() if missing}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if missing := _missing():
        command = "apt-get install --no-install-recommends " + " ".join(missing.values())
        line = f"SKIPPED what needs {', '.join(missing)}: not installed here. On Debian, as root: {command}"
        terminalreporter.write_line(line, red=True, bold=True)


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """Accepts any user name with the password "secret": a fresh user is a fresh mailbox."""
    if Dovecot.missing():
        pytest.skip("Dovecot is not installed")
    server = Dovecot()
    try:
        yield server.start()
    finally:
        server.remove()


@pytest.fixture(scope="session")
def exim(dovecot: Dovecot) -> Iterator[Exim]:
    """Delivers into `dovecot`; any user name with the password "secret" may submit."""
    if Exim.missing():
        pytest.skip("Exim is not installed")
    server = Exim(dovecot.lmtp_port)
    try:
        yield server.start()
    finally:
        server.remove()


@pytest.fixture
def fresh_address(dovecot: Dovecot) -> str:
    """An address, and user name, whose mailbox is empty."""
    return dovecot.fresh_user()


@pytest.fixture
def smtp_sink() -> Iterator[SmtpSink]:
    """An SMTP server without TLS or login that keeps what it gets and fails as it is told."""
    with SmtpSink() as sink:
        yield sink


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """A certificate authority of the tests."""
    return trustme.CA()


@pytest.fixture(scope="session")
def server_context(authority: trustme.CA) -> ssl.SSLContext:
    """TLS for a server at localhost or 127.0.0.1, signed by `authority`."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    return context


@pytest.fixture(scope="session")
def authority_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The authority's certificate (PEM)."""
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path
