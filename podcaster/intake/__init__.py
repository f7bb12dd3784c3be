"""How reports come in by themselves: sources that are watched, hooks that are called; and what withdraws them."""
