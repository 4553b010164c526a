"""Prepared answers in the browser: listed, looked for, written, renewed, retired."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aiohttp import web

from bot.desk.answer_changes import about, changed
from bot.store.interface import DeskSession, Librarian, NewAudit
from bot.store.sqlite_answers import TakenKeyError
from bot.web.desk import WebDesk
from bot.web.signed_in import LIBRARIAN
from dialogs.case import LONGEST_REPLY
from dialogs.desk_texts.case_context import longest_values
from dialogs.desk_texts.lookup import answer_found, matching
from dialogs.desk_texts.prepared import Editor, Prepared, Written, faults, standing
from dialogs.desk_texts.variables import names
from dialogs.screens import written_day
from dialogs.typed_days import day_in

GOOD_FOR = dt.timedelta(days=180)
"""How long a new answer is proposed to be good."""
ROOM_FOR_SOURCES = 500
"""Characters of the lines below an answer that say who says what was filled in."""
EVERYBODY = "everybody"
NOTICES = frozenset(("saved", "retired"))


class AnswerPages(WebDesk):
    """A librarian changes the answers of their library; an administrator those of everybody too."""

    back = "/desk/answers"

    def routes(self) -> list[web.RouteDef]:
        """Return what is answered here."""
        one = "/desk/answers/{number:[0-9]{1,15}}"
        return [
            web.get("/desk/answers", self.answers_page),
            web.get("/desk/answers/new", self.new_page),
            web.post("/desk/answers/new", self.add),
            web.get(one, self.answer_page),
            web.post(one, self.change),
            web.post(f"{one}/retire", self.retire),
        ]

    @staticmethod
    def is_administrator(librarian: Librarian) -> bool:
        """Return whether everybody's answers are theirs to change."""
        return librarian.role == "admin"

    def _editor(self, session: DeskSession) -> Editor:
        return Editor(session.librarian.library, self.is_administrator(session.librarian))

    # -- reading -------------------------------------------------------------------------------

    async def answers_page(self, request: web.Request) -> web.StreamResponse:
        """Show the answers that this person may send or change, or those that fit a search."""
        session = await self._required(request, *LIBRARIAN)
        editor = self._editor(session)
        query = " ".join(request.query.get("q", "")[:100].split())
        seen = [
            answer
            for answer in await self._service.writing.answers.all()
            if answer.library in (None, editor.library) or editor.administrator
        ]
        shown = matching(query, seen)
        rows = [self._line(answer, editor) for answer in shown]
        live = [row for row in rows if not row["answer"].retired]

        def of(row: dict[str, Any]) -> str | None:
            library: str | None = row["answer"].library
            return library

        page = {
            "query": query,
            "own": [row for row in live if editor.library and of(row) == editor.library],
            "others": [row for row in live if of(row) not in (None, editor.library)],
            "common": [row for row in live if of(row) is None],
            "retired": [row for row in rows if row["answer"].retired and row["mine"]],
            "may_write": editor.may_write_for(editor.library),
            "notice": self._notice(request),
        }
        return self._render("desk_answers.html", request, self._frame(session) | page)

    def _notice(self, request: web.Request) -> str:
        done = request.query.get("done", "")
        return self._texts(f"desk-answer-{done}") if done in NOTICES else ""

    def _line(self, answer: Prepared, editor: Editor) -> dict[str, Any]:
        """Return a line of the list, with who may renew an answer that has ended."""
        return {
            "answer": answer,
            "standing": standing(answer, self._today()),
            "checked": written_day(answer.checked_on.isoformat()),
            "expires": written_day(answer.expires_on.isoformat()),
            "mine": editor.may_change(answer),
            "whose": self._whose(answer),
            "who": self._who_renews(answer),
        }

    def _whose(self, answer: Prepared) -> str:
        if answer.library is None:
            return self._texts("desk-answers-everybody")
        return self._texts("desk-answers-own", library=self._library_name(answer.library))

    def _who_renews(self, answer: Prepared) -> str:
        administrator = self._texts("desk-answers-who-administrator")
        if answer.library is None:
            return administrator
        library = self._library_name(answer.library)
        return self._texts("desk-answers-who-library", library=library)

    async def new_page(self, request: web.Request) -> web.StreamResponse:
        """Show an empty form."""
        session = await self._required(request, *LIBRARIAN)
        today = self._today()
        written = Written(checked_on=today.isoformat(), expires_on=(today + GOOD_FOR).isoformat())
        return await self._form(request, session, None, written)

    async def answer_page(self, request: web.Request) -> web.StreamResponse:
        """Show an answer, in a form where it may be changed."""
        session = await self._required(request, *LIBRARIAN)
        answer = await self._seen(request, session)
        return await self._form(request, session, answer, _as_written(answer))

    async def _form(
        self,
        request: web.Request,
        session: DeskSession,
        answer: Prepared | None,
        written: Written,
        wrong: tuple[str, ...] = (),
    ) -> web.StreamResponse:
        editor = self._editor(session)
        case = await self._service.writing.case_context(session.librarian)
        page = {
            "answer": answer,
            "row": self._line(answer, editor) if answer else None,
            "written": written,
            "faults": wrong,
            "mine": editor.may_change(answer) if answer else True,
            "chooses": editor.administrator and bool(editor.library) and answer is None,
            "variables": ", ".join(f"{{{name}}}" for name in names(self._texts)),
            "preview": answer_found(answer, case) if answer else None,
            "written_day": written_day,
            "earlier": await self._service.writing.answers.before(answer.id) if answer else (),
        }
        response = self._render("desk_answer.html", request, self._frame(session) | page)
        response.set_status(409 if wrong else 200)
        return response

    # -- writing -------------------------------------------------------------------------------

    async def add(self, request: web.Request) -> web.StreamResponse:
        """Keep a new answer, or say what is wrong with it."""
        session, form = await self._posted(request, *LIBRARIAN)
        written, editor = _written(form), self._editor(session)
        for_all = editor.administrator and (form.get("whose") == EVERYBODY or not editor.library)
        library = None if for_all else editor.library
        wrong = self._faults(written)
        if not wrong and editor.may_write_for(library):
            today = self._today()
            blank = Prepared(0, library, "", "", "", "", checked_on=today, expires_on=today)
            answer = self._made(blank, written, session)
            after = f"{answer.title}: {answer.text}"
            line = self._noted(session, "answer-new", about(answer), after=after)
            try:
                await self._service.writing.answers.add(answer, line)
            except TakenKeyError:
                wrong = (self._texts("desk-answer-key-taken"),)
        if wrong:
            return await self._form(request, session, None, written, wrong)
        raise web.HTTPSeeOther("/desk/answers?done=saved")

    async def change(self, request: web.Request) -> web.StreamResponse:
        """Keep an answer as it was changed, unless somebody else changed it meanwhile."""
        session, form = await self._posted(request, *LIBRARIAN)
        answer = await self._seen(request, session)
        written = _written(form)
        wrong = self._refused(answer, session) or self._faults(written)
        if not wrong:
            made = self._made(replace(answer, retired=False), written, session)
            old, new = changed(answer, made, self._texts)
            act = "answer-back" if answer.retired else "answer-changed"
            line = self._noted(session, act, about(made), before=old, after=new)
            wrong = await self._kept(made, form, line)
        if wrong:
            return await self._form(request, session, answer, written, wrong)
        raise web.HTTPSeeOther("/desk/answers?done=saved")

    async def retire(self, request: web.Request) -> web.StreamResponse:
        """Take an answer away from what is offered; saving it again brings it back."""
        session, form = await self._posted(request, *LIBRARIAN)
        answer = await self._seen(request, session)
        wrong = self._refused(answer, session)
        if not wrong:
            retired = replace(
                answer,
                retired=True,
                changed_by=session.librarian.name,
                changed_at=self._later(answer),
            )
            line = self._noted(session, "answer-retired", about(answer), before=answer.title)
            wrong = await self._kept(retired, form, line)
        if wrong:
            return await self._form(request, session, answer, _as_written(answer), wrong)
        raise web.HTTPSeeOther("/desk/answers?done=retired")

    def _noted(
        self, session: DeskSession, action: str, of: str, *, before: str = "", after: str = ""
    ) -> NewAudit:
        audit = self._service.accounts.audit
        return audit.line(session.librarian, action, of, before=before, after=after)

    async def _kept(
        self, answer: Prepared, form: Mapping[str, str], line: NewAudit
    ) -> tuple[str, ...]:
        """Keep the answer; return why it could not be."""
        seen = form.get("seen", "")
        seen_at = int(seen) if seen.isdecimal() and len(seen) < 16 else -1
        try:
            kept = await self._service.writing.answers.change(answer, seen_at, line)
        except TakenKeyError:
            return (self._texts("desk-answer-key-taken"),)
        return () if kept else (self._texts("desk-answer-changed-meanwhile"),)

    def _refused(self, answer: Prepared, session: DeskSession) -> tuple[str, ...]:
        mine = self._editor(session).may_change(answer)
        return () if mine else (self._texts("desk-answer-not-yours"),)

    def _faults(self, written: Written) -> tuple[str, ...]:
        knowledge = self._service.context().knowledge
        return faults(
            written,
            self._today(),
            self._texts,
            most=LONGEST_REPLY - ROOM_FOR_SOURCES,
            longest=longest_values(knowledge),
        )

    def _made(self, answer: Prepared, written: Written, session: DeskSession) -> Prepared:
        checked, expires = day_in(written.checked_on), day_in(written.expires_on)
        assert checked and expires  # noqa: S101, PT018  # what is wrong was told before
        return replace(
            answer,
            key=written.key,
            title=written.title,
            text=written.text,
            source=written.source,
            checked_on=checked,
            expires_on=expires,
            changed_by=session.librarian.name,
            changed_at=self._later(answer),
        )

    def _later(self, answer: Prepared) -> int:
        """Return the moment of a change; no two of one answer have the same."""
        return max(self._now(), answer.changed_at + 1)

    # -- who, and what every page shows --------------------------------------------------------

    async def _seen(self, request: web.Request, session: DeskSession) -> Prepared:
        """Return the answer of the address; another library's is nowhere to be seen."""
        answer = await self._service.writing.answers.answer(int(request.match_info["number"]))
        editor = self._editor(session)
        if answer is None or not (answer.library is None or editor.may_change(answer)):
            raise web.HTTPSeeOther("/desk/answers")
        return answer

    def _frame(self, session: DeskSession) -> dict[str, Any]:
        return self._face(session)

    def _today(self) -> dt.date:
        return self._service.context().today


def _written(form: Mapping[str, str]) -> Written:
    named = {name: form.get(name, "").strip() for name in Written.__dataclass_fields__}
    named |= {name: " ".join(named[name].split()) for name in ("key", "title", "source")}
    return Written(**named | {"key": named["key"].lower()})


def _as_written(answer: Prepared) -> Written:
    return Written(
        answer.key,
        answer.title,
        answer.text,
        answer.source,
        answer.checked_on.isoformat(),
        answer.expires_on.isoformat(),
    )
