"""Garbage collection waits until a command is loaded: searching half a million new objects is a sixth of its start."""

import gc


def pause_collection() -> None:
    """Make no search for garbage until `resume_collection`."""
    gc.disable()


def resume_collection() -> None:
    """Collect garbage again, except among the modules loaded meanwhile; does nothing without a pause."""
    if not gc.isenabled():
        gc.collect()  # what is garbage by now would be kept for good
        gc.freeze()
        gc.enable()
