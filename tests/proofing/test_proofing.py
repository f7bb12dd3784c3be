"""A clip is held against its line by its sounds, by how probable the words in question are, and by its length."""

import math
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcaster.adapters.espeak.pronouncer import EspeakPronouncer
from podcaster.proofing import calibration as calibrations
from podcaster.proofing import proof as proofs
from podcaster.proofing import verdict as verdicts
from podcaster.proofing.alignment import align, distance, longest_run
from podcaster.proofing.calibration import Calibration, Sample, calibrated, sentences
from podcaster.proofing.comparison import compare
from podcaster.proofing.misheard import most_misheard
from podcaster.proofing.normaliser import normalised
from podcaster.proofing.pace import Pace, fitted, rests
from podcaster.proofing.proof import Proof
from podcaster.proofing.recognizer import ExpectedWord, Hearing
from podcaster.proofing.verdict import Flag, Verdict, judge
from podcaster.proofing.word_trial import heard_word
from podcaster.units import LanguageTag, Seconds

EN, ES, FR, ZH = LanguageTag("en"), LanguageTag("es"), LanguageTag("fr"), LanguageTag("zh")
_SIGNS = st.lists(st.sampled_from("abcdə"), max_size=24)
_PACE = Pace(a_sound=Seconds(0.07), a_rest=Seconds(0.2), at_all=Seconds(0.4), spread=Seconds(0.15))
_CALIBRATION = Calibration(misheard_limit=2.3, pace=_PACE, pace_limit=3, words_misheard=0.01)


@pytest.fixture(scope="module")
def pronouncer() -> Iterator[EspeakPronouncer]:
    with EspeakPronouncer() as found:
        yield found


@given(_SIGNS, _SIGNS)
def test_an_alignment_names_every_sign_of_both_sides_once_and_in_order(one: list[str], other: list[str]) -> None:
    edits = align(one, other)
    assert [edit.expected for edit in edits if edit.expected is not None] == list(range(len(one)))
    assert [edit.heard for edit in edits if edit.heard is not None] == list(range(len(other)))
    assert all(
        edit.expected is not None and edit.heard is not None and one[edit.expected] == other[edit.heard]
        for edit in edits
        if edit.equal
    )


@given(_SIGNS, _SIGNS)
def test_the_distance_is_a_metric_and_bounds_the_longest_run(one: list[str], other: list[str]) -> None:
    there, back = align(one, other), align(other, one)
    assert distance(there) == distance(back)
    assert (distance(there) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(there) <= max(len(one), len(other))
    assert (distance(there) > 0) <= longest_run(there) <= distance(there)


@given(_SIGNS, st.integers(0, 24), st.integers(1, 6))
def test_what_is_left_out_costs_no_more_than_its_sounds(signs: list[str], place: int, length: int) -> None:
    without = signs[:place] + signs[place + length :]
    edits = align(signs, without)
    assert distance(edits) == len(signs) - len(without)


@given(st.text(max_size=60), st.sampled_from([EN, ES, FR]))
def test_normalised_words_are_bare_and_stay_as_they_are(text: str, language: LanguageTag) -> None:
    words = normalised(text, language)
    assert all(word and word == word.strip() and word == word.lower() for word in words)
    assert not any(sign in word for word in words for sign in "⟦⟧.,;:!?%$€£")


@pytest.mark.parametrize(
    ("language", "written", "heard"),
    [
        (EN, "It rose by fourteen percent.", "it rose by 14%"),
        (EN, "It rose by fourteen per cent!", "It rose by 14 percent."),
        (EN, "It owes 86 million dollars.", "It owes $86 million dollars."),
        (EN, "It owes eighty-six million dollars.", "It owes $86 million."),
        (EN, "on the twenty-second of May, the first", "on the 22nd of May, the 1st"),
        (EN, "Two and a half: 2.5", "two and a half 2.5"),
        (ES, "un dos coma cinco por ciento", "Un 2,5%"),
        (ZH, "增长百分之二点五。", "增长2.5%"),
        (ZH, "二百三十所学校，", "230所学校"),
        (ES, "unas 9.000 fotografías", "unas nueve mil fotografías"),
        (FR, "L’hiver « dernier »", "l'hiver dernier"),
    ],
)
def test_two_ways_to_write_the_same_are_the_same(language: LanguageTag, written: str, heard: str) -> None:
    assert normalised(written, language) == normalised(heard, language)


@pytest.mark.parametrize(
    ("spoken", "heard"),
    [
        ("Nobody at the harbour saw the grey programme.", "nobody at the harbor saw the gray program"),
        ("In nineteen ninety-eight it closed.", "In 1998, it closed."),
        ("The fair-haired baker knew their son.", "The fair haired baker new there sun."),
    ],
)
def test_spelling_is_no_mishearing(spoken: str, heard: str, pronouncer: EspeakPronouncer) -> None:
    compared = compare(spoken, heard, EN, pronouncer)
    assert compared.edits == 0
    assert not compared.misheard


def test_a_comparison_names_the_words_that_are_heard_as_others(pronouncer: EspeakPronouncer) -> None:
    compared = compare("He sailed round Cape Horn in May.", "He sailed round zero Cape Horn in June.", EN, pronouncer)
    assert [(each.expected, each.heard) for each in compared.misheard] == [("", "zero"), ("may", "june")]
    assert compared.words_heard == len(compared.words) - 1


def test_a_fraction_that_is_written_as_a_decimal_is_heard(pronouncer: EspeakPronouncer) -> None:
    assert compare("It lost three fifths of it.", "It lost 3.5 of it.", EN, pronouncer).edits == 0
    assert compare("It lost 3.5 of it.", "It lost 3.5 of it.", EN, pronouncer).edits == 0
    assert compare("It lost three sixths of it.", "It lost 3.5 of it.", EN, pronouncer).edits > 0


def test_chinese_is_compared_by_its_sounds(pronouncer: EspeakPronouncer) -> None:
    assert compare("他们在学校里。", "她们再學校裏", ZH, pronouncer).edits == 0
    compared = compare("部长说，税收不会提高。", "部长说,水库会提高", ZH, pronouncer)
    assert [(each.expected, each.heard) for each in compared.misheard] == [("收不", "库")]  # 税 and 水 sound alike


def test_a_pronunciation_that_an_editor_gave_is_what_is_expected(pronouncer: EspeakPronouncer) -> None:
    given_ipa = compare("President ⟦Xi|ʃiː⟧ spoke.", "President she spoke.", EN, pronouncer)
    as_spelled = compare("President Xi spoke.", "President she spoke.", EN, pronouncer)
    assert given_ipa.edits == 0
    assert as_spelled.edits > 0


@given(
    st.tuples(st.floats(0.03, 0.12), st.floats(0, 0.4), st.floats(0, 0.8)),
    st.lists(st.tuples(st.integers(20, 120), st.integers(0, 5)), min_size=6, max_size=20, unique=True),
)
def test_a_pace_is_found_again_from_its_clips(line: tuple[float, float, float], texts: list[tuple[int, int]]) -> None:
    sound, rest, at_all = line
    pace = fitted([(n, rest_count, sound * n + rest * rest_count + at_all) for n, rest_count in texts])
    for n, rest_count in texts:
        assert math.isclose(pace.expected(n, rest_count), sound * n + rest * rest_count + at_all, abs_tol=0.02)


def test_rests_are_counted_within_a_line() -> None:
    assert rests("One, two; three: four. Five!") == 4
    assert rests("9,000 and 2.5 in one breath.") == 1
    assert rests("他来了。她走了，没有说话。") == 2


def _hearing(text: str, expected: str, improbable: str = "") -> Hearing:
    words = [
        ExpectedWord(
            text=f" {word}", log_probability=-12 if word == improbable else -0.1, start=Seconds(0), end=Seconds(1)
        )
        for word in expected.split()
    ]
    return Hearing(text=text, expected=words)


def _judged(
    heard: str, spoken: str, pronouncer: EspeakPronouncer, *, improbable: str = "", longer: float = 0
) -> Verdict:
    sounds = compare(spoken, spoken, EN, pronouncer).sounds
    seconds = _PACE.expected(sounds, rests(spoken)) + longer
    hearing = _hearing(heard, spoken, improbable)
    return judge(spoken, hearing, seconds, language=EN, pronouncer=pronouncer, calibration=_CALIBRATION)


_LINE = "The council closed the old bridge in April."


def test_a_good_clip_is_believed(pronouncer: EspeakPronouncer) -> None:
    verdict = _judged("the council closed the old bridge in april", _LINE, pronouncer)
    assert (verdict.flag, verdict.score, verdict.detail, verdict.passed) == (Flag.NONE, 0, "", True)


def test_a_swallowed_word_is_flagged_and_named(pronouncer: EspeakPronouncer) -> None:
    verdict = _judged("The council closed the bridge in April.", _LINE, pronouncer, improbable="old")
    assert verdict.flag is Flag.WORDS
    assert [each.expected for each in verdict.misheard] == ["old"]
    assert verdict.detail == "heard differently: “The council closed the bridge in April.”"


def test_an_article_is_missed_where_the_recognizer_says_that_it_is_not_there(pronouncer: EspeakPronouncer) -> None:
    spoken = "She saw a council in April."
    without = "She saw council in April."
    assert _judged(without, spoken, pronouncer, improbable="a").score > _judged(without, spoken, pronouncer).score


def test_what_is_said_twice_is_found_by_its_length(pronouncer: EspeakPronouncer) -> None:
    assert _judged(_LINE, _LINE, pronouncer, longer=0.7).flag is Flag.LONG
    assert _judged(_LINE, _LINE, pronouncer, longer=-0.7).flag is Flag.SHORT
    assert _judged(_LINE, _LINE, pronouncer, longer=0.2).flag is Flag.NONE


def test_silence_is_never_believed(pronouncer: EspeakPronouncer) -> None:
    assert _judged("", _LINE, pronouncer).flag is Flag.WORDS


@given(st.floats(0, 99), st.sampled_from(Flag), st.text(), st.lists(st.tuples(st.text(), st.text()), max_size=3))
def test_a_verdict_is_kept_as_it_is(score: float, flag: Flag, heard: str, words: list[tuple[str, str]]) -> None:
    misheard = tuple(verdicts.Mishearing(expected=one, heard=other) for one, other in words)
    verdict = Verdict(score=score, flag=flag, heard=heard, misheard=misheard, words=3, words_heard=2)
    assert verdicts.from_json(verdicts.to_json(verdict)) == verdict


@pytest.mark.parametrize("kept", [b"", b"{}", b"[]", b"null", b'{"score": 1}'])
def test_what_is_no_verdict_is_refused(kept: bytes) -> None:
    with pytest.raises(ValueError, match="no verdict"):
        verdicts.from_json(kept)
    with pytest.raises(ValueError, match="no calibration"):
        calibrations.from_json(kept)


def _sample(index: int, *, score: float = 0, longer: float = 0, heard: int = 10) -> Sample:
    sounds, rest = 40 + 3 * index, index % 3
    seconds = _PACE.expected(sounds, rest) + longer
    return Sample(misheard_score=score, sounds=sounds, rests=rest, seconds=seconds, words=10, words_heard=heard)


def test_limits_let_all_but_one_good_clip_in_twenty_pass() -> None:
    found = calibrated([_sample(n, score=n / 4, longer=0.02 * (n % 2)) for n in range(20)])
    assert 4.5 < found.misheard_limit < 5.2
    assert found.usable
    assert calibrations.from_json(calibrations.to_json(found)) == found


def test_a_voice_that_is_not_understood_cannot_be_proofed() -> None:
    assert not calibrated([_sample(n, heard=6) for n in range(20)]).usable
    assert not calibrated([_sample(n, score=9) for n in range(20)]).usable


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr", "it", "ca", "gl", "de"])
def test_every_calibrated_language_has_twenty_sentences(language: str) -> None:
    lines = sentences(LanguageTag(language))
    assert len(set(lines)) == 20
    assert all(line == line.strip() and line.endswith(".") for line in lines)
    assert sentences(LanguageTag("tlh")) == ()


def _proof(language: LanguageTag, *misheard: tuple[str, str]) -> Proof:
    verdict = Verdict(
        score=2,
        flag=Flag.WORDS,
        heard="",
        misheard=tuple(verdicts.Mishearing(expected=one, heard=other) for one, other in misheard),
    )
    return Proof(language=language, voice="v", recognizer="r", attempts=1, verdict=verdict)


def test_the_words_misheard_most_come_first_with_what_is_heard() -> None:
    kept = [
        _proof(EN, ("gdansk", "g dansk"), ("old", "")),
        _proof(EN, ("gdansk", "dansk"), ("", "zero")),
        _proof(EN, ("gdansk", "dansk"), ("a whole stretch of the line", "")),
        _proof(ES, ("sheinbaum", "chainbaum")),
    ]
    assert [proofs.from_json(proofs.to_json(each)) for each in kept] == kept
    found = most_misheard(kept)
    assert [(each.word, each.language, each.times) for each in found] == [
        ("gdansk", EN, 3), ("old", EN, 1), ("sheinbaum", ES, 1),
    ]  # fmt: skip
    assert found[0].heard == ("dansk", "g dansk")
    assert [each.word for each in most_misheard(kept, [ES])] == ["sheinbaum"]


def test_a_word_heard_without_its_accents_is_no_task_for_a_lexicon() -> None:
    assert most_misheard([_proof(ES, ("jutlándia", "jutlandia"), ("à", "a"))]) == []


def test_a_calibration_that_is_shipped_belongs_to_a_voice_and_a_recognizer() -> None:
    assert calibrations.shipped("whisper-base", "no-engine", "nobody", 165) is None
    usual = calibrations.shipped("whisper-base", "hibari", "heart", 165)
    slow = calibrations.shipped("whisper-base", "hibari", "heart", 110)
    assert usual is not None
    assert slow is not None
    assert slow.pace.expected(60, 1) == pytest.approx(1.5 * usual.pace.expected(60, 1))
    assert slow.misheard_limit == usual.misheard_limit


@pytest.mark.parametrize(
    ("heard", "said", "word"),
    [
        ("Report. By Reykjavik.", "Reykjavík", "Reykjavík"),
        ("Report. By Rake Havik.", "Reykjavík", "rake havik"),
        ("Report, by.", "Reykjavík", ""),
        ("Report. By Ray Kyavik.", "Ray Kyavik", "Reykjavík"),
    ],
)
def test_a_word_on_trial_is_understood_as_it_is_spelled_or_as_it_was_said(
    pronouncer: EspeakPronouncer, heard: str, said: str, word: str
) -> None:
    found = heard_word(
        "Reykjavík", heard, said=said, sentence="Report. By {word}.", language=LanguageTag("en"), pronouncer=pronouncer
    )
    assert (found.heard, found.understood) == (word, word == "Reykjavík")
