"""The tutorial's commands, run as they stand there, one after the other in one shell."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from support.paths import REPOSITORY
from support.quick_voices import quick_voices

TUTORIAL = (REPOSITORY / "docs/tutorial.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^```sh\n(.*?)^```", TUTORIAL, re.DOTALL | re.MULTILINE)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.mark.guides
@pytest.mark.timeout(300)
def test_every_command_of_the_tutorial_works_in_its_order(tmp_path: Path) -> None:
    """Installing has been done, and the port is another one; everything else is to the letter."""
    assert COMMANDS[0].startswith("./run install\n")
    later = [COMMANDS[0].partition(". .venv/bin/activate\n")[2], *COMMANDS[1:]]
    script = "\n".join(later).replace("8000", str(free_port()))
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PODCASTER_DATA": str(tmp_path / "data"),
        "PODCASTER_VOICES": str(quick_voices()),
        "PODCASTER_LANGUAGES": "en,es",
    }
    done = subprocess.run(
        ["bash", "-e", "-m", "-o", "pipefail", "-c", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    for said in ("The ferry that came back", "transcript.vtt", "3,500"):
        assert said in done.stdout


def test_every_picture_and_every_page_that_the_docs_name_is_there() -> None:
    for document in (REPOSITORY / "docs").glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), (document.name, target)
