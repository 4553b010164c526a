"""The librarians' desk in a Telegram group: each case is a topic."""
