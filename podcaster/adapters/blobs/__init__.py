"""The BlobStore port: a folder on this machine, or a bucket."""

from collections.abc import Sequence
from pathlib import Path

from podcaster.adapters.blobs.folder import open_folder
from podcaster.ports import BlobStore


def open_store(place: str | Path, *, made_again: Sequence[str] = ()) -> BlobStore:
    """The store at a folder, or at `file://`, `s3://`, `gs://`, `az://`, or `memory://` for tests.

    A bucket's credentials come from the environment, under the names that its own tools use (`AWS_ACCESS_KEY_ID`).
    `made_again` are prefixes of names in a folder whose blobs can be made again and are checked by their readers: `put`
    does not wait until the disk has them (about 2 ms each), so a power cut may empty them. A killed process never does.

    Raises:
        SettingsWrong: not such an address.
        StorageFailed: the folder cannot be made.
    """
    address = str(place)
    if address.startswith("file://"):
        return open_folder(Path(address.removeprefix("file://")), made_again=made_again)
    if "://" not in address:
        return open_folder(Path(place), made_again=made_again)
    from podcaster.adapters.blobs.bucket import open_bucket  # noqa: PLC0415 # a folder needs no obstore

    return open_bucket(address)
