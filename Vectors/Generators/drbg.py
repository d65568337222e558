"""A deterministic random bit generator, so that every file regenerates byte for byte.

HMAC-SHA256 in counter mode over a fixed, published seed:

    block(label, i) = HMAC-SHA256(SEED, frame(label) || be64(i)),   i = 0, 1, 2, ...

Every purpose takes its own label, so that adding tests in one place does not change another.
This is for reproducible *tests*. Its seed is public: never draw a real key from it.
"""

import hashlib
import hmac

SEED = hashlib.sha256(b"ringwork vectors, version 1").digest()


class Drbg:
    """An endless byte stream for one label."""

    def __init__(self, label):
        name = label.encode("utf-8")
        self._prefix = len(name).to_bytes(8, "big") + name
        self._counter = 0
        self._rest = b""

    def bytes(self, count):
        """The next `count` bytes."""
        while len(self._rest) < count:
            block_input = self._prefix + self._counter.to_bytes(8, "big")
            self._rest += hmac.new(SEED, block_input, hashlib.sha256).digest()
            self._counter += 1
        taken, self._rest = self._rest[:count], self._rest[count:]
        return taken

    def below(self, bound):
        """A number in [0, bound), from 16 bytes more than the bound needs."""
        width = (bound.bit_length() + 7) // 8 + 16
        return int.from_bytes(self.bytes(width), "big") % bound

    def between(self, low, high):
        """A number in [low, high], both ends included."""
        return low + self.below(high - low + 1)

    def choice(self, items):
        """One of the items."""
        return items[self.below(len(items))]
