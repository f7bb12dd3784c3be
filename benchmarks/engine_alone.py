"""Engine of a language's voice, one sentence after the other: a line of input starts it; sentences a second are its answer.

An engine that takes seconds for each says a few more than fit into the time, so that one of them does not decide.
"""

import os
import random
import sys
import tempfile
import time
from pathlib import Path

from podcaster.settings import load
from podcaster.units import LanguageTag
from podcaster.wiring import Container

_FEWEST = 6


def sentence(chance: random.Random) -> str:
    """One that nobody has spoken before, of twelve words."""
    towns = ("Vigo", "Oslo", "Turin", "Graz", "Porto", "Lille")
    return (
        f"In {chance.choice(towns)} the council counted {chance.randrange(1_000, 90_000)} ferries, "
        f"{chance.randrange(2, 60)} percent more than before."
    )


def main(language: LanguageTag, seconds: float) -> None:
    chance = random.Random(os.getpid())  # noqa: S311 # new texts each time
    with tempfile.TemporaryDirectory() as folder:
        here = Container(load({**os.environ, "PODCASTER_DATA": folder}, Path(folder)))
        voice, engine = here.catalogue.choose(language, here.synthesizers)
        engine.speak(sentence(chance), voice)
        print("ready", flush=True)
        sys.stdin.readline()
        since, spoken = time.perf_counter(), 0
        while time.perf_counter() < since + seconds or spoken < _FEWEST:
            engine.speak(sentence(chance), voice)
            spoken += 1
        print(spoken / (time.perf_counter() - since), flush=True)
        here.close()


if __name__ == "__main__":
    main(LanguageTag(sys.argv[1]), float(sys.argv[2]))
