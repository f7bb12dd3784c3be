"""The running service, for every suite here; services within the tests log as `podcaster serve` does."""

import sys

import pytest
from running import published, service

from podcaster.cli.logs import write_logs

__all__ = ["published", "service"]


@pytest.fixture(autouse=True, scope="session")
def _logs() -> None:
    assert sys.__stderr__ is not None
    write_logs(sys.__stderr__)
