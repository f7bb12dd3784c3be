"""`python -m podcaster`, and the installed command."""

import gc


def main() -> None:
    """Run a command."""
    gc.disable()  # until `resume_collection`
    from podcaster.cli import main as run  # noqa: PLC0415 # the pause comes first

    run()


if __name__ == "__main__":
    main()
