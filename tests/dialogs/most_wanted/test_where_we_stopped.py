"""Most wanted of such talks: after a pause it says where it stopped, and nothing is asked anew."""

import datetime as dt
from dataclasses import replace

from talk import Talk

from dialogs.turn import Context

SENSITIVE = ("ТЕЛК", "присъда", "закрила", "дете", "60")


def later(talk: Talk, **pause: int) -> Talk:
    now = talk.context.now + dt.timedelta(**pause)
    again = Talk(replace(talk.context, now=now), talk.conversation)
    again.screen = talk.screen
    return again


def half_way(context: Context) -> Talk:
    talk = Talk(context).start()
    return talk.says("останах без работа през май, на 57 съм, от Роман, с ТЕЛК 60 %").presses(
        "Да, така е"
    )


def test_two_lines_say_what_is_known_and_how_far_it_came(context: Context) -> None:
    talk = later(half_way(context), days=2).start()
    talk.shows("Докъде стигнахме: без работа, на 57 години, от Роман.", "Остават около")
    ways = ["Продължи", "Промени", "Моят план", "Започни отначало", "Изтрий всичко"]
    assert talk.buttons[: len(ways)] == ways
    recap = next(line for line in talk.screen.text.splitlines() if "Докъде стигнахме" in line)
    assert not [word for word in SENSITIVE if word in recap]


def test_words_after_hours_are_heard_and_told_where_they_fall(context: Context) -> None:
    talk = half_way(context)
    asked = talk.asked
    later(talk, hours=5).says("абракадабра").shows("Докъде стигнахме:")
    here = later(talk, hours=5).presses("Не знам").shows("Докъде стигнахме:")
    assert here.asked != asked


def test_no_recap_without_a_pause(context: Context) -> None:
    later(half_way(context), minutes=30).presses("Не знам").hides("Докъде стигнахме:")


def test_nobody_new_is_told_where_they_stopped(talk: Talk) -> None:
    talk.shows("Здравейте").hides("Докъде стигнахме")
    later(talk, days=1).says("абракадабра").hides("Докъде стигнахме")


def test_going_on_asks_what_was_open(context: Context) -> None:
    talk = half_way(context)
    asked = talk.asked
    again = later(talk, days=20).start().presses("Продължи")
    assert again.asked == asked
