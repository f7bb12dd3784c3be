"""A report as it comes over HTTP: JSON that holds it or names it, or the file's own bytes."""

import codecs
import json
from email.message import Message
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from podcaster.article.document import DOCUMENTS
from podcaster.errors import RequestMalformed, SourceNotText
from podcaster.ports import Submission
from podcaster.web.api.parameters import Address, Languages

_FILES = ("text/html", "application/xhtml+xml", "text/markdown", "text/x-markdown", "text/plain", *DOCUMENTS)
_FORMS = {"html": "text/html", "markdown": "text/markdown", "text": "text/plain"}
_NAME = "the report"
_Text = Annotated[str, Field(max_length=10_000_000)]


def _undefaulted(schema: dict[str, Any]) -> None:
    """What stands for a field that is left out is not to be sent."""
    schema.pop("default", None)


_LEFT_OUT = Field(default="", json_schema_extra=_undefaulted)


class NewArticle(BaseModel):
    """A report, handed in as one of four things."""

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
        """The one source that is given.

        Raises:
            RequestMalformed: none is, or more than one.
        """
        given = [name for name in ("url", *_FORMS) if name in self.model_fields_set]
        if len(given) != 1:
            raise RequestMalformed(
                "A report comes as one of url, html, text and markdown.", "Send exactly one of them."
            )
        if given == ["url"]:
            return Submission(url=self.url, name=self.url)
        body = str(getattr(self, given[0])).encode()
        return Submission(body=body, media_type=_FORMS[given[0]], charset="utf-8", name=_NAME)


def submitted(content_type: str, body: bytes) -> tuple[Submission, list[str] | None]:
    """A request's report, and the languages that its JSON asks for.

    Raises:
        SourceNotText: a content type that no report has.
        RequestMalformed: JSON that is none, or does not hold exactly one report.
        pydantic.ValidationError: JSON that has other fields than `NewArticle`.
    """
    kind, charset = _parsed(content_type)
    if kind in _FILES:
        return Submission(body=body, media_type=kind, charset=charset, name=_NAME), None
    if kind != "application/json":
        raise SourceNotText(
            f"{kind or 'No content type'} is not taken.", f"Send application/json, or {', '.join(_FILES)}."
        )
    try:
        # Python's parser takes NaN, which RFC 8259 does not; pydantic refuses lone surrogates.
        new = NewArticle.model_validate(json.loads(body.decode("utf-8"), parse_constant=_no_constant))
    except (UnicodeDecodeError, RecursionError, json.JSONDecodeError) as error:
        raise RequestMalformed("The request is not JSON.", "Send one JSON object, in UTF-8.") from error
    return new.submission(), new.languages


def request_body() -> dict[str, Any]:
    """What the OpenAPI document says of the request."""
    # A document is bytes: OpenAPI 3.1 says so by leaving the schema open.
    content = {kind: {"schema": {} if kind in DOCUMENTS else {"type": "string"}} for kind in _FILES}
    return {
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": NewArticle.model_json_schema()}, **content},
        }
    }


def _parsed(content_type: str) -> tuple[str, str]:
    """Media type and charset of a Content-Type (RFC 9110 §8.3); a charset that Python does not know is left out."""
    kind = content_type.partition(";")[0].strip().lower()
    message = Message()
    message["content-type"] = content_type.replace("\n", " ").replace("\r", " ")
    charset = message.get_content_charset("")
    try:
        return kind, codecs.lookup(charset).name if charset else ""
    except LookupError:
        return kind, ""


def _no_constant(name: str) -> float:
    raise RequestMalformed(f"{name} is not JSON.", "Leave it out.")
