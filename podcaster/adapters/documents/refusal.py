"""Reasons that a document is not read."""


class Refused(Exception):  # named for what happened
    """A document that its sender has to change."""

    def __init__(self, kind: str, what: str, remedy: str) -> None:
        """`kind` is `damaged`, `encrypted` or `scan`; `what` goes on from the document's name."""
        super().__init__(what)
        self.kind, self.what, self.remedy = kind, what, remedy


def damaged(form: str) -> Refused:
    """Refuses a document that is damaged, or is in another format."""
    return Refused(
        "damaged", f"is damaged, or is no {form}.", "Save it anew and hand it in again, or hand in its text."
    )


def encrypted() -> Refused:
    """Refuses a document that needs a password."""
    return Refused("encrypted", "is encrypted.", "Save it without a password and hand it in again.")
