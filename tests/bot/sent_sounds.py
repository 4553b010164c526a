"""Recordings of silence in each kind that may be sent, and what only says so; made here."""

SECOND = 38
"""Frames of a second."""
MP3 = (b"\xff\xfb\x90\x00" + bytes(413)) * SECOND
OGG = b"OggS\x00\x02" + bytes(22) + b"OpusHead\x01\x01" + bytes(400)


def _box(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + name + content


def _track(handler: bytes) -> bytes:
    return _box(b"trak", _box(b"mdia", _box(b"hdlr", bytes(8) + handler + bytes(13))))


def mp4(*handlers: bytes) -> bytes:
    head = _box(b"ftyp", b"M4A \x00\x00\x00\x00mp42isom")
    return head + _box(b"moov", b"".join(map(_track, handlers))) + _box(b"mdat", bytes(200))


def webm(*codecs: bytes) -> bytes:
    return (
        b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + b"".join(b"\x86" + c for c in codecs) + bytes(9)
    )


ALLOWED = {
    "запис.ogg": OGG,
    "запис.opus": OGG,
    "запис.mp3": MP3,
    "с име.MP3": b"ID3\x04\x00\x00\x00\x00\x00\x00" + MP3,
    "Recording.m4a": mp4(b"soun"),
    "запис.aac": b"\xff\xf1\x50\x80" + bytes(100),
    "запис.webm": webm(b"A_OPUS"),
}
REFUSED = {
    "film.mp4": mp4(b"vide", b"soun"),
    "film.m4a": mp4(b"soun", b"vide"),
    "film.webm": webm(b"V_VP8", b"A_OPUS"),
    "film.ogg": b"OggS\x00\x02" + bytes(22) + b"\x80theora" + bytes(99),
    "page.mp3": b"<!doctype html><script>alert(1)</script>",
    "запис.wav": b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(99),
    "музика.ogg": MP3,
}
