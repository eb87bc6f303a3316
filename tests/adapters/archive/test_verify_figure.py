"""The stand-alone verifier: RFC 8032's vectors, and one verdict with ours on what is changed."""

import ast
import importlib.util
import subprocess
import sys
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from pasokh.account.proofs.checkpoint import Checkpoint
from pasokh.account.proofs.merkle import leaf_hash, node_hash
from pasokh.account.proofs.note import COSIGNATURE, ED25519, NoteFault, write_note
from pasokh.account.proofs.proof_file import LeafProof, read_proof, write_proof
from pasokh.account.proofs.values import CountValue, QuantilesValue, ShareValue, Value
from pasokh.adapters.archive.centre_log import opened_log
from pasokh.adapters.archive.checking import check_figure
from pasokh.adapters.archive.cosigning import collect
from pasokh.adapters.archive.files import DiskFiles
from pasokh.adapters.archive.mirror import MirrorFault, mirror_at
from pasokh.adapters.archive.signing import SigningKey, ed25519_verify, read_signing_key
from pasokh.adapters.archive.stand_alone import publish_verifier
from pasokh.adapters.archive.witness import Witness
from tests.adapters.archive.published import FIGURE_PATH, NOW, ROWS_PATH, Published

ALONE = Path(__file__).parents[3] / "tools" / "verify_figure.py"
PROOF_PATH = f"{FIGURE_PATH}.tlog-proof"
# RFC 8032, section 7.1: secret, public, message, signature.
VECTORS = (
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
        "454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030"
        "3dca179c138ac17ad9bef1177331a704",
    ),
)
# How long it took: twenty calls were answered, or not.
ROWS = """time,class,above,upto,count
answering,0-5,0,5,10
answering,5-10,5,10,5
answering,10-20,10,20,3
answering,20-,20,,2
dispatch,0-60,0,60,9
dispatch,60-,60,,1
"""
VALUES: tuple[Value, ...] = (
    CountValue(("0-5", "20-"), 12),
    QuantilesValue(20, 5, 20, None, {"time": "answering"}),
    ShareValue(
        ("0-5", "5-10"), ("0-5", "5-10", "10-20", "20-"), 15, 20, 75, 2, {"time": "answering"}
    ),
)
# Open rows in many ways of writing, and whether they are what a figure can be made of.
TABLES = (
    ("class,count\r\nO1,382\r\nV,618\r\n", True),
    ("\ufeffclass,count\nO1,382\nV,618\n", True),
    ('class,count,note\nO1,382,"a\nb"\nV,618,"x,y"\n', True),
    ("class,count\nO1,382\n\nV,618\n", True),
    ("class,count\nO1,400\nO1,-18\nV,618\n", True),
    ("class,count\nO1,٣٨٢\nV,618\n", False),
    ("class,count\nO1,-382\nV,618\n", False),
    ("class,count\nO1\nV,618\n", False),
    ("klass,count\nO1,382\nV,618\n", False),
    ('class,count\nO1,382\nV,"618\n', False),
    ('class,count\n"O1"x,382\nV,618\n', False),
    ("class,count\rO1,382\rV,618\n", False),
    ('class,count\nO1,382,a"b\nV,618\n', True),
    ("", False),
)
ORDER = 2**252 + 27742317777372353535851937790883648493


@pytest.fixture(scope="module")
def alone() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_figure", ALONE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def shown(tmp_path: Path) -> Published:
    shown = Published(tmp_path)
    shown.grow(5)
    witness = Witness(DiskFiles(shown.witness_file.parent), "state.json", shown.witness)
    note = write_note(witness.look(mirror_at(str(shown.public)), shown.log, NOW, first=True))
    with opened_log(shown.public, shown.key_file) as log:
        collect(log, shown.log, DiskFiles(shown.public), note, [shown.witness.public])
    shown.renew_proof()
    return shown


def test_it_is_short_and_asks_for_python_only() -> None:
    text = ALONE.read_text("utf-8")
    assert len(text.splitlines()) < 200
    tree = ast.parse(text, feature_version=(3, 9))
    named = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert {name.split(".")[0] for name in named} <= sys.stdlib_module_names


def test_it_is_published_beside_the_data_and_put_right_there(shown: Published) -> None:
    file = shown.public / "verify_figure.py"
    for before in (None, b"another"):
        if before:
            file.write_bytes(before)
        publish_verifier(DiskFiles(shown.public), shown.log)
        assert file.read_bytes() == ALONE.read_bytes()
    written = file.stat().st_ino
    publish_verifier(DiskFiles(shown.public), shown.log)
    assert file.stat().st_ino == written
    assert (shown.public / "log-key.txt").read_text() == f"{shown.log}\n"
    page = ALONE.parent / "verify"
    for ours in (page.with_suffix(".html"), *page.iterdir()):
        assert (shown.public / ours.relative_to(ALONE.parent)).read_bytes() == ours.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize(("secret", "public", "message", "signature"), VECTORS)
def test_the_vectors_of_rfc_8032(
    alone: ModuleType, secret: str, public: str, message: str, signature: str
) -> None:
    key, text, signed = (bytes.fromhex(part) for part in (public, message, signature))
    assert alone.is_signature(key, text, signed)
    assert ed25519_verify(key, text, signed)
    assert SigningKey("x", COSIGNATURE, bytes.fromhex(secret)).public.public == key
    assert not alone.is_signature(key, text + b"x", signed)
    for at in range(0, 64, 5):
        changed = bytearray(signed)
        changed[at] ^= 1 << at % 8
        assert not alone.is_signature(key, text, bytes(changed))


def test_a_signature_has_one_form(alone: ModuleType) -> None:
    """The same signature with the group's order added to its number is refused, as it must be."""
    key, text, signed = (bytes.fromhex(part) for part in VECTORS[1][1:])
    more = (int.from_bytes(signed[32:], "little") + ORDER).to_bytes(32, "little")
    for other in (signed[:32] + more, signed + b"\0", signed[:-1], b""):
        assert not alone.is_signature(key, text, other)
        assert not ed25519_verify(key, text, other)


@pytest.mark.slow
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.integers(0, 511))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
def test_two_implementations_of_ed25519_agree(
    alone: ModuleType, seed: bytes, text: bytes, bit: int
) -> None:
    key = SigningKey("x", COSIGNATURE, seed)
    signed = key._private.sign(text)
    assert alone.is_signature(key.public.public, text, signed)
    changed = bytearray(signed)
    changed[bit // 8] ^= 1 << bit % 8
    assert not alone.is_signature(key.public.public, text, bytes(changed))
    assert not ed25519_verify(key.public.public, text, bytes(changed))


def ours(shown: Published) -> int | None:
    """How many witnesses cosigned, or None when nothing is proved."""
    mirror = mirror_at(str(shown.public))
    try:
        found = check_figure(mirror, FIGURE_PATH, shown.log, [shown.witness.public])
    except (NoteFault, MirrorFault):
        return None
    return len(found.cosigned.witnesses)


def theirs(alone: ModuleType, shown: Published) -> int | None:
    log, witness = alone._key(str(shown.log), 1), alone._key(str(shown.witness.public), 4)

    def read(path: str) -> bytes:
        found: bytes = alone._read(str(shown.public), path)
        return found

    try:
        told = alone.check(read, FIGURE_PATH, log, [witness])
    except (*alone.WRONG, alone.csv.Error):
        return None
    count: int = told["cosigned"]
    return count


def check_same(alone: ModuleType, shown: Published) -> int | None:
    found = ours(shown)
    assert theirs(alone, shown) == found
    return found


def test_both_prove_an_honest_figure(alone: ModuleType, shown: Published) -> None:
    assert check_same(alone, shown) == 1
    shown.grow(300)
    shown.renew_proof()
    assert check_same(alone, shown) == 0, "the checkpoint of now is not cosigned yet"


def check_both_on_every(alone: ModuleType, shown: Published, step: int) -> None:
    for path in (FIGURE_PATH, PROOF_PATH, ROWS_PATH):
        file = shown.public / path
        raw = file.read_bytes()
        for at in range(0, len(raw), step):
            for bit in {at % 8, 5}:  # bit 5 turns the case of letters, and keeps base64 base64
                file.write_bytes(raw[:at] + bytes([raw[at] ^ 1 << bit]) + raw[at + 1 :])
                assert check_same(alone, shown) != 1, f"byte {at} of {path}"
        for other in (raw[:-1], raw + b"\n", b"", raw[len(raw) // 2 :], raw * 2, b"[" * 60_000):
            file.write_bytes(other)
            assert check_same(alone, shown) != 1, path
        file.unlink()
        assert check_same(alone, shown) is None
        file.write_bytes(raw)
    assert check_same(alone, shown) == 1


@pytest.mark.slow
def test_both_find_what_is_changed(alone: ModuleType, shown: Published) -> None:
    check_both_on_every(alone, shown, 41)


@pytest.mark.slow
def test_both_find_every_changed_byte(
    alone: ModuleType, shown: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Most points of the curve are the same whichever byte is changed: each is added once.
    monkeypatch.setattr(alone, "_added", lru_cache(20_000)(alone._added))
    check_both_on_every(alone, shown, 1)


@pytest.mark.slow
@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_both_find_what_is_changed_in_each_form(
    alone: ModuleType, tmp_path: Path, value: Value
) -> None:
    shown = Published(tmp_path, ROWS, value=value)
    assert check_same(alone, shown) == 0
    for path in (FIGURE_PATH, ROWS_PATH):
        raw = (shown.public / path).read_bytes()
        for at in range(0, len(raw), 29):
            (shown.public / path).write_bytes(raw[:at] + bytes([raw[at] ^ 4]) + raw[at + 1 :])
            assert check_same(alone, shown) is None, f"byte {at} of {path}"
        (shown.public / path).write_bytes(raw)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("was", "other"),
    [
        (b'"p90":20', b'"p90":10'),
        (b'"p95":null', b'"p95":20'),
        (b'"p95":null', b'"p95":0'),
        (b'"n":20', b'"n":21'),
        (b'"p50":5', b'"p50":true'),
        (b'"p50":5', b'"p50":5.5'),
        (b'"where":{"time":"answering"}', b'"where":{}'),
        (b'"where":{"time":"answering"}', b'"where":{"time":"arrival"}'),
        (b'"where":{"time":"answering"}', b'"seconds":1,"where":{"time":"answering"}'),
    ],
)
def test_both_refuse_a_time_that_the_rows_do_not_give(
    alone: ModuleType, tmp_path: Path, was: bytes, other: bytes
) -> None:
    shown = Published(tmp_path, ROWS, value=VALUES[1])
    figure = (shown.public / FIGURE_PATH).read_bytes()
    assert was in figure
    relogged(shown, figure.replace(was, other))
    assert check_same(alone, shown) is None


def relogged(shown: Published, figure: bytes) -> None:
    """Let the centre itself log this as a figure: then only its sense can be wrong."""
    (shown.public / FIGURE_PATH).write_bytes(figure)
    with opened_log(shown.public, shown.key_file) as log:
        (index,) = log.append([figure])
        log.sign()
        (shown.public / PROOF_PATH).write_bytes(log.proof_of(index))


def test_both_refuse_a_path_that_is_longer_than_the_tree(
    alone: ModuleType, shown: Published
) -> None:
    """A log that signs a root that is of no tree of its size gains nothing by it."""
    leaf = leaf_hash((shown.public / FIGURE_PATH).read_bytes())
    head = Checkpoint(shown.log.name, 1, node_hash(leaf, leaf))
    note = read_signing_key(shown.key_file, ED25519).signed(head.text)
    (shown.public / PROOF_PATH).write_bytes(write_proof(LeafProof(0, (leaf,), note)))
    assert check_same(alone, shown) is None


def test_both_refuse_what_the_key_signed_under_another_name(
    alone: ModuleType, shown: Published
) -> None:
    """The key's own signature, but of a log that is not the one the reader asked about."""
    proof = read_proof((shown.public / PROOF_PATH).read_bytes())
    key = read_signing_key(shown.key_file, ED25519)
    other = proof.checkpoint.text.replace("centre.example/log", "centre.example/other")
    forged = structs.replace(proof, checkpoint=key.signed(other))
    (shown.public / PROOF_PATH).write_bytes(write_proof(forged))
    assert check_same(alone, shown) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "stranger", ["a\x0eb", "a\x1fb", "a\x7fb", "a\u00a0b", "a+b", "", "a\u2028b"]
)
def test_both_read_the_names_of_strangers_alike(
    alone: ModuleType, shown: Published, stranger: str
) -> None:
    """A line that is not the log's and not a witness's can still make the note none."""
    file = shown.public / PROOF_PATH
    lines = file.read_text("utf-8")
    changed = lines.replace("— outlet.example/w ", f"— {stranger} ")
    assert changed != lines
    file.write_text(changed, "utf-8")
    assert check_same(alone, shown) == (0 if stranger == "a\x7fb" else None)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("was", "other"),
    [
        (b'"part":382', b'"part":383'),
        (b'"percent":38.2', b'"percent":38.3'),
        (b'"percent":38.2', b'"percent":"38.2"'),
        (b'"percent":38.2', b'"percent":null'),
        (b'"percent":38.2', b'"percent":NaN'),
        (b'"whole":1000', b'"whole":1001'),
        (b'"decimals":2', b'"decimals":5'),
        (b'"percent":38.2', b'"percent":38.20'),
        (b'"part":382', b'"part":382.0'),
        (b'"kind":"figure"', b'"kind":"release"'),
        (b'"form":"share"', b'"form":"count"'),
        (b'"form":"share"', b'"form":"quantiles"'),
        (b'"form":"share"', b'"form":"x"'),
        (b'"where":{}', b'"where":{"class":"V"}'),
        (b'"where":{}', b'"where":[]'),
        (b'"numerator":["O1","O2"]', b'"numerator":"O1O2"'),
        (b'"responsible":"press office"', b'"more":1,"responsible":"x"'),
        (b'"part":382', b'"part":381,"part":382'),
        (b"rows/2026-11-03.csv", b"../keys/log.key"),
        (b"rows/2026-11-03.csv", b"/etc/hostname"),
    ],
)
def test_both_refuse_what_a_centre_should_not_have_logged(
    alone: ModuleType, shown: Published, was: bytes, other: bytes
) -> None:
    figure = (shown.public / FIGURE_PATH).read_bytes()
    assert was in figure
    relogged(shown, figure.replace(was, other))
    assert check_same(alone, shown) is None
    relogged(shown, figure)
    assert check_same(alone, shown) == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_both_agree_on_random_logs(alone: ModuleType, tmp_path: Path, seed: int) -> None:
    rng = Random(seed)  # noqa: S311 - a seed, no secret
    lines = ["county,class,count"]
    for _ in range(rng.randrange(1, 40)):
        kind = rng.choice(("O1", "O2", "V", "X"))
        lines.append(f"{rng.choice(('01', '02'))},{kind},{rng.randrange(500)}")
    where = rng.choice(({}, {"county": "01"}))
    shown = Published(tmp_path, "\n".join(lines) + "\n", where)
    shown.grow(rng.randrange(600))
    shown.renew_proof()
    assert check_same(alone, shown) == 0
    file = shown.public / rng.choice((FIGURE_PATH, PROOF_PATH, ROWS_PATH))
    raw = file.read_bytes()
    for _ in range(12):
        at = rng.randrange(len(raw))
        file.write_bytes(raw[:at] + rng.randbytes(1) + raw[at + rng.randrange(2) :])
        check_same(alone, shown)


@pytest.mark.slow
@pytest.mark.parametrize(("rows", "fit"), TABLES)
def test_both_read_rows_alike(alone: ModuleType, shown: Published, rows: str, fit: bool) -> None:  # noqa: FBT001
    figure = (shown.public / FIGURE_PATH).read_bytes()
    old = sha256((shown.public / ROWS_PATH).read_bytes()).hexdigest()
    (shown.public / ROWS_PATH).write_bytes(rows.encode())
    relogged(shown, figure.replace(old.encode(), sha256(rows.encode()).hexdigest().encode()))
    assert check_same(alone, shown) == (0 if fit else None)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([], ("PROVED: 382 / 1000 = 38.2 %", "Cosigned by 1 of 1", "recorded truthfully")),
        (["--fa"], ("ثابت شد: 382 / 1000 = 38.2 %", "هم‌امضا: 1 از 1", "راست ثبت شده")),
    ],
)
def test_it_says_in_words_what_is_proved_and_what_is_not(
    shown: Published, more: list[str], said: tuple[str, ...]
) -> None:
    def run(figure: str, log: str = str(shown.log)) -> subprocess.CompletedProcess[str]:
        keys = ["--log", log, "--witness", str(shown.witness.public)]
        command = [sys.executable, "-I", str(ALONE), str(shown.public), figure, *keys, *more]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    ran = run(FIGURE_PATH)
    assert ran.returncode == 0, ran.stdout
    assert all(words in ran.stdout for words in said)
    for log in ("x", str(shown.witness.public), str(shown.log)[:-4]):
        ran = run(FIGURE_PATH, log)
        assert ran.returncode == 1
        assert ran.stdout.endswith("not such a key\n")
    (shown.public / ROWS_PATH).write_text("class,count\n")
    ran = run(FIGURE_PATH)
    assert ran.returncode == 1
    assert ran.stdout.startswith("ثابت نشد" if more else "NOT PROVED")
    assert ran.stderr == ""
