"""The MCP server: its instructions and its tools. Importing this loads the SDK, 28 MB."""

from collections.abc import Callable
from typing import Annotated, Final, ParamSpec, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from podcaster.errors import PodcasterError
from podcaster.release import release_version
from podcaster.web.assistants.assistant_tools import AssistantTools
from podcaster.web.assistants.bearer import access_token
from podcaster.web.assistants.documents import PersonalBriefing, Report, ReportList

Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")
_READS: Final = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_INSTRUCTIONS: Final = (
    "Reports of this publisher, written, and read aloud by synthetic voices in several languages. Cite a report with its "
    "page; to let somebody listen from a sentence, give them the sentence's `play` address. Say that the voice is synthetic, "
    "and whether a translation was reviewed."
)
_Language = Annotated[str, Field(max_length=35, description="BCP 47 tag, as `es`; empty: any.")]
_Limit = Annotated[int, Field(ge=1, le=50, description="Most reports in the answer.")]


async def answered(ask: Callable[Asked, Answer], *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
    """An answer of a tool; our errors in their own words, which the SDK would hide from the assistant.

    Raises:
        ToolError: what happened, and what to do.
    """
    try:
        return await run_in_threadpool(ask, *args, **kwargs)
    except PodcasterError as error:
        raise ToolError(str(error)) from error


def mcp_server(tools: AssistantTools, title: str) -> MCPServer:
    """The server of a show."""
    server = MCPServer("podcaster", title=title, instructions=_INSTRUCTIONS, version=release_version())

    @server.tool(title="Search reports", annotations=_READS)
    async def search_reports(
        query: Annotated[
            str, Field(min_length=1, max_length=200, description="Words of title, topics, authors or summary.")
        ],
        language: _Language = "",
        limit: _Limit = 10,
    ) -> ReportList:
        """Find published reports by words. All words have to be there, the last one may be a beginning."""
        return await answered(tools.search, query, language, limit)

    @server.tool(title="Latest reports", annotations=_READS)
    async def latest_reports(
        topic: Annotated[str, Field(max_length=200, description="A topic's name, as `Norway`; empty: all.")] = "",
        language: _Language = "",
        limit: _Limit = 10,
    ) -> ReportList:
        """The newest reports, on a topic or on all, in a language or in any."""
        return await answered(tools.latest, topic, language, limit)

    @server.tool(title="Read a report", annotations=_READS)
    async def read_report(
        report: Annotated[str, Field(max_length=80, description="`report` of a search.")],
        language: _Language = "",
        from_line: Annotated[int, Field(ge=0, le=100_000)] = 0,
        limit: Annotated[int, Field(ge=1, le=300, description="Most lines in the answer.")] = 150,
    ) -> Report:
        """A report line by line, each with its time in the audio and an address that plays from there."""
        return await answered(tools.read, report, language, from_line, limit)

    @server.tool(title="My briefing", annotations=_READS)
    async def my_briefing(context: Context) -> PersonalBriefing:
        """The signed-in listener's own briefing: headlines and key points of the reports that they follow."""
        request = context.request_context.request
        headers = request.scope if isinstance(request, Request) else {"headers": []}
        access = access_token(headers)
        listener = await answered(tools.listener, access)
        if listener is None:
            raise ToolError("Nobody is signed in. Sign in, and ask again.")
        return await answered(tools.briefing, listener, access)

    return server
