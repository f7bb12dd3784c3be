"""The recognizer that proofs clips, its models, and how words are pronounced."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from podcaster.wiring.engines import Engines

if TYPE_CHECKING:
    from podcaster.ports import RecognizerShelf
    from podcaster.proofing.pronouncer import Pronouncer
    from podcaster.proofing.recognizer import Recognizer

_RECOGNIZERS, _USUAL = "recognizers", "whisper-base"


class ProofingRoom(Engines):
    """Recognizers and phonemes for proofing."""

    @cached_property
    def recognizer(self) -> "Recognizer":
        """One model a process, loaded with the first clip."""
        from podcaster.adapters.whisper import WhisperRecognizer

        return WhisperRecognizer(self.recognizer_folder, threads=self.settings.proof_threads or self.workers)

    @property
    def recognizer_folder(self) -> Path:
        """Folder of the recognizer's model."""
        return self.settings.recognizer or self.settings.data / _RECOGNIZERS / _USUAL

    @cached_property
    def recognizers(self) -> "RecognizerShelf":
        """Recognizers' models."""
        from podcaster.adapters.whisper.models import WhisperModels

        return WhisperModels(self.settings.data / _RECOGNIZERS, self.fetcher)

    @cached_property
    def pronouncer(self) -> "Pronouncer":
        """Pronounces words as phonemes."""
        from podcaster.adapters.espeak.pronouncer import EspeakPronouncer

        return EspeakPronouncer()
