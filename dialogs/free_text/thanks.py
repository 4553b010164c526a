"""Thanks in what is typed: nothing but thanks, or thanks with something behind them."""

from collections.abc import Iterable, Sequence
from functools import cache

from dialogs.free_text.lexicon import load_fact_lexicon
from dialogs.free_text.wishes import load_wishes
from dialogs.free_text.words import LONGEST, Word
from dialogs.understanding import LEXICONS, lowered, read_lexicon
from knowledge.texts import LANGUAGES, Language

SIGNS = frozenset("🙏👍👏❤♥💚💙💐🌹🌷🌸🌺😊🙂😀😃😄😍🥰🤗😘☺👌✌✨")
"""What is sent instead of a word of thanks."""


@cache
def load_courtesies(language: Language) -> frozenset[str]:
    """Return the words that stand beside thanks and say nothing else: „много“, „за помощта“."""
    return frozenset(read_lexicon(LEXICONS / language / "courtesies.yaml")["beside"])


def only_thanks(text: str, language: Language, names: Iterable[str] = ()) -> bool:
    """Return whether the text thanks and says nothing else; a name in it may be one of these."""
    if not any(c.isalnum() for c in text):
        return bool(SIGNS & set(text))
    if "?" in text or len(text) > LONGEST or any(c.isdecimal() for c in text):
        return False
    known = frozenset(lowered(part) for name in names for part in name.split())
    return any(_rest(text, spoken, known) == () for spoken in (language, *LANGUAGES))


def thanks_first(text: str, language: Language) -> bool:
    """Return whether the text opens with thanks and goes on: „Благодаря! А кога?“."""
    rests = (_rest(text, spoken, frozenset()) for spoken in (language, *LANGUAGES))
    return any(rest or (rest == () and "?" in text) for rest in rests)


def _rest(text: str, language: Language, names: frozenset[str]) -> tuple[str, ...] | None:
    """Return the words that are no thanks; None where something stands before the thanks."""
    words = load_fact_lexicon(language).spelling.words(text)
    thanking = _thanking(words, language)
    kind = load_courtesies(language) | names
    courteous = [n in thanking or bool({w.typed, w.plain} & kind) for n, w in enumerate(words)]
    if not thanking or not all(courteous[: min(thanking)]):
        return None
    return tuple(w.typed for w, alike in zip(words, courteous, strict=True) if not alike)


def _thanking(words: Sequence[Word], language: Language) -> frozenset[int]:
    """Return which of the words thank, by their places."""
    ways = load_wishes(language).ways["thanks"]
    found = (found for way in ways for found in way.matches(words, {}))
    return frozenset(at for each in found for at in range(each.start, each.end))
