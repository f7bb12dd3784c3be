"""Published reports whose clips are there, line by line, though nobody spoke them."""

import json
from collections.abc import Sequence
from datetime import timedelta
from random import Random

import httpx

from podcaster.audio.encoder import FRAME_BYTES
from podcaster.audio.stored_clips import blob_name, content_key, pack, unpack
from podcaster.model import Clip, Episode
from podcaster.units import ContentKey, Milliseconds
from support.examples import DAY, episode_of
from support.small_service import BASE, SmallService, revision_of

LINES = ("opening", "opening", "title", "byline", "lead_in", "key_point", "key_point", "paragraph", "closing")


def store_clip(made: SmallService, *name: object) -> ContentKey:
    """A clip of chance, of 3 to 40 frames."""
    key = content_key(name=" ".join(map(str, name)))
    frames = 3 + int(key[:4], 16) % 38
    clip = Clip(key=key, frames=frames, voice_start_ms=Milliseconds(48), voice_end_ms=Milliseconds(60))
    made.blobs.put(blob_name(key), pack(clip, Random(key).randbytes(frames * FRAME_BYTES)))
    return key


def publish(made: SmallService, place: int, **changes: object) -> list[ContentKey]:
    """A report of `LINES`; its clips. All share opening, draft notice and closing."""
    episode = made.publish(
        episode_of(
            f"report-{place}",
            guid=f"urn:{place}",
            revision=revision_of(place),
            title=f"Informe {place}",
            **{"published": DAY + timedelta(minutes=place), **changes},
        )
    )
    return store_reported(made, episode, place)


def store_reported(made: SmallService, episode: Episode, place: int) -> list[ContentKey]:
    """The clips of a report of `LINES`, and its script."""
    shared = {"opening", "closing"}
    keys = [store_clip(made, *((kind, at) if kind in shared else (place, kind, at))) for at, kind in enumerate(LINES)]
    script = {
        "lines": [{"kind": kind, "clip": key, "text": episode.title} for kind, key in zip(LINES, keys, strict=True)]
    }
    made.blobs.put(
        f"media/{episode.article}/{episode.language}/{episode.revision}.script.json", json.dumps(script).encode()
    )
    return keys


def briefing_of(web: httpx.Client, **choices: object) -> str:
    own = web.post("/listeners", json={"languages": ["es"], **choices}).json()
    return str(own["briefing"]).removeprefix(BASE)


def frames(made: SmallService, keys: Sequence[ContentKey]) -> bytes:
    return b"".join(unpack(key, made.blobs.get(blob_name(key)))[1] for key in keys)
