"""Keys, signed notes and checkpoints: what goes round comes round, and nothing else gets in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.ledger import (
    EMPTY_ROOT,
    Checkpoint,
    LedgerError,
    Note,
    SigningKey,
    VerifierKey,
)
from tests.ledger.records import KEY, ORIGIN

WITNESS = SigningKey.from_seed("witness.example", b"w" * 32)


@given(seed=st.binary(min_size=32, max_size=32))
@settings(max_examples=20, deadline=None)
def test_keys_are_read_as_they_are_written(seed):
    key = SigningKey.from_seed(ORIGIN, seed)
    assert SigningKey.parse(key.text).text == key.text
    assert VerifierKey.parse(str(key.verifier)) == key.verifier
    assert key.text not in repr(key)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "town.example/ledger",
        "town.example/ledger+00000000+AQ==",
        str(KEY.verifier).replace("+", "-"),
        str(KEY.verifier)[:-8],
        str(KEY.verifier) + "=",
        str(KEY.verifier).replace("town", "tawn"),
        KEY.text,
        "x" * 10_000,
    ],
)
def test_what_is_no_key_is_refused(text):
    with pytest.raises(LedgerError):
        VerifierKey.parse(text)


@pytest.mark.parametrize(
    "text", ["", str(KEY.verifier), KEY.text[:-4], KEY.text.replace("to", "tu")]
)
def test_what_is_no_signing_key_is_refused(text):
    with pytest.raises(LedgerError):
        SigningKey.parse(text)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\nb", "a\x7fb", "x" * 256])
def test_a_key_has_a_name_that_fits_a_note(name):
    with pytest.raises(LedgerError, match="cannot name a key"):
        SigningKey.from_seed(name, bytes(32))


def test_a_key_takes_32_random_bytes():
    with pytest.raises(LedgerError, match="32 random bytes"):
        SigningKey.from_seed(ORIGIN, bytes(31))


@given(size=st.integers(0, 2**63 - 1), root=st.binary(min_size=32, max_size=32))
@settings(max_examples=50, deadline=None)
def test_checkpoints_are_read_as_they_are_signed(size, root):
    checkpoint = Checkpoint(ORIGIN, size, root)
    note = checkpoint.sign(KEY)
    assert Checkpoint.open(note, [KEY.verifier]) == checkpoint
    assert Checkpoint.open(note.encode(), [WITNESS.verifier, KEY.verifier]) == checkpoint
    assert str(Note.parse(note)) == note


def test_a_checkpoint_is_three_lines_and_a_signature():
    assert Checkpoint(ORIGIN, 0, EMPTY_ROOT).sign(KEY).split("\n")[:5] == [
        ORIGIN,
        "0",
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "",
        Checkpoint(ORIGIN, 0, EMPTY_ROOT).sign(KEY).split("\n")[4],
    ]


def test_witnesses_may_sign_along():
    note = str(Note.parse(Checkpoint(ORIGIN, 7, EMPTY_ROOT).sign(KEY)).sign(WITNESS))
    assert Checkpoint.open(note, [KEY.verifier]).size == 7
    assert Note.parse(note).verify([WITNESS.verifier]) == WITNESS.verifier
    with pytest.raises(LedgerError, match="no key that we trust"):
        # A witness vouches for having seen it, not for being the ledger.
        Checkpoint.open(note, [WITNESS.verifier])


def test_a_key_signs_for_its_own_ledger_only():
    with pytest.raises(LedgerError, match="cannot sign for"):
        Checkpoint(ORIGIN, 0, EMPTY_ROOT).sign(WITNESS)


NOTE = Checkpoint(ORIGIN, 42, EMPTY_ROOT).sign(KEY)


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_no_bent_checkpoint_opens(data):
    bent = bytearray(NOTE.encode())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(bent) - 1))
        match data.draw(st.sampled_from(["set", "cut", "add", "end"])):
            case "set":
                bent[at] = data.draw(st.integers(0, 255))
            case "cut":
                del bent[at]
            case "add":
                bent.insert(at, data.draw(st.integers(0, 255)))
            case "end":
                del bent[max(at, 9) :]
    if bytes(bent) != NOTE.encode():
        with pytest.raises(LedgerError):
            Checkpoint.open(bytes(bent), [KEY.verifier])


@given(data=st.one_of(st.binary(), st.text()))
@settings(max_examples=200, deadline=None)
def test_scribble_is_refused_as_such(data):
    with pytest.raises(LedgerError):
        Checkpoint.open(data, [KEY.verifier])


@pytest.mark.parametrize(
    "text",
    [
        f"{ORIGIN}\n042\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        f"{ORIGIN}\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        f"{ORIGIN}\n٤٢\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        f"{ORIGIN}\n9223372036854775808\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        f"{ORIGIN}\n{'9' * 5_000}\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        f"{ORIGIN}\n42\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
        f"{ORIGIN}\n42\nAAAA\n",
        f"{ORIGIN}\n42\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nextension\n",
        f"{ORIGIN}\n42\n",
        f"\n{ORIGIN}\n42\n",
    ],
)
def test_a_signature_does_not_make_a_checkpoint(text):
    with pytest.raises(LedgerError):
        Checkpoint.open(str(Note(text).sign(KEY)), [KEY.verifier])


@pytest.mark.parametrize(
    "note",
    [
        "x" * 200_000,
        NOTE + NOTE.split("\n\n")[1] * 70,
        NOTE.replace("\n\n", "\n\n\n\n"),
        NOTE.replace("—", "-"),
        NOTE.rstrip("\n"),
        NOTE.replace("\n", "\r\n"),
        "\ud800" + NOTE,
    ],
)
def test_notes_have_bounds_and_one_form(note):
    with pytest.raises(LedgerError):
        Checkpoint.open(note, [KEY.verifier])
