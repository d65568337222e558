"""Group parameters: FIPS 186-4 App. A with any hash, our procedure ringwork-1, and the rules a group keeps.

Written from the standard and from the documented procedure; plain integers throughout.
"""

import functools
import hashlib

from framing import be32
from ring_paper import is_probable_prime, os2ip, xof

HASHES = {"SHA-1": hashlib.sha1, "SHA-224": hashlib.sha224, "SHA-256": hashlib.sha256,
          "SHA-384": hashlib.sha384, "SHA-512": hashlib.sha512}
MAXIMUM_SEED = 1024  # bytes


def _sieve(limit):
    flags = bytearray([1]) * limit
    for n in range(2, int(limit ** 0.5) + 1):
        if flags[n]:
            flags[n * n::n] = bytes(len(range(n * n, limit, n)))
    return [n for n in range(3, limit) if flags[n] and n % 2]


SMALL_PRIMES = _sieve(1 << 13)


def maybe_prime(n):
    """Trial division and one Fermat test: what a search asks before it proves its find."""
    for prime in SMALL_PRIMES:
        if n % prime == 0:
            return n == prime
    return n > 1 and n % 2 == 1 and pow(2, n - 1, n) == 1


@functools.cache
def is_prime(n):
    return n == 2 or maybe_prime(n) and is_probable_prime(n)


class Fault(Exception):
    """A refusal; its text is the reason code."""


def digest_bits(name):
    return 8 * HASHES[name]().digest_size


def _number(name, data):
    return os2ip(HASHES[name](data).digest())


# ---------------------------------------------------------------- FIPS 186-4 A.1.1

def check_inputs(length, order, seed, name):
    """Steps 1 to 3 of A.1.1.2, with our limits instead of the list of approved sizes."""
    if not (8 <= order <= digest_bits(name) and order + 2 <= length <= 16384):
        raise Fault("sizes")
    if len(seed) > MAXIMUM_SEED:
        raise Fault("seed-too-long")
    if 8 * len(seed) < order:
        raise Fault("seed-too-short")


def order_of(order, seed, name):
    """Steps 6 and 7 of A.1.1.2."""
    u = _number(name, seed) % (1 << (order - 1))
    return (1 << (order - 1)) + u + 1 - u % 2


def candidates(length, q, seed, name):
    """Steps 11.1 to 11.5 of A.1.1.2: every candidate for p, in order, endlessly."""
    outlen, width = digest_bits(name), 8 * len(seed)
    n = -(-length // outlen) - 1
    offset, start = 1, os2ip(seed)
    while True:
        w = 0
        for j in range(n + 1):
            v = _number(name, ((start + offset + j) % (1 << width)).to_bytes(len(seed), "big"))
            if j == n:
                v %= 1 << (length - 1 - n * outlen)
            w += v << (j * outlen)
        x = w + (1 << (length - 1))
        yield x - (x % (2 * q) - 1)
        offset += n + 1


@functools.cache
def first_prime(length, q, seed, name, limit):
    """(p, counter) of the first prime among `limit` candidates, or None."""
    for counter, p in zip(range(limit), candidates(length, q, seed, name)):
        if p.bit_length() == length and is_prime(p) and (p - 1) // q % q:
            return p, counter
    return None


def generate_primes(length, order, seed, name):
    """A.1.1.2: (p, q, counter)."""
    check_inputs(length, order, seed, name)
    q = order_of(order, seed, name)
    if not is_prime(q):
        raise Fault("q-prime")
    found = first_prime(length, q, seed, name, 4 * length)
    if found is None:
        raise Fault("too-many-candidates")
    return found[0], q, found[1]


def validate_primes(p, q, counter, seed, name):
    """A.1.1.3, checks in the order of the file's header."""
    length, order = p.bit_length(), q.bit_length()
    check_inputs(length, order, seed, name)
    if counter >= 4 * length:
        raise Fault("counter-range")
    if (p - 1) % q:
        raise Fault("q-divides-p-minus-1")
    if q != order_of(order, seed, name):
        raise Fault("q-mismatch")
    if not is_prime(q):
        raise Fault("q-prime")
    if not is_prime(p):
        raise Fault("p-prime")
    found = first_prime(length, q, seed, name, counter + 1)
    if found is None or found[0] != p:
        raise Fault("p-mismatch")
    if found[1] != counter:
        raise Fault("counter-mismatch")


# ---------------------------------------------------------------- FIPS 186-4 A.2

def _check_divisor(p, q):
    if p < 5 or q < 3 or (p - 1) % q:
        raise Fault("q-divides-p-minus-1")


def unverifiable_generator(p, q, h):
    """A.2.1 for a given h."""
    _check_divisor(p, q)
    if not 1 < h < p - 1:
        raise Fault("range")
    g = pow(h, (p - 1) // q, p)
    if g < 2:
        raise Fault("no-generator")
    return g


def validate_partially(p, q, g):
    """A.2.2."""
    _check_divisor(p, q)
    if not 2 <= g <= p - 2:
        raise Fault("range")
    if pow(g, q, p) != 1:
        raise Fault("g-order")


def verifiable_generator(p, q, seed, index, name):
    """A.2.3."""
    for count in range(1, 1 << 16):
        w = _number(name, seed + b"ggen" + bytes([index]) + count.to_bytes(2, "big"))
        g = pow(w, (p - 1) // q, p)
        if g >= 2:
            return g
    raise Fault("no-generator")


def validate_generator(p, q, g, seed, index, name):
    """A.2.4."""
    validate_partially(p, q, g)
    if len(seed) > MAXIMUM_SEED:
        raise Fault("seed-too-long")
    if verifiable_generator(p, q, seed, index, name) != g:
        raise Fault("g-mismatch")


# ---------------------------------------------------------------- ringwork-1

@functools.cache
def first_t(length, order, seed, u):
    """The first t with t and 2tu + 1 prime, the latter of `order` bits."""
    span, lowest = (1 << (order - 2)) // u, -(-(1 << (order - 2)) // u)
    for i in range(64 * order * order):
        drawn = os2ip(xof("group:t", [be32(length), be32(order), seed, be32(i)], (order + 7) // 8))
        t = (lowest + drawn % span) | 1
        q = 2 * t * u + 1
        if q.bit_length() == order and maybe_prime(t) and maybe_prime(q) and is_prime(t) and is_prime(q):
            return t
    raise Fault("provenance-sizes")


@functools.cache
def ringwork1(length, order, seed, index=1, u=1):
    """(p, q, g, t, counter)."""
    if not (8 <= order <= 4096 and order + 2 <= length <= 16384 and len(seed) <= MAXIMUM_SEED
            and 1 <= u < 1 << 16 and u.bit_length() <= order - 6):
        raise Fault("provenance-sizes")
    t = first_t(length, order, seed, u)
    q = 2 * t * u + 1
    p, counter = ringwork1_prime(length, order, seed, q)
    head = [be32(length), be32(order), seed]
    width = (length + 7) // 8
    numbers = [p.to_bytes(width, "big"), q.to_bytes((order + 7) // 8, "big"), bytes([index])]
    for k in range(1, 1 << 16):
        h = 1 + os2ip(xof("group:g", [*head, *numbers, k.to_bytes(2, "big")], width + 16)) % (p - 1)
        g = pow(h, (p - 1) // q, p)
        if g != 1:
            return p, q, g, t, counter
    raise Fault("no-generator")


@functools.cache
def ringwork1_prime(length, order, seed, q):
    """(p, counter)."""
    head = [be32(length), be32(order), seed]
    for counter in range(64 * length):
        drawn = os2ip(xof("group:p", [*head, be32(counter)], (length + 7) // 8)) % (1 << (length - 1))
        x = (1 << (length - 1)) + drawn
        p = x - x % (2 * q) + 1
        if p.bit_length() == length and is_prime(p) and (p - 1) // q % q:
            return p, counter
    raise Fault("provenance-sizes")


def check_provenance(p, q, g, t, seed, counter, index):
    """The numbers made again and compared; u is (q - 1)/2t where that is a cofactor the procedure takes."""
    u = 1
    if t and (q - 1) % (2 * t) == 0 and 1 <= (q - 1) // (2 * t) < 1 << 16:
        u = (q - 1) // (2 * t)
    made_p, made_q, made_g, made_t, made_counter = ringwork1(p.bit_length(), q.bit_length(), seed, index, u)
    pairs = {"q": (made_q, q), "t": (made_t, t), "p": (made_p, p), "counter": (made_counter, counter), "g": (made_g, g)}
    for name, (made, claimed) in pairs.items():
        if made != claimed:
            raise Fault("provenance-" + name)


# ---------------------------------------------------------------- rules

def check_rules(p, q, g, t):
    """The first rule of a Schnorr group that the numbers break."""
    def usable(n):
        return n > 2 and n % 2 == 1 and n.bit_length() <= 16384
    if not usable(p):
        raise Fault("p-usable")
    if not usable(q) or q >= p:
        raise Fault("q-usable")
    if not is_prime(p):
        raise Fault("p-prime")
    if not is_prime(q):
        raise Fault("q-prime")
    if (p - 1) % q:
        raise Fault("q-divides-p-minus-1")
    if (p - 1) // q % q == 0:
        raise Fault("q-divides-once")
    if not (1 < g < p - 1 and pow(g, q, p) == 1):
        raise Fault("g-order")
    if t is not None:
        if t.bit_length() <= q.bit_length() and not is_prime(t):
            raise Fault("t-prime")
        if not t or (q - 1) % t:
            raise Fault("t-divides-q-minus-1")
