"""The Bot API server with supergroups that have topics: their errors, their limits, their moves."""

import asyncio
import itertools
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from bot_api_server import ApiError, BotApiServer

ICONS = ("❓", "❗", "🗣", "👀", "✅", "🏁", "📁", "🎓", "🔥", "‼️")
REACTIONS = {"👌", "🤷", "✍"}
SENDS = {"sendMessage", "sendPhoto", "sendDocument", "sendVoice"}
RIGHTS = ("can_manage_topics", "can_pin_messages", "can_delete_messages")
FILE_ID = "AgACAgIAAxkBAAIB"


@dataclass
class Posted:
    """A message as the group shows it."""

    number: int
    thread: int | None
    text: str | None
    by_bot: bool = True
    rows: list[list[dict[str, str]]] = field(default_factory=list)
    file: str = ""
    answers: int | None = None
    reaction: str = ""
    quiet: bool = False
    edits: int = 0


@dataclass
class Topic:
    """A topic as the group shows it."""

    thread: int
    name: str
    icon: str = ""
    closed: bool = False


class Group:
    """A supergroup with topics, in which the bot is an administrator."""

    def __init__(self, chat: int) -> None:
        self.chat = chat
        self.rights = set(RIGHTS)
        self.member = True
        self.moved_to: int | None = None
        self.reactions = True
        self.forum = True
        self.topics: dict[int, Topic] = {}
        self.messages: dict[int, Posted] = {}
        self.pinned: list[int] = []
        self.times: list[float] = []
        """When the bot sent each message, and made each topic."""
        self.ids = itertools.count(10)

    # -- what librarians see and do --------------------------------------------------------------

    def topic(self, number: int) -> Topic:
        """Return the one topic of a case."""
        found = self.of(number)
        assert len(found) == 1, [t.name for t in self.topics.values()]
        return found[0]

    def of(self, number: int) -> list[Topic]:
        return [t for t in self.topics.values() if t.name.startswith(f"№ {number} ")]

    def said(self, thread: int | None) -> list[Posted]:
        """Return what stands in a topic, or in General, in order."""
        return [m for _, m in sorted(self.messages.items()) if m.thread == thread]

    def texts(self, thread: int | None) -> list[str]:
        return [m.text or "" for m in self.said(thread)]

    def everything(self) -> str:
        """Return all words that the group shows."""
        words = [m.text or m.file for m in self.messages.values()]
        return "\n".join([*words, *(t.name for t in self.topics.values())])

    def writes(self, thread: int | None, text: str) -> int:
        """Let a librarian write; return the number of the message."""
        number = next(self.ids)
        self.messages[number] = Posted(number, thread, text, by_bot=False)
        return number

    def deletes_topic(self, thread: int) -> None:
        del self.topics[thread]
        self.messages = {n: m for n, m in self.messages.items() if m.thread != thread}


class ForumServer(BotApiServer):
    """Knows groups besides private chats. `window` is how long the platform's minute is here."""

    def __init__(self, window: float = 60.0, most: int = 20) -> None:
        super().__init__()
        self.groups: dict[int, Group] = {}
        self.window, self.most = window, most
        self.held: dict[str, asyncio.Event] = {}
        """Methods of which the answer waits, though they are carried out."""
        self.refused_for_pace = 0
        self.tried: defaultdict[str, int] = defaultdict(int)

    def group(self, chat: int) -> Group:
        return self.groups.setdefault(chat, Group(chat))

    async def _answer(self, request: Any, method: str, parameters: dict[str, str]) -> Any:
        if method == "getForumTopicIconStickers":
            return [_sticker(n, emoji) for n, emoji in enumerate(ICONS)]
        chat = parameters.get("chat_id", "")
        if not chat.startswith("-"):
            return await super()._answer(request, method, parameters)
        self.tried[method] += 1
        group = self._there(int(chat))
        if method in SENDS or method == "createForumTopic":
            self._keep_pace(group)
        act = getattr(self, f"_on_{_snake(method)}", None)
        if act is None and method in SENDS:
            return self._sends(group, method, parameters)
        assert act, f"groups know no {method}"
        done = act(group, parameters)
        if method in self.held:
            await self.held[method].wait()
        return done

    def _there(self, chat: int) -> Group:
        group = self.groups.get(chat)
        if group is None:
            raise ApiError(400, "Bad Request: chat not found")
        if group.moved_to is not None:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=group.moved_to,
            )
        if not group.member:
            raise ApiError(403, "Forbidden: bot was kicked from the supergroup chat")
        return group

    def _keep_pace(self, group: Group) -> None:
        now = time.monotonic()
        recent = [at for at in group.times if at > now - self.window]
        if len(recent) >= self.most:
            self.refused_for_pace += 1
            wait = max(1, round(recent[0] + self.window - now))
            raise ApiError(429, "Too Many Requests: retry later", retry_after=wait)
        group.times.append(now)

    # -- messages --------------------------------------------------------------------------------

    def _sends(self, group: Group, method: str, parameters: dict[str, str]) -> dict[str, Any]:
        thread = int(parameters["message_thread_id"]) if "message_thread_id" in parameters else None
        self._open(group, thread)
        answers = json.loads(parameters.get("reply_parameters", "{}")).get("message_id")
        kind = method.removeprefix("send").lower()
        file = parameters.get(kind, "uploaded") if method != "sendMessage" else ""
        if file and file != "uploaded" and not file.startswith(FILE_ID):
            raise ApiError(400, "Bad Request: wrong file identifier/HTTP URL specified")
        number = next(group.ids)
        group.messages[number] = Posted(
            number,
            thread,
            parameters.get("text"),
            rows=json.loads(parameters.get("reply_markup", "{}")).get("inline_keyboard", []),
            file=file,
            answers=answers,
            quiet=parameters.get("disable_notification") == "true",
        )
        return _message(group, number, thread, parameters.get("text"))

    def _open(self, group: Group, thread: int | None) -> None:
        if thread is None:
            return
        topic = group.topics.get(thread)
        if topic is None:
            raise ApiError(400, "Bad Request: message thread not found")
        if topic.closed:
            # As where the bot may not manage topics; the strictest that the platform is.
            raise ApiError(400, "Bad Request: TOPIC_CLOSED")

    def _message(self, group: Group, parameters: dict[str, str], what: str) -> Posted:
        found = group.messages.get(int(parameters["message_id"]))
        if found is None:
            raise ApiError(400, f"Bad Request: message to {what} not found")
        return found

    def _on_edit_message_text(self, group: Group, parameters: dict[str, str]) -> dict[str, Any]:
        message = self._message(group, parameters, "edit")
        if not message.by_bot:
            raise ApiError(400, "Bad Request: message can't be edited")
        if message.text is None:
            raise ApiError(400, "Bad Request: there is no text in the message to edit")
        rows = json.loads(parameters.get("reply_markup", "{}")).get("inline_keyboard", [])
        if (message.text, message.rows) == (parameters["text"], rows):
            raise ApiError(400, "Bad Request: message is not modified: the same content")
        message.text, message.rows = parameters["text"], rows
        message.edits += 1
        return _message(group, message.number, message.thread, message.text)

    def _on_pin_chat_message(self, group: Group, parameters: dict[str, str]) -> bool:
        self._needs(group, "can_pin_messages", "not enough rights to manage pinned messages")
        group.pinned.append(self._message(group, parameters, "pin").number)
        return True

    def _on_set_message_reaction(self, group: Group, parameters: dict[str, str]) -> bool:
        message = self._message(group, parameters, "react")
        emoji = [r["emoji"] for r in json.loads(parameters.get("reaction", "[]"))]
        if not group.reactions or not REACTIONS.issuperset(emoji) or len(emoji) > 1:
            raise ApiError(400, "Bad Request: REACTION_INVALID")
        message.reaction = "".join(emoji)
        return True

    def _on_delete_message(self, group: Group, parameters: dict[str, str]) -> bool:
        message = self._message(group, parameters, "delete")
        if "can_delete_messages" not in group.rights and not message.by_bot:
            raise ApiError(400, "Bad Request: message can't be deleted")
        del group.messages[message.number]
        return True

    def _on_delete_messages(self, group: Group, parameters: dict[str, str]) -> bool:
        for number in json.loads(parameters["message_ids"]):
            if number in group.messages:
                self._on_delete_message(group, {"message_id": str(number)})
        return True

    # -- topics ----------------------------------------------------------------------------------

    def _on_create_forum_topic(self, group: Group, parameters: dict[str, str]) -> dict[str, Any]:
        self._needs(group, "can_manage_topics", "not enough rights to create a topic")
        if not group.forum:
            raise ApiError(400, "Bad Request: the chat is not a forum")
        thread = next(group.ids)
        icon = parameters.get("icon_custom_emoji_id", "")
        group.topics[thread] = Topic(thread, parameters["name"], _emoji(icon))
        made = {"message_thread_id": thread, "name": parameters["name"], "icon_color": 7322096}
        return made | ({"icon_custom_emoji_id": icon} if icon else {})

    def _topic(self, group: Group, parameters: dict[str, str]) -> Topic:
        self._needs(group, "can_manage_topics", "not enough rights to manage topics")
        topic = group.topics.get(int(parameters["message_thread_id"]))
        if topic is None:
            raise ApiError(400, "Bad Request: TOPIC_ID_INVALID")
        return topic

    def _on_edit_forum_topic(self, group: Group, parameters: dict[str, str]) -> bool:
        topic = self._topic(group, parameters)
        name = parameters.get("name", topic.name)
        icon = parameters.get("icon_custom_emoji_id")
        emoji = topic.icon if icon is None else _emoji(icon)
        if (topic.name, topic.icon) == (name, emoji):
            raise ApiError(400, "Bad Request: TOPIC_NOT_MODIFIED")
        topic.name, topic.icon = name, emoji
        return True

    def _on_close_forum_topic(self, group: Group, parameters: dict[str, str]) -> bool:
        return self._turn(self._topic(group, parameters), closed=True)

    def _on_reopen_forum_topic(self, group: Group, parameters: dict[str, str]) -> bool:
        return self._turn(self._topic(group, parameters), closed=False)

    @staticmethod
    def _turn(topic: Topic, *, closed: bool) -> bool:
        if topic.closed is closed:
            raise ApiError(400, "Bad Request: TOPIC_NOT_MODIFIED")
        topic.closed = closed
        return True

    def _on_delete_forum_topic(self, group: Group, parameters: dict[str, str]) -> bool:
        topic = self._topic(group, parameters)
        self._needs(group, "can_delete_messages", "not enough rights to delete a topic")
        group.deletes_topic(topic.thread)
        return True

    # -- rights ----------------------------------------------------------------------------------

    def _on_get_chat_member(self, group: Group, parameters: dict[str, str]) -> dict[str, Any]:
        user = {"id": int(parameters["user_id"]), "is_bot": True, "first_name": "П"}
        if not group.rights:
            return {"status": "member", "user": user}
        can = {
            name: name in group.rights
            for name in (
                *RIGHTS,
                "can_be_edited",
                "can_manage_chat",
                "can_manage_video_chats",
                "can_restrict_members",
                "can_promote_members",
                "can_change_info",
                "can_invite_users",
                "can_post_stories",
                "can_edit_stories",
                "can_delete_stories",
            )
        }
        return {"status": "administrator", "user": user, "is_anonymous": False, **can}

    @staticmethod
    def _needs(group: Group, right: str, otherwise: str) -> None:
        if right not in group.rights:
            raise ApiError(400, f"Bad Request: {otherwise}")

    def upgrade(self, old: int, new: int) -> Group:
        """Give a group another number; calls to the old one are told so."""
        group = self.groups[old]
        moved = Group(new)
        moved.topics, moved.messages, moved.ids = group.topics, group.messages, group.ids
        group.moved_to = new
        self.groups[new] = moved
        return moved


def _snake(method: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in method)


def _emoji(icon: str) -> str:
    if not icon:
        return ""
    number = int(icon) - 5_000
    if not 0 <= number < len(ICONS):
        raise ApiError(400, "Bad Request: DOCUMENT_INVALID")
    return ICONS[number]


def _sticker(number: int, emoji: str) -> dict[str, Any]:
    return {
        "file_id": f"icon-{number}",
        "file_unique_id": f"u{number}",
        "type": "custom_emoji",
        "width": 100,
        "height": 100,
        "is_animated": True,
        "is_video": False,
        "emoji": emoji,
        "custom_emoji_id": str(5_000 + number),
    }


def _message(group: Group, number: int, thread: int | None, text: str | None) -> dict[str, Any]:
    face: dict[str, Any] = {
        "message_id": number,
        "date": int(time.time()),
        "chat": {"id": group.chat, "type": "supergroup", "title": "Г", "is_forum": True},
        "text": text or "?",
    }
    if thread is not None:
        face |= {"message_thread_id": thread, "is_topic_message": True}
    return face
