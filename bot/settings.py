"""The settings, read once from the environment; a wrong one is one clear line."""

import re
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    SecretStr,
    ValidationError,
    field_validator,
)

from bot.kept.cipher import key_from
from knowledge.loading import DATA

PREFIX = "POSOKA_"


class SettingsError(Exception):
    """A setting cannot be used; the message names it, what was found and what is allowed."""


def is_address(text: str) -> bool:
    """Return whether people can reach a service at that."""
    return bool(re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", text))


class Listen(BaseModel):
    """Where the web server listens."""

    model_config = ConfigDict(frozen=True)

    host: str
    port: int = Field(ge=0, le=65535)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def is_private(self) -> bool:
        """Whether nobody but this computer reaches it."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


class Settings(BaseModel):
    """All that can be set, with what holds where nothing is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    database: Path = Path("posoka.db")
    listen: Listen = Listen(host="127.0.0.1", port=8080)
    knowledge: Path = DATA
    public_url: str | None = None
    """What people reach the service at."""
    trusted_proxy: tuple[IPv4Network | IPv6Network, ...] = ()
    """Where a web server stands whose word is taken for who calls."""
    file_key: SecretStr | None = None
    """What kept files are encrypted with; where not set, it is made beside the database."""
    telegram_token: SecretStr | None = None
    telegram_api_url: HttpUrl = HttpUrl("https://api.telegram.org")

    @property
    def is_public(self) -> bool:
        """Whether others reach the web desk, by its own address or through a web server."""
        return self.public_url is not None or not self.listen.is_private

    @field_validator("database", mode="before")
    @classmethod
    def _database(cls, raw: Any) -> Any:
        if isinstance(raw, Path):
            return raw
        found = re.fullmatch(r"sqlite:///(.+)", str(raw))
        if not found:
            raise ValueError(
                "allowed: sqlite:///relative.db or sqlite:////absolute/path.db "
                "(PostgreSQL is not supported yet)"
            )
        return Path(found[1])

    @field_validator("knowledge")
    @classmethod
    def _knowledge(cls, folder: Path) -> Path:
        if not (folder / "facts.yaml").is_file():
            raise ValueError("allowed: a folder with facts.yaml, measures/, places/ and the rest")
        return folder

    @field_validator("public_url")
    @classmethod
    def _public_url(cls, raw: str) -> str:
        if not is_address(raw):
            raise ValueError("allowed: an address, for example https://posoka.example.bg")
        return raw.rstrip("/")

    @field_validator("trusted_proxy", mode="before")
    @classmethod
    def _trusted_proxy(cls, raw: Any) -> Any:
        if isinstance(raw, tuple):
            return raw
        try:
            return tuple(ip_network(part.strip()) for part in str(raw).split(","))
        except ValueError:
            allowed = "allowed: addresses or networks, for example 127.0.0.1 or 10.0.0.0/8,::1"
            raise ValueError(allowed) from None

    @field_validator("file_key", mode="before")
    @classmethod
    def _file_key(cls, raw: Any) -> Any:
        try:
            key_from(str(raw))
        except ValueError:
            raise ValueError(
                "allowed: 32 random bytes as 64 hexadecimal digits or as base64"
            ) from None
        return raw

    @field_validator("listen", mode="before")
    @classmethod
    def _listen(cls, raw: Any) -> Any:
        if isinstance(raw, Listen):
            return raw
        host, _, port = str(raw).rpartition(":")
        if not host.strip() or not re.fullmatch(r"[0-9]{1,5}", port):
            raise ValueError("allowed: host:port, for example 127.0.0.1:8080")
        return {"host": host.strip("[]"), "port": int(port)}

    @field_validator("telegram_token", mode="before")
    @classmethod
    def _token(cls, raw: Any) -> Any:
        # The platform's own form, so that a mistake is found before the first call.
        if raw is not None and not re.fullmatch(r"\d+:[\w-]{10,}", str(raw)):
            raise ValueError("allowed: the token that BotFather gave, digits:letters")
        return raw


_NAMES = {
    "DATABASE_URL": "database",
    "LISTEN": "listen",
    "KNOWLEDGE": "knowledge",
    "PUBLIC_URL": "public_url",
    "TRUSTED_PROXY": "trusted_proxy",
    "FILE_KEY": "file_key",
    "TELEGRAM_TOKEN": "telegram_token",
    "TELEGRAM_API_URL": "telegram_api_url",
}
_FOR_TESTS = {"BOT_API_DESCRIPTION", "REQUIRE_BROWSER", "SCREENSHOTS"}
"""Names that only the tests look at."""
_SECRET = {"TELEGRAM_TOKEN", "FILE_KEY"}
_SECRETS = re.compile(r"(?<=//)[^/@]*(?=@)|\d+:[\w-]{10,}")
"""A name with a password in an address, and what looks like a token, whatever it was set as."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings of the environment's `POSOKA_…` variables; an empty one is not set.

    Raises SettingsError with one line for the first wrong one, never quoting a secret.
    """
    given = {
        name.removeprefix(PREFIX): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and value and name.removeprefix(PREFIX) not in _FOR_TESTS
    }
    unknown = sorted(set(given) - set(_NAMES))
    if unknown:
        allowed = ", ".join(PREFIX + name for name in _NAMES)
        raise SettingsError(f"{PREFIX}{unknown[0]}: no such setting; allowed: {allowed}")
    try:
        return Settings.model_validate({_NAMES[name]: value for name, value in given.items()})
    except ValidationError as error:
        fault = error.errors()[0]
        name = next(n for n, field in _NAMES.items() if field == fault["loc"][0])
        found = "a value that cannot be one" if name in _SECRET else _shown(given[name])
        said = str(fault["msg"]).removeprefix("Value error, ")
        raise SettingsError(f"{PREFIX}{name}: found {found}; {said}") from None


def _shown(value: str) -> str:
    return repr(_SECRETS.sub("…", value))
