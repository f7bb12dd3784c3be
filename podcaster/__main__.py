"""`python -m podcaster`, and the installed command."""

import gc
import os


def main() -> None:
    """Run a command."""
    gc.disable()  # until `resume_collection`
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # or it reads every installed package's metadata
    from podcaster.cli import main as run  # noqa: PLC0415 # the pause comes first

    run()


if __name__ == "__main__":
    main()
