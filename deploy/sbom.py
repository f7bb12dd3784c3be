"""Writes an SBOM (CycloneDX 1.6, JSON) of podcaster and everything that an installation of it brings; `./run sbom`."""

import argparse
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.requirements import Requirement

from podcaster.release import DISTRIBUTION

LEFT_OUT = frozenset({"stanza", "spacy", "minisbd"})
"""As in `[tool.uv] exclude-dependencies`."""

UNSTATED = {"crawler-user-agents": "MIT", "espeakng-loader": "MIT AND GPL-3.0-or-later"}
"""Licences of packages whose metadata names none, as docs/dependencies.md has them: eSpeak NG is inside its loader."""


def main() -> None:
    """Write to standard output."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--extra", action="append", default=[], help="An extra that is installed, too.")
    extras = frozenset(arguments.parse_args().extra)
    sys.stdout.write(
        make_outputter(sbom(extras), OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2) + "\n"
    )


def sbom(extras: frozenset[str] = frozenset()) -> Bom:
    """The bill of materials of what is installed here, without tools for development."""
    bom = Bom()
    made: dict[str, Component] = {}
    root = _component(distribution(DISTRIBUTION), ComponentType.APPLICATION)
    bom.metadata.component = root
    waiting = [(root, distribution(DISTRIBUTION), extras)]
    while waiting:
        component, package, wanted = waiting.pop()
        needed = []
        for requirement in _requirements(package, wanted):
            found = _installed(requirement.name)
            if found is None:
                continue
            key = _normal(found.name)
            if key not in made:
                made[key] = _component(found, ComponentType.LIBRARY)
                bom.components.add(made[key])
                waiting.append((made[key], found, frozenset(requirement.extras)))
            needed.append(made[key])
        bom.register_dependency(component, needed)
    return bom


def _requirements(package: Distribution, extras: frozenset[str]) -> Iterable[Requirement]:
    for text in package.requires or ():
        requirement = Requirement(text)
        if _normal(requirement.name) in LEFT_OUT:
            continue
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in (*extras, "")):
            yield requirement


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:  # what another platform needs
        return None


def _component(package: Distribution, kind: ComponentType) -> Component:
    about = package.metadata
    licence = about.get("License-Expression") or about.get("License") or ""
    licence = licence or UNSTATED.get(_normal(package.name), "")
    named = [licence] if licence and "\n" not in licence else _classified(about.get_all("Classifier") or [])
    home = next((each.partition(",")[2].strip() for each in about.get_all("Project-URL") or []), about.get("Home-page"))
    name = _normal(package.name)
    purl = PackageURL("pypi", None, name, package.version)
    return Component(
        type=kind,
        name=name,
        version=package.version,
        bom_ref=str(purl),
        purl=purl,
        description=about.get("Summary"),
        licenses=[LicenseFactory().make_from_string(each) for each in named[:1]],
        external_references=[ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(home))] if home else [],
    )


def _classified(classifiers: Iterable[str]) -> list[str]:
    start = "License :: OSI Approved :: "
    return [each.removeprefix(start) for each in classifiers if each.startswith(start)]


def _normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


if __name__ == "__main__":
    main()
