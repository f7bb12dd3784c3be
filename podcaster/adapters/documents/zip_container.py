"""Archives that documents are made of, opened within bounds."""

import io
import zipfile

from podcaster.adapters.documents.refusal import Refused, damaged

_LARGEST_UNPACKED = 1_000_000_000
_LARGEST_PART = 100_000_000


def opened(body: bytes, form: str) -> zipfile.ZipFile:
    """The archive, if its parts are no bombs.

    Raises:
        Refused: it is damaged, or unpacks to more than a gigabyte.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise damaged(form) from error
    if sum(each.file_size for each in archive.infolist()) > _LARGEST_UNPACKED:
        raise Refused("damaged", "unpacks to more than 1,000,000,000 bytes.", "Hand in its text.")
    return archive


def part(archive: zipfile.ZipFile, name: str, form: str) -> bytes:
    """One part; empty if there is none of that name.

    Raises:
        Refused: it is damaged, encrypted or too large.
    """
    try:
        with archive.open(name) as file:
            content = file.read(_LARGEST_PART + 1)
    except KeyError:
        return b""
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise damaged(form) from error
    if len(content) > _LARGEST_PART:
        raise Refused("damaged", f"has a part of more than {_LARGEST_PART:,} bytes.", "Hand in its text.")
    return content
