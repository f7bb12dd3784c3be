"""Translation models of several kinds behind one store."""

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from podcaster.errors import SourceUnreachable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from podcaster.adapters.argos import ArgosPackages, CTranslate2Models
    from podcaster.adapters.bergamot import BergamotModels
    from podcaster.ports import Downloaded, TranslationPackage

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ModelStores:
    """Argos packages, CTranslate2 folders and Firefox models. Fills `ports.ModelStore`."""

    argos: "ArgosPackages"
    ctranslate2: "CTranslate2Models"
    bergamot: "BergamotModels"

    def installed(self) -> "Sequence[TranslationPackage]":
        """Those of every kind, by name."""
        return sorted([*self.bergamot.installed(), *self.argos.installed()], key=lambda each: each.name)

    def available(self) -> "Sequence[TranslationPackage]":
        """Those of every index; where several have a pair, the operator's own index before the public one.

        Raises:
            SourceUnreachable: the operator's own index does not answer, or, where there is none, the public one.
        """
        own = {each.name: each for each in (*self.ctranslate2.available(), *self.bergamot.available())}
        try:
            others = [each for each in self.argos.available() if each.name not in own]
        except SourceUnreachable as error:
            if not own:
                raise
            log.warning("only the models of your own index are offered", reason=str(error))
            others = []
        return sorted([*own.values(), *others], key=lambda each: each.name)

    def install(self, what: str, progress: "Downloaded") -> "TranslationPackage":
        """As the kind that a name, URL, file or folder shows itself to be."""
        if what.startswith(("http://", "https://")) and what.endswith(".zip"):
            file = self.argos.downloaded(what, "", progress, suffix=".zip")
            named = file.with_name(what.rpartition("/")[2] or file.name)
            shutil.copyfile(file, named)
            try:
                package = self.install(str(named), progress)
            finally:
                named.unlink(missing_ok=True)
            file.unlink(missing_ok=True)
            return package
        for store in (self.ctranslate2, self.bergamot):
            if store.knows(what):
                return store.install(what, progress)
        return self.argos.install(what, progress)

    def remove(self, name: str) -> None:
        """Take away whichever is installed under the name."""
        firefox = any(each.name == name for each in self.bergamot.installed())
        (self.bergamot if firefox else self.argos).remove(name)
