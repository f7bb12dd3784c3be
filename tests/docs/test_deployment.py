"""compose.yaml says nothing that is not there: settings, commands, files, places."""

import tomllib

import yaml
from typer.main import get_command

from podcaster.cli import app
from podcaster.settings import PREFIX, Settings
from support.paths import REPOSITORY

COMPOSE = yaml.safe_load((REPOSITORY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]


def test_every_setting_is_one() -> None:
    for service in SERVICES.values():
        given = {
            name.removeprefix(PREFIX).lower() for name in service.get("environment", {}) if name.startswith(PREFIX)
        }
        assert given <= set(Settings.model_fields)
    assert "snapshot" in {name.removeprefix(PREFIX).lower() for name in SERVICES["web1"]["environment"]}


def test_every_command_is_one() -> None:
    known = getattr(get_command(app), "commands")  # noqa: B009 # typer's type does not say that it has them
    for name in ("web1", "web2", "worker"):
        assert SERVICES[name]["command"][1] in known


def test_what_depends_on_something_or_mounts_it_finds_it() -> None:
    for service in SERVICES.values():
        assert set(service.get("depends_on", {})) <= set(SERVICES)
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in COMPOSE["volumes"] or (REPOSITORY / source).is_file()


def test_nginx_looks_where_the_service_writes() -> None:
    configuration = (REPOSITORY / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    assert f"root {SERVICES['web1']['environment']['PODCASTER_SNAPSHOT']};" in configuration
    assert "PODCASTER_DATA=/data" in (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    assert "root /data/blobs;" in configuration
    for name in ("web1", "web2"):
        assert f"server {name}:8000 " in configuration


def test_what_a_service_writes_is_in_a_volume_and_it_has_the_time_to_end() -> None:
    """The root file system is read-only; Docker's own ten seconds would cut off a download or a line being spoken."""
    for name in ("web1", "web2", "worker"):
        service = SERVICES[name]
        assert service["read_only"] is True
        assert "/tmp" in service["tmpfs"]  # noqa: S108 # in the container
        assert int(service["stop_grace_period"].removesuffix("s")) >= 45


def test_there_are_two_alike_in_front_of_listeners_and_what_falls_gets_up_again() -> None:
    """So one can be replaced while the other answers, and nobody has to start a service after a crash."""
    assert SERVICES["web1"] == SERVICES["web2"]
    assert set(SERVICES["nginx"]["depends_on"]) == {"web1", "web2"}
    assert {service["restart"] for service in SERVICES.values()} == {"unless-stopped"}


def test_a_release_leaves_out_what_the_clone_leaves_out() -> None:
    """The list is not in a wheel: it is published beside it."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    excluded = (REPOSITORY / "deploy" / "excluded.txt").read_text(encoding="utf-8").split()
    assert excluded == project["tool"]["uv"]["exclude-dependencies"]
