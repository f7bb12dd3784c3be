"""The shipped voices without neural engines: for tests whose subject is neither speech nor translation."""

import atexit
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

from support.paths import VOICES

_TABLE = re.compile(r"^\[\[(?:voices|paths)\]\]\n(?:(?!\[\[?[a-z_]+\]).*\n?)*", re.MULTILINE)
_QUICK = re.compile(r'^engine = "espeak"|^steps = \["apertium [^"]*"\]', re.MULTILINE)


@cache
def quick_voices() -> Path:
    """One folder for all tests of a process, which read it and change nothing in it."""
    folder = Path(tempfile.mkdtemp(prefix="podcaster-voices-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return write_quick_voices(folder / "voices")


def write_quick_voices(folder: Path) -> Path:
    """A new folder with the phrases, lexicons and glossaries that ship, eSpeak NG's voices and Apertium's paths.

    Every path is a single step, and with `draft_below` a draft, as on a machine without the neural model.
    """
    shutil.copytree(VOICES, folder, ignore=shutil.ignore_patterns("jingles", "*.onnx"))
    for file in folder.glob("*.toml"):
        whole = file.read_text(encoding="utf-8")
        text = _TABLE.sub(_kept, whole)
        if "[[voices]]" in whole and "[[voices]]" not in text:
            file.unlink()  # a language that neural engines alone speak
        else:
            file.write_text(text, encoding="utf-8")
    return folder


def _kept(table: re.Match[str]) -> str:
    return table[0] if _QUICK.search(table[0]) else ""
