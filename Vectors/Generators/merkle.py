"""Two Merkle trees, by naive recursion straight from their definitions.

* "bitcoin": nodes are SHA-256d; a level with an odd number of nodes repeats its last one.
* "rfc9162": RFC 9162 section 2.1, leaves hashed with prefix 00 and nodes with prefix 01.

All digests are in internal byte order (as the hash function gives them, not reversed).
"""

from sha256 import sha256, sha256d

BITCOIN = "bitcoin"
RFC9162 = "rfc9162"


class Refused(Exception):
    """The reason code that a correct implementation reports."""


def leaf_hash(tree, data):
    """RFC 9162 section 2.1.1: SHA-256(00 || data). Bitcoin: SHA-256d(data) (a txid, in internal order)."""
    return sha256(b"\x00" + data) if tree == RFC9162 else sha256d(data)


def node_hash(tree, left, right):
    """RFC 9162 section 2.1.1: SHA-256(01 || left || right). Bitcoin: SHA-256d(left || right)."""
    return sha256(b"\x01" + left + right) if tree == RFC9162 else sha256d(left + right)


def split(size):
    """RFC 9162: the largest power of two smaller than `size`."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power


# ---------------------------------------------------------------- roots

def rfc9162_root(hashes):
    """MTH of RFC 9162 section 2.1.1, over leaf hashes."""
    if not hashes:
        return sha256(b"")
    if len(hashes) == 1:
        return hashes[0]
    k = split(len(hashes))
    return node_hash(RFC9162, rfc9162_root(hashes[:k]), rfc9162_root(hashes[k:]))


def next_level(hashes):
    """One Bitcoin level up: pairs in order, the last node of an odd level paired with itself."""
    if len(hashes) % 2:
        hashes = hashes + hashes[-1:]
    return [node_hash(BITCOIN, hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]


def bitcoin_root(hashes):
    """The Bitcoin root, blind to mutation: what the block header commits to."""
    return hashes[0] if len(hashes) == 1 else bitcoin_root(next_level(hashes))


def is_mutated(hashes):
    """CVE-2012-2459: some level holds two equal hashes as a *real* pair.

    A list that ends with a copy of its own tail has the same root as the shorter list, because
    the shorter list is completed by just that copy. Such a list is refused, not hashed.
    """
    if len(hashes) == 1:
        return False
    real_pairs = [(hashes[i], hashes[i + 1]) for i in range(0, len(hashes) - 1, 2)]
    return any(left == right for left, right in real_pairs) or is_mutated(next_level(hashes))


def checked_root(tree, leaves, leaves_are_hashes):
    """The root of a list of leaves, or Refused."""
    if tree == BITCOIN and not leaves:
        raise Refused("empty")
    if leaves_are_hashes and any(len(leaf) != 32 for leaf in leaves):
        raise Refused("digest-length")
    if tree == BITCOIN and not leaves_are_hashes and any(len(leaf) == 64 for leaf in leaves):
        raise Refused("ambiguous-leaf")  # CVE-2017-12842: 64 bytes of data are also two node hashes
    hashes = list(leaves) if leaves_are_hashes else [leaf_hash(tree, leaf) for leaf in leaves]
    if tree == RFC9162:
        return rfc9162_root(hashes)
    if is_mutated(hashes):
        raise Refused("mutated")
    return bitcoin_root(hashes)


def verify_root(tree, leaves, leaves_are_hashes, root):
    """None when the claim holds, else the reason."""
    if len(root) != 32:
        return "digest-length"
    try:
        return None if checked_root(tree, leaves, leaves_are_hashes) == root else "root-mismatch"
    except Refused as refusal:
        return str(refusal)


# ---------------------------------------------------------------- inclusion proofs

def rfc9162_path(index, hashes):
    """PATH(m, D_n) of RFC 9162 section 2.1.3.1, from the leaf upwards."""
    if len(hashes) == 1:
        return []
    k = split(len(hashes))
    if index < k:
        return rfc9162_path(index, hashes[:k]) + [rfc9162_root(hashes[k:])]
    return rfc9162_path(index - k, hashes[k:]) + [rfc9162_root(hashes[:k])]


def bitcoin_path(index, hashes):
    """The sibling on every level; where the level ends odd, the node is its own sibling."""
    if len(hashes) == 1:
        return []
    sibling = index ^ 1
    here = hashes[sibling] if sibling < len(hashes) else hashes[index]
    return [here] + bitcoin_path(index // 2, next_level(hashes))


def path_of(tree, index, hashes):
    return rfc9162_path(index, hashes) if tree == RFC9162 else bitcoin_path(index, hashes)


def root_of(tree, hashes):
    return rfc9162_root(hashes) if tree == RFC9162 else bitcoin_root(hashes)


def rfc9162_path_length(index, size):
    if size == 1:
        return 0
    k = split(size)
    inner = rfc9162_path_length(index, k) if index < k else rfc9162_path_length(index - k, size - k)
    return inner + 1


def bitcoin_path_length(size):
    """ceil(log2(size)): every level has a sibling, so the length binds the depth."""
    levels = 0
    while size > 1:
        size = (size + 1) // 2
        levels += 1
    return levels


def _rfc9162_root_from_path(index, size, leaf, path):
    """The inverse of PATH, by the same recursion (the RFC's own loop is in `rfc9162_loop`)."""
    if size == 1:
        return leaf
    k = split(size)
    if index < k:
        return node_hash(RFC9162, _rfc9162_root_from_path(index, k, leaf, path[:-1]), path[-1])
    return node_hash(RFC9162, path[-1], _rfc9162_root_from_path(index - k, size - k, leaf, path[:-1]))


def rfc9162_loop(index, size, leaf, path, root):
    """RFC 9162 section 2.1.3.2, step by step as printed; a second opinion on the recursion."""
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(RFC9162, p, r)
            if not fn & 1:
                while not (fn & 1 or fn == 0):
                    fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(RFC9162, r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def verify_inclusion(tree, size, index, leaf, path, root):
    """None when the proof holds, else the reason. `leaf` is the leaf's hash."""
    if not 0 <= index < size:
        return "index-out-of-range"
    expected = rfc9162_path_length(index, size) if tree == RFC9162 else bitcoin_path_length(size)
    if len(path) != expected:
        return "path-length"
    if any(len(digest) != 32 for digest in [leaf, root] + path):
        return "digest-length"
    if tree == RFC9162:
        return None if _rfc9162_root_from_path(index, size, leaf, path) == root else "root-mismatch"
    node, position, width = leaf, index, size
    for sibling in path:
        has_no_partner = position == width - 1 and width % 2 == 1
        # The last node of an odd level is its own sibling; a real pair never holds equal nodes.
        if has_no_partner != (sibling == node):
            return "path-duplicate"
        node = node_hash(BITCOIN, sibling, node) if position & 1 else node_hash(BITCOIN, node, sibling)
        position, width = position // 2, (width + 1) // 2
    return None if node == root else "root-mismatch"
