"""SHA-256 written out from FIPS 180-4, slowly and plainly, with its mistakes on demand.

hashlib computes the right digests. This copy exists to compute *wrong* ones on purpose
(wrong padding, wrong initial state), and is itself checked against hashlib.
"""

import hashlib


def sha256(data):
    """SHA-256 of the data."""
    return hashlib.sha256(data).digest()


def sha256d(data):
    """SHA-256 applied twice: SHA256(SHA256(data)) (IoMT review, equation 1)."""
    return sha256(sha256(data))


def _primes(count):
    found = []
    candidate = 2
    while len(found) < count:
        if all(candidate % prime for prime in found):
            found.append(candidate)
        candidate += 1
    return found


def _fraction_bits(prime, root):
    """The first 32 bits of the fractional part of the square or cube root of a prime."""
    scaled = prime << (32 * root)
    low, high = 0, 1 << 48
    while low < high:  # the integer root-th root of the scaled prime
        middle = (low + high + 1) // 2
        if middle ** root <= scaled:
            low = middle
        else:
            high = middle - 1
    return low & 0xFFFFFFFF


# FIPS 180-4, sections 4.2.2 and 5.3.3: nothing-up-my-sleeve constants, computed rather than copied.
ROUND_CONSTANTS = [_fraction_bits(prime, 3) for prime in _primes(64)]
INITIAL_STATE = [_fraction_bits(prime, 2) for prime in _primes(8)]
# Section 5.3.2: SHA-224 starts from the *second* 32 bits of the roots of the 9th to 16th primes.
SHA224_STATE = [
    0xC1059ED8, 0x367CD507, 0x3070DD17, 0xF70E5939,
    0xFFC00B31, 0x68581511, 0x64F98FA7, 0xBEFA4FA4,
]


def padding(length):
    """Section 5.1.1: a one bit, zeros up to 56 mod 64, the length in bits in 8 bytes."""
    zeros = (55 - length) % 64
    return b"\x80" + bytes(zeros) + (8 * length).to_bytes(8, "big")


def _rotate(word, by):
    return ((word >> by) | (word << (32 - by))) & 0xFFFFFFFF


def _compress(state, block):
    """Section 6.2.2, for one 64-byte block."""
    schedule = [int.from_bytes(block[i:i + 4], "big") for i in range(0, 64, 4)]
    for t in range(16, 64):
        w15, w2 = schedule[t - 15], schedule[t - 2]
        small0 = _rotate(w15, 7) ^ _rotate(w15, 18) ^ (w15 >> 3)
        small1 = _rotate(w2, 17) ^ _rotate(w2, 19) ^ (w2 >> 10)
        schedule.append((schedule[t - 16] + small0 + schedule[t - 7] + small1) & 0xFFFFFFFF)
    a, b, c, d, e, f, g, h = state
    for t in range(64):
        big1 = _rotate(e, 6) ^ _rotate(e, 11) ^ _rotate(e, 25)
        choose = (e & f) ^ (~e & g)
        t1 = h + big1 + choose + ROUND_CONSTANTS[t] + schedule[t]
        big0 = _rotate(a, 2) ^ _rotate(a, 13) ^ _rotate(a, 22)
        majority = (a & b) ^ (a & c) ^ (b & c)
        a, b, c, d, e, f, g, h = (
            (t1 + big0 + majority) & 0xFFFFFFFF, a, b, c, (d + t1) & 0xFFFFFFFF, e, f, g)
    return [(x + y) & 0xFFFFFFFF for x, y in zip(state, [a, b, c, d, e, f, g, h])]


def sha256_with(data, pad=None, state=None):
    """SHA-256 with another padding or another initial state: the wrong digests of the vectors."""
    padded = data + (padding(len(data)) if pad is None else pad)
    if len(padded) % 64:
        raise ValueError("padding must complete a block")
    words = list(INITIAL_STATE if state is None else state)
    for start in range(0, len(padded), 64):
        words = _compress(words, padded[start:start + 64])
    return b"".join(word.to_bytes(4, "big") for word in words)
