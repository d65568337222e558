"""Vector files for SHA-256 and SHA-256d."""

import hashlib

from documents import VectorFile, flip_bit, note
from drbg import Drbg
from sha256 import INITIAL_STATE, SHA224_STATE, padding, sha256, sha256_with, sha256d

NOTES = {
    "Basic": note("BASIC", "A message and its digest."),
    "PaddingBoundary": note("EDGE_CASE", "The length lies where the padding changes its number of blocks, or next to it."),
    "FipsExample": note("BASIC", "An example published with FIPS 180."),
    "BitFlip": note("BASIC", "One bit of the digest is inverted."),
    "WrongFunction": note("WRONG_PRIMITIVE", "The digest of another function: SHA-256 for SHA-256d, SHA-224, SHA3-256 and so on."),
    "ByteOrder": note("ENCODING", "The digest in another byte order, such as Bitcoin's display order."),
    "WrongMessage": note("BASIC", "The digest of a message that differs by a byte."),
    "WrongPadding": note("EDGE_CASE", "The digest that a faulty padding gives."),
    "WrongState": note("WRONG_PRIMITIVE", "The digest from a faulty initial state."),
    "WrongLength": note("ENCODING", "The claimed digest is not 32 bytes long."),
}

LENGTHS = [0, 1, 3, 55, 56, 63, 64, 65, 80, 111, 112, 119, 120, 127, 128, 1000]
BOUNDARY = {55, 56, 63, 64, 65, 111, 112, 119, 120, 127, 128}
FIPS_EXAMPLES = [
    b"abc",
    b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    b"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
]


def faulty_paddings(length):
    """Paddings that real implementations have got wrong, by name; each completes a block."""
    right = padding(length)
    body = right[:-8]
    return {
        "the length left out": body + bytes(8),
        "the length in bytes instead of bits": body + length.to_bytes(8, "big"),
        "the length in little-endian order": body + (8 * length).to_bytes(8, "little"),
        "the one bit at the wrong end of its byte": b"\x01" + right[1:],
        "the one bit left out": b"\x00" + right[1:],
        "one block of padding too many": body + bytes(64) + right[-8:],
    }


def short_padding(length):
    """At 56..63 mod 64 a faulty padding has no room for the length and yet adds no block."""
    room = 64 - length % 64
    return (b"\x80" + bytes(room - 1))[:room]


def build():
    return [_file(double=False), _file(double=True)]


def _file(double):
    function = sha256d if double else sha256
    name = "SHA-256d" if double else "SHA-256"
    stem = "sha256d" if double else "sha256"
    file = VectorFile(
        path=f"v1/{stem}/{stem}_{'bitcoin' if double else 'fips180-4'}_test.json",
        algorithm=name, schema=f"{stem}.schema.json", profile="bitcoin" if double else "fips180-4",
        header=[f"{name} digests in the hash function's own (internal) byte order.",
                "Valid: digest is 32 bytes long and equals the digest of msg."],
        notes=NOTES, generator="Generators/vectors_sha256.py", checked_by=["CPython hashlib"])
    group = file.group("Digest")
    drbg = Drbg(f"{stem} messages")

    def finish(digest):  # a faulty *inner* hash still goes through the honest outer one
        return sha256(digest) if double else digest

    def valid(message, comment, flags):
        group.add(comment, flags, {"msg": message.hex(), "digest": function(message).hex()})

    def invalid(message, digest, comment, flag):
        reason = "digest-length" if len(digest) != 32 else "digest-mismatch"
        assert digest != function(message), comment
        group.add(comment, [flag], {"msg": message.hex(), "digest": digest.hex()}, reason)

    messages = [(drbg.bytes(length), f"{length} bytes") for length in LENGTHS]
    for message, comment in messages:
        valid(message, comment, ["PaddingBoundary" if len(message) in BOUNDARY else "Basic"])
    for message in FIPS_EXAMPLES:
        valid(message, f"FIPS 180 example of {8 * len(message)} bits", ["FipsExample"])
    for message, comment in messages + [(FIPS_EXAMPLES[0], "abc")]:
        right = function(message)
        bit = drbg.below(256)
        invalid(message, flip_bit(right, bit), f"{comment}: digest bit {bit} inverted", "BitFlip")
        other, other_name = (sha256, "SHA-256") if double else (sha256d, "SHA-256d")
        invalid(message, other(message), f"{comment}: the digest of {other_name}", "WrongFunction")
        invalid(message, right[::-1], f"{comment}: the digest with its bytes reversed", "ByteOrder")
        invalid(message, function(message + b"\x00"), f"{comment}: the digest of the message and a zero byte", "WrongMessage")
        if message:
            invalid(message, function(message[:-1]), f"{comment}: the digest of the message without its last byte", "WrongMessage")
        invalid(message, finish(sha256_with(message, state=SHA224_STATE)), f"{comment}: SHA-224's initial state", "WrongState")
        swapped = INITIAL_STATE[4:] + INITIAL_STATE[:4]
        invalid(message, finish(sha256_with(message, state=swapped)), f"{comment}: the halves of the initial state swapped", "WrongState")
        for fault, pad in faulty_paddings(len(message)).items():
            if pad != padding(len(message)):
                invalid(message, finish(sha256_with(message, pad=pad)), f"{comment}: {fault}", "WrongPadding")
        if len(message) % 64 >= 56:
            invalid(message, finish(sha256_with(message, pad=short_padding(len(message)))),
                    f"{comment}: the padding cut off at the end of the block", "WrongPadding")
        if message and len(message) % 64 == 0:
            invalid(message, finish(sha256_with(message, pad=b"")), f"{comment}: no padding block after a full block", "WrongPadding")
    abc = FIPS_EXAMPLES[0]
    right = function(abc)
    words = b"".join(right[i:i + 4][::-1] for i in range(0, 32, 4))
    invalid(abc, words, "abc: every word in little-endian order", "ByteOrder")
    invalid(abc, finish(hashlib.sha3_256(abc).digest()), "abc: SHA3-256", "WrongFunction")
    invalid(abc, finish(hashlib.sha512(abc).digest()[:32]), "abc: SHA-512 cut to 32 bytes", "WrongFunction")
    invalid(abc, finish(hashlib.blake2s(abc).digest()), "abc: BLAKE2s", "WrongFunction")
    invalid(abc, sha256(sha256(sha256(abc))), "abc: SHA-256 three times", "WrongFunction")
    invalid(abc, sha256(sha256(abc).hex().encode()), "abc: SHA-256 of the first digest's hexadecimal text", "WrongFunction")
    invalid(abc, b"", "abc: an empty digest", "WrongLength")
    for size in (20, 28, 31):
        invalid(abc, right[:size], f"abc: the first {size} bytes of the digest", "WrongLength")
    invalid(abc, right[1:], "abc: the digest without its first byte", "WrongLength")
    invalid(abc, right + b"\x00", "abc: the digest and a zero byte", "WrongLength")
    invalid(abc, b"\x00" + right, "abc: a zero byte and the digest", "WrongLength")
    invalid(abc, right + right, "abc: the digest twice", "WrongLength")
    return file
