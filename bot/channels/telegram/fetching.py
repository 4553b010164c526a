"""Files that people sent, fetched from the platform at the moment somebody looks at them."""

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.request import AiohttpRequest
from bot.kept.files import FetchError


async def fetched(bot: Bot, request: AiohttpRequest, file_id: str, most: int) -> bytes:
    """Return the bytes of a file, at most so many; raises FetchError."""
    try:
        found = await bot.get_file(file_id)
        if found.file_path is None or (found.file_size or 0) > most:
            raise FetchError("it is too large")
        return await request.download(found.file_path, most)
    except TelegramError as error:
        # Of its own words none quotes an address.
        raise FetchError(error.message) from None
