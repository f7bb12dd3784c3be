"""A worker that is killed at one call, or not at all: `deadly_worker.py PORT METHOD CALL before|after`, or `deadly_worker.py -`.

It hands in the report of the golden suite, works until every render is final, and prints `finished`.
"""

import sys
import time
from pathlib import Path

from podcaster.cli.container import container
from podcaster.cli.terminal.logs import write_logs
from podcaster.ports import Submission
from podcaster.testing.faults import KillAt

REPORT = Path(__file__).parents[1] / "golden" / "article" / "two-authors.txt"


def main() -> None:
    write_logs(sys.stderr)  # DBOS says there that it ended while a workflow was handed out, which is taken up again
    here = container()
    if sys.argv[1] != "-":
        port, method, call, when = sys.argv[1:]
        deadly = KillAt(getattr(here, port), method, int(call), after=when == "after")
        setattr(here, port, deadly)
    with here.queue.working():
        here.newsroom.resume()
        if not any(here.library.renders(each.article.id) for each in here.library.articles()):
            here.newsroom.submit(Submission(body=REPORT.read_bytes(), name=REPORT.name))
        while here.library.unfinished_renders():
            time.sleep(0.05)
    here.close()
    print("finished", flush=True)


main()
