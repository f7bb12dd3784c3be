"""Board, rules and documentation name figures that podcaster tells, and alerts that have a page."""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from podcaster.observability import process_metrics
from podcaster.observability.library_collector import LibraryCollector
from podcaster.observability.metrics_endpoint import Exposition
from podcaster.web.server import metrics
from support.paths import REPOSITORY
from support.quick_container import quick_container
from support.waiting import until

DEPLOY = REPOSITORY / "deploy"
BOARD = json.loads((DEPLOY / "grafana" / "dashboards" / "podcaster.json").read_text(encoding="utf-8"))
RULES = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text(encoding="utf-8"))
ALERTS = [rule for group in RULES["groups"] for rule in group["rules"]]
PARTS = re.compile(r"_(bucket|sum|count|total|created)$")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every figure of a service and a worker."""
    assert process_metrics
    assert metrics
    with quick_container(tmp_path_factory.mktemp("told"), "en") as container:
        collector = LibraryCollector(
            figures=container.library,
            blobs=container.blobs,
            data=container.settings.data,
            clock=lambda: datetime.now(UTC),
            last_backup=lambda: None,
            workers=dict,
        )
        until(lambda: b"podcaster_stored_bytes{" in Exposition(collector).text())
        text = Exposition(collector).text() + generate_latest()
    found = {family.name for family in text_string_to_metric_families(text.decode())}
    return {PARTS.sub("", name) for name in found if name.startswith("podcaster_")}


def named(expressions: str) -> set[str]:
    return {PARTS.sub("", name) for name in re.findall(r"\bpodcaster_\w+", expressions)}


def test_the_board_shows_figures_that_are_told(told: set[str]) -> None:
    shown = named(json.dumps([panel.get("targets", []) for panel in BOARD["panels"]]))
    assert len(shown) > 15
    assert shown <= told


def test_alerts_are_of_figures_that_are_told_and_have_a_page_each(told: set[str]) -> None:
    pages = set(
        re.findall(r"^## (\w+)$", (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert named(json.dumps(ALERTS)) <= told
    for alert in ALERTS:
        assert alert["alert"] in pages
        assert alert["annotations"]["runbook"] == f"docs/operations.md#{alert['alert'].lower()}"


def test_the_rules_are_ones_that_prometheus_reads() -> None:
    """By its own tool where it is installed; the form of each rule in any case."""
    for alert in ALERTS:
        assert set(alert) - {"for"} == {"alert", "expr", "labels", "annotations"}
        assert re.fullmatch(r"\d+[smhd]", alert.get("for", "0s"))
        assert alert["expr"].count("(") == alert["expr"].count(")")
    if promtool := shutil.which("promtool"):
        subprocess.run([promtool, "check", "config", DEPLOY / "prometheus" / "prometheus.yml"], check=True)


def test_every_figure_is_documented_and_every_documented_figure_is_told(told: set[str]) -> None:
    text = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")
    assert {PARTS.sub("", name) for name in re.findall(r"^\| `(podcaster_\w+)", text, re.MULTILINE)} == told


def test_prometheus_asks_the_services_of_compose_on_their_own_port() -> None:
    compose = yaml.safe_load((REPOSITORY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    asked = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text(encoding="utf-8"))
    targets = [target for each in asked["scrape_configs"][0]["static_configs"] for target in each["targets"]]
    for target in targets:
        service, _, port = target.partition(":")
        assert compose[service]["environment"]["PODCASTER_METRICS_PORT"] == int(port)
    assert Path(DEPLOY / "prometheus" / asked["rule_files"][0]).is_file()


def test_commands_in_operations_are_commands() -> None:
    """Each `podcaster …` of the pages is one that the program has."""
    from typer.main import get_command

    from podcaster.cli import app

    known = getattr(get_command(app), "commands")  # noqa: B009 # typer's type does not say that it has them
    text = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")
    used = re.findall(r"(?:^|`)podcaster (\w+)(?: (\w+))?", text, re.MULTILINE)
    assert len(used) > 10
    for verb, sub in used:
        assert verb in known, verb
        below = getattr(known[verb], "commands", None)
        assert below is None or not sub or sub in below, (verb, sub)
    for verb, options in re.findall(r"(?:^|`)podcaster ([a-z ]+)\b[^`\n]*?((?: --\w[\w-]*[^`\n]*)?)`", text):
        first, *rest = verb.split()
        command = known[first]
        if rest and hasattr(command, "commands"):
            command = command.commands[rest[0]]
        there = {name for parameter in command.params for name in parameter.opts}
        assert set(re.findall(r"--[\w-]+", options)) <= there, (verb, options)
