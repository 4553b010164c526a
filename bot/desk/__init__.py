"""The hand-off: who answers where, and what they do."""
