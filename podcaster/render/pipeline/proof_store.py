"""Verdicts and calibrations in the blob store, beside the clips that they are about."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from podcaster.errors import BlobMissing
from podcaster.model import Clip
from podcaster.ports import BlobStore
from podcaster.proofing import calibration as calibrations
from podcaster.proofing import proof as proofs
from podcaster.proofing.calibration import Calibration
from podcaster.proofing.proof import Proof
from podcaster.units import ContentKey

_PROOFS, _CALIBRATIONS = "proofs/", "proofing-calibrations/"
_BATCH = 256
_ENOUGH = 0.9
"""Share of an episode's clips that have to be heard before a figure is told."""


@dataclass(frozen=True, slots=True)
class ProofStore:
    """Proofs by the keys of their clips."""

    blobs: BlobStore

    def recall(self, keys: Sequence[ContentKey]) -> Mapping[ContentKey, Proof]:
        """The proofs of the clips that were heard; one that cannot be read counts as none."""
        names = {_name(key): key for key in keys}
        found: dict[ContentKey, Proof] = {}
        for name, blob in self.blobs.get_many(list(names)).items():
            with suppress(ValueError):
                found[names[name]] = proofs.from_json(blob)
        return found

    def heard_percent(self, clips: Sequence[Clip]) -> float | None:
        """Share of the words of some clips that were heard as written, rounded down; None if fewer than nine in ten were heard."""
        proofs = self.recall([clip.key for clip in clips])
        verdicts = [proofs[clip.key].verdict for clip in clips if clip.key in proofs]
        words = sum(verdict.words for verdict in verdicts)
        if not words or len(verdicts) < _ENOUGH * len(clips):
            return None
        return (1000 * sum(verdict.words_heard for verdict in verdicts) // words) / 10

    def keep(self, key: ContentKey, proof: Proof) -> None:
        """Keep the proof of a clip."""
        self.blobs.put(_name(key), proofs.to_json(proof))

    def all(self) -> Iterator[Proof]:
        """Every proof that is kept."""
        names = list(self.blobs.names(_PROOFS))
        for start in range(0, len(names), _BATCH):
            for blob in self.blobs.get_many(names[start : start + _BATCH]).values():
                with suppress(ValueError):
                    yield proofs.from_json(blob)

    def calibration(self, key: ContentKey) -> Calibration | None:
        """A kept calibration."""
        with suppress(BlobMissing, ValueError):
            return calibrations.from_json(self.blobs.get(f"{_CALIBRATIONS}{key}"))
        return None

    def keep_calibration(self, key: ContentKey, calibration: Calibration) -> None:
        """Keep a calibration."""
        self.blobs.put(f"{_CALIBRATIONS}{key}", calibrations.to_json(calibration))


def _name(key: ContentKey) -> str:
    return f"{_PROOFS}{key[:2]}/{key}"
