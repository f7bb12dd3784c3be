"""A worker in a process of its own, which test_queue.py runs and tells what it is to do.

At the stage `deadly` (`speak es`) it is killed `before` it or `after` it or a `late` moment behind its beginning, or it
`hold`s for ever.
"""

import os
import signal
import time
from pathlib import Path

from podcaster.adapters.dbos import DbosQueue
from podcaster.render.pipeline.render_priority import LocalRenderPriority
from podcaster.testing.stages import LoggingStages

url, log, name, deadly, when, lives = globals()["about"]


class Dying(LoggingStages):
    def _carry_out(self, stage: str, job: object, language: str = "-", *more: object) -> None:
        super()._carry_out(stage, job, language, *more)  # type: ignore[arg-type] # passed on as it came
        if when == "after":
            die(stage, language)


def die(stage: str, language: str) -> None:
    if f"{stage} {language}" == deadly:
        time.sleep({"hold": 3600, "late": 0.7}.get(when, 0))
        os.kill(os.getpid(), signal.SIGKILL)


stages = Dying(Path(log), die if when != "after" else lambda *_: None)
queue = DbosQueue(url, lambda: stages, priority=LocalRenderPriority(), workers=2, worker_name=name, lives=lives)
with queue.working():
    while "finish" not in stages.done():
        time.sleep(0.01)
queue.close()
