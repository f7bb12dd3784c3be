"""The editors' API for single lines, terms and words; changes carry If-Match, so that nobody overwrites what they have not seen."""

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from podcaster import errors
from podcaster import language as languages
from podcaster.ports import LineDesk
from podcaster.units import ArticleId
from podcaster.web.api.parameters import ArticlePath, LanguagePath, TopicPath
from podcaster.web.api.schemas import problems
from podcaster.web.api.scripts import ScriptDocument, ScriptLine
from podcaster.web.http.conditions import parse_if_match
from podcaster.web.http.editor_session import EDITOR
from podcaster.web.http.entity_tags import IfMatch

_Sentence = Annotated[str, Field(min_length=1, max_length=5_000)]
_Term = Annotated[str, Field(min_length=1, max_length=200)]
_TAG = "[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?"
_PAIR = re.compile(f"({_TAG})-({_TAG})")
"""Two canonical tags: letters' case tells a region from a language."""
_PairPath = Annotated[str, Path(max_length=71, examples=["en-es"], json_schema_extra={"pattern": f"^{_TAG}-{_TAG}$"})]
"""What is no pair is nowhere, rather than wrong: the route says 404."""


class LineChange(BaseModel):
    """An editor's wording of a line; null goes back to what the engines make of it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": "El ministro dimitió."}]})

    text: _Sentence | None = None
    spoken: _Sentence | None = None


class Terms(BaseModel):
    """A glossary: how each term is always translated; null: not at all."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"terms": {"working group": "grupo de trabajo", "Meridian": None}}]},
    )

    terms: Annotated[dict[_Term, _Term | None], Field(max_length=10_000)]


class Words(BaseModel):
    """A lexicon: how each written form is said."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"words": {"Biden": "Baiden"}}]})

    words: Annotated[dict[_Term, _Term], Field(max_length=10_000)]


def add_lines(router: APIRouter, desk: LineDesk) -> None:
    """The routes for what is read out, and for the tables that shape it."""
    unknown = (errors.EpisodeUnknown, errors.LanguageUnknown)

    @router.get(
        "/articles/{article}/scripts/{language}",
        summary="What is read out in a language, line by line",
        responses=problems(*unknown),
        response_model=ScriptDocument,
    )
    def script(article: ArticlePath, language: LanguagePath) -> Response:
        """The newest episode's script.json; with each line its etag, an editor's wording, and what is offered."""
        found = desk.script(ArticleId(article), languages.parse(language))
        return Response(json.dumps(found, ensure_ascii=False), media_type="application/json")

    @router.patch(
        "/articles/{article}/scripts/{language}/lines/{index}",
        summary="Word a line",
        responses=problems(*unknown, errors.LineUnknown, errors.LineFixed, errors.Outdated),
        response_model=ScriptLine,
    )
    def reword(
        *,
        article: ArticlePath,
        language: LanguagePath,
        index: Annotated[int, Path(ge=0, le=1_000_000, examples=[4])],
        change: Annotated[LineChange, Body()],
        request: Request,
        expected: IfMatch = None,
    ) -> Response:
        """Kept by the sentence of the report, so it outlives every new reading and render; heard from the next render on."""
        tag = languages.parse(language)
        wanted = change.model_dump(exclude_unset=True)
        line = desk.reword(
            ArticleId(article), tag, index, wanted, editor=request.scope[EDITOR], expected=parse_if_match(expected)
        )
        body = json.dumps(line, ensure_ascii=False)
        return Response(body, media_type="application/json", headers={"ETag": f'"{line["etag"]}"'})

    @router.get("/glossaries/{pair}", summary="A glossary", responses=problems(errors.PageUnknown))
    def glossary(pair: _PairPath, response: Response) -> Terms:
        """The editors' own, else the one in voices/."""
        return Terms(**_tagged(desk, _glossary_name(pair), response))

    @router.put("/glossaries/{pair}", summary="Settle terms", responses=problems(errors.PageUnknown, errors.Outdated))
    def put_glossary(
        pair: _PairPath,
        terms: Terms,
        request: Request,
        response: Response,
        expected: IfMatch = None,
    ) -> Terms:
        """Replaces the glossary; with the next render only those lines are translated again that hold a changed term."""
        name = _glossary_name(pair)
        desk.put_table(name, terms.model_dump(), editor=request.scope[EDITOR], expected=parse_if_match(expected))
        return Terms(**_tagged(desk, name, response))

    @router.get("/lexicons/{language}", summary="A lexicon", responses=problems(errors.LanguageUnknown))
    def lexicon(language: LanguagePath, response: Response) -> Words:
        """The editors' own, else the one in voices/."""
        return Words(**_tagged(desk, f"lexicons/{languages.parse(language)}", response))

    @router.put(
        "/lexicons/{language}",
        summary="Settle how words are said",
        responses=problems(errors.LanguageUnknown, errors.Outdated),
    )
    def put_lexicon(
        language: LanguagePath, words: Words, request: Request, response: Response, expected: IfMatch = None
    ) -> Words:
        """Replaces the lexicon; with the next render only those lines are spoken again that hold a changed word."""
        name = f"lexicons/{languages.parse(language)}"
        desk.put_table(name, words.model_dump(), editor=request.scope[EDITOR], expected=parse_if_match(expected))
        return Words(**_tagged(desk, name, response))

    @router.get(
        "/lexicons/{language}/topics/{topic}", summary="A topic's lexicon", responses=problems(errors.LanguageUnknown)
    )
    def topic_lexicon(language: LanguagePath, topic: TopicPath, response: Response) -> Words:
        """What is said otherwise in reports on a topic; wins over the language's lexicon."""
        return Words(**_tagged(desk, f"lexicons/{languages.parse(language)}/{topic}", response))

    @router.put(
        "/lexicons/{language}/topics/{topic}",
        summary="Settle how words are said in reports on a topic",
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
        """Replaces the topic's lexicon; the topic as reports name it, in small letters with hyphens."""
        name = f"lexicons/{languages.parse(language)}/{topic}"
        desk.put_table(name, words.model_dump(), editor=request.scope[EDITOR], expected=parse_if_match(expected))
        return Words(**_tagged(desk, name, response))


def _tagged(desk: LineDesk, name: str, response: Response) -> Mapping[str, Any]:
    content, etag = desk.table(name)
    response.headers["ETag"] = f'"{etag}"'
    return content


def _glossary_name(pair: str) -> str:
    found = _PAIR.fullmatch(pair)
    if found is None:
        raise errors.PageUnknown("There is no glossary of this name.", "Name two languages: /api/glossaries/en-es.")
    return f"glossaries/{languages.parse(found[1])}-{languages.parse(found[2])}"
