"""Files that people and librarians send each other: checked, encrypted, had again."""
