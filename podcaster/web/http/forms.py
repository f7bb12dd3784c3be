"""URL-encoded forms (WHATWG URL §5.1), parsed within limits; multipart is not supported, since no form sends files."""

from collections.abc import Collection
from urllib.parse import parse_qsl

from fastapi import Request

from podcaster.errors import RequestMalformed

FORM = "application/x-www-form-urlencoded"
_LONGEST_BYTES = 8 * 1024
_MOST_FIELDS = 20


async def read_form(
    request: Request,
    *,
    several: Collection[str] = (),
    most_fields: int = _MOST_FIELDS,
    longest_bytes: int = _LONGEST_BYTES,
) -> list[tuple[str, str]]:
    """Names and values of a form in a request's body, in order; fields in `several` may be repeated.

    Raises:
        RequestMalformed: the body is no form, too long, not UTF-8, or repeats another field (RFC 6749 §3.1).
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise RequestMalformed("The request is not a form.", f"Send it as {FORM}.")
    body = (await request.body()).decode("latin-1")
    return parse_form(body, several=several, most_fields=most_fields, longest_bytes=longest_bytes)


def parse_form(
    text: str,
    *,
    several: Collection[str] = (),
    most_fields: int = _MOST_FIELDS,
    longest_bytes: int = _LONGEST_BYTES,
) -> list[tuple[str, str]]:
    """Names and values of a query or a form.

    Raises:
        RequestMalformed: too long, not UTF-8, or a field is repeated that may not be.
    """
    if len(text) > longest_bytes:
        raise RequestMalformed("The form is too long.", f"Send at most {longest_bytes:,} bytes.")
    try:
        fields = parse_qsl(
            text, keep_blank_values=True, strict_parsing=bool(text), errors="strict", max_num_fields=most_fields
        )
    except ValueError:
        raise RequestMalformed("The form cannot be read.", "Send each field once, as UTF-8.") from None
    once = [name for name, _ in fields if name not in several]
    if len(set(once)) < len(once):
        raise RequestMalformed("The form has a field twice.", "Send each field once.")
    return fields
