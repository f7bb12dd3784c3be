"""Apertium's programs, kept running."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from podcaster.adapters.apertium.kept_chains import KeptChains
from podcaster.adapters.apertium.programs import Chain, Command, commands_of, paragraph, said
from podcaster.errors import EngineFailed, EngineTimedOut
from support.requirements import missing
from support.waiting import until

MODES = Path("/usr/share/apertium/modes")
TEXTS = {
    "eng-spa": [
        "The harbour was closed.",
        "Who, then, pays? Nobody",
        "A 12% rise (and more)…",
        "The Zorbad spoke: 3.5 tons",
    ],
    "por-cat": [
        "O porto foi fechado.",
        "O conselho tem pedido uma segunda opinião",
        "Uma alta de 12% (e mais)…",
        "O Zorbad",
    ],
    "cat-spa": [
        "El port va ser tancat.",
        "Qui paga, doncs? Ningú",
        "Una alça d'un 12% (i més)…",
        "El Zorbad va parlar",
    ],
    "es-gl": ["El puerto fue cerrado.", "¿Quién paga, entonces? Nadie", "Un alza del 12% (y más)…", "El Zorbad habló"],
}


def mode(name: str) -> Sequence[Command]:
    file = MODES / f"{name}.mode"
    if not file.is_file():
        missing(f"Apertium's {name} is not installed")
    return commands_of(file)


@pytest.fixture
def chains() -> Iterator[KeptChains]:
    kept = KeptChains()
    yield kept
    kept.close()


@pytest.mark.parametrize("name", TEXTS)
def test_a_mode_says_what_the_command_says(name: str, chains: KeptChains) -> None:
    commands = mode(name)
    answers = chains.ask(commands, [paragraph(text) for text in TEXTS[name]], name=name, seconds=60)

    told = subprocess.run(
        [str(shutil.which("apertium")), name],
        input="\n\n".join(TEXTS[name]),
        capture_output=True,
        text=True,
        check=True,
    )
    assert [said(answer) for answer in answers] == told.stdout.strip("\n").split("\n\n")


def test_an_answer_does_not_depend_on_what_was_asked_before(chains: KeptChains) -> None:
    """The tagger learns from what it reads."""
    commands = mode("por-cat")
    asked = [paragraph(text) for text in TEXTS["por-cat"] * 3]
    first = chains.ask(commands, asked, name="por-cat", seconds=60)

    assert all(chains.ask(commands, asked, name="por-cat", seconds=60) == first for _ in range(3))


def test_a_text_that_is_longer_than_any_pipe_comes_through(chains: KeptChains) -> None:
    long = paragraph("El port va ser tancat. " * 10_000)

    (answer,) = chains.ask(mode("cat-spa"), [long], name="cat-spa", seconds=60)

    assert said(answer).count("El puerto fue cerrado.") == 10_000


def test_a_chain_whose_program_died_is_replaced_for_the_next_request(chains: KeptChains) -> None:
    commands = [("cat",), ("sh", "-c", "read text; kill -9 $$")]
    with pytest.raises(EngineFailed, match="slow"):
        chains.ask(commands, ["one\n"], name="slow", seconds=60)
    with pytest.raises(EngineFailed, match="slow"):
        chains.ask(commands, ["one\n"], name="slow", seconds=60)

    assert chains.ask([("cat",), ("cat",)], ["one", "two"], name="cat", seconds=60) == ["one", "two"]


def test_a_program_in_the_middle_that_ended_is_noticed_before_the_deadline() -> None:
    """The last one goes on waiting where somebody else holds the pipe between them."""
    chain = Chain([("sh", "-c", "echo what was wrong >&2"), ("apertium-tagger",), ("cat",)], name="cut")
    try:
        with pytest.raises(EngineFailed, match="Apertium \\(cut\\) failed: "):
            chain.ask(["one"], seconds=600)
    finally:
        chain.close()


def test_a_program_that_does_not_answer_is_ended_at_its_deadline(chains: KeptChains) -> None:
    with pytest.raises(EngineTimedOut, match="mute"):
        chains.ask([("sleep", "600")], ["one"], name="mute", seconds=0.1)


def test_programs_that_nobody_asks_end() -> None:
    chains = KeptChains(idle_seconds=0.05)
    (process,) = _processes(chains)

    until(lambda: not _lives(process))


def test_programs_with_more_data_than_is_kept_end_and_those_under_way_answer(tmp_path: Path) -> None:
    (tmp_path / "large.bin").write_bytes(bytes(1000))
    chains = KeptChains(most_bytes=1500)
    (first,) = _processes(chains, tmp_path / "large.bin")
    with ThreadPoolExecutor(4) as threads:
        large = str(tmp_path / "large.bin")
        echoes = [("sh", "-c", "cat", large), ("sh", "-c", "cat; true", large), ("cat",)]
        several = [
            threads.submit(chains.ask, [echo], [f"text {place}"], name="cat", seconds=60)
            for place in range(8)
            for echo in echoes
        ]
        assert [each.result() for each in several] == [[f"text {place}"] for place in range(8) for _ in range(3)]

    assert not _lives(first)
    chains.close()


def test_one_that_is_seldom_asked_runs_beside_those_that_are_asked_often(tmp_path: Path) -> None:
    for name, size in (("large.bin", 1000), ("small.bin", 200), ("rare.bin", 240)):
        (tmp_path / name).write_bytes(bytes(size))
    chains = KeptChains(most_bytes=1250)
    often = [_processes(chains, tmp_path / name)[0] for name in ("large.bin", "small.bin") for _ in range(2)]
    (rare,) = _processes(chains, tmp_path / "rare.bin")

    assert not _lives(rare)
    assert all(map(_lives, often))
    chains.close()


def _processes(chains: KeptChains, data: Path = Path("none")) -> Sequence[int]:
    """A chain with so much data that says its process."""
    program = r"while :; do printf '%d\0' $$; head -c 4 >&2; done"
    answer = chains.ask([("sh", "-c", program, str(data))], ["one"], name="number", seconds=60)
    return [int(answer[0])]


def _children(program: str) -> Iterator[int]:
    """Processes of ours that run a program."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            name, _, rest = stat.read_text(encoding="utf-8").partition("(")[2].rpartition(")")
            if name == program and int(rest.split()[1]) == os.getpid():
                yield int(stat.parent.name)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_program_of_a_mode_costs_one_request(chains: KeptChains) -> None:
    commands = mode("cat-spa")
    others = set(_children("lt-proc"))
    chains.ask(commands, [paragraph("El port")], name="cat-spa", seconds=60)
    os.kill(next(each for each in _children("lt-proc") if each not in others), signal.SIGKILL)

    with pytest.raises(EngineFailed, match="cat-spa"):
        chains.ask(commands, [paragraph("El port")], name="cat-spa", seconds=60)
    assert said(chains.ask(commands, [paragraph("El port")], name="cat-spa", seconds=60)[0]) == "El puerto"
