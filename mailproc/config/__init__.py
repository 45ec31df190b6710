"""config.toml → Settings: every mistake told at once, each with its line and what to write instead."""

from mailproc.config.initial import write_initial_config
from mailproc.config.mistakes import ConfigurationMistakes
from mailproc.config.models import Configuration, ImapMailbox, Login, MaildirMailbox, MaildirOutgoing, SmtpOutgoing
from mailproc.config.policies import load_policy, shipped_policies
from mailproc.config.settings import Settings, default_settings, find_config, load_settings, read_settings

__all__ = [
    "Configuration",
    "ConfigurationMistakes",
    "ImapMailbox",
    "Login",
    "MaildirMailbox",
    "MaildirOutgoing",
    "Settings",
    "SmtpOutgoing",
    "default_settings",
    "find_config",
    "load_policy",
    "load_settings",
    "read_settings",
    "shipped_policies",
    "write_initial_config",
]
