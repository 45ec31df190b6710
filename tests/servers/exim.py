"""A private Exim 4: takes mail for the domains of the tests and delivers it by LMTP into a Dovecot.

Three ports: MX, submission (STARTTLS and login) and submissions (TLS). Any user name with password "secret" may
submit. Some local parts are special: `tempfail` is put off with 451, `nosuchuser` refused with 550, `latebounce`
accepted and then returned with a real bounce (RFC 3464).
"""

import subprocess
from pathlib import Path
from typing import Self

from tests.servers.process import Server, free_port

BINARY = Path("/usr/sbin/exim4")
DOMAINS = ("example.test", "customer.test", "acme.example", "vendor.example")

CONFIGURATION = r"""
exim_user = {user}
exim_group = {group}
never_users =
keep_environment =
primary_hostname = mx.example.test
qualify_domain = example.test
spool_directory = {root}/spool
log_file_path = {root}/log/%slog
pid_file_path = {root}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {mx_port} : {submission_port} : {submissions_port}
tls_on_connect_ports = {submissions_port}
tls_advertise_hosts = *
tls_certificate = {root}/server.pem
tls_privatekey = {root}/server.key
auth_advertise_hosts = ${{if eq{{$received_port}}{{{mx_port}}}{{}}{{*}}}}
deliver_drop_privilege = true
disable_ipv6 = true
dns_ipv4_lookup = *
host_lookup =
rfc1413_query_timeout = 0s
message_size_limit = 30M
bounce_return_size_limit = 50K
queue_run_in_order = true
smtp_accept_max = 50
smtp_accept_max_per_host = 50
acl_smtp_mail = acl_mail
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = acl_data
domainlist local_domains = {domains}

begin acl
acl_mail:
  accept
acl_rcpt:
  deny  message = 530 5.7.0 Authentication required
        condition = ${{if eq{{$received_port}}{{{mx_port}}}{{no}}{{yes}}}}
        !authenticated = *
  defer message = 4.7.1 Greylisted, try again later
        local_parts = tempfail
  deny  message = 5.1.1 No such user here
        local_parts = nosuchuser
  deny  message = relay not permitted
        !domains = +local_domains
        !authenticated = *
  accept
acl_data:
  accept

begin routers
late_bounce:
  driver = redirect
  local_parts = latebounce
  data = :fail: 5.1.1 mailbox unavailable
  allow_fail
local:
  driver = manualroute
  domains = +local_domains
  route_list = * 127.0.0.1 byname
  self = send
  transport = dovecot
elsewhere:
  driver = redirect
  data = :fail: 5.1.2 domain does not exist
  allow_fail

begin transports
dovecot:
  driver = smtp
  protocol = lmtp
  port = {lmtp_port}
  hosts_try_fastopen =
  hosts_avoid_tls = *
  return_path_add
  envelope_to_add
  delivery_date_add
  allow_localhost

begin retry
*   *   F,1h,1s

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if eq{{$auth3}}{{secret}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = <| Username: | Password:
  server_condition = ${{if eq{{$auth2}}{{secret}}}}
  server_set_id = $auth1
"""


class Exim(Server):
    """`lmtp_port` is the Dovecot's that it delivers to."""

    def __init__(self, lmtp_port: int) -> None:
        super().__init__("exim")
        self.mx_port, self.submission_port, self.submissions_port = free_port(), free_port(), free_port()
        self.write_certificates()
        for folder in ("spool", "log"):
            (self.root / folder).mkdir()
        self._write_configuration(lmtp_port)
        self.give_to_account()

    @staticmethod
    def missing() -> bool:
        return not BINARY.exists()

    def start(self) -> Self:
        """In the foreground, trying what is put off again each second."""
        self.launch([str(BINARY), "-C", str(self._configuration), "-bdf", "-q1s"], self.mx_port, b"220")
        return self

    def log(self) -> str:
        return "".join(path.read_text() for path in sorted((self.root / "log").glob("*log")))

    def queue(self) -> str:
        """What waits, as `exim -bp` tells it."""
        command = [str(BINARY), "-C", str(self._configuration), "-bp"]
        told = subprocess.run(command, capture_output=True, check=True, **self.account.for_popen)
        return bytes(told.stdout).decode()

    @property
    def _configuration(self) -> Path:
        return self.root / "exim.conf"

    def _write_configuration(self, lmtp_port: int) -> None:
        text = CONFIGURATION.format(
            root=self.root,
            user=self.account.name,
            group=self.account.group,
            mx_port=self.mx_port,
            submission_port=self.submission_port,
            submissions_port=self.submissions_port,
            lmtp_port=lmtp_port,
            domains=" : ".join(DOMAINS),
        )
        self._configuration.write_text(text)
