"""The ASGI application and what guards it: start, gate, limits, error responses, metrics."""
