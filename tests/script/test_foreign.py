"""Words in a script that a voice cannot read are said in Latin letters, and flagged."""

import pytest

from podcaster.model import LineKind
from podcaster.script.lexicon import Lexicon
from podcaster.script.spoken import spoken_form, words_without_sounds
from podcaster.units import LanguageTag

EN = LanguageTag("en")


def said(text: str, language: str = "en") -> str:
    return spoken_form(text, LineKind.PARAGRAPH, LanguageTag(language))


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("The well بئر الجديد opened.", "The well Bir al-Jadid opened."),
        ("The mayor محمد حسن spoke.", "The mayor Mohammed Hassan spoke."),
        ("The writer Лев Толстой walked.", "The writer Lev Tolstoy walked."),
        ("The speaker 王小明 bowed.", "The speaker Wang Xiaoming bowed."),
        ("The team left 広島カープ.", "The team left Hiroshima Kapu."),
        ("The pilot 田中さくら waved.", "The pilot Tanaka Sakura waved."),
        ("The baker 김민수 waved.", "The baker Kim Minsu waved."),
        ("The guide สมชาย waved.", "The guide Somchai waved."),
        ("The lawyer Μπακογιάννη waved.", "The lawyer Bakogianni waved."),
        ("The singer नरेन्द्र sang.", "The singer Narendra sang."),
        ("The greeting ආයුබෝවන් hangs there.", "The greeting Ayubovan hangs there."),
        ("The city කොළඹ slept.", "The city Kolamba slept."),
        ("The water ﾐｽﾞ is cold.", "The water Mizu is cold."),
        ("Pаypаl and Mіcrоsоft paid.", "Paypal and Microsoft paid."),
        ("The town תל אביב slept.", "The town Tal Aviv slept."),
        ("Delegates from مصر and Россия met.", "Delegates from Egypt and Russia met."),
        ("Take α and β-blockers.", "Take alpha and beta-blockers."),
    ],
)
def test_names_of_other_scripts_are_romanised(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("es", "Habló Nguyễn Văn Trỗi.", "Habló Nguyên Văn Trôi."),
        ("en", "Ḥasan met Đặng Tuấn.", "Hasan met Đăng Tuân."),
        ("vi", "Ông Nguyễn nói.", "Ông Nguyễn nói."),
    ],
)
def test_letters_that_voices_would_spell_keep_one_mark(language: str, written: str, spoken: str) -> None:
    assert said(written, language) == spoken


def test_countries_get_the_name_that_the_listener_knows() -> None:
    assert said("Delegados de مصر y 中国.", "es") == "Delegados de Egipto y China."
    assert said("Aus Россия kam Holz.", "de") == "Aus Russland kam Holz."


def test_a_language_keeps_its_own_script_and_latin() -> None:
    assert said("Слово OPEC и 中国.", "ru") == "Слово OPEC и Китай."
    assert "習近平" in said("習近平は来た。", "ja")
    assert said("二〇二〇年", "zh").startswith("二〇二〇年")


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("The ﬂat oﬃcer left.", "The flat officer left."),
        ("ＴＯＴＡＬ ９０ crowns.", "TOTAL 90 crowns."),
        ("𝐁𝐨𝐥𝐝 and 𝘪𝘵𝘢𝘭𝘪𝘤 words.", "Bold and italic words."),
        ("Some ٤٥ villages.", "Some 45 villages."),
        ("It weighs 5 ㎏.", "It weighs 5 kilograms."),
    ],
)
def test_letters_of_another_look_are_plain_letters(written: str, spoken: str) -> None:
    assert said(written) == spoken


def test_raised_figures_and_fractions_keep_their_meaning() -> None:
    assert said("A field of 5 m².") == "A field of 5 square metres."
    assert said("Take ½ of it.") == "Take one half of it."


def test_the_words_are_named_for_editors_unless_a_lexicon_says_them() -> None:
    text = "The speaker 王小明 met Лев."
    assert words_without_sounds(text, EN) == ("王小明", "Лев")
    lexicon = Lexicon.from_table(EN, {"words": {"王小明": "Wang Siu-ming"}})
    assert words_without_sounds(text, EN, lexicon) == ("Лев",)
    assert spoken_form(text, LineKind.PARAGRAPH, EN, lexicon) == "The speaker Wang Siu-ming met Lev."


def test_a_latin_letter_in_a_cyrillic_word_is_taken_for_the_one_it_looks_like() -> None:
    assert said("Mосква и Cамара.", "ru") == "Москва и Самара."
    assert said("Это OPEC.", "ru") == "Это OPEC."
