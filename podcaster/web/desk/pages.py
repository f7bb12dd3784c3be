"""The editors' desk: its pages write through the API only."""

from collections.abc import Callable

from fastapi import APIRouter
from jinja2 import Environment

from podcaster.web.desk.download_page import add_download_page
from podcaster.web.desk.hand_in_page import add_hand_in_page
from podcaster.web.desk.inbox_page import add_inbox_page
from podcaster.web.desk.page_renderer import PageRenderer
from podcaster.web.desk.report_page import add_report_page
from podcaster.web.desk.sign_in import add_sign_in
from podcaster.web.desk.source_pages import add_source_pages
from podcaster.web.desk.term_pages import add_term_pages
from podcaster.web.desk.voice_pages import add_voice_pages
from podcaster.web.http.asgi import Scope
from podcaster.web.services import Services


def desk(services: Services, pages: Environment, count_wrong_key: Callable[[Scope], None]) -> APIRouter:
    """The routes below /desk.

    `count_wrong_key` raises AskedTooOften after too many wrong keys from one network.
    """
    router = APIRouter(include_in_schema=False)
    renderer = PageRenderer(services, pages)
    add_sign_in(router, services, count_wrong_key)
    add_inbox_page(router, renderer)
    add_hand_in_page(router, renderer)
    add_source_pages(router, renderer)
    add_download_page(router, renderer)
    add_term_pages(router, renderer)
    add_voice_pages(router, renderer)
    add_report_page(router, renderer)  # last: its path matches every name
    return router
