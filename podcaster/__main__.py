"""`python -m podcaster`."""

from podcaster.cli import main

if __name__ == "__main__":
    main()
