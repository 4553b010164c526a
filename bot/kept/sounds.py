"""Recordings of a voice, known by their own bytes; a film is none, whatever it is called."""

OPENING = 64
"""Bytes in which the first page of an Ogg file names what it holds."""
HEAD = 64 * 1024
"""Bytes in which a WebM file names its tracks."""
_IN_OGG = (b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7fFLAC")
_HANDLER = b"hdlr"
_FILMS = (b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG")
_SOUNDS = (b"A_OPUS", b"A_VORBIS", b"A_AAC")


def sound_by_bytes(content: bytes) -> str | None:
    """Return what kind of recording the bytes are; None for all else."""
    if content.startswith(b"OggS"):
        return "audio/ogg" if any(name in content[:OPENING] for name in _IN_OGG) else None
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        return "audio/webm" if _is_sound_alone(content[:HEAD]) else None
    if content[4:8] == b"ftyp":
        tracks = _tracks(content)
        return "audio/mp4" if b"soun" in tracks and b"vide" not in tracks else None
    if content.startswith(b"ID3") or _is_mp3_frame(content):
        return "audio/mpeg"
    if len(content) > 1 and content[0] == 0xFF and content[1] & 0xF6 == 0xF0:
        return "audio/aac"
    return None


def _is_sound_alone(head: bytes) -> bool:
    sounds = any(name in head for name in _SOUNDS)
    return b"webm" in head[:OPENING] and sounds and not any(name in head for name in _FILMS)


def _tracks(content: bytes) -> set[bytes]:
    """Return what each part of an MP4 file says that it holds."""
    found, at = set(), content.find(_HANDLER)
    while at >= 0:
        # Behind the name: a version, flags, and four bytes that say nothing.
        found.add(content[at + 12 : at + 16])
        at = content.find(_HANDLER, at + 4)
    return found


def _is_mp3_frame(content: bytes) -> bool:
    """Return whether the first frame is of an MP3: layer III, with a rate that there is."""
    if len(content) < 4 or content[0] != 0xFF or content[1] & 0xE6 != 0xE2:
        return False
    known_version, bits, rate = content[1] & 0x18 != 0x08, content[2] >> 4, content[2] >> 2 & 3
    return known_version and 0 < bits < 15 and rate != 3
