"""An .argosmodel file, looked at before a byte of it is written, and then unpacked."""

import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from podcaster.translation.model_archives import checked_entries, opened, refused

_MOST_FILES = 1_000
_LONGEST_METADATA_BYTES = 100_000
_UNUSED = frozenset({"stanza", "spacy", "minisbd"})
"""Sentence splitters of argostranslate's own, which podcaster does not use; often most of a package."""
_NEEDED = ("metadata.json", "model/model.bin")
_TOKENIZERS = ("sentencepiece.model", "bpe.model")
_CODE_LENGTH = range(2, 4)


def unpack(file: Path, into: Path) -> Mapping[str, Any]:
    """Unpack a package's one folder as `into`, which must not exist; its metadata.

    Raises:
        ModelRefused: nothing has been written.
    """
    with opened(file) as archive:
        members = dict(_members(archive))
        metadata = _metadata(archive, members)
        for path, member in members.items():
            place = into / path
            place.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as source, place.open("wb") as out:
                while piece := source.read(1 << 20):
                    out.write(piece)
    return metadata


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[PurePosixPath, zipfile.ZipInfo]]:
    """Files to unpack, by their path below the package's folder."""
    entries = checked_entries(archive, most=_MOST_FILES)
    tops = {path.parts[0] for path, _ in entries}
    for path, entry in entries:
        if len(tops) != 1 or len(path.parts) == 1:
            raise refused("it is not one folder")
        if path.parts[1] not in _UNUSED:
            yield PurePosixPath(*path.parts[1:]), entry


def _metadata(archive: zipfile.ZipFile, members: Mapping[PurePosixPath, zipfile.ZipInfo]) -> Mapping[str, Any]:
    names = {str(path) for path in members}
    missing = [name for name in _NEEDED if name not in names]
    if missing or not names.intersection(_TOKENIZERS):
        raise refused(f"it lacks {', '.join(missing) or 'a tokenizer'}")
    member = members[PurePosixPath("metadata.json")]
    if member.file_size > _LONGEST_METADATA_BYTES:
        raise refused("its metadata.json is too long")
    try:
        metadata = json.loads(archive.read(member).decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise refused("its metadata.json is not JSON") from error
    codes = [metadata.get(key) for key in ("from_code", "to_code")] if isinstance(metadata, dict) else []
    if not codes or not all(
        isinstance(code, str) and code.isascii() and code.isalpha() and len(code) in _CODE_LENGTH for code in codes
    ):
        raise refused("its metadata.json names no two languages")
    checked: Mapping[str, Any] = metadata
    return checked
