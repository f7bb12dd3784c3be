"""Translation, side by side in one run: `./run bench translation`.

argostranslate's own translate() at its defaults and at its best settings against ours: the same package of true size, the same
sentences, the same beam, interleaved. Then five languages from cold, and what podcaster takes when it does nothing.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent

WORDS, ROUNDS, SHORT = 900, 2, 12
TARGETS = ("es", "fr", "de", "it", "pt")
BEST = {"ARGOS_INTRA_THREADS": "1", "ARGOS_INTER_THREADS": "2", "ARGOS_BATCH_SIZE": "1024"}
THEIRS = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
import argos_translate
translate = argos_translate.argostranslate()
translator = translate.get_translation_from_codes("en", sys.argv[2])
paragraphs = json.load(sys.stdin)
translator.translate("A word.")
started = time.perf_counter()
made = [translator.translate(paragraph) for paragraph in paragraphs]
print(json.dumps([time.perf_counter() - started, made]))
"""
OURS = """
import json, sys, time
from pathlib import Path
from podcaster.adapters.argos import ArgosTranslator
from podcaster.script.sentences import split
from podcaster.units import LanguageTag
translator = ArgosTranslator(Path(sys.argv[1]))
sentences = [sentence for paragraph in json.load(sys.stdin) for sentence in split(paragraph, LanguageTag("en"))]
translator.translate(["A word."], LanguageTag("en"), LanguageTag("es"))
started = time.perf_counter()
made = translator.translate(sentences, LanguageTag("en"), LanguageTag("es"))
print(json.dumps([time.perf_counter() - started, list(made)]))
"""
FIVE = """
import json, sys
from pathlib import Path
from podcaster.adapters.argos import ArgosTranslator
from podcaster.script.sentences import split
from podcaster.units import LanguageTag
translator = ArgosTranslator(Path(sys.argv[1]))
sentences = [sentence for paragraph in json.load(sys.stdin) for sentence in split(paragraph, LanguageTag("en"))]
for target in sys.argv[2:]:
    translator.translate(sentences, LanguageTag("en"), LanguageTag(target))
"""
MAKE = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from big_model import make
paragraphs = json.load(sys.stdin)
for place, target in enumerate(sys.argv[3:]):
    make(Path(sys.argv[2]), paragraphs, "en", target, seed=place)
"""
IDLE = "import podcaster.wiring, podcaster.adapters.argos"


def report() -> list[str]:
    """Paragraphs of the samples, again and again, until there are 900 words."""
    texts = [
        paragraph
        for sample in sorted((HERE.parent / "samples").glob("*.txt"))
        for paragraph in sample.read_text(encoding="utf-8").splitlines()
        if len(paragraph.split()) > SHORT
    ]
    chosen: list[str] = []
    while sum(len(each.split()) for each in chosen) < WORDS:
        chosen.append(texts[len(chosen) % len(texts)])
    return chosen


def run(code: str, *arguments: object, given: str = "", **environment: str) -> tuple[str, float, float]:
    """A program's output, its seconds, and its peak memory in MB."""
    command = [
        sys.executable,
        "-c",
        f"{code}\nimport resource, sys; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)",
    ]
    started = time.perf_counter()
    done = subprocess.run(
        [*command, *map(str, arguments)],
        input=given,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    *printed, peak = done.stdout.splitlines()
    return "\n".join(printed), time.perf_counter() - started, int(peak) / 1024


def main() -> None:
    paragraphs = report()
    given = json.dumps(paragraphs)
    with tempfile.TemporaryDirectory() as scratch:
        packages = Path(scratch) / "packages"
        # In a process of its own: a child's peak memory counts what its parent held when it was started.
        run(MAKE, HERE, packages, *TARGETS, given=given)
        theirs = {"ARGOS_PACKAGES_DIR": str(packages), "XDG_DATA_HOME": f"{scratch}/home"}
        times: dict[str, list[float]] = {"defaults": [], "best": [], "ours": []}
        for _ in range(ROUNDS):
            for name, settings in (("defaults", {}), ("best", BEST)):
                printed, _, _ = run(THEIRS, HERE.parent / "tests", "es", given=given, **theirs, **settings)
                seconds, texts = json.loads(printed)
                times[name].append(seconds)
            seconds, ours = json.loads(run(OURS, packages, given=given)[0])
            times["ours"].append(seconds)
        best = {name: min(each) for name, each in times.items()}
        words = sum(len(each.split()) for each in paragraphs)
        same = " ".join(" ".join(texts).split()) == " ".join(" ".join(ours).split())
        print(f"{words} words into one language, warm, best of {ROUNDS}, {len(os.sched_getaffinity(0))} cores")
        print(
            f"  argostranslate, defaults      {best['defaults']:6.2f} s   ours is {best['defaults'] / best['ours']:.1f} x as fast"
        )
        print(
            f"  argostranslate, best settings {best['best']:6.2f} s   ours is {best['best'] / best['ours']:.1f} x as fast"
        )
        print(f"  podcaster                     {best['ours']:6.2f} s   {len(ours)} sentences; the same words: {same}")
        _, seconds, peak = run(FIVE, packages, *TARGETS, given=given)
        print(f"five languages from cold: {seconds:.1f} s, {peak:.0f} MB at most")
    idle = min(run(IDLE)[1:] for _ in range(5))
    bare = min(run("")[1:] for _ in range(5))
    print(f"idle: imported in {idle[0] - bare[0]:.2f} s, {idle[1]:.0f} MB")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
