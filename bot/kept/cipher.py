"""The key of kept files, and what is done with it: whoever has the database alone reads none."""

import base64
import binascii
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

LENGTH = 32
NONCE = 12


class KeyFaultError(Exception):
    """The key is missing, unreadable or another one; the text says which, never the key."""


def key_from(text: str) -> bytes:
    """Return the key that is written as 64 hexadecimal digits or as base64; raises ValueError."""
    text = text.strip()
    try:
        key = bytes.fromhex(text) if len(text) == 2 * LENGTH else base64.b64decode(text, b"-_")
    except (ValueError, binascii.Error):
        raise ValueError("no key") from None
    if len(key) != LENGTH:
        raise ValueError("no key")
    return key


@dataclass(frozen=True, slots=True)
class FileKey:
    """The key that was given, or one in a file, made there once."""

    given: bytes | None
    file: Path

    @classmethod
    def beside(cls, database: Path, given: bytes | None = None) -> "FileKey":
        """Return the key that was given, or else one in a file beside the database."""
        return cls(given, database.with_name(f"{database.stem}-files.key"))

    def read(self) -> bytes:
        """Return the key; raises KeyFaultError."""
        if self.given:
            return self.given
        try:
            return key_from(self.file.read_text(encoding="ascii"))
        except FileNotFoundError:
            raise KeyFaultError(f"{self.file}: the key of the kept files is missing") from None
        except (OSError, ValueError):
            raise KeyFaultError(f"{self.file}: holds no key of kept files") from None

    def read_or_make(self) -> bytes:
        """Return the key, having made one where there was none; raises KeyFaultError."""
        if not self.given and not self.file.exists():
            self._make()
        return self.read()

    def _make(self) -> None:
        # Written whole before it has its name: a crash leaves no half of a key.
        draft = self.file.with_name(f"{self.file.name}.{secrets.token_hex(4)}")
        try:
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as out:
                out.write(f"{secrets.token_hex(LENGTH)}\n")
                out.flush()
                os.fsync(out.fileno())
            with suppress(FileExistsError):  # another process was faster: its key holds
                os.link(draft, self.file)
        except OSError as error:
            raise KeyFaultError(f"{self.file}: cannot be made ({error.strerror})") from None
        finally:
            draft.unlink(missing_ok=True)


def sealed(key: bytes, name: str, content: bytes) -> tuple[bytes, bytes]:
    """Return the nonce and the encrypted bytes; they open under the same name only."""
    nonce = secrets.token_bytes(NONCE)
    return nonce, AESGCM(key).encrypt(nonce, content, name.encode())


def opened(key: bytes, name: str, nonce: bytes, content: bytes) -> bytes:
    """Return the bytes as they were; raises KeyFaultError."""
    try:
        return AESGCM(key).decrypt(nonce, content, name.encode())
    except (InvalidTag, ValueError):
        raise KeyFaultError("a kept file does not open: it was kept with another key") from None
