"""A backup or restore that is killed at one call: `deadly_backup.py backup|restore WHERE PART METHOD CALL`.

PART is `backup` (the store that is backed up to), `blobs` (the library's own) or `library` (its rows).
"""

import sys

from podcaster.backup.transfer import unwatched
from podcaster.cli.container import container
from podcaster.testing.faults import KillAt


def main() -> None:
    verb, where, part, method, call = sys.argv[1:]
    here = container()
    parts = {"backup": here.backup_store(where), "blobs": here.blobs, "library": here.library_copies}
    parts[part] = KillAt(parts[part], method, int(call), after=False)
    here.__dict__["blobs"] = parts["blobs"]
    with here.one_backup():
        if verb == "backup":
            saver = here.saver(unwatched)
            saver.save(parts["backup"])
        else:
            restorer = here.restorer(unwatched)
            object.__setattr__(restorer, "library", parts["library"])
            restorer.restore(parts["backup"])
    print("finished", flush=True)


main()
