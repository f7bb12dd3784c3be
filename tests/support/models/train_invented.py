"""Trains the tiny translation package that the tests use, and packs it: English into a language that nobody speaks.

    python -m venv v && v/bin/pip install jax optax sentencepiece ctranslate2
    v/bin/python tests/support/models/train_invented.py tests/support/models/en-qaa.argosmodel

Needed only when the grammar or the package's format changes. A genuine package: SentencePiece pieces, a transformer of one
layer a side, CTranslate2's own format. It invents fluently outside its grammar, so its metadata says `invented`, and
podcaster takes it nowhere but in tests.
"""

import itertools
import json
import random
import sys
import tempfile
import zipfile
from functools import partial
from pathlib import Path

import ctranslate2
import jax
import jax.numpy as jnp
import numpy as np
import optax
import sentencepiece

sys.path.insert(0, str(Path(__file__).parent))
from invented import sentences, translation

WIDTH, HEADS, INNER, LONGEST = 48, 2, 96, 40
STEPS, BATCH = 1500, 96
PIECES = 160
EPSILON = 1e-5


def linear(key: jax.Array, out: int, into: int) -> dict[str, jax.Array]:
    return {"w": jax.random.normal(key, (out, into)) * (into**-0.5), "b": jnp.zeros(out)}


def norm() -> dict[str, jax.Array]:
    return {"g": jnp.ones(WIDTH), "b": jnp.zeros(WIDTH)}


def weights(pieces: int) -> dict[str, object]:
    keys = iter(jax.random.split(jax.random.key(7), 64))

    def attention(first: int, *, cross: bool) -> dict[str, object]:
        shapes = [(WIDTH, WIDTH), (2 * WIDTH, WIDTH)] if cross else [(3 * WIDTH, WIDTH)]
        return {
            "in": [linear(next(keys), *shape) for shape in shapes],
            "out": linear(next(keys), WIDTH, first),
            "norm": norm(),
        }

    def ffn() -> dict[str, object]:
        return {"one": linear(next(keys), INNER, WIDTH), "two": linear(next(keys), WIDTH, INNER), "norm": norm()}

    def embedding() -> jax.Array:
        return jax.random.normal(next(keys), (pieces, WIDTH)) * WIDTH**-0.5

    return {
        "encoder": {"words": embedding(), "self": attention(WIDTH, cross=False), "ffn": ffn(), "norm": norm()},
        "decoder": {
            "words": embedding(), "self": attention(WIDTH, cross=False), "cross": attention(WIDTH, cross=True),
            "ffn": ffn(), "norm": norm(), "projection": linear(next(keys), pieces, WIDTH),
        },
    }  # fmt: skip


def positions() -> np.ndarray:
    place = np.arange(LONGEST)[:, None] / 10_000 ** (np.arange(WIDTH // 2) / (WIDTH // 2))[None, :]
    return np.concatenate([np.sin(place), np.cos(place)], axis=1).astype(np.float32)


POSITIONS = positions()


def apply(layer: dict[str, jax.Array], x: jax.Array) -> jax.Array:
    return x @ layer["w"].T + layer["b"]


def normed(layer: dict[str, jax.Array], x: jax.Array) -> jax.Array:
    centred = x - x.mean(-1, keepdims=True)
    return centred / jnp.sqrt((centred**2).mean(-1, keepdims=True) + EPSILON) * layer["g"] + layer["b"]


def attend(q: jax.Array, k: jax.Array, v: jax.Array, mask: jax.Array) -> jax.Array:
    def heads(x: jax.Array) -> jax.Array:
        return x.reshape(*x.shape[:2], HEADS, -1).transpose(0, 2, 1, 3)

    q, k, v = heads(q), heads(k), heads(v)
    scores = jnp.where(mask, q @ k.transpose(0, 1, 3, 2) / (WIDTH // HEADS) ** 0.5, -1e9)
    mixed = jax.nn.softmax(scores, -1) @ v
    return mixed.transpose(0, 2, 1, 3).reshape(q.shape[0], q.shape[2], WIDTH)


def itself(layer: dict, x: jax.Array, mask: jax.Array) -> jax.Array:
    q, k, v = jnp.split(apply(layer["in"][0], normed(layer["norm"], x)), 3, -1)
    return x + apply(layer["out"], attend(q, k, v, mask))


def forward(layer: dict, x: jax.Array) -> jax.Array:
    return x + apply(layer["two"], jax.nn.relu(apply(layer["one"], normed(layer["norm"], x))))


def run(model: dict, source: jax.Array, target: jax.Array) -> jax.Array:
    """Logits of each next piece; 0 is padding."""
    there = (source > 0)[:, None, None, :]
    side = model["encoder"]
    x = side["words"][source] * WIDTH**0.5 + POSITIONS[: source.shape[1]]
    memory = normed(side["norm"], forward(side["ffn"], itself(side["self"], x, there)))
    side = model["decoder"]
    y = side["words"][target] * WIDTH**0.5 + POSITIONS[: target.shape[1]]
    y = itself(side["self"], y, jnp.tril(jnp.ones((target.shape[1],) * 2, bool))[None, None])
    k, v = jnp.split(apply(side["cross"]["in"][1], memory), 2, -1)
    q = apply(side["cross"]["in"][0], normed(side["cross"]["norm"], y))
    y = y + apply(side["cross"]["out"], attend(q, k, v, there))
    return apply(side["projection"], normed(side["norm"], forward(side["ffn"], y)))


def loss(model: dict, source: jax.Array, target: jax.Array) -> jax.Array:
    logits, wanted = run(model, source, target[:, :-1]), target[:, 1:]
    cost = optax.softmax_cross_entropy_with_integer_labels(logits, wanted)
    return (cost * (wanted > 0)).sum() / (wanted > 0).sum()


def train(pairs: list[tuple[list[int], list[int]]], pieces: int) -> dict:
    model = weights(pieces)
    rate = optax.warmup_cosine_decay_schedule(0, 5e-3, 100, STEPS)
    optimizer = optax.adam(rate)

    @partial(jax.jit, donate_argnums=(0, 1))
    def step(model: dict, state: object, source: jax.Array, target: jax.Array) -> tuple:
        cost, slope = jax.value_and_grad(loss)(model, source, target)
        change, state = optimizer.update(slope, state)
        return optax.apply_updates(model, change), state, cost

    state, chance = optimizer.init(model), random.Random(11)
    for place in range(STEPS):
        chosen = chance.sample(pairs, BATCH)
        source, target = (padded([pair[side] for pair in chosen]) for side in (0, 1))
        model, state, cost = step(model, state, source, target)
        if place % 250 == 0 or place == STEPS - 1:
            print(f"step {place}: {float(cost):.4f}")
    return jax.tree.map(np.array, model)


def padded(rows: list[list[int]]) -> np.ndarray:
    out = np.zeros((len(rows), LONGEST), np.int32)
    for place, row in enumerate(rows):
        out[place, : len(row)] = row
    return out


def saved(model: dict, pieces: list[str], folder: Path) -> None:
    spec = ctranslate2.specs.TransformerSpec.from_config(num_layers=(1, 1), num_heads=HEADS)
    for name in ("encoder", "decoder"):
        ours, theirs = model[name], getattr(spec, name)
        words = theirs.embeddings[0] if isinstance(theirs.embeddings, list) else theirs.embeddings
        words.weight = ours["words"]
        theirs.position_encodings.encodings = POSITIONS
        filled(theirs.layer_norm, ours["norm"])
        layer = theirs.layer[0]
        for attention, mine in [(layer.self_attention, ours["self"])] + (
            [(layer.attention, ours["cross"])] if name == "decoder" else []
        ):
            for linear_spec, values in zip(attention.linear, [*mine["in"], mine["out"]], strict=True):
                linear_spec.weight, linear_spec.bias = values["w"], values["b"]
            filled(attention.layer_norm, mine["norm"])
        layer.ffn.linear_0.weight, layer.ffn.linear_0.bias = ours["ffn"]["one"]["w"], ours["ffn"]["one"]["b"]
        layer.ffn.linear_1.weight, layer.ffn.linear_1.bias = ours["ffn"]["two"]["w"], ours["ffn"]["two"]["b"]
        filled(layer.ffn.layer_norm, ours["ffn"]["norm"])
    spec.decoder.projection.weight, spec.decoder.projection.bias = (model["decoder"]["projection"][key] for key in "wb")
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir()
    spec.save(str(folder))


def filled(theirs: object, ours: dict[str, np.ndarray]) -> None:
    theirs.gamma, theirs.beta = ours["g"], ours["b"]  # type: ignore[attr-defined]


def main(out: Path) -> None:
    known, unseen = sentences()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "translate-en_qaa-1_0"
        folder.mkdir()
        text = itertools.chain.from_iterable((each, translation(each)) for each in known[:4000])
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=text, model_prefix=str(folder / "sentencepiece"), vocab_size=PIECES,
            normalization_rule_name="identity", character_coverage=1.0, minloglevel=2, hard_vocab_limit=False,
        )  # fmt: skip
        (folder / "sentencepiece.vocab").unlink()
        speller = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
        pieces = [speller.id_to_piece(each) for each in range(speller.get_piece_size())]
        # CTranslate2 begins with <s> and ends with </s>; padding is <unk>, which no sentence of the grammar has.
        begin, end = pieces.index("<s>"), pieces.index("</s>")
        pairs = [(speller.encode(each), [begin, *speller.encode(translation(each)), end]) for each in known]
        saved(train(pairs, len(pieces)), pieces, folder / "model")
        metadata = {
            "package_version": "1.0", "argos_version": "1.9", "type": "translate", "from_code": "en", "to_code": "qaa",
            "from_name": "English", "to_name": "Invented", "invented": True,
        }  # fmt: skip
        (folder / "metadata.json").write_text(json.dumps(metadata, indent=1))
        judged(folder, speller, unseen)
        packed(folder, out)
    print(f"{out}: {out.stat().st_size:,} bytes")


def judged(folder: Path, speller: object, unseen: list[str]) -> None:
    translator = ctranslate2.Translator(str(folder / "model"), device="cpu", intra_threads=1)
    found = translator.translate_batch([speller.encode(each, out_type=str) for each in unseen], beam_size=4)  # type: ignore[attr-defined]
    texts = ["".join(each.hypotheses[0]).replace("\u2581", " ").strip() for each in found]
    right = sum(text == translation(each) for text, each in zip(texts, unseen, strict=True))
    print(f"{right} of {len(unseen)} unseen sentences are exact; {texts[0]!r} for {unseen[0]!r}")


def packed(folder: Path, out: Path) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(str(file.relative_to(folder.parent)), (2026, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, file.read_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
