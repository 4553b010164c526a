"""A source is named by an address that people can read and that leads to the same page."""

from urllib.parse import unquote

import pytest

from knowledge.measures import Source


def source(url: str) -> Source:
    title = {"bg": "страница", "en": "page"}
    return Source.model_validate(
        {"id": "page", "title": title, "url": url, "verified_on": "2026-11-22"}
    )


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.bg/%D0%BD%D0%BE%D0%B2%D0%B0-%D1%80%D0%B0", "https://a.bg/нова-ра"),
        ("https://a.bg/%D0%BD?q=%20%26%D0%B0", "https://a.bg/н?q=%20%26%D0%B0"),
        ("https://a.bg/a%20b", "https://a.bg/a%20b"),
        ("https://a.bg/%D0", "https://a.bg/%D0"),
        ("https://a.bg/нова", "https://a.bg/нова"),
    ],
)
def test_letters_are_written_as_letters_and_signs_stay_as_they_are(url, address):
    assert source(url).address == address


def test_every_address_leads_where_its_source_does(base):
    for one in base.sources.values():
        assert unquote(one.address) == unquote(str(one.url))
        assert not any(sign.isspace() for sign in one.address)
        assert "%D0%B" not in one.address, one.id
