"""Editors' API for glossaries and lexicons. If-Match guards against overwriting unseen changes."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from pydantic import Field

from podcaster import errors
from podcaster import language as languages
from podcaster.ports import LineEditor
from podcaster.web.api.schemas import problems
from podcaster.web.api.schemas.base_models import RequestModel
from podcaster.web.api.schemas.parameters import LanguagePath, TopicPath
from podcaster.web.http.conditions import parse_if_match
from podcaster.web.http.editor_session import EDITOR
from podcaster.web.http.entity_tags import IfMatch

_Term = Annotated[str, Field(min_length=1, max_length=200)]
_TAG = "[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?"
_PAIR = re.compile(f"({_TAG})-({_TAG})")
"""Two canonical tags; the case of the letters tells a region from a language."""
_PairPath = Annotated[str, Path(max_length=71, examples=["en-es"], json_schema_extra={"pattern": f"^{_TAG}-{_TAG}$"})]
"""The route answers 404 to anything but a pair."""


class Terms(RequestModel):
    """A glossary: a translation for each term; null keeps the term untranslated."""

    terms: Annotated[dict[_Term, _Term | None], Field(max_length=10_000)]


class Words(RequestModel):
    """A lexicon: a spoken form for each written form."""

    words: Annotated[dict[_Term, _Term], Field(max_length=10_000)]


def add_glossaries(router: APIRouter, desk: LineEditor) -> None:
    """Add the routes for glossaries."""

    @router.get("/glossaries/{pair}", summary="Get a glossary", responses=problems(errors.PageUnknown))
    def glossary(pair: _PairPath, response: Response) -> Terms:
        """The editors' glossary, else the one in voices/."""
        return Terms(**_tagged(desk, _glossary_name(pair), response))

    @router.put(
        "/glossaries/{pair}", summary="Replace a glossary", responses=problems(errors.PageUnknown, errors.Outdated)
    )
    def put_glossary(
        pair: _PairPath,
        terms: Terms,
        request: Request,
        response: Response,
        expected: IfMatch = None,
    ) -> Terms:
        """The next render translates only the lines again that contain a changed term."""
        name = _glossary_name(pair)
        desk.put_table(name, terms.model_dump(), editor=request.scope[EDITOR], expected=parse_if_match(expected))
        return Terms(**_tagged(desk, name, response))


def add_lexicons(router: APIRouter, desk: LineEditor) -> None:
    """Add the routes for the lexicons of languages and of their topics."""

    @router.get("/lexicons/{language}", summary="Get a lexicon", responses=problems(errors.LanguageUnknown))
    def lexicon(language: LanguagePath, response: Response) -> Words:
        """The editors' lexicon, else the one in voices/."""
        return Words(**_tagged(desk, f"lexicons/{languages.parse(language)}", response))

    @router.put(
        "/lexicons/{language}",
        summary="Replace a lexicon",
        responses=problems(errors.LanguageUnknown, errors.Outdated),
    )
    def put_lexicon(
        language: LanguagePath, words: Words, request: Request, response: Response, expected: IfMatch = None
    ) -> Words:
        """The next render speaks only the lines again that contain a changed word."""
        name = f"lexicons/{languages.parse(language)}"
        desk.put_table(name, words.model_dump(), editor=request.scope[EDITOR], expected=parse_if_match(expected))
        return Words(**_tagged(desk, name, response))

    @router.get(
        "/lexicons/{language}/topics/{topic}",
        summary="Get a topic's lexicon",
        responses=problems(errors.LanguageUnknown),
    )
    def topic_lexicon(language: LanguagePath, topic: TopicPath, response: Response) -> Words:
        """Spoken forms for reports on a topic; they override the language's lexicon."""
        return Words(**_tagged(desk, f"lexicons/{languages.parse(language)}/{topic}", response))

    @router.put(
        "/lexicons/{language}/topics/{topic}",
        summary="Replace a topic's lexicon",
        responses=problems(errors.LanguageUnknown, errors.Outdated),
    )
    def put_topic_lexicon(
        *,
        language: LanguagePath,
        topic: TopicPath,
        words: Words,
        request: Request,
        response: Response,
        expected: IfMatch = None,
    ) -> Words:
        """Replaces the lexicon of a topic, given by its slug."""
        name = f"lexicons/{languages.parse(language)}/{topic}"
        desk.put_table(name, words.model_dump(), editor=request.scope[EDITOR], expected=parse_if_match(expected))
        return Words(**_tagged(desk, name, response))


def _tagged(desk: LineEditor, name: str, response: Response) -> Mapping[str, Any]:
    content, etag = desk.table(name)
    response.headers["ETag"] = f'"{etag}"'
    return content


def _glossary_name(pair: str) -> str:
    found = _PAIR.fullmatch(pair)
    if found is None:
        raise errors.PageUnknown("There is no such glossary.", "Name two languages: /api/glossaries/en-es.")
    return f"glossaries/{languages.parse(found[1])}-{languages.parse(found[2])}"
