"""The channel: events out of updates, messages into chats."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Self

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
)
from telegram import Message as SentMessage
from telegram.constants import (
    BotCommandLimit,
    CallbackQueryLimit,
    InlineKeyboardButtonLimit,
    MessageLimit,
)
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.channels.interface import Limits, SendError
from bot.channels.opening import telegram_link
from bot.channels.telegram import rendering, updates
from bot.channels.telegram.changing import Changing
from bot.channels.telegram.failures import file_fault, send_error
from bot.channels.telegram.fetching import fetched
from bot.channels.telegram.incoming_files import SCHEME
from bot.channels.telegram.request import AiohttpRequest, form
from bot.channels.telegram.ways import kinds_to_try
from bot.documents import File, file_of
from bot.kept.files import Loaded, LostFileError
from bot.pace import Pace
from bot.store.interface import Received
from dialogs.documents import Document
from dialogs.model import Event, KeptFile, Message, Pin
from dialogs.respond import COMMANDS
from dialogs.texts import Texts
from dialogs.turn import Abilities, Room
from dialogs.undelivered import FILE_LOST, STAYS
from knowledge.texts import LANGUAGES, Language

log = logging.getLogger(__name__)
NAME = "telegram"
LIMITS = Limits(per_second=27, chat_gap=1.0)
"""The platform's are 30 a second in all and one a second in a chat."""
BytesOf = Callable[[KeptFile], Awaitable[Loaded]]
"""Returns a file that is kept elsewhere than with the platform; raises LostFileError."""
LanguageOf = Callable[[str], Awaitable[Language]]
"""Returns the language of the talk at an address."""
NOTICE = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)
ROOM = Room(
    text=int(MessageLimit.MAX_TEXT_LENGTH),
    label=64,  # our choice: the platform names no bound, and a narrow phone shows less
    action=int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA),
    note=NOTICE,
    command=int(BotCommandLimit.MAX_DESCRIPTION),
)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass
class _Begun:
    """A message of several parts of which some have been sent."""

    message: Message
    sent: list[str] = field(default_factory=list)
    lost: str = ""
    """Why the file that was to go with it did not."""


class TelegramChannel:
    """One bot; an async context, within which it can call the platform."""

    name = NAME
    abilities = Abilities(reaches=True, hides=True, room=ROOM)

    def __init__(  # noqa: PLR0913  # what a bot is made of
        self,
        token: str,
        api_url: str,
        texts: Mapping[Language, Texts],
        language_of: LanguageOf,
        *,
        limits: Limits = LIMITS,
        bytes_of: BytesOf | None = None,
    ) -> None:
        self.limits = limits
        self._bytes_of = bytes_of
        self._texts = texts
        self._language_of = language_of
        self._request = AiohttpRequest()
        base = api_url.rstrip("/")
        self._bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )
        self._username = ""
        self._begun: dict[str, _Begun] = {}
        self._prompts: dict[str, int] = {}
        self._pace = Pace(limits.per_second)
        self._changing = Changing(self._bot, self._pace)
        self._background: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        # Not the library's own initialize: where the token is refused, its error quotes it.
        await self._request.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        await self._request.shutdown()

    @property
    def bot(self) -> Bot:
        """What calls the platform: the desks' groups are called over the same connections."""
        return self._bot

    # -- in ------------------------------------------------------------------------------------

    def decode(self, raw: str) -> Event | None:
        """Return what the person did, None where it means nothing; raises MalformedError."""
        return updates.event_of(raw)

    async def updates(self, offset: int | None, wait: int) -> list[Any]:
        """Return the next updates as they are, having confirmed those below `offset`.

        The library's own method parses them all at once: one that it cannot read would hide the
        others for ever.
        """
        parameters: dict[str, object] = {
            "timeout": wait,
            "limit": 100,
            "allowed_updates": list(updates.ALLOWED),
        }
        if offset is not None:
            parameters["offset"] = offset
        found = await self._request.post(
            f"{self._bot.base_url}/getUpdates", form(parameters), read_timeout=wait + 10
        )
        if not isinstance(found, list):
            raise NetworkError("Invalid server response")
        return found

    def rest(self, event: Received, notice: str) -> None:
        """Let a pressed button rest once its step is stored, with a word above it if there is one.

        It is done in the background; nothing depends on it.
        """
        query = updates.query_of(json.loads(event.raw)) if event.channel == NAME else None
        if query:
            self._later(partial(self._bot.answer_callback_query, query, notice[:NOTICE] or None))

    async def call(self, method: str, **parameters: object) -> Any:
        """Return the platform's answer to a call, as it is; raises TelegramError."""
        return await self._request.post(f"{self._bot.base_url}/{method}", form(parameters))

    # -- who it is -----------------------------------------------------------------------------

    async def introduce(self) -> str:
        """Return the bot's name as people see it; raises TelegramError."""
        me = await self._bot.get_me()
        self._username = me.username or ""
        return f"@{me.username}" if me.username else me.first_name

    async def offer_commands(self) -> None:
        """Set the menu of those commands that have words for it.

        They are Bulgarian for everybody, and in each other language where the phone is.
        """
        for language in LANGUAGES:
            code, texts = None if language == "bg" else language, self._texts[language]
            await self._bot.set_my_commands(
                [
                    BotCommand(name, texts(f"command-{name}"))
                    for name in COMMANDS
                    if f"command-{name}" in texts
                ],
                scope=BotCommandScopeAllPrivateChats(),
                language_code=code,
            )

    # -- out -----------------------------------------------------------------------------------

    async def send(self, address: str, message: Message) -> str:
        """Send, and return the ids of its parts joined by commas; raises SendError.

        Tried again after a failure, it goes on with the part that failed. Where a librarian's file
        does not go, the words do and say so, and the error has their ids.
        """
        try:
            sent = await self._send(address, message)
        except TelegramError as error:
            failure = send_error(error)
        except SendError as error:
            failure = error
        except Exception as error:  # noqa: BLE001  # the lane must not die of an answer nobody expected
            failure = SendError(f"unexpected answer: {type(error).__name__}", again=False)
        else:
            lost = self._begun.pop(address).lost
            if not lost:
                return sent
            failure = SendError(lost, again=False, sent=sent)
        if not failure.again:
            self._begun.pop(address, None)
        raise failure from None

    async def _send(self, address: str, message: Message) -> str:
        begun = self._begun.get(address)
        if begun is None or begun.message != message:
            begun = self._begun[address] = _Begun(message)
        calls = await self._calls(_chat(address), message, begun)
        for number, call in enumerate(calls):
            if number < len(begun.sent):
                continue
            if number:
                await asyncio.sleep(self.limits.chat_gap)
            await asyncio.sleep(self._pace.take())
            begun.sent.append(await call())
        self._close_prompt(address)
        if message.asks_location:
            await self._prompt(address)
        return ",".join(filter(None, begun.sent))

    async def _calls(
        self, chat: int, message: Message, begun: _Begun
    ) -> Sequence[Callable[[], Awaitable[str]]]:
        if message.file is not None:
            calls = await self._with_kept(chat, message, message.file, begun)
        elif message.document is None:
            calls = self._texts_of(chat, message)
        else:
            calls = await self._with_file(chat, message, message.document)
        return calls if message.pin is None else [*calls, partial(self._pin, chat, message.pin)]

    def _texts_of(self, chat: int, message: Message) -> list[Callable[[], Awaitable[str]]]:
        parts = rendering.split(message.text)
        if not parts:
            raise SendError("a message without words", again=False)
        calls = [partial(self._text, chat, part, None) for part in parts[:-1]]
        return [*calls, partial(self._text, chat, parts[-1], rendering.keyboard(message))]

    async def _with_file(
        self, chat: int, message: Message, document: Document
    ) -> list[Callable[[], Awaitable[str]]]:
        """Return the calls for words and file: together where the words are short enough."""
        failed = f"{message.text}\n\n{self._texts[document.language]('document-failed')}".strip()
        in_words = message.model_copy(update={"text": failed})
        file = await self._file(document)
        if file is None:
            return self._texts_of(chat, in_words)
        caption = message.text.strip()
        before = []
        if rendering.units(caption) > rendering.LONGEST_CAPTION:
            parts, caption = rendering.split(caption), ""
            before = [partial(self._text, chat, part, None) for part in parts]
            in_words = in_words.model_copy(
                update={"text": self._texts[document.language]("document-failed")}
            )
        return [*before, partial(self._document, chat, file, caption, in_words)]

    async def _file(self, document: Document) -> File | None:
        if document.payload and not self._username:
            await self.introduce()
        link = telegram_link(self._username, document.payload)
        try:
            return await asyncio.to_thread(file_of, document, self._texts[document.language], link)
        except Exception as error:  # noqa: BLE001  # the words go even so, and say what is missing
            log.error("a file could not be made: %s", type(error).__name__)  # noqa: TRY400
            return None

    async def _document(self, chat: int, file: File, caption: str, in_words: Message) -> str:
        markup = rendering.keyboard(in_words)
        try:
            sent = await self._bot.send_document(
                chat,
                file.content,
                filename=file.name,
                caption=caption or None,
                reply_markup=markup,
            )
        except BadRequest as error:
            log.error("a file was refused: %s", error.message)  # noqa: TRY400
            return await self._text(chat, in_words.text, markup)
        return _id(sent)

    # -- files of others -----------------------------------------------------------------------

    async def fetch(self, file_id: str, most: int) -> bytes:
        """Return the bytes of a file that a person sent, at most so many; raises FetchError."""
        return await fetched(self._bot, self._request, file_id, most)

    async def _with_kept(
        self, chat: int, message: Message, file: KeptFile, begun: _Begun
    ) -> list[Callable[[], Awaitable[str]]]:
        """Return the calls for a file with its words below it: under it where they are short."""
        failed = self._texts[await self._language_of(str(chat))]("file-failed")
        what = await self._sendable(file)
        short = rendering.units(message.text.strip()) <= rendering.LONGEST_CAPTION
        gone_in_words = begun.lost == FILE_LOST and begun.sent
        if gone_in_words or (what is None and not begun.sent):
            begun.lost = FILE_LOST
            text = f"{message.text}\n\n{failed}".strip()
            return self._texts_of(chat, message.model_copy(update={"text": text}))
        what = what or ""
        if short:
            in_words = message.model_copy(update={"text": f"{message.text}\n\n{failed}".strip()})
            return [partial(self._kept, chat, what, file, message, in_words, begun)]
        # The file goes first: a later correction takes the place of what is below it.
        alone = Message(text="")
        lost = Message(text=failed)
        file_first = partial(self._kept, chat, what, file, alone, lost, begun)
        return [file_first, *self._texts_of(chat, message)]

    async def _sendable(self, file: KeptFile) -> str | InputFile | None:
        """Return what the platform takes for the file: its own id, or the bytes."""
        scheme, _, number = file.ref.partition(":")
        if scheme == SCHEME:
            return number
        if self._bytes_of is None:
            return None
        try:
            loaded = await self._bytes_of(file)
        except LostFileError as error:
            log.warning("a file cannot be sent: %s", error.loss)
            return None
        return InputFile(loaded.content, filename=loaded.name)

    async def _kept(  # noqa: PLR0913, PLR0917
        self,
        chat: int,
        what: str | InputFile,
        file: KeptFile,
        said: Message,
        in_words: Message,
        begun: _Begun,
    ) -> str:
        ways: dict[str, Callable[..., Awaitable[SentMessage]]] = {
            "photo": self._bot.send_photo,
            "voice": self._bot.send_voice,
            "document": self._bot.send_document,
        }
        markup, caption = rendering.keyboard(said), said.text.strip() or None
        for kind in kinds_to_try(file, uploaded=isinstance(what, InputFile)):
            try:
                sent = await ways[kind](chat, what, caption=caption, reply_markup=markup)
            except BadRequest as error:
                log.info("a file was refused as a %s: %s", kind, error.message)
                begun.lost = file_fault(error)
            else:
                begun.lost = ""
                return _id(sent)
        return await self._text(chat, in_words.text, rendering.keyboard(in_words))

    async def _text(self, chat: int, text: str, markup: InlineKeyboardMarkup | None) -> str:
        sent = await self._bot.send_message(
            chat, text, reply_markup=markup, link_preview_options=_NO_PREVIEW
        )
        return _id(sent)

    async def _pin(self, chat: int, pin: Pin) -> str:
        try:
            sent = await self._bot.send_venue(
                chat, pin.latitude, pin.longitude, title=pin.name, address=pin.address
            )
        except BadRequest as error:
            # The words have arrived, and they hold the address as well.
            log.error("a pin was refused: %s", error.message)  # noqa: TRY400
            return ""
        return _id(sent)

    # -- taking back ---------------------------------------------------------------------------

    async def hide(self, address: str, parts: Sequence[str], text: str) -> None:
        """Put a text in the place of what these parts are, or nothing; raises SendError.

        What is not there any more is hidden well enough; what stays, is told.
        """
        self._close_prompt(address)
        chat, ids = _chat(address), [int(part) for part in parts if part.isdecimal()]
        try:
            first = ids.pop(0) if text and ids else None
            gave_way = first is None or await self._changing.replace(chat, first, text)
            gone = await self._changing.take_away(chat, ids)
        except TelegramError as error:
            raise send_error(error) from None
        if not (gave_way and gone):
            raise SendError(STAYS, again=False)

    async def correct(self, address: str, parts: Sequence[str], message: Message) -> str:
        """Put these words in the place of those; return the ids of its parts, joined by commas."""
        self._close_prompt(address)
        chat, ids = _chat(address), [int(part) for part in parts if part.isdecimal()]
        try:
            stands = await self._changing.correct(chat, ids, message, partial(self._more, address))
        except TelegramError as error:
            raise send_error(error) from None
        return ",".join(stands)

    async def _more(self, address: str, words: Sequence[str]) -> list[str]:
        """Send words that had no room where they stood; tried again, what has gone is not sent."""
        parts = [Message(text=part) for part in words]
        begun = self._begun.get(address)
        if begun is None or begun.message != parts[0]:
            begun = self._begun[address] = _Begun(parts[0])
        for part in parts[len(begun.sent) :]:
            await asyncio.sleep(self._pace.take())
            begun.sent.append(await self._text(_chat(address), part.text, None))
        del self._begun[address]
        return begun.sent

    # -- asking for a location -----------------------------------------------------------------

    async def _prompt(self, address: str) -> None:
        """Offer the phone's own location below the question, as long as that is open.

        A message has either buttons under it or this one below the input line, so it needs a
        message of its own. It follows at once, as the short burst that the platform allows.
        Without it the place can still be typed: a failure changes nothing.
        """
        try:
            words = self._texts[await self._language_of(address)]
            button = KeyboardButton(words("telegram-send-location"), request_location=True)
            markup = ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
            await asyncio.sleep(self._pace.take())
            sent = await self._bot.send_message(
                _chat(address), words("telegram-or-location"), reply_markup=markup
            )
        except Exception as error:  # noqa: BLE001  # the question has arrived, whatever happens here
            log.info("the location button could not be offered: %s", type(error).__name__)
            return
        self._prompts[address] = sent.message_id

    def _close_prompt(self, address: str) -> None:
        """Take the prompt away once the talk has moved on; its button goes with it."""
        prompt = self._prompts.pop(address, None)
        if prompt is not None:
            self._later(partial(self._bot.delete_message, _chat(address), prompt))

    def _later(self, call: Callable[[], Awaitable[bool]]) -> None:
        task = asyncio.create_task(_ignoring_refusals(call))
        self._background.add(task)
        task.add_done_callback(self._background.discard)


async def _ignoring_refusals(call: Callable[[], Awaitable[bool]]) -> None:
    try:
        await call()
    except Exception as error:  # noqa: BLE001
        # „query is too old“, „message to delete not found“: nobody waits for it any more.
        log.debug("a side call was refused: %s", type(error).__name__)


def _chat(address: str) -> int:
    try:
        return int(address)
    except ValueError:
        raise SendError("not a chat", again=False) from None


def _id(sent: SentMessage) -> str:
    return str(sent.message_id)
