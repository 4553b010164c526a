"""The labour bureaus and libraries: which bureau is competent, which library is near."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from knowledge.field_sources import FieldSource, FieldSources, source_of
from knowledge.gazetteer import (
    CoordinateKind,
    Ekatte,
    Latitude,
    Longitude,
    Settlement,
    distance_km,
)
from knowledge.opening_hours import OpeningHours
from knowledge.texts import Frozen

Confidence = Literal["high", "medium", "low"]
Email = Annotated[str, StringConstraints(pattern=r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


def _partial_date(text: str) -> str:
    parts = text.removeprefix("~").split("-")
    try:
        if len(parts) <= 3 and [len(part) for part in parts] == [4, 2, 2][: len(parts)]:
            dt.date(*[int(part) for part in [*parts, "1", "1"][:3]])
            return text
    except ValueError:
        pass
    raise ValueError(f"found {text!r}; allowed: a day, month or year, as 2025-10-20; correct it")


def _phone(text: str) -> str:
    bare = re.sub(r"\([^()<>]{1,40}\)", "", text)
    if (
        len(text) > 120
        or not re.fullmatch(r"[0-9+/;,.\s-]*", bare)
        or len(re.findall("[0-9]", bare)) < 5
    ):
        raise ValueError(f"found {text[:40]!r}; allowed: a telephone, as 092 626 170; correct it")
    return text


Phone = Annotated[str, AfterValidator(_phone)]
PartialDate = Annotated[str, AfterValidator(_partial_date)]
"""A day, a month or a year, as far as the source says; `~` means about."""
# The fields are named as Open Referral HSDS names them, where it has a word.


class Place(Frozen):
    """An office with an address. None means: not known, never: there is none."""

    id: Slug
    name: str
    parent_id: Slug | None = None
    city: str
    ekatte: Ekatte
    municipality: str
    municipality_code: str
    state_province: str
    address_1: str | None = None
    postal_code: str | None = None
    phone: Phone | None = None
    email: Email | None = None
    url: Url | None = None
    hours: OpeningHours | None = None
    opening_hours_note: str | None = None
    latitude: Latitude
    longitude: Longitude
    coordinate_kind: CoordinateKind
    services: str | None = None
    confidence: Confidence
    source_url: tuple[Url, ...] = ()
    source: str | None = None
    contact_source: str | None = None
    """Who says address, phone, e-mail and hours, where it is none of the addresses; for people."""
    source_date: PartialDate | None = None
    assured_date: dt.date | None = None
    """The day on which somebody confirmed the row with the office itself, if anybody did."""
    field_sources: FieldSources = ()
    """Who says single fields, by their columns, where it is not who says the rest of the row."""
    note: str | None = None

    def source_of(self, column: str) -> FieldSource | None:
        """Return who says this column by itself, if anybody does."""
        return source_of(self.field_sources, column)

    def shows(self, column: str) -> bool:
        """Tell whether a contact may be shown: it is well known, or somebody says just this."""
        return self.showable or self.source_of(column) is not None

    @property
    def showable(self) -> bool:
        """Tell whether address, phone, e-mail and hours may be shown, with their date."""
        return self.confidence != "low"

    @property
    def has_own_coordinates(self) -> bool:
        """Tell whether the point is the place itself, not the middle of its settlement."""
        return self.coordinate_kind != "settlement_centre"


class Bureau(Place):
    """A labour bureau (a directorate or one of its branches)."""

    kind: Literal["directorate", "branch"]
    service_area: tuple[str, ...] = ()
    service_area_complete: Literal["yes", "no", "unknown"] = "unknown"


class Library(Place):
    """A regional library, a chitalishte or a village library."""

    kind: Literal["regional", "chitalishte", "municipal"]
    external_identifier: str | None = None
    service_area: str | None = None
    glb_participant: bool = False
    library_confirmed: Literal["yes", "likely", "unknown"]


class Service(Frozen):
    """Which bureau serves a municipality, and how well that is known."""

    municipality_code: str
    municipality: str
    state_province: str
    bureau_id: Slug | None = None
    basis: Literal["sourced", "derived"] | None = None
    confidence: Confidence | None = None
    source_url: tuple[Url, ...] = ()
    source: str | None = None
    source_date: PartialDate | None = None
    assured_date: dt.date | None = None
    """The day on which somebody confirmed the row with the office itself, if anybody did."""
    note: str | None = None


class Competent(Frozen):
    """The bureau of a settlement as far as it is known, and the directorates of its province."""

    bureau: Bureau | None
    service: Service | None
    """The row that says so, with its source."""
    status: Literal["sourced", "doubtful", "unknown"]
    in_province: tuple[Bureau, ...]


class NearbyLibrary(Frozen):
    """A library and how far away it is as the crow flies, in whole kilometres."""

    library: Library
    distance_km: Annotated[int, Field(ge=0)]
    same_settlement: bool


_CONFIRMED = ("yes", "likely", "unknown")


class Directory:
    """All bureaus and libraries, asked by settlement."""

    def __init__(
        self,
        bureaus: Iterable[Bureau],
        libraries: Iterable[Library],
        competence: Iterable[Service],
        verified_on: dt.date,
    ) -> None:
        self.verified_on = verified_on
        self.bureaus = tuple(bureaus)
        self.libraries = tuple(libraries)
        self.competence = tuple(competence)

    @cached_property
    def _bureau_by_id(self) -> Mapping[str, Bureau]:
        return {bureau.id: bureau for bureau in self.bureaus}

    @cached_property
    def _library_by_id(self) -> Mapping[str, Library]:
        return {library.id: library for library in self.libraries}

    @cached_property
    def _service_by_code(self) -> Mapping[str, Service]:
        return {service.municipality_code: service for service in self.competence}

    def bureau(self, bureau_id: str) -> Bureau | None:
        """Return the bureau with that id."""
        return self._bureau_by_id.get(bureau_id)

    def library(self, library_id: str) -> Library | None:
        """Return the library with that id."""
        return self._library_by_id.get(library_id)

    def competent_bureau(self, settlement: Settlement) -> Competent:
        """Return the bureau that serves the municipality; nearness does not make it competent."""
        service = self._service_by_code.get(settlement.municipality_code)
        bureau = self.bureau(service.bureau_id) if service and service.bureau_id else None
        in_province = self._directorates_near(settlement)
        if service is None or bureau is None:
            return Competent(bureau=None, service=None, status="unknown", in_province=in_province)
        status: Literal["sourced", "doubtful"] = (
            "doubtful" if service.confidence == "low" else "sourced"
        )
        return Competent(bureau=bureau, service=service, status=status, in_province=in_province)

    def _directorates_near(self, settlement: Settlement) -> tuple[Bureau, ...]:
        """Return the known directorates of the settlement's province, the nearest first."""
        known = [
            bureau
            for bureau in self.bureaus
            if bureau.kind == "directorate" and bureau.state_province == settlement.province
        ]
        return tuple(sorted(known, key=lambda b: (_distance(settlement, b), b.name)))

    def nearest_libraries(
        self, settlement: Settlement, limit: int = 3
    ) -> tuple[NearbyLibrary, ...]:
        """Return the nearest libraries; of equally near ones those surely working first."""
        near = [
            NearbyLibrary(
                library=library,
                distance_km=round(_distance(settlement, library)),
                same_settlement=library.ekatte == settlement.ekatte,
            )
            for library in self.libraries
        ]
        return tuple(sorted(near, key=_nearness)[: max(limit, 0)])

    @staticmethod
    def far(settlement: Settlement, place: Place) -> int | None:
        """Return how many kilometres away a place is as the crow flies; None where it is there."""
        return None if place.ekatte == settlement.ekatte else round(_distance(settlement, place))

    def regional_library(self, province: str) -> Library | None:
        """Return the regional library of the province (not one of its branches)."""
        return next(
            (
                library
                for library in self.libraries
                if library.kind == "regional"
                and library.parent_id is None
                and library.state_province == province
            ),
            None,
        )


def _nearness(near: NearbyLibrary) -> tuple[int, int, bool, str, str]:
    library = near.library
    return (
        near.distance_km,
        _CONFIRMED.index(library.library_confirmed),
        library.kind != "regional",
        library.name,
        library.id,
    )


def _distance(settlement: Settlement, place: Place) -> float:
    return distance_km(settlement.latitude, settlement.longitude, place.latitude, place.longitude)
