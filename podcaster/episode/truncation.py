"""Text cut to the lengths that file formats and directories allow."""

from podcaster.article.text import one_line


def truncate(text: str, characters: int) -> str:
    """One clean line of at most `characters`, cut between words if possible and then ending in `…`."""
    line = one_line(text)
    if len(line) <= characters:
        return line
    kept = line[: characters - 1]
    words, space, _ = kept.rpartition(" ")
    return (words if space and len(words) > characters // 2 else kept).rstrip() + "…"


def truncate_bytes(text: str, limit: int) -> str:
    """One clean line of at most `limit` bytes of UTF-8, four or more; cut as `truncate` does."""
    line = one_line(text)
    encoded = line.encode()
    if len(encoded) <= limit:
        return line
    room = limit - len("…".encode())
    return truncate(line, len(encoded[:room].decode(errors="ignore")) + 1)
