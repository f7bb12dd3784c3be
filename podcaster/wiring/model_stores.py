"""Translation models of several kinds behind one store."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from podcaster.adapters.argos import ArgosPackages
    from podcaster.adapters.bergamot import BergamotModels
    from podcaster.ports import Downloaded, TranslationPackage


@dataclass(frozen=True, slots=True)
class ModelStores:
    """Argos packages and Firefox models. Fills `ports.ModelStore`."""

    argos: "ArgosPackages"
    bergamot: "BergamotModels"

    def installed(self) -> "Sequence[TranslationPackage]":
        """Those of both kinds, by name."""
        return sorted([*self.bergamot.installed(), *self.argos.installed()], key=lambda each: each.name)

    def available(self) -> "Sequence[TranslationPackage]":
        """Those of both indexes; where both have a pair, the Firefox model."""
        firefox = self.bergamot.available()
        names = {each.name for each in firefox}
        others = [each for each in self.argos.available() if each.name not in names]
        return sorted([*firefox, *others], key=lambda each: each.name)

    def install(self, what: str, progress: "Downloaded") -> "TranslationPackage":
        """As a Firefox model where it is one, else as an Argos package."""
        kind = self.bergamot if self.bergamot.knows(what) else self.argos
        return kind.install(what, progress)

    def remove(self, name: str) -> None:
        """Take away whichever is installed under the name."""
        firefox = any(each.name == name for each in self.bergamot.installed())
        (self.bergamot if firefox else self.argos).remove(name)
