"""A script spoken: one voice an episode, the next one where an engine is down, and no sentence spoken again without need."""

import socket
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from podcaster.adapters.blobs import open_blobs
from podcaster.adapters.espeak import EspeakSynthesizer
from podcaster.adapters.espeak.pronouncer import EspeakPronouncer
from podcaster.adapters.gtts import GttsSynthesizer
from podcaster.adapters.lame import LameEncoder
from podcaster.audio.encoder import FRAME_MS
from podcaster.episode.notes import notes_html
from podcaster.errors import EngineFailed
from podcaster.model import Block, BlockKind, Show, Voice
from podcaster.render.pipeline.episode_builder import build_episode
from podcaster.render.pipeline.outcome import done_report
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.render.pipeline.rendering import speak, translate
from podcaster.render.pipeline.speech.foreign_sounds import given_to_voice
from podcaster.script.lexicon import Lexicon
from podcaster.script.phonetics import as_written, pieces
from podcaster.script.phrases import Phrases
from podcaster.speech.catalogue import Catalogue
from podcaster.speech.synthesizer import Speech, Synthesizer
from podcaster.speech.voice_rules import parsed
from podcaster.testing.synthesizers import FlakySynthesizer, SilentSynthesizer, ToneSynthesizer
from podcaster.translation.glossary import Glossary
from podcaster.units import LanguageTag
from support.examples import article_of
from support.voice_files import PHRASES

EN = LanguageTag("en")
VOICES = (
    """
language = "en"
name = "English"

[[voices]]
name = "en-preferred"
engine = "tone"
engine_voice = "en"
gain_db = 0

[[voices]]
name = "en-second-of-the-same-engine"
engine = "tone"
engine_voice = "en"
gain_db = 0

[[voices]]
name = "en-online"
engine = "gtts"
engine_voice = "en"

[[voices]]
name = "en-embedded"
engine = "espeak"
engine_voice = "en"
gain_db = 6.0
"""
    + PHRASES
)
StudioOf = Callable[[Mapping[str, Synthesizer]], RenderContext]


@pytest.fixture
def espeak() -> Iterator[EspeakSynthesizer]:
    with EspeakSynthesizer() as synthesizer:
        yield synthesizer


@pytest.fixture
def studio_of(tmp_path: Path) -> Iterator[StudioOf]:
    folder = tmp_path / "voices"
    folder.mkdir()
    (folder / "en.toml").write_text(VOICES)
    catalogue = Catalogue(folder)
    with ThreadPoolExecutor(2) as thread_pool:

        def context(synthesizers: Mapping[str, Synthesizer]) -> RenderContext:
            return RenderContext(
                catalogue=catalogue,
                translators=(),
                synthesizers=synthesizers,
                encoder=LameEncoder(),
                blobs=open_blobs(tmp_path / "blobs"),
                phrases=lambda language: Phrases.from_table(language, catalogue.phrases(language)),
                lexicon=lambda language: Lexicon.from_table(language, {}),
                glossary=lambda source, target: Glossary.of(f"{source}-{target}", {}),
                shows=lambda language: Show(
                    language=language, title="Reports", description="", base_url="http://x", author="a", email="a@b.c"
                ),
                thread_pool=thread_pool,
            )

        yield context


def test_a_rest_that_a_language_asks_for_is_heard(
    studio_of: StudioOf, espeak: EspeakSynthesizer, tmp_path: Path
) -> None:
    def lengths() -> list[int]:
        context = replace(studio_of({"espeak": espeak}), catalogue=Catalogue(tmp_path / "voices"))
        rendition = speak(translate(article_of(), EN, context).script, context).rendition
        return [clip.frames for clip in rendition.clips]

    usual = lengths()
    (tmp_path / "voices" / "en.toml").write_text(VOICES + "\n[pauses]\ntitle = 2.5\n")
    longer = [more - frames for more, frames in zip(lengths(), usual, strict=True)]
    assert longer[1] == pytest.approx(1.5 * 800 / FRAME_MS, abs=1)
    assert not any(longer[:1] + longer[2:])


@pytest.mark.parametrize("broken", [FlakySynthesizer(10_000), SilentSynthesizer()])
def test_where_an_engine_is_down_the_next_voice_speaks_the_whole_episode_and_it_says_so(
    studio_of: StudioOf, espeak: EspeakSynthesizer, broken: Synthesizer
) -> None:
    context = studio_of({"tone": broken, "espeak": espeak})
    text = translate(article_of(), EN, context)
    sound = speak(text.script, context)
    alone = speak(text.script, studio_of({"espeak": espeak}))
    assert [clip.key for clip in sound.rendition.clips] == [clip.key for clip in alone.rendition.clips]
    assert sound.rendition.voice.name == "en-embedded"
    (warning,) = done_report(text, sound, seconds=0).warnings
    assert warning.startswith("en-preferred could not speak this, en-embedded speaks in its place")
    episode = build_episode(article_of(), sound.rendition, context, published=article_of().published).episode  # type: ignore[arg-type]
    assert "en-embedded" in notes_html(episode)


def test_a_reports_own_picture_is_a_file_of_its_episode(studio_of: StudioOf, espeak: EspeakSynthesizer) -> None:
    report = article_of(image="https://example.com/quay.jpg")
    plain = studio_of({"espeak": espeak})
    shown = replace(plain, picture=lambda url: b"a jpeg" if url == report.image else b"")
    rendition = speak(translate(report, EN, plain).script, plain).rendition
    with_picture, without = (
        build_episode(report, rendition, context, published=report.published)  # type: ignore[arg-type]
        for context in (shown, plain)
    )
    assert (with_picture.episode.picture, with_picture.texts[".jpg"]) == (True, b"a jpeg")
    assert (without.episode.picture, ".jpg" in without.texts) == (False, False)
    assert with_picture.episode.revision != without.episode.revision


def test_a_voice_that_fails_in_the_middle_leaves_no_line_in_the_episode(
    studio_of: StudioOf, espeak: EspeakSynthesizer
) -> None:
    class DownAfterThree(ToneSynthesizer):
        said = 0

        def speak(self, text: str, voice: Voice) -> Speech:
            self.said += 1
            if self.said > 3:
                raise EngineFailed("It is down.", "Wait.")
            return super().speak(text, voice)

    context = studio_of({"tone": DownAfterThree(), "espeak": espeak})
    script = translate(article_of(), EN, context).script
    alone = speak(script, studio_of({"espeak": espeak})).rendition
    assert speak(script, context).rendition.clips == alone.clips


def test_where_the_online_voice_cannot_be_reached_the_embedded_one_speaks(
    studio_of: StudioOf, espeak: EspeakSynthesizer
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}"
    online = GttsSynthesizer(endpoint=nobody, wait=lambda _: None)
    context = studio_of({"gtts": online, "espeak": espeak})
    sound = speak(translate(article_of(), EN, context).script, context)
    assert sound.rendition.voice.name == "en-embedded"
    assert "gTTS" in sound.warnings[0]
    assert sound.warnings[0].startswith("en-online could not speak this")


def test_a_busy_engine_keeps_its_voice(studio_of: StudioOf, espeak: EspeakSynthesizer) -> None:
    context = studio_of({"tone": FlakySynthesizer(1), "espeak": espeak})
    sound = speak(translate(article_of(), EN, context).script, context)
    assert sound.rendition.voice.name == "en-preferred"
    assert sound.warnings == ()


def test_an_engine_that_is_not_here_is_passed_over_without_a_word(
    studio_of: StudioOf, espeak: EspeakSynthesizer
) -> None:
    context = studio_of({"espeak": espeak})
    sound = speak(translate(article_of(), EN, context).script, context)
    assert sound.rendition.voice.name == "en-embedded"
    assert sound.warnings == ()


def test_where_every_engine_is_down_the_language_fails_with_the_last_reason(studio_of: StudioOf) -> None:
    context = studio_of({"tone": SilentSynthesizer()})
    with pytest.raises(EngineFailed, match="silence"):
        speak(translate(article_of(), EN, context).script, context)


def test_a_changed_word_of_the_lexicon_is_spoken_anew_and_nothing_else(
    studio_of: StudioOf, espeak: EspeakSynthesizer
) -> None:
    before = studio_of({"espeak": espeak})
    changed = Lexicon.from_table(EN, {"words": {"Norway": "Norwegian kingdom"}})
    after = replace(before, lexicon=lambda _: changed)
    first = speak(translate(article_of(), EN, before).script, before).rendition
    again = speak(translate(article_of(), EN, after).script, after)
    lines = again.rendition.script.lines
    new = {line.index for line, old, clip in zip(lines, first.clips, again.rendition.clips, strict=True) if old != clip}
    assert new == {line.index for line in lines if "Norway" in line.text or "NORWAY" in line.text}
    assert again.spoken == len(new)
    assert again.reused == len(lines) - len(new) > 0


def test_a_topics_lexicon_is_heard_in_reports_on_the_topic_and_wins(
    studio_of: StudioOf, espeak: EspeakSynthesizer
) -> None:
    general = Lexicon.from_table(EN, {"words": {"levy": "lev-ee", "Oslo": "Ozlo"}})
    norwegian = Lexicon.from_table(EN, {"words": {"Oslo": "Ooshlo"}})
    context = replace(
        studio_of({"espeak": espeak}),
        lexicon=lambda _: general,
        topic_lexicon=lambda language, topic: norwegian if topic == "norway" else Lexicon(language=language),
    )
    said = " ".join(line.spoken for line in translate(article_of(), EN, context).script.lines)
    elsewhere = " ".join(line.spoken for line in translate(article_of(topics=("EU",)), EN, context).script.lines)
    assert "Ooshlo" in said
    assert "Ozlo" not in said
    assert "Ozlo" in elsewhere
    assert "lev-ee" in said


class RefusingSynthesizer(ToneSynthesizer):
    """Fails on every text that has one of some words in it."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def speak(self, text: str, voice: Voice) -> Speech:
        if any(word in text for word in self._words):
            raise EngineFailed("It has no sounds for this.", "Write it otherwise.")
        return super().speak(text, voice)


def test_a_word_that_the_engine_cannot_say_costs_that_word_and_no_more(studio_of: StudioOf) -> None:
    context = studio_of({"tone": RefusingSynthesizer("Norway")})
    script = translate(article_of(), EN, context).script
    sound = speak(script, context)
    changed = [
        (before, after)
        for before, after in zip(script.lines, sound.rendition.script.lines, strict=True)
        if before != after
    ]
    assert changed
    for before, after in changed:
        assert "Norway" in before.spoken
        assert "N o r w a y" in after.spoken
        assert [check.name for check in after.checks if not check.passed] == ["voice"]
    assert len(sound.warnings) == len(changed)
    assert sound.rendition.voice.name == "en-preferred"


def test_a_line_that_one_voice_cannot_say_at_all_is_said_by_the_next_one(
    studio_of: StudioOf, espeak: EspeakSynthesizer
) -> None:
    script = translate(article_of(), EN, studio_of({"espeak": espeak})).script
    only_the_title = replace(script, lines=script.lines[1:2])

    class AllButTheTitle(ToneSynthesizer):
        def speak(self, text: str, voice: Voice) -> Speech:
            if text != "Key points":
                raise EngineFailed("It has no sounds for this.", "Write it otherwise.")
            return super().speak(text, voice)

    context = studio_of({"tone": AllButTheTitle(), "espeak": espeak})
    sound = speak(only_the_title, context)
    (line,) = sound.rendition.script.lines
    assert line.spoken == only_the_title.lines[0].spoken
    assert "said by en-embedded" in sound.warnings[0]


def test_a_line_that_nobody_can_say_is_left_out_with_a_mark(studio_of: StudioOf) -> None:
    class AllButOne(ToneSynthesizer):
        def speak(self, text: str, voice: Voice) -> Speech:
            if text != "Key points":
                raise EngineFailed("It has no sounds for this.", "Write it otherwise.")
            return super().speak(text, voice)

    context = studio_of({"tone": AllButOne()})
    script = translate(article_of(), EN, context).script
    sound = speak(replace(script, lines=script.lines[1:3]), context)
    assert [line.spoken for line in sound.rendition.script.lines] == ["", ""]
    assert all("left out" in warning for warning in sound.warnings)
    assert len(sound.rendition.clips) == 2


def test_a_report_with_words_of_many_scripts_is_made_in_every_voice(
    studio_of: StudioOf, espeak: EspeakSynthesizer
) -> None:
    article = article_of(
        body=(Block(kind=BlockKind.PARAGRAPH, text="The spring نبع الوادي الكبير and Толстой opens."),)
    )
    context = studio_of({"espeak": espeak})
    text = translate(article, EN, context)
    sound = speak(text.script, context)
    (line,) = [line for line in sound.rendition.script.lines if "نبع" in line.text]
    assert line.spoken == "The spring Naba al-Wadi al-Kabir and Tolstoy opens."
    assert any(
        "script: said in Latin letters: نبع الوادي الكبير, Толстой" in each
        for each in done_report(text, sound, seconds=0).warnings
    )


def test_rules_give_quotes_and_reports_a_voice_of_their_own(studio_of: StudioOf) -> None:
    context = replace(
        studio_of({"tone": ToneSynthesizer()}),
        voice_rules=parsed(("quote=en-second-of-the-same-engine", "topic:dams=en-second-of-the-same-engine")),
    )
    quote = Block(kind=BlockKind.QUOTE, text="The spring is dry.")
    plain = translate(article_of(body=(quote,), topics=("Roads",)), EN, context).script
    ruled = translate(article_of(body=(quote,), topics=("Dams",)), EN, context).script

    assert [line.spoken for line in plain.lines if line.source == quote.text] == [
        "[voice en-second-of-the-same-engine]The spring is dry.[/voice]"
    ]
    assert speak(plain, context).rendition.voice.name == "en-preferred"
    assert speak(ruled, context).rendition.voice.name == "en-second-of-the-same-engine"


def test_words_that_the_page_marks_have_the_sounds_of_their_language(studio_of: StudioOf) -> None:
    line = Block(kind=BlockKind.PARAGRAPH, text="The firm Jürgen Müller has a mayor named Владимир.")
    article = article_of(body=(line,), foreign_words=(("Jürgen Müller", "de"), ("firm", "en")))
    with closing(EspeakPronouncer()) as pronouncer:
        context = replace(studio_of({"tone": ToneSynthesizer()}), pronouncer=pronouncer)
        script = translate(article, EN, context).script
        found = next(each for each in script.lines if each.source == line.text)
        given = given_to_voice(found, EN, context)

    assert found.foreign == (("Jürgen Müller", "de"),)
    assert "⟦" not in found.spoken
    assert as_written(given) == found.spoken
    assert [piece.text for piece in pieces(given) if piece.ipa] == ["Jürgen Müller", "Vladimir"]
