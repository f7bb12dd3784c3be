"""Kokoro's 8-bit graph with 32-bit weights again: faster where a processor's 8-bit arithmetic is slow. Needs `onnx`."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

_INTEGER_OPERATIONS = {"ConvInteger": "Conv", "MatMulInteger": "MatMul"}
_LSTM_WEIGHTS = ((1, 8, 9), (2, 10, 11))
"""Inputs of `DynamicQuantizeLSTM` by number: weights, scales and zero points, of inputs and of states."""
_LSTM_OTHERS = slice(3, 8)


def dequantise(source: Path, target: Path) -> None:
    """Write the graph of `source` with 32-bit weights."""
    import onnx  # noqa: PLC0415 # an installation alone needs it

    model = onnx.load(source)
    _Graph(model.graph).dequantise()
    onnx.save(model, target)


class _Graph:
    """A graph of onnxruntime's dynamic quantisation, rewritten in place."""

    def __init__(self, graph: Any) -> None:  # noqa: ANN401 # messages of Protocol Buffers are made at run time
        self._graph = graph
        self._constants = {each.name: each for each in graph.initializer}
        self._made_by = {output: node for node in graph.node for output in node.output}
        self._used_by = defaultdict(list)
        for node in graph.node:
            for name in node.input:
                self._used_by[name].append(node)
        self._instead: dict[str, Any] = {}
        """The new node by the output that it makes."""
        self._gone: set[str] = set()
        """Outputs of nodes that a new one stands for."""
        self._weights: dict[str, Any] = {}

    def dequantise(self) -> None:
        """Put 32-bit operations in the place of 8-bit ones, and drop what nothing needs any more."""
        for node in self._graph.node:
            if node.op_type in _INTEGER_OPERATIONS and node.input[1] in self._constants:
                self._replace_integer(node)
            elif node.op_type == "DynamicQuantizeLSTM":
                self._replace_lstm(node)
        nodes = [self._instead.get(node.output[0], node) for node in self._graph.node]
        self._keep([node for node in nodes if node.output[0] not in self._gone])

    def _replace_integer(self, node: Any) -> None:  # noqa: ANN401
        """`Conv(x, W, b)` for quantise → ConvInteger → add → cast → scale; the same for MatMul."""
        from onnx import helper  # noqa: PLC0415

        behind = self._next(node)
        inputs = [self._made_by[node.input[0]].input[0]]
        bias = []
        if behind.op_type == "Add":
            bias = [self._bias(behind, node.output[0])]
            self._gone.add(behind.output[0])
            behind = self._next(behind)
        scaled = self._next(behind)
        scales = next(name for name in scaled.input if name != behind.output[0])
        scale = next(name for name in self._made_by[scales].input if name in self._constants)
        zero = node.input[3] if len(node.input) > 3 else ""  # noqa: PLR2004 # the weights' zero point
        weights = self._weight(node.input[1], scale, zero, per_filter=node.op_type == "ConvInteger")
        new = helper.make_node(
            _INTEGER_OPERATIONS[node.op_type], [*inputs, weights, *bias], [scaled.output[0]], name=f"{node.name}_f32"
        )
        if node.op_type == "ConvInteger":
            new.attribute.extend(node.attribute)
        self._gone |= {node.output[0], behind.output[0]}
        self._instead[scaled.output[0]] = new

    def _replace_lstm(self, node: Any) -> None:  # noqa: ANN401
        from onnx import helper  # noqa: PLC0415

        inputs = list(node.input)
        weights = [self._lstm_weight(*(inputs[place] for place in places)) for places in _LSTM_WEIGHTS]
        others = inputs[_LSTM_OTHERS]
        while others and not others[-1]:
            others.pop()
        new = helper.make_node("LSTM", [inputs[0], *weights, *others], list(node.output), name=f"{node.name}_f32")
        new.attribute.extend(node.attribute)
        self._instead[node.output[0]] = new

    def _next(self, node: Any) -> Any:  # noqa: ANN401
        """The only node that takes a node's output."""
        (found,) = self._used_by[node.output[0]]
        return found

    def _bias(self, add: Any, product: str) -> str:  # noqa: ANN401
        """The 32-bit bias behind the one that was brought to the product's scale."""
        name: str = next(each for each in add.input if each != product)
        while name not in self._constants:
            name = self._made_by[name].input[0]
        return name

    def _weight(self, name: str, scale: str, zero: str, *, per_filter: bool) -> str:
        scales, zeros = self._array(scale), self._array(zero) if zero in self._constants else 0
        values = self._array(name)
        if per_filter:
            shape = (-1,) + (1,) * (values.ndim - 1)
            scales = scales.reshape(shape) if scales.size > 1 else scales
            zeros = zeros.reshape(shape) if not isinstance(zeros, int) and zeros.size > 1 else zeros
        return self._add(name, (values - zeros) * scales)

    def _lstm_weight(self, name: str, scale: str, zero: str) -> str:
        values, scales, zeros = (self._array(each) for each in (name, scale, zero))
        if scales.ndim == 1 and scales.size > 1:
            scales, zeros = scales.reshape(-1, 1, 1), zeros.reshape(-1, 1, 1)
        elif scales.ndim == 2:  # noqa: PLR2004 # directions and gates
            scales, zeros = scales[:, None, :], zeros[:, None, :]
        return self._add(name, ((values - zeros) * scales).transpose(0, 2, 1))

    def _array(self, name: str) -> NDArray[np.float32]:
        import numpy as np  # noqa: PLC0415
        from onnx import numpy_helper  # noqa: PLC0415

        return np.asarray(numpy_helper.to_array(self._constants[name]), np.float32)

    def _add(self, name: str, values: NDArray[np.float32]) -> str:
        import numpy as np  # noqa: PLC0415
        from onnx import numpy_helper  # noqa: PLC0415

        self._weights[name] = numpy_helper.from_array(np.ascontiguousarray(values, np.float32), f"{name}_f32")
        return f"{name}_f32"

    def _keep(self, nodes: list[Any]) -> None:
        """The nodes and constants that the outputs need."""
        needed = {output.name for output in self._graph.output}
        kept = []
        for node in reversed(nodes):
            if needed.intersection(node.output):
                kept.append(node)
                needed |= set(node.input)
        constants = [each for each in (*self._graph.initializer, *self._weights.values()) if each.name in needed]
        for field, values in (("node", kept[::-1]), ("initializer", constants), ("value_info", [])):
            self._graph.ClearField(field)
            getattr(self._graph, field).extend(values)
