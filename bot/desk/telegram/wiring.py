"""The parts of the mirror, put together over a running service."""

import datetime as dt

from bot.desk.telegram.card import expert_card_text
from bot.desk.telegram.group import Groups
from bot.desk.telegram.mirror import RHYTHM, Migrate, Mirror, Rhythm
from bot.desk.telegram.notices import Digest, Notices, no_digest
from bot.desk.telegram.saying import Saying
from bot.desk.telegram.topics import Topics, Upload
from bot.service import Service
from bot.store.interface import Millis
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_telegram_desk import SqliteTelegramDesk
from dialogs.flows.card_shown import as_text
from dialogs.model import Card, KeptFile
from dialogs.texts import load_texts
from knowledge.calendar import SOFIA


async def nothing_kept(_file: KeptFile) -> bytes | None:
    """Return no bytes: files are not kept here."""
    return None


def mirror_of(  # noqa: PLR0913
    service: Service,
    store: SqliteStore,
    groups: Groups,
    *,
    migrate: Migrate | None = None,
    upload: Upload = nothing_kept,
    digest: Digest = no_digest,
    rhythm: Rhythm = RHYTHM,
) -> Mirror:
    """Return the mirror of this service's cases in the groups of a bot.

    `migrate` gives all that is kept of a group its new number, if more is kept than is shown.
    """
    shown = SqliteTelegramDesk(store)
    saying = saying_of(service)
    topics = Topics(groups, shown, service.desk, saying, service.clock, upload)
    notices = Notices(groups, shown, service.desk, saying, service.clock, digest)
    return Mirror(groups, topics, notices, shown, service.desk, service.clock, rhythm, migrate)


def saying_of(service: Service) -> Saying:
    """Return where a group's words come from."""
    texts = load_texts()["bg"]

    def is_open(desk: str, at: Millis) -> bool | None:
        hours = next((d.hours for d in service.roster.now.desks if d.id == desk), None)
        return hours.is_open(dt.datetime.fromtimestamp(at / 1000, SOFIA)) if hours else None

    def card(card_json: str) -> str:
        return as_text(Card.model_validate_json(card_json), service.context())

    def expert_card(card_json: str) -> str:
        return expert_card_text(texts, service.knowledge, card_json)

    return Saying(texts, service.roster.name_of, card, expert_card, is_open)
