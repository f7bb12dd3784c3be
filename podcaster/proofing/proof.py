"""A clip's verdict as it is kept with the clip."""

import json
from dataclasses import dataclass

from podcaster.proofing import verdict as verdicts
from podcaster.proofing.verdict import Verdict
from podcaster.units import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The proof of a clip: recognizer, calibration and verdict."""

    language: LanguageTag
    voice: str
    """Its name in the catalogue."""
    recognizer: str
    """Its version."""
    attempts: int
    """Takes of the line until one was kept."""
    verdict: Verdict


def to_json(proof: Proof) -> bytes:
    """As it is kept."""
    record = {
        "language": proof.language,
        "voice": proof.voice,
        "recognizer": proof.recognizer,
        "attempts": proof.attempts,
        "verdict": json.loads(verdicts.to_json(proof.verdict)),
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def from_json(kept: bytes) -> Proof:
    """A kept proof.

    Raises:
        ValueError: it is none.
    """
    try:
        record = json.loads(kept)
        return Proof(**record | {"verdict": verdicts.from_json(json.dumps(record["verdict"]).encode())})
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no proof") from error
