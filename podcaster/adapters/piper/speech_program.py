"""The program of a speaking process: it has loaded one Piper voice, and can be ended when it does not answer.

Neural engines can hang, or take the process that they are in with them. It is started as a file of its own and knows
nothing of podcaster. First it says how the voice loaded; then each message on standard input is a JSON object with what to
say, and each answer on standard output how many words are told, the first sample and
the phonemes of each (32-bit), and the samples (16-bit). Every
message and answer has its length in front (32-bit), an answer also `+`, or `-` and then what went wrong in its place. All is in native
order. The input's end is its end.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from typing import IO, Any

import numpy as np
from google.protobuf.message import DecodeError
from onnxruntime.capi import onnxruntime_pybind11_state as onnx_states
from piper import PiperVoice, SynthesisConfig

LENGTH = struct.Struct("=I")
WORD = struct.Struct("=II")
ANSWER = struct.Struct("=cI")
EDGES = "^$"
"""Piper's marks before and behind a sentence."""


def model_errors() -> tuple[type[Exception], ...]:
    """Errors of a damaged model; each of onnxruntime's states is a class of its own, below Exception alone."""
    found = (each for each in vars(onnx_states).values() if isinstance(each, type) and issubclass(each, Exception))
    return (DecodeError, OSError, RuntimeError, ValueError, LookupError, TypeError, *found)


def spoken(voice: Any, wanted: dict[str, Any]) -> bytes:  # noqa: ANN401 # piper is optional, and so are its types
    """Word onsets and samples of a text; `pace` stretches the voice's own."""
    config = SynthesisConfig(
        speaker_id=wanted["speaker_id"],
        length_scale=voice.config.length_scale * wanted["pace"],
        noise_scale=wanted["noise_scale"],
        noise_w_scale=wanted["noise_w_scale"],
    )
    pieces: list[Any] = []
    words: list[tuple[int, int]] | None = []
    for chunk in voice.synthesize(wanted["text"], config, include_alignments=True):
        start = sum(map(len, pieces))
        if words is not None and chunk.phoneme_alignments:
            words += [(start + sample, count) for sample, count in onsets(chunk.phoneme_alignments)]
        else:
            words = None
        pieces.append(np.asarray(chunk.audio_int16_array).reshape(-1))
    told = words or []
    sound = np.concatenate(pieces).astype(np.int16).tobytes() if pieces else b""
    return b"".join([LENGTH.pack(len(told)), *(WORD.pack(*word) for word in told), sound])


def onsets(alignments: list[Any]) -> list[tuple[int, int]]:
    """The first sample of each run of phonemes between spaces that holds a letter, and how many phonemes it has."""
    found: list[tuple[int, int]] = []
    sample, inside = 0, False
    for each in alignments:
        if each.phoneme.isspace() or each.phoneme in EDGES:
            inside = False
        elif not inside and each.phoneme[0].isalpha():
            inside = True
            found.append((sample, 1))
        elif inside:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        sample += int(each.num_samples)
    return found


def main() -> None:
    """Load, then serve until the input ends."""
    # Whatever libraries print must not stand between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    requests: IO[bytes] = sys.stdin.buffer
    errors = model_errors()
    try:
        voice = PiperVoice.load(sys.argv[1], include_alignments=True)
    except errors as error:
        reply(answers, b"-", reason(error))
        return
    reply(answers, b"+", LENGTH.pack(voice.config.sample_rate))
    while len(head := requests.read(LENGTH.size)) == LENGTH.size:
        wanted = json.loads(requests.read(LENGTH.unpack(head)[0]))
        try:
            samples = spoken(voice, wanted)
        except errors as error:
            reply(answers, b"-", reason(error))
        else:
            reply(answers, b"+", samples)


def reply(answers: IO[bytes], sign: bytes, content: bytes) -> None:
    """One answer."""
    answers.write(ANSWER.pack(sign, len(content)) + content)
    answers.flush()


def reason(error: Exception) -> bytes:
    """Its first line, or its kind."""
    return (str(error).splitlines() or [type(error).__name__])[0].encode()


if __name__ == "__main__":
    main()
