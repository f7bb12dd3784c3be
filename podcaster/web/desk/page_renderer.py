"""Renders the desk's pages for editors who are signed in, in their language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment

from podcaster import language as languages
from podcaster.ports import ApiKey
from podcaster.units import LanguageTag
from podcaster.web.desk.words import DeskWords, desk_words
from podcaster.web.http.editor_session import SCOPES, active_key, session_key
from podcaster.web.services import Services

PRIVATE: Final[Mapping[str, str]] = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class PageRenderer:
    """Renders templates. Every page looks the key up again, so a revoked one stops working at once."""

    services: Services
    templates: Environment

    def visitor(self, request: Request) -> ApiKey | None:
        """The API key of a request's session."""
        return active_key(session_key(request.scope), self.services.library.key_by_digest)

    def words(self, request: Request) -> DeskWords:
        """The desk's words in the visitor's language."""
        return desk_words(request.headers.get("accept-language", ""))

    def sign_in(self, request: Request) -> Response:
        """The page that asks for a key."""
        return self._rendered("desk_key.html", request, key=None, here="")

    def page(self, template: str, request: Request, key: ApiKey | None, *, here: str, **shown: object) -> Response:
        """A page for the holder of a key; without one, the way to the sign-in.

        Args:
            template: Name of the template.
            request: The request.
            key: The visitor's key.
            here: The entry of the navigation that the page belongs to.
            shown: Values for the template.
        """
        if key is None:
            return RedirectResponse("/desk", status_code=303, headers=PRIVATE)
        rank = SCOPES.index(key.scope)
        rights = {f"may_{scope}": rank >= SCOPES.index(scope) for scope in ("edit", "publish", "admin")}
        return self._rendered(template, request, key=key, here=here, **rights, **shown)

    def _rendered(self, template: str, request: Request, **shown: object) -> Response:
        words = self.words(request)
        interface = LanguageTag(words["language"])

        def language_name(tag: LanguageTag) -> str:
            name = languages.name(tag, interface)
            return name[:1].upper() + name[1:]

        def figure(number: float) -> str:
            return languages.figure(number, interface)

        show = self.services.show(self.services.languages[0])
        html = self.templates.get_template(template).render(
            show=show,
            words=words,
            language_name=language_name,
            figure=figure,
            configured=self.services.languages,
            **shown,
        )
        return HTMLResponse(html, headers=PRIVATE)
