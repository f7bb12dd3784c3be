"""HTTP connections are uvicorn's business: podcaster configures it through its public names and touches nothing inside."""

import ast
from collections.abc import Iterator
from pathlib import Path

import podcaster

SOURCE = Path(podcaster.__file__).parent
PUBLIC = frozenset({"Config", "Server"})
SOCKET_OF_A_TRANSPORT = frozenset({"get_extra_info", "transport", "_sock", "pause_writing", "resume_writing"})


def _trees(*words: str, folder: Path = SOURCE) -> Iterator[tuple[Path, ast.Module]]:
    """Modules that mention any of these words."""
    for file in sorted(folder.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if any(word in text for word in words):
            yield file.relative_to(SOURCE), ast.parse(text)


def _uvicorn_names(tree: ast.Module) -> Iterator[str]:
    """A module's uses of uvicorn: imports of its modules and attributes of the package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "uvicorn":
            yield from (f"{node.module}.{each.name}".removeprefix("uvicorn.") for each in node.names)
        elif isinstance(node, ast.Import):
            yield from (each.name.partition(".")[2] for each in node.names if each.name.startswith("uvicorn."))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "uvicorn":
            yield node.attr


def test_only_the_public_names_of_uvicorn_are_used() -> None:
    used = {(str(file), name) for file, tree in _trees("uvicorn") for name in _uvicorn_names(tree)}
    assert used, "the service runs on uvicorn"
    assert {name for _, name in used} <= PUBLIC, used


def test_no_class_of_uvicorns_is_subclassed() -> None:
    bases = [
        (str(file), node.name, ast.unparse(base))
        for file, tree in _trees("uvicorn", "asyncio")
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for base in node.bases
    ]
    # Names imported from uvicorn's modules are refused above, so that a base can be reached through the package alone.
    assert [each for each in bases if each[2].startswith("uvicorn")] == []
    assert [each for each in bases if each[2].endswith(("Protocol", "Transport")) and "asyncio" in each[2]] == []


def test_the_web_service_touches_no_transport_and_no_private_name_of_its_server() -> None:
    touched = [
        (str(file), node.attr)
        for file, tree in _trees(*SOCKET_OF_A_TRANSPORT, folder=SOURCE / "web")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in SOCKET_OF_A_TRANSPORT
    ]
    assert touched == []
