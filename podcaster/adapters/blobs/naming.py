"""What is said about names that cannot be, or are not there."""

from podcaster.errors import BlobMissing, InputRefused
from podcaster.ports import is_blob_name


def check(name: str) -> None:
    """Refuse a name that no blob can have.

    Raises:
        InputRefused: it is one.
    """
    if not is_blob_name(name):
        raise InputRefused(f"{name!r} cannot name a blob.", "Use letters, digits, '.', '_', '-' and '/' between parts.")


def missing(name: str) -> BlobMissing:
    """The error for a name that nothing has."""
    return BlobMissing(f"The store holds no {name!r}.", "Render the report again.")
