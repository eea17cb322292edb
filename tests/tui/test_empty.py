"""What an empty pane says: what to do next, with the keys in force."""

from __future__ import annotations

from datetime import date

import pytest

from fu_tui.core.terms import Bucket
from fu_tui.queries.rows import Counts, Left
from fu_tui.tui.screens.empty import Empty, empty_words

TUESDAY = date(2026, 11, 24)
KEYS = {
    "queue.clear": "esc", "pane.overdue": "1", "pane.today": "2", "task.add": "a", "queue.scope": "@",
    "queue.later": "L", "queue.hidden": "H", "go.triage": "g t", "go.no_next_step": "g n",
}  # fmt: skip
OVERDUE, TODAY, UPCOMING, LATER, HIDDEN = (
    (bucket,) for bucket in (Bucket.OVERDUE, Bucket.TODAY, Bucket.UPCOMING, Bucket.LATER, Bucket.HIDDEN)
)
WEDNESDAY = (date(2026, 11, 25), 3)


def said(shows: tuple[Bucket, ...], counts: Counts, **more: object) -> str:
    words = empty_words(shows, Empty(counts, TUESDAY, lambda action: KEYS.get(action, ""), **more))  # type: ignore[arg-type]
    return words.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("shows", "counts", "words"),
    [
        (OVERDUE, Counts(today=12), "Nothing overdue. 12 due today: press 2."),
        (OVERDUE, Counts(), "Nothing overdue."),
        (TODAY, Counts(overdue=4), "Nothing due today. 4 overdue: press 1."),
        (TODAY, Counts(upcoming=9), "Nothing due today. Next: Wed 25, 3 tasks."),
        (TODAY, Counts(upcoming=9, done_today=7), "All done for today. Next: Wed 25, 3 tasks."),
        (TODAY, Counts(done_today=7), "All done. a adds a follow-up."),
        (TODAY, Counts(left=Left(deals=190, contacts=4)), "Nothing due today, but 194 without a next step (g n)."),
        (TODAY, Counts(upcoming=9, done_today=7, left=Left(2, 1, 0, 3, 1)),
         "Nothing more is due today, but 1 without a next step (g n) · 2 to decide (g t) · 3 stalled"
         " · 1 without an owner."),
        (TODAY, Counts(upcoming=9, left=Left(stalled=3, unowned=1)),
         "Nothing due today, but 3 stalled (g t) · 1 without an owner."),
        (TODAY, Counts(done_today=7, left=Left(unowned=1)),
         "Nothing more is due today, but 1 without an owner (g t)."),
        (TODAY, Counts(overdue=4, left=Left(2, 2, 2, 2, 2)), "Nothing due today. 4 overdue: press 1."),
        (TODAY, Counts(), "Nothing to do. a adds a follow-up, fu import brings your deals in."),
        (UPCOMING, Counts(later=12), "Nothing in the next 14 days. L shows the 12 later."),
        (UPCOMING, Counts(), "Nothing in the next 14 days. a adds a follow-up."),
        (HIDDEN, Counts(), "Nothing is hidden. H goes back."),
        (OVERDUE + TODAY + UPCOMING, Counts(later=2, done_today=1), "All done for today. Next: Wed 25, 3 tasks."),
    ],
)  # fmt: skip
def test_each_pane_says_what_comes_next(shows: tuple[Bucket, ...], counts: Counts, words: str) -> None:
    assert said(shows, counts, next_day=lambda: WEDNESDAY) == words


def test_words_that_leave_rows_out_come_first() -> None:
    for shows in (OVERDUE, TODAY, UPCOMING, HIDDEN):
        assert said(shows, Counts(today=1), filtered=True) == "Nothing matches. esc shows all rows again."


def test_another_s_empty_queue_says_whose_it_is() -> None:
    assert said(TODAY, Counts(), whose="Sam Hill") == "Sam Hill: nothing to do. @ shows another queue."


def test_one_s_own_says_where_the_work_lies() -> None:
    assert said(TODAY, Counts(), elsewhere=lambda: (("Sam Hill", 31), ("Tom", 4))) == (
        "Nothing is yours. Work lies with Sam Hill 31, Tom 4: press @ to see it."
    )


def test_the_file_is_not_asked_where_the_answer_is_not_said() -> None:
    def never() -> None:
        raise AssertionError

    said(TODAY, Counts(overdue=1), next_day=never, elsewhere=never)
    said(UPCOMING, Counts(), next_day=never, elsewhere=never)


def test_without_a_key_nothing_is_said_of_it() -> None:
    for shows in (OVERDUE, TODAY, UPCOMING, HIDDEN):
        for counts in (Counts(), Counts(later=3), Counts(overdue=1), Counts(done_today=1)):
            words = empty_words(shows, Empty(counts, TUESDAY, lambda _: ""))
            assert "  " not in words
            assert words.endswith(".")
