"""Webhooks that submit reports. A signature over time and body authenticates the caller; each is accepted once."""

import hashlib
import hmac
import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from podcaster import language as languages
from podcaster.errors import HookUnset, RequestMalformed, SignatureWrong
from podcaster.intake.arrivals import withdraw
from podcaster.ports import Clock, Library, Newsroom, Publishing, Submission, Taken

_SIGNED = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]{64})", re.ASCII)
_WINDOW = timedelta(minutes=5)
_FORMS = {"html": "text/html", "markdown": "text/markdown", "text": "text/plain"}
_ACTIONS = frozenset({"publish", "update", "withdraw"})
_LISTED = "publish"
"""WordPress' status of a public post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """Payload of a hook call."""

    url: str
    gone: bool
    source: Submission | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """Receives webhooks of other programs."""

    library: Library
    newsroom: Newsroom
    publishing: Publishing
    clock: Clock
    secret: str

    def article(self, signature: str, body: bytes) -> Taken | None:
        """A report as `POST /api/articles` takes it, and what is to be done with it; None where it was withdrawn.

        Raises:
            HookUnset: no secret is set.
            SignatureWrong: the signature is another one, older than five minutes, or was used before.
            RequestMalformed: the body is not what this hook takes.
            InputRefused, SourceUnreachable: as for `Newsroom.submit`.
        """
        self._let_in(signature, body)
        return self._done(_generic(_json(body)))

    def wordpress(self, signature: str, body: bytes) -> Taken | None:
        """A post as WordPress's REST API or one of its webhook plug-ins has it; None where it is not public any more.

        Raises:
            HookUnset, SignatureWrong, RequestMalformed, InputRefused: as for `article`.
        """
        self._let_in(signature, body)
        return self._done(_wordpress(_json(body)))

    def _let_in(self, signature: str, body: bytes) -> None:
        if not self.secret:
            raise HookUnset("No hook is set up here.", "Set PODCASTER_HOOK_SECRET.")
        wrong = SignatureWrong(
            "The signature is missing, wrong, too old or used.",
            "Send X-Podcaster-Signature: t=…,v1=… anew for each call.",
        )
        found = _SIGNED.fullmatch(signature.strip())
        if found is None:
            raise wrong
        made = hmac.new(self.secret.encode(), f"{found[1]}.".encode() + body, hashlib.sha256).hexdigest()
        now = self.clock()
        age = abs(now.timestamp() - int(found[1]))
        if not hmac.compare_digest(made, found[2]) or age > _WINDOW.total_seconds():
            raise wrong
        # A signature from a clock ahead of ours is good for twice the window.
        if not self.library.first_delivery(made, now, forget_before=now - 3 * _WINDOW):
            raise wrong

    def _done(self, call: _Call) -> Taken | None:
        known = self.library.article_at(call.url) if call.url else None
        if call.gone:
            if known is not None:
                withdraw(known, self.library, self.newsroom, self.publishing)
            return None
        if call.source is None:
            raise RequestMalformed("There is no report in the request.", "Send one.")
        source = replace(call.source, article=known)
        tags = [languages.parse(tag) for tag in call.languages] or None
        if known is not None and not self.library.is_removed(known) and not self.library.episodes(article=known):
            # Nothing of it is heard: it may have been withdrawn, and is pushed anew.
            render = self.newsroom.submit(source, languages=tags)
            return Taken(article=render.article, render=render)
        return self.newsroom.take_in(source, languages=tags)


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(body.decode("utf-8"))
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise RequestMalformed("The request is not JSON.", "Send one JSON object, in UTF-8.") from error
    if not isinstance(said, dict):
        raise RequestMalformed("The request is not a JSON object.", "Send one JSON object.")
    return said


def _generic(said: Mapping[str, Any]) -> _Call:
    action, url = said.get("action", "publish"), said.get("url") or ""
    forms = [name for name in _FORMS if isinstance(said.get(name), str)]
    tags = said.get("languages") or []
    fit = isinstance(tags, list) and all(isinstance(tag, str) for tag in tags)
    if action not in _ACTIONS or not isinstance(url, str) or len(forms) > 1 or not (url or forms) or not fit:
        raise RequestMalformed(
            "The call does not say what to do with which report.",
            "Send action (publish, update, withdraw), url, at most one of html, markdown and text, and languages.",
        )
    if action == "withdraw":
        return _Call(url=url, gone=True)
    body = str(said[forms[0]]).encode("utf-8", "replace") if forms else b""
    kind = _FORMS[forms[0]] if forms else ""
    source = Submission(
        body=body, media_type=kind, charset="utf-8" if forms else "", name=url or "the report", url=url or None
    )
    return _Call(url=url, gone=False, source=source, languages=tuple(tags))


def _wordpress(said: Mapping[str, Any]) -> _Call:
    """`title.rendered`, `content.rendered`, `link`, `status` of the REST API; or `post_title` and so on of the plug-ins."""
    inner = said.get("post")
    post: Mapping[str, Any] = inner if isinstance(inner, dict) else said
    link = _text(post, "link", "post_permalink") or _text(said, "post_permalink") or _text(post, "guid")
    status = _text(post, "status", "post_status")
    if not link or not status:
        raise RequestMalformed("The post has no link or no status.", "Send the post as WordPress's REST API has it.")
    url = link.replace("__trashed", "")
    if status != _LISTED or _text(post, "password", "post_password"):
        return _Call(url=url, gone=True)
    title, content = _text(post, "title", "post_title"), _text(post, "content", "post_content")
    moment = _text(post, "date_gmt", "post_date_gmt").replace(" ", "T")
    tag = _text(post, "language")
    described = "".join(
        f'<meta {kind} content="{html.escape(name)}">'
        for kind, names in (('name="author"', _authors(post)), ('property="article:tag"', _terms(post)))
        for name in names
    )
    # The theme round a post would only have to be taken off again: a page is made of the post alone.
    page = (
        f'<!doctype html><html lang="{html.escape(tag)}"><head><meta charset="utf-8"><title>{title}</title>{described}'
        f'<meta property="article:published_time" content="{html.escape(moment)}"></head>'
        f"<body><article><h1>{title}</h1>{content}</article></body></html>"
    )
    body = page.encode("utf-8", "replace")
    return _Call(
        url=url, gone=False, source=Submission(body=body, media_type="text/html", charset="utf-8", name=url, url=url)
    )


def _authors(post: Mapping[str, Any]) -> Sequence[str]:
    """Names from the plug-in, or from the REST API with `_embed`."""
    return _names(post.get("authors")) or _names(_embedded(post).get("author"))


def _terms(post: Mapping[str, Any]) -> Sequence[str]:
    """Tags, likewise; the REST API alone has their numbers, which say nothing."""
    groups = _embedded(post).get("wp:term")
    embedded = [name for group in groups for name in _names(group)] if isinstance(groups, list) else []
    return _names(post.get("tags")) or embedded


def _embedded(post: Mapping[str, Any]) -> Mapping[str, Any]:
    found = post.get("_embedded")
    return found if isinstance(found, dict) else {}


def _names(listed: object) -> Sequence[str]:
    items = listed if isinstance(listed, list) else []
    names = (each.get("name") if isinstance(each, dict) else each for each in items)
    return [name for name in names if isinstance(name, str) and name]


def _text(post: Any, *names: str) -> str:  # noqa: ANN401 # JSON from elsewhere
    for name in names:
        value = post.get(name)
        value = value.get("rendered") if isinstance(value, dict) else value
        if isinstance(value, str) and value:
            return value
    return ""
