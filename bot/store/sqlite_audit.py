"""A line of the audit trail as a statement: it is stored in one transaction with what was done."""

from dataclasses import astuple

from bot.store.interface import NewAudit

Statement = tuple[str, tuple[object, ...]]
_COLUMNS = "at, actor, role, action, about, address, before, after"
_INSERT = f"INSERT INTO audit ({_COLUMNS}) SELECT ?, ?, ?, ?, ?, ?, ?, ?"


def noting(line: NewAudit, only_if: str = "true", *values: object) -> Statement:
    """Return the statement that writes this line where `only_if` holds as it is done."""
    return f"{_INSERT} WHERE {only_if}", (*astuple(line), *values)
