"""Engines of other packages, found by their entry points."""

from collections.abc import Sequence
from importlib.metadata import entry_points
from typing import Any, Final

from podcaster.errors import SettingsWrong

SYNTHESIZERS: Final = "podcaster.synthesizers"
"""Group of the classes that fill `speech.synthesizer.Synthesizer`."""
TRANSLATORS: Final = "podcaster.translators"
"""Group of the classes that fill `translation.translator.Translator`."""


def plugged(group: str) -> Sequence[Any]:
    """An instance of each class that installed packages offer in a group, in the order of their names.

    Raises:
        SettingsWrong: one cannot be loaded or made; names its package.
    """
    return [_made(point) for point in sorted(entry_points(group=group), key=lambda each: each.name)]


def _made(point: Any) -> Any:  # noqa: ANN401 # an engine of somebody else's
    try:
        return point.load()()
    except Exception as error:
        package = point.dist.name if point.dist else point.value
        raise SettingsWrong(
            f"The plug-in {point.name} of the package {package} cannot be used: {error}.",
            f"Correct it, or uninstall {package}.",
        ) from error
