"""JSON responses with an ETag, and the headers by which clients refer to it (RFC 9110 §13.1)."""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import Header, Response
from pydantic import BaseModel

from podcaster.web.http.conditions import is_unchanged

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=200,
        description="The ETag of what the change was made for: 412 where somebody was faster.",
        examples=['"5f1d7a84db00d2fce00b31a7fc73224f"'],
    ),
]
IfNoneMatch = Annotated[
    str,
    Header(
        alias="If-None-Match",
        max_length=1000,
        description="ETags of what is there already.",
        examples=['"5f1d7a84db00d2fce00b31a7fc73224f"'],
    ),
]
ETAG: Final[Mapping[str, Any]] = {
    "ETag": {
        "description": "Stands for this answer (RFC 9110 §8.8.3).",
        "schema": {"type": "string"},
        "example": '"5f1d7a84db00d2fce00b31a7fc73224f"',
    }
}
"""The header, for the OpenAPI document."""
NOT_MODIFIED: Final[Mapping[int | str, Any]] = {
    304: {"description": "What If-None-Match names is what there is.", "headers": ETAG}
}


def json_with_etag(
    document: BaseModel, *, seen: str, before: str = "", headers: Mapping[str, str] | None = None
) -> Response:
    """A document as JSON with its ETag, or 304 if the tag is among `seen`; `before` becomes the first part of the tag."""
    body = document.model_dump_json(exclude_unset=True).encode()
    digest = hashlib.sha256(body).hexdigest()[:32]
    etag = f'"{before}.{digest[:16]}"' if before else f'"{digest}"'
    told = {"ETag": etag, "Cache-Control": "private, no-cache", **(headers or {})}
    if seen and is_unchanged(etag, None, if_none_match=seen, if_modified_since=""):
        return Response(status_code=304, headers=told)
    return Response(body, media_type="application/json", headers=told)
