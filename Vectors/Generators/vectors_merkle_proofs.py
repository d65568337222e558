"""The later groups of the Merkle files: mutated lists, multi-proofs and consistency proofs.

The mutations follow the grammar of transparency-dev/merkle, by its names: sizes and indices plus and minus one, doubled,
halved and with a bit inverted; one bit in each element; roots swapped; garbage or a root in front or behind; components
inserted, removed and truncated.
"""

import itertools

import merkle
import merkle_proofs
from documents import flip_bit, note
from drbg import Drbg
from merkle import BITCOIN, RFC9162

NOTES = {
    "AllLeaves": note("EDGE_CASE", "Every leaf is proved: the path is empty."),
    "SizesEqual": note("EDGE_CASE", "Both trees have one size: the path is empty, and the roots are equal."),
    "CompleteOldTree": note("EDGE_CASE", "The older tree's size is a power of two: the path does not hold its root."),
    "EmptyOldTree": note("EDGE_CASE", "The older tree has no leaves: the RFC has no proof of that."),
    "SwappedRoots": note("AUTH_BYPASS", "The roots of the two trees exchanged."),
    "OldRootChanged": note("BASIC", "The root of the older tree is not that tree's."),
    "HistoryChanged": note("AUTH_BYPASS", "A leaf of the older tree is another one in the newer tree, or was removed from it."),
    "IndexOrder": note("MALLEABILITY", "Indices that are not ascending, or not distinct: a second spelling of the proof."),
    "LeafCount": note("ENCODING", "Another number of leaves than of indices, or none at all."),
    "SurplusNode": note("MALLEABILITY", "A node that can be computed is given as well."),
}


def rules(tree):
    multi = ["MultiInclusion: `path` holds the nodes that have no proved leaf below them and a sibling that has, by height, then from left to right.",
             "MultiInclusion reasons: no-indices; for each index in turn index-out-of-range, index-order; leaf-count, path-length, digest-length, "
             + ("then going up path-duplicate, then root-mismatch." if tree == BITCOIN else "root-mismatch.")]
    if tree == BITCOIN:
        return multi + ["MultiInclusion: the last node of an odd level is its own sibling and is not given; a real pair never holds equal nodes."]
    return multi + ["Consistency reasons, in this order: old-size-out-of-range, path-length, digest-length, old-root-mismatch, root-mismatch. "
                    "Equal sizes: no digests, and equal roots."]


def add_groups(file, tree):
    drbg = Drbg(f"merkle proofs {tree}")
    if tree == BITCOIN:
        _mutated_lists(file, drbg)
    _multi_proofs(file, tree, drbg)
    if tree == RFC9162:
        _consistency_proofs(file, drbg)


# ---------------------------------------------------------------- mutated lists

def _mutated_lists(file, drbg):
    """Every list of up to 17, its tail completed up to three times: each is a longer list with the root of the first."""
    group = file.group("Root", {"tree": BITCOIN})

    def add(hashes, root, comment, flag, expected):
        reason = merkle.verify_root(BITCOIN, hashes, True, root)
        assert reason == expected, (comment, reason)
        group.add(comment, [flag], {"leaves": [item.hex() for item in hashes], "leavesAreHashes": True, "root": root.hex()}, reason)

    for size in range(2, 18):
        plain = [drbg.bytes(32) for _ in range(size)]
        root = merkle.bitcoin_root(plain)
        if size in (10, 12, 14, 15):
            add(plain, root, f"{size} hashes", "OddLevel", None)
        longer, tails = plain, []
        while len(tails) < 3:
            tail = len(longer) & -len(longer)
            if tail == len(longer):
                break
            longer, tails = longer + longer[-tail:], tails + [tail]
            assert merkle.bitcoin_root(longer) == root
            names = ", then ".join(f"the last {tail}" for tail in tails)
            add(longer, root, f"{size} hashes and {names} again", "Mutated", "mutated")
        if longer is not plain:
            broken = longer[:-1] + [flip_bit(longer[-1], drbg.below(256))]
            if not merkle.is_mutated(broken):
                add(broken, root, f"{len(broken)} hashes, a repeated tail with its last one altered", "LeavesChanged", "root-mismatch")


# ---------------------------------------------------------------- multi-proofs

def _multi_proofs(file, tree, drbg):
    group = file.group("MultiInclusion", {"tree": tree})

    def add(size, indices, leaves, path, root, comment, flag, expect_valid=False):
        reason = merkle_proofs.verify_multi(tree, size, indices, leaves, path, root)
        if (reason is None) != expect_valid:
            raise AssertionError((comment, reason))
        group.add(comment, [flag], {"size": size, "indices": list(indices), "leaves": [leaf.hex() for leaf in leaves],
                                    "path": [node.hex() for node in path], "root": root.hex()}, reason)

    def maybe(size, indices, leaves, path, root, comment, flag):
        """Add the case if the change makes a difference."""
        if merkle_proofs.verify_multi(tree, size, indices, leaves, path, root) is not None:
            add(size, indices, leaves, path, root, comment, flag)

    cases = [(size, list(indices)) for size in (1, 2, 3, 5) for count in range(1, size + 1)
             for indices in itertools.combinations(range(size), count)]
    cases += [(6, [4, 5]), (6, [0, 3, 5]), (7, [0, 6]), (7, [1, 2, 4]), (8, [0, 7]), (8, [2, 3, 4]), (8, list(range(8))),
              (11, [0, 10]), (11, [3, 4, 8, 9]), (13, [12]), (16, list(range(0, 16, 2))), (16, list(range(4, 12))),
              (17, [0, 16]), (33, [15, 16, 31, 32]), (100, [0, 1, 50, 98, 99]), (127, [63, 64, 126])]
    full = [(5, [0, 3]), (5, [1, 2, 4]), (7, [1, 2, 4]), (8, [2, 3, 4]), (11, [3, 4, 8, 9]), (17, [0, 16])]
    trees = {}
    for size, indices in cases:
        hashes = trees.setdefault(size, [drbg.bytes(32) for _ in range(size)])
        root, leaves = merkle.root_of(tree, hashes), [hashes[index] for index in indices]
        path = merkle_proofs.multi_path(tree, indices, hashes)
        name = f"leaves {', '.join(map(str, indices))} of {size}"
        flag = "AllLeaves" if len(indices) == size else "OddLevel" if size & (size - 1) else "Basic"
        add(size, indices, leaves, path, root, name, flag, expect_valid=True)

        add(size, indices, leaves, path, flip_bit(root, drbg.below(256)), f"{name}: root bit inverted", "RootChanged")
        place, bit = drbg.below(len(leaves)), drbg.below(256)
        add(size, indices, leaves[:place] + [flip_bit(leaves[place], bit)] + leaves[place + 1:], path, root,
            f"{name}: leaves[{place}] bit {bit} inverted", "LeafChanged")
        add(size, indices, leaves, path + [drbg.bytes(32)], root, f"{name}: trailing garbage", "PathLength")
        if path:
            place, bit = drbg.below(len(path)), drbg.below(256)
            add(size, indices, leaves, path[:place] + [flip_bit(path[place], bit)] + path[place + 1:], root,
                f"{name}: path[{place}] bit {bit} inverted", "PathChanged")
            add(size, indices, leaves, path[:-1], root, f"{name}: truncated path", "PathLength")
        if (size, indices) not in full:
            continue

        # Indices: shifted, out of range, in another order, more or fewer than the leaves.
        maybe(size, [index + 1 for index in indices], leaves, path, root, f"{name}: indices plus 1", "IndexChanged")
        maybe(size, indices[:-1] + [indices[-1] ^ 2], leaves, path, root, f"{name}: last index XOR 2", "IndexChanged")
        add(size, indices[:-1] + [size], leaves, path, root, f"{name}: last index equal to the size", "IndexChanged")
        add(size, indices[:-1] + [indices[-1] + (1 << 32)], leaves, path, root, f"{name}: last index plus 2^32", "IndexChanged")
        add(size, indices[::-1], leaves[::-1], path, root, f"{name}: indices and leaves reversed", "IndexOrder")
        add(size, [indices[1], indices[0]] + indices[2:], [leaves[1], leaves[0]] + leaves[2:], path, root,
            f"{name}: the first two exchanged, index and leaf", "IndexOrder")
        add(size, indices + indices[-1:], leaves + leaves[-1:], path, root, f"{name}: the last one twice", "IndexOrder")
        add(size, indices[:1] + indices, leaves[:1] + leaves, path, root, f"{name}: the first one twice", "IndexOrder")
        add(size, indices[:1] + indices, leaves, path, root, f"{name}: the first index twice, its leaf once", "IndexOrder")
        add(size, [], [], path, root, f"{name}: no indices, no leaves", "LeafCount")
        add(size, [], [], [root], root, f"{name}: no indices, the root as path", "LeafCount")
        add(size, [], leaves, path, root, f"{name}: no indices", "LeafCount")
        add(size, indices, [], path, root, f"{name}: no leaves", "LeafCount")
        add(size, indices, leaves[:-1], path, root, f"{name}: the last leaf missing", "LeafCount")
        add(size, indices, leaves + leaves[-1:], path, root, f"{name}: the last leaf twice, its index once", "LeafCount")
        add(size, indices[1:], leaves[1:], path, root, f"{name}: the first one left out, index and leaf", "PathLength")
        add(size, indices, [leaves[1], leaves[0]] + leaves[2:], path, root, f"{name}: the first two leaves exchanged", "LeafChanged")

        # Sizes.
        for other in (0, 1, size - 1, size + 1, size * 2, size // 2, size + (1 << 32)):
            maybe(other, indices, leaves, path, root, f"{name}: size {other}", "SizeChanged")

        # The path: garbage and roots at both ends, removed, inserted, exchanged, given although it can be computed.
        add(size, indices, leaves, [drbg.bytes(32)] + path, root, f"{name}: preceding garbage", "PathLength")
        add(size, indices, leaves, [root] + path, root, f"{name}: preceding root", "PathLength")
        add(size, indices, leaves, path + [root], root, f"{name}: trailing root", "PathLength")
        add(size, indices, leaves, path + [b""], root, f"{name}: an empty node appended", "PathLength")
        add(size, indices, leaves, [], root, f"{name}: empty path", "PathLength")
        add(size, indices, leaves, path[1:], root, f"{name}: preceding node removed", "PathLength")
        add(size, indices, leaves, path[:1] + path, root, f"{name}: the first node twice", "PathLength")
        add(size, indices, leaves, leaves[:1] + path, root, f"{name}: a proved leaf in the path as well", "SurplusNode")
        for level in range(len(path)):
            add(size, indices, leaves, path[:level] + [bytes(32)] + path[level + 1:], root, f"{name}: path[{level}] of zeros", "PathChanged")
        if len(path) > 1:
            maybe(size, indices, leaves, path[::-1], root, f"{name}: path reversed", "PathChanged")
            maybe(size, indices, leaves, [path[1], path[0]] + path[2:], root, f"{name}: path[0] and path[1] exchanged", "PathChanged")
        alone = [node for index in indices for node in merkle.path_of(tree, index, hashes)]
        add(size, indices, leaves, alone, root, f"{name}: the paths of the single proofs, one after another", "SurplusNode")
        every = [node for node in hashes if node not in leaves]
        if len(every) != len(path):
            add(size, indices, leaves, every, root, f"{name}: all other leaves as path", "SurplusNode")
        if tree == BITCOIN and size % 2 and size - 1 in indices:
            add(size, indices, leaves, [path[0], hashes[-1]] + path[1:], root, f"{name}: the odd end's copy given", "SurplusNode")
        if tree == BITCOIN:
            add(size, indices, leaves, path[:1] + path[:1] + path[1:], root, f"{name}: a node repeated in the path", "PathLength")

        # Digests.
        add(size, indices, leaves, [path[0][:31]] + path[1:], root, f"{name}: path[0] of 31 bytes", "DigestLength")
        add(size, indices, leaves, path[:-1] + [path[-1] + b"\x00"], root, f"{name}: the last node of 33 bytes", "DigestLength")
        add(size, indices, leaves, [b""] + path[1:], root, f"{name}: path[0] empty", "DigestLength")
        add(size, indices, leaves[:-1] + [leaves[-1][:31]], path, root, f"{name}: the last leaf of 31 bytes", "DigestLength")
        add(size, indices, [leaves[0] + b"\x00"] + leaves[1:], path, root, f"{name}: leaves[0] of 33 bytes", "DigestLength")
        add(size, indices, leaves, path, root[:31], f"{name}: a root of 31 bytes", "DigestLength")
        add(size, indices, leaves, path, b"", f"{name}: empty root", "DigestLength")
        add(size, indices, leaves, path, root[::-1], f"{name}: root in display order", "ByteOrder")
        add(size, indices, [leaf[::-1] for leaf in leaves], path, root, f"{name}: leaves in display order", "ByteOrder")
        add(size, indices, leaves, path, drbg.bytes(32), f"{name}: random root", "RootChanged")
        add(size, indices, [merkle.leaf_hash(tree, leaf) for leaf in leaves], path, root, f"{name}: the leaves hashed once more", "LeafChanged")
        add(size, indices, leaves, path, merkle.root_of(RFC9162 if tree == BITCOIN else BITCOIN, hashes), f"{name}: the other tree's root", "WrongTree")

    # Inner nodes passed off as leaves of a tree half as high are the same hashing: the size says which it is.
    hashes = trees[8]
    inner = [merkle.node_hash(tree, hashes[i], hashes[i + 1]) for i in range(0, 8, 2)]
    add(8, [1, 2], inner[1:3], [inner[0], inner[3]], merkle.root_of(tree, hashes), "inner nodes as leaves of the tree of 8", "SecondPreimage")
    add(8, [0], [merkle.root_of(tree, hashes)], [], merkle.root_of(tree, hashes), "the root as a leaf of the tree of 8", "SecondPreimage")
    if tree == BITCOIN:
        _mutated_multi_proofs(add, trees, drbg)


def _mutated_multi_proofs(add, trees, drbg):
    """Proofs of mutated lists, and of pairs made equal: each closes arithmetically, and is refused for its shape."""
    for size in (3, 5, 6, 7, 11):
        plain = trees[size]
        longer = plain + plain[-(size & -size):]
        root = merkle.bitcoin_root(plain)
        assert merkle.bitcoin_root(longer) == root
        for indices in ([size - 1], [size], [size - 1, size], [0, size], [0, len(longer) - 1], list(range(len(longer)))):
            indices = sorted(set(indices))
            add(len(longer), indices, [longer[i] for i in indices], merkle_proofs.multi_path(BITCOIN, indices, longer), root,
                f"leaves {', '.join(map(str, indices))} of {size} and the last {size & -size} again", "PathDuplicate")
    node = drbg.bytes(32)
    add(2, [0, 1], [node, node], [], merkle.node_hash(BITCOIN, node, node), "two equal leaves, both proved", "PathDuplicate")
    add(2, [0], [node], [node], merkle.node_hash(BITCOIN, node, node), "a leaf and its equal sibling", "PathDuplicate")
    two = [drbg.bytes(32) for _ in range(2)]
    twice = two + two
    add(4, [0, 3], [twice[0], twice[3]], [twice[1], twice[2]], merkle.bitcoin_root(twice), "equal nodes on the second level, both computed", "PathDuplicate")
    add(4, [0], [twice[0]], [twice[1], merkle.bitcoin_root(two)], merkle.bitcoin_root(twice), "a computed node and its equal sibling", "PathDuplicate")
    # The odd end cannot be given another sibling: there is no room for one.
    five = trees[5]
    foreign = five + [drbg.bytes(32)]
    add(5, [4], [five[4]], [foreign[5]] + merkle_proofs.multi_path(BITCOIN, [4], five), merkle.bitcoin_root(foreign),
        "leaf 4 of 5 with a foreign sibling and the root of 6 leaves", "SurplusNode")


# ---------------------------------------------------------------- consistency proofs

def _consistency_proofs(file, drbg):
    group = file.group("Consistency", {"tree": RFC9162})

    def add(old_size, size, old_root, path, root, comment, flag, expect_valid=False):
        reason = merkle_proofs.verify_consistency(old_size, size, old_root, path, root)
        if (reason is None) != expect_valid:
            raise AssertionError((comment, reason))
        group.add(comment, [flag], {"oldSize": old_size, "size": size, "oldRoot": old_root.hex(),
                                    "path": [node.hex() for node in path], "root": root.hex()}, reason)

    def maybe(old_size, size, old_root, path, root, comment, flag):
        """Add the case if the change makes a difference."""
        if merkle_proofs.verify_consistency(old_size, size, old_root, path, root) is not None:
            add(old_size, size, old_root, path, root, comment, flag)

    leaves = [drbg.bytes(32) for _ in range(130)]
    roots = [merkle.rfc9162_root(leaves[:size]) for size in range(131)]
    cases = [(old, size) for size in range(1, 9) for old in range(1, size + 1)]
    cases += [(8, 9), (7, 16), (11, 17), (16, 17), (17, 32), (31, 32), (32, 33), (13, 64), (64, 65), (33, 100), (99, 100),
              (1, 127), (127, 128), (128, 129), (129, 130), (100, 100)]
    full = [(1, 8), (2, 5), (3, 7), (4, 8), (6, 7), (6, 8), (7, 16), (11, 17), (33, 100)]
    for old, size in cases:
        old_root, root = roots[old], roots[size]
        path = merkle_proofs.consistency_path(old, leaves[:size])
        name = f"{old} to {size}"
        flag = "SizesEqual" if old == size else "CompleteOldTree" if old & (old - 1) == 0 else "Basic"
        add(old, size, old_root, path, root, name, flag, expect_valid=True)

        add(old, size, flip_bit(old_root, drbg.below(256)), path, root, f"{name}: wrong root1", "OldRootChanged")
        add(old, size, old_root, path, flip_bit(root, drbg.below(256)), f"{name}: wrong root2", "RootChanged")
        add(old, size, old_root, path + [drbg.bytes(32)], root, f"{name}: trailing garbage", "PathLength")
        if path:
            place, bit = drbg.below(len(path)), drbg.below(256)
            add(old, size, old_root, path[:place] + [flip_bit(path[place], bit)] + path[place + 1:], root,
                f"{name}: modified proof@{place} bit {bit}", "PathChanged")
            add(old, size, old_root, path[:-1], root, f"{name}: truncated proof", "PathLength")
            add(old, size, root, path, old_root, f"{name}: swapped roots", "SwappedRoots")
            add(old, size, old_root, path, old_root, f"{name}: the old root twice", "RootChanged")
            add(old, size, root, path, root, f"{name}: the new root twice", "OldRootChanged")
            changed = [drbg.bytes(32)] + leaves[1:size]
            add(old, size, old_root, merkle_proofs.consistency_path(old, changed), merkle.rfc9162_root(changed),
                f"{name}: the newer tree has another leaf 0", "HistoryChanged")
            if old > 1:
                shorter = leaves[1:size + 1]
                add(old, size, old_root, merkle_proofs.consistency_path(old, shorter), merkle.rfc9162_root(shorter),
                    f"{name}: leaf 0 removed from the newer tree", "HistoryChanged")
        if (old, size) not in full:
            continue

        for other, what in ((old - 1, "size1 sub 1"), (old + 1, "size1 plus 1"), (old ^ 2, "size1 XOR 2"), (0, "size1 zero"),
                            (size + 1, "size1 above size2"), (old + (1 << 32), "size1 plus 2^32")):
            maybe(other, size, old_root, path, root, f"{name}: {what}", "EmptyOldTree" if other == 0 else "SizeChanged")
        for other, what in ((size * 2, "size2 mul 2"), (size // 2, "size2 div 2"), (size + 1, "size2 plus 1"), (size - 1, "size2 sub 1"),
                            (0, "size2 zero"), (old, "size2 equal to size1"), (size + (1 << 32), "size2 plus 2^32")):
            maybe(old, other, old_root, path, root, f"{name}: {what}", "SizeChanged")
        add(size, old, root, path, old_root, f"{name}: sizes and roots swapped", "SwappedRoots")
        add(old, size, old_root, [], root, f"{name}: empty proof", "PathLength")
        add(old, size, old_root, [drbg.bytes(32)] + path, root, f"{name}: preceding garbage", "PathLength")
        add(old, size, old_root, [old_root] + path, root, f"{name}: preceding root1", "PathLength")
        add(old, size, old_root, [root] + path, root, f"{name}: preceding root2", "PathLength")
        add(old, size, old_root, path + [old_root], root, f"{name}: trailing root1", "PathLength")
        add(old, size, old_root, path + [root], root, f"{name}: trailing root2", "PathLength")
        add(old, size, old_root, path[:1] + path, root, f"{name}: preceding proof@0", "PathLength")
        add(old, size, old_root, path[1:], root, f"{name}: proof@0 removed", "PathLength")
        add(old, size, old_root, path + [b""], root, f"{name}: an empty component appended", "PathLength")
        for place in range(len(path)):
            add(old, size, old_root, path[:place] + [flip_bit(path[place], 4)] + path[place + 1:], root,
                f"{name}: modified proof@{place} bit 4", "PathChanged")
            add(old, size, old_root, path[:place] + [bytes(32)] + path[place + 1:], root, f"{name}: proof@{place} of zeros", "PathChanged")
        if len(path) > 1:
            maybe(old, size, old_root, path[::-1], root, f"{name}: proof reversed", "PathChanged")
            maybe(old, size, old_root, [path[1], path[0]] + path[2:], root, f"{name}: proof@0 and proof@1 exchanged", "PathChanged")
        add(old, size, old_root, merkle.rfc9162_path(old - 1, leaves[:size])[:len(path)], root,
            f"{name}: the inclusion path of the old tree's last leaf", "PathChanged") if old & 1 == 0 else None
        add(old, size, old_root[:31], path, root, f"{name}: root1 of 31 bytes", "DigestLength")
        add(old, size, old_root, path, root + b"\x00", f"{name}: root2 of 33 bytes", "DigestLength")
        add(old, size, b"", path, root, f"{name}: empty root1", "DigestLength")
        add(old, size, old_root, path, b"", f"{name}: empty root2", "DigestLength")
        add(old, size, old_root, [path[0][:31]] + path[1:], root, f"{name}: proof@0 of 31 bytes", "DigestLength")
        add(old, size, old_root, path[:-1] + [b""], root, f"{name}: the last component empty", "DigestLength")
        add(old, size, old_root[::-1], path, root, f"{name}: root1 in display order", "ByteOrder")
        add(old, size, old_root, path, root[::-1], f"{name}: root2 in display order", "ByteOrder")
        add(old, size, merkle.bitcoin_root(leaves[:old]), path, root, f"{name}: the bitcoin root1", "WrongTree") if old > 1 else None
        add(old, size, old_root, path, merkle.bitcoin_root(leaves[:size]), f"{name}: the bitcoin root2", "WrongTree")

    # Empty and equal trees.
    empty = merkle.rfc9162_root([])
    for size in (0, 1, 2, 5):
        add(0, size, empty, [], roots[size], f"from no leaves to {size}, empty proof", "EmptyOldTree")
        add(0, size, empty, [roots[size]], roots[size], f"from no leaves to {size}, the new root as proof", "EmptyOldTree")
    add(1, 0, roots[1], [], empty, "1 to no leaves", "SizeChanged")
    add(2, 1, roots[2], [], roots[1], "2 to 1", "SizeChanged")
    for size in (1, 2, 3, 8):
        add(size, size, roots[size], [], roots[size + 1], f"{size} to {size}, another root", "SizesEqual")
        add(size, size, roots[size], [roots[size]], roots[size], f"{size} to {size}, the root as proof", "SizesEqual")
