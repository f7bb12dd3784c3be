"""Argostranslate itself, as a program: JSON lists of paragraphs on stdin, its translations on stdout, given our sentence splitter.

Its own splitters (stanza, spacy, minisbd) bring gigabytes and are not installed; modules of their names stand in for them,
and nothing of theirs is called. Arguments: the language it translates from, and into. ARGOS_* as argostranslate has them.
"""

import json
import sys
from types import ModuleType

from argostranslate.package import IPackage

from podcaster.script import sentences
from podcaster.units import LanguageTag


class OurSplitter:
    def __init__(self, package: IPackage) -> None:
        self.package = package

    def split_sentences(self, text: str) -> list[str]:
        return list(sentences.split(text, LanguageTag(self.package.from_code)))


def argostranslate() -> ModuleType:
    """Its module, with our splitter in place of its own."""
    for name in ("stanza", "minisbd"):
        module = ModuleType(name)
        module.SBDetect = module.models = ModuleType("unused")  # type: ignore[attr-defined]
        sys.modules[name] = module
    from argostranslate import translate

    translate.MiniSBDSentencizer = translate.StanzaSentencizer = OurSplitter
    return translate


def main(source: str, target: str) -> None:
    translator = argostranslate().get_translation_from_codes(source, target)
    print(json.dumps([translator.translate(paragraph) for paragraph in json.load(sys.stdin)]))


if __name__ == "__main__":
    main(*sys.argv[1:])
