"""What the companion ring signatures share (ring-signatures reference, sections 2.1 to 2.3, 2.11 and 4).

Groups of prime order q, written multiplicatively: Schnorr groups, and the curves secp256k1 and P-256 in plain
affine and Jacobian formulas. Keys with their proofs of possession, rings, and the transcript:

    pre            = XOF("companion", parameters ..., scheme, n, y_0 ... y_{n-1}, context, M; 32)
    challenge(...) = H_q("companion", pre, ...)
    base(...)      = H_G("companion", parameters ..., scheme, purpose, ...)

Nothing here is constant time, and nothing here should ever hold a real key.
"""

import functools
from dataclasses import dataclass, replace

from framing import be32, frame
from ring_paper import hash_c, hash_q, os2ip, xof


# ---------------------------------------------------------------- groups

class Schnorr:
    """A ring_paper.SchnorrGroup behind the interface that the companions use; elements are numbers."""

    def __init__(self, group):
        self.name, self.p, self.q, self.g, self.t = group.name, group.p, group.q, group.g, group.t
        self.le, self.lq, self.lu = group.lp, group.lq, group.lp + 16
        self.identity = 1
        self.parameters = [self.encode(self.p), self.eq(self.q), self.encode(self.g)]

    def encode(self, element):
        return element.to_bytes(self.le, "big")

    def eq(self, scalar):
        return scalar.to_bytes(self.lq, "big")

    def decode(self, data):
        """The element other than 1 that the bytes spell, or None: full width, below p, of order q."""
        value = os2ip(data)
        if len(data) != self.le or not 1 < value < self.p - 1 or pow(value, self.q, self.p) != 1:
            return None
        return value

    def mul(self, a, b):
        return a * b % self.p

    def inv(self, a):
        return pow(a, -1, self.p)

    def power(self, base, exponent):
        return pow(base, exponent % self.q, self.p)

    def product(self, *pairs):
        """The product of base^exponent."""
        result = 1
        for base, exponent in pairs:
            result = result * pow(base, exponent % self.q, self.p) % self.p
        return result

    def from_uniform(self, data):
        """An element other than 1, or None: H_p to the cofactor (section 2.3)."""
        element = pow(1 + os2ip(data) % (self.p - 1), (self.p - 1) // self.q, self.p)
        return None if element == 1 else element


CURVES = {  # SEC 2, sections 2.4.1 and 2.4.2: p, a, b, q, base point
    "secp256k1": (2**256 - 2**32 - 977, 0, 7, 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141,
                  (0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798,
                   0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8)),
    "P-256": (2**256 - 2**224 + 2**192 + 2**96 - 1, -3,
              0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b,
              0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551,
              (0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
               0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5)),
}


class Curve:
    """A curve of prime order, y^2 = x^3 + a*x + b over F_p; elements are affine pairs, None the point at infinity.

    The encoding is SEC 1's compressed form, 33 bytes; infinity is 33 zero bytes, and decoding refuses it.
    """

    def __init__(self, name):
        self.name = name
        self.p, a, self.b, self.q, self.g = CURVES[name]
        self.a = a % self.p
        self.le, self.lq, self.lu = 33, 32, 49
        self.identity = None
        self.parameters = [name.encode("ascii"), self.eq(self.q), self.encode(self.g)]

    def encode(self, element):
        if element is None:
            return bytes(self.le)
        x, y = element
        return bytes([2 + y % 2]) + x.to_bytes(32, "big")

    def eq(self, scalar):
        return scalar.to_bytes(self.lq, "big")

    def lift(self, x, odd):
        """The point with this x and this parity of y, or None; p = 3 mod 4, so a root is one power."""
        square = (x * x * x + self.a * x + self.b) % self.p
        y = pow(square, (self.p + 1) // 4, self.p)
        if y * y % self.p != square:
            return None
        return x, (self.p - y if y % 2 != odd else y)

    def decode(self, data):
        """The point other than infinity that the bytes spell, or None: 02 or 03, then x below p on the curve."""
        if len(data) != 33 or data[0] not in (2, 3) or os2ip(data[1:]) >= self.p:
            return None
        return self.lift(os2ip(data[1:]), data[0] % 2)

    def from_uniform(self, data):
        """The point whose x is all bytes but the first mod p and whose y has the first byte's lowest bit, or None."""
        return self.lift(os2ip(data[1:]) % self.p, data[0] % 2)

    def mul(self, a, b):
        """The sum of two points by the textbook's chord and tangent."""
        if a is None or b is None:
            return b if a is None else a
        (x1, y1), (x2, y2) = a, b
        if x1 == x2 and (y1 + y2) % self.p == 0:
            return None
        if x1 == x2:
            slope = (3 * x1 * x1 + self.a) * pow(2 * y1, -1, self.p) % self.p
        else:
            slope = (y2 - y1) * pow(x2 - x1, -1, self.p) % self.p
        x3 = (slope * slope - x1 - x2) % self.p
        return x3, (slope * (x1 - x3) - y1) % self.p

    def inv(self, a):
        return None if a is None else (a[0], -a[1] % self.p)

    def power(self, base, exponent):
        return self.product((base, exponent))

    def product(self, *pairs):
        """The sum of multiples."""
        return _multiples(self, pairs)

    def _product(self, pairs):
        """One doubling chain for all multiples, adding the subset sums that each bit asks for."""
        pairs = [(base, exponent % self.q) for base, exponent in pairs if base is not None]
        if len(pairs) > 3:
            return functools.reduce(self.mul, (self.product(*pairs[i:i + 3]) for i in range(0, len(pairs), 3)), None)
        sums = [None]
        for base, _ in pairs:
            sums += [self.mul(known, base) for known in sums]
        X, Y, Z = 1, 1, 0
        for bit in reversed(range(max((e.bit_length() for _, e in pairs), default=0))):
            X, Y, Z = self._double(X, Y, Z)
            subset = sum(((exponent >> bit) & 1) << place for place, (_, exponent) in enumerate(pairs))
            if sums[subset] is not None:
                X, Y, Z = self._add(X, Y, Z, sums[subset])
        if Z == 0:
            return None
        inverse = pow(Z, -1, self.p)
        return X * inverse * inverse % self.p, Y * inverse * inverse * inverse % self.p

    def _double(self, X, Y, Z):
        """Jacobian doubling: (X/Z^2, Y/Z^3) twice; no point of odd order has Y = 0."""
        p = self.p
        YY = Y * Y % p
        S = 4 * X * YY % p
        M = 3 * X * X % p if self.a == 0 else (3 * X * X + self.a * pow(Z, 4, p)) % p
        X3 = (M * M - 2 * S) % p
        return X3, (M * (S - X3) - 8 * YY * YY) % p, 2 * Y * Z % p

    def _add(self, X, Y, Z, point):
        """Jacobian plus affine."""
        p, (x, y) = self.p, point
        if Z == 0:
            return x, y, 1
        ZZ = Z * Z % p
        H, R = (x * ZZ - X) % p, (y * ZZ * Z - Y) % p
        if H == 0:
            return self._double(X, Y, Z) if R == 0 else (1, 1, 0)
        HH = H * H % p
        HHH, V = H * HH % p, X * HH % p
        X3 = (R * R - HHH - 2 * V) % p
        return X3, (R * (V - X3) - Y * HHH) % p, Z * H % p


@functools.lru_cache(maxsize=1 << 14)
def _multiples(curve, pairs):
    """Remembered, since most of a damaged signature is what it was."""
    return curve._product(pairs)


def hash_g(group, tag, *items):
    """H_G: the first element that XOF("p:" + tag, parameters, ..., ctr; lu) gives, ctr from 0 in four bytes."""
    for counter in range(1 << 32):
        data = xof("p:" + tag, [*group.parameters, *items, be32(counter)], group.lu)
        element = group.from_uniform(data)
        if element is not None:
            return element


# ---------------------------------------------------------------- keys (section 2.2)

LABEL_LIMIT = 1024  # bytes of UTF-8


@dataclass(frozen=True)
class Key:
    """What claims to be a public key: encodings of y, c and s, and the owner's label. x where we made it."""

    y: bytes
    label: str
    c: bytes
    s: bytes
    x: int = None

    def changed(self, **fields):
        return replace(self, **fields)


def make_key(group, x, label, nonce):
    """y = g^x with its proof: R = g^r, c = H_c("pop", parameters, label, y, R), s = r - c*x."""
    y = group.power(group.g, x)
    c = possession_challenge(group, label, y, group.power(group.g, nonce))
    return Key(group.encode(y), label, group.eq(c), group.eq((nonce - c * x) % group.q), x)


def possession_challenge(group, label, y, commitment):
    return hash_c(group, "pop", *group.parameters, label.encode("utf-8"), group.encode(y), group.encode(commitment))


def scalar(group, data):
    """The scalar that the bytes spell, or None: full width, below q."""
    return os2ip(data) if len(data) == group.lq and os2ip(data) < group.q else None


@functools.lru_cache(maxsize=None)
def key_fault(group, key):
    """Why the claim is no key, or None."""
    if len(key.label.encode("utf-8")) > LABEL_LIMIT:
        return "label-too-long"
    y = group.decode(key.y)
    if y is None:
        return "key-not-in-group"
    c, s = scalar(group, key.c), scalar(group, key.s)
    if c is None or s is None:
        return "c-out-of-range" if c is None else "s-out-of-range"
    commitment = group.product((group.g, s), (y, c))
    return None if possession_challenge(group, key.label, y, commitment) == c else "proof-mismatch"


def ring_fault(group, keys):
    """Why the keys are no ring, or None: each key in the order given, then their number, then duplicates."""
    for key in keys:
        if fault := key_fault(group, key):
            return fault
    if len(keys) < 2:
        return "ring-too-small"
    return "duplicate-key" if len({key.y for key in keys}) < len(keys) else None


# ---------------------------------------------------------------- transcripts

@dataclass(frozen=True)
class Statement:
    """What a signature is about: the ring, context and message, and how they are hashed.

    A quirk is the mistake of a wrong implementation, which the tests imitate to be refused.
    """

    group: object
    scheme: str
    ring: tuple                     # encodings, ascending
    context: bytes
    message: bytes
    quirks: frozenset = frozenset()
    extra: int = 0                  # the threshold, where the scheme has one

    def changed(self, **fields):
        return replace(self, **fields)

    def with_quirk(self, *names):
        return replace(self, quirks=self.quirks | set(names))

    @property
    def n(self):
        return len(self.ring)

    @property
    def elements(self):
        return _elements(self.group, self.ring)

    @property
    def pre(self):
        return _pre(self)

    def challenge(self, *items):
        """H_q("companion", pre, items ...), a challenge of full width."""
        if "unframed" in self.quirks:
            return os2ip(xof("q:companion", [b"".join((self.pre,) + items)], self.group.lq + 16)) % self.group.q
        if "short-challenge" in self.quirks:
            return hash_c(self.group, "companion", self.pre, *items)
        return hash_q(self.group, "companion", self.pre, *items)

    def encoded(self, *elements):
        return [self.group.encode(element) for element in elements]

    def base(self, purpose, *items):
        """H_G("companion", parameters ..., scheme, purpose, items ...)."""
        return _base(self.group, self.scheme, purpose, items, self.quirks & {"logarithm-known", "paper-base"})


@functools.lru_cache(maxsize=4096)
def _elements(group, ring):
    return [group.decode(data) for data in ring]


@functools.lru_cache(maxsize=4096)
def _pre(statement):
    group, quirks = statement.group, statement.quirks
    scheme = b"sag" if "other-scheme" in quirks else statement.scheme.encode("ascii")
    items = [] if "group-not-hashed" in quirks else list(group.parameters)
    items += [scheme, be32(statement.n)]
    items += [] if "ring-not-hashed" in quirks else list(statement.ring)
    if "context-joined" in quirks:
        items += [statement.context + statement.message]
    elif "message-first" in quirks:
        items += [statement.message, statement.context]
    else:
        items += [statement.context, statement.message]
    return xof("companion", items, 32)


@functools.lru_cache(maxsize=4096)
def _base(group, scheme, purpose, items, quirks):
    names = [scheme.encode("ascii"), purpose.encode("ascii")]
    if "logarithm-known" in quirks:  # attack A14
        return group.power(group.g, hash_q(group, "companion", *group.parameters, *names, *items) or 1)
    if "paper-base" in quirks:
        return hash_g(group, "link", *items)
    return hash_g(group, "companion", *names, *items)
