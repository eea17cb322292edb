"""The filtered view: what the index finds is what reading every row finds, in order, whatever is typed."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from fu_tui.core.spoken import fold, spoken, starts
from fu_tui.core.terms import Bucket, Channel, Priority
from fu_tui.queries import hits
from fu_tui.queries.look import Look
from fu_tui.queries.queue import Order, bucket_of, page
from fu_tui.queries.rows import QueueRow
from fu_tui.queries.scope import everyone
from fu_tui.services.spawn import Links
from fu_tui.store.lookup import person
from fu_tui.store.models import Account, Contact, Deal, Task
from fu_tui.store.sqlite import sqlite3
from tests.queries.conftest import view
from tests.world import World

PANES = (Bucket.OVERDUE, Bucket.TODAY, Bucket.UPCOMING, Bucket.LATER)
NAMES = (
    "Ana Ruiz",
    "Dana Reed",
    "Dàna Öz",
    "c++ Guild",
    "李 Wen",
    "Zoë “Quote” O'Hara",
    "🚀 Rocket AND Co",
    "Müller",
)
TYPED = (
    "a", "an", "ana", "call", "calling", "d r", "dana", "oz", "ÖZ", "c++", '"', "'; --", "AND", "NOT", "a*", "name:x",
    "李", "zoe quote", "hara", "🚀", "rocket", "mull", "sam", "dana okafor", "mail", "x" * 10_000, "a " * 5000,
    "٣", "ß", "o1", "\ue000o1", "betatech", "gtx betatech", "9 1", "zzz",
)  # fmt: skip


def fill(world: World, random: Random) -> None:
    contacts = [world.make_contact(name, account=random.choice([None, world.account])) for name in NAMES]
    for number in range(120):
        hours = random.choice([None, None, -80, -30, -1, 0, 1, 20, 50])
        links = Links(random.choice([None, *contacts]), random.choice([None, world.deal]), None)
        if links == Links(None, None, None):
            links = Links(None, None, world.account)
        task = world.make_task(
            f"{random.choice(['Call', 'Send', 'Calling', 'Ask'])} about {random.choice(NAMES)} {number}",
            due=world.today + timedelta(days=random.choice([-3, -1, 0, 0, 1, 2, 3, 13, 14, 15, 40])),
            due_at=None if hours is None else world.clock.now() + timedelta(hours=hours, seconds=number % 2 * 20),
            owner=random.choice([world.dana, world.sam]), links=links,
            channel=random.choice([None, Channel.MAIL, Channel.CALL]), priority=random.choice(list(Priority)),
        )  # fmt: skip
        if random.random() < 0.1:
            world.change(Task, task, hidden_until=world.today + timedelta(days=1))


def holds(row: QueueRow, typed: str) -> bool:
    """Whether each typed word begins one of the row's."""
    said = (row.action, row.contact, row.account, row.deal, row.owner, row.channel and row.channel.value)
    its = [word for text in said if text for word in starts(text)]
    return all(any(word.startswith(fold(wanted)) for word in its) for wanted in spoken(typed))


def place(row: QueueRow, order: Order) -> tuple[object, ...]:
    rank = row.priority if order is Order.PRIORITY else 0
    return rank, hits.place(row)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("order", list(Order))
def test_what_is_found_is_what_holds_the_words(world: World, seed: int, order: Order) -> None:
    fill(world, Random(seed))
    me = person(world.db, world.dana)
    mine = view(world, order=order)
    for look in (mine, replace(mine, scope=everyone(me)), replace(mine, on=world.today)):
        every = {bucket: page(world.db, look, bucket, 500) for bucket in (*PANES, Bucket.HIDDEN)}
        for typed in TYPED:
            sought = replace(look, sought=hits.seek(world.db, typed))
            for bucket, rows in every.items():
                wanted = [row for row in rows if holds(row, typed)]
                found = page(world.db, sought, bucket, 500)
                if bucket is not Bucket.HIDDEN and spoken(typed):
                    wanted.sort(key=lambda row: place(row, order))
                    assert hits.count(world.db, sought, bucket) == min(len(wanted), hits.MOST)
                assert [row.id for row in found] == [row.id for row in wanted], (typed[:20], bucket)
                assert all(bucket_of(row, look) is bucket for row in found)


@pytest.mark.parametrize("order", list(Order))
def test_pages_follow_each_other_both_ways(world: World, order: Order) -> None:
    fill(world, Random(7))
    look = view(world, "a", order=order)
    for bucket in PANES:
        every = page(world.db, look, bucket, 500)
        assert page(world.db, look, bucket, 4, from_end=True) == every[-4:]
        for at, row in enumerate(every):
            assert page(world.db, look, bucket, 3, after=row) == every[at + 1 : at + 4]
            assert page(world.db, look, bucket, 3, before=row) == every[max(0, at - 3) : at]
            assert hits.count(world.db, look, bucket, before=row) == at
            assert hits.is_hit(world.db, look, row)


def found(world: World, typed: str) -> list[int]:
    look = view(world, typed)
    return sorted(row.id for bucket in PANES for row in page(world.db, look, bucket, 50))


def test_the_words_follow_whatever_is_renamed_closed_moved_and_undone(world: World) -> None:
    task = world.make_task("Call about seats")
    deal_only = world.make_task("Send the offer", links=Links(None, world.deal, None))
    assert found(world, "betatech") == [task, deal_only]
    world.change(Account, world.account, name="Isdom")
    assert found(world, "betatech") == [task, deal_only], "the deal's title still says it"
    world.change(Deal, world.deal, title="Ramp")
    assert (found(world, "betatech"), found(world, "isdom ramp")) == ([], [task, deal_only])
    world.change(Contact, world.contact, name="Björk")
    assert (found(world, "ana"), found(world, "bjor")) == ([], [task])
    other = world.make_contact("Zed", account=None)
    world.change(Task, task, contact=other, account=None, deal=None)
    assert (found(world, "isdom"), found(world, "zed")) == ([deal_only], [task])
    world.close([task], "done", note="said so")
    assert found(world, "zed") == []
    world.journal.undo()
    assert found(world, "zed") == [task]
    world.moves.reassign([task], "sam")
    assert found(world, "zed") == []
    world.journal.undo()
    assert found(world, "zed dana") == [task]
    assert world.db.value("SELECT count(*) FROM search_due") == 0


def test_a_new_word_is_found_by_a_filter_that_stands_already(world: World) -> None:
    look = Look(world.db, person(world.db, world.dana), world.clock)
    world.make_task("Call them")
    look.choose(words="call")
    assert look.counts().today == 1
    world.make_task("Calling is not enough")
    assert look.counts().today == 2
    assert len(look.rows_of(Bucket.TODAY).first(9)) == 2


def test_many_hits_are_counted_up_to_a_limit(world: World) -> None:
    for number in range(hits.MOST + 20):
        world.make_task(f"Call {number}")
    look = Look(world.db, person(world.db, world.dana), world.clock)
    look.choose(words="c")
    assert (look.counts().today, look.counts().most) == (hits.MOST, hits.MOST)
    last = look.rows_of(Bucket.TODAY).last(1)[0]
    assert look.rows_before(last) is None, "too far down"
    look.choose(words="call 7")
    assert look.counts().today < hits.MOST
    assert look.rows_before(last) is None, "filtered out"


def test_every_word_that_can_be_typed_is_one_word_to_the_index() -> None:
    """Else the index would take it for several, which it can't look up."""
    signs = [chr(n) for n in range(0x110000) if chr(n).isalnum() and spoken(chr(n))]
    memory = sqlite3.connect(":memory:")
    memory.execute("CREATE VIRTUAL TABLE f USING fts5(w, tokenize = 'unicode61 remove_diacritics 2')")
    memory.execute("CREATE VIRTUAL TABLE v USING fts5vocab(f, instance)")
    memory.executemany("INSERT INTO f (rowid, w) VALUES (?, ?)", ((ord(sign), f"a{sign}b") for sign in signs))
    once = {row[0] for row in memory.execute("SELECT doc FROM v GROUP BY doc HAVING count(*) = 1")}
    several = [sign for sign in signs if ord(sign) not in once]
    assert [unicodedata.name(sign, sign) for sign in several] == []
