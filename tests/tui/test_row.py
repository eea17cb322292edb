"""A row: the columns of the interface, the words, and exact widths on hostile text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from rich.cells import cell_len

from fu_tui.core.terms import Bucket, Channel, Priority, TaskKind
from fu_tui.queries.rows import QueueRow
from fu_tui.tui.present.columns import columns
from fu_tui.tui.present.moment import Moment
from fu_tui.tui.present.row import RowState, row_spans
from fu_tui.tui.present.words import channel_word, due_words, near_day, owner_word, plural, steps_words
from tests.tui import made_up

PLAIN = RowState()


def line(
    row: QueueRow,
    bucket: Bucket,
    width: int = 80,
    state: RowState = PLAIN,
    show_owner: bool = False,
    moment: Moment = made_up.MOMENT,
) -> str:
    return "".join(text for text, _ in row_spans(row, columns(width, show_owner), bucket, moment, state))


@pytest.mark.parametrize("show_owner", [False, True])
def test_columns_fill_every_width_exactly(show_owner: bool) -> None:
    for width in range(260):
        cols = columns(width, show_owner)
        assert min(cols) >= 0
        row = made_up.row(1, "Send the pricing recap to everyone who asked for it", contact="Ana Ruiz")
        assert cell_len(line(row, Bucket.TODAY, width, show_owner=show_owner)) == max(width, 3)


def test_the_action_has_44_cells_beside_the_card_and_never_shrinks_on_a_wider_screen() -> None:
    assert columns(80, False).action == 44
    widths = [columns(width, False).action for width in range(80, 260)]
    assert widths == sorted(widths)


def test_a_narrow_row_keeps_due_and_action() -> None:
    cols = columns(40, False)
    assert (cols.due, cols.contact, cols.channel, cols.steps) == (8, 0, 0, 0)
    assert cols.action >= 27


def test_at_60_columns_the_contact_stands_beside_the_action_and_channel_and_steps_give_way() -> None:
    cols = columns(60, False)
    assert (cols.due, cols.contact, cols.channel, cols.steps) == (8, 12, 0, 0)
    assert cols.action >= 34


def test_beside_a_wider_card_contact_and_owner_have_longer_words_and_no_desert_lies_between() -> None:
    """160 and 140 columns, with the card."""
    assert columns(104, False)[1:3] == (47, 30)
    assert columns(104, True).owner >= 8
    assert columns(92, False)[1:3] == (44, 25)


def test_a_hidden_row_says_when_it_comes_back() -> None:
    row = made_up.row(1, "Call", -3, hidden_until=made_up.TODAY + timedelta(days=3))
    assert line(row, Bucket.HIDDEN).startswith("   Fri 27   Call ")


def test_the_one_list_says_today_where_no_title_does() -> None:
    assert line(made_up.row(1, "Call"), Bucket.TODAY, 40, RowState(first_of_day=True)).startswith(
        "   today    Call "
    )


def test_rows_read_as_the_interface_draws_them() -> None:
    overdue, today = made_up.overdue(), made_up.today()
    assert line(overdue[0], Bucket.OVERDUE) == (
        " ! 3d late  Call Dana, confirm approval, resend quote    Dana Reed     call 2/5 "
    )
    assert line(overdue[2], Bucket.OVERDUE) == (
        "   1d late  Send legal the redlined contract             Mona Lind     mail  ×2 "
    )
    assert line(today[0], Bucket.TODAY, state=RowState(selected=True)) == (
        "▌! 11:00    Send the pricing recap                       Ana Ruiz      mail 1/5 "
    )
    assert line(today[6], Bucket.TODAY, state=RowState(marked=True)) == (
        " ✓          Collect the signed order form                Rosa Diaz     mail   – "
    )
    assert line(today[7], Bucket.TODAY) == (
        "            Discuss the timeline with procurement and t… T. Novak      call 3/5 "
    )
    assert line(made_up.upcoming()[3], Bucket.UPCOMING, state=RowState(first_of_day=True)) == (
        "   Fri 27   Call about the onboarding checklist          Ida Moe       call 1/2 "
    )


def test_a_marked_row_of_high_priority_shows_both_and_keeps_its_columns() -> None:
    plain, both = (line(made_up.today()[0], Bucket.TODAY, state=RowState(marked=m)) for m in (False, True))
    assert both.startswith(" ✓!11:00")
    assert both[3:] == plain[3:]


def test_contact_falls_back_to_account_deal_and_says_when_there_is_no_link() -> None:
    wide = 110
    both = made_up.row(1, "Call", contact="Dana Reed", account="Isdom")
    assert "Dana Reed · Isdom" in line(both, Bucket.TODAY, wide)
    assert "Isdom " in line(made_up.row(1, "Call", account="Isdom"), Bucket.TODAY, wide)
    assert "GTX Plus " in line(made_up.row(1, "Call", deal="GTX Plus"), Bucket.TODAY, wide)
    assert "no link" in line(made_up.row(1, "Call"), Bucket.TODAY, wide)
    assert "private" in line(made_up.row(1, "Call", kind=TaskKind.PRIVATE), Bucket.TODAY, wide)


def test_an_account_that_would_be_a_stump_is_left_away() -> None:
    text = line(made_up.row(1, "Call", contact="Dana Reed", account="Isdom"), Bucket.TODAY)
    assert "Dana Reed    " in text
    assert "·" not in text


def test_the_owner_stands_on_the_row_outside_ones_own_queue() -> None:
    row = made_up.row(1, "Call", contact="Dana Reed")
    assert "Dana O." in line(row, Bucket.TODAY, show_owner=True)
    assert "Dana O" not in line(row, Bucket.TODAY)


@pytest.mark.parametrize("name", made_up.HOSTILE)
@pytest.mark.parametrize("width", [24, 40, 60, 80, 104, 120])
def test_hostile_text_in_every_column_is_harmless_and_keeps_the_width(name: str, width: int) -> None:
    text = made_up.HOSTILE[name]
    row = made_up.row(1, text, contact=text, account=text, deal=text, owner=text)
    for bucket in (Bucket.OVERDUE, Bucket.TODAY, Bucket.UPCOMING):
        shown = line(row, bucket, width, show_owner=True)
        assert cell_len(shown) == width
        assert "\x1b" not in shown
        assert all(ch.isprintable() or ch in "\u200b\u200d" for ch in shown)


def test_due_words_are_exact_and_fit_their_column() -> None:
    at = datetime(2026, 11, 24, 9, 2, tzinfo=UTC)

    def words(bucket: Bucket, days: int, due_at: datetime | None = None, first: bool = True) -> str:
        return due_words(made_up.row(1, "Call", days, due_at=due_at), bucket, made_up.MOMENT, first)

    assert words(Bucket.OVERDUE, -3) == "3d late"
    assert words(Bucket.OVERDUE, 0, at) == "1h late"
    assert words(Bucket.OVERDUE, -99) == "99d late"
    assert words(Bucket.OVERDUE, -100) == "14w late"
    assert words(Bucket.OVERDUE, -3200) == "8y late"
    assert words(Bucket.TODAY, 0) == ""
    assert words(Bucket.TODAY, 0, at) == "09:02"
    assert words(Bucket.UPCOMING, 1) == "Wed 25"
    assert words(Bucket.UPCOMING, 7) == "1 Dec"
    assert words(Bucket.UPCOMING, 7, first=False) == ""
    assert all(len(words(Bucket.OVERDUE, -days)) <= 8 for days in range(1, 9000))


def test_hours_are_the_viewers() -> None:
    row = made_up.row(1, "Call", due_at=datetime(2026, 11, 24, 14, 0, tzinfo=UTC))
    there = Moment(made_up.TODAY, made_up.NOW, "Asia/Kolkata")
    assert line(row, Bucket.TODAY, moment=there).startswith("   19:30 ")


def test_an_hour_on_a_coming_day_leads_the_action() -> None:
    row = made_up.upcoming()[0]
    assert line(row, Bucket.UPCOMING, state=RowState(first_of_day=True)).startswith(
        "   Wed 25   09:30 Discuss"
    )


def test_days_around_the_new_year_need_no_year() -> None:
    december = date(2026, 12, 28)
    assert near_day(date(2027, 1, 8), december) == "8 Jan"
    assert near_day(date(2025, 10, 20), december) == "Oct 2025"
    assert len(near_day(december + timedelta(days=14), december)) <= 8


def test_small_words() -> None:
    assert [channel_word(channel, 4) for channel in Channel] == ["mail", "call", "text", "lnkd", "meet"]
    assert channel_word(Channel.LINKEDIN, 8) == "linkedin"
    assert channel_word(None, 4) == ""
    assert steps_words(made_up.row(1, "Call", attempt=2)) == "×2"
    assert steps_words(made_up.row(1, "Call")) == "–"
    assert steps_words(made_up.row(1, "Call", step_no=2, steps=5, attempt=2)) == "2/5"
    assert owner_word("Dana Okafor", 8) == "Dana O."
    assert owner_word("Dana Okafor", 11) == "Dana Okafor"
    assert owner_word("Maximiliane Okafor", 8) == "Maximiliane"
    assert owner_word("", 8) == ""
    assert plural(1, "day") == "1 day"
    assert plural(1204, "touch", "touches") == "1,204 touches"


def test_priority_is_a_sign_not_only_a_colour() -> None:
    high, low = (made_up.row(1, "Call", priority=p) for p in (Priority.HIGH, Priority.LOW))
    assert "!" in line(high, Bucket.TODAY)
    assert "!" not in line(low, Bucket.TODAY)
