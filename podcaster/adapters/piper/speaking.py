"""The program of a speaking process: it has loaded one Piper voice, and can be ended when it does not answer.

Neural engines can hang, or take the process that they are in with them. It is started as a file of its own and knows
nothing of podcaster. First it says how the voice loaded; then each message on standard input is a JSON object with what to
say, and each answer on standard output the samples (16-bit, native order). Every message and answer has its length in front
(32-bit, native order), an answer also `+`, or `-` and then what went wrong in its place. The input's end is its end.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from typing import IO, Any

import numpy as np
from onnxruntime.capi import onnxruntime_pybind11_state as onnx_states
from piper import PiperVoice, SynthesisConfig

LENGTH = struct.Struct("=I")
ANSWER = struct.Struct("=cI")


def model_errors() -> tuple[type[Exception], ...]:
    """What a wrong file brings about; each of onnxruntime's states is a class of its own, below Exception alone."""
    found = (each for each in vars(onnx_states).values() if isinstance(each, type) and issubclass(each, Exception))
    return (OSError, RuntimeError, ValueError, LookupError, TypeError, *found)


def spoken(voice: Any, wanted: dict[str, Any]) -> bytes:  # noqa: ANN401 # piper is optional, and so are its types
    """The samples of a text; `pace` stretches the voice's own."""
    config = SynthesisConfig(
        speaker_id=wanted["speaker_id"],
        length_scale=voice.config.length_scale * wanted["pace"],
        noise_scale=wanted["noise_scale"],
        noise_w_scale=wanted["noise_w_scale"],
    )
    pieces = [np.asarray(chunk.audio_int16_array).reshape(-1) for chunk in voice.synthesize(wanted["text"], config)]
    return np.concatenate(pieces).astype(np.int16).tobytes() if pieces else b""


def main() -> None:
    """Load, then serve until the input ends."""
    # Whatever libraries print must not stand between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    requests: IO[bytes] = sys.stdin.buffer
    errors = model_errors()
    try:
        voice = PiperVoice.load(sys.argv[1])
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
