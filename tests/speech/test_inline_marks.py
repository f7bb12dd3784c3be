"""A rest, an emphasis and a voice that an editor writes into a line are heard, and never seen or said."""

import re

import numpy as np
import pytest

from podcaster.errors import InputRefused
from podcaster.model import LineKind, Voice
from podcaster.script.inline_marks import checked, in_voice, stretches, voices_in
from podcaster.script.phonetics import as_written
from podcaster.script.spoken import spoken_form
from podcaster.speech.speaking import speak_line
from podcaster.speech.voice_rules import for_article, for_quotes, parsed
from podcaster.testing.synthesizers import ToneSynthesizer
from podcaster.units import Decibels, LanguageTag
from support.examples import article_of

EN = LanguageTag("en")
VOICE = Voice(language=EN, name="tone", engine="tone", engine_voice="en", gain_db=Decibels(0))


def longest_silence_ms(text: str) -> float:
    speech = speak_line(text, VOICE, ToneSynthesizer())
    loud = np.flatnonzero(np.abs(speech.samples) > 300)
    return float(np.diff(loud).max()) * 1_000 / speech.rate


@pytest.mark.parametrize(("mark", "rest_ms"), [("[pause 500ms]", 500), ("[pause 2s]", 2_000), ("[pause 99s]", 5_000)])
def test_a_rest_is_as_long_as_it_says_and_no_longer_than_five_seconds(mark: str, rest_ms: int) -> None:
    assert longest_silence_ms("The boats were late in May.") < 100
    assert longest_silence_ms(f"The boats were late {mark} in the month of May.") == pytest.approx(rest_ms, abs=60)


def test_a_rest_is_no_word() -> None:
    assert as_written("The boats [pause 500ms] were late.") == "The boats were late."


@pytest.mark.parametrize("mark", ["[pause 500ms]", "[emphasis]", "[/emphasis]", "[voice male]", "[/voice]"])
def test_a_report_cannot_hold_one(mark: str) -> None:
    said = spoken_form(f"The boats {mark} were late.", LineKind.PARAGRAPH, EN)
    assert "[" not in said


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("It was [emphasis]very[/emphasis] late.", "It was very late."),
        ("[voice male]It was late[/voice], he said.", "It was late, he said."),
        ("[voice male]It was [emphasis]very[/emphasis] late.[/voice]", "It was very late."),
    ],
)
def test_a_mark_is_no_word(marked: str, words: str) -> None:
    assert as_written(marked) == words


def test_what_is_emphasised_is_louder_and_set_apart() -> None:
    plain = speak_line("The boats were late.", VOICE, ToneSynthesizer())
    marked = speak_line("The [emphasis]boats were late[/emphasis].", VOICE, ToneSynthesizer())

    assert np.abs(marked.samples).max() > 1.2 * np.abs(plain.samples).max()


def test_a_stretch_is_said_by_the_voice_that_its_mark_names() -> None:
    other = Voice(language=EN, name="other", engine="tone", engine_voice="en", gain_db=Decibels(0))
    asked: list[str] = []

    def voices(wish: str) -> tuple[Voice, ToneSynthesizer]:
        asked.append(wish)
        return other, ToneSynthesizer()

    alone = speak_line("The boats were late.", other, ToneSynthesizer())
    marked = speak_line(in_voice("The boats were late.", "male"), VOICE, ToneSynthesizer(), voices=voices)

    assert asked == ["male"]
    assert np.array_equal(marked.samples, alone.samples)


def test_a_line_names_the_voices_of_its_marks() -> None:
    assert voices_in("[voice male]Yes[/voice], he said, [voice en-jane]no[/voice].") == ("male", "en-jane")
    assert in_voice("[voice male]Yes[/voice].", "female") == "[voice male]Yes[/voice]."


def test_rules_give_voices_to_quotes_authors_and_topics() -> None:
    rules = parsed(("quote=male", "author:Ada Byron=en-jane", "topic:water=female"))

    assert for_quotes(rules) == ("male",)
    assert for_article(rules, article_of(authors=("Ada Byron",), topics=("Water",))) == ("en-jane", "female")
    assert for_article(rules, article_of(authors=("Someone Else",), topics=("Roads",))) == ()


@pytest.mark.parametrize(
    ("wording", "fault"),
    [
        ("It was [pause 5x] late.", "'[pause 5x]' is no mark"),
        ("It was [pause] late.", "'[pause]' is no mark"),
        ("It was [pause 9s] late.", "'[pause 9s]' is longer than 5 seconds"),
        ("[voice nobody]It was late.[/voice]", "there is no voice 'nobody' for this language here"),
        ("[voice male]It was late.", "[voice] is not closed by [/voice]"),
        ("It was late.[/emphasis]", "[/emphasis] ends nothing"),
        ("It was [emphasis very]late.", "'[emphasis very]' is no mark"),
        ("It was [voice male", "'[voice male' is no mark"),
    ],
)
def test_a_mark_that_would_not_do_what_it_says_is_refused_with_its_reason(wording: str, fault: str) -> None:
    with pytest.raises(InputRefused, match=re.escape(fault)):
        checked(wording, {"male", "en-US-hibari"})


def test_marks_that_hold_are_kept() -> None:
    checked("[voice male]It [emphasis]was[/emphasis] [pause 500ms] late.[/voice] [1]", {"male"})


@pytest.mark.parametrize("mark", ["[pause 5x]", "[pause]", "[emphasis very]", "[voice]", "[voice two words]"])
def test_a_broken_mark_from_elsewhere_is_never_said(mark: str) -> None:
    assert as_written(f"It was {mark} late.") == "It was late."
    assert [part.text.strip() for part in stretches(f"It was {mark} late.")] == ["It was", "late."]
