"""One more output for an ONNX model: values inside its graph that it does not tell by itself."""

_NAME, _GRAPH_OUTPUT, _MODEL_GRAPH = 1, 12, 7
"""Field numbers of ONNX's messages ValueInfoProto, GraphProto and ModelProto."""
_BYTES = 2
"""Wire type of Protocol Buffers for a field with a length in front."""


def with_output(model: bytes, name: str) -> bytes:
    """A model that tells the value of this name, behind its other outputs.

    Protocol Buffers join a message that stands twice, and add up its repeated fields: `graph` is written behind the model once more,
    with one output in it.
    """
    return model + _field(_MODEL_GRAPH, _field(_GRAPH_OUTPUT, _field(_NAME, name.encode())))


def _field(number: int, content: bytes) -> bytes:
    return bytes([number << 3 | _BYTES]) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first; the highest bit says that more follow."""
    low, rest = number & 0x7F, number >> 7
    return bytes([low]) if not rest else bytes([low | 0x80]) + _varint(rest)
