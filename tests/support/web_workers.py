"""The processes of a service."""

from pathlib import Path

import httpx

from support.loopback import NO_TLS
from support.running_service import Service


def helpers(service: Service) -> list[int]:
    """The processes that the first one started to answer with it."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status, command = (folder / "stat").read_text(), (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if int(status.rpartition(")")[2].split()[1]) == service.process and b"--no-work" in command:
            found.append(int(folder.name))
    return found


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", trust_env=False, verify=NO_TLS, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False
