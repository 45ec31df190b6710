"""The database servers that the tests of this room need."""

from tests.servers.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]
