"""Pages to keep or to print, as files: made when they are sent, of what stands on them."""

from bot.documents.files import File, file_of, name_of

__all__ = ["File", "file_of", "name_of"]
