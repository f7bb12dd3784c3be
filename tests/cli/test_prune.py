"""`podcaster prune` says what it deletes, and how many bytes; in a dry run, what it would."""

import os
import re
from pathlib import Path

from support.command_line import podcaster


def test_a_dry_run_shows_what_would_go_and_deletes_nothing(tmp_path: Path) -> None:
    left = tmp_path / "blobs" / "work" / "ended" / "es.script.json"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"x" * 1234)
    os.utime(left, (0, 0))
    for flags, said, there in ((["--dry-run"], "1,234 bytes could go", True), ([], "1,234 bytes deleted", False)):
        answer = podcaster(tmp_path, "prune", *flags, check=True, PODCASTER_DATA=tmp_path)
        assert said in answer.stdout
        assert re.search(r"^work +1 files +1,234 bytes", answer.stdout, re.MULTILINE)
        assert left.exists() is there
