"""The words: the same in every language, plain, short, and all there."""

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor
from ruamel.yaml import YAML

import dialogs
from dialogs.flows import interview
from dialogs.message_check import OF_THE_DESK
from dialogs.texts import LOCALES, load_texts
from dialogs.understanding import load_lexicon
from knowledge.loading import load
from knowledge.texts import LANGUAGES

FOLDER = Path(dialogs.__file__).parent
KNOWLEDGE_DATA = FOLDER.parent / "knowledge" / "data"
LONGEST_SENTENCE = 15
"""Words."""
LONGEST_LABEL = 20
"""Characters of a button: what a narrow phone shows whole."""
PLURALS = {"zero", "one", "two", "few", "many", "other"}
OFFICIALESE = YAML(typ="safe").load(Path(__file__).parent / "data" / "officialese.yaml")


class Arguments(Visitor):
    """Collects `$name { [key] … }`: the arguments, and all the keys that select by each.

    A language may select by one twice: „последната сряда“ has a gender, "the last Wednesday" none.
    """

    def __init__(self) -> None:
        self.found: dict[str, set[str]] = {}

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.found.setdefault(node.id.name, set())

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802
        selector = node.selector
        if isinstance(selector, ast.VariableReference):
            keys = {str(getattr(v.key, "name", None) or v.key.value) for v in node.variants}
            self.found.setdefault(selector.id.name, set()).update(keys - {"other"})
        self.generic_visit(node)


def messages(language: str, *, shared: bool = False) -> dict[str, ast.Message]:
    """With `shared`, those alone that every language has: librarians read Bulgarian."""
    found = {}
    for file in sorted((LOCALES / language).glob("*.ftl")):
        if shared and file.name.startswith(OF_THE_DESK):
            continue
        resource = FluentParser().parse(file.read_text(encoding="utf-8"))
        junk = [e.content for e in resource.body if isinstance(e, ast.Junk)]
        assert not junk, f"{file}: {junk}"
        for entry in resource.body:
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{language}: {entry.id.name} stands twice"
                found[entry.id.name] = entry
    return found


def arguments(message: ast.Message) -> dict[str, set[str]]:
    visitor = Arguments()
    visitor.visit(message)
    return visitor.found


def plurals(message: ast.Message) -> dict[str, set[str]]:
    """Return the arguments that choose a plural, with the keys of each."""
    visitor = Arguments()
    visitor.visit(message)
    return {name: keys for name, keys in visitor.found.items() if keys & (PLURALS - {"other"})}


def wordings(message: ast.Message) -> list[str]:
    """Return every wording of a message: each selector taken each way, arguments as „…“."""
    return _of_pattern(message.value)


def _of_pattern(pattern: ast.Pattern) -> list[str]:
    texts = [""]
    for element in pattern.elements:
        if isinstance(element, ast.TextElement):
            more = [element.value]
        elif isinstance(element.expression, ast.SelectExpression):
            more = [t for v in element.expression.variants for t in _of_pattern(v.value)]
        else:
            more = ["7"]
        texts = [text + other for text in texts for other in more]
    return texts


MESSAGES = {language: messages(language) for language in LANGUAGES}
BULGARIAN = MESSAGES["bg"]
OTHERS = tuple(language for language in LANGUAGES if language != "bg")


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_messages(language: str) -> None:
    own, source = set(MESSAGES[language]), set(messages("bg", shared=True))
    assert source - own == set(), "missing"
    assert own - source == set(), "not in Bulgarian"


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_takes_the_same_arguments(language: str) -> None:
    """But for plurals: each language has its own, and may need none for a number."""
    for name, message in MESSAGES[language].items():
        wanted, found = arguments(BULGARIAN[name]), arguments(message)
        assert found.keys() == wanted.keys(), name
        for argument, keys in wanted.items():
            assert keys - PLURALS == found[argument] - PLURALS, f"{name}: ${argument}"


@pytest.mark.parametrize("language", ["bg", "en", "uk"])
def test_a_number_has_every_plural_of_its_language(language: str) -> None:
    wanted = {"uk": {"one", "few", "many"}}.get(language, {"one"})
    for name, message in MESSAGES[language].items():
        for argument, keys in plurals(message).items():
            assert wanted - {"many"} <= keys | {"many"}, f"{name}: ${argument} has {keys}"


def test_plurals_are_those_of_the_language() -> None:
    texts = load_texts()
    said = [texts["uk"]("where-next", fitting=n, left=3, who="self") for n in (1, 2, 5, 11, 21, 22)]
    one, few, many, eleven, twenty_one, twenty_two = (re.sub(r"\d+", "n", text) for text in said)
    assert one == twenty_one
    assert few == twenty_two
    assert many == eleven
    assert len({one, few, many}) == 3


def test_every_message_that_the_code_names_is_there() -> None:
    code = "\n".join(file.read_text(encoding="utf-8") for file in FOLDER.rglob("*.py"))
    named = set(re.findall(r'turn\.text\(\s*"([\w-]+)"', code))
    named |= {f"button-{name}" for name in re.findall(r'turn\.button\(\s*"([\w-]+)"', code)}
    for row in re.findall(r"ways_on\(turn, ([^)]*)\)", code):
        named |= {f"button-{name}" for name in re.findall(r'"([\w-]+)"', row)}
    assert len(named) > 100
    assert named <= set(BULGARIAN), named - set(BULGARIAN)


def test_every_fact_has_its_question() -> None:
    facts = load().facts
    for fact in facts:
        if fact.id != "audience" and fact.group is None:
            assert f"question-{fact.id}" in BULGARIAN
        if fact.group:
            assert {f"question-{fact.group}", f"any-{fact.id}"} <= set(BULGARIAN)
        if fact.kind in ("date", "whole"):
            assert f"missed-{fact.id}" in BULGARIAN
    assert {f"joint-{name}" for name in load().joint_questions} <= set(BULGARIAN)


def test_every_message_that_speaks_of_the_person_speaks_of_a_relative_too() -> None:
    """„Ви“ in a question is for oneself alone."""
    for name, message in BULGARIAN.items():
        if name.startswith("question-") and re.search(r"\bВи\b|\bсте\b", str(wordings(message))):
            others = [
                text for text in wordings(message) if not re.search(r"\bсте\b|ате ли\b", text)
            ]
            assert others, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_short(language: str) -> None:
    texts, knowledge = MESSAGES[language], load()
    labels = {
        (name, text)
        for name, message in texts.items()
        if name.startswith("button-")
        for text in wordings(message)
    }
    for fact in knowledge.facts:
        parts = [*fact.choices, *fact.bands]
        labels |= {(fact.id, part.label.in_(language)) for part in parts}  # type: ignore[arg-type]
        if fact.none:
            labels.add((fact.id, fact.none.in_(language)))  # type: ignore[arg-type]
    assert not {(name, text) for name, text in labels if len(text.strip()) > LONGEST_LABEL}


def sentences(text: str) -> list[str]:
    """Return the sentences; „чл. 54“ and „г.“ end none, a colon and a semicolon begin anew."""
    lines = [line.strip("• ") for line in text.splitlines()]
    return [s for line in lines for s in re.split(r"(?<=[.!?;:])\s+(?=[^\d\s])", line) if s]


def long_sentences(texts: dict[str, list[str]], most: int) -> list[str]:
    return [
        f"{name}: {sentence}"
        for name, said in texts.items()
        for text in said
        for sentence in sentences(text)
        if len(re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", sentence)) > most
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(language: str) -> None:
    own = {name: wordings(m) for name, m in MESSAGES[language].items()}
    assert long_sentences(own, LONGEST_SENTENCE) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_named_in_its_own_words(language: str) -> None:
    names = {f"in-{code}": load_texts()[code](f"button-in-{code}") for code in LANGUAGES}
    assert len(set(names.values())) == len(LANGUAGES)
    for name, said in names.items():
        assert load_texts()[language](f"button-{name}") == said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["words", "measures"])
def test_no_officialese(language: str, kind: str) -> None:
    if kind == "words":
        texts = {name: "\n".join(wordings(m)) for name, m in MESSAGES[language].items()}
    else:
        texts = {
            measure.id: "\n".join(
                text.in_(language)  # type: ignore[arg-type]
                for text in (
                    measure.title,
                    measure.summary,
                    measure.gives,
                    *measure.steps,
                    *(caveat.text for caveat in measure.unmodelled),
                )
            )
            for measure in load().measures.values()
        }
    found = [
        (name, pattern)
        for name, text in texts.items()
        for pattern in OFFICIALESE[language]
        if re.search(pattern, text.lower())
    ]
    assert found == []


def test_nobody_is_told_that_they_have_a_right() -> None:
    told = [f for f in KNOWLEDGE_DATA.rglob("*.yaml") if f.name != "plain_words.yaml"]
    data = [*told, *LOCALES.rglob("*.ftl")]
    assert len(data) > 20
    for file in data:
        assert "имате право" not in file.read_text(encoding="utf-8").lower(), file


def test_typography() -> None:
    for name, message in BULGARIAN.items():
        text = "\n".join(wordings(message))
        assert '"' not in text, name
        assert " - " not in text, name
        assert "—" not in text, name
        assert text.count("„") == text.count("“"), name
        assert "”" not in text, name
        assert not re.search(r"(?<![.!?:„“\n])\s(вие|ви|вас|ваш\w*)\b", text), name
    for language in OTHERS:
        for name, message in MESSAGES[language].items():
            assert '"' not in "\n".join(wordings(message)), f"{language}: {name}"


def test_every_word_is_used() -> None:
    """No message is kept for nothing: each is named whole, or built of a part that is named."""
    root = FOLDER.parent
    files = [
        f for top in ("dialogs", "bot", "knowledge") for f in (root / top).rglob("*") if f.is_file()
    ]
    code = "\n".join(
        f.read_text(encoding="utf-8") for f in files if f.suffix in (".py", ".html", ".js")
    )
    built = ("button", "question", "hint", "missed", "why", "find-out", "day", "source")
    built += (
        "joint",
        "any",
        "heading",
        "contact",
        "bureau",
        "confirm",
        "where",
        "amount",
        "deadline",
        "desk",
        "distress",
        "scam",
        "telegram",
        "command",
        "cv",
        "reminded",
        "correction-bad",
    )
    unused = [n for n in BULGARIAN if not n.startswith(built) and not re.search(rf"\b{n}\b", code)]
    assert unused == []


# -- lexicons ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_lexicons_speak_of_what_there_is(language: str) -> None:
    lexicon, facts = load_lexicon(language), load().facts  # type: ignore[arg-type]
    for name, words in lexicon.choices.items():
        fact = facts[name]
        values = {choice.value for choice in fact.choices} | {"yes", "no"} | {"none"}
        values |= {f"b{number}" for number in range(len(fact.bands))}
        assert set(words.values()) <= values, name
    for word in lexicon.commands:
        found = load().gazetteer.match(word)
        assert not found.certain, f"{word!r} is also {found.matches[0].settlement.name}"
        assert word not in lexicon.yes | lexicon.no | lexicon.dont_know | lexicon.decline


def test_consent_text_and_version() -> None:
    """A changed text needs a new version: then change this line too."""
    text = load_texts()["bg"]("consent", who="self")
    assert interview.CONSENT_VERSION == "2026-11-26"
    assert "Това са данни за здравето. С бутон „Съгласие“ позволявате да ги ползвам." in text
