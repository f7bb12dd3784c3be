"""Twenty names of news as a recognizer hears them, without and with an entry in the lexicon: `python benchmarks/names.py [en es …]`.

The first voice of each language that is here says them, in a sentence of podcaster's own, as `podcaster proof --word` does. A name
counts as understood if it is heard as its spelling sounds, or as it was said. Models are looked for in the user's cache.
"""

import argparse
import tempfile
import tomllib
from pathlib import Path

import platformdirs

from podcaster import language as languages
from podcaster.render.editing.word_trials import try_word
from podcaster.settings import Settings
from podcaster.wiring import Container

CACHE = platformdirs.user_cache_path("podcaster")
TABLES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
NAMES = TABLES["names"]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("languages", nargs="*", default=["en", "es", "pt-BR", "ca", "gl"])
    options.add_argument("--first", type=int, default=0, help="leave out so many names")
    options.add_argument("--names", type=int, default=len(NAMES))
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as data:
        here = Container(
            Settings(data=Path(data), recognizer=CACHE / "recognizers" / "whisper-base", kokoro_model=CACHE / "kokoro")
        )
        for language in map(languages.parse, asked.languages):
            trials = [
                try_word(name, entry, language, here.context)
                for name, entry in list({**NAMES, **TABLES.get(f"names-{language}", {})}.items())[
                    asked.first : asked.first + asked.names
                ]
            ]
            print(f"{language}, {trials[0].voice}")
            for each in trials:
                after = each.after or each.before
                print(f"  {each.word:<16} {_shown(each.before.heard, understood=each.before.understood):<24}", end="")
                print(_shown(after.heard, understood=after.understood), flush=True)
            understood, mended = (
                sum(each.understood for each in heard)
                for heard in ([each.before for each in trials], [each.after or each.before for each in trials])
            )
            print(f"  understood: {understood} of {len(trials)}, with an entry {mended}", flush=True)
        here.close()


def _shown(heard: str, *, understood: bool) -> str:
    return f"{'✓' if understood else '✗'} {heard or '–'}"


if __name__ == "__main__":
    main()
