"""Processes that engines run in: asked, killed when they do not answer, replaced when they are gone."""

import os
import signal
import socket
import sys
import time

import pytest

from podcaster.adapters.child_process.answers import ProcessDied, answer, read_within
from podcaster.adapters.child_process.forking import ForkingProcess
from podcaster.adapters.child_process.json_lines import JsonLinesProcess
from podcaster.adapters.child_process.process_cache import ProcessCache
from support.waiting import until

ECHO = """
import json, sys, time
for line in sys.stdin:
    said = json.loads(line)
    if said == "hang": time.sleep(60)
    if said == "end": sys.exit()
    print("no JSON" if said == "babble" else json.dumps(said), flush=True)
"""
FORKS = """
import os, socket
work = socket.socket(fileno=0)
work.send(b"ready")
while True:
    packet, pipes, _, _ = socket.recv_fds(work, 100, 1)
    if not packet: break
    if os.fork() == 0:
        os.write(pipes[0], packet[::-1])
        os._exit(0)
    os.close(pipes[0])
"""
PYTHON = [sys.executable, "-I", "-S", "-c"]


def test_each_request_has_its_answer() -> None:
    process = JsonLinesProcess([*PYTHON, ECHO])
    assert [process.ask(each, seconds=20) for each in ("one", ["two"], None)] == ["one", ["two"], None]
    process.close()


@pytest.mark.parametrize("last", ["end", "babble"])
def test_a_process_that_ends_or_babbles_gives_no_answer(last: str) -> None:
    process = JsonLinesProcess([*PYTHON, ECHO])
    with pytest.raises(ProcessDied):
        process.ask(last, seconds=20)
    process.close()


def test_one_that_does_not_answer_is_killed_and_so_is_one_that_does_not_read() -> None:
    for request in ("hang", ["x" * 1_000_000, "hang"]):
        process = JsonLinesProcess([*PYTHON, ECHO if request == "hang" else "import time; time.sleep(60)"])
        with pytest.raises(TimeoutError):
            process.ask(request, seconds=0.2)
        process.close()


def forking() -> ForkingProcess:
    return ForkingProcess([*PYTHON, FORKS], start_seconds=20)


def asked(process: ForkingProcess, request: bytes) -> bytes:
    return answer(lambda pipe: process.send(request, pipe), lambda pipe: read_within(pipe, time.monotonic() + 20))


def test_a_fork_answers_and_a_process_that_is_gone_answers_with_nothing() -> None:
    process = forking()
    assert process.greeting == b"ready"
    assert asked(process, b"abc") == b"cba"
    os.kill(process.pid, signal.SIGKILL)
    assert asked(process, b"abc") == b""
    process.drop()
    assert asked(process, b"abc") == b""


def test_a_process_ends_with_its_object() -> None:
    process = forking()
    pid = process.pid
    del process
    until(lambda: not os.path.exists(f"/proc/{pid}"))  # noqa: PTH110 # a process


def test_a_pipe_that_says_nothing_is_waited_for_until_the_deadline() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(TimeoutError):
        read_within(ours.fileno(), time.monotonic() + 0.05)


class Closable:
    def __init__(self, key: int) -> None:
        self.key, self.closed = key, False

    def close(self) -> None:
        self.closed = True


def test_the_one_asked_longest_ago_makes_room() -> None:
    cache = ProcessCache(Closable, most=2)
    one, two = cache.get(1), cache.get(2)
    assert cache.get(1) is one
    cache.get(3)
    assert (one.closed, two.closed) == (False, True)
    cache.forget(1, one)
    assert one.closed
    other = cache.get(1)
    cache.forget(1, one)
    assert cache.get(1) is other
    assert not other.closed
    assert cache.pop(1) is other
    cache.close()
    assert not other.closed
    assert not cache.processes()
