"""Arabic, Persian and Hebrew words in Latin letters, with the vowels that a reader adds."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

_ARABIC: Final = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىآأإؤئپچژگکیٹڈڑں",
        "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y a a a a i u i p ch zh g k y t d r n".split(),  # noqa: SIM905 # reads as the alphabet
        strict=True,
    )
)
_HEBREW: Final = dict(
    zip(
        "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
        "a b g d h v z ch t y k kh l m m n n s a p f ts ts k r sh t".split(),  # noqa: SIM905 # the same
        strict=True,
    )
)
_VOWELS: Final = frozenset("aiuoe")
_LONG: Final = {"w": "u", "y": "i", "v": "o"}
"""Readings of half-vowels between consonants and at a word's end."""
_KNOWN: Final = {
    "درويش": "Darwish", "نجيب": "Naguib", "محفوظ": "Mahfouz", "جمال": "Gamal", "حمد": "Hamad", "راشد": "Rashid", "طارق": "Tariq",
    "ليلى": "Layla", "سلمى": "Salma", "هدى": "Huda", "نور": "Nour", "سمير": "Samir", "وليد": "Walid", "بشار": "Bashar", "نصر": "Nasr",
    "خليل": "Khalil", "جبران": "Gibran", "سارة": "Sara", "أمل": "Amal", "منى": "Mona", "ياسمين": "Yasmin", "عمان": "Amman",
    "محمد": "Mohammed", "أحمد": "Ahmed", "احمد": "Ahmed", "محمود": "Mahmoud", "علي": "Ali", "حسن": "Hassan", "حسين": "Hussein",
    "عبد": "Abdel", "عبدالله": "Abdullah", "الله": "Allah", "إبراهيم": "Ibrahim", "ابراهيم": "Ibrahim", "يوسف": "Youssef",
    "عمر": "Omar", "عثمان": "Osman", "خالد": "Khaled", "سعيد": "Saeed", "صالح": "Saleh", "فاطمة": "Fatima", "عائشة": "Aisha",
    "مريم": "Maryam", "زينب": "Zainab", "بن": "bin", "ابن": "ibn", "مصطفى": "Mustafa", "كريم": "Karim", "سلمان": "Salman",
    "فيصل": "Faisal", "ناصر": "Nasser", "القاهرة": "Cairo", "دمشق": "Damascus", "بغداد": "Baghdad", "بيروت": "Beirut",
    "القدس": "Al-Quds", "الجزيرة": "Al Jazeera", "طهران": "Tehran", "رضا": "Reza", "مهدی": "Mahdi", "مهدي": "Mahdi",
    "משה": "Moshe", "דוד": "David", "יוסף": "Yosef", "אברהם": "Avraham", "יעקב": "Yaakov", "שרה": "Sarah", "ישראל": "Israel",
    "ירושלים": "Yerushalayim", "בנימין": "Binyamin", "שלום": "Shalom", "כהן": "Cohen", "לוי": "Levi", "חיים": "Chaim",
}  # fmt: skip
"""Names that have one usual form in Latin letters."""
_ARTICLE: Final = "ال"
_SHORTEST: Final = 2


def arabic(words: str) -> str:
    """Arabic or Persian words: `نبع الوادي الكبير` as `Naba al-Wadi al-Kabir`."""
    return " ".join(_arabic(word) for word in _bare(words).split())


def hebrew(words: str) -> str:
    """Hebrew words: `תל אביב` as `Tal Aviv`."""
    return " ".join(_KNOWN.get(word) or _capital(_vowelled(word, _HEBREW)) for word in _bare(words).split())


def _arabic(word: str) -> str:
    if word in _KNOWN:
        return _KNOWN[word]
    if word.startswith(_ARTICLE) and len(word) > len(_ARTICLE) + _SHORTEST:
        return f"al-{_KNOWN.get(word[2:]) or _capital(_vowelled(word[2:], _ARABIC))}"
    return _capital(_vowelled(word, _ARABIC))


def _bare(words: str) -> str:
    """Without the points that beginners' books and scripture have."""
    kept = (sign for sign in unicodedata.normalize("NFC", words) if unicodedata.category(sign) != "Mn" and sign != "ـ")
    return re.sub(r"[-‐·\u200c\u200d]", " ", "".join(kept))


def _vowelled(word: str, letters: Mapping[str, str]) -> str:
    """Half-vowels as vowels where they stand for one, and an `a` between consonants that meet."""
    sounds = [letters[sign] for sign in word if sign in letters]
    if letters is _HEBREW:
        sounds = sounds[:1] + ["v" if sound == "b" else sound for sound in sounds[1:]]
    made: list[str] = []
    for place, sound in enumerate(sounds):
        after = sounds[place + 1] if place + 1 < len(sounds) else ""
        glide = after in _LONG and place + 2 < len(sounds) and sounds[place + 2] not in _VOWELS and place > 1
        vowel = _LONG.get(sound) if place and after not in _VOWELS and not glide else None
        each = vowel or sound
        if vowel and made and made[-1] in _VOWELS:
            each = sound
        if made and each not in _VOWELS and made[-1] not in _VOWELS:
            made.append("a")
        if not (made and each == made[-1] and each in _VOWELS):
            made.append(each)
    return "".join(made)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
