"""A Piper voice of a few kilobytes, made on the spot: it hums a tone for each phoneme, so that Piper's own code runs."""

import json
from pathlib import Path

import onnx
from onnx import TensorProto, helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

RATE = 22_050
_SAMPLES_AN_ID = 700
_IDS = 256


def write_voice(folder: Path, name: str, *, speakers: int = 1, loudness: float = 0.4) -> Path:
    """`NAME.onnx` and `NAME.onnx.json`; each further speaker is an octave higher."""
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / f"{name}.onnx"
    onnx.save(_model(speakers, loudness), str(model))
    described = {
        "audio": {"sample_rate": RATE, "quality": "test"},
        "espeak": {"voice": "en-us"},
        "phoneme_type": "espeak",
        "inference": {"noise_scale": 0.0, "length_scale": 1.0, "noise_w": 0.0},
        "phoneme_id_map": {sign: list(ids) for sign, ids in DEFAULT_PHONEME_ID_MAP.items()},
        "num_symbols": _IDS,
        "num_speakers": speakers,
        "speaker_id_map": {"low": 0, "high": 1} if speakers > 1 else {},
    }
    model.with_name(f"{name}.onnx.json").write_text(json.dumps(described))
    return model


def _model(speakers: int, loudness: float) -> onnx.ModelProto:
    """Gather a step for each id, hold it for a while, add the steps up to a phase, take its sine."""
    steps = [0.04 + 0.0004 * each for each in range(_IDS)]
    constants = [
        helper.make_tensor("steps", TensorProto.FLOAT, [_IDS], steps),
        helper.make_tensor("loudness", TensorProto.FLOAT, [], [loudness]),
        helper.make_tensor("hold", TensorProto.FLOAT, [1], [float(_SAMPLES_AN_ID)]),
        helper.make_tensor("one", TensorProto.INT64, [1], [1]),
        helper.make_tensor("last", TensorProto.INT64, [1], [2]),
        helper.make_tensor("zeroth", TensorProto.INT64, [1], [0]),
        helper.make_tensor("shape", TensorProto.INT64, [4], [1, 1, 1, -1]),
        helper.make_tensor("axis", TensorProto.INT64, [], [3]),
    ]
    nodes = [
        helper.make_node("Gather", ["steps", "input"], ["low"]),
        *_pitched(speakers),
        helper.make_node("Gather", ["scales", "one"], ["pace"]),
        helper.make_node("Mul", ["hold", "pace"], ["held"]),
        helper.make_node("Cast", ["held"], ["samples"], to=TensorProto.INT64),
        helper.make_node("Concat", ["one", "one", "samples"], ["wide"], axis=0),
        helper.make_node("Unsqueeze", ["pitched", "last"], ["column"]),
        helper.make_node("Expand", ["column", "wide"], ["spread"]),
        helper.make_node("Reshape", ["spread", "shape"], ["flat"]),
        helper.make_node("CumSum", ["flat", "axis"], ["phase"]),
        helper.make_node("Sin", ["phase"], ["sine"]),
        helper.make_node("Gather", ["scales", "zeroth"], ["noise"]),
        helper.make_node("RandomNormalLike", ["sine"], ["random"]),
        helper.make_node("Mul", ["random", "noise"], ["hiss"]),
        helper.make_node("Add", ["sine", "hiss"], ["voice"]),
        helper.make_node("Mul", ["voice", "loudness"], ["output"]),
    ]
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, ["b", "t"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, ["b"]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    if speakers > 1:
        inputs.append(helper.make_tensor_value_info("sid", TensorProto.INT64, [1]))
    output = helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, "n"])
    graph = helper.make_graph(nodes, "hum", inputs, [output], constants)
    return helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 15)])


def _pitched(speakers: int) -> list[onnx.NodeProto]:
    if speakers == 1:
        return [helper.make_node("Identity", ["low"], ["pitched"])]
    return [
        helper.make_node("Add", ["sid", "one"], ["octave"]),
        helper.make_node("Cast", ["octave"], ["factor"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["low", "factor"], ["pitched"]),
    ]
