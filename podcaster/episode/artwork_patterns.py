"""A family of generative patterns for covers: each draws itself from a seed, in the colours it is given."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from PIL import ImageDraw


@dataclass(frozen=True, slots=True)
class Box:
    """Part of a picture, in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Its width."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Its height."""
        return self.bottom - self.top


Colours = Sequence[str]
Pattern = Callable[[ImageDraw.ImageDraw, Box, Colours, Random], None]


def rings(draw: ImageDraw.ImageDraw, box: Box, colours: Colours, chance: Random) -> None:
    """Circles around a point near the lower edge."""
    x = box.left + box.width * chance.uniform(0.25, 0.85)
    y = box.bottom - box.height * chance.uniform(0.0, 0.25)
    step = box.width / chance.choice((7, 9, 11))
    count = math.ceil(math.hypot(box.width, box.height) / step)
    for n in range(count, 0, -1):
        radius = n * step
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colours[n % len(colours)])


def hills(draw: ImageDraw.ImageDraw, box: Box, colours: Colours, chance: Random) -> None:
    """Layers of slow waves, as sound looks from far away."""
    layers = chance.choice((4, 5, 6))
    for n in range(layers):
        swing = box.height * chance.uniform(0.05, 0.13)
        length = box.width * chance.uniform(0.35, 0.8)
        shift = chance.uniform(0, math.tau)
        base = box.top + box.height * (0.12 + 0.88 * n / layers)
        edge = [
            (x, base + swing * math.sin(math.tau * (x - box.left) / length + shift))
            for x in range(box.left, box.right + 20, 20)
        ]
        draw.polygon([*edge, (box.right, box.bottom), (box.left, box.bottom)], fill=colours[n % len(colours)])


def columns(draw: ImageDraw.ImageDraw, box: Box, colours: Colours, chance: Random) -> None:
    """Rounded bars of different height, as a level meter has them."""
    count = chance.choice((9, 11, 13))
    width = box.width / count
    level = chance.uniform(0.5, 0.8)
    for n in range(count):
        level = min(0.98, max(0.3, level + chance.uniform(-0.3, 0.3)))
        left = box.left + n * width
        draw.rounded_rectangle(
            (left + width * 0.14, box.bottom - box.height * level, left + width * 0.86, box.bottom + width),
            radius=width * 0.36,
            fill=colours[chance.randrange(len(colours))],
        )


def tiles(draw: ImageDraw.ImageDraw, box: Box, colours: Colours, chance: Random) -> None:
    """Quarter circles in a grid, each turned its own way."""
    side = box.width / chance.choice((5, 6, 7))
    for row in range(math.ceil(box.height / side)):
        for column in range(round(box.width / side)):
            left, top = box.left + column * side, box.bottom - (row + 1) * side
            if top < box.top - side * 0.2 or chance.random() < 0.12:  # noqa: PLR2004 # some tiles stay empty
                continue
            ground, shape = chance.sample(range(len(colours)), 2)
            draw.rectangle((left, top, left + side, top + side), fill=colours[ground])
            x, y = left + side * chance.randrange(2), top + side * chance.randrange(2)
            start = {(0, 0): 0, (1, 0): 90, (1, 1): 180, (0, 1): 270}[round((x - left) / side), round((y - top) / side)]
            draw.pieslice((x - side, y - side, x + side, y + side), start, start + 90, fill=colours[shape])


def sun(draw: ImageDraw.ImageDraw, box: Box, colours: Colours, chance: Random) -> None:
    """A disc over stripes that grow towards the lower edge."""
    radius = box.height * chance.uniform(0.34, 0.44)
    x = box.left + box.width * chance.uniform(0.35, 0.8)
    y = box.top + box.height * 0.52
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colours[0])
    top = y + radius * chance.uniform(-0.1, 0.25)
    height = box.height * 0.035
    n = 0
    while top < box.bottom:
        draw.rectangle((box.left, top, box.right, top + height), fill=colours[1 + n % (len(colours) - 1)])
        top += height * 2.1
        height *= 1.22
        n += 1


def ribbons(draw: ImageDraw.ImageDraw, box: Box, colours: Colours, chance: Random) -> None:
    """Slanted bands of different width."""
    slant = box.height * chance.choice((-1, 1)) * chance.uniform(0.5, 1.0)
    left = box.left - abs(slant)
    n = chance.randrange(len(colours))
    while left < box.right + abs(slant):
        width = box.width * chance.uniform(0.05, 0.16)
        draw.polygon(
            [
                (left, box.bottom),
                (left + width, box.bottom),
                (left + width + slant, box.top),
                (left + slant, box.top),
            ],
            fill=colours[n % len(colours)],
        )
        left += width * chance.uniform(1.0, 1.6)
        n += 1


PATTERNS: Sequence[Pattern] = (rings, hills, columns, tiles, sun, ribbons)
