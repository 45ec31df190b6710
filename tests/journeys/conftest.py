"""The database servers that journeys need, and the collections of mail beside the repository."""

from pathlib import Path

import pytest

from tests.servers.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]

COLLECTIONS = Path(__file__).parents[3] / "shared" / "mails"


@pytest.fixture(scope="session")
def collected_mails() -> list[Path]:
    """Every message of the collections in ../shared/mails, in a fixed order."""
    if not COLLECTIONS.is_dir():
        pytest.skip(f"there is no folder {COLLECTIONS.name} beside the repository")
    messages = [*COLLECTIONS.glob("*/messages/*"), *COLLECTIONS.glob("support/*.eml")]
    return sorted(path for path in messages if path.is_file())
