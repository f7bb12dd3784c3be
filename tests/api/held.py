"""`./run api`: a running service, held to its own OpenAPI document by schemathesis for so many seconds."""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent)]

import subprocess  # noqa: E402

from support.running_service import ARTICLES, Service, running_service  # noqa: E402

UNLIMITED = {f"PODCASTER_{kind}_PER_MINUTE": "0" for kind in ("READS", "CHANGES", "WRONG_KEYS")}
LANGUAGE = "es"


def there(service: Service) -> dict[str, str]:
    """A report that is published, for addresses to lead to."""
    with service.editor() as editor:
        body = (ARTICLES / "two-authors.txt").read_bytes()
        handed_in = editor.post("/api/articles", content=body, headers={"content-type": "text/plain"})
        named: dict[str, str] = handed_in.raise_for_status().json()
    service.finished(named["render"])
    return {**named, "language": LANGUAGE}


def main(seconds: int) -> int:
    """The exit status of schemathesis."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_service(Path(folder) / "data", scope="admin", PODCASTER_HOOK_SECRET="x" * 32, **UNLIMITED) as service,
    ):
        began = time.monotonic()
        command = [
            str(Path(sys.executable).parent / "schemathesis"),
            "--config-file", str(HERE / "schemathesis.toml"),
            "run", f"{service.url}/api/openapi.json",
            "--header", f"Authorization: Bearer {service.key}",
            "--workers", "1", "--checks", "all", "--max-time", str(seconds), "--warnings", "off",
        ]  # fmt: skip
        if seed := os.environ.get("SCHEMATHESIS_SEED"):
            command += ["--seed", seed]
        known = {**os.environ, "PODCASTER_API_THERE": json.dumps(there(service)), "SCHEMATHESIS_HOOKS": "hooks"}
        known["PYTHONPATH"] = str(HERE)
        done = subprocess.run(command, env=known, cwd=folder, check=False)
        print(f"{time.monotonic() - began:.0f} s")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 600))
