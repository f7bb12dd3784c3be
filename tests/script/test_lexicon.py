"""The lexicon: whole words, in their spoken form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcaster.errors import SettingsWrong
from podcaster.model import LineKind
from podcaster.script import phonetics
from podcaster.script.lexicon import Lexicon
from podcaster.script.spoken import spoken_form
from podcaster.units import LanguageTag

ES = LanguageTag("es")


def lexicon(**words: str) -> Lexicon:
    return Lexicon.from_table(ES, {"words": words})


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Biden habló.", "Baiden habló."),
        ("«Biden»", "«Baiden»"),
        ("Bidenomics", "Bidenomics"),
        ("BIDEN y biden", "BIDEN y biden"),
        ("Peru y Perú", "Pe y Perú"),
        ("Xi Jinping y Xi", "Shi Yinpín y Shi"),
    ],
)
def test_whole_words_with_their_case_and_accents_are_replaced(written: str, spoken: str) -> None:
    entries = {"Biden": "Baiden", "Peru": "Pe", "Xi": "Shi", "Xi Jinping": "Shi Yinpín"}

    assert lexicon(**entries).apply(written) == spoken


@pytest.mark.parametrize(
    ("entry", "spoken"),
    [
        ("oh-KAH-for", "oh-kah-for"),
        ("shih-VAWN en-GWEN-yah", "shih-vawn en-gwen-yah"),
        ("B-B-C", "B-B-C"),
        ("e-BAY", "e-BAY"),
        ("Baiden-Jáuer", "Baiden-Jáuer"),
        ("UE", "UE"),
    ],
)
def test_capitals_that_mark_the_stress_of_a_respelling_are_not_spelled(entry: str, spoken: str) -> None:
    assert lexicon(Okafor=entry).apply("Okafor habló") == f"{spoken} habló"


def test_words_that_stand_for_one_another_change_places_once() -> None:
    assert lexicon(uno="dos", dos="uno").apply("uno dos") == "dos uno"


@given(st.text(max_size=50))
def test_an_empty_lexicon_changes_nothing(text: str) -> None:
    assert lexicon().apply(text) == text


@given(
    st.dictionaries(st.text(min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip), max_size=5), st.text()
)
def test_any_written_form_is_taken_literally(words: dict[str, str], text: str) -> None:
    Lexicon.from_table(ES, {"words": {word: f"es {said}" for word, said in words.items()}}).apply(text)


def test_every_fault_of_a_table_is_named_at_once() -> None:
    with pytest.raises(SettingsWrong) as refused:
        Lexicon.from_table(ES, {"words": {"Biden": 3, " ": "x", "Perú": ""}, "word": {}})

    assert all(part in str(refused.value) for part in ("'Biden'", "' '", "'Perú'", "'word'", "es"))


def test_a_table_of_words_is_needed_where_words_are_named() -> None:
    with pytest.raises(SettingsWrong, match="not a table"):
        Lexicon.from_table(ES, {"words": ["Biden"]})


def test_a_word_between_slashes_is_a_pronunciation_and_its_written_form_stays() -> None:
    words = lexicon(Xi="/ɕi/", Biden="Baiden")

    assert words.pronounce(words.apply("Xi y Biden")) == "⟦Xi|ɕi⟧ y Baiden"


def test_signs_that_people_type_for_those_of_the_alphabet_are_taken() -> None:
    words = lexicon(Gil="/'gi:l/")

    assert words.pronounce(words.apply("Gil")) == "⟦Gil|ˈɡiːl⟧"


@pytest.mark.parametrize("entry", ["/Sin/", "/x1n/", "/../", "/@/"])
def test_what_is_not_in_the_alphabet_is_refused_with_its_signs(entry: str) -> None:
    with pytest.raises(SettingsWrong, match="International Phonetic Alphabet"):
        lexicon(Xin=entry)


@pytest.mark.parametrize("entry", ["/", "//", "y/o", "50/50"])
def test_a_slash_alone_makes_no_pronunciation(entry: str) -> None:
    assert lexicon(uno=entry).apply("uno") == entry


def test_a_report_cannot_smuggle_a_pronunciation_in() -> None:
    assert "⟦" not in spoken_form("⟦Xi|ɕi⟧ habló.", LineKind.PARAGRAPH, ES, lexicon(Biden="/baɪdən/"))


def test_a_pronunciation_outlasts_everything_that_is_done_to_the_text_before() -> None:
    words = lexicon(UE="/ˈwe/", Biden="/ˈbaɪdən/")

    assert spoken_form("BIDEN/UE: EL PLAN", LineKind.TITLE, ES, words).startswith("⟦Biden|ˈbaɪdən⟧ y ⟦UE|ˈwe⟧: ")


@given(st.text(alphabet="ɕiˈab|⟦⟧ ", max_size=30))
def test_a_spoken_text_is_cut_into_pieces_that_are_all_of_it(spoken: str) -> None:
    found = list(phonetics.pieces(spoken))

    assert "".join(each.text for each in found) == phonetics.as_written(spoken)
    assert all(spoken[each.place + bool(each.ipa) :].startswith(each.text) for each in found)


@given(st.text(alphabet=sorted(phonetics._SIGNS), min_size=1, max_size=12))
def test_every_pronunciation_is_said_with_what_a_voice_has_or_not_at_all(ipa: str) -> None:
    plain = {sign: sign.upper() for sign in "abdefhijklmnoprstuwɡ"}
    said = phonetics.in_phonemes(phonetics.sounds(ipa), plain, between="|")

    assert said is None or set(said) <= {*plain.values(), "|", "'", ",", " "}


def test_a_sound_that_a_voice_has_not_is_said_as_its_neighbours_say_it() -> None:
    assert phonetics.in_phonemes("ɕi", {"ʃ": "S", "i": "i"}, between="|") == "'S|i"
    assert phonetics.in_phonemes("ǂi", {"i": "i"}, between="|") is None
