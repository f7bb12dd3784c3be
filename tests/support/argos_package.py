"""A genuine Argos package, as small as one can be: real files, real loading, weights that mean nothing."""

import json
from pathlib import Path

import ctranslate2
import numpy as np
import sentencepiece

CORPUS = [
    "The port is open and the ships are waiting.", "El puerto está abierto y los barcos esperan.",
    "Prices rose in the north.", "Los precios subieron en el norte.", "Nobody asked why the queue grows.",
]  # fmt: skip
PIECES = 110


def make_package(folder: Path, source: str, target: str, seed: int = 1) -> Path:
    """A package from one language into another, installed below `folder`."""
    place = folder / f"translate-{source}_{target}-1_0"
    (place / "model").mkdir(parents=True)
    model = place / "sentencepiece"
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(CORPUS * 20), model_prefix=str(model), vocab_size=PIECES, character_coverage=1.0,
        normalization_rule_name="identity", minloglevel=2, hard_vocab_limit=False,
    )  # fmt: skip
    processor = sentencepiece.SentencePieceProcessor(model_file=f"{model}.model")
    tokens = [processor.id_to_piece(each) for each in range(processor.get_piece_size())]
    (place / "sentencepiece.vocab").unlink()
    metadata = {
        "from_code": source,
        "to_code": target,
        "package_version": "1.0",
        "type": "translate",
        "argos_version": "1.9",
    }
    (place / "metadata.json").write_text(json.dumps(metadata))
    spec = ctranslate2.specs.TransformerSpec.from_config(num_layers=(1, 1), num_heads=2)
    _fill(spec, np.random.default_rng(seed), len(tokens))
    for vocabulary in (spec.register_source_vocabulary, spec.register_target_vocabulary):
        vocabulary(tokens)
    spec.validate()
    spec.optimize(quantization=None)
    spec.save(str(place / "model"))
    return place


def _fill(spec: object, chance: np.random.Generator, tokens: int, width: int = 16) -> None:
    """Random weights of the right shapes."""
    for side in (spec.encoder, spec.decoder):  # type: ignore[attr-defined]
        embeddings = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        embeddings.weight = _random(chance, tokens, width)
        for layer in side.layer:
            for attention in filter(None, (getattr(layer, "self_attention", None), getattr(layer, "attention", None))):
                own = attention is layer.self_attention
                shapes = (
                    [(3 * width, width), (width, width)]
                    if own
                    else [(width, width), (2 * width, width), (width, width)]
                )
                for linear, shape in zip(attention.linear, shapes, strict=True):
                    linear.weight, linear.bias = _random(chance, *shape), np.zeros(shape[0], np.float32)
                _norm(attention.layer_norm, width)
            for linear, shape in ((layer.ffn.linear_0, (2 * width, width)), (layer.ffn.linear_1, (width, 2 * width))):
                linear.weight, linear.bias = _random(chance, *shape), np.zeros(shape[0], np.float32)
            _norm(layer.ffn.layer_norm, width)
        if getattr(side, "layer_norm", None) is not None:
            _norm(side.layer_norm, width)
    spec.decoder.projection.weight = _random(chance, tokens, width)  # type: ignore[attr-defined]
    spec.decoder.projection.bias = np.zeros(tokens, np.float32)  # type: ignore[attr-defined]


def _norm(norm: object, width: int) -> None:
    norm.gamma, norm.beta = np.ones(width, np.float32), np.zeros(width, np.float32)  # type: ignore[attr-defined]


def _random(chance: np.random.Generator, *shape: int) -> np.ndarray:
    return chance.standard_normal(shape).astype(np.float32) * 0.3
