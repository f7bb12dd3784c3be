"""Reads and changes lines, terms and words; a change needs the newest ETag."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from podcaster import language as languages
from podcaster.article.text import one_line
from podcaster.errors import InputRefused, LineFixed, LineUnknown, Outdated, SettingsWrong
from podcaster.model import Episode, LineKind, Wording
from podcaster.model.reviews import Approval, Review, TranslationState, translation_state
from podcaster.ports import BlobStore, Clock, EditorsTable, Library
from podcaster.render.pipeline.episode_builder import SCRIPT
from podcaster.script.inline_marks import checked
from podcaster.script.lexicon import Lexicon
from podcaster.script.writing import OWN_LINES
from podcaster.translation.glossary import Glossary
from podcaster.translation.review import digest, review_of
from podcaster.units import ArticleId, ContentKey, LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEditing:
    """Fills `ports.LineEditor`."""

    library: Library
    blobs: BlobStore
    newest: Callable[[ArticleId, LanguageTag], Episode]
    """The newest episode of a report in a language, published or held back."""
    file: Callable[[str], Mapping[str, Any]]
    """The content of a table in voices/, by its path without the ending; empty where there is none."""
    clock: Clock
    voices: Callable[[LanguageTag], Collection[str]]
    """Names and genders of the voices that can speak a language here."""

    def script(self, article: ArticleId, language: LanguageTag) -> Mapping[str, Any]:
        """script.json, with an editor's wording and an offered one for each line."""
        document = self._document(article, language)
        settled = self.library.wordings(article, language)
        sources = [line["source"] for line in document["lines"] if line["source"] not in settled]
        offered = self.library.wordings_elsewhere(sources, language, other_than=article)
        lines = [
            _described(line, settled.get(line["source"]), offered.get(line["source"])) for line in document["lines"]
        ]
        return {
            **document,
            "etag": _script_etag(lines),
            "translation": self._translation(article, language, document, settled),
            "lines": lines,
        }

    def approve(
        self, article: ArticleId, language: LanguageTag, *, editor: str, expected: Collection[str] | None
    ) -> Mapping[str, Any]:
        """Record a review of every line."""
        document, settled = self._document(article, language), self.library.wordings(article, language)
        if not self.newest(article, language).translator:
            raise InputRefused(f"{language} is the report's own language.", "Review a translation.")
        described = [_described(line, settled.get(line["source"]), None) for line in document["lines"]]
        if expected is not None and _script_etag(described) not in expected:
            raise Outdated("Somebody else changed the script meanwhile.", "Read it again, then approve it.")
        lines = frozenset(digest(pair) for pair in _pairs(document, settled))
        review = Review(editor=editor, at=self.clock())
        self.library.put_approval(Approval(article=article, language=language, review=review, lines=lines))
        return self._translation(article, language, document, settled)

    def unapprove(self, article: ArticleId, language: LanguageTag) -> Mapping[str, Any]:
        """Forget a review."""
        document = self._document(article, language)
        self.library.drop_approval(article, language)
        return self._translation(article, language, document, self.library.wordings(article, language))

    def _translation(
        self, article: ArticleId, language: LanguageTag, document: Mapping[str, Any], settled: Mapping[str, Wording]
    ) -> Mapping[str, Any]:
        """State of a translation with the wordings and the approval as they are now."""
        review = review_of(_pairs(document, settled), settled, self.library.approval(article, language))
        state = translation_state(replace(self.newest(article, language), review=review))
        reviewed = state is TranslationState.REVIEWED and review is not None
        return {
            "state": state.value,
            "editor": review.editor if review and reviewed else None,
            "at": review.at.isoformat() if review and reviewed else None,
        }

    def reword(
        self,
        article: ArticleId,
        language: LanguageTag,
        index: int,
        change: Mapping[str, str | None],
        *,
        editor: str,
        expected: Collection[str] | None,
    ) -> Mapping[str, Any]:
        """Keep an editor's wording of one line.

        Raises:
            InputRefused: a mark in its spoken form is broken, or names a voice that is not here.
        """
        line = self._line(article, language, index)
        own = languages.match(self.library.article(article).article.language, [language]) is not None
        if LineKind(line["kind"]) in OWN_LINES:
            raise LineFixed(f"Line {index} is podcaster's own.", f"Change it in voices/{language}.toml.")
        if own and change.get("text") is not None:
            raise LineFixed(
                f"Line {index} is the report's own text.", "Change the report; `spoken` can be changed here."
            )
        if spoken := change.get("spoken"):
            checked(spoken, self.voices(language))
        before = self.library.wordings(article, language).get(line["source"])
        if expected is not None and _etag(line, before) not in expected:
            raise Outdated(f"Somebody else changed line {index} meanwhile.", "Read the script again, then change it.")
        kept = {"text": before.text if before else None, "spoken": before.spoken if before else None}
        wanted = kept | {name: _said(name, value) for name, value in change.items()}
        if before is not None and before.recording is not None and wanted == kept:
            return _described(line, before, None)
        # A recording says the words that were; the voice says the new ones until somebody records them.
        if not any(wanted.values()):
            self.library.drop_wording(article, language, line["source"], before=... if expected is None else before)
            return _described(line, None, None)
        wording = Wording(
            article=article, language=language, source=line["source"], changed=self.clock(), editor=editor,
            text=wanted["text"], spoken=wanted["spoken"],
        )  # fmt: skip
        self.library.put_wording(wording, before=... if expected is None else before)
        return _described(line, wording, None)

    def record(
        self, article: ArticleId, language: LanguageTag, recordings: Mapping[int, ContentKey | None], *, editor: str
    ) -> Sequence[int]:
        """Keep recordings in place of the voice, or None for the voice again; words stay their editor's."""
        lines = {line["index"]: line for line in self._document(article, language)["lines"]}
        settled = self.library.wordings(article, language)
        for index in recordings:
            if index not in lines:
                raise LineUnknown(f"There is no line {index} in {language}.", "Read the script again.")
            if LineKind(lines[index]["kind"]) in OWN_LINES:
                raise LineFixed(f"Line {index} is podcaster's own.", f"Change it in voices/{language}.toml.")
        wanted: dict[str, Wording | None] = {}
        for index, recording in recordings.items():
            source = lines[index]["source"]
            before = settled.get(source)
            if before is not None and (before.text is not None or before.spoken is not None):
                wanted[source] = replace(before, recording=recording)
            elif recording is not None:
                wanted[source] = Wording(
                    article=article, language=language, source=source, changed=self.clock(), editor=editor,
                    text=None, spoken=None, recording=recording,
                )  # fmt: skip
            elif before is not None:
                wanted[source] = None
        changed = {source: wording for source, wording in wanted.items() if wording != settled.get(source)}
        self.library.put_wordings(article, language, changed, before=settled)
        return sorted(recordings)

    def table(self, name: str) -> tuple[Mapping[str, Any], str]:
        """The current content of a table."""
        put = self.library.editors_table(name)
        content = put.content if put else _as_json(name, self.file(name))
        return content, _digest(content)

    def put_table(self, name: str, content: Mapping[str, Any], *, editor: str, expected: Collection[str] | None) -> str:
        """Replace a table whole."""
        cleaned = _checked(name, content)
        before = self.library.editors_table(name)
        now = before.content if before else _as_json(name, self.file(name))
        if expected is not None and _digest(now) not in expected:
            raise Outdated(f"Somebody else changed {name} meanwhile.", "Read it again, then make your change.")
        table = EditorsTable(name=name, content=cleaned, changed=self.clock(), editor=editor)
        self.library.put_editors_table(table, before=before, stood=now)
        return _digest(cleaned)

    def _document(self, article: ArticleId, language: LanguageTag) -> dict[str, Any]:
        episode = self.newest(article, language)
        name = f"media/{episode.article}/{episode.language}/{episode.revision}{SCRIPT}"
        document: dict[str, Any] = json.loads(self.blobs.get(name))
        return document

    def _line(self, article: ArticleId, language: LanguageTag, index: int) -> dict[str, Any]:
        for line in self._document(article, language)["lines"]:
            if line["index"] == index:
                found: dict[str, Any] = line
                return found
        raise LineUnknown(f"There is no line {index} in {language}.", "Read the script again.")


def _described(line: Mapping[str, Any], settled: Wording | None, offered: Wording | None) -> dict[str, Any]:
    described = {**line, "etag": _etag(line, settled)}
    if settled is not None:
        described["wording"] = _wording(settled)
    if offered is not None:
        described["offered"] = {**_wording(offered), "article": offered.article}
    return described


def _pairs(document: Mapping[str, Any], settled: Mapping[str, Wording]) -> Sequence[tuple[str, str]]:
    """The report's sentences and their translations; an editor's wording counts before it is rendered."""
    lines = [line for line in document["lines"] if LineKind(line["kind"]) not in OWN_LINES]
    worded = {source: each.text for source, each in settled.items() if each.text is not None}
    return [(line["source"], worded.get(line["source"], line["text"])) for line in lines]


def _script_etag(lines: Sequence[Mapping[str, Any]]) -> str:
    return _digest({"lines": [line["etag"] for line in lines]})


def _wording(wording: Wording) -> dict[str, Any]:
    return {
        "text": wording.text,
        "spoken": wording.spoken,
        "recorded": wording.recording is not None,
        "editor": wording.editor,
        "changed": wording.changed.isoformat(),
    }


def _etag(line: Mapping[str, Any], settled: Wording | None) -> str:
    worded = [settled.text, settled.spoken, *filter(None, [settled.recording])] if settled else None
    return _digest({"source": line["source"], "text": line["text"], "spoken": line["spoken"], "wording": worded})


def _digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]


def _said(name: str, value: str | None) -> str | None:
    if value is None:
        return None
    text = one_line(value)
    if not text:
        raise InputRefused(f"There is nothing in {name}.", "Write a sentence, or null for the engines' own.")
    return text


def _as_json(name: str, table: Mapping[str, Any]) -> Mapping[str, Any]:
    """A file's table as the API has it: one mapping, in which a term that is not translated is null."""
    if name.startswith("glossaries/"):
        terms = Glossary.of(name, table).terms
        return {"terms": {term: None if term == target else target for term, target in sorted(terms.items())}}
    return {"words": dict(sorted(dict(table.get("words", {})).items()))}


def _checked(name: str, content: Mapping[str, Any]) -> Mapping[str, Any]:
    key = "terms" if name.startswith("glossaries/") else "words"
    entries = {one_line(term): None if text is None else one_line(text) for term, text in content[key].items()}
    cleaned = {key: dict(sorted(entries.items()))}
    try:
        if key == "terms":
            Glossary.of(name, cleaned)
        else:
            Lexicon.from_table(LanguageTag(name.split("/")[1]), cleaned)
    except SettingsWrong as error:
        raise InputRefused(error.what, error.remedy) from error
    return cleaned
