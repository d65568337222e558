"""Injective framing of byte strings (ring-signatures reference, section 2.3).

    frame(x_1, ..., x_k) = be64(len x_1) || x_1 || ... || be64(len x_k) || x_k

The lengths make the encoding injective: no bytes can move from one item to the next.
"""


def frame(*items):
    return b"".join(len(item).to_bytes(8, "big") + item for item in items)


def be32(value):
    return value.to_bytes(4, "big")


def be64(value):
    return value.to_bytes(8, "big")
