"""Every new clip is heard before it is believed: said again where it is heard differently, else flagged."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

import structlog

from podcaster.audio.stored_clips import content_key
from podcaster.errors import EngineFailed
from podcaster.model import Check, Clip, Line, LineKind, Voice
from podcaster.proofing import calibration as calibrations
from podcaster.proofing.calibration import METHOD, Calibration, Sample, calibrated
from podcaster.proofing.hearing import hear_line
from podcaster.proofing.pronouncer import Pronouncer
from podcaster.proofing.proof import Proof
from podcaster.proofing.recognizer import Recognizer
from podcaster.proofing.verdict import CHECK, Verdict, judge, sampled
from podcaster.render.pipeline.proof_store import ProofStore
from podcaster.render.pipeline.unsayable import VOICE_CHECK
from podcaster.script.spoken import spoken_form
from podcaster.speech.casting import Cast
from podcaster.speech.clauses import say_behind_dash, say_by_clause
from podcaster.speech.foreign_words import placed_in
from podcaster.speech.speaking import Voices, nobody, speak_line
from podcaster.speech.synthesizer import Speech, Synthesizer, voice_fields
from podcaster.units import ContentKey, LanguageTag

log = structlog.get_logger()
_FEWEST_SAMPLES = 12
Keep = Callable[[Line, Speech, Voice, Synthesizer], Clip]
"""Encodes and keeps the sound of a line by a voice, in place of what the line's key stood for."""


@dataclass(frozen=True, slots=True)
class Given:
    """A line as a voice is given it."""

    text: str
    """Its spoken form, with the sounds of its foreign words."""
    voices: Voices = nobody
    """Voices that its marks may name."""


@dataclass(frozen=True, slots=True)
class _Take:
    """A line said in one way."""

    speech: Speech
    voice: Voice
    synthesizer: Synthesizer
    verdict: Verdict


@dataclass(frozen=True, kw_only=True)
class Proofreader:
    """Hears clips with one recognizer. Safe to use from several threads."""

    recognizer: Recognizer
    pronouncer: Pronouncer
    store: ProofStore
    flagged_only: bool = False
    """Whether only lines that fail another check are heard."""
    other_voices: bool = False
    """Whether the language's next voice may say a line that the episode's voice cannot."""
    shown: bool = False
    """Whether episodes tell how much of them was heard as written."""
    _known: dict[ContentKey, Calibration] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def hears(self, language: LanguageTag) -> bool:
        """Whether clips of the language can be judged here."""
        known = self.recognizer.recognizes(language) and self.pronouncer.pronounces(language)
        return known and bool(calibrations.sentences(language))

    def remark(self, voice: Voice, synthesizer: Synthesizer) -> str:
        """Reason that clips of a voice are not heard, for an editor; empty if they are."""
        if not self.hears(voice.language):
            return f"{voice.name} is not proofed: there are no sentences in its language to try it with"
        calibration = self.calibration(voice, synthesizer)
        if calibration.usable:
            return ""
        return (
            f"{voice.name} is not understood well enough to be proofed: "
            f"{calibration.words_misheard:.0%} of the words that it was tried with are misheard"
        )

    def calibration(self, voice: Voice, synthesizer: Synthesizer) -> Calibration:
        """Calibration of a voice: shipped, stored, or measured once while others wait.

        Raises:
            EngineFailed: the voice or the recognizer gave an error.
        """
        key = self._key(voice, synthesizer)
        with self._lock:
            if key not in self._known:
                self._known[key] = (
                    calibrations.shipped(self.recognizer.name, voice.engine, voice.engine_voice, voice.rate_wpm)
                    or self.store.calibration(key)
                    or self._measured(key, voice, synthesizer)
                )
            return self._known[key]

    def proofed(
        self, line: Line, speech: Speech, clip: Clip, *, given: Given, cast: Cast, keep: Keep
    ) -> tuple[Line, Clip]:
        """The line, flagged where no way of saying it is heard as written, and its best clip.

        A recognizer that fails costs no clip: the line goes on unheard.

        Args:
            line: The line.
            speech: What the voice made of it.
            clip: That, encoded.
            given: The text that was spoken, to be said again.
            cast: The voice that said it, then those that may say it in its place.
            keep: Keeps another take.
        """
        language = cast[0][0].language
        if not self.hears(language) or (self.flagged_only and all(check.passed for check in line.checks)):
            return line, clip
        try:
            return self._best(line, speech, clip, given=given, cast=cast, keep=keep)
        except EngineFailed as failure:
            log.warning("a clip is not proofed", line=line.index, reason=failure.what)
            return line, clip

    def _best(
        self, line: Line, speech: Speech, clip: Clip, *, given: Given, cast: Cast, keep: Keep
    ) -> tuple[Line, Clip]:
        """The first take that is heard as written, else the one with the lowest score."""
        (voice, synthesizer), *others = cast
        calibration = self.calibration(voice, synthesizer)
        if not calibration.usable:
            return line, clip
        takes = [_Take(speech, voice, synthesizer, self._verdict(line, speech, clip, voice, calibration))]
        for said, other, engine in (
            () if takes[0].verdict.passed else self._said_again(line.spoken, given, cast[0], others)
        ):
            clip = keep(line, said, other, engine)
            verdict = self._verdict(line, said, clip, other, self.calibration(other, engine))
            takes.append(_Take(said, other, engine, verdict))
            if takes[-1].verdict.passed:
                break
        best = min(takes, key=lambda take: take.verdict.score)
        if best.voice is not voice and not best.verdict.passed:
            best = min((take for take in takes if take.voice is voice), key=lambda take: take.verdict.score)
        if best is not takes[-1]:
            clip = keep(line, best.speech, best.voice, best.synthesizer)
        proof = Proof(
            language=voice.language,
            voice=best.voice.name,
            recognizer=self.recognizer.version,
            attempts=len(takes),
            verdict=best.verdict,
        )
        self.store.keep(clip.key, proof)
        return _checked(line, proof, voice), clip

    def _said_again(
        self, spoken: str, given: Given, own: tuple[Voice, Synthesizer], others: Cast
    ) -> Iterator[tuple[Speech, Voice, Synthesizer]]:
        """Other takes of a line: by its own voice, then by those that are clear enough, if the show allows them."""
        for speech in _said_again(given, *own):
            yield placed_in(speech, given.text, spoken), *own
        for voice, synthesizer in others if self.other_voices else ():
            try:
                if self.calibration(voice, synthesizer).usable:
                    speech = speak_line(given.text, voice, synthesizer, voices=given.voices)
                    yield placed_in(speech, given.text, spoken), voice, synthesizer
            except EngineFailed:
                continue

    def recalled(self, lines: Mapping[ContentKey, Line], voice: Voice) -> Mapping[ContentKey, Line]:
        """The lines whose kept clips were heard differently, flagged, and those that another voice says."""
        proofs = self.store.recall(list(lines))
        return {
            key: _checked(lines[key], proof, voice)
            for key, proof in proofs.items()
            if not proof.verdict.passed or proof.voice != voice.name
        }

    def _verdict(self, line: Line, speech: Speech, clip: Clip, voice: Voice, calibration: Calibration) -> Verdict:
        return judge(
            line.spoken,
            hear_line(self.recognizer, speech, line.spoken, voice.language),
            _seconds(clip) * voice.tempo,
            language=voice.language,
            pronouncer=self.pronouncer,
            calibration=calibration,
        )

    def _measured(self, key: ContentKey, voice: Voice, synthesizer: Synthesizer) -> Calibration:
        found = self.measured(voice, synthesizer)
        self.store.keep_calibration(key, found)
        return found

    def measured(self, voice: Voice, synthesizer: Synthesizer) -> Calibration:
        """A calibration made now: twenty sentences, spoken and heard; those that the engine fails on do not count.

        Raises:
            EngineFailed: the voice or the recognizer gave an error.
        """
        samples = list(self._samples(voice, synthesizer))
        if len(samples) < _FEWEST_SAMPLES:
            raise EngineFailed(f"{voice.name} cannot say enough to be calibrated.", "Choose another voice.")
        return calibrated(samples)

    def _samples(self, voice: Voice, synthesizer: Synthesizer) -> Iterator[Sample]:
        for text in calibrations.sentences(voice.language):
            spoken = spoken_form(text, LineKind.PARAGRAPH, voice.language)
            try:
                speech = speak_line(spoken, voice, synthesizer)
            except EngineFailed:
                continue
            hearing = hear_line(self.recognizer, speech, spoken, voice.language)
            yield sampled(spoken, hearing, voiced_seconds(speech), voice.language, self.pronouncer)[0]

    def _key(self, voice: Voice, synthesizer: Synthesizer) -> ContentKey:
        return content_key(
            recognizer=self.recognizer.version,
            pronouncer=self.pronouncer.version,
            method=METHOD,
            **voice_fields(voice, synthesizer),
        )


def flags(lines: Sequence[Line]) -> tuple[str, ...]:
    """A warning for each line that is heard differently, or said by another voice because it was."""
    return tuple(
        f"line {line.index}: {check.detail}"
        for line in lines
        for check in line.checks
        if (check.name == CHECK and not check.passed) or (check.name == VOICE_CHECK and check.passed)
    )


def _said_again(given: Given, voice: Voice, synthesizer: Synthesizer) -> Iterator[Speech]:
    """Other ways to say a line: once more, behind a dash where the engine always says the same; then clause by clause."""
    say = say_behind_dash if synthesizer.deterministic else speak_line
    try:
        yield say(given.text, voice, synthesizer, voices=given.voices)
        by_clause = say_by_clause(given.text, voice, synthesizer)
        if by_clause is not None:
            yield by_clause
    except EngineFailed:
        return  # the first take stands


def _checked(line: Line, proof: Proof, voice: Voice) -> Line:
    """The line with what its proof found."""
    checks = [check for check in line.checks if check.name != CHECK]
    if not proof.verdict.passed:
        checks.append(Check(name=CHECK, passed=False, detail=proof.verdict.detail))
    elif proof.voice != voice.name:
        checks.append(Check(name=VOICE_CHECK, passed=True, detail=f"said by {proof.voice}: {voice.name} is misheard"))
    return replace(line, checks=tuple(checks))


def _seconds(clip: Clip) -> float:
    return (clip.voice_end_ms - clip.voice_start_ms) / 1000


def voiced_seconds(speech: Speech) -> float:
    """Length of the voice without the silence around it, as in a clip."""
    from podcaster.audio.recording import trimmed  # noqa: PLC0415 # numpy: a render that makes nothing new needs none

    return len(trimmed(speech.samples, speech.rate)) / speech.rate
