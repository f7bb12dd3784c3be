"""Start, publishing into small and large archives, serving alone and behind nginx, and briefings."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import briefings
import httpx
import publishing
import serving
from load import Target, loaded, worked_s
from measurements import Row, in_turns, ratio, rounded, seconds_of
from served_feeds import ServedFeeds, environment_of, filled
from served_feeds import serving as service_on

from podcaster.settings import load
from podcaster.wiring import Container
from support.nginx import free_port, in_front, nginx

_STARTS = 2
_UP_S = 60


def start_rows(rounds: int, _: float) -> Iterator[Row]:
    """Whole commands, as they are typed, with their bytecode kept."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as name:
        environment = {
            **environment, "PODCASTER_DATA": f"{name}/data", "PODCASTER_PROOF": "off", "PYTHONPYCACHEPREFIX": f"{name}/bytecode",
        }  # fmt: skip

        worked: dict[str, list[float]] = {"help": [], "serve": []}

        def helped(_: int) -> float:
            command = [sys.executable, "-m", "podcaster", "--help"]
            before = _children_s()
            took = seconds_of(lambda: subprocess.run(command, env=environment, check=True, capture_output=True))
            worked["help"].append(_children_s() - before)
            return took

        def served(_: int) -> float:
            took, processor = _ready(environment)
            worked["serve"].append(processor)
            return took

        acts = {"help": helped, "serve": served}
        for act in acts.values():
            act(0)
        took = in_turns(rounds * _STARTS, acts)
    for name, what, aim in (("help", "--help`", 0.3), ("serve", "serve` until it is ready", 2)):
        processor = rounded(statistics.median(worked[name][1:]))
        yield Row.of(f"`podcaster {what}", took[name], "s", f"{processor} s of one core; aim {aim} s")


def _children_s() -> float:
    """Processor seconds of this process's children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _ready(environment: dict[str, str]) -> tuple[float, float]:
    """Seconds until /readyz answers 200, by the clock and of the processor."""
    port, started = free_port(), time.perf_counter()
    command = [sys.executable, "-m", "podcaster", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while time.perf_counter() - started < _UP_S:
            with suppress(httpx.TransportError):
                if httpx.get(f"http://127.0.0.1:{port}/readyz", trust_env=False).is_success:
                    break
            time.sleep(0.01)
        took, processor = time.perf_counter() - started, worked_s(process.pid)
        process.terminate()
    return took, processor


def publishing_rows(rounds: int, scale: float) -> Iterator[Row]:
    """A new report into six feeds, of an archive of 100 and of one of 10,000 in turns."""
    sizes = (100, max(round(10_000 * scale), 200))
    with tempfile.TemporaryDirectory() as folder:
        containers = {size: publishing.library_of(Path(folder) / str(size), size) for size in sizes}

        def offered(size: int, place: int) -> float:
            here = containers[size]
            return seconds_of(lambda: here.office.offer(publishing.episode(here.size + place)))

        took = in_turns(
            rounds * 7, {str(size): lambda place, size=size: offered(size, place) for size in sizes}  # type: ignore[misc]
        )  # fmt: skip
        for each in containers.values():
            each.library.close()
    small, large = (took[str(size)] for size in sizes)
    yield Row.of(f"Publishing a report, 6 feeds, archive of {sizes[0]}", small, "s")
    yield Row.of(
        f"The same, archive of {sizes[1]:,}", large, "s", f"{rounded(ratio(large, small))} of that of {sizes[0]}"
    )


def serving_rows(rounds: int, scale: float) -> Iterator[Row]:
    """Requests a second of processor time: one worker alone, behind nginx, and nginx with the same bytes as plain files."""
    cases = serving.CASES[: 3 if scale >= 1 else 1]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "data"
        filled(data, base_url=serving.BASE)
        settings = {"PODCASTER_BASE_URL": serving.BASE, "PODCASTER_SNAPSHOT": str(data / "public")}
        with (
            service_on(data, "--no-work", **settings) as service,
            serving.plain_nginx(folder, service) as plain,
        ):
            configuration, port = in_front(service.url, data)
            with nginx(folder / "front", configuration, port) as front:
                servers = {
                    "plain nginx": plain,
                    "podcaster alone": Target(url=service.url, process=service.process),
                    "podcaster behind nginx": Target(url=front.url, process=front.process),
                }
                for case in cases:
                    yield from _case_rows(case, servers, rounds)


def _case_rows(case: serving.Case, servers: dict[str, Target], rounds: int) -> Iterator[Row]:
    headers = {name: serving.asked(case, server) for name, server in servers.items()}

    def answered(name: str) -> float:
        return loaded(servers[name], case.path, headers[name], connections=case.connections).per_cpu_second

    took = in_turns(rounds, {name: lambda _, name=name: answered(name) for name in servers})  # type: ignore[misc]
    for name, values in took.items():
        beside = "" if name == "plain nginx" else f"{rounded(ratio(values, took['plain nginx']))} of plain nginx"
        yield Row.of(f"Serving a {case.name}: {name}", values, "requests a processor second", beside)


def briefing_rows(rounds: int, _scale: float) -> Iterator[Row]:
    """A briefing of ten minutes, spliced while it is sent, beside the same bytes as one file."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        folder.mkdir()
        briefings.published(folder)
        with service_on(folder, "--no-work", **briefings.SETTINGS) as service:
            path = briefings.joined(service, 0)
            whole = httpx.get(service.url + path, trust_env=False).raise_for_status().content
            container = Container(load(environment_of(folder, **briefings.SETTINGS), folder))
            container.blobs.put(briefings.FILE, whole)
            container.close()
            line = briefings.Line(service.url)
            paths = {"spliced": path, "file": f"/{briefings.FILE}"}
            taken: dict[str, list[briefings.Taken]] = {name: [] for name in paths}
            for _ in range(rounds * 10):
                for name, asked in paths.items():
                    taken[name].append(line.get(asked))
            line.close()
            first = [_first_time(service, number) for number in range(1, rounds * 5)]
    minutes, spliced, file = len(whole) / briefings.MINUTE_BYTES, _whole(taken["spliced"]), _whole(taken["file"])
    beside = f"{rounded(ratio(spliced, file))} of the same bytes as a file"
    yield Row.of(f"A briefing of {minutes:.0f} minutes, whole", spliced, "s", beside)
    yield Row.of("Its first byte", [each.first_byte_s for each in taken["spliced"]], "s")
    yield Row.of("First byte of another listener's first briefing", first, "s")


def _whole(taken: Sequence[briefings.Taken]) -> Sequence[float]:
    return [each.whole_s for each in taken]


def _first_time(service: ServedFeeds, number: int) -> float:
    """Of a briefing that nobody has asked for."""
    path, line = briefings.joined(service, number), briefings.Line(service.url)
    taken = line.get(path)
    line.close()
    return taken.first_byte_s
