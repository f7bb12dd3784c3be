"""A worker of a tiny house, for test_backfills.py to kill: `backfill_worker.py FOLDER`."""

import sys
import time
from pathlib import Path

from support.tiny_house import Made, tiny_house

with (
    tiny_house(Path(sys.argv[1]), "en", made=Made(seconds=0.02), workers=2) as house,
    house.queue.working(),
    house.polling.working(),
):
    house.newsroom.resume()
    while True:
        time.sleep(1)
