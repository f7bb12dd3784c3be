"""Text cut to the lengths that file formats and directories allow."""

from podcaster.article.text import one_line


def shortened(text: str, characters: int) -> str:
    """One clean line of at most so many characters, cut between words where there are any, with `…` where it was cut."""
    line = one_line(text)
    if len(line) <= characters:
        return line
    kept = line[: characters - 1]
    words, space, _ = kept.rpartition(" ")
    return (words if space and len(words) > characters // 2 else kept).rstrip() + "…"


def within_bytes(text: str, limit: int) -> str:
    """One clean line whose UTF-8 form has at most `limit` bytes, four or more; cut as `shortened` cuts."""
    line = one_line(text)
    encoded = line.encode()
    if len(encoded) <= limit:
        return line
    room = limit - len("…".encode())
    return shortened(line, len(encoded[:room].decode(errors="ignore")) + 1)
