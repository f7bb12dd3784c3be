"""A program that has a thousand files and connections open speaks and reads like any other."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from support.piper_voice import write_voice

_CROWDED = """
import os, resource, sys
from pathlib import Path
_, most = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 4096), most))
opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(1100)]
assert max(opened) > 1024
from podcaster.model import Voice
from podcaster.units import LanguageTag
"""
_SPEAKS = """
{make}
voice = Voice(language=LanguageTag("en"), name="a voice", engine=engine, engine_voice="en")
with synthesizer:
    print(len(synthesizer.speak("The levy falls on the operator.", voice).samples))
"""
_ESPEAK = "from podcaster.adapters.espeak import EspeakSynthesizer\nengine, synthesizer = 'espeak', EspeakSynthesizer()"
_PIPER = (
    "from podcaster.adapters.piper import PiperSynthesizer\n"
    "engine, synthesizer = 'piper', PiperSynthesizer([Path(sys.argv[1])])"
)
_READS = """
from podcaster.adapters.trafilatura import TrafilaturaReader
with TrafilaturaReader() as reader:
    page = b"<html><body><article><h1>A levy</h1>" + b"<p>The levy falls on the operator.</p>" * 40
    print(len(reader.read(page, charset="utf-8", url=None).body))
"""


def _printed(program: str, arguments: Sequence[str]) -> int:
    done = subprocess.run(
        [sys.executable, "-c", _CROWDED + program, *arguments], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.parametrize("make", [_ESPEAK, _PIPER], ids=["espeak", "piper"])
def test_it_speaks(make: str, tmp_path: Path) -> None:
    write_voice(tmp_path, "en")
    assert _printed(_SPEAKS.format(make=make), [str(tmp_path)]) > 1000


def test_it_reads_pages() -> None:
    assert _printed(_READS, []) > 0
