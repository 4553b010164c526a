"""Questions that ask for several facts at once: each choice answers all that it touches."""

import datetime as dt
from collections.abc import Iterator, Mapping

from pydantic import Field

from knowledge.facts import Answer, FactId, Facts, Known
from knowledge.texts import Frozen, Text

JointQuestionId = str


class JointChoice(Frozen):
    """One button, and what it says of each fact: a value, or `b0`, `b1` … for a band of it."""

    label: Text
    answers: Mapping[FactId, bool | int | str] = Field(min_length=1)

    def said(self, facts: Facts, on: dt.date) -> Iterator[tuple[FactId, Answer]]:
        """Yield the answer that the choice gives to each fact on that day."""
        for name, raw in self.answers.items():
            bands = {f"b{n}": band for n, band in enumerate(facts[name].bands)}
            band = bands.get(str(raw))
            yield name, Known(band.span(facts[name], on) if band else facts[name].read(raw))


class JointQuestion(Frozen):
    """A question for a fact and for what counts only by it: „регистрация – и откога“."""

    id: JointQuestionId
    facts: tuple[FactId, ...] = Field(min_length=2)
    """The ground first; the others are given on it."""
    choices: tuple[JointChoice, ...] = Field(min_length=2)

    @property
    def ground(self) -> FactId:
        """The fact on which the others hang."""
        return self.facts[0]

    def faults(self, facts: Facts) -> list[str]:
        """Return what does not hold together, each with what is allowed."""
        unknown = [name for name in self.facts if name not in facts]
        if unknown:
            return [f"facts: {', '.join(unknown)}: not in facts.yaml; add it or mend the name"]
        hanging = facts.given_on(self.ground)
        found = [
            f"facts: {name} is not given on {self.ground}; ask for it alone"
            for name in self.facts[1:]
            if name not in hanging
        ]
        for number, choice in enumerate(self.choices, start=1):
            found += [f"choice {number}: {fault}" for fault in self._faults_of(choice, facts)]
        return found

    def _faults_of(self, choice: JointChoice, facts: Facts) -> list[str]:
        if self.ground not in choice.answers:
            return [f"says nothing of {self.ground}; every choice must"]
        stray = [name for name in choice.answers if name not in self.facts]
        if stray:
            return [f"{', '.join(stray)} is not among the facts of the question; add it there"]
        faults = []
        for name, said in choice.answers.items():
            bands = [f"b{n}" for n in range(len(facts[name].bands))]
            try:
                if said not in bands:
                    facts[name].read(said)
            except ValueError as error:
                faults.append(str(error) + (f", or one of {', '.join(bands)}" if bands else ""))
        return faults
