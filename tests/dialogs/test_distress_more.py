"""Cries in many words and four languages, and everyday words that only sound like them."""

from pathlib import Path

import pytest
import utterances
from ruamel.yaml import YAML

from dialogs.flows.distress import KINDS
from dialogs.phrases import heard_in

DATA = Path(__file__).parent / "data"
MORE = YAML(typ="safe").load(DATA / "distress_more.yaml")
FRESH = utterances.load("utterances_fresh_3")
LEAST = 0.95


@pytest.mark.parametrize("kind", KINDS)
def test_a_cry_is_heard_for_what_it_is(kind: str) -> None:
    cries = [*MORE[kind], *(u.text for u in FRESH if u.intent == f"distress_{kind}")]
    missed = [text for text in cries if kind not in heard_in(text, "distress")]
    assert len(cries) > 180
    assert len(missed) <= (1 - LEAST) * len(cries), missed


def test_everyday_words_are_no_cry() -> None:
    everyday = [*MORE["none"], *(u.text for u in FRESH if u.kind != "distress")]
    false = [text for text in everyday if heard_in(text, "distress")]
    assert len(everyday) > 350
    assert len(false) <= 1, false
