"""One Bot API server for everybody at once: people in private, librarians in groups with topics."""

import asyncio
import json
from typing import Any

from bot_api_server import HTTP_OK
from forum_server import ForumServer, Group, Posted


class WalkGroup(Group):
    """A group that shows what the bot does and from which librarians write."""

    def __init__(self, chat: int, title: str) -> None:
        super().__init__(chat)
        self.id, self.title, self.numbers = chat, title, self.ids

    @property
    def face(self) -> dict[str, Any]:
        return {"id": self.chat, "type": "supergroup", "title": self.title, "is_forum": True}

    def buttons(self, number: int) -> list[str]:
        """Return what stands on the buttons of a message."""
        return [button["text"] for row in self.messages[number].rows for button in row]

    def data_of(self, label: str, thread: int) -> tuple[str, int]:
        """Return what a button of a topic carries, and the message that it is on."""
        return next(
            (button["callback_data"], message.number)
            for message in self.said(thread)
            for row in message.rows
            for button in row
            if button["text"] == label
        )


class WalkServer(ForumServer):
    """Knows what people write in its groups, and holds a private message back when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.gate.set()

    def opens(self, chat: int, title: str) -> WalkGroup:
        group = WalkGroup(chat, title)
        self.groups[chat] = group
        return group

    def push(self, update: dict[str, Any]) -> int:
        message = update.get("message") or {}
        group = self.groups.get(message.get("chat", {}).get("id", 0))
        if group is not None:
            thread = message.get("message_thread_id")
            number = message["message_id"]
            group.messages[number] = Posted(number, thread, message.get("text"), by_bot=False)
        return super().push(update)

    def notices(self) -> list[str]:
        """Return the words that stood on pressed buttons."""
        calls = [c for c in self.calls if c.method == "answerCallbackQuery"]
        return [c.parameters.get("text", "") for c in calls if c.status == HTTP_OK]

    async def _answer(self, request: Any, method: str, parameters: dict[str, str]) -> Any:
        if method == "sendMessage" and not parameters["chat_id"].startswith("-"):
            await self.gate.wait()
        return await super()._answer(request, method, parameters)

    def _on_get_chat(self, group: WalkGroup, _parameters: dict[str, str]) -> dict[str, Any]:
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
        accepted = dict.fromkeys((*gifts, "gifts_from_channels"), True)
        about = {"accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": accepted}
        return json.loads(json.dumps(group.face | about))
