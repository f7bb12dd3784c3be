"""A fingerprint of everything on this machine that could change a rendition."""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

import podcaster

_APERTIUM = Path("/usr/share/apertium/modes")


def fingerprint(
    *, voices: Path, packages: Sequence[Path], speech_models: Sequence[Path] = (), jingles: Sequence[Path] = ()
) -> str:
    """SHA-256 over names, sizes and ages of podcaster's own files, of voices, jingles and models, and over what is installed.

    It costs a few milliseconds and no import of any engine.
    """
    package = Path(podcaster.__file__).parent
    files = [*package.rglob("*.py"), *voices.rglob("*.toml"), *_APERTIUM.glob("*")]
    files += [model for folder in speech_models for model in folder.glob("*.onnx*")]
    files += [file for folder in packages for file in folder.glob("*/*")]
    files += jingles
    stamps = sorted(f"{file} {status.st_size} {status.st_mtime_ns}" for file in files for status in [file.stat()])
    installed = sorted(path.name for folder in sys.path for path in Path(folder or ".").glob("*.dist-info"))
    return hashlib.sha256("\n".join([*stamps, *installed]).encode()).hexdigest()
