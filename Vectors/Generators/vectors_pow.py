"""Vector files for block headers and compact targets."""

import json
import pathlib

import pow_header as pow
from documents import VectorFile, flip_bit, note, number
from drbg import Drbg
from sha256 import sha256, sha256d

FACTS = pathlib.Path(__file__).parent / "facts"

GENESIS_ROOT = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
ZERO = "00" * 32

# Published headers: (name, fields, hash). They prove themselves: the hash must come out and meet the target.
PUBLISHED = [
    ("mainnet block 0", (1, ZERO, GENESIS_ROOT, 1231006505, 0x1D00FFFF, 2083236893),
     "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"),
    ("mainnet block 1",
     (1, "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
      "0e3e2357e806b6cdb1f70b54c3a3a17b6714ee1f0e68bebb44a74b1efd512098", 1231469665, 0x1D00FFFF, 2573394689),
     "00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048"),
    ("mainnet block 125552",
     (1, "00000000000008a3a41b85b8b29ad444def299fee21793cd8b9e567eab02cd81",
      "2b12fcf1b09288fcaff797d71e950e71ae42b91e8bdb2304758dfcffc2b620e3", 0x4DD7F5C7, 0x1A44B9F2, 0x9546A142),
     "00000000000000001e8d6829a8a21adc5d38d0a473b144b6765798e61f98bd1d"),
    ("testnet3 block 0", (1, ZERO, GENESIS_ROOT, 1296688602, 0x1D00FFFF, 414098458),
     "000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943"),
    ("signet block 0", (1, ZERO, GENESIS_ROOT, 1598918400, 0x1E0377AE, 52613770),
     "00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6"),
    ("regtest block 0", (1, ZERO, GENESIS_ROOT, 1296688602, 0x207FFFFF, 2),
     "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206"),
]

HEADER_NOTES = {
    "Mainnet": note("BASIC", "A real header of a public Bitcoin network."),
    "TestNetwork": note("BASIC", "A real header of a public test network."),
    "SelfMined": note("BASIC", "A header of our own, at an easy target."),
    "TargetBoundary": note("EDGE_CASE", "The hash lies as near the target as a search of 2^24 nonces brings it: within one part in 2^28."),
    "NonceChanged": note("BASIC", "Another nonce, with its right hash: the work is missing."),
    "FieldChanged": note("BASIC", "One bit of one field changed, with the right hash of the result: the work is missing."),
    "HashChanged": note("BASIC", "The claimed hash is not the header's."),
    "ByteOrder": note("ENCODING", "The hash, a field or the header in the wrong byte order."),
    "SingleHash": note("WRONG_PRIMITIVE", "SHA-256 once instead of twice."),
    "WrongLength": note("ENCODING", "The header is not 80 bytes long; the hash is that of the bytes given."),
    "BadTarget": note("EDGE_CASE", "The bits do not encode a usable target; the hash is right."),
    "CoreCase": note("BASIC", "A case of Bitcoin Core's CheckProofOfWork tests, or one beside it."),
    "Limit": note("EDGE_CASE", "The target is at, or above, the easiest that is allowed."),
    "Search": note("BASIC", "A nonce looked for from a start near it."),
    "RangeEdge": note("EDGE_CASE", "The nonce is the first or the last of the range, or just outside it."),
    "NotLowest": note("BASIC", "A nonce that meets the target, and is not the lowest that does."),
}

COMPACT_NOTES = {
    "Basic": note("BASIC", "A target and its compact form."),
    "SetCompactList": note("BASIC", "From Bitcoin's list of compact encodings (bignum_SetCompact)."),
    "Network": note("BASIC", "A target that a public network uses or has used."),
    "NonCanonical": note("EDGE_CASE", "A positive target, encoded with leading zeros or with bits that are shifted out."),
    "SignBit": note("EDGE_CASE", "Bit 23 is a sign, not a part of the mantissa. It counts only where the mantissa is not zero after the shift."),
    "Zero": note("EDGE_CASE", "The target is zero."),
    "Overflow": note("EDGE_CASE", "The target does not fit 256 bits."),
    "Rounding": note("EDGE_CASE", "Compact form keeps at most three leading bytes and cuts the rest down."),
    "OffByOne": note("BASIC", "A neighbour of the right answer."),
    "WrongShift": note("BASIC", "The exponent is read wrongly, by a byte or a bit."),
    "ByteOrder": note("ENCODING", "The bits read in the other byte order."),
}


def build():
    return [_headers(), _compact()]


# ---------------------------------------------------------------- headers

def known_headers():
    """(name, header, hash in display order) of the published headers, and of the facts file if there is one."""
    found = []
    for name, fields, claimed in PUBLISHED:
        found.append((name, pow.header(*fields), bytes.fromhex(claimed)))
    path = FACTS / "mainnet-headers.json"
    if path.exists():
        seen = {data for _, data, _ in found}
        for entry in json.loads(path.read_text(encoding="utf-8"))["headers"]:
            data = bytes.fromhex(entry["header"])
            if data not in seen:
                found.append((f"mainnet block {entry['height']}", data, bytes.fromhex(entry["hash"])))
    return found


def network_headers():
    """(name, header, hash in display order) of the test networks' headers, of every exponent that they have used."""
    facts = json.loads((FACTS / "test-network-headers.json").read_text(encoding="utf-8"))
    return [(f"{entry['network']} block {entry['height']}", bytes.fromhex(entry["header"]), bytes.fromhex(entry["hash"]))
            for entry in facts["headers"]]


def boundary_headers():
    """(just below, just above): one header with two nonces."""
    facts = json.loads((FACTS / "boundary-headers.json").read_text(encoding="utf-8"))
    root = sha256d(facts["merkleRootPreimage"].encode("ascii"))[::-1].hex()
    plain = pow.header(facts["version"], ZERO, root, facts["time"], int(facts["bits"], 16), 0)
    return pow.with_nonce(plain, facts["justBelow"]), pow.with_nonce(plain, facts["justAbove"])


def own_headers(drbg):
    """Headers mined here and now at targets that take 2 to 2^17 tries."""
    found = []
    for bits in (0x207FFFFF, 0x2007FFFF, 0x20000FFF, 0x1F00FFFF, 0x1F07FFFF, 0x210000FF, 0x22000001):
        plain = pow.header(4, drbg.bytes(32).hex(), drbg.bytes(32).hex(), 1700000000 + drbg.below(1 << 20), bits, 0)
        found.append((f"self-mined, bits {bits:08x}", pow.mine(plain)))
    return found


def _headers():
    file = VectorFile(
        path="v1/pow-header/pow_header_bitcoin_test.json", algorithm="SHA-256d proof of work",
        schema="pow-header.schema.json", profile="bitcoin",
        header=["Headers as serialised; hashes in display order (big-endian, zeros first).",
                "HeaderCheck is valid: 80 bytes, hash = SHA-256d(header), well-formed bits, hash <= target.",
                "Checked in this order: length, hash, bits (sign, zero, overflow), target.",
                "TargetCheck: a hash, bits and the easiest target allowed; checked in this order: bits, limit, hash <= target.",
                "HeaderSearch: nonce is the lowest of the count nonces from start on that meets the target; null claims that "
                "none does. The header's own nonce does not matter."],
        notes=HEADER_NOTES, generator="Generators/vectors_pow.py", checked_by=["the networks' own published hashes"],
        version="1.1.0")
    group = file.group("HeaderCheck")
    drbg = Drbg("pow headers")

    def add(data, claimed, comment, flag):
        group.add(comment, [flag], {"header": data.hex(), "hash": claimed.hex()}, pow.verify_header(data, claimed))

    def damaged(data, claimed, comment, flag):
        assert pow.verify_header(data, claimed) is not None, comment
        add(data, claimed, comment, flag)

    below, above = boundary_headers()
    good = [(name, data, claimed, "Mainnet") for name, data, claimed in known_headers()]
    good += [(name, data, pow.display_hash(data), "SelfMined") for name, data in own_headers(drbg)]
    good.append(("the hash just below its target", below, pow.display_hash(below), "TargetBoundary"))
    for name, data, claimed, flag in good:
        assert pow.verify_header(data, claimed) is None, name
        add(data, claimed, name, flag)

    damaged(above, pow.display_hash(above), "the hash just above its target", "TargetBoundary")
    for name, data, claimed, flag in good:
        damaged(data, claimed[::-1], f"{name}: the hash in internal order", "ByteOrder")
        bit = drbg.below(256)
        damaged(data, flip_bit(claimed, bit), f"{name}: hash bit {bit} inverted", "HashChanged")
        damaged(data[:79], pow.display_hash(data[:79]), f"{name}: the last byte missing", "WrongLength")
        if flag == "Mainnet":
            damaged(data, sha256(data)[::-1], f"{name}: the single SHA-256", "SingleHash")
            changed = pow.with_nonce(data, int.from_bytes(data[76:], "little") ^ 1)
            damaged(changed, claimed, f"{name}: nonce changed, hash kept", "HashChanged")
            # At regtest's target half of all nonces are good: look for one that is not.
            nonce = next(n for n in range(1 << 20) if pow.verify_header(
                pow.with_nonce(data, n), pow.display_hash(pow.with_nonce(data, n))) == "target-missed")
            other = pow.with_nonce(data, nonce)
            damaged(other, pow.display_hash(other), f"{name}: nonce {nonce}", "NonceChanged")

    name, data, claimed, _ = good[0]
    genesis = data
    damaged(data, bytes(32), f"{name}: a hash of zeros", "HashChanged")
    damaged(data, good[1][2], f"{name}: the hash of the next block", "HashChanged")
    damaged(b"", pow.display_hash(b""), "no bytes at all", "WrongLength")
    damaged(data + b"\x00", pow.display_hash(data + b"\x00"), f"{name}: a zero byte appended", "WrongLength")
    damaged(b"\x00" + data, pow.display_hash(b"\x00" + data), f"{name}: a zero byte in front", "WrongLength")
    damaged(data + data, pow.display_hash(data + data), f"{name}: twice", "WrongLength")
    damaged(data + b"\x00", claimed, f"{name}: a zero byte appended, the hash of the first 80 bytes", "WrongLength")
    damaged(data[:76], pow.display_hash(data[:76]), f"{name}: the nonce missing", "WrongLength")
    for field, start, width in [("version", 0, 4), ("previous hash", 4, 32), ("Merkle root", 36, 32),
                                ("time", 68, 4), ("nonce", 76, 4)]:
        swapped = data[:start] + data[start:start + width][::-1] + data[start + width:]
        if swapped != data:
            damaged(swapped, pow.display_hash(swapped), f"{name}: {field} in the other byte order", "ByteOrder")
        changed = bytearray(data)
        changed[start] ^= 1
        damaged(bytes(changed), pow.display_hash(bytes(changed)), f"{name}: lowest bit of the {field} changed", "FieldChanged")
    words = b"".join(data[i:i + 4][::-1] for i in range(0, 80, 4))
    damaged(words, pow.display_hash(words), f"{name}: every 4-byte word reversed", "ByteOrder")
    for bits in (0x00000000, 0x1D000000, 0x1D800000, 0x00123456, 0x02000056, 0x1D80FFFF, 0x04923456, 0x20FFFFFF,
                 0x01FEDCBA, 0x23000001, 0x22000100, 0x21010000, 0xFF123456, 0xFF7FFFFF, 0x7F7FFFFF):
        changed = pow.with_bits(genesis, bits)
        damaged(changed, pow.display_hash(changed), f"{name}: bits {bits:08x}", "BadTarget")
    for bits in (0x1D00FFFE, 0x1C7FFFFF, 0x03000001, 0x01010000, 0x1D00FFFF ^ 0x01000000):
        changed = pow.with_bits(genesis, bits)
        damaged(changed, pow.display_hash(changed), f"{name}: bits {bits:08x}, a well-formed target", "FieldChanged")
    # Big-endian readers of bits and nonce take other numbers from the same bytes.
    changed = data[:72] + data[72:76][::-1] + data[76:]
    damaged(changed, pow.display_hash(changed), f"{name}: bits in the other byte order", "ByteOrder")
    
    # The test networks, and the same damage; a group of its own, after what was there before.
    group = file.group("HeaderCheck")
    networks = network_headers()
    for name, data, claimed in networks:
        assert pow.verify_header(data, claimed) is None, name
        add(data, claimed, name, "TestNetwork")
        damaged(data, claimed[::-1], f"{name}: the hash in internal order", "ByteOrder")
        damaged(data, sha256(data)[::-1], f"{name}: the single SHA-256", "SingleHash")
        for nonce in (0, int.from_bytes(data[76:], "little") ^ 1):
            other = pow.with_nonce(data, nonce)
            damaged(other, pow.display_hash(other), f"{name}: nonce {nonce}", "NonceChanged")
        harder = pow.with_bits(data, int.from_bytes(data[72:76], "little") - (1 << 24))
        damaged(harder, pow.display_hash(harder), f"{name}: bits of a byte less", "FieldChanged")

    _target_checks(file.group("TargetCheck"))
    _searches(file.group("HeaderSearch"), known_headers() + networks, drbg)
    return file


def _target_checks(group):
    """Bitcoin Core's CheckProofOfWork cases (src/test/pow_tests.cpp) and their neighbours, at the main network's limit."""
    limit = (1 << 224) - 1
    one = 0xFFFF << 208

    def add(value, bits, limit, comment, flag):
        claimed = value.to_bytes(32, "big")
        group.add(comment, [flag], {"hash": claimed.hex(), "bits": f"{bits:08x}", "limit": number(limit)},
                  pow.check_target(claimed, bits, limit))

    add(1, 0x1D80FFFF, limit, "a negative target", "CoreCase")
    add(1, 0xFF7FFFFF, limit, "an overflowing target", "CoreCase")
    add(1, pow.encode_target(2 * limit), limit, "a target of twice the limit", "CoreCase")
    add(2 * limit, pow.encode_target(limit), limit, "a hash of twice the limit", "CoreCase")
    add(0, 0, limit, "a zero target, and a zero hash", "CoreCase")
    add(1, 0x1D00FFFF, limit, "the limit's own target", "CoreCase")
    add(0, 0x1D00FFFF, limit, "a zero hash", "CoreCase")
    add(one, 0x1D00FFFF, limit, "a hash equal to its target", "CoreCase")
    add(one + 1, 0x1D00FFFF, limit, "a hash one above its target", "CoreCase")
    add(one, 0x1D00FFFF, one, "a limit equal to the target", "Limit")
    add(0, 0x1D00FFFF, one - 1, "a limit one below the target", "Limit")
    add(one + 1, 0x1D00FFFF, one - 1, "too easy comes before missed", "Limit")
    add(0, 0x1D80FFFF, 1, "negative comes before too easy", "Limit")
    add(0, 0x03000002, 1, "2 above 1", "Limit")
    add(1, 0x03000001, 1, "1 at 1", "Limit")
    add(2, 0x03000001, 1, "2 above a target of 1", "Limit")
    for bits in (0x00000000, 0x01803456, 0x04923456, 0xFF123456, 0x21010000, 0x2200FFFF):
        add(0, bits, (1 << 256) - 1, f"bits {bits:08x} and the widest limit", "BadTarget")
    add((0xFFFF << 240), 0x2100FFFF, (1 << 256) - 1, "the easiest target there is", "Limit")
    add((0xFFFF << 240) + 1, 0x2100FFFF, (1 << 256) - 1, "one above the easiest target there is", "Limit")
    add((1 << 256) - 1, 0x2100FFFF, (1 << 256) - 1, "the largest hash", "Limit")
    add(0x7FFFFF << 232, 0x207FFFFF, (1 << 255) - 1, "the regression test network's limit", "Limit")
    add(0, 0x21008000, (1 << 255) - 1, "2^255, one above that limit", "Limit")


def _searches(group, headers, drbg):
    """Every real header as a search that must find its nonce, and ranges that just miss it."""
    def add(data, start, count, nonce, comment, flag):
        blank = pow.with_nonce(data, 0)
        group.add(comment, [flag], {"header": blank.hex(), "start": start, "count": count, "nonce": nonce},
                  pow.verify_search(blank, start, count, nonce))

    for name, data, _ in headers:
        nonce = int.from_bytes(data[76:], "little")
        below, above = min(nonce, 1 + drbg.below(100)), min(0xFFFFFFFF - nonce, drbg.below(60))
        add(data, nonce - below, below + 1 + above, nonce, f"{name} from {below} below", "Search")
        add(data, nonce - below, below + 1 + above, nonce + 1, f"{name}, one more", "Search")
        add(data, nonce - below, below + 1 + above, None, f"{name}, said to have none", "Search")
        add(data, nonce - below, below, nonce, f"{name}, the range ends before it", "RangeEdge")
        add(data, nonce + 1, 20, nonce, f"{name}, the range begins after it", "RangeEdge")
    name, data, _ = headers[0]
    nonce = int.from_bytes(data[76:], "little")
    add(data, nonce, 1, nonce, f"{name}, a range of one", "RangeEdge")
    add(data, nonce - 40, 41, nonce, f"{name}, the last of the range", "RangeEdge")
    add(data, nonce - 40, 40, None, f"{name}, none before it", "RangeEdge")
    add(data, 0xFFFFFFF0, 16, None, f"{name}, the last sixteen nonces", "RangeEdge")
    add(data, 0xFFFFFFF0, 16, 0xFFFFFFFF, f"{name}, the last nonce claimed", "RangeEdge")
    # Easy targets: many nonces meet them, and only the lowest is the answer.
    for bits in (0x207FFFFF, 0x200FFFFF, 0x2000FFFF, 0x2100FFFF):
        plain = pow.header(4, drbg.bytes(32).hex(), drbg.bytes(32).hex(), 1700000000, bits, 0)
        target = pow.decode_target(bits)
        hits = [n for n in range(2000) if int.from_bytes(pow.display_hash(pow.with_nonce(plain, n)), "big") <= target][:3]
        add(plain, 0, 2000, hits[0], f"bits {bits:08x} from 0", "Search")
        add(plain, 0, 2000, hits[1], f"bits {bits:08x}, the second lowest", "NotLowest")
        add(plain, 0, 2000, hits[2], f"bits {bits:08x}, the third lowest", "NotLowest")
        add(plain, hits[0] + 1, 2000, hits[1], f"bits {bits:08x} from behind the lowest", "Search")
    for bits in (0x1D80FFFF, 0x1D000000, 0xFF123456):
        add(pow.with_bits(data, bits), 0, 10, 0, f"bits {bits:08x}", "BadTarget")


# ---------------------------------------------------------------- compact targets

# Bitcoin's list (src/test/arith_uint256_tests.cpp, bignum_SetCompact), as facts: value, negative, overflow.
SET_COMPACT = [
    (0x00000000, 0x0, False, False), (0x00123456, 0x0, False, False), (0x01003456, 0x0, False, False),
    (0x02000056, 0x0, False, False), (0x03000000, 0x0, False, False), (0x04000000, 0x0, False, False),
    (0x00923456, 0x0, False, False), (0x01803456, 0x0, False, False), (0x02800056, 0x0, False, False),
    (0x03800000, 0x0, False, False), (0x04800000, 0x0, False, False), (0x01123456, 0x12, False, False),
    (0x01FEDCBA, 0x7E, True, False), (0x02123456, 0x1234, False, False), (0x03123456, 0x123456, False, False),
    (0x04123456, 0x12345600, False, False), (0x04923456, 0x12345600, True, False),
    (0x05009234, 0x92340000, False, False), (0x20123456, 0x123456 << 232, False, False),
    (0xFF123456, None, False, True),
]
# The same list's encodings of positive values.
GET_COMPACT = [
    (0x12, 0x01120000), (0x80, 0x02008000), (0x1234, 0x02123400), (0x123456, 0x03123456),
    (0x12345600, 0x04123456), (0x92340000, 0x05009234), (0x123456 << 232, 0x20123456),
]
NETWORK_BITS = [0x1D00FFFF, 0x1D00D86A, 0x1C05A3F4, 0x1C0168FD, 0x1C387F6F, 0x1D00E1FD, 0x1A44B9F2, 0x1E0377AE,
                0x207FFFFF, 0x1B0404CB, 0x170B3CE9]
BOUNDARY_BITS = [0x01010000, 0x017F0000, 0x02000100, 0x02008000, 0x03000001, 0x03008000, 0x037FFFFF, 0x04008000,
                 0x20007FFF, 0x2000FFFF, 0x21000001, 0x210000FF, 0x2100FFFF, 0x22000001, 0x220000FF, 0x1F00FFFF]
NON_CANONICAL_BITS = [0x1C000123, 0x1D0000FF, 0x04000001, 0x05000001, 0x01123456, 0x017FFFFF, 0x02123456, 0x1E00007F,
                      0x20000001, 0x220000FF]
BAD_BITS = [
    0x04923456, 0x01FEDCBA, 0x03800001, 0x1D80FFFF, 0x20FFFFFF, 0x21800001, 0xFF800001, 0xFFFFFFFF, 0x00FFFFFF, 0x00800001,
    0x01800001, 0x0180FFFF, 0x028000FF, 0x01810000,
    0x03800000, 0x1D800000, 0x20800000, 0xFF800000, 0x01000000, 0x02000000, 0x020000FF, 0x0100FFFF, 0x007FFFFF,
    0x1D000000, 0x20000000, 0x22000000, 0xFF000000,
    0x23000001, 0x22000100, 0x2200FFFF, 0x21010000, 0x217FFFFF, 0x22010000, 0x23000100, 0x237FFFFF, 0xFF000001,
    0x80123456, 0x7F7FFFFF,
]


def _compact():
    file = VectorFile(
        path="v1/compact-target/compact_target_bitcoin_test.json", algorithm="compact target",
        schema="compact-target.schema.json", profile="bitcoin",
        header=["bits: the 32-bit number as 8 hexadecimal digits, most significant first (a header stores it little-endian).",
                "Decode: bits means target. Encode: bits is the one canonical, rounded-down form of target.",
                "null: the claim that there is no such target, or no such bits.",
                "Decode checks in this order: sign set over a mantissa not zero after the shift, value zero, overflow of 256 bits, value."],
        notes=COMPACT_NOTES, generator="Generators/vectors_pow.py", checked_by=["Bitcoin's bignum_SetCompact list"])
    decode, encode = file.group("Decode"), file.group("Encode")
    drbg = Drbg("compact targets")

    def add_decode(bits, target, comment, flag, expect_valid=False):
        reason = pow.verify_decode(bits, target)
        assert (reason is None) == expect_valid, (comment, hex(bits))
        decode.add(comment, [flag], {"bits": f"{bits:08x}", "target": None if target is None else number(target)}, reason)

    def add_encode(target, bits, comment, flag, expect_valid=False):
        reason = pow.verify_encode(target, bits)
        assert (reason is None) == expect_valid, (comment, hex(target))
        encode.add(comment, [flag], {"target": number(target), "bits": None if bits is None else f"{bits:08x}"}, reason)

    bad_flags = {"target-negative": "SignBit", "target-zero": "Zero", "target-overflow": "Overflow"}

    # Decoding.
    good = {}
    for bits, value, negative, overflow in SET_COMPACT:
        if value and not negative:
            good[bits] = "SetCompactList"
        else:
            add_decode(bits, None, "refused by Bitcoin's rules", "SetCompactList")
            if value:  # the mistake of dropping the sign
                add_decode(bits, value, "the sign ignored", "SignBit")
    for table, flag in [(NETWORK_BITS, "Network"), (BOUNDARY_BITS, "Basic"), (NON_CANONICAL_BITS, "NonCanonical")]:
        for bits in table:
            good.setdefault(bits, flag)
    for bits, flag in good.items():
        value = pow.decode_target(bits)
        add_decode(bits, value, "decodes", flag, expect_valid=True)
        size, mantissa = bits >> 24, bits & 0x7FFFFF
        add_decode(bits, None, "refused although well formed", flag)
        add_decode(bits, value + 1, "the target and one", "OffByOne")
        add_decode(bits, value * 256, "the exponent one byte too large", "WrongShift")
        if size > 3:
            add_decode(bits, mantissa << (8 * size), "exponent not reduced by 3", "WrongShift")
    for bits in BAD_BITS:
        flag = bad_flags[pow.verify_decode(bits, None)]
        add_decode(bits, None, "malformed", flag)
        value = pow.set_compact(bits)[0] & ((1 << 256) - 1)
        add_decode(bits, value, "malformed, with the value a careless reader computes", flag)
    for bits in (0x1D00FFFF, 0x1B0404CB):
        swapped = int.from_bytes(bits.to_bytes(4, "big"), "little")
        add_decode(swapped, pow.decode_target(bits), f"the bytes of {bits:08x} reversed", "ByteOrder")

    # Encoding.
    limit = (1 << 256) - 1
    targets = {value: "SetCompactList" for value, _ in GET_COMPACT}
    for bits in NETWORK_BITS + BOUNDARY_BITS:
        targets.setdefault(pow.decode_target(bits), "Basic")
    for value in [1, 0x7F, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFF, 0x800000, 0xFFFFFF, 0x1000000]:
        targets.setdefault(value, "Basic")
    for value in [limit, limit >> 1, 0x123456789A, 0x80000001, 0x7FFFFFFF, (1 << 224) - 1, drbg.below(limit), drbg.below(1 << 200)]:
        targets.setdefault(value, "Rounding")
    for value, bits in GET_COMPACT:
        assert pow.encode_target(value) == bits
    for value, flag in targets.items():
        bits = pow.encode_target(value)
        add_encode(value, bits, "encodes", flag, expect_valid=True)
        add_encode(value, None, "refused although it can be encoded", flag)
        add_encode(value, bits ^ 1, "the lowest bit changed", "OffByOne")
        add_encode(value, bits + (1 << 24), "the exponent one too large", "WrongShift")
        size = (value.bit_length() + 7) // 8
        word = value << (8 * (3 - size)) if size <= 3 else value >> (8 * (size - 3))
        if word & 0x800000:
            add_encode(value, size << 24 | word, "the sign bit not avoided", "SignBit")
        if word & 0xFF == 0 and not word & 0x800000 and size < 34:
            add_encode(value, (size + 1) << 24 | word >> 8, "the same value with a leading zero", "NonCanonical")
        if flag == "Rounding" and bits & 0x7FFFFF != 0x7FFFFF:
            add_encode(value, bits + 1, "rounded up instead of down", "Rounding")
    add_encode(0, None, "zero", "Zero")
    add_encode(0, 0, "zero, as Bitcoin's GetCompact gives it", "Zero")
    add_encode(0, 0x01000000, "zero with an exponent", "Zero")
    for value in (limit + 1, 1 << 256 | 1, 1 << 300, 0xFFFF << 256):
        add_encode(value, None, "more than 256 bits", "Overflow")
    add_encode(limit + 1, 0x21010000, "2^256, as a careless encoder writes it", "Overflow")
    return file
