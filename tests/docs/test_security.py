"""Every threat that is named has a test that holds it, and the bill of materials says what is installed."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version

from support.paths import REPOSITORY


def test_every_threat_is_held_by_a_test_that_exists() -> None:
    rows = [
        row
        for row in (REPOSITORY / "docs" / "threat-model.md").read_text(encoding="utf-8").splitlines()
        if row.startswith("| ")
    ][2:]
    assert len(rows) > 40
    for row in rows:
        found = re.search(r"\| `(tests/[\w/]+\.py)::(test_\w+)` \|$", row)
        assert found, row
        assert f"def {found[2]}(" in (REPOSITORY / found[1]).read_text(encoding="utf-8"), row


def test_what_security_md_points_to_is_there() -> None:
    for name in ("SECURITY.md", "docs/operations.md", "docs/backup.md", "docs/releasing.md", "docs/threat-model.md"):
        file = REPOSITORY / name
        for link, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([\w-]+))?\)", file.read_text(encoding="utf-8")):
            there = (file.parent / link).resolve() if link else file
            assert there.exists(), (name, link)
            heads = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE) if anchor else []
            assert not anchor or anchor in {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}


def test_the_bill_of_materials_names_what_is_installed_with_its_licence_and_no_tool_of_ours() -> None:
    script = REPOSITORY / "deploy" / "sbom.py"
    made = subprocess.run([sys.executable, script, "--extra", "tracing"], capture_output=True, check=True).stdout
    sbom = json.loads(made)
    assert (sbom["bomFormat"], sbom["specVersion"]) == ("CycloneDX", "1.6")
    assert sbom["metadata"]["component"]["name"] == "newsroom-podcaster"
    parts = {each["name"]: each for each in sbom["components"]}
    needed = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    for requirement in needed:
        name = re.match(r"[\w-]+", requirement)[0].lower()  # type: ignore[index]
        assert name in parts or "python_version" in requirement, name
    assert parts["starlette"]["version"] == version("starlette")
    assert parts["opentelemetry-sdk"]["purl"] == f"pkg:pypi/opentelemetry-sdk@{version('opentelemetry-sdk')}"
    assert not [name for name, part in parts.items() if not part.get("licenses")]
    assert not parts.keys() & {"pytest", "mypy", "ruff", "playwright", "stanza", "spacy", "torch"}
