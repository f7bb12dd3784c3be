"""A small installation with published, held and archived episodes and a listener, and what it serves to everybody."""

from pathlib import Path
from urllib.parse import urlsplit

import httpx

from podcaster.ports import Submission
from podcaster.wiring import Container
from support.loopback import NO_TLS
from support.small_service import served
from support.waiting import until

REPORTS = (
    "# A levy on cables\n\nThe levy starts in July 2028. It falls on the operator.\n",
    "# Ferries to Oslo\n\nFerries leave twice a day. Nobody was asked.\n",
    "# Held back\n\nThis one is withdrawn again.\n",
)


def fill(container: Container) -> None:
    """Three reports in every language, of which the last is withdrawn, and a listener."""
    made = [
        container.newsroom.submit(Submission(body=text.encode(), name=f"{place}.md"))
        for place, text in enumerate(REPORTS)
    ]
    with container.queue.working():
        until(lambda: all(container.library.render(each.id).state.final for each in made))
    for language in container.languages:
        container.publication.withdraw(made[-1].article, language)


def listening(container: Container) -> list[str]:
    """The paths of a new listener's feed and briefing."""
    with (
        served(container.web_services()) as url,
        httpx.Client(base_url=url, trust_env=False, verify=NO_TLS, timeout=60) as client,
    ):
        made = client.post("/listeners", json={"languages": ["es"], "topics": []})
        assert made.status_code == 201, made.text
        return [urlsplit(made.json()[name]).path for name in ("feed", "briefing")]


def everything_served(container: Container, *private: str) -> dict[str, bytes]:
    """The bytes of every feed, in every coding, and of every enclosure, as a podcast app gets them."""
    found: dict[str, bytes] = {}
    with (
        served(container.web_services()) as url,
        httpx.Client(base_url=url, trust_env=False, verify=NO_TLS, timeout=60) as client,
    ):
        for name in ["/feeds.opml", *(f"/feeds/{name}.xml" for name in container.library.feeds()), *private]:
            for coding in ("identity", "gzip", "br", "zstd"):
                with client.stream("GET", name, headers={"accept-encoding": coding}) as answer:
                    assert answer.status_code == 200, name
                    found[f"{name} {coding} {answer.headers.get('etag')}"] = b"".join(answer.iter_raw())
        for name in container.blobs.names("media/"):
            if name.endswith((".mp3", ".vtt", ".json")) and not name.endswith(".script.json"):
                answer = client.get(f"/{name}")
                found[name] = f"{answer.status_code} ".encode() + answer.content
    return found


def stored(folder: Path) -> set[str]:
    """The files of a folder."""
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
