"""Submitted reports: JSON with the report or its URL, or a file's bytes."""

import codecs
import json
from email.message import Message
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from podcaster.article.document import DOCUMENTS
from podcaster.errors import RequestMalformed, SourceNotText
from podcaster.ports import Submission
from podcaster.web.api.schemas.parameters import Address, Languages

_FILES = ("text/html", "application/xhtml+xml", "text/markdown", "text/x-markdown", "text/plain", *DOCUMENTS)
_FORMS = {"html": "text/html", "markdown": "text/markdown", "text": "text/plain"}
_BYTES = {"schema": {"description": "The file's own bytes."}, "example": "%PDF-1.7 …"}
_NAME = "the report"
_Text = Annotated[str, Field(max_length=10_000_000)]


def _undefaulted(schema: dict[str, Any]) -> None:
    """Remove a default that only stands for an absent field."""
    schema.pop("default", None)


_LEFT_OUT = Field(default="", json_schema_extra=_undefaulted)


class NewArticle(BaseModel):
    """A report, submitted in one of four forms."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "A cable levy\n\nThe levy starts in July 2028.", "languages": ["en", "es"]}],
            "oneOf": [{"required": [name]} for name in ("url", *_FORMS)],
        },
    )

    url: Address = _LEFT_OUT
    html: _Text = _LEFT_OUT
    text: _Text = _LEFT_OUT
    markdown: _Text = _LEFT_OUT
    languages: Languages | None = None

    def submission(self) -> Submission:
        """The submission in the form that is given.

        Raises:
            RequestMalformed: None is given, or more than one.
        """
        given = [name for name in ("url", *_FORMS) if name in self.model_fields_set]
        if len(given) != 1:
            raise RequestMalformed(
                "A report needs exactly one of url, html, text and markdown.", "Send exactly one of them."
            )
        if given == ["url"]:
            return Submission(url=self.url, name=self.url)
        body = str(getattr(self, given[0])).encode()
        return Submission(body=body, media_type=_FORMS[given[0]], charset="utf-8", name=_NAME)


def parse_submission(
    content_type: str, body: bytes, *, name: str = "", chapter: int = 0
) -> tuple[Submission, list[str] | None]:
    """Parse a request into the submission, or one chapter of it, and the requested languages, if any.

    Raises:
        SourceNotText: The content type is not supported.
        RequestMalformed: The JSON is invalid, or does not hold exactly one report.
        pydantic.ValidationError: The JSON has fields that `NewArticle` lacks.
    """
    kind, charset = _parsed(content_type)
    if kind in _FILES:
        source = Submission(body=body, media_type=kind, charset=charset, name=name or _NAME)
        return source.chapter(chapter) if chapter else source, None
    if kind != "application/json":
        raise SourceNotText(
            f"{kind or 'No content type'} is not supported.", f"Send application/json, or {', '.join(_FILES)}."
        )
    try:
        # Python's parser accepts NaN, which RFC 8259 does not. pydantic refuses lone surrogates.
        new = NewArticle.model_validate(json.loads(body.decode("utf-8"), parse_constant=_no_constant))
    except (UnicodeDecodeError, RecursionError, json.JSONDecodeError) as error:
        raise RequestMalformed("The request is not valid JSON.", "Send one JSON object, in UTF-8.") from error
    source = new.submission()
    return source.chapter(chapter) if chapter else source, new.languages


def request_body() -> dict[str, Any]:
    """The OpenAPI description of the request body."""
    # A document is bytes: OpenAPI 3.1 says so by leaving the schema open.
    content = {kind: _BYTES if kind in DOCUMENTS else {"schema": {"type": "string"}} for kind in _FILES}
    return {
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": NewArticle.model_json_schema()}, **content},
        }
    }


def _parsed(content_type: str) -> tuple[str, str]:
    """Media type and charset of a Content-Type (RFC 9110 §8.3); the charset is empty if Python does not know it."""
    kind = content_type.partition(";")[0].strip().lower()
    message = Message()
    message["content-type"] = content_type.replace("\n", " ").replace("\r", " ")
    charset = message.get_content_charset("")
    try:
        return kind, codecs.lookup(charset).name if charset else ""
    except LookupError:
        return kind, ""


def _no_constant(name: str) -> float:
    raise RequestMalformed(f"{name} is not valid JSON.", "Leave it out.")
