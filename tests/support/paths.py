"""Places in the repository that tests read."""

from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PACKAGE = REPOSITORY / "podcaster"
TESTS = REPOSITORY / "tests"
GOLDEN = TESTS / "golden"
SUPPORT = TESTS / "support"
VOICES = REPOSITORY / "voices"
