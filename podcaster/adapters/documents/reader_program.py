"""The program that reads one document: bytes on standard input, a draft as a line of JSON on standard output."""

import json
import os
import resource
import sys
from dataclasses import asdict
from importlib import import_module

from podcaster.adapters.documents.refusal import Refused
from podcaster.article.document import DOCX, EML, EPUB, PDF
from podcaster.article.draft import Draft

_READERS = {PDF: "pdf", DOCX: "word", EPUB: "epub", EML: "mail"}


def main() -> None:
    """Read within the limits that the arguments set: memory in bytes, processor time and time in seconds; behind them a chapter."""
    form, memory, cpu, _ = sys.argv[1], *map(int, sys.argv[2:5])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    try:
        said = _read(form, sys.stdin.buffer.read(), sys.argv[5] if len(sys.argv) > len(("", form, "", "", "")) else "")
    except Refused as refused:
        said = {"refusal": refused.kind, "what": refused.what, "remedy": refused.remedy}
    answer.write(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    answer.close()


def _read(form: str, body: bytes, chapter: str) -> dict[str, object]:
    """The draft of a document; of an EPUB one chapter's, or, for `count`, the number of its chapters."""
    reader = import_module(f"podcaster.adapters.documents.{_READERS[form]}")
    if form != EPUB:
        return as_record(reader.read(body))
    return {"chapters": reader.chapters(body)} if chapter == COUNT else as_record(reader.read(body, int(chapter or 0)))


COUNT = "count"
"""Stands in a chapter's place and asks how many there are."""


def as_record(draft: Draft) -> dict[str, object]:
    """A draft as JSON values."""
    record = asdict(draft)
    record["published"] = draft.published.isoformat() if draft.published else None
    record["body"] = [[block.kind.value, block.text] for block in draft.body]
    return record


if __name__ == "__main__":
    main()
