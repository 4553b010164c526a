"""The loopback Bot API with groups: what stands in them, what the bot may do there, who writes."""

import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from bot_api_server import ApiError, BotApiServer, Call

BOT = 123456789
RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
WANTED = frozenset(("can_manage_topics", "can_pin_messages", "can_delete_messages"))


@dataclass
class Group:
    """A group as the platform has it."""

    id: int
    title: str = "Библиотека Враца"
    type: str = "supergroup"
    topics: bool = True
    status: str = "administrator"
    rights: set[str] = field(default_factory=lambda: set(WANTED))
    moved_to: int | None = None
    numbers: Any = field(default_factory=lambda: itertools.count(5000))

    @property
    def face(self) -> dict[str, Any]:
        forum = {"is_forum": True} if self.topics and self.type == "supergroup" else {}
        return {"id": self.id, "type": self.type, "title": self.title, **forum}

    def member(self, status: str | None = None) -> dict[str, Any]:
        """Return how the bot stands in it."""
        user = {"id": BOT, "is_bot": True, "first_name": "П", "username": "posoka_bot"}
        shown = {"status": status or self.status, "user": user}
        if shown["status"] == "administrator":
            shown |= {right: right in self.rights for right in RIGHTS}
        return shown


class GroupServer(BotApiServer):
    """Knows the groups in which the bot is."""

    def __init__(self) -> None:
        super().__init__()
        self.groups: dict[int, Group] = {}

    async def _answer(self, request: web.Request, method: str, parameters: dict[str, str]) -> Any:
        if method == "getChat":
            group = self._group(parameters)
            kinds = dict.fromkeys(
                ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"), True
            )
            return group.face | {
                "accent_color_id": 1,
                "max_reaction_count": 11,
                "accepted_gift_types": kinds | {"gifts_from_channels": True},
            }
        if method == "getChatMember":
            return self._group(parameters).member()
        if method == "setMessageReaction":
            self._group(parameters)
            return True
        return await super()._answer(request, method, parameters)

    def _group(self, parameters: dict[str, str]) -> Group:
        group = self.groups.get(int(parameters["chat_id"]))
        if group is None:
            raise ApiError(400, "Bad Request: chat not found")
        if group.moved_to is not None:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, text, migrate_to_chat_id=group.moved_to)
        return group

    def stands(self, group: Group, before: str) -> None:
        """Tell the bot how it stands in a group now."""
        self.push(
            {
                "my_chat_member": {
                    "chat": group.face,
                    "from": {"id": 1, "is_bot": False, "first_name": "Админ"},
                    "date": 1_790_000_000,
                    "old_chat_member": group.member(before),
                    "new_chat_member": group.member(),
                }
            }
        )

    def told(self, group: Group, thread: int | None = None) -> list[str]:
        """Return what the bot wrote into a topic, or into General."""
        wanted = "" if thread is None else str(thread)
        return [
            call.text
            for call in self.sent(group.id)
            if call.parameters.get("message_thread_id", "") == wanted
        ]

    def marks(self, group: Group) -> dict[int, str]:
        """Return the marks on messages of the group."""
        return {
            int(c.parameters["message_id"]): json.loads(c.parameters["reaction"])[0]["emoji"]
            for c in self.sent(group.id, "setMessageReaction")
        }

    def notices(self) -> list[str]:
        """Return the words that stood on pressed buttons."""
        return [c.parameters.get("text", "") for c in self.sent("", "answerCallbackQuery")]

    def shown_to(self, chat: int) -> str:
        """Return every word that ever went to a chat, be it in an edit or below a file."""
        calls: list[Call] = [call for call in self.calls if call.chat == str(chat)]
        return "\n".join(json.dumps(call.parameters, ensure_ascii=False) for call in calls)


class Colleague:
    """Somebody who writes and taps in a group."""

    def __init__(self, server: GroupServer, group: Group, user: int, name: str) -> None:
        self.server, self.group, self.user, self.name = server, group, user, name
        self._queries = itertools.count(1)
        self.date = 1_790_000_000

    @property
    def face(self) -> dict[str, Any]:
        return {"id": self.user, "is_bot": False, "first_name": self.name, "last_name": "Тайна"}

    def message(
        self, topic: int | None = None, number: int = 0, reply: int | None = None, **content: Any
    ) -> dict[str, Any]:
        shown = {
            "message_id": number or next(self.group.numbers),
            "date": self.date,
            "chat": self.group.face,
            "from": self.face,
            **content,
        }
        if topic is not None:
            shown |= {"message_thread_id": topic, "is_topic_message": True}
            # What stands in a topic answers the topic's own beginning.
            shown["reply_to_message"] = self._target(topic, BOT)
        if reply is not None:
            shown["reply_to_message"] = self._target(reply, self.user)
        return shown

    def _target(self, number: int, user: int) -> dict[str, Any]:
        who = {"id": user, "is_bot": user == BOT, "first_name": "?"}
        return {
            "message_id": number,
            "date": 1_790_000_000,
            "chat": self.group.face,
            "from": who,
            "text": "?",
        }

    def says(self, text: str, topic: int | None = None, **more: Any) -> int:
        """Write; return the number of the message."""
        return self.sends(topic, text=text, **more)

    def sends(self, topic: int | None = None, **content: Any) -> int:
        message = self.message(topic, **content)
        self.server.push({"message": message})
        return int(message["message_id"])

    def edits(self, number: int, text: str, topic: int | None = None, **content: Any) -> None:
        words = content or {"text": text}
        message = self.message(topic, number, edit_date=1_790_000_100, **words)
        self.server.push({"edited_message": message})

    def taps(self, data: str, topic: int | None = None, under: int = 4000) -> None:
        place = self.message(topic, under, text="…")
        place["from"] = {"id": BOT, "is_bot": True, "first_name": "П"}
        self.server.push(
            {
                "callback_query": {
                    "id": f"{self.user}-{next(self._queries)}",
                    "from": self.face,
                    "chat_instance": "1",
                    "data": data,
                    "message": place,
                }
            }
        )
