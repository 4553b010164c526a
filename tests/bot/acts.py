"""Words that make a talk hide, wipe or send a page, whatever its flows do today."""

import pytest
from pages import REALISTIC

from dialogs.model import (
    Button,
    Conversation,
    Effect,
    Erase,
    Event,
    Hide,
    Message,
    Said,
    Started,
    Step,
    Wipe,
)
from dialogs.respond import respond
from dialogs.turn import Context

NEUTRAL = "Времето днес: слънчево."
PAGE = Message(
    text="Ето плана Ви.", document=REALISTIC, rows=((Button(label="Меню", action="go:menu"),),)
)
EFFECTS: dict[str, tuple[Effect, ...]] = {
    "скрий": (Hide(text=NEUTRAL),),
    "избърши": (Wipe(),),
    "скрий и избърши": (Hide(text=NEUTRAL), Wipe()),
    "скрий и изтрий": (Hide(text=NEUTRAL), Erase()),
}


class Acts:
    """Answers the words above, and leaves everything else to the talk."""

    def __init__(self) -> None:
        self.contexts: list[Context] = []
        self.started: list[str] = []

    def __call__(self, conversation: Conversation, event: Event, context: Context) -> Step:
        self.contexts.append(context)
        if isinstance(event, Started):
            self.started.append(event.payload)
        if isinstance(event, Said) and event.text == "план":
            return Step(conversation=conversation, messages=(PAGE,))
        if isinstance(event, Said) and event.text in EFFECTS:
            said = Message(text=f"Готово: {event.text}")
            return Step(conversation=conversation, messages=(said,), effects=EFFECTS[event.text])
        return respond(conversation, event, context)


@pytest.fixture
def acts(monkeypatch: pytest.MonkeyPatch) -> Acts:
    found = Acts()
    monkeypatch.setattr("bot.runtime.respond", found)
    return found
