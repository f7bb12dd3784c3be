"""Request bodies, read whole within limits of bytes and seconds."""

import asyncio
import re

from podcaster.errors import RequestMalformed, RequestTooSlow, SourceTooLarge
from podcaster.web.http.asgi import Receive, Scope, header


async def read_body(scope: Scope, receive: Receive, *, longest: int, seconds: float) -> bytes | None:
    """The whole body; None if the client has gone.

    Raises:
        SourceTooLarge: the body has more than `longest` bytes.
        RequestTooSlow: it did not arrive within so many seconds.
        RequestMalformed: Content-Length is not a number.
    """
    too_large = SourceTooLarge(f"The request has more than {longest:,} bytes.", "Send the text of the report alone.")
    declared = header(scope, b"content-length")
    if declared and not re.fullmatch("[0-9]{1,20}", declared):
        raise RequestMalformed("Content-Length is not a number.", "Correct it.")
    if declared and int(declared) > longest:
        raise too_large
    pieces: list[bytes] = []
    length, more = 0, True
    try:
        async with asyncio.timeout(seconds):
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return None
                pieces.append(message.get("body", b""))
                length, more = length + len(pieces[-1]), message.get("more_body", False)
                if length > longest:
                    raise too_large
    except TimeoutError:
        raise RequestTooSlow(f"The request did not arrive within {seconds:g} seconds.", "Send it again.") from None
    return b"".join(pieces)
