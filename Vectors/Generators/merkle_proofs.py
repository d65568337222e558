"""Consistency proofs (RFC 9162 section 2.1.4) and multi-proofs, by naive recursion straight from their definitions.

A multi-proof names its leaves by ascending indices and gives those nodes that have none of the leaves below them and a
sibling that has, ordered by their height, then from left to right. A node stands at the height on which it meets its
sibling; in the RFC's tree the odd end of a level moves up to there. The odd end of a level of Bitcoin's tree is its own
sibling, and is not given.
"""

from merkle import BITCOIN, RFC9162, next_level, node_hash, rfc9162_root, split


# ---------------------------------------------------------------- consistency

def subproof(old_size, hashes, known):
    """SUBPROOF(m, D_n, b) of RFC 9162 section 2.1.4.1."""
    size = len(hashes)
    if old_size == size:
        return [] if known else [rfc9162_root(hashes)]
    k = split(size)
    if old_size <= k:
        return subproof(old_size, hashes[:k], known) + [rfc9162_root(hashes[k:])]
    return subproof(old_size - k, hashes[k:], False) + [rfc9162_root(hashes[:k])]


def consistency_path(old_size, hashes):
    """PROOF(m, D_n) of section 2.1.4.1; no digests where the sizes are equal."""
    return subproof(old_size, hashes, True)


def consistency_length(old_size, size, known=True):
    if old_size == size:
        return 0 if known else 1
    k = split(size)
    if old_size <= k:
        return consistency_length(old_size, k, known) + 1
    return consistency_length(old_size - k, size - k, False) + 1


def consistency_roots(old_size, size, old_root, path, known=True):
    """The old and the new root that a path of the right length leads to: the inverse of SUBPROOF."""
    if old_size == size:
        return (old_root, old_root) if known else (path[0], path[0])
    k = split(size)
    if old_size <= k:
        old, new = consistency_roots(old_size, k, old_root, path[:-1], known)
        return old, node_hash(RFC9162, new, path[-1])
    old, new = consistency_roots(old_size - k, size - k, old_root, path[:-1], False)
    return node_hash(RFC9162, path[-1], old), node_hash(RFC9162, path[-1], new)


def verify_consistency(old_size, size, old_root, path, root):
    """None when the proof holds, else the reason."""
    if not 1 <= old_size <= size:
        return "old-size-out-of-range"
    if len(path) != consistency_length(old_size, size):
        return "path-length"
    if any(len(digest) != 32 for digest in [old_root, root] + path):
        return "digest-length"
    old, new = consistency_roots(old_size, size, old_root, path)
    if old != old_root:
        return "old-root-mismatch"
    return None if new == root else "root-mismatch"


def consistency_loop(first, second, first_hash, path, second_hash):
    """RFC 9162 section 2.1.4.2, step by step as printed; for 0 < first < second."""
    if not path:
        return False
    if first & (first - 1) == 0:
        path = [first_hash] + path
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(RFC9162, c, fr), node_hash(RFC9162, c, sr)
            if not fn & 1:
                while not (fn & 1 or fn == 0):
                    fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(RFC9162, sr, c)
        fn, sn = fn >> 1, sn >> 1
    return fr == first_hash and sr == second_hash and sn == 0


# ---------------------------------------------------------------- multi-proofs

def _rfc9162_nodes(indices, start, size):
    """(height, place, leaves below) of each node that a proof gives of the subtree over leaves start ..< start + size."""
    inside = [index for index in indices if start <= index < start + size]
    if size == 1 or not inside:
        return []
    k = split(size)
    middle, height = start + k, k.bit_length() - 1
    nodes = _rfc9162_nodes(indices, start, k) + _rfc9162_nodes(indices, middle, size - k)
    if inside[0] >= middle:
        nodes.append((height, start >> height, (start, k)))
    if inside[-1] < middle:
        nodes.append((height, middle >> height, (middle, size - k)))
    return nodes


def _bitcoin_nodes(indices, size):
    nodes, height, width = [], 0, size
    while width > 1:
        known = {index >> height for index in indices}
        siblings = {place ^ 1 for place in known} - known
        nodes += [(height, place, (height, place)) for place in siblings if place < width]
        height, width = height + 1, (width + 1) // 2
    return nodes


def nodes_of(tree, indices, size):
    """(height, place, name) of each node of the proof, in its order. Names are (start, size) or (height, place)."""
    return sorted(_rfc9162_nodes(indices, 0, size) if tree == RFC9162 else _bitcoin_nodes(indices, size))


def multi_path(tree, indices, hashes):
    nodes = [name for _, _, name in nodes_of(tree, indices, len(hashes))]
    if tree == RFC9162:
        return [rfc9162_root(hashes[start:start + size]) for start, size in nodes]
    levels = [hashes]
    while len(levels[-1]) > 1:
        levels.append(next_level(levels[-1]))
    return [levels[height][place] for height, place in nodes]


class Duplicate(Exception):
    """A real pair of equal nodes in Bitcoin's tree."""


def _rfc9162_multi_root(given, start, size):
    if (start, size) in given:
        return given[(start, size)]
    k = split(size)
    return node_hash(RFC9162, _rfc9162_multi_root(given, start, k), _rfc9162_multi_root(given, start + k, size - k))


def _bitcoin_multi_root(given, height, place, size):
    if (height, place) in given:
        return given[(height, place)]
    width_below = -(-size >> (height - 1))
    left = _bitcoin_multi_root(given, height - 1, 2 * place, size)
    if 2 * place + 1 == width_below:
        return node_hash(BITCOIN, left, left)
    right = _bitcoin_multi_root(given, height - 1, 2 * place + 1, size)
    if left == right:
        raise Duplicate
    return node_hash(BITCOIN, left, right)


def verify_multi(tree, size, indices, leaves, path, root):
    """None when the proof holds, else the reason. `leaves` are hashes."""
    if not indices:
        return "no-indices"
    for position, index in enumerate(indices):
        if not 0 <= index < size:
            return "index-out-of-range"
        if position and index <= indices[position - 1]:
            return "index-order"
    if len(leaves) != len(indices):
        return "leaf-count"
    needed = [name for _, _, name in nodes_of(tree, indices, size)]
    if len(path) != len(needed):
        return "path-length"
    if any(len(digest) != 32 for digest in leaves + [root] + path):
        return "digest-length"
    given = dict(zip(needed, path))
    if tree == RFC9162:
        given.update({(index, 1): leaf for index, leaf in zip(indices, leaves)})
        return None if _rfc9162_multi_root(given, 0, size) == root else "root-mismatch"
    given.update({(0, index): leaf for index, leaf in zip(indices, leaves)})
    try:
        return None if _bitcoin_multi_root(given, (size - 1).bit_length(), 0, size) == root else "root-mismatch"
    except Duplicate:
        return "path-duplicate"
