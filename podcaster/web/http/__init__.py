"""HTTP as values: ASGI messages, conditions, ranges, negotiation, forms, sessions."""
