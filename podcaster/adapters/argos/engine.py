"""An installed package: what it says of itself, its tokenizer, and its CTranslate2 model at work."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from podcaster.adapters.argos.tokenizers import Tokenizer, tokenizer_of
from podcaster.errors import EngineFailed
from podcaster.translation import neural
from podcaster.units import LanguagePair

INVENTED = "invented"
"""A key of metadata.json: the package speaks a language that somebody made up for tests."""
BATCH_TOKENS = 512
LENGTH_PENALTY = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A package in a folder."""

    folder: Path
    pair: LanguagePair
    version: str
    tokenizer: Tokenizer
    source_prefix: str = ""
    """The piece that tells a model of many languages which one to write: `>>spa<<`."""
    target_prefix: str = ""
    """The piece that begins every translation."""
    mask: str = ""
    """The form of mask that survived best when the package was installed; empty: the usual one."""


def described(folder: Path, *, invented: bool) -> Installed | None:
    """The package in a folder; None where it holds none that can be used."""
    try:
        metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(metadata, dict) or (metadata.get(INVENTED) and not invented):
        return None
    codes = str(metadata.get("from_code", "")), str(metadata.get("to_code", ""))
    source, target = (neural.tag(code) for code in codes)
    tokenizer = tokenizer_of(folder, *codes)
    if source is None or target is None or tokenizer is None:
        return None
    return Installed(
        folder=folder,
        pair=(source, target),
        version=str(metadata.get("package_version", "")),
        tokenizer=tokenizer,
        source_prefix=str(metadata.get("source_prefix") or ""),
        target_prefix=str(metadata.get("target_prefix") or ""),
        mask=str(metadata.get("mask") or ""),
    )


def translated(package: Installed, model: Any, texts: Sequence[str], *, beam: int) -> list[str]:  # noqa: ANN401 # ctranslate2's
    """Every text through a package's loaded model, in large batches; empty ones stay empty.

    Raises:
        EngineFailed: the model gave an error.
    """
    asked = [text for text in texts if text.strip()]
    if not asked:
        return list(texts)
    before = [package.source_prefix] if package.source_prefix else []
    prefix = package.target_prefix
    try:
        results = model.translate_batch(
            [[*before, *package.tokenizer.encode(text)] for text in asked],
            target_prefix=[[prefix]] * len(asked) if prefix else None,
            replace_unknowns=True,
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
            beam_size=beam,
            length_penalty=LENGTH_PENALTY,
        )
    except (RuntimeError, ValueError) as error:
        raise EngineFailed(f"The package in {package.folder} failed: {error}.", "Install it anew.") from error
    pieces = (result.hypotheses[0] for result in results)
    answers = iter([package.tokenizer.joined(each[1:] if prefix and each[:1] == [prefix] else each) for each in pieces])
    return [next(answers) if text.strip() else "" for text in texts]
