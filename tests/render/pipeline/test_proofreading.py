"""Each new clip is heard before it is believed: said again where a word is missing, else flagged for an editor."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from podcaster.adapters.blobs import open_blobs
from podcaster.adapters.espeak import EspeakSynthesizer
from podcaster.adapters.espeak.pronouncer import EspeakPronouncer
from podcaster.adapters.hibari import HibariSynthesizer
from podcaster.adapters.lame import LameEncoder
from podcaster.adapters.whisper import WhisperRecognizer
from podcaster.errors import EngineFailed
from podcaster.model import Check, Line, LineKind, Script, Show, Voice
from podcaster.proofing.calibration import Calibration
from podcaster.proofing.hearing import hear_line
from podcaster.proofing.misheard import most_misheard
from podcaster.proofing.pace import Pace
from podcaster.proofing.recognizer import Hearing
from podcaster.render.pipeline.outcome import done_report
from podcaster.render.pipeline.proof_store import ProofStore
from podcaster.render.pipeline.proofreading import Proofreader
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.render.pipeline.rendering import RenderedScript, Spoken, speak
from podcaster.script.lexicon import Lexicon
from podcaster.script.phrases import Phrases
from podcaster.speech.catalogue import Catalogue
from podcaster.speech.clauses import clauses, say_by_clause
from podcaster.speech.synthesizer import Speech, Synthesizer
from podcaster.testing.synthesizers import SwallowingSynthesizer
from podcaster.translation.glossary import Glossary
from podcaster.units import ArticleId, ContentKey, LanguageTag, Milliseconds, Seconds
from support.paths import VOICES

EN = LanguageTag("en")
GOOD, LINE = "The boat left at six.", "The council closed the old bridge, and the ferry will return in April."
_PACE = Pace(a_sound=Seconds(0.063), a_rest=Seconds(0.18), at_all=Seconds(0.5), spread=Seconds(0.3))
_LIMITS = Calibration(misheard_limit=2.4, pace=_PACE, pace_limit=4, words_misheard=0.01)
Speaks = Callable[..., Spoken]


@pytest.fixture(scope="module")
def hibari() -> Iterator[HibariSynthesizer]:
    with HibariSynthesizer() as engine:
        yield engine


@pytest.fixture(scope="module")
def proofreader(whisper_folder: Path) -> Iterator[Proofreader]:
    with EspeakPronouncer() as pronouncer:
        yield Proofreader(
            recognizer=WhisperRecognizer(whisper_folder),
            pronouncer=pronouncer,
            store=ProofStore(None),  # type: ignore[arg-type]
        )


@pytest.fixture
def speaks(tmp_path: Path, proofreader: Proofreader) -> Iterator[Speaks]:
    """Has lines spoken by an engine, in one store, and proofed unless it is told otherwise."""
    blobs = open_blobs(tmp_path / "blobs")
    store = ProofStore(blobs)
    catalogue = Catalogue(VOICES)
    voice = _voice(catalogue)

    def spoken(
        engine: Synthesizer,
        *texts: str,
        limits: Calibration = _LIMITS,
        checks: tuple[Check, ...] = (),
        foreign: tuple[tuple[str, str], ...] = (),
        other: Synthesizer | None = None,
        **changes: object,
    ) -> Spoken:
        reader = replace(proofreader, store=store, _known={}, **changes)  # type: ignore[arg-type]
        store.keep_calibration(reader._key(voice, engine), limits)
        if other is not None:
            next_voice = next(each for each in catalogue.voices(EN) if each.engine == other.name)
            store.keep_calibration(reader._key(next_voice, other), _LIMITS)
        with ThreadPoolExecutor(2) as pool:
            context = RenderContext(
                catalogue=catalogue,
                translators=(),
                synthesizers={each.name: each for each in (engine, other) if each is not None},
                encoder=LameEncoder(),
                blobs=blobs,
                phrases=lambda language: Phrases.from_table(language, catalogue.phrases(language)),
                lexicon=lambda language: Lexicon.from_table(language, {}),
                glossary=lambda source, target: Glossary.of(f"{source}-{target}", {}),
                shows=lambda language: Show(
                    language=language, title="R", description="", base_url="http://x", author="a", email="a@b.c"
                ),
                thread_pool=pool,
                proofreader=reader,
                pronouncer=reader.pronouncer,
            )
            return speak(_script(texts, checks, foreign), context)

    return spoken


@pytest.fixture(autouse=True)
def _no_shipped_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("podcaster.proofing.calibration.shipped", lambda *_: None)


def _voice(catalogue: Catalogue) -> Voice:
    return next(voice for voice in catalogue.voices(EN) if voice.engine == "hibari")


def _script(texts: Sequence[str], checks: tuple[Check, ...], foreign: tuple[tuple[str, str], ...] = ()) -> Script:
    lines = tuple(
        Line(
            index=n,
            kind=LineKind.PARAGRAPH,
            source=text,
            text=text,
            spoken=text,
            pause_ms=Milliseconds(300),
            checks=checks,
            foreign=foreign,
        )
        for n, text in enumerate(texts)
    )
    return Script(article=ArticleId("a"), language=EN, source_language=EN, title="T", topics=(), lines=lines)


def _flags(spoken: Spoken) -> list[list[str]]:
    return [[check.detail for check in line.checks if check.name == "heard"] for line in spoken.rendition.script.lines]


def test_a_good_line_is_heard_and_not_flagged(speaks: Speaks, hibari: HibariSynthesizer, tmp_path: Path) -> None:
    spoken = speaks(hibari, GOOD, LINE)
    assert _flags(spoken) == [[], []]
    proofs = ProofStore(open_blobs(tmp_path / "blobs")).recall([clip.key for clip in spoken.rendition.clips])
    assert [proof.attempts for proof in proofs.values()] == [1, 1]
    assert {proof.verdict.words_heard for proof in proofs.values()} == {5, 13}


def test_a_swallowed_word_is_flagged_told_and_remembered(
    speaks: Speaks, hibari: HibariSynthesizer, tmp_path: Path
) -> None:
    engine = SwallowingSynthesizer(hibari, "old")
    first = speaks(engine, GOOD, LINE)
    [[], [detail]] = _flags(first)
    assert detail.startswith("heard differently: “The council closed the bridge")
    report = done_report(RenderedScript(script=_script([GOOD, LINE], ()), translated=0), first, seconds=1)
    assert report.warnings == (f"line 1: {detail}",)
    again = speaks(engine, GOOD, LINE)
    assert (again.spoken, again.reused, _flags(again)) == (0, 2, _flags(first))
    [word] = most_misheard(ProofStore(open_blobs(tmp_path / "blobs")).all(), [EN])
    assert (word.word, word.times) == ("old", 1)


def test_what_sounds_behind_a_line_is_heard_though_its_own_words_are_credible(
    hibari: HibariSynthesizer, proofreader: Proofreader
) -> None:
    line, more = (hibari.speak(text, _voice(Catalogue(VOICES))) for text in (LINE, GOOD))
    assert hear_line(proofreader.recognizer, line, LINE, EN).text == LINE
    both = replace(line, samples=np.concatenate([line.samples, more.samples]))
    assert "boat left" in hear_line(proofreader.recognizer, both, LINE, EN).text


def test_an_engine_that_never_says_the_same_twice_says_it_again(speaks: Speaks, hibari: HibariSynthesizer) -> None:
    assert _flags(speaks(SwallowingSynthesizer(hibari, "old", times=1), LINE)) == [[]]


def test_a_line_that_is_said_again_keeps_the_sounds_of_its_foreign_words(
    speaks: Speaks, hibari: HibariSynthesizer
) -> None:
    given: list[str] = []

    class Recorded(SwallowingSynthesizer):
        def speak(self, text: str, voice: Voice) -> Speech:
            given.append(text)
            return super().speak(text, voice)

    line = "They closed the old bridge near the Gare du Nord, and the ferry will return in April."
    speaks(Recorded(hibari, "old"), line, foreign=(("Gare du Nord", "fr"),))
    first, behind_dash, *clauses = given
    assert "⟦Gare du Nord|" in first
    assert behind_dash == f"— {first}"
    assert " ".join(clauses) == first


def test_a_line_with_a_mark_is_not_cut_into_clauses() -> None:
    with HibariSynthesizer() as engine:
        voice = Voice(language=EN, name="en-US-hibari", engine="hibari", engine_voice="heart")
        marked = "The old bridge, [emphasis]and the ferry, too,[/emphasis] will return in April."
        assert say_by_clause(marked, voice, engine) is None


def test_a_language_without_sentences_to_try_a_voice_with_says_so(proofreader: Proofreader) -> None:
    voice = Voice(language=LanguageTag("cs"), name="cs-espeak", engine="espeak", engine_voice="cs")
    with EspeakSynthesizer() as espeak:
        assert proofreader.remark(voice, espeak).startswith("cs-espeak is not proofed: ")


def test_a_line_that_is_mangled_whole_is_said_clause_by_clause(speaks: Speaks, hibari: HibariSynthesizer) -> None:
    assert _flags(speaks(SwallowingSynthesizer(hibari, "old", longer_than=50), LINE)) == [[]]


def test_a_recognizer_that_fails_costs_no_clip(
    speaks: Speaks, hibari: HibariSynthesizer, proofreader: Proofreader
) -> None:
    class Broken:
        name, version = "broken", "1"

        def recognizes(self, language: LanguageTag) -> bool:
            return True

        def hear(self, speech: Speech, expected: str, language: LanguageTag, *, credible: float | None) -> Hearing:
            raise EngineFailed("It is out of order.", "Mend it.")

    spoken = speaks(SwallowingSynthesizer(hibari, "old"), LINE, recognizer=Broken())
    assert (_flags(spoken), spoken.spoken) == ([[]], 1)


def test_flagged_lines_alone_are_heard_where_that_is_set(speaks: Speaks, hibari: HibariSynthesizer) -> None:
    engine = SwallowingSynthesizer(hibari, "old")
    assert _flags(speaks(engine, LINE, flagged_only=True)) == [[]]
    failed = Check(name="numbers", passed=False, detail="6 is missing")
    assert len(_flags(speaks(engine, f"{LINE} ", flagged_only=True, checks=(failed,)))[0]) == 1


def test_a_voice_that_is_too_poor_to_be_proofed_says_so_once(speaks: Speaks, hibari: HibariSynthesizer) -> None:
    poor = replace(_LIMITS, words_misheard=0.4)
    spoken = speaks(SwallowingSynthesizer(hibari, "old"), GOOD, LINE, limits=poor)
    assert _flags(spoken) == [[], []]
    [remark] = spoken.remarks
    assert "is not understood well enough to be proofed: 40%" in remark


def test_a_line_that_the_voice_cannot_say_is_said_by_the_next_one_if_the_show_allows(
    speaks: Speaks, hibari: HibariSynthesizer
) -> None:
    swallowing = SwallowingSynthesizer(hibari, "old")
    with EspeakSynthesizer() as espeak:
        assert len(_flags(speaks(swallowing, LINE, other=espeak))[0]) == 1
        spoken = speaks(swallowing, f"{LINE} ", other=espeak, other_voices=True)
        again = speaks(swallowing, f"{LINE} ", other=espeak, other_voices=True)
    [line] = spoken.rendition.script.lines
    [check] = line.checks
    assert (check.name, check.passed) == ("voice", True)
    assert check.detail.startswith("said by en-")
    assert spoken.remarks == (f"line 0: {check.detail}",)
    assert (again.spoken, again.rendition.script.lines[0].checks) == (0, line.checks)


def test_a_share_of_the_words_is_told_where_most_clips_were_heard(
    speaks: Speaks, hibari: HibariSynthesizer, tmp_path: Path
) -> None:
    clips = speaks(SwallowingSynthesizer(hibari, "old"), GOOD, LINE).rendition.clips
    store = ProofStore(open_blobs(tmp_path / "blobs"))
    assert store.heard_percent(clips) == 94.4  # 17 of 18 words
    assert store.heard_percent([clips[0], replace(clips[1], key=ContentKey("0" * 64))]) is None


def test_clauses_are_cut_behind_marks_and_never_too_short() -> None:
    assert clauses(LINE) == ["The council closed the old bridge,", "and the ferry will return in April."]
    assert clauses("Yes, but the rest of it stays whole.") == ["Yes, but the rest of it stays whole."]
    assert clauses("One breath.") == ["One breath."]
