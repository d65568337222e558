"""Vector files for the two Merkle trees.

The mutations follow the grammar of transparency-dev/merkle: index plus and minus one, size changes,
truncated and extended paths, swapped siblings, one bit in each element, and so on.
"""

import merkle
import vectors_merkle_proofs
from documents import VectorFile, flip_bit, note
from drbg import Drbg
from merkle import BITCOIN, RFC9162

NOTES = {
    "Basic": note("BASIC", "A list of leaves and its root, or a leaf and its inclusion proof."),
    "OddLevel": note("EDGE_CASE", "Some level has an odd number of nodes."),
    "NoLeaves": note("EDGE_CASE", "No leaves at all."),
    "SingleLeaf": note("EDGE_CASE", "One leaf: the root is the leaf's hash, the path is empty."),
    "Published": note("BASIC", "A published tree: RFC 6962 implementations' common example, or a public Bitcoin block."),
    "Mutated": note("AUTH_BYPASS", "CVE-2012-2459: a list with a duplicated tail has the root of the shorter list. Refused although the root agrees."),
    "WrongTree": note("WRONG_PRIMITIVE", "The root of the other tree, or of a variant: no prefixes, single hash, promoted nodes."),
    "SecondPreimage": note("AUTH_BYPASS", "An inner node presented as a leaf, or the concatenation of two hashes as a leaf's data."),
    "RootChanged": note("BASIC", "The root is not the tree's."),
    "LeafChanged": note("BASIC", "The leaf is not the one at this index."),
    "LeavesChanged": note("BASIC", "A leaf missing, added, exchanged or altered."),
    "IndexChanged": note("BASIC", "Another index."),
    "SizeChanged": note("BASIC", "Another tree size, where that changes the outcome."),
    "PathLength": note("ENCODING", "The path is too long or too short for the size and index."),
    "PathChanged": note("BASIC", "An element of the path is altered, moved or exchanged."),
    "PathDuplicate": note("AUTH_BYPASS", "Bitcoin: a real pair never holds two equal nodes, and the last node of an odd level is always its own sibling."),
    "DigestLength": note("ENCODING", "A digest is not 32 bytes long."),
    "ByteOrder": note("ENCODING", "A digest in display order (reversed)."),
    **vectors_merkle_proofs.NOTES,
}

# The eight leaves that implementations of RFC 6962 test with, and the roots of the first n of them.
COMMON_LEAVES = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
COMMON_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

# Mainnet block 100000: its four transaction ids and its Merkle root, in display order.
BLOCK_100000 = (
    ["8c14f0db3df150123e6f3dbbf30f8b955a8249b62ac1d1ff16284aefa3d06d87",
     "fff2525b8931402dd09222c50775608f75787bd2b87e56995a7bdd30f79702c4",
     "6359f0868171b1d194cbee1af2f16ea598ae8fad666d9b012c8ed2b79a236ec4",
     "e9a66845e05d5abc0ad04ec80f774a7e585c6e8db975962d069a522137b80c1d"],
    "f3e94742aca4b5ef85488dc37c06c3282295ffec960994b2c0d5ac2a25a95766")

SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 16, 17]


def build():
    return [_file(BITCOIN), _file(RFC9162)]


def _file(tree):
    rules = {
        BITCOIN: ["Root reasons, in this order: digest-length of the root, empty, digest-length of a leaf (or ambiguous-leaf: 64 bytes of data), mutated, root-mismatch.",
                  "Inclusion: always ceil(log2 size) siblings; the last node of an odd level is its own sibling.",
                  "Inclusion reasons: index-out-of-range, path-length, digest-length, then going up path-duplicate, then root-mismatch."],
        RFC9162: ["Root reasons, in this order: digest-length of the root, digest-length of a leaf, root-mismatch. No leaves: SHA-256 of nothing.",
                  "Inclusion reasons, in this order: index-out-of-range, path-length (RFC 9162 section 2.1.3.2), digest-length, root-mismatch."],
    }[tree]
    file = VectorFile(
        path=f"v1/merkle/merkle_{tree}_test.json",
        algorithm={BITCOIN: "Bitcoin Merkle tree", RFC9162: "RFC 9162 Merkle tree"}[tree],
        schema="merkle.schema.json", profile=tree,
        header=["All digests are in internal byte order. `leaf` of an inclusion proof is the leaf's hash.",
                "leavesAreHashes false: leaves are data, hashed with SHA-256d (bitcoin) or SHA-256(00 || data) (rfc9162)."]
               + rules + vectors_merkle_proofs.rules(tree),
        notes=NOTES, generator="Generators/vectors_merkle.py", version="1.1.0", checked_by=["published roots"])
    drbg = Drbg(f"merkle {tree}")
    _roots(file, tree, drbg)
    _inclusions(file, tree, drbg)
    vectors_merkle_proofs.add_groups(file, tree)
    return file


# ---------------------------------------------------------------- roots

def _roots(file, tree, drbg):
    group = file.group("Root", {"tree": tree})

    def add(leaves, are_hashes, root, comment, flag, expect_valid=False):
        reason = merkle.verify_root(tree, leaves, are_hashes, root)
        assert (reason is None) == expect_valid, comment
        group.add(comment, [flag], {"leaves": [leaf.hex() for leaf in leaves], "leavesAreHashes": are_hashes,
                                    "root": root.hex()}, reason)

    def root_of(leaves, are_hashes, which=tree):
        hashes = leaves if are_hashes else [merkle.leaf_hash(which, leaf) for leaf in leaves]
        return merkle.root_of(which, hashes)

    def size_flag(size):
        return "SingleLeaf" if size == 1 else "OddLevel" if size & (size - 1) else "Basic"

    # Right roots, of data and of hashes.
    lists = []
    for size in SIZES:
        lists.append(([drbg.bytes(drbg.below(40) + 1) for _ in range(size)], False, f"{size} leaves of data"))
        if size <= 9:
            lists.append(([drbg.bytes(32) for _ in range(size)], True, f"{size} leaf hashes"))
    for leaves, are_hashes, comment in lists:
        add(leaves, are_hashes, root_of(leaves, are_hashes), comment, size_flag(len(leaves)), expect_valid=True)
    add([b""], False, root_of([b""], False), "one empty leaf", "SingleLeaf", expect_valid=True)
    equal = [b"same", b"other", b"same"]
    add(equal, False, root_of(equal, False), "equal leaves that are no pair", "OddLevel", expect_valid=True)
    if tree == RFC9162:
        add([], False, merkle.rfc9162_root([]), "no leaves", "NoLeaves", expect_valid=True)
        twins = [b"same", b"same"]
        add(twins, False, root_of(twins, False), "two equal leaves: allowed in this tree", "Basic", expect_valid=True)
        for size, root in enumerate(COMMON_ROOTS, start=1):
            add(COMMON_LEAVES[:size], False, bytes.fromhex(root), f"the common example's first {size} leaves", "Published", expect_valid=True)
        add([], False, bytes(32), "no leaves, a root of zeros", "NoLeaves")
        add([], False, merkle.leaf_hash(tree, b""), "no leaves, the root of one empty leaf", "NoLeaves")
        add([b""], False, merkle.rfc9162_root([]), "one empty leaf, the root of no leaves", "SingleLeaf")
    else:
        ids = [bytes.fromhex(text)[::-1] for text in BLOCK_100000[0]]
        add(ids, True, bytes.fromhex(BLOCK_100000[1])[::-1], "mainnet block 100000", "Published", expect_valid=True)
        add([leaf[::-1] for leaf in ids], True, bytes.fromhex(BLOCK_100000[1]), "mainnet block 100000, all in display order", "ByteOrder")
        for root, comment in [(bytes(32), "a root of zeros"), (merkle.sha256(b""), "SHA-256 of nothing"), (merkle.sha256d(b""), "SHA-256d of nothing")]:
            add([], False, root, f"no leaves, {comment}", "NoLeaves")
        # CVE-2012-2459: [1..6] and [1..6, 5, 6] and their like; the tail may be duplicated on any level.
        for size, tail in [(3, 1), (5, 1), (6, 2), (7, 1), (9, 1), (10, 2), (11, 1), (12, 4), (13, 1), (14, 2), (17, 1), (20, 4)]:
            for are_hashes in (False, True):
                leaves = [drbg.bytes(32) for _ in range(size)]
                longer = leaves + leaves[-tail:]
                assert root_of(leaves, are_hashes) == root_of(longer, are_hashes)
                add(longer, are_hashes, root_of(longer, are_hashes),
                    f"{size} {'hashes' if are_hashes else 'leaves'} and the last {tail} again: the root of the shorter list", "Mutated")
        leaves = [drbg.bytes(32) for _ in range(3)]
        twice = leaves + leaves[-1:]
        add(twice + twice, True, root_of(twice + twice, True), "a list of four, twice", "Mutated")
        pair = [drbg.bytes(32) for _ in range(4)]
        inner = pair[:2] + pair[:2]
        add(inner, True, root_of(inner, True), "two equal pairs on the second level", "Mutated")
        front = [pair[0], pair[0], pair[1]]
        add(front, True, root_of(front, True), "an equal pair in front", "Mutated")
        add(front, True, bytes(32), "an equal pair in front and a wrong root: mutation is reported first", "Mutated")

    # Wrong roots.
    for leaves, are_hashes, comment in lists:
        size, right = len(leaves), root_of(leaves, are_hashes)
        bit = drbg.below(256)
        add(leaves, are_hashes, flip_bit(right, bit), f"{comment}: root bit {bit} inverted", "RootChanged")
        add(leaves, are_hashes, right[::-1], f"{comment}: root in display order", "ByteOrder")
        other = RFC9162 if tree == BITCOIN else BITCOIN
        if size > 1 or not are_hashes:
            add(leaves, are_hashes, root_of(leaves, are_hashes, other), f"{comment}: the root of the {other} tree", "WrongTree")
        if size > 1:
            add(leaves, are_hashes, root_of(leaves[:-1], are_hashes), f"{comment}: the root without the last leaf", "LeavesChanged")
            add(leaves, are_hashes, root_of(leaves[::-1], are_hashes), f"{comment}: the root of the reversed list", "LeavesChanged")
            exchanged = [leaves[1], leaves[0]] + leaves[2:]
            add(leaves, are_hashes, root_of(exchanged, are_hashes), f"{comment}: the root with the first two exchanged", "LeavesChanged")
        if size & (size - 1):
            hashes = leaves if are_hashes else [merkle.leaf_hash(tree, leaf) for leaf in leaves]
            add(leaves, are_hashes, _other_odd_rule(tree, hashes), f"{comment}: the other rule for odd levels", "WrongTree")
        if not are_hashes:
            add(leaves, True, right, f"{comment}: data taken for hashes", "DigestLength" if any(len(x) != 32 for x in leaves) else "WrongTree")
    data = lists[6][0]  # four leaves of data
    assert len(data) == 4
    hashes = [merkle.leaf_hash(tree, leaf) for leaf in data]
    add(data, False, _wrong_root(data, lambda d: merkle.sha256(d), lambda a, b: merkle.sha256(a + b)), "SHA-256 once and no prefixes", "WrongTree")
    add(data, False, _wrong_root(data, lambda d: merkle.leaf_hash(tree, d), lambda a, b: merkle.sha256(a + b)), "nodes without prefix, hashed once", "WrongTree")
    add(data, False, merkle.root_of(tree, [h[::-1] for h in hashes]), "leaf hashes reversed before pairing", "ByteOrder")
    # Second preimages: a shorter tree whose leaves are the longer one's inner pairs.
    inner = [hashes[0] + hashes[1], hashes[2] + hashes[3]]
    if tree == RFC9162:
        add(inner, False, merkle.root_of(tree, hashes), "two 64-byte leaves that are the pairs of a tree of four: prefixes tell them apart", "SecondPreimage")
    else:
        assert root_of(inner, False) == root_of(data, False)
        add(inner, False, root_of(inner, False), "two 64-byte leaves that are the pairs of a tree of four: the root of the four", "SecondPreimage")
        add(inner[:1], False, merkle.root_of(tree, hashes[:2]), "one 64-byte leaf that is a pair of hashes", "SecondPreimage")
        for size in (63, 65):
            near = [bytes(size), data[0]]
            add(near, False, root_of(near, False), f"a leaf of {size} bytes", "Basic", expect_valid=True)
        ambiguous = [data[0], bytes(64), data[1]]
        add(ambiguous, False, root_of(ambiguous, False), "the second of three leaves has 64 bytes", "SecondPreimage")
    thirty_one = [hashes[0], hashes[1][:31]]
    add(thirty_one, True, merkle.root_of(tree, hashes[:2]), "a leaf hash of 31 bytes", "DigestLength")
    add([hashes[0], hashes[1] + b"\x00"], True, merkle.root_of(tree, hashes[:2]), "a leaf hash of 33 bytes", "DigestLength")
    add([hashes[0], b""], True, merkle.root_of(tree, hashes[:2]), "an empty leaf hash", "DigestLength")
    add(data, False, merkle.root_of(tree, hashes)[:31], "a root of 31 bytes", "DigestLength")
    add(data, False, merkle.root_of(tree, hashes) + b"\x00", "a root of 33 bytes", "DigestLength")
    add(data, False, b"", "an empty root", "DigestLength")


def _wrong_root(data, leaf, node):
    level = [leaf(item) for item in data]
    while len(level) > 1:
        level = [node(level[i], level[i + 1]) for i in range(0, len(level), 2)]
    return level[0]


def _other_odd_rule(tree, hashes):
    """Bitcoin's nodes with the odd node carried up unhashed, and RFC 9162's nodes with it repeated."""
    level = list(hashes)
    while len(level) > 1:
        odd = level[-1] if len(level) % 2 else None
        pairs = [merkle.node_hash(tree, level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        if odd is not None:
            pairs.append(odd if tree == BITCOIN else merkle.node_hash(tree, odd, odd))
        level = pairs
    return level[0]


# ---------------------------------------------------------------- inclusion proofs

def _inclusions(file, tree, drbg):
    group = file.group("Inclusion", {"tree": tree})

    def add(size, index, leaf, path, root, comment, flag, expect_valid=False):
        reason = merkle.verify_inclusion(tree, size, index, leaf, path, root)
        if (reason is None) != expect_valid:
            raise AssertionError((comment, reason))
        group.add(comment, [flag], {"size": size, "index": index, "leaf": leaf.hex(),
                                    "path": [digest.hex() for digest in path], "root": root.hex()}, reason)

    def maybe(size, index, leaf, path, root, comment, flag):
        """Add the case if the change makes a difference: some sizes and swaps do not."""
        if merkle.verify_inclusion(tree, size, index, leaf, path, root) is not None:
            add(size, index, leaf, path, root, comment, flag)

    cases = [(size, index) for size in (1, 2, 3, 4, 5, 6, 7, 8) for index in range(size)]
    cases += [(9, 8), (11, 10), (13, 12), (16, 0), (17, 16), (17, 0), (33, 32), (100, 99), (100, 50), (127, 126)]
    trees = {}
    for size, index in cases:
        if size not in trees:
            trees[size] = [drbg.bytes(32) for _ in range(size)]
        hashes = trees[size]
        root, leaf, path = merkle.root_of(tree, hashes), hashes[index], merkle.path_of(tree, index, hashes)
        name = f"leaf {index} of {size}"
        flag = "SingleLeaf" if size == 1 else "OddLevel" if size & (size - 1) else "Basic"
        add(size, index, leaf, path, root, name, flag, expect_valid=True)

        # The full grammar for a selection; a few mutations for every case.
        full = (size, index) in {(1, 0), (2, 1), (3, 2), (5, 0), (5, 4), (7, 3), (7, 6), (8, 5), (11, 10), (17, 16)}
        add(size, index, leaf, path, flip_bit(root, drbg.below(256)), f"{name}: root bit inverted", "RootChanged")
        bit = drbg.below(256)
        add(size, index, flip_bit(leaf, bit), path, root, f"{name}: leaf bit {bit} inverted", "LeafChanged")
        for level in range(len(path)):
            if full or level == len(path) - 1:
                bit = drbg.below(256)
                changed = path[:level] + [flip_bit(path[level], bit)] + path[level + 1:]
                add(size, index, leaf, changed, root, f"{name}: path[{level}] bit {bit} inverted", "PathChanged")
        add(size, size, leaf, path, root, f"{name}: index equal to the size", "IndexChanged")
        if path:
            add(size, index, leaf, path[:-1], root, f"{name}: the last path element missing", "PathLength")
        add(size, index, leaf, path + [drbg.bytes(32)], root, f"{name}: a path element appended", "PathLength")
        if not full:
            continue
        maybe(size, index + 1, leaf, path, root, f"{name}: index plus one", "IndexChanged")
        if index:
            maybe(size, index - 1, leaf, path, root, f"{name}: index minus one", "IndexChanged")
        maybe(size, index ^ 2, leaf, path, root, f"{name}: index with bit 1 inverted", "IndexChanged")
        add(size, index + (1 << 32), leaf, path, root, f"{name}: index plus 2^32", "IndexChanged")
        maybe(size, size - 1 - index, leaf, path, root, f"{name}: index counted from the end", "IndexChanged")
        for other in (0, size - 1, size + 1, size * 2, size // 2, size + (1 << 32)):
            if other != size and other >= 0:
                maybe(other, index, leaf, path, root, f"{name}: size {other}", "SizeChanged")
        add(size, index, leaf, [root] + path, root, f"{name}: the root put in front of the path", "PathLength")
        add(size, index, leaf, path + [root], root, f"{name}: the root appended to the path", "PathLength")
        add(size, index, leaf, path + [b""], root, f"{name}: an empty element appended", "PathLength")
        add(size, index, leaf, path + path, root, f"{name}: the path twice", "PathLength") if path else None
        if len(path) > 1:
            add(size, index, leaf, path[1:], root, f"{name}: the first path element missing", "PathLength")
            maybe(size, index, leaf, path[::-1], root, f"{name}: the path reversed", "PathChanged")
            maybe(size, index, leaf, [path[1], path[0]] + path[2:], root, f"{name}: the first two siblings swapped", "PathChanged")
        if path:
            add(size, index, path[0], [leaf] + path[1:], root, f"{name}: leaf and first sibling exchanged", "LeafChanged") \
                if path[0] != leaf else None
            add(size, index, leaf, [bytes(32)] + path[1:], root, f"{name}: path[0] of zeros", "PathChanged")
            maybe(size, index, leaf, [root] + path[1:], root, f"{name}: path[0] the root", "PathChanged")
            add(size, index, leaf, [path[0][:31]] + path[1:], root, f"{name}: path[0] of 31 bytes", "DigestLength")
            add(size, index, leaf, path[:-1] + [path[-1] + b"\x00"], root, f"{name}: the last path element of 33 bytes", "DigestLength")
            add(size, index, leaf, [b""] + path[1:], root, f"{name}: path[0] empty", "DigestLength")
            add(size, index, leaf, [element[::-1] for element in path], root, f"{name}: the path in display order", "ByteOrder")
            add(size, index, root, [], root, f"{name}: the root as its own leaf, no path", "SecondPreimage")
        add(size, index, leaf[:31], path, root, f"{name}: a leaf of 31 bytes", "DigestLength")
        add(size, index, leaf, path, root + b"\x00", f"{name}: a root of 33 bytes", "DigestLength")
        add(size, index, leaf, path, b"", f"{name}: an empty root", "DigestLength")
        add(size, index, leaf, path, leaf, f"{name}: the leaf as root", "RootChanged") if path else None
        add(size, index, root, path, leaf, f"{name}: leaf and root exchanged", "LeafChanged") if path else None
        add(size, index, leaf, path, root[::-1], f"{name}: the root in display order", "ByteOrder")
        add(size, index, bytes(32), path, root, f"{name}: a leaf of zeros", "LeafChanged")
        add(size, index, merkle.leaf_hash(tree, leaf), path, root, f"{name}: the leaf hashed once more", "LeafChanged")
        other_tree = RFC9162 if tree == BITCOIN else BITCOIN
        if path:
            add(size, index, leaf, path, merkle.root_of(other_tree, hashes), f"{name}: the {other_tree} root", "WrongTree")

    if tree == BITCOIN:
        _duplicates(add, trees, drbg)
    # An inner node passed off as a leaf of the tree half as high.
    hashes = trees[8]
    inner = [merkle.node_hash(tree, hashes[i], hashes[i + 1]) for i in range(0, 8, 2)]
    path = merkle.path_of(tree, 2, hashes)[1:]
    add(8, 1, inner[1], path, merkle.root_of(tree, hashes), "an inner node as a leaf of the tree of 8", "SecondPreimage")


def _duplicates(add, trees, drbg):
    """Bitcoin: duplicated tails in proofs. Each closes arithmetically, and is refused for its shape."""
    for size in (3, 5, 7):
        hashes = trees[size]
        longer = hashes + hashes[-1:]
        root = merkle.bitcoin_root(hashes)
        assert merkle.bitcoin_root(longer) == root
        for index in (size - 1, size):
            add(size + 1, index, longer[index], merkle.bitcoin_path(index, longer), root,
                f"leaf {index} of {size} leaves and the last again: a real pair of equals", "PathDuplicate")
    hashes = trees[6]
    longer = hashes + hashes[4:]
    for index in range(4, 8):
        add(8, index, longer[index], merkle.bitcoin_path(index, longer), merkle.bitcoin_root(hashes),
            f"leaf {index} of 1..6 followed by 5, 6 again: equal nodes on the second level", "PathDuplicate")
    twins = [hashes[0], hashes[0]]
    for index in (0, 1):
        add(2, index, twins[0], [twins[1]], merkle.bitcoin_root(twins), f"leaf {index} of two equal leaves", "PathDuplicate")
    # At the end of an odd level any other sibling is refused, even with a root that fits it.
    foreign = drbg.bytes(32)
    for size in (3, 5, 7, 9):
        hashes = trees[size] if size in trees else [drbg.bytes(32) for _ in range(size)]
        longer = hashes + [foreign]
        add(size, size - 1, hashes[-1], merkle.bitcoin_path(size - 1, longer), merkle.bitcoin_root(longer),
            f"leaf {size - 1} of {size} with a foreign sibling and the root of {size + 1} leaves", "PathDuplicate")
