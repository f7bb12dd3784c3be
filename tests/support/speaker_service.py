"""`podcaster serve` with a skill, and an Alexa that signs today."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from support.alexa_signing import SKILL, Alexa, Authority, pem

BASE = "https://podcasts.example"


def alexa_of_today() -> Alexa:
    """Signs by this machine's clock."""
    now = datetime.now(UTC)
    made = Alexa(root=Authority.root(start=now - timedelta(days=400)))
    made.intermediate = made.root.authority()
    made.signer = made.intermediate.signer(made.key, start=now - timedelta(days=1))
    return made


@contextmanager
def speaker_service(
    folder: Path, alexa: Alexa, **settings: str
) -> Iterator[tuple[str, "subprocess.Popen[str]", Mapping[str, str]]]:
    """Its URL, its process, and its settings for another process."""
    (folder / "chains").mkdir()
    (folder / "chains" / "echo-api-cert-12.pem").write_bytes(alexa.chain)
    (folder / "roots.pem").write_bytes(pem(alexa.root.certificate))
    environment = {
        **os.environ,
        "PODCASTER_DATA": str(folder / "data"),
        "PODCASTER_LANGUAGES": "en,es",
        "PODCASTER_BASE_URL": BASE,
        "PODCASTER_ALEXA_SKILL_ID": SKILL,
        "PODCASTER_ALEXA_ROOTS": str(folder / "roots.pem"),
        "PODCASTER_ALEXA_CHAINS": str(folder / "chains"),
        **settings,
    }
    command = [sys.executable, "-m", "podcaster", "serve", "--port", "0", "--no-work"]
    with subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        if process.stdout is None:
            raise RuntimeError("its output is asked for")
        try:
            yield process.stdout.readline().split()[-1], process, environment
        finally:
            process.terminate()
            if process.wait(timeout=90) != 0:
                raise RuntimeError("it did not end as it should")
