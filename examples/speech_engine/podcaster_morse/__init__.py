"""A speech engine: Morse code (ITU-R M.1677-1), one tone, at the voice's words a minute."""

import numpy as np

from podcaster.errors import NoVoice
from podcaster.model import Voice
from podcaster.script.phonetics import as_written
from podcaster.speech.synthesizer import Speech
from podcaster.units import Hertz

RATE = Hertz(24_000)
TONE_HZ = 600
SIGNS = {
    "a": ".-", "b": "-...", "c": "-.-.", "d": "-..", "e": ".", "f": "..-.", "g": "--.", "h": "....", "i": "..",
    "j": ".---", "k": "-.-", "l": ".-..", "m": "--", "n": "-.", "o": "---", "p": ".--.", "q": "--.-", "r": ".-.",
    "s": "...", "t": "-", "u": "..-", "v": "...-", "w": ".--", "x": "-..-", "y": "-.--", "z": "--..",
    "0": "-----", "1": ".----", "2": "..---", "3": "...--", "4": "....-", "5": ".....", "6": "-....", "7": "--...",
    "8": "---..", "9": "----.",
}  # fmt: skip


class MorseSynthesizer:
    """Fills `podcaster.speech.synthesizer.Synthesizer`."""

    name = "morse"
    version = "1"
    deterministic = True
    neural = False
    paced = True

    def voice_version(self, voice: Voice) -> str:
        """Every voice is the same tone."""
        return self.version

    def has(self, voice: Voice) -> bool:
        """There is one voice, `tone`."""
        return voice.engine == self.name and voice.engine_voice == "tone"

    def speak(self, text: str, voice: Voice) -> Speech:
        """Letters and digits; everything else is a pause."""
        if not self.has(voice):
            raise NoVoice(f"Morse has no voice {voice.engine_voice!r}.", "Use `tone`.")
        # "PARIS" and its pause are 50 units: the usual measure of Morse's speed. Ten times a telegraphist's.
        unit = round(RATE * 60 / (50 * voice.rate_wpm))
        units = [lit for word in as_written(text).lower().split() for lit in (*_word(word), *"    ")]
        lit = np.repeat(np.array([each == "x" for each in units] or [True], dtype=np.float32), unit)
        tone = np.sin(2 * np.pi * TONE_HZ / RATE * np.arange(len(lit))) * lit
        return Speech(samples=(tone * 12_000).astype(np.int16), rate=RATE)


def _word(word: str) -> str:
    """`x` for a unit of tone, a space for a unit of silence."""
    letters = ("".join("x " if sign == "." else "xxx " for sign in SIGNS[each]) for each in word if each in SIGNS)
    return "  ".join(letters)
