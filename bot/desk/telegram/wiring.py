"""The parts of the mirror, put together over a running service."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot.channels.telegram import TelegramChannel
from bot.clock import moment
from bot.desk.telegram.card import expert_card_text
from bot.desk.telegram.group import Groups
from bot.desk.telegram.group_desk import GroupDesk, at_work
from bot.desk.telegram.mirror import RHYTHM, Mirror, Rhythm
from bot.desk.telegram.notices import Digest, Notices, no_digest
from bot.desk.telegram.saying import Saying
from bot.desk.telegram.topics import Topics, Upload
from bot.kept.files import LostFileError
from bot.service import Service
from bot.store.interface import Millis
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_telegram_desk import SqliteTelegramDesk
from bot.store.sqlite_telegram_groups import SqliteTelegramGroups
from dialogs.flows.card_shown import as_text
from dialogs.gaps import TOPICS
from dialogs.model import Card, KeptFile
from dialogs.texts import load_texts
from knowledge.opening_hours import OpeningHours


async def nothing_kept(_file: KeptFile) -> bytes | None:
    """Return no bytes: files are not kept here."""
    return None


@dataclass(frozen=True)
class TelegramDesk:
    """The groups' desk at work: which updates it wants, and how it stands."""

    group_desk: GroupDesk
    mirror: Mirror

    def wants(self, update: Mapping[str, Any]) -> bool:
        """Return whether an update of a group is kept."""
        return self.group_desk.wants(update)

    def standing(self) -> str:
        """Return „ok“, or what is wrong with the groups."""
        return self.mirror.standing()


@asynccontextmanager
async def telegram_desk(
    service: Service, store: SqliteStore, telegram: TelegramChannel
) -> AsyncIterator[TelegramDesk]:
    """Show the cases in the groups meanwhile, and work what librarians do there."""
    groups, shown = Groups(telegram.bot), SqliteTelegramDesk(store)

    async def upload(file: KeptFile) -> bytes | None:
        try:
            return (await service.files.bytes_of(file)).content
        except LostFileError:
            return None

    mirror = mirror_of(service, store, groups, upload=upload, digest=service.digests.take)
    joined = SqliteTelegramGroups(store)
    texts = load_texts()["bg"]
    desk = GroupDesk(
        service,
        joined,
        telegram.call,
        shown.migrate,
        paced=groups.paced,
        look=mirror.look,
        staff=service.accounts.with_telegram,
        topics={topic: texts(f"desk-gap-topic-{topic}") for topic in TOPICS},
    )
    async with at_work(service, desk), mirror.running():
        yield TelegramDesk(desk, mirror)


def mirror_of(  # noqa: PLR0913
    service: Service,
    store: SqliteStore,
    groups: Groups,
    *,
    upload: Upload = nothing_kept,
    digest: Digest = no_digest,
    rhythm: Rhythm = RHYTHM,
) -> Mirror:
    """Return the mirror of this service's cases in the groups of a bot."""
    shown = SqliteTelegramDesk(store)
    saying = saying_of(service)
    topics = Topics(groups, shown, service.desk, saying, service.clock, upload)
    notices = Notices(groups, shown, service.desk, saying, service.clock, digest)
    return Mirror(groups, topics, notices, shown, service.desk, service.clock, rhythm)


def saying_of(service: Service) -> Saying:
    """Return where a group's words come from."""
    texts = load_texts()["bg"]

    def hours_of(desk: str) -> OpeningHours | None:
        return next((d.hours for d in service.roster.now.desks if d.id == desk), None)

    def is_open(desk: str, at: Millis) -> bool | None:
        hours = hours_of(desk)
        return hours.is_open(moment(at)) if hours else None

    def card(card_json: str) -> str:
        return as_text(Card.model_validate_json(card_json), service.context())

    def expert_card(card_json: str) -> str:
        return expert_card_text(texts, service.knowledge, card_json)

    return Saying(texts, service.roster.name_of, card, expert_card, is_open, hours_of)
