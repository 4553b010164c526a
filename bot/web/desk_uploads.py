"""A file that goes with a librarian's reply: kept before the act, let go where it did not go."""

from bot.kept.files import Fault, RefusedFileError
from bot.service import Service
from bot.store.interface import CaseFile
from bot.web.uploads import Upload
from dialogs.model import KeptFile
from dialogs.passing_files import LIMITS_HERE

_FAULTS: dict[Fault, str] = {
    "empty": "desk-file-empty",
    "large": "desk-file-large",
    "kind": "desk-file-kind",
    "many": "desk-file-many",
    "off": "desk-file-off",
}


class NotKeptError(Exception):
    """A file cannot go with a reply; `words` say why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


async def keep_for(
    service: Service, case: CaseFile, key: str, upload: Upload, *, invented: bool
) -> KeptFile:
    """Return the file once it is kept with the person's talk; raises NotKeptError."""
    t = service.context().texts["bg"]
    if invented:
        # Nothing leaves the house in a practice, and nothing comes in.
        raise NotKeptError(t("desk-file-not-here"))
    if upload.one_of_many:
        raise NotKeptError(t("desk-file-one"))
    try:
        if upload.too_large:
            raise RefusedFileError("large")  # noqa: TRY301
        return await service.files.keep(case.conversation, key, upload.name, upload.content)
    except RefusedFileError as refused:
        raise NotKeptError(t(_FAULTS[refused.fault], **LIMITS_HERE)) from None
