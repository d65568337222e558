"""Retargeting and chain work, after Bitcoin: whole numbers throughout.

    took = last time - first time, not below span // 4 and not above 4 * span      span = interval * spacing
    T'   = min(T * took // span, limit), in compact form
    work = 2^256 // (T + 1)
"""

from fractions import Fraction

import pow_header as pow
from pow_header import Refused

DIFFICULTY_ONE = 0xFFFF << 208


class Rules:
    """A chain's numbers, or Refused where they make no sense."""

    def __init__(self, interval, spacing, limit):
        if interval < 2 or spacing < 1 or interval * spacing >= 1 << 32:
            raise Refused("retarget-period")
        if limit == 0 or limit >> 256:
            raise Refused("retarget-limit")
        self.interval, self.span, self.limit = interval, interval * spacing, limit

    def target(self, bits):
        value = pow.decode_target(bits)
        if value > self.limit:
            raise Refused("target-too-easy")
        return value

    def scaled(self, bits, took):
        return pow.encode_target(min(self.target(bits) * took // self.span, self.limit))

    def next(self, bits, first, last):
        return self.scaled(bits, sorted((self.span // 4, last - first, self.span * 4))[1])

    def transition(self, height, old, new):
        """Refused where the block at `height` may not have `new` after `old`."""
        self.target(old)
        value = self.target(new)
        if height % self.interval != 0:
            if old != new:
                raise Refused("changed-inside-period")
            return
        if value > pow.decode_target(self.scaled(old, self.span * 4)):
            raise Refused("rises-too-far")
        # A quarter of the last target may be zero, and then nothing is too hard.
        if self.target(old) * (self.span // 4) // self.span == 0:
            return
        if value < pow.decode_target(self.scaled(old, self.span // 4)):
            raise Refused("falls-too-far")


def reason(action, *arguments):
    """None, or the code that `action` is refused with."""
    try:
        action(*arguments)
        return None
    except Refused as refusal:
        return str(refusal)


def verify_next(rules, bits, first, last, claimed):
    try:
        return None if rules.next(bits, first, last) == claimed else "bits-mismatch"
    except Refused as refusal:
        return str(refusal)


def work(bits):
    return (1 << 256) // (pow.decode_target(bits) + 1)


def difficulty(bits):
    return Fraction(DIFFICULTY_ONE, pow.decode_target(bits))


def probability(bits):
    return Fraction(pow.decode_target(bits) + 1, 1 << 256)


def chain_work(bits, blocks):
    """The work of `blocks` blocks at each of the targets."""
    return sum(blocks * work(value) for value in bits)


def verify_equal(compute, bits, claimed, mismatch):
    try:
        return None if compute(bits) == claimed else mismatch
    except Refused as refusal:
        return str(refusal)
