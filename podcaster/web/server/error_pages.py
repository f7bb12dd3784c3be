"""Error pages for browsers, in the visitor's language; programs get problem documents."""

from dataclasses import dataclass

from fastapi import Request
from jinja2 import Environment

from podcaster.errors import PodcasterError
from podcaster.web.http.negotiation import accepted_language, prefers_page
from podcaster.web.services import Services
from podcaster.web.site.words import words_for

_FOR_PROGRAMS = ("/api/", "/oauth/token", "/oauth/revoke", "/oauth/register", "/healthz", "/readyz", "/metrics")
_GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class ErrorPages:
    """Renders an error as a page."""

    services: Services
    pages: Environment

    def wanted(self, request: Request) -> bool:
        """Whether the client is a browser that shows a page."""
        asks = (request.method == "GET" or request.url.path.endswith("/form")) and not request.url.path.startswith(
            _FOR_PROGRAMS
        )
        return asks and prefers_page(request.headers.get("accept", ""))

    def html(self, request: Request, error: PodcasterError, status: int) -> str:
        """The page. It reads nothing from the library, which may be what has failed."""
        spoken = tuple(self.services.languages)
        language = accepted_language(request.headers.get("accept-language", ""), spoken) or spoken[0]
        words = words_for(language)
        gone = status in _GONE
        return self.pages.get_template("error.html").render(
            show=self.services.show(language),
            words=words,
            said=words.nothing_there if gone else words.went_wrong,
            why=words.nothing_there_why if gone else words.went_wrong_why,
            status=status,
            code=error.code,
        )
