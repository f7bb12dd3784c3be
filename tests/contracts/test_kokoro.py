"""Kokoro's own model: what it says, when, in which languages; and what is no installation of it."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from podcaster.adapters.espeak.phonemizer import EspeakPhonemizer
from podcaster.adapters.fetch import GuardedFetcher
from podcaster.adapters.kokoro import KokoroSynthesizer
from podcaster.adapters.kokoro.installation import UPSTREAM_GRAPH, UPSTREAM_STYLES, KokoroInstaller
from podcaster.adapters.kokoro.model import KokoroModel
from podcaster.adapters.kokoro.vocabulary import VOCABULARY
from podcaster.adapters.whisper import WhisperRecognizer
from podcaster.errors import NoVoice, SourceNotFound, VoiceRefused
from podcaster.model import Voice
from podcaster.speech.clauses import say_behind_dash
from podcaster.units import LanguageTag
from podcaster.wiring.phonemizers import phonemizer
from support.waiting import until
from support.web_server import web_server


@pytest.fixture(scope="module")
def kokoro(kokoro_folder: Path) -> Iterator[KokoroSynthesizer]:
    with KokoroSynthesizer(KokoroModel(kokoro_folder), phonemizer) as synthesizer:
        yield synthesizer


def voice(engine_voice: str, language: str = "es") -> Voice:
    return Voice(language=LanguageTag(language), name=engine_voice, engine="kokoro", engine_voice=engine_voice)


def phonemes(text: str, language: str) -> str:
    reader = phonemizer(language)
    assert reader is not None
    return "".join(token.phonemes for token in reader.phonemes(text))


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("es", "¿Cuánto vale? «Mucho», dice.", "kwˈanto βˈale? “mˈuʧo”, dˈiθe."),
        ("pt-BR", "O relatório não está pronto!", "ʊ xˌelatˈɔɾjʊ nˌɐ̃ʊ̃ estˌa prˈoŋtʊ!"),
        ("it", "La società degli amici.", "la soʧetˈa dˌeʎɪ amˈiʧɪ."),
        ("fr", "Les amis sont là.", "lez amˈi sˈɔ̃ lˈa."),
        ("gl", "A xente vai á porta.", "a ʃˈɛnte βˈI a pˈoɾta."),
        ("es", "Xi, ⟦Xi|ɕi⟧.", "sˈi, ɕˈi."),
        ("zh", "两国签署了《贸易协定》。", "lja↓ŋ kwo↗ ʨʰjɛ→nʂu↓ lɤ “mau↘i↘ɕje↗ti↘ŋ”."),
        ("zh", "⟦Xi|ɕi⟧说，银行有10500人。", "ɕˈi ʂwo→, i↗nxa↗ŋ jou↓ i→wa↘nli↗ŋu↓pai↓ ɻə↗n."),
        ("ja", "両国は火曜日、「協定」に署名した。", "ɾʲoːkokɯ βa kajoːbʲi, “kʲoːteː” ɲi ɕomeː ɕi ta."),
        ("ja", "⟦Xi|ɕi⟧と230人が待った。", "ɕˈi to ɲi çakɯ saɴ ʥɨː ɲiɴ ɡa maʔta."),
    ],
)
def test_a_language_is_read_in_the_signs_that_kokoro_learnt(language: str, text: str, said: str) -> None:
    found = phonemes(text, language)
    assert set(found) <= set(VOCABULARY)
    assert found == said


def test_a_figure_with_a_point_in_it_takes_nothing_from_the_sentence() -> None:
    """A reader that splits at the point and keeps the first part drops what stands behind."""
    assert phonemes("Son 1.250 barcos al año.", "es").endswith("βˈaɾkos al ˈaɲo.")


def test_what_is_read_does_not_depend_on_what_was_read_before() -> None:
    reader = EspeakPhonemizer("es")
    first = reader.phonemes("El informe está listo.")
    reader.phonemes("Otra frase, con coma; y más.")
    assert reader.phonemes("El informe está listo.") == first


def test_each_word_is_heard_where_the_model_says(kokoro: KokoroSynthesizer) -> None:
    text = "Papel, cobre, queso."
    speech = kokoro.speak(text, voice("ef_dora"))
    assert [word.place for word in speech.words] == [found.start() for found in re.finditer(r"\w+", text)]
    assert len(speech.samples) / speech.rate < 4
    for word in speech.words:
        assert np.abs(speech.samples[word.sample : word.sample + 9_600]).max() > 1_000


def test_a_first_word_that_is_swallowed_is_heard_behind_a_dash(kokoro: KokoroSynthesizer, whisper_folder: Path) -> None:
    text = "La alcaldesa prometió a los vecinos del valle que el hospital seguiría abierto."
    speech = say_behind_dash(text, voice("ef_dora"), kokoro)
    first = WhisperRecognizer(whisper_folder, threads=1).hear(speech, text, LanguageTag("es")).expected[0]
    assert first.log_probability > -3
    assert [word.place for word in speech.words[:2]] == [0, 3]


@pytest.mark.parametrize("title", ["Economía.", "Un año."])
def test_the_sentence_that_was_said_behind_a_title_is_cut_off_in_its_silence(
    kokoro: KokoroSynthesizer, title: str
) -> None:
    speech = kokoro.speak(title, voice("ef_dora"))
    assert 0.3 < len(speech.samples) / speech.rate < 1.8
    assert np.abs(speech.samples[-100:]).max() < 200
    assert [word.place for word in speech.words] == [found.start() for found in re.finditer(r"\w+", title)]


@pytest.mark.parametrize(("language", "text"), [("zh", "两国签署了贸易协定。"), ("ja", "両国は、協定に署名した。")])
def test_words_without_spaces_have_places(language: str, text: str) -> None:
    reader = phonemizer(language)
    assert reader is not None
    places = [token.place for token in reader.phonemes(text) if token.place is not None]
    assert places[:3] == [0, 1, 2] if language == "zh" else [0, 2, 4]
    assert places == sorted(places)


def test_a_galician_text_is_read_by_a_spanish_voice(kokoro: KokoroSynthesizer) -> None:
    assert kokoro.has(voice("ef_dora#gl", "gl"))
    assert kokoro.voice_version(voice("ef_dora#gl", "gl")) != kokoro.voice_version(voice("ef_dora"))
    with pytest.raises(NoVoice):
        kokoro.speak("Hola.", voice("ef_nobody"))


def test_a_voice_whose_language_nothing_reads_cannot_speak(kokoro_folder: Path) -> None:
    without_readers = KokoroSynthesizer(KokoroModel(kokoro_folder), lambda _: None)
    assert not without_readers.has(voice("jf_alpha", "ja"))


def test_the_model_leaves_memory_when_nobody_speaks(kokoro_folder: Path) -> None:
    model = KokoroModel(kokoro_folder, idle_seconds=0.05)
    model.spoken("sˈi.", "ef_dora", 1.0)
    until(lambda: not model.loaded)


def test_a_folder_without_the_model_has_no_voices(tmp_path: Path) -> None:
    synthesizer = KokoroSynthesizer(KokoroModel(tmp_path), phonemizer)
    assert synthesizer.version == ""
    assert not synthesizer.has(voice("ef_dora"))


def installer(folder: Path, upstream: str = "http://127.0.0.1:9") -> KokoroInstaller:
    return KokoroInstaller(folder, GuardedFetcher(allow_loopback=True), upstream)


def test_a_folder_that_lacks_a_file_installs_nothing(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match=UPSTREAM_GRAPH):
        installer(tmp_path / "kokoro").install(str(tmp_path), lambda *_: None)


def test_another_graph_is_refused_and_what_was_installed_stays(tmp_path: Path, kokoro_folder: Path) -> None:
    (tmp_path / "given").mkdir()
    for name in (UPSTREAM_GRAPH, UPSTREAM_STYLES):
        (tmp_path / "given" / name).write_bytes(b"another")
    folder = tmp_path / "kokoro"
    shutil.copytree(kokoro_folder, folder, symlinks=True, ignore=shutil.ignore_patterns("*.onnx"))
    (folder / "kokoro.onnx").symlink_to(kokoro_folder / "kokoro.onnx")
    before = installer(folder).installed
    with pytest.raises(VoiceRefused, match="not the published one"):
        installer(folder).install(str(tmp_path / "given"), lambda *_: None)
    assert installer(folder).installed == before != ""


def test_what_upstream_sends_is_verified_too(tmp_path: Path) -> None:
    with web_server() as server:
        server.files[f"/release/{UPSTREAM_GRAPH}"] = b"an error page"
        server.files[f"/release/{UPSTREAM_STYLES}"] = b"an error page"
        with pytest.raises(VoiceRefused):
            installer(tmp_path / "kokoro", f"{server.url}/release").install("", lambda *_: None)
    assert not installer(tmp_path / "kokoro").installed
