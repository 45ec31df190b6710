"""A private Dovecot 2.3: IMAP, IMAPS and LMTP on free ports of this machine. Any user name, password "secret".

A fresh mailbox is a user name that nobody used before. `mail_fsync = never`: nothing here must survive a power cut.
"""

import imaplib
import os
import re
import secrets
import signal
import smtplib
import subprocess
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from tests.servers.process import Server, free_port

BINARY = Path("/usr/sbin/dovecot")
LMTP_BINARY = Path("/usr/lib/dovecot/lmtp")
PASSWORD = "secret"
ARRIVING_SECONDS = 20.0

CONFIGURATION = """\
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/dovecot.log
instance_name = t{imap_port}
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
default_process_limit = 50
default_vsz_limit = 512M
first_valid_uid = 1
auth_mechanisms = plain login
auth_failure_delay = 0
disable_plaintext_auth = no
ssl = yes
ssl_cert = <{root}/server.pem
ssl_key = <{root}/server.key
mail_location = maildir:{root}/mail/%u/Maildir
mail_uid = {uid}
mail_gid = {gid}
mail_fsync = never
maildir_very_dirty_syncs = no
mail_max_userip_connections = 20
lda_mailbox_autocreate = yes
recipient_delimiter = +
hostname = dovecot.example.test
postmaster_address = postmaster@example.test
{extra}

namespace inbox {{
  inbox = yes
  separator = /
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/mail/%u allow_all_users=yes
}}
# Without it one failed login makes the next one wait for seconds.
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  process_min_avail = 0
  service_count = 1
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap_port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {imaps_port}
    ssl = yes
  }}
}}
service lmtp {{
  chroot =
  user = {user}
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp_port}
  }}
}}
"""


class Dovecot(Server):
    """`extra` are further lines of its configuration."""

    def __init__(self, extra: str = "") -> None:
        super().__init__("dvt")
        self.imap_port, self.imaps_port, self.lmtp_port = free_port(), free_port(), free_port()
        self.write_certificates()
        for folder in ("run", "state", "mail"):
            (self.root / folder).mkdir()
        self._write_configuration(extra)
        self.give_to_account()

    @staticmethod
    def missing() -> bool:
        return not (BINARY.exists() and LMTP_BINARY.exists())

    def start(self) -> Self:
        """Also again, after `end`: the mail is still there."""
        version = subprocess.run([str(BINARY), "--version"], capture_output=True, text=True, check=True).stdout
        assert version.startswith("2.3"), f"this configuration is written for Dovecot 2.3, here is {version}"
        self.launch([str(BINARY), "-F", "-c", str(self._configuration)], self.imap_port, b"* OK")
        return self

    def fresh_user(self) -> str:
        return f"u{secrets.token_hex(4)}@example.test"

    def deliver(self, user: str, content: bytes, sender: str = "ann@acme.example") -> None:
        """By LMTP, as a mail server does. Line ends become CRLF, and a Return-Path is put before."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port) as lmtp:
            lmtp.sendmail(sender, [user], content)

    def append(
        self,
        user: str,
        contents: Sequence[bytes],
        folder: str = "INBOX",
        flags: str = "",
        arrived: datetime | None = None,
    ) -> None:
        """Byte for byte, by IMAP APPEND; the folder is made where it does not exist. Folder in modified UTF-7.

        `arrived` (aware) becomes the INTERNALDATE, now where it is left out.
        """
        moment = imaplib.Time2Internaldate(arrived) if arrived else ""
        with self.client(user) as client:
            client.create(f'"{folder}"')
            for content in contents:
                answer, words = client.append(f'"{folder}"', f"({flags})", moment, content)
                assert answer == "OK", words

    def client(self, user: str) -> imaplib.IMAP4:
        """Logged in; it logs out where its `with` ends."""
        client = imaplib.IMAP4("127.0.0.1", self.imap_port)
        client.login(user, PASSWORD)
        return client

    def contents(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """Every mail of a folder, byte for byte, in the order of UIDs."""
        return [part[1] for part in self._fetched(user, folder, "(BODY.PEEK[])") if isinstance(part, tuple)]

    def wait_for(self, user: str, mails: int, folder: str = "INBOX") -> list[bytes]:
        """The mails of a folder, once that many have arrived."""
        give_up = time.monotonic() + ARRIVING_SECONDS
        while len(found := self.contents(user, folder)) < mails:
            assert time.monotonic() < give_up, f"{len(found)} of {mails} mails arrived"
            time.sleep(0.02)
        return found

    def flags(self, user: str, folder: str = "INBOX") -> list[set[str]]:
        """The flags of every mail of a folder but \\Recent, in the order of UIDs."""
        answers = [part for part in self._fetched(user, folder, "(FLAGS)") if isinstance(part, bytes)]
        named = [answer.partition(b"FLAGS (")[2].partition(b")")[0].decode() for answer in answers]
        return [set(flags.split()) - {"\\Recent"} for flags in named]

    def mail_files(self, user: str) -> list[Path]:
        """Where the mails of the INBOX lie, oldest first: to be damaged."""
        found = self.root.joinpath("mail", user, "Maildir").glob("[cn][ue][rw]/*")
        return sorted(found, key=lambda path: [int(digits) for digits in re.findall(r"\d+", path.name)[:2]])

    def doveadm(self, *arguments: str) -> None:
        command = ["doveadm", "-c", str(self._configuration), *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=20, **self.account.for_popen)

    def signal_sessions(self, signal_number: signal.Signals) -> int:
        """Send a signal to each process that serves a logged-in user; says to how many."""
        pids = self.session_pids("imap")
        for pid in pids:
            os.kill(pid, signal_number)
        return len(pids)

    @property
    def _configuration(self) -> Path:
        return self.root / "dovecot.conf"

    def _write_configuration(self, extra: str) -> None:
        text = CONFIGURATION.format(
            root=self.root,
            user=self.account.name,
            group=self.account.group,
            uid=self.account.uid,
            gid=self.account.gid,
            imap_port=self.imap_port,
            imaps_port=self.imaps_port,
            lmtp_port=self.lmtp_port,
            password=PASSWORD,
            extra=extra,
        )
        self._configuration.write_text(text)

    def _fetched(self, user: str, folder: str, items: str) -> list[Any]:
        with self.client(user) as client:
            answer, mails = client.select(f'"{folder}"', readonly=True)
            assert answer == "OK", f"no folder {folder!r}"
            if mails == [b"0"]:
                return []
            _, data = client.fetch("1:*", items)
        return data
