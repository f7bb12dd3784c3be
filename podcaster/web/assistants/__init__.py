"""Assistants: an MCP server at /mcp (Model Context Protocol, Streamable HTTP)."""
