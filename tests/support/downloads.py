"""Episodes with audio, and the downloads that are counted of them."""

from podcaster.downloads.transfers import MINUTE_BYTES
from podcaster.model import Episode
from podcaster.ports import Counted
from support.small_service import SmallService

MINUTE = MINUTE_BYTES[".mp3"]
TAG = b"ID3\x03\x00\x00" + bytes([0, 0, 7, 104]) + bytes(1000)
OVERCAST = "Overcast/3.0 (+http://overcast.fm/; iOS podcast app)"


def with_audio(made: SmallService, minutes: float = 3) -> tuple[Episode, str]:
    """An episode whose file is a tag and so much audio, and where it is."""
    episode = made.publish()
    path = f"media/{episode.article}/{episode.language}/{episode.revision}.mp3"
    made.blobs.put(path, TAG + bytes(int(minutes * MINUTE)))
    return episode, f"/{path}"


def counted(made: SmallService) -> int:
    """When the service has ended, everything is written down."""
    return made.library.downloads(Counted()).total
