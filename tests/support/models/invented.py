"""The grammar of a language that nobody speaks: English `the old ship carries the red box`, but the verb comes last."""

import itertools
import random

NOUNS = {
    "ship": "vam", "port": "tolu", "river": "kire", "bridge": "besna", "teacher": "dorun", "farmer": "felka",
    "letter": "sipo", "box": "mut", "garden": "garel", "horse": "hovu",
}  # fmt: skip
ADJECTIVES = {"old": "zan", "red": "rolu", "small": "tik", "heavy": "gorme", "quiet": "silu", "green": "vek"}
VERBS = {
    "carries": "narat", "sees": "vidat", "builds": "bolat", "paints": "pintat", "follows": "segat", "sells": "kevat",
}  # fmt: skip
UNSEEN = 200


def translation(sentence: str) -> str:
    """Noun before adjective, verb last, no articles; the doer ends in -o, what is done to in -en."""
    words = sentence.rstrip(".").lower().split()
    place = next(at for at, word in enumerate(words) if word in VERBS)
    doer, done = _phrase(words[:place], "-o"), _phrase(words[place + 1 :], "-en")
    text = f"{doer} {done} {VERBS[words[place]]}."
    return text[:1].upper() + text[1:]


def sentences() -> tuple[list[str], list[str]]:
    """Sentences to learn from, and others to be judged by."""
    phrases = [f"the {noun}" for noun in NOUNS] + [f"the {kind} {noun}" for kind in ADJECTIVES for noun in NOUNS]
    every = [f"The{doer[3:]} {verb} {done}." for doer, verb, done in itertools.product(phrases, VERBS, phrases)]
    random.Random(3).shuffle(every)
    return every[UNSEEN:], every[:UNSEEN]


def _phrase(words: list[str], ending: str) -> str:
    *kinds, noun = words[1:]
    return " ".join([NOUNS[noun] + ending, *(ADJECTIVES[kind] for kind in kinds)])
