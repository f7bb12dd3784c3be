"""The recognizer that proofs clips, its models, and how words are pronounced."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from podcaster.release import to_install
from podcaster.wiring.speech_engines import SpeechEngines

if TYPE_CHECKING:
    from podcaster.ports import RecognizerStore
    from podcaster.proofing.pronouncer import Pronouncer
    from podcaster.proofing.recognizer import Recognizer
    from podcaster.render.pipeline.proof_store import ProofStore
    from podcaster.render.pipeline.proofreading import Proofreader
    from podcaster.speech.synthesizer import Speech

_RECOGNIZERS, _USUAL = "recognizers", "whisper-base"


class Proofing(SpeechEngines):
    """Recognizers and phonemes for proofing."""

    @cached_property
    def recognizer(self) -> "Recognizer":
        """One model a process, loaded with the first clip."""
        from podcaster.adapters.whisper import WhisperRecognizer

        return WhisperRecognizer(self.recognizer_folder, threads=self.proof_threads)

    @property
    def proof_threads(self) -> int:
        """Number of clips that are heard at a time."""
        return self.settings.proof_threads or self.workers

    @property
    def recognizer_folder(self) -> Path:
        """Folder of the recognizer's model."""
        return self.settings.recognizer or self.settings.data / _RECOGNIZERS / _USUAL

    @cached_property
    def recognizers(self) -> "RecognizerStore":
        """Recognizers' models."""
        from podcaster.adapters.whisper.models import WhisperModels

        return WhisperModels(self.settings.data / _RECOGNIZERS, self.fetcher)

    @cached_property
    def pronouncer(self) -> "Pronouncer":
        """Pronounces words as phonemes."""
        from podcaster.adapters.espeak.pronouncer import EspeakPronouncer

        return EspeakPronouncer()

    @cached_property
    def proofs(self) -> "ProofStore":
        """Stored proofs of clips."""
        from podcaster.render.pipeline.proof_store import ProofStore

        return ProofStore(self.blobs)

    @cached_property
    def proofreader(self) -> "Proofreader | None":
        """Proofreader of new clips; None if proofing is off or no recognizer is installed."""
        from podcaster.adapters.whisper import usable

        if self.settings.proof == "off" or not usable(self.recognizer_folder):
            return None
        from podcaster.render.pipeline.proofreading import Proofreader

        return Proofreader(
            recognizer=self.recognizer,
            pronouncer=self.pronouncer,
            store=self.proofs,
            flagged_only=self.settings.proof == "flagged",
            other_voices=self.settings.proof_other_voices,
            shown=self.settings.proof_shown,
        )

    def who_proofs(self) -> str:
        """The recognizer that hears new clips, or why none does."""
        if self.settings.proof == "off":
            return "off"
        if self.proofreader is None:
            from podcaster.adapters.whisper import engine_installed

            engine = "" if engine_installed() else f"`{to_install('proofing')}` and "
            return f"no recognizer; {engine}`podcaster models install {_USUAL}` bring{'' if engine else 's'} one"
        return self.recognizer.name

    def proofing_notice(self) -> str:
        """That clips are not heard, and what is missing; empty where they are, or where the settings say so."""
        return "" if self.settings.proof == "off" or self.proofreader else f"Clips are not heard: {self.who_proofs()}."

    def decoded(self, mp3: bytes) -> "Speech":
        """The samples of an MP3 file."""
        from podcaster.adapters.decoding import decoded

        return decoded(mp3)
