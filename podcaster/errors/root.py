"""The base of the error tree."""

from typing import ClassVar


class PodcasterError(Exception):
    """Something that the person at the other end can understand and mend."""

    code: ClassVar[str] = "failed"
    title: ClassVar[str] = "It did not work"
    http_status: ClassVar[int] = 500
    exit_status: ClassVar[int] = 1
    retryable: ClassVar[bool] = False
    """Whether the same request may succeed later without anybody changing anything."""

    def __init__(self, what: str, remedy: str) -> None:
        """`what` happened and the `remedy`, each one sentence with its full stop."""
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return " ".join(f"{self.what} {self.remedy}".split())
