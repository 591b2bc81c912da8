"""Whatever is done to a ledger is found, and called by its name."""

import tracemalloc
from itertools import count, islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.ledger import EntryKind, FaultKind, SigningKey, leaf_hash, own_key, verify
from tests.ledger.records import KEY, ORIGIN, Ledger, entry, ledger

sizes = st.one_of(st.integers(2, 40), st.integers(250, 270), st.integers(500, 800))


def faults(record, **options):
    report = verify(record, [KEY.verifier], **options)
    return [(fault.kind.value, fault.first, fault.last) for fault in report.faults]


def said(record, **options):
    return [str(fault) for fault in verify(record, [KEY.verifier], **options).faults]


@given(size=st.one_of(st.just(0), sizes), cuts=st.lists(st.integers(0, 300), max_size=5))
@settings(max_examples=30, deadline=None)
def test_a_sound_ledger_is_sound(size, cuts):
    record = ledger(size, sign_at=[cut for cut in cuts if cut <= size])
    report = verify(record, [KEY.verifier])
    assert report.sound, report.faults
    assert (report.size, report.signed, report.proven) == (size, size, size)
    assert report.checkpoints == len(record.notes)


def test_entries_that_are_not_yet_signed_are_no_fault():
    record = ledger(10)
    record.append([entry(index) for index in range(10, 14)])
    report = verify(record, [KEY.verifier])
    assert report.sound
    assert (report.size, report.signed) == (14, 10)


# One forgery each, of the entries alone: the stored hashes tell exactly what was done.


@given(size=sizes, signed_between=st.booleans(), data=st.data())
@settings(max_examples=150, deadline=None)
def test_each_forgery_is_called_by_its_name(size, signed_between, data):
    record = ledger(size, sign_at=[size // 2, size // 3] if signed_between else [])
    record.append([entry(size), entry(size + 1)])  # not yet signed, and never in the way
    at = data.draw(st.integers(0, size - 1))
    bodies = record.bodies
    match data.draw(st.sampled_from(["flip", "edit", "drop", "swap", "insert", "copy", "move"])):
        case "flip":
            bit = data.draw(st.integers(0, len(bodies[at]) * 8 - 1))
            body = bytearray(bodies[at])
            body[bit // 8] ^= 1 << bit % 8
            bodies[at] = bytes(body)
            expected = [("changed", at, at)]
        case "edit":
            bodies[at] = entry(at, remedy="allow")
            expected = [("changed", at, at)]
        case "drop":
            length = data.draw(st.integers(1, size - at))
            del bodies[at : at + length]
            expected = [("missing", at, at + length - 1)]
        case "swap":
            other = data.draw(st.integers(0, size - 1).filter(lambda other: other != at))
            bodies[at], bodies[other] = bodies[other], bodies[at]
            expected = [("swapped", min(at, other), max(at, other))]
        case "insert":
            bodies.insert(at, entry(at, b"slipped in"))
            expected = [("inserted", at, at)]
        case "copy":
            other = data.draw(st.integers(0, size - 1))
            bodies.insert(at, bodies[other])
            # A copy right after the last signed entry stands among those not yet signed.
            expected = [("copied", other, other)] if (at, other) != (size - 1, size - 1) else []
        case "move" if size > 4:
            other = data.draw(st.integers(0, size - 1).filter(lambda other: abs(other - at) > 2))
            bodies.insert(other, bodies.pop(at))
            expected = [("moved", at, at)]
        case _:
            expected = []
    assert faults(record) == expected


def test_the_words_say_what_where_and_how_it_is_known():
    record = ledger(2_000)
    record.bodies[1_234] = entry(1_234, remedy="allow")
    [words] = said(record)
    now, then = leaf_hash(record.bodies[1_234]).hex(), leaf_hash(entry(1_234)).hex()
    assert words == f"entry 1,234 was changed: its hash is {now}, the signed record says {then}"
    record = ledger(50)
    del record.bodies[17:20]
    assert said(record) == ["entries 17–19 are missing"]
    record = ledger(50)
    record.bodies[5:7] = record.bodies[6], record.bodies[5]
    assert said(record) == ["entries 5 and 6 have changed places"]
    record = ledger(50)
    record.bodies.insert(42, entry(42, b"slipped in"))
    assert said(record) == ["an entry was inserted before entry 42"]
    record = ledger(50)
    del record.bodies[47:]
    assert said(record) == ["the ledger was cut off: entries 47–49 are missing"]
    record = ledger(50)
    record.bodies.insert(12, record.bodies[7])
    assert said(record) == ["a copy of entry 7 was inserted before entry 12"]
    record = ledger(50)
    record.bodies.insert(11, record.bodies.pop(5))
    assert said(record) == ["entry 5 was moved: it stands before entry 12"]
    record = ledger(50)
    record.bodies[10:20], record.bodies[30:40] = record.bodies[30:40], record.bodies[10:20]
    assert said(record) == ["entries 10–19 and 30–39 have changed places"]


def test_many_forgeries_at_once_are_told_apart():
    record = ledger(1_000)
    bodies = record.bodies
    bodies[900], bodies[950] = bodies[950], bodies[900]
    bodies.insert(700, b"this is no entry at all")
    del bodies[500:520]
    bodies[300] = entry(300, remedy="allow")
    bodies[301] = entry(301, remedy="allow")
    bodies[10:13] = reversed(bodies[10:13])
    assert faults(record) == [
        ("swapped", 10, 12),
        ("changed", 300, 301),
        ("missing", 500, 519),
        ("inserted", 700, 700),
        ("swapped", 900, 950),
    ]


def test_an_entry_put_in_the_place_of_another():
    record = ledger(30)
    record.bodies[5] = record.bodies[20]
    assert faults(record) == [("missing", 5, 5), ("copied", 20, 20)]
    record = ledger(30)
    record.bodies[5] = entry(77)
    assert faults(record) == [("changed", 5, 5)]
    record = ledger(30)
    record.bodies[29] = b"scribble"
    assert faults(record) == [("changed", 29, 29)]


def test_a_ruined_ledger_ends_in_a_short_report():
    record = ledger(6_000)
    record.bodies[::2] = [entry(index, remedy="allow") for index in range(0, 6_000, 2)]
    report = verify(record, [KEY.verifier])
    assert not report.complete
    assert len(report.faults) <= 1_000
    assert {fault.kind for fault in report.faults} == {FaultKind.CHANGED}
    record.bodies[:] = [entry(index, remedy="allow") for index in range(6_000)]
    assert faults(record) == [("changed", 0, 5_999)]


@given(size=st.integers(1, 300), forged_too=st.booleans(), data=st.data())
@settings(max_examples=150, deadline=None)
def test_no_mixture_of_forgeries_passes(size, forged_too, data):
    cuts = data.draw(st.lists(st.integers(0, size), max_size=3))
    record = ledger(size, sign_at=cuts)
    genuine = list(record.bodies)
    bodies = record.bodies
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(len(bodies) - 1, 0)))
        length = data.draw(st.integers(1, 9))
        other = data.draw(st.integers(0, size + 9))
        match data.draw(st.sampled_from(["drop", "insert", "write", "copy", "turn", "scribble"])):
            case "drop":
                del bodies[at : at + length]
            case "insert":
                bodies[at:at] = [entry(other + n, b"slipped in") for n in range(length)]
            case "write":
                bodies[at : at + length] = [entry(other + n, b"new") for n in range(length)]
            case "copy":
                bodies[at:at] = genuine[other : other + length]
            case "turn":
                bodies[at : at + length] = bodies[at : at + length][::-1]
            case "scribble":
                bodies[at : at + length] = [b"scribble"] * length
    if forged_too:
        record.forge_hashes()
    report = verify(record, [KEY.verifier])
    assert report.sound == (bodies[:size] == genuine)


@pytest.mark.parametrize("forged_too", [False, True])
def test_a_ledger_of_nothing_but_scribble_is_not_sound(forged_too):
    record = ledger(1_500)
    record.bodies[:] = [b"scribble"] * 1_500
    if forged_too:
        record.forge_hashes()
    assert not verify(record, [KEY.verifier]).sound
    record.bodies[:] = [entry(index * 7 % 1_500, b"new") for index in range(1_500)]
    if forged_too:
        record.forge_hashes()
    report = verify(record, [KEY.verifier])
    assert not report.sound
    assert report.faults


# Forgeries that reach the stored hashes too: less can be told, and no more is claimed.


@given(size=st.integers(520, 1_500), data=st.data())
@settings(max_examples=25, deadline=None)
def test_a_tile_forged_along_leaves_its_block_in_doubt(size, data):
    record = ledger(size)
    at = data.draw(st.integers(0, size // 256 * 256 - 1))
    record.bodies[at] = entry(at, remedy="allow")
    upper = {(1, 0): record.tiles.tile(1, 0, size // 256)}
    record.forge_hashes()
    record.tiles._tiles |= upper
    block = at // 256 * 256
    assert faults(record) == [("unproven", block, block + 255)]


def test_of_forged_tiles_alone_the_entries_stay_proven():
    record = ledger(600)
    tile = bytearray(record.tiles.tile(0, 1, 256))
    tile[77] ^= 1
    record.tiles._tiles[0, 1] = bytes(tile)
    report = verify(record, [KEY.verifier])
    assert report.proven == 600
    [words] = said(record)
    assert words.startswith("the stored hashes tile/0/001 were changed or are missing; ")
    assert words.endswith("proofs about entries 256–511 would fail")
    # Nor does the forged tile hide what else was changed, or make it look like more.
    record.bodies[300] = entry(300, remedy="allow")
    record.bodies[20] = entry(20, remedy="allow")
    assert faults(record) == [("changed", 20, 20), ("unproven", 256, 511)]
    record.bodies[300] = entry(300)
    assert faults(record) == [("changed", 20, 20), ("tile", 256, 511)]


@given(size=st.integers(10, 700), data=st.data())
@settings(max_examples=40, deadline=None)
def test_of_everything_but_the_signatures_the_checkpoints_bound_the_doubt(size, data):
    signed = sorted({*data.draw(st.lists(st.integers(1, size), min_size=1, max_size=4)), size})
    record = ledger(size, sign_at=signed)
    at = data.draw(st.integers(0, size - 1))
    record.bodies[at] = entry(at, remedy="allow")
    record.forge_hashes()
    good = max((cut for cut in signed if cut <= at), default=0)
    report = verify(record, [KEY.verifier])
    assert report.proven == good
    assert faults(record) == [("unproven", good, size - 1)]
    first_bad = min(cut for cut in signed if cut > at)
    assert f"what the checkpoint of {first_bad:,} signs is another ledger" in said(record)[0]


def test_entries_dropped_along_with_their_hashes_are_missed_by_their_numbers():
    record = ledger(100, sign_at=[40])
    del record.bodies[60:63]
    record.forge_hashes()
    assert faults(record) == [("missing", 60, 62), ("unproven", 40, 96)]


# Forged, forked, and rolled back checkpoints.


def test_a_checkpoint_by_another_key_proves_nothing():
    record = ledger(20)
    record.notes = []
    record.sign(SigningKey.from_seed(ORIGIN, b"x" * 32))
    assert said(record) == [
        "the checkpoint of 20 is worth nothing: no key that we trust signed this",
        "no checkpoint signs this ledger",
    ]


def test_a_checkpoint_with_a_changed_size_is_forged():
    record = ledger(20, sign_at=[10])
    record.notes[0] = record.notes[0].replace("\n10\n", "\n11\n")
    assert said(record) == [
        f"the checkpoint of 11 is worth nothing: the signature of {ORIGIN} is forged"
    ]
    record.notes[0] = "scribble"
    assert faults(record) == [("forged", 0, 0)]


def test_a_rewritten_ledger_signed_anew_is_found_by_who_kept_a_checkpoint():
    kept = ledger(30).notes[-1]
    rewritten = Ledger(
        [entry(index, remedy="allow" if index == 7 else "hold") for index in range(50)]
    )
    rewritten.sign()
    assert verify(rewritten, [KEY.verifier]).sound
    assert faults(rewritten, given=[kept]) == [("forked", 30, 30)]


def test_two_histories_signed_at_one_size_are_a_fork():
    record = ledger(30)
    other = Ledger([entry(index, b"another post") for index in range(30)])
    record.notes.append(other.sign())
    assert faults(record) == [("forked", 30, 30)]
    record.notes.reverse()
    assert faults(record) == [("forked", 30, 30)]
    record.bodies[3] = entry(3, b"a third")
    assert ("forked", 30, 30) in faults(record)


def test_a_ledger_rolled_back_is_found_by_who_kept_a_checkpoint():
    kept = ledger(30).notes[-1]
    back = ledger(20)
    assert verify(back, [KEY.verifier]).sound
    assert faults(back, given=[kept]) == [
        ("missing", 20, 29),
        ("rolled-back", 20, 30),
    ]
    back = ledger(20)
    back.append([entry(index) for index in range(20, 35)])
    assert faults(back, given=[kept]) == [("rolled-back", 20, 30)]


def test_a_checkpoint_stored_out_of_order_is_told():
    record = ledger(20, sign_at=[10, 15])
    record.notes = [record.notes[1], record.notes[0], record.notes[2]]
    assert faults(record) == [("misplaced", 10, 10)]


def test_an_entry_signed_in_a_wrong_place_is_told():
    record = Ledger([entry(0), entry(2), entry(1)])
    record.sign()
    assert faults(record) == [("misplaced", 1, 1), ("misplaced", 2, 2)]


# Keys.


def test_a_new_key_counts_once_the_old_one_has_signed_its_entry():
    new = SigningKey.from_seed(ORIGIN, b"n" * 32)
    announcement = {"kind": EntryKind.CHECKPOINT_KEY, "key": str(new.verifier)}
    record = Ledger([entry(0, kind=EntryKind.CHECKPOINT_KEY, key=str(KEY.verifier))])
    assert own_key(record) == KEY.verifier
    record.append([entry(1), entry(2, **announcement)])
    record.sign()
    record.append([entry(3)])
    record.sign(new)
    assert verify(record, [KEY.verifier]).sound
    assert own_key(Ledger([entry(0)])) is None


def test_a_key_that_the_old_one_never_signed_does_not_count():
    new = SigningKey.from_seed(ORIGIN, b"n" * 32)
    announcement = {"kind": EntryKind.CHECKPOINT_KEY, "key": str(new.verifier)}
    record = Ledger([entry(0), entry(1, **announcement)])
    record.sign(new)
    assert faults(record)[0] == ("forged", 2, 2)
    # Nor does it where it only follows, close by, on what the old one signed.
    record = ledger(1)
    record.append([entry(1, **announcement)])
    record.sign(new)
    assert faults(record) == [("forged", 2, 2)]
    assert verify(record, [KEY.verifier]).signed == 1


# Cost.


class Endless(Ledger):
    """A ledger of which nothing is kept but its frontier."""

    def entries(self, start=0):
        return islice((entry(index) for index in count(start)), 8_000 - start)


def test_memory_does_not_grow_with_the_ledger():
    record = Endless()
    for start in range(0, 8_000, 1_000):
        record.append([entry(index) for index in range(start, start + 1_000)])
        record.bodies.clear()
    record.sign()
    tracemalloc.start()
    try:
        assert verify(record, [KEY.verifier]).sound
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 700_000, "a block of entries, the open tiles, and nothing that grows"


@pytest.mark.parametrize("size", [1, 255, 256, 257])
def test_progress_is_told(size):
    told = []
    verify(ledger(size), [KEY.verifier], on_progress=told.append)
    assert told[-1] == size
    assert told == sorted(told)
