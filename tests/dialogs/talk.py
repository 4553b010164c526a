"""A person in a talk: says and presses, and looks at what is on the screen."""

import re
from typing import Self

from dialogs.model import (
    Conversation,
    Event,
    Message,
    Pressed,
    Said,
    SentFile,
    SharedLocation,
    Started,
    Step,
)
from dialogs.respond import respond
from dialogs.turn import Context

QUESTIONS = {
    "any_of": "нещо от тези",
    "consent": "данни за здравето",
    "working": "Работите ли|Работи ли",
    "job_ended_on": "Кога свърши последната",
    "settlement": "В кой град или село",
    "registered_on": "(От колко време|Откога) е регистрацията",
    "registered": "регистрация в бюрото по труда\\?",
    "age": "На колко години (сте|е)\\?",
    "education": "Какво образование",
    "has_trade": "документ за професия\\?\\s+Например",
    "trade_obtained_on": "Кога (получихте|е получен)",
    "experience_in_trade": "по тази професия",
    "job_end_ground": "какво пише в заповедта",
    "receiving_benefit": "сега обезщетение за безработица",
    "struck_off": "прекратявало ли е",
    "own_business": "собствен бизнес\\?",
    "abroad_12_of_18": "в чужбина поне 12",
    "insured_12_of_18": "осигуровки поне 12",
    "previous_benefit_ended_on": "Кога беше последният (му )?месец",
    "youngest_child_age": "най-малкото",
    "lone_or_large_family": "едно от двете",
    "disability_percent": "Какъв процент",
}
"""The questions by the words a person knows them by."""

MORE = "Още →"
TO_RESULTS = "Към резултатите"
LIMIT = 4096
"""Characters of one message: the platform's limit."""
LONGEST_LABEL = 20
"""Characters of a button: what a narrow phone shows whole."""
DATA_LIMIT = 64
"""Bytes of a button's data: serial, a separator and the action."""


class Talk:
    """Drives `respond`; the conversation goes through JSON between every two steps."""

    def __init__(self, context: Context, conversation: Conversation | None = None) -> None:
        self.context = context
        self.conversation = conversation or Conversation()
        self.step = Step(conversation=self.conversation)
        self.screen = Message(text="")

    def does(self, event: Event) -> Self:
        stored = self.conversation.model_dump_json()
        self.step = respond(Conversation.model_validate_json(stored), event, self.context)
        self.conversation = self.step.conversation
        if self.step.messages and self.step.messages[-1].serial:
            self.screen = self.step.messages[-1]
        self._is_sound()
        return self

    def _is_sound(self) -> None:
        assert self.step.messages or self.step.notice, "nothing is said"
        # A page shows the buttons of one screen, and with a message those that are its own.
        assert len([m for m in self.step.messages if m.rows and not m.aside]) <= 1
        for message in self.step.messages:
            assert message.text.strip(), "an empty message"
            assert len(message.text) <= LIMIT, f"{len(message.text)} characters: {message.text}"
            for button in message.buttons:
                assert 0 < len(button.label.strip()) <= LONGEST_LABEL, button
                data = f"{message.serial}.{button.action}".encode()
                assert len(data) <= DATA_LIMIT, data

    # -- what a person does ----------------------------------------------------------------------

    def start(self, payload: str = "") -> Self:
        return self.does(Started(payload=payload))

    def says(self, *texts: str) -> Self:
        for text in texts:
            self.does(Said(text=text))
        return self

    def edits(self, text: str) -> Self:
        return self.does(Said(text=text, edited=True))

    def presses(self, *labels: str) -> Self:
        for label in labels:
            self.does(self.press_of(label))
        return self

    def opens(self, title: str) -> Self:
        """Press the number that stands before this title, on whichever page it is."""
        wanted = rf"(?m)^(\d+)\. {re.escape(title)}"
        while not re.search(wanted, self.screen.text) and MORE in self.buttons:
            self.presses(MORE)
        found = re.search(wanted, self.screen.text)
        assert found, f"no {title!r} in:\n{self.screen.text}"
        return self.presses(found[1])

    def shares(self, latitude: float, longitude: float) -> Self:
        return self.does(SharedLocation(latitude=latitude, longitude=longitude))

    def sends(self, kind: str) -> Self:
        return self.does(SentFile(type=kind))

    def press_of(self, label: str) -> Pressed:
        found = [button for button in self.screen.buttons if button.label == label]
        assert found, f"no button {label!r} among {self.buttons} under:\n{self.screen.text}"
        return Pressed(serial=self.screen.serial, action=found[0].action)

    def is_interviewed(self, **replies: str) -> Self:
        """Answer each question as it comes, until none is left; fail at an unexpected one."""
        self.is_interviewed_up_to("", **replies)
        return self.presses(TO_RESULTS) if TO_RESULTS in self.buttons else self

    def is_interviewed_up_to(self, wanted: str, **replies: str) -> Self:
        """Answer each question as it comes, until this one is asked."""
        for _ in range(40):
            fact = self.asked
            if fact == wanted:
                return self
            assert fact in replies, f"nobody said how to answer:\n{self.screen.text}"
            reply = replies[fact]
            self.presses(reply) if reply in self.buttons else self.says(reply)
            assert self.asked != fact, f"asked again after {reply!r}:\n{self.text}"
        raise AssertionError("the interview does not end")

    @property
    def asked(self) -> str:
        """Which fact the screen asks for, by its words; empty where it asks for none."""
        found = [fact for fact, words in QUESTIONS.items() if re.search(words, self.screen.text)]
        return found[0] if found and re.match("Въпрос", self.screen.text) else ""

    # -- what a person sees ----------------------------------------------------------------------

    @property
    def text(self) -> str:
        """All that was said in this step."""
        return "\n\n".join(message.text for message in self.step.messages)

    @property
    def buttons(self) -> list[str]:
        return [button.label for button in self.screen.buttons]

    @property
    def answers(self) -> dict[str, object]:
        return dict(self.conversation.answers)

    def shows(self, *texts: str) -> Self:
        for text in texts:
            assert text in self.text, f"{text!r} is not in:\n{self.text}"
        return self

    def hides(self, *texts: str) -> Self:
        for text in texts:
            assert text not in self.text, f"{text!r} is in:\n{self.text}"
        return self

    def pages(self) -> str:
        """Return this page and those after it; the screen stays at the last."""
        texts = [self.screen.text]
        while MORE in self.buttons:
            texts.append(self.presses(MORE).screen.text)
        return "\n\n".join(texts)

    def section(self, heading: str) -> str:
        """Return what stands below this heading, on this page and those after it."""
        said = Talk(self.context, self.conversation)
        said.screen = self.screen
        pages = said.pages()
        found = [part for part in pages.split("\n\n") if part.startswith(heading)]
        assert found, f"no section {heading!r} in:\n{pages}"
        further = [line for part in found[1:] for line in part.splitlines()[1:]]
        return "\n".join([found[0], *further])
