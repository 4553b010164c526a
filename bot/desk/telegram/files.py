"""Which files of librarians go to a person: known kinds, not too large. Pure."""

from pathlib import PurePosixPath

from bot.channels.telegram.group_updates import GroupMessage, SentDocument, SentPicture, SentVoice
from dialogs.model import KeptFile

LARGEST = 10 * 1024 * 1024
"""Bytes."""
LONGEST_VOICE = 600
"""Seconds."""
LONGEST_NAME = 80
KINDS = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}


class RefusedFileError(Exception):
    """The file is not sent; the message is the name of the words that say why."""


def kept_file(message: GroupMessage) -> KeptFile | None:
    """Return the file that came with a message, None without one; raises RefusedFileError."""
    if not message.has_file:
        return None
    if message.media_group_id:
        # Of several pictures at once only one carries the words below them. Where those make a
        # note of it, the others would still go to the person.
        raise RefusedFileError("desk-tg-file-album")
    if message.document:
        return _document(message.document)
    if message.voice:
        return _voice(message.voice)
    return _picture(max(message.photo, key=lambda size: size.file_size))


def _document(sent: SentDocument) -> KeptFile:
    name = PurePosixPath(sent.file_name.replace("\\", "/")).name
    name = "".join(c for c in name if c.isprintable())[-LONGEST_NAME:]
    mime = KINDS.get(PurePosixPath(name).suffix.lower(), "")
    if not mime or sent.mime_type not in ("", "application/octet-stream", mime):
        raise RefusedFileError("desk-tg-file-kind")
    return _kept("document", sent.file_id, sent.file_size, name, mime)


def _voice(sent: SentVoice) -> KeptFile:
    if sent.duration > LONGEST_VOICE:
        raise RefusedFileError("desk-tg-file-voice")
    return _kept("voice", sent.file_id, sent.file_size, "", sent.mime_type or "audio/ogg")


def _picture(sent: SentPicture) -> KeptFile:
    return _kept("photo", sent.file_id, sent.file_size, "", "image/jpeg")


def _kept(kind: str, ref: str, size: int, name: str, mime: str) -> KeptFile:
    if size > LARGEST:
        raise RefusedFileError("desk-tg-file-large")
    fields = {"type": kind, "ref": f"telegram:{ref}", "name": name, "mime": mime, "size": size}
    return KeptFile.model_validate(fields)
