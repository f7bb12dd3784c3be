"""Voices whose paths are drafts alone: a machine without the neural model."""

import shutil
from pathlib import Path

from support.paths import VOICES

_DRAFT = """
[[paths]]
from = "en"
to = "es"
steps = ["apertium en es"]
"""


def draft_voices(folder: Path) -> Path:
    """A copy of the voices that ship, in a new folder, with drafts as its only translations."""
    shutil.copytree(VOICES, folder, ignore=shutil.ignore_patterns("jingles", "*.onnx"))
    (folder / "translation_paths.toml").write_text(_DRAFT, encoding="utf-8")
    return folder
