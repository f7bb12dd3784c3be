"""The Queue port on DBOS: work that outlives the process it began in."""

from podcaster.adapters.dbos.queue import DbosQueue

__all__ = ["DbosQueue"]
