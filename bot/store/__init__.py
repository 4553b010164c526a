"""Where everything is kept: the interface, and SQLite."""
