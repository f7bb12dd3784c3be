"""Division, description and transcription of an episode, case by case."""

from dataclasses import replace
from datetime import datetime

import pytest

from podcaster.episode.chapters import ChapterTitles, chapters
from podcaster.episode.credits import heard_line
from podcaster.episode.notes import notes_html
from podcaster.episode.production import assemble_episode, revision
from podcaster.episode.serialisation import from_record, to_record
from podcaster.episode.transcript import srt, vtt
from podcaster.errors import StorageFailed
from podcaster.model import Chapter, Clip, Cue, Episode, Line, LineKind, Rendition, Script, Voice
from podcaster.script.phrases import Phrases
from podcaster.units import ArticleId, ContentKey, LanguageTag, Milliseconds, Revision
from support.examples import DAY, article_of, episode_of

ES = LanguageTag("es")
TITLES = ChapterTitles(key_points="Key points", report="The report")
VOICE = Voice(language=ES, name="es-espeak", engine="espeak", engine_voice="es")
FRONT = (LineKind.OPENING, LineKind.TITLE, LineKind.BYLINE)
LINE_MS = 42 * 24


def rendition_of(*said: LineKind | tuple[LineKind, str, str]) -> Rendition:
    """Clips of 42 frames each; a line that is only a kind says where it stands."""
    whole = [each if isinstance(each, tuple) else (each, "", f"Line {place}") for place, each in enumerate(said)]
    lines = tuple(
        Line(index=place, kind=kind, source=source, text=text, spoken=text, pause_ms=Milliseconds(0))
        for place, (kind, source, text) in enumerate(whole)
    )
    clip = Clip(key=ContentKey("0" * 64), frames=42, voice_start_ms=Milliseconds(48), voice_end_ms=Milliseconds(900))
    script = Script(article=ArticleId("a"), language=ES, source_language=ES, title="T", topics=(), lines=lines)
    return Rendition(script=script, clips=(clip,) * len(lines), voice=VOICE)


def chapters_of(*said: LineKind) -> list[tuple[int, str]]:
    """First line and title of each chapter."""
    return [(part.start_ms // LINE_MS, part.title) for part in chapters(rendition_of(*said), TITLES)]


def produced(rendition: Rendition, published: datetime = DAY, **changes: object) -> Episode:
    article = article_of(**changes)
    made = Revision("0123456789abcdef")
    return assemble_episode(article, rendition, revision=made, chapters=(), enclosure_bytes=1, published=published)


def test_a_body_without_headings_is_one_chapter_behind_the_key_points() -> None:
    body = (LineKind.KEY_POINT, LineKind.KEY_POINT, LineKind.PARAGRAPH, LineKind.QUOTE, LineKind.CLOSING)
    assert chapters_of(*FRONT, *body) == [(0, "Key points"), (5, "The report")]


def test_each_heading_starts_a_chapter_and_what_stands_before_the_first_is_the_report() -> None:
    body = (LineKind.KEY_POINT, LineKind.PARAGRAPH, LineKind.HEADING, LineKind.ITEM, LineKind.HEADING, LineKind.ROW)
    assert chapters_of(LineKind.TITLE, *body) == [(0, "Key points"), (2, "The report"), (3, "Line 3"), (5, "Line 5")]


def test_a_heading_right_behind_the_title_takes_the_title_into_its_chapter() -> None:
    assert chapters_of(*FRONT, LineKind.HEADING, LineKind.PARAGRAPH) == [(0, "Line 3")]


def test_a_heading_of_two_sentences_is_one_chapter() -> None:
    body = (LineKind.PARAGRAPH, LineKind.HEADING, LineKind.HEADING, LineKind.PARAGRAPH)
    assert chapters_of(*body) == [(0, "The report"), (1, "Line 1 – Line 2")]


def test_an_episode_of_a_title_alone_has_a_chapter_and_nothing_has_none() -> None:
    assert chapters_of(*FRONT, LineKind.CLOSING) == [(0, "The report")]
    assert chapters_of() == []


def test_sentences_of_one_key_point_stay_together() -> None:
    said = rendition_of((LineKind.KEY_POINT, "It falls.", "Baja."), (LineKind.KEY_POINT, "It stays.", "Queda."))
    assert produced(said, key_points=("It falls.  It stays.",)).key_points == ("Baja. Queda.",)
    assert produced(said, key_points=("It falls.", "It stays.")).key_points == ("Baja.", "Queda.")
    assert produced(said, key_points=("Something else.",)).key_points == ("Baja.", "Queda.")


def test_without_key_points_the_summary_is_the_beginning_cut_between_words() -> None:
    summary = produced(rendition_of((LineKind.PARAGRAPH, "", "palabra " * 200)), key_points=()).summary
    assert len(summary) <= 600
    assert summary.endswith("palabra…")


def test_whatever_changes_a_file_changes_the_revision() -> None:
    first = rendition_of(*FRONT, LineKind.PARAGRAPH)
    line, clip, script = first.script.lines[0], first.clips[0], first.script
    chapter = Chapter(start_ms=Milliseconds(0), end_ms=Milliseconds(LINE_MS), title="El informe")
    changed = [
        replace(first, script=replace(script, title="Otro")),
        replace(first, script=replace(script, lines=(replace(line, text="Otro"), *script.lines[1:]))),
        replace(first, script=replace(script, draft=True)),
        replace(first, clips=(replace(clip, key=ContentKey("f" * 64)), *first.clips[1:])),
        replace(first, clips=(replace(clip, frames=43), *first.clips[1:])),
        replace(first, voice=replace(VOICE, name="es-419-espeak")),
    ]
    revisions = {revision(each, (), {}) for each in (first, *changed)} | {revision(first, (chapter,), {})}
    assert len(revisions) == len(changed) + 2


def test_an_episode_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        produced(rendition_of(LineKind.PARAGRAPH), published=datetime(2026, 5, 3))  # noqa: DTZ001 # the point


def test_a_damaged_record_is_named_and_an_older_one_is_read() -> None:
    record = to_record(episode_of())
    with pytest.raises(StorageFailed, match=r"stored episode cannot be read .*title"):
        from_record({**record, "title": 7})
    assert from_record({key: value for key, value in record.items() if key != "image"}) == episode_of()


def test_an_arrow_or_markup_in_a_sentence_is_no_part_of_the_transcripts_syntax() -> None:
    cue = Cue(start_ms=Milliseconds(48), end_ms=Milliseconds(3_723_004), text="R&D <b>5 --> 7</b>")
    assert vtt([cue], ES).decode() == (
        "WEBVTT Language: es\n\n1\n00:00:00.048 --> 01:02:03.004\nR&amp;D &lt;b&gt;5 --&gt; 7&lt;/b&gt;\n"
    )
    assert srt([cue]).decode() == "1\n00:00:00,048 --> 01:02:03,004\nR&D <b>5 → 7</b>\n"


def test_notes_speak_in_the_phrases_of_their_language() -> None:
    table = {"opening": "{show} {date}", "opening_undated": "{show}", "byline": "{authors}", "closing": "{show}"}
    own = {"draft": "Traducción automática.", "key_points": "Puntos clave.", "report": "El informe"}
    link, source = "https://reports.example/a", LanguageTag("en")
    episode = episode_of(draft=True, link=link, translator="apertium", written_in=source)
    notes = notes_html(episode, Phrases.from_table(ES, table | own))
    assert "<em>Traducción automática.</em>" in notes
    assert "<strong>Puntos clave</strong>" in notes
    assert '<a href="https://reports.example/a">El informe</a>' in notes
    assert "<p>Voz: eSpeak NG, español. Traducido del inglés por Apertium.</p>" in notes


@pytest.mark.parametrize(
    ("language", "voice", "said"),
    [
        (
            "en",
            "en-GB-scotland-espeak",
            "Voice: eSpeak NG, English (United Kingdom). Translated from French by Argos Translate.",
        ),
        ("es", "es-419-espeak", "Voz: eSpeak NG, español (Latinoamérica). Traducido del francés por Argos Translate."),
        ("ca", "ca-piper", "Veu: Piper, català. Traduït del francès per Argos Translate."),
        ("ca", "ca-ona-festival", "Veu: Festival, català. Traduït del francès per Argos Translate."),
        ("gl", "gl-male-kokoro", "Voz: Kokoro, galego. Traducido do francés por Argos Translate."),
        ("gl", "gl-gtts", "Voz: Google, galego. Traducido do francés por Argos Translate."),
        ("pt", "pt-female-espeak", "Voz: eSpeak NG, português. Traduzido do francês por Argos Translate."),
        ("fi", "Kerttu", "Voice: Kerttu. Translated from French by Argos Translate."),
    ],
)
def test_notes_say_who_is_heard_and_who_translated_as_a_person_would(language: str, voice: str, said: str) -> None:
    translated = episode_of(language=language, voice=voice, translator="argos", written_in=LanguageTag("fr"))
    assert notes_html(translated).endswith(f"<p>{said}</p>")
    untold = notes_html(replace(translated, written_in=None))
    assert (said.partition(". ")[0] in untold, "Argos Translate.</p>" in untold) == (True, True)
    assert "Argos" not in notes_html(replace(translated, translator=""))


def test_catalan_elides_before_a_vowel() -> None:
    episode = episode_of(language="ca", voice="ca-espeak", translator="apertium", written_in=LanguageTag("en"))
    assert notes_html(episode).endswith("<p>Veu: eSpeak NG, català. Traduït de l'anglès per Apertium.</p>")


def test_notes_link_to_the_web_and_to_nothing_else() -> None:
    assert "<a" not in notes_html(episode_of(link="javascript:alert(1)"))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "99.4 % of the words were heard as written by a speech recognizer."),
        ("pt-BR", "Um reconhecedor de voz ouviu 99,4 % das palavras tal como estão escritas."),
    ],
)
def test_a_show_may_tell_how_much_of_an_episode_was_heard_as_written(language: str, said: str) -> None:
    episode = episode_of(language=LanguageTag(language))
    assert heard_line(episode) == ""
    assert heard_line(replace(episode, heard_percent=99.4)) == said
    assert from_record(to_record(replace(episode, heard_percent=99.4))).heard_percent == 99.4
