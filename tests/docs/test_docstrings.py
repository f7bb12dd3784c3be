"""Docstrings name their subject: none opens with a question word."""

import ast
from collections.abc import Iterator
from pathlib import Path

from support.paths import PACKAGE

QUESTIONS = {"What", "Who", "Whose", "Of", "Where", "How", "Why", "Which"}


def docstrings(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


def test_docstrings_open_with_their_subject() -> None:
    opening = {
        f"{module.relative_to(PACKAGE)}: {text.splitlines()[0]}"
        for module in PACKAGE.rglob("*.py")
        for text in docstrings(module)
        if text.split(maxsplit=1)[:1] and text.split(maxsplit=1)[0] in QUESTIONS
    }
    assert not opening
