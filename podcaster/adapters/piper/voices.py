"""Piper's voices in a folder: listed, and installed from the index, a URL or a file."""

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from podcaster import language as languages
from podcaster.adapters.model_folders import downloaded, fresh_folder, read_index, unwatched
from podcaster.adapters.piper import PiperSynthesizer
from podcaster.errors import (
    EngineFailed,
    LanguageUnknown,
    NoVoice,
    SourceNotFound,
    SourceTooLarge,
    VoiceRefused,
    VoiceUnknown,
)
from podcaster.model import Voice
from podcaster.ports import Downloaded, Fetcher, VoiceFile, VoicePackage
from podcaster.release import to_install
from podcaster.units import LanguageTag

MODEL, DESCRIPTION, CARD = ".onnx", ".onnx.json", "MODEL_CARD"
_MODEL_BYTES = 512 * 1024**2
_CARD_BYTES = 100_000
_NAME = re.compile(r"\w[\w+-]{0,99}")
"""As the published ones are: `pt_PT-tugão-medium`. No dot and no slash, so that it is a file's name and nothing else."""
_MD5 = re.compile(r"[0-9a-f]{32}")
_LICENCE = re.compile(r"^[\s*#-]*licen[cs]e\s*:\s*(.+)$", re.IGNORECASE | re.MULTILINE)
_TRIED_WITH = "1 2 3."
_ENGLISH = LanguageTag("en")


class PiperVoices:
    """Fills `ports.VoiceStore`. The index is a `voices.json` as Piper publishes it; its files' paths begin where it lies."""

    def __init__(self, folder: Path, fetcher: Fetcher, *, index: str = "") -> None:
        """`index` is the URL of a `voices.json`; empty: the one that Piper uses."""
        self._folder = folder
        self._fetcher = fetcher
        self._index = index

    @property
    def usable(self) -> bool:
        """Whether piper-tts is installed."""
        return bool(PiperSynthesizer([]).version)

    def installed(self) -> Sequence[VoicePackage]:
        """The models that have a description beside them."""
        models = sorted(self._folder.glob(f"*{MODEL}"))
        return [_described(model) for model in models if _beside(model, DESCRIPTION).is_file()]

    def available(self) -> Sequence[VoicePackage]:
        """The voices of the index."""
        url = self._index or _public_index()
        entries = read_index(
            self._fetcher,
            url,
            of="Piper voices",
            setting="PODCASTER_PIPER_INDEX",
            otherwise=", or install from a file: `podcaster voices install FILE.onnx`",
        )
        found = entries.items() if isinstance(entries, dict) else ()
        offered = (_offered(str(name), entry, url) for name, entry in found)
        return sorted((each for each in offered if each is not None), key=lambda each: each.name)

    def licence(self, voice: VoicePackage) -> str:
        """By the line `License:` of its MODEL_CARD."""
        card = self._folder / f"{voice.name}.{CARD}"
        there = [file.url for file in voice.files if file.url.endswith(f"/{CARD}")]
        if there:
            text = self._fetcher.get(there[0], limit_bytes=_CARD_BYTES).body.decode("utf-8", "replace")
        elif card.is_file():
            text = card.read_text(encoding="utf-8", errors="replace")
        else:
            return ""
        found = _LICENCE.search(text)
        return " ".join(found[1].split())[:200] if found else ""

    def install(self, what: str, progress: Downloaded) -> VoicePackage:
        """Install or replace."""
        if not self.usable:
            raise VoiceRefused(
                "No voice is installed: Piper itself is missing.", f"Install it: `{to_install('piper')}`."
            )
        with fresh_folder(self._folder) as scratch:
            name, files = self._files(what, progress)
            fresh = [scratch / f"{name}{ending}" for ending in files]
            for file, place in zip(files.values(), fresh, strict=True):
                shutil.copyfile(file, place)
            _tried(scratch, name)
            self._put(name, fresh)
            self._swept(files.values())
        return _described(self._folder / f"{name}{MODEL}")

    def _files(self, what: str, progress: Downloaded) -> tuple[str, Mapping[str, Path]]:
        """The voice's name, and its files by their endings."""
        if what.startswith(("http://", "https://")):
            plain = _split(what)
            name = _named(unquote(plain.path), what)
            described = plain._replace(path=f"{plain.path}.json").geturl()
            return name, {
                DESCRIPTION: self._downloaded(VoiceFile(url=described, size_bytes=0), unwatched),
                MODEL: self._downloaded(VoiceFile(url=what, size_bytes=0), progress),
            }
        if what.endswith(MODEL) or "/" in what:
            model = Path(what)
            for file in (model, _beside(model, DESCRIPTION)):
                if not file.is_file():
                    raise SourceNotFound(
                        f"{file} cannot be opened.", "A voice is NAME.onnx with NAME.onnx.json beside it."
                    )
            return _named(model.name, what), {DESCRIPTION: _beside(model, DESCRIPTION), MODEL: model}
        return self._published(what, progress)

    def _published(self, what: str, progress: Downloaded) -> tuple[str, Mapping[str, Path]]:
        name = what.partition("#")[0]
        found = next((each for each in self.available() if each.name == name), None)
        if found is None:
            raise VoiceUnknown(
                f"The index has no voice {name[:80]!r}.", "`podcaster voices list --available` shows what it has."
            )
        endings = {f".{CARD}": f"/{CARD}", DESCRIPTION: DESCRIPTION, MODEL: MODEL}
        wanted = {
            ending: file for ending, tail in endings.items() for file in found.files if unquote(file.url).endswith(tail)
        }
        told = {ending: progress if ending == MODEL else unwatched for ending in wanted}
        return name, {ending: self._downloaded(file, told[ending]) for ending, file in wanted.items()}

    def _downloaded(self, wanted: VoiceFile, progress: Downloaded) -> Path:
        """A file from another machine; kept until the voice is installed, so that a cut-off download goes on."""
        try:
            file = downloaded(
                self._fetcher, self._folder, wanted.url, suffix=".piper", limit_bytes=_MODEL_BYTES, progress=progress
            )
        except SourceTooLarge as error:
            raise VoiceRefused(f"The voice is not installed: {error.what}", "Choose another voice.") from error
        if (wanted.size_bytes and file.stat().st_size != wanted.size_bytes) or wanted.md5 not in {"", _md5(file)}:
            file.unlink()
            raise VoiceRefused(
                "The voice is not installed: its checksum or its size is not the index's.",
                "Try again; tell whoever keeps the index.",
            )
        return file

    def _put(self, name: str, fresh: Sequence[Path]) -> None:
        """In place of what was there: a reader finds the old voice, none, or the new one, and never half of each.

        A voice is there when its description is.
        """
        description = self._folder / f"{name}{DESCRIPTION}"
        description.unlink(missing_ok=True)
        for file in sorted(fresh, key=lambda file: file.name == description.name):
            file.replace(self._folder / file.name)

    def _swept(self, files: Iterable[Path]) -> None:
        """Deletes downloads; files that somebody handed in are theirs."""
        for file in files:
            if file.parent == self._folder / ".downloads":
                file.unlink()


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:  # a host that none could have
        raise _no_voice(url) from error


def _named(path: str, what: str) -> str:
    name = PurePosixPath(path).name.removesuffix(MODEL)
    if not path.endswith(MODEL) or not _NAME.fullmatch(name):
        raise _no_voice(what)
    return name


def _no_voice(what: str) -> VoiceRefused:
    return VoiceRefused(
        f"{what[:200]} is not a Piper voice.", "Give a name of the index, or the URL or the path of a NAME.onnx."
    )


def _offered(name: str, entry: object, index: str) -> VoicePackage | None:
    """A voice of the index; None for what is none, or lacks a file."""
    if not isinstance(entry, Mapping) or not _NAME.fullmatch(name) or not isinstance(entry.get("files"), Mapping):
        return None
    files = tuple(
        VoiceFile(url=urljoin(index, quote(str(path))), size_bytes=_count(about, "size_bytes"), md5=_checksum(about))
        for path, about in entry["files"].items()
    )
    if not all(
        any(unquote(file.url).endswith(f"/{name}{ending}") for file in files) for ending in (MODEL, DESCRIPTION)
    ):
        return None
    language = entry.get("language")
    return VoicePackage(
        name=name,
        language=_tag(language.get("code") if isinstance(language, Mapping) else None),
        quality=str(entry.get("quality", ""))[:20],
        speakers=_count(entry, "num_speakers") or 1,
        size_bytes=sum(file.size_bytes for file in files),
        files=files,
    )


def _described(model: Path) -> VoicePackage:
    """An installed voice, by what its own description says."""
    try:
        about = json.loads(_beside(model, DESCRIPTION).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        about = {}
    about = about if isinstance(about, Mapping) else {}
    language, audio = about.get("language"), about.get("audio")
    return VoicePackage(
        name=model.name.removesuffix(MODEL),
        language=_tag(language.get("code") if isinstance(language, Mapping) else None),
        quality=str(audio.get("quality", "") if isinstance(audio, Mapping) else "")[:20],
        speakers=_count(about, "num_speakers") or 1,
        size_bytes=model.stat().st_size,
    )


def _tried(folder: Path, name: str) -> None:
    """A voice that does not speak is found out now and not in the middle of a report."""
    try:
        with PiperSynthesizer([folder]) as piper:
            piper.speak(
                _TRIED_WITH, Voice(language=_ENGLISH, name=name, engine=PiperSynthesizer.name, engine_voice=name)
            )
    except (EngineFailed, NoVoice, AttributeError) as error:
        reason = error.what if isinstance(error, EngineFailed) else "its description is not Piper's"
        raise VoiceRefused(
            f"The voice is not installed: it does not speak ({reason.rstrip('.')}).",
            "Download it again, or from another place.",
        ) from error


def _beside(model: Path, ending: str) -> Path:
    return model.with_name(model.name.removesuffix(MODEL) + ending)


def _tag(code: object) -> LanguageTag | None:
    try:
        return languages.parse(str(code))
    except LanguageUnknown:
        return None


def _count(about: object, key: str) -> int:
    found = about.get(key) if isinstance(about, Mapping) else None
    return found if isinstance(found, int) and found > 0 else 0


def _checksum(about: object) -> str:
    found = str(about.get("md5_digest", "")).lower() if isinstance(about, Mapping) else ""
    return found if _MD5.fullmatch(found) else ""


def _md5(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _public_index() -> str:
    try:
        from piper.download_voices import VOICES_JSON  # noqa: PLC0415 # optional
    except ImportError:
        raise VoiceRefused(
            "The index of Piper voices comes with Piper, which is not installed.",
            f"Install it: `{to_install('piper')}`; or set PODCASTER_PIPER_INDEX.",
        ) from None
    return str(VOICES_JSON)
