"""The count of taps: everybody comes to results, and the first that fits is seen before the end."""

from knowledge.base import KnowledgeBase
from tests.benchmarks.taps import counted, lines, people

SAMPLE = 25
"""Every so many people are counted here; `make taps` counts all."""


def test_people_come_to_results(knowledge: KnowledgeBase) -> None:
    found = [counted(person, knowledge) for person in people(knowledge)[::SAMPLE]]
    for taps in found:
        assert taps.first
        assert taps.first <= (taps.own or taps.all) <= taps.all


def test_a_figure_says_how_many_are_within_what_is_wanted() -> None:
    head, *bars = lines("taps", 4, [2, 4, 4, 7], missing=1)
    assert head.startswith("taps: mean 4.2, median 4, p95 7, most 7;")
    assert "wanted at most 4: 3 of 5 (60 %); never: 1" in head
    assert [bar.split()[:2] for bar in bars[:3]] == [["2", "1"], ["3", "0"], ["4", "2"]]
