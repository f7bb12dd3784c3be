"""How reports come in by themselves: sources that are watched, hooks that are called, archives that are filled in."""
