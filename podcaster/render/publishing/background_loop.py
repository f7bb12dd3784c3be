"""Work that a thread does beside a block, and that ends with it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def background_loop(work: Callable[[threading.Event], None], *, name: str) -> Iterator[None]:
    """Within the block a thread of this name does `work`, which returns soon after the event is set; the block waits for that."""
    ended = threading.Event()
    thread = threading.Thread(target=work, args=[ended], name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
