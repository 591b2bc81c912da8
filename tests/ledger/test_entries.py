"""Entries: one way to write them, nothing private in them, and what forgetting leaves whole."""

import json
from datetime import UTC, datetime, timedelta, timezone
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.ledger import (
    Entry,
    EntryKind,
    InclusionProof,
    LedgerError,
    commit,
    opens,
    verify,
)
from tests.ledger.records import KEY, START, Ledger, entry, ledger

slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
entries = st.builds(
    Entry,
    index=st.integers(0, 2**63 - 1),
    kind=st.sampled_from(EntryKind),
    time=st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.just(UTC)),
    community=slugs,
    commitments=st.dictionaries(slugs, digests, max_size=4),
    remedy=st.none() | slugs,
    articles=st.lists(slugs, max_size=4).map(tuple),
    charter=st.none() | digests.map("sha256:{}".format),
    about=st.lists(st.integers(0, 2**63 - 1), max_size=3).map(tuple),
)


@given(entries)
@settings(max_examples=60, deadline=None)
def test_entries_are_read_as_they_are_written(made):
    data = made.encode()
    assert Entry.decode(data) == made
    document = json.loads(data)
    spelt = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert data == spelt.encode()


@given(entries, st.data())
@settings(max_examples=60, deadline=None)
def test_there_is_no_other_way_to_write_an_entry(made, data):
    document = json.loads(made.encode())
    other = data.draw(
        st.sampled_from(
            [
                json.dumps(document, sort_keys=True),
                json.dumps(dict(reversed(document.items())), separators=(",", ":")),
                made.encode().decode() + "\n",
                made.encode().decode().replace("Z", "+00:00"),
                json.dumps(document | {"remedy": None}, sort_keys=True, separators=(",", ":")),
                json.dumps(document | {"text": "x"}, sort_keys=True, separators=(",", ":")),
            ]
        )
    )
    with pytest.raises(LedgerError):
        Entry.decode(other.encode())


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(max_examples=200, deadline=None)
def test_scribble_is_no_entry(data):
    with pytest.raises(LedgerError):
        Entry.decode(data)


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b"null",
        b"{}",
        b"[" * 60_000,
        b'{"community":"a","index":' + b"9" * 5_000 + b"}",
    ],
)
def test_what_is_json_and_no_entry_is_refused(data):
    with pytest.raises(LedgerError):
        Entry.decode(data)


@pytest.mark.parametrize(
    "fields",
    [
        {"index": 1.0},
        {"index": True},
        {"index": "1"},
        {"articles": 7},
        {"articles": [7]},
        {"articles": "no-attacks"},
        {"community": 7},
        {"community": None},
        {"commitments": ["event"]},
        {"commitments": {"event": 7}},
        {"time": 7},
        {"time": "2026-11-23"},
        {"kind": ["decision"]},
        {"kind": "gossip"},
        {"about": {}},
        {"remedy": {"hold": 1}},
    ],
)
def test_what_only_looks_like_an_entry_is_refused(fields):
    document = json.loads(entry(1)) | fields
    with pytest.raises(LedgerError):
        Entry.decode(json.dumps(document, sort_keys=True, separators=(",", ":")).encode())


@pytest.mark.parametrize(
    "fields",
    [
        {"community": "Town Square"},
        {"remedy": "You are an idiot, u7"},
        {"articles": ("no attacks!",)},
        {"articles": ("a",) * 257},
        {"charter": "c" * 64},
        {"commitments": {"event": "the post itself"}},
        {"commitments": {"Event": "0" * 64}},
        {"about": (-1,)},
        {"key": "no key"},
        {"time": datetime(2026, 11, 23)},
    ],
)
def test_texts_and_names_do_not_fit_into_an_entry(fields):
    with pytest.raises(LedgerError):
        entry(1, **fields)


def test_times_are_written_in_utc_to_the_second():
    east = START.astimezone(timezone(timedelta(hours=8))).replace(microsecond=5)
    assert entry(1, time=east) == entry(1, time=START)


def test_a_commitment_opens_with_its_content_and_salt_only():
    salt = bytes(range(16))
    made = commit(b"content", salt)
    assert opens(made, b"content", salt)
    assert not opens(made, b"Content", salt)
    assert not opens(made, b"content", bytes(16))
    with pytest.raises(LedgerError, match="16 random bytes"):
        # Part of the content passed off as salt would open it just as well.
        opens(made, b"ontent", salt + b"c")


def test_what_was_erased_cannot_be_guessed_and_all_else_still_verifies():
    """A member's post is forgotten: the salt and the text are gone, the record stands."""
    posts = [f"post {number}".encode() for number in range(20)]
    salts = {
        index: {"event": bytes([index]) * 16, "author": bytes([index + 100]) * 16}
        for index in range(20)
    }
    record = Ledger()
    for index, post in enumerate(posts):
        made = {"event": commit(post, salts[index]["event"])}
        made["author"] = commit(b"member %d" % index, salts[index]["author"])
        record.append([entry(index, commitments=made)])
    record.sign()
    del salts[7]["event"]
    record.append([entry(20, kind=EntryKind.ERASURE, about=(7,), commitments={})])
    record.sign()

    assert verify(record, [KEY.verifier]).sound
    proof = InclusionProof.make(7, record.notes[-1], record)
    assert proof.verify(record.bodies[7], [KEY.verifier]).size == 21
    kept = Entry.decode(record.bodies[7]).commitments
    every_salt_left = [salt for parts in salts.values() for salt in parts.values()]
    assert not any(
        opens(kept["event"], guess, salt) for guess, salt in product(posts, every_salt_left)
    )
    # Parts are erased one by one: the author of the forgotten post can still be shown.
    assert opens(kept["author"], b"member 7", salts[7]["author"])


def test_a_proof_is_kept_and_read_again():
    record = ledger(300)
    proof = InclusionProof.make(123, record.notes[-1], record, record.bodies[123])
    again = InclusionProof.parse(str(proof))
    assert again == proof
    assert again.verify(again.entry, [KEY.verifier]).size == 300
    with pytest.raises(LedgerError, match="not entry 123"):
        again.verify(record.bodies[124], [KEY.verifier])
    bare = InclusionProof.make(123, record.notes[-1], record)
    assert InclusionProof.parse(str(bare)) == bare


PROOF = str(InclusionProof.make(5, ledger(9).notes[-1], ledger(9), entry(5)))


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_no_bent_proof_holds(data):
    at = data.draw(st.integers(0, len(PROOF) - 1))
    bent = PROOF[:at] + data.draw(st.text(max_size=2)) + PROOF[at + 1 :]
    if bent != PROOF:
        with pytest.raises(LedgerError):
            check(bent)


def check(proof):
    parsed = InclusionProof.parse(proof)
    return parsed.verify(parsed.entry, [KEY.verifier])
