"""Block headers and compact targets, after Bitcoin (IoMT review, equations 1 and 2).

A header is 80 bytes: version 4, previous hash 32, Merkle root 32, time 4, bits 4, nonce 4, integers
little-endian. It meets its target when SHA-256d of it, read as a little-endian number, is <= the target.
"""

import struct

from sha256 import sha256d


class Refused(Exception):
    """The reason code that a correct implementation reports."""


# ---------------------------------------------------------------- compact targets

def set_compact(bits):
    """Bitcoin's SetCompact: (value, negative, overflow); the value is not cut to 256 bits here.

    value = mantissa * 256^(size - 3), with size the top byte and mantissa the low 23 bits; bit 23 is a sign.
    """
    size = bits >> 24
    word = bits & 0x7FFFFF
    if size <= 3:
        word >>= 8 * (3 - size)
        value = word
    else:
        value = word << (8 * (size - 3))
    negative = word != 0 and bits & 0x800000 != 0
    overflow = word != 0 and (
        size > 34 or (word > 0xFF and size > 33) or (word > 0xFFFF and size > 32))
    return value, negative, overflow


def decode_target(bits):
    """The target of a header's bits, or Refused.

    The order of the checks decides the reason: the sign, zero, overflow of 256 bits. As in Bitcoin, the sign
    counts only where the mantissa is not zero after the shift: 00923456, 01803456 and the like are zero.
    """
    value, negative, overflow = set_compact(bits)
    if negative:
        raise Refused("target-negative")
    if value == 0:
        raise Refused("target-zero")
    if overflow:
        raise Refused("target-overflow")
    return value


def encode_target(target):
    """Bitcoin's GetCompact for a positive target of at most 256 bits: the three leading bytes, cut down.

    Where the leading bit of the mantissa would be read as a sign, one more leading zero byte is taken in.
    """
    if target == 0:
        raise Refused("target-zero")
    if target >> 256:
        raise Refused("target-overflow")
    size = (target.bit_length() + 7) // 8
    word = target << (8 * (3 - size)) if size <= 3 else target >> (8 * (size - 3))
    if word & 0x800000:
        word >>= 8
        size += 1
    return size << 24 | word


def verify_decode(bits, target):
    """None when `bits` means `target`, else the reason."""
    try:
        return None if decode_target(bits) == target else "target-mismatch"
    except Refused as refusal:
        return str(refusal)


def verify_encode(target, bits):
    """None when `bits` is the canonical encoding of `target`, else the reason."""
    try:
        return None if encode_target(target) == bits else "bits-mismatch"
    except Refused as refusal:
        return str(refusal)


# ---------------------------------------------------------------- headers

def header(version, previous, merkle_root, time, bits, nonce):
    """80 bytes; the two hashes are given in display order, as explorers print them."""
    return (struct.pack("<I", version) + bytes.fromhex(previous)[::-1] + bytes.fromhex(merkle_root)[::-1]
            + struct.pack("<III", time, bits, nonce))


def display_hash(data):
    """SHA-256d in display order: the bytes reversed, so that leading zeros come first."""
    return sha256d(data)[::-1]


def with_nonce(data, nonce):
    return data[:76] + struct.pack("<I", nonce)


def with_bits(data, bits):
    return data[:72] + struct.pack("<I", bits) + data[76:]


def verify_header(data, claimed_hash):
    """None when the header has the claimed hash and meets its own target, else the reason."""
    if len(data) != 80:
        return "header-length"
    if display_hash(data) != claimed_hash:
        return "hash-mismatch"
    try:
        target = decode_target(int.from_bytes(data[72:76], "little"))
    except Refused as refusal:
        return str(refusal)
    return None if int.from_bytes(claimed_hash, "big") <= target else "target-missed"


def check_target(claimed_hash, bits, limit):
    """None when a hash, in display order, is proof of work at these bits, which are no easier than the limit."""
    try:
        target = decode_target(bits)
    except Refused as refusal:
        return str(refusal)
    if target > limit:
        return "target-too-easy"
    return None if int.from_bytes(claimed_hash, "big") <= target else "target-missed"


def verify_search(data, start, count, nonce):
    """None when `nonce` is the lowest of `count` nonces from `start` that meets the target; None claims there is none."""
    try:
        target = decode_target(int.from_bytes(data[72:76], "little"))
    except Refused as refusal:
        return str(refusal)
    found = next((n for n in range(start, start + count)
                  if int.from_bytes(display_hash(with_nonce(data, n)), "big") <= target), None)
    if found == nonce:
        return None
    return "nonce-space-exhausted" if found is None else "nonce-mismatch"


def mine(data):
    """The header with the first nonce that meets its target."""
    target = decode_target(int.from_bytes(data[72:76], "little"))
    for nonce in range(1 << 32):
        candidate = with_nonce(data, nonce)
        if int.from_bytes(display_hash(candidate), "big") <= target:
            return candidate
    raise ValueError("the nonce space holds no solution")
