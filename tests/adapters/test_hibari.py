"""hibari's voice, and how our text reaches it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hibari import dsp

from podcaster.adapters import hibari as adapter
from podcaster.adapters.hibari import HibariSynthesizer
from podcaster.adapters.hibari.phonemizer import HibariPhonemizer
from podcaster.adapters.hibari.waveform import FixedNoise, waveform
from podcaster.errors import EngineFailed, NoVoice
from podcaster.model import Voice
from podcaster.speech.phonemes import VOWELS
from podcaster.units import LanguageTag

VOICE = Voice(language=LanguageTag("en"), name="en-US-hibari", engine="hibari", engine_voice="heart")
TEXT = "The levy falls on the operator and not on the household."


@pytest.fixture(scope="module")
def hibari() -> Iterator[HibariSynthesizer]:
    with HibariSynthesizer() as synthesizer:
        yield synthesizer


READER = HibariPhonemizer()
"""For all tests of a process: its lexicon takes a third of a second to load."""


def phonemes(text: str) -> str:
    return "".join(token.phonemes for token in READER.phonemes(text))


def test_the_model_that_was_checked_is_the_one_that_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(adapter.VOICES, "heart", "0" * 64)
    with HibariSynthesizer() as synthesizer, pytest.raises(EngineFailed, match="damaged, or not the published"):
        synthesizer.speak(TEXT, VOICE)


def test_a_voice_that_would_have_to_be_downloaded_is_no_voice_here(hibari: HibariSynthesizer) -> None:
    with pytest.raises(NoVoice):
        hibari.speak(TEXT, replace(VOICE, engine_voice="emma"))


def test_a_text_is_read_as_it_is_written() -> None:
    """Hibari's own normaliser reads "round Cape Horn" as "round zero Cape Horn"."""
    assert phonemes("They sailed round Cape Horn.") == "ðˌA sˈAld ɹˈWnd kˈAp hˈɔɹn."


def test_a_pronunciation_replaces_the_word_and_nothing_else() -> None:
    assert phonemes("We met ⟦Xi|ɕi⟧ today.") == phonemes("We met she today.").replace("ʃi", "ʃˈi")
    assert phonemes("⟦Ibáñez|iˈβaɲeθ⟧ won.") == "ivˈɑnjAθ wˈʌn."


def test_hibaris_own_markup_is_text() -> None:
    said = phonemes("Say [word](/ɹˈɪbɪt/) now.")
    assert "wˈɜɹd" in said
    assert "ɹˈɪbɪt" not in said


def test_the_rate_of_the_catalogue_is_the_pace_of_the_voice(hibari: HibariSynthesizer) -> None:
    usual = len(hibari.speak(TEXT, VOICE).samples)
    assert len(hibari.speak(TEXT, replace(VOICE, rate_wpm=248)).samples) == pytest.approx(usual / 1.5, rel=0.1)


def test_a_sentence_of_any_length_is_spoken_whole(hibari: HibariSynthesizer) -> None:
    text = "They count the ships at the harbour, the lock and the bridge, " * 20
    speech = hibari.speak(f"{text}and they stop.", VOICE)
    places = [word.place for word in speech.words]
    assert places == [found.start() for found in re.finditer(r"\w+", f"{text}and they stop.")]
    assert np.abs(speech.samples[speech.words[-1].sample :]).max() > 1_000


def test_every_sound_that_an_editor_can_write_is_near_to_one_of_english() -> None:
    for sign in "ɕʂçχxħɦɣɢqʁʀɾɻrɲɳɴʎɭɬʝɟcβʋɸʈɖɥʍɱøœɶɘɵɤɞyʉɯɨʏ":
        said = phonemes(f"⟦Xy|{sign}a⟧")
        assert any(vowel in said for vowel in VOWELS), sign


def test_a_spectrum_gives_the_samples_that_the_package_itself_makes_of_it() -> None:
    """Short, long, short again: the noise that was drawn for one text is the beginning of the next one's."""
    numbers, kept = np.random.default_rng(1), FixedNoise()
    for frames in (20, 90, 33):
        levels = [numbers.standard_normal((601, frames), dtype=np.float32) for _ in range(5)]
        spectrum = [*levels, numbers.uniform(0, 300, frames).astype(np.float32)]
        assert np.array_equal(waveform(spectrum, kept), dsp.synth(*spectrum, np.random.default_rng(0)))


SPEAK = """
from podcaster.adapters.hibari import HibariSynthesizer
from podcaster.model import Voice
with HibariSynthesizer() as synthesizer:
    synthesizer.speak("Good morning.", Voice(language="en", name="en-US-hibari", engine="hibari", engine_voice="heart"))
"""


def test_speaking_reports_nothing_to_the_runtimes_maker_and_marks_no_machine(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", SPEAK], env={"HOME": str(tmp_path)}, check=True)
    assert list(tmp_path.rglob("*")) == []
