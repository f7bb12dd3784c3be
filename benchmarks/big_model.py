"""An Argos package of true size whose weights are chance: 6+6 layers, 512 wide, 8 heads, 32,000 pieces, int8.

Translations are noise, but they cost what real ones cost: the position makes the end of a sentence ever likelier, so that
they end after about as many pieces as English sentences have.
"""

import json
from pathlib import Path

import ctranslate2
import numpy as np
import sentencepiece

LAYERS, WIDTH, HEADS, INNER, PIECES = 6, 512, 8, 2048, 32_000
SPELLED = 1_200
LONGEST = 256
ENDS_AT = 27
SMALL = 0.02


def make(folder: Path, text: list[str], source: str, target: str, *, seed: int = 1) -> Path:
    """Write a package below `folder`; `text` is what its tokenizer is trained on."""
    place = folder / f"translate-{source}_{target}-1_0"
    place.mkdir(parents=True)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(text * 20), model_prefix=str(place / "sentencepiece"), vocab_size=SPELLED,
        hard_vocab_limit=False, normalization_rule_name="identity", character_coverage=1.0, minloglevel=2,
    )  # fmt: skip
    (place / "sentencepiece.vocab").unlink()
    speller = sentencepiece.SentencePieceProcessor(model_file=str(place / "sentencepiece.model"))
    spelled = [speller.id_to_piece(each) for each in range(speller.get_piece_size())]
    pieces = [*spelled, *(f"\u2581w{place:05}" for place in range(PIECES - len(spelled)))]
    metadata = {
        "from_code": source,
        "to_code": target,
        "package_version": "1.0",
        "type": "translate",
        "argos_version": "1.9",
    }
    (place / "metadata.json").write_text(json.dumps(metadata))
    _model(pieces, place / "model", np.random.default_rng(seed))
    return place


def _model(pieces: list[str], folder: Path, chance: np.random.Generator) -> None:
    spec = ctranslate2.specs.TransformerSpec.from_config(num_layers=(LAYERS, LAYERS), num_heads=HEADS)
    end = pieces.index("</s>")
    way = _unit(chance.standard_normal(WIDTH))
    for side in (spec.encoder, spec.decoder):
        words = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        rows = _random(chance, PIECES, WIDTH) * WIDTH**-0.5
        words.weight = (rows - np.outer(rows @ way, way)).astype(np.float32)
        side.position_encodings.encodings = np.outer(np.arange(LONGEST), way).astype(np.float32)
        for layer in side.layer:
            crossed = [layer.attention] if side is spec.decoder else []
            for attention in (layer.self_attention, *crossed):
                shapes = [(2 * WIDTH, WIDTH)] if attention in crossed else []
                first = (WIDTH, WIDTH) if shapes else (3 * WIDTH, WIDTH)
                for linear, shape in zip(attention.linear, [first, *shapes, (WIDTH, WIDTH)], strict=True):
                    _fill(linear, _random(chance, *shape) * SMALL)
                _norm(attention.layer_norm)
            _fill(layer.ffn.linear_0, _random(chance, INNER, WIDTH) * SMALL)
            _fill(layer.ffn.linear_1, _random(chance, WIDTH, INNER) * SMALL)
            _norm(layer.ffn.layer_norm)
        _norm(side.layer_norm)
    last = _random(chance, PIECES, WIDTH) * WIDTH**-0.5
    last -= np.outer(last @ way, way)
    last[end] = way
    _fill(spec.decoder.projection, last)
    reach = WIDTH**0.5
    highest = np.sqrt(2 * np.log(PIECES))
    spec.decoder.projection.bias[end] = highest - reach * ENDS_AT / np.hypot(reach, ENDS_AT)
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir()
    spec.save(str(folder))


def _fill(linear: object, weight: np.ndarray) -> None:
    linear.weight = weight.astype(np.float32)  # type: ignore[attr-defined]
    linear.bias = np.zeros(weight.shape[0], np.float32)  # type: ignore[attr-defined]


def _norm(norm: object) -> None:
    norm.gamma, norm.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)  # type: ignore[attr-defined]


def _random(chance: np.random.Generator, *shape: int) -> np.ndarray:
    return chance.standard_normal(shape, np.float32)


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)
