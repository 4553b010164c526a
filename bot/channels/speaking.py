"""Which of our languages a phone or a browser speaks, by what it says of itself."""

from collections.abc import Iterable

from babel.core import negotiate_locale

from knowledge.texts import LANGUAGES, TRANSLATED, Language


def spoken(preferred: Iterable[str]) -> Language | None:
    """Return the language that a talk with this phone begins in, None where in Bulgarian.

    The codes are the most wanted first. English is not taken from a phone: many phones of people
    who read Bulgarian speak it.

    >>> spoken(["de-DE", "uk-UA", "en"]), spoken(["en-US", "uk"]), spoken(["ja"])
    ('uk', None, None)
    """
    codes = [code.strip().replace("_", "-").lower() for code in preferred]
    found = negotiate_locale(codes, LANGUAGES, sep="-")
    return next((language for language in TRANSLATED if language == found), None)


def of_header(accept_language: str) -> Language | None:
    """Return the same for what a browser sends as Accept-Language, which stands in its order.

    >>> of_header("tr-TR,tr;q=0.9,en-US;q=0.8")
    'tr'
    """
    return spoken(part.partition(";")[0] for part in accept_language[:200].split(","))
