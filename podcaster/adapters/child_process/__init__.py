"""Child processes that engines and parsers run in: started once, asked many times, killed when they do not answer.

Adapters do not import one another; what their processes have in common is here, below them.
"""
