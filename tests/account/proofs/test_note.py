import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.account.proofs.checkpoint import Checkpoint, checkpoint_of
from pasokh.account.proofs.cosignature import (
    Cosigned,
    cosigned,
    cosigned_at,
    cosigned_message,
    stamped,
)
from pasokh.account.proofs.merkle import EMPTY_ROOT, leaf_hash
from pasokh.account.proofs.note import (
    COSIGNATURE,
    NoteFault,
    PublicKey,
    SignedNote,
    is_signed,
    read_key,
    read_note,
    write_note,
)
from tests.account.proofs.keys import Signer, mutations, verify

# The example of C2SP signed-note (CC BY 4.0), and that of Go's sumdb/note (BSD-3-Clause).
EXAMPLES = (
    (
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "This is an example message.\n\n"
        "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYj"
        "OBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
    ),
    (
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf"
        "qdngotpRZb6KE6RyyBwJnAM=\n",
    ),
)
# The example of C2SP tlog-checkpoint and tlog-cosignature (CC BY 4.0); its keys are not told.
COSIGNED = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""  # noqa: E501 - as it is printed
LOG = Signer("centre.example/log")
WITNESSES = [Signer(f"outlet{n}.example", COSIGNATURE) for n in range(3)]
HEAD = Checkpoint("centre.example/log", 3, leaf_hash(b"x"))


@pytest.mark.parametrize(("key", "note"), EXAMPLES)
def test_the_examples_of_others_verify(key: str, note: str) -> None:
    read = read_note(note.encode())
    assert is_signed(read, read_key(key), verify)
    assert write_note(read).decode() == note
    assert str(read_key(key)) == key


@pytest.mark.parametrize(("key", "note"), EXAMPLES)
def test_no_byte_of_a_note_can_be_changed(key: str, note: str) -> None:
    for changed in mutations(note.encode()):
        try:
            good = is_signed(read_note(changed), read_key(key), verify)
        except NoteFault:
            continue
        assert not good


@pytest.mark.parametrize(("key", "_"), EXAMPLES)
def test_no_piece_and_no_change_of_a_key_is_a_key(key: str, _: str) -> None:
    pieces = [key[a:b] for a in range(len(key)) for b in range(a + 1, len(key) + 1)]
    changed = [raw.decode("latin-1") for raw in mutations(key.encode())]
    for text in [*pieces, *changed]:
        if text == key:
            continue
        with pytest.raises(NoteFault):
            read_key(text)


@pytest.mark.parametrize(
    "key",
    [
        # Go's own: a key of the wrong length, and a kind that nobody knows, both with a fit id.
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_keys_that_fit_nothing_are_refused(key: str) -> None:
    with pytest.raises(NoteFault):
        read_key(key)


def test_what_is_no_note_is_refused() -> None:
    """The table of Go's sumdb/note."""
    before, _, signature = EXAMPLES[1][1].rpartition("\n\n")
    text = f"{before}\n"
    for bad in (
        text,
        f"{text}\n",
        f"{text}\n{signature[:-1]}",
        f"\x01{text}\n{signature}",
        f"{text}\n{signature.replace('PeterNeumann', 'Bad Name')}",
        f"{text}\n{signature}Unexpected line.\n",
        f"{text}\n{signature * 101}",
        f"{text}\n— PeterNeumann x08g\n",
    ):
        with pytest.raises(NoteFault):
            read_note(bad.encode())
    with pytest.raises(NoteFault, match="UTF-8"):
        read_note(b"\xff" + EXAMPLES[1][1].encode())
    with pytest.raises(NoteFault, match="at most"):
        read_note(b"x" * 1_000_001)


def test_unknown_signatures_are_passed_over_and_false_ones_are_not() -> None:
    note = LOG.under(HEAD.text)
    stranger = Signer("centre.example/other").under(HEAD.text)
    both = SignedNote(note.text, stranger.signatures + note.signatures)
    assert is_signed(both, LOG.key, verify)
    assert not is_signed(stranger, LOG.key, verify)
    false = SignedNote(note.text, (*note.signatures, LOG.line(bytes(64))))
    with pytest.raises(NoteFault, match="not its own"):
        is_signed(false, LOG.key, verify)


def test_a_text_that_would_be_read_otherwise_is_not_written() -> None:
    for text in ("no line feed", "a\tb\n"):
        with pytest.raises(NoteFault):
            write_note(LOG.under(text))


def test_the_checkpoint_of_the_specification() -> None:
    note = read_note(COSIGNED.encode())
    head = checkpoint_of(note)
    assert (head.origin, head.size, head.text) == (
        "example.com/behind-the-sofa",
        20852163,
        note.text,
    )
    # The message that the specification prints for the witness's second.
    assert cosigned_message(note.text, 1679315147) == (
        b"cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
        b"CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )
    assert int.from_bytes(note.signatures[1].signature[:8]) == 1679315147


@pytest.mark.parametrize(
    "text",
    [
        "o\n1\n",
        "o\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "o\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "o\n9223372036854775808\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
        "o\n1\n47DEQpj8\n",
        "\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\nmore\n",
        "o\n\u0661\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteFault):
        checkpoint_of(SignedNote(text, ()))


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_is_read_as_it_was_written(size: int, root: bytes) -> None:
    head = Checkpoint("centre.example/log", size, root, ("more",))
    assert checkpoint_of(read_note(write_note(LOG.under(head.text)))) == head
    assert EMPTY_ROOT.hex().startswith("e3b0c442")


def cosign(note: SignedNote, witness: Signer, seconds: int) -> SignedNote:
    body = stamped(seconds, witness.signed(cosigned_message(note.text, seconds)))
    return SignedNote(note.text, (*note.signatures, witness.line(body)))


def test_cosigned_by_one_of_three() -> None:
    keys = [witness.key for witness in WITNESSES]
    note = LOG.under(HEAD.text)
    assert cosigned(note, keys, verify) == Cosigned((), 3)
    note = cosign(cosign(note, WITNESSES[1], 1_790_000_000), WITNESSES[1], 1_790_000_060)
    assert cosigned(note, keys, verify) == Cosigned(("outlet1.example",), 3)
    assert cosigned(note, [*keys, *keys], verify) == Cosigned(("outlet1.example",), 3)
    assert cosigned_at(note, keys[1], verify) == 1_790_000_060
    assert cosigned_at(note, keys[0], verify) is None


def test_a_moved_or_false_cosignature_counts_for_nobody() -> None:
    keys = [witness.key for witness in WITNESSES]
    note = cosign(LOG.under(HEAD.text), WITNESSES[0], 1_790_000_000)
    line = note.signatures[1]
    later = Checkpoint("centre.example/log", 4, leaf_hash(b"y"))
    moved = SignedNote(later.text, (*LOG.under(later.text).signatures, line))
    assert cosigned(moved, keys, verify) == Cosigned((), 3)
    other_time = WITNESSES[0].line(stamped(1_790_000_001, line.signature[8:]))
    assert cosigned(SignedNote(note.text, (other_time,)), keys, verify) == Cosigned((), 3)
    short = WITNESSES[0].line(line.signature[:-1])
    assert cosigned(SignedNote(note.text, (short,)), keys, verify) == Cosigned((), 3)


def test_a_key_of_a_log_is_no_key_of_a_witness() -> None:
    with pytest.raises(NoteFault, match="no key of a witness"):
        cosigned_at(LOG.under(HEAD.text), LOG.key, verify)
    same = PublicKey(LOG.key.name, COSIGNATURE, LOG.key.public)
    assert cosigned_at(LOG.under(HEAD.text), same, verify) is None


@given(st.binary(max_size=300))
def test_garbage_is_refused_in_words(raw: bytes) -> None:
    with pytest.raises(NoteFault):
        checkpoint_of(read_note(raw))
