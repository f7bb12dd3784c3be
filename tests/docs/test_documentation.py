"""The documentation names what there is, and nothing else."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from podcaster import errors
from podcaster.cli import app
from podcaster.settings import PREFIX, Settings
from support.paths import REPOSITORY, TESTS

CORE = (
    "units", "errors", "settings", "language", "model", "article", "script", "translation", "speech", "proofing", "audio", "episode",
    "feed", "listener", "ports", "source", "downloads",
)  # fmt: skip
PURE = {
    "PIL", "anyascii", "babel", "cachetools", "charset_normalizer", "crawleruseragents", "dateparser", "feedgen", "htmldate",
    "langcodes", "lxml", "markdown_it",
    "mutagen", "num2words", "numpy",
    "platformdirs", "podcaster", "py3langid", "pydantic", "pydantic_core", "pyloudnorm", "sentencex", "soxr", "webencodings", "yaml",
}  # fmt: skip


def text(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


def test_every_setting_is_documented_and_every_documented_setting_is_one() -> None:
    documented = set(re.findall(rf"^\| `({PREFIX}\w+)`", text("docs/settings.md"), re.MULTILINE))
    assert documented == {f"{PREFIX}{field.upper()}" for field in Settings.model_fields}


def commands(command: object, name: str = "") -> list[str]:
    group = getattr(command, "commands", None)
    return (
        [name]
        if group is None
        else [each for key, one in group.items() for each in commands(one, f"{name} {key}".strip())]
    )


def test_every_command_is_documented() -> None:
    documented = text("docs/commands.md")
    for command in commands(get_command(app)):
        assert f"`podcaster {command}" in documented, command


def test_every_address_is_documented() -> None:
    """Those that FastAPI knows; what raw ASGI serves is held by the suites of its own."""
    documented = text("docs/http.md")
    found = 0
    for module in sorted((REPOSITORY / "podcaster/web").rglob("*.py")):
        source = module.read_text()
        for method, path in re.findall(r'@router\.(get|post|put|patch|delete)\(\s*"(/[^"]*)"', source):
            found += 1
            assert re.search(rf"`{method.upper()} (/api)?{re.escape(path)}[`?]", documented), (method, path)
    assert found >= 20


def test_every_dependency_is_listed_with_its_reason() -> None:
    listed = set(
        re.findall(r"^\| ([A-Za-z0-9_-]+) \| [^|?]+ \| [^|?]+ \|$", text("docs/dependencies.md"), re.MULTILINE)
    )
    needed = tomllib.loads(text("pyproject.toml"))["project"]["dependencies"]
    assert {re.match(r"[A-Za-z0-9_-]+", each)[0] for each in needed} <= listed  # type: ignore[index]


def test_the_error_tree_in_the_docstring_is_the_tree() -> None:
    classes = {
        name
        for name, each in vars(errors).items()
        if isinstance(each, type) and issubclass(each, errors.PodcasterError)
    }
    assert set(re.findall(r"[├└]── (\w+)", errors.__doc__ or "")) | {"PodcasterError"} == classes
    codes = [getattr(errors, name).code for name in classes]
    assert len(codes) == len(set(codes))


def test_the_core_imports_the_standard_library_and_a_short_list() -> None:
    import ast
    import sys

    for name in CORE:
        files = (
            (REPOSITORY / "podcaster" / name).rglob("*.py")
            if (REPOSITORY / "podcaster" / name).is_dir()
            else [REPOSITORY / "podcaster" / f"{name}.py"]
        )
        for file in files:
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                modules = [each.name for each in node.names] if isinstance(node, ast.Import) else []
                modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                foreign = {module.partition(".")[0] for module in modules} - set(sys.stdlib_module_names)
                assert foreign <= PURE, (file, foreign - PURE)


@pytest.mark.parametrize(
    ("package", "floor"), [("starlette", (1, 5, 1)), ("lxml", (6, 1, 0)), ("urllib3", (2, 7, 0)), ("brotli", (1, 2, 0))]
)
def test_no_part_is_older_than_its_last_known_hole(package: str, floor: tuple[int, ...]) -> None:
    assert tuple(int(part) for part in re.findall(r"\d+", version(package))[:3]) >= floor


def test_nothing_parses_multipart_forms() -> None:
    assert not any("multipart" in each for each in tomllib.loads(text("pyproject.toml"))["project"]["dependencies"])
    assert isinstance(app, typer.Typer)


def test_no_lock_file_names_where_something_was_downloaded() -> None:
    assert "://" not in text("constraints.txt")


def names_in(file: Path) -> set[str]:
    return set(re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_rule_of_the_feeds_is_held_by_a_test_that_exists() -> None:
    rows = [row for row in text("docs/conformance.md").splitlines() if row.startswith("| ")][2:]
    named = [re.search(r"\| `(tests/[\w/]+\.py)::(test_\w+)` \|$", row) for row in rows]
    assert len(rows) > 25
    for row, found in zip(rows, named, strict=True):
        assert found, row
        assert found[2] in names_in(REPOSITORY / found[1]), row
    rules = {found[2] for found in named if found and found[1] == "tests/feed/test_rules.py"}
    assert rules == names_in(REPOSITORY / "tests/feed/test_rules.py")


def test_every_fault_is_made_by_a_test_that_exists() -> None:
    faults = text("docs/faults.md").partition("\n## ")[0]
    rows = [row for row in faults.splitlines() if row.startswith("| ")][2:]
    assert len(rows) > 10
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`", row)
        assert named, row
        for file, test in named:
            assert not test or test in names_in(REPOSITORY / file), row


def test_tests_mirror_the_packages() -> None:
    beside = {"api", "benchmarks", "contracts", "docs", "faults", "golden", "schemas", "support"}
    folders = {file.parent.relative_to(TESTS) for file in TESTS.rglob("test_*.py")}
    mirrored = [folder for folder in folders if folder.parts and folder.parts[0] not in beside]
    assert len(mirrored) > 20
    assert [folder for folder in mirrored if not (REPOSITORY / "podcaster" / folder).is_dir()] == []


def test_no_test_module_imports_another() -> None:
    for file in TESTS.rglob("*.py"):
        assert not re.search(r"^\s*(?:from|import) (?:\w+\.)*test_", file.read_text(encoding="utf-8"), re.MULTILINE), (
            file
        )
