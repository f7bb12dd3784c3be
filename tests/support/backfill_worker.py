"""A worker with quick engines, for test_backfills.py to kill: `backfill_worker.py FOLDER`."""

import sys
import time
from pathlib import Path

from support.quick_container import Made, quick_container

with (
    quick_container(Path(sys.argv[1]), "en", made=Made(seconds=0.02), workers=2) as container,
    container.queue.working(),
    container.polling.working(),
):
    container.newsroom.resume()
    while True:
        time.sleep(1)
