"""Routes by which assistants find the authorization server."""

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from podcaster.web.assistants.bearer import RESOURCE_METADATA, SERVER_METADATA, resource_metadata, server_metadata
from podcaster.web.services import Services

_HEADERS = {"Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*"}


def assistants_metadata(services: Services) -> APIRouter:
    """The routes."""
    router = APIRouter(include_in_schema=False)

    @router.get(RESOURCE_METADATA)
    def resource() -> Response:
        return JSONResponse(resource_metadata(services.base_url), headers=_HEADERS)

    @router.get(SERVER_METADATA)
    def server() -> Response:
        return JSONResponse(server_metadata(services.base_url), headers=_HEADERS)

    return router
