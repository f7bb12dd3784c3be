"""Languages go to the workers that keep to their voice's engine, and what nobody can make is said."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from podcaster.adapters.blobs import open_blobs
from podcaster.model import Voice
from podcaster.ports import WaitingWork
from podcaster.render.engine_routing import EngineRouting, described, stranded
from podcaster.render.worker_presence import WorkerPresence, WorkerRecord, _place, _to_json
from podcaster.units import LanguageTag

NOW = datetime(2026, 5, 4, tzinfo=UTC)
ES = LanguageTag("es")
VOICES = [
    Voice(language=ES, name="es-k", engine="kokoro", engine_voice="ef"),
    Voice(language=ES, name="es-g", engine="gtts", engine_voice="es"),
    Voice(language=ES, name="es-e", engine="espeak", engine_voice="es"),
]
PLAIN = WorkerRecord(name="plain", machine="m", started=NOW, seen=NOW, engines=("espeak", "kokoro"))
NEURAL = replace(PLAIN, name="neural", only=("kokoro",))
ONLINE = replace(PLAIN, name="online", engines=("gtts",), only=("gtts",))
GONE = NOW - timedelta(hours=1)


def routed(*workers: WorkerRecord) -> str:
    presence = WorkerPresence(blobs=open_blobs("memory:///"), clock=lambda: NOW)
    for each in workers:
        presence.blobs.put(_place(each.name, ".json"), _to_json(each))
    return EngineRouting(presence=presence, voices=lambda _: VOICES, clock=lambda: NOW).engine_for(ES)


@pytest.mark.parametrize(
    ("workers", "engine"),
    [
        ([], ""),
        ([PLAIN], ""),
        ([PLAIN, NEURAL], "kokoro"),
        ([PLAIN, replace(NEURAL, seen=GONE)], ""),
        ([replace(PLAIN, engines=("espeak",)), ONLINE], "gtts"),
        ([PLAIN, ONLINE], ""),
        ([NEURAL, ONLINE], "kokoro"),
    ],
)
def test_the_preferred_voice_that_somebody_speaks_with_decides(workers: Sequence[WorkerRecord], engine: str) -> None:
    assert routed(*workers) == engine


@pytest.mark.parametrize(
    ("living", "said"),
    [
        ([], ["no worker lives", "and none lives", "`podcaster worker --engines kokoro`"]),
        ([PLAIN], ["`podcaster worker --engines kokoro`"]),
        ([NEURAL], ["and none lives"]),
        ([PLAIN, NEURAL], []),
    ],
)
def test_work_that_no_living_worker_can_make_is_said(living: Sequence[WorkerRecord], said: Sequence[str]) -> None:
    waiting = [
        WaitingWork(count=1, since=NOW, of_any_worker=True),
        WaitingWork(count=3, since=NOW),
        WaitingWork(count=2, since=NOW, engine="kokoro"),
    ]
    lines = [described(each) for each in stranded(waiting, living)]
    assert len(lines) == len(said)
    assert all(part in line for part, line in zip(said, lines, strict=True))
