"""Vector files for retargeting, and for the work, difficulty and probability of a target."""

import json
import pathlib

import pow_header as pow
import retarget
from documents import VectorFile, note, number
from drbg import Drbg

FACTS = pathlib.Path(__file__).parent / "facts"

BITCOIN = (2016, 600, (1 << 224) - 1)
# Bitcoin Core, src/test/pow_tests.cpp: height of a period's last block, bits, first and last time, the next bits.
PUBLISHED = [
    (32255, 0x1D00FFFF, 1261130161, 1262152739, 0x1D00D86A),
    (2015, 0x1D00FFFF, 1231006505, 1233061996, 0x1D00FFFF),
    (68543, 0x1C05A3F4, 1279008237, 1279297671, 0x1C0168FD),
    (46367, 0x1C387F6F, 1263163443, 1269211443, 0x1D00E1FD),
]

RETARGET_NOTES = {
    "Published": note("BASIC", "A period of Bitcoin's main network, or one that its tests invented."),
    "Mainnet": note("BASIC", "Two targets that followed each other on Bitcoin's main network."),
    "Clamp": note("EDGE_CASE", "The time is at, or beside, a quarter or four times the span."),
    "Limit": note("EDGE_CASE", "The target is at, or above, the easiest that is allowed."),
    "OffByOne": note("BASIC", "A neighbour of the right answer."),
    "Unclamped": note("MISSING_STEP", "The answer without the clamp, the limit or the rounding."),
    "Spacing": note("MISSING_STEP", "The span counted with one block fewer or more."),
    "InsidePeriod": note("BASIC", "A height that ends no period: nothing may change."),
    "BadTarget": note("EDGE_CASE", "The bits name no usable target."),
    "Wide": note("EDGE_CASE", "A product of more than 256 bits, which 256-bit arithmetic would cut."),
    "Random": note("BASIC", "Targets and times at random."),
    "Rules": note("EDGE_CASE", "The rules' own numbers."),
}

WORK_NOTES = {
    "Basic": note("BASIC", "A target, and what it stands for."),
    "Mainnet": note("BASIC", "The targets of Bitcoin's main network."),
    "OffByOne": note("BASIC", "A neighbour of the right answer."),
    "FloorOfQuotient": note("MISSING_STEP", "Divided by T and not by T + 1, or T over 2^256 as a probability."),
    "LowestTerms": note("ENCODING", "The right fraction, not in lowest terms."),
    "Inverted": note("BASIC", "The fraction upside down."),
    "BadTarget": note("EDGE_CASE", "The bits name no usable target."),
    "Missing": note("MISSING_STEP", "A period, or a period's blocks, left out or counted twice."),
}

BAD_BITS = (0x00000000, 0x1D80FFFF, 0x04923456, 0xFF123456, 0x1D000000, 0x01003456)


def build():
    return [_retarget(), _work()]


def mainnet_targets():
    facts = json.loads((FACTS / "mainnet-targets.json").read_text(encoding="utf-8"))
    return [int(bits, 16) for bits in facts["bits"]], {e["period"]: int(e["work"], 16) for e in facts["chainWork"]}


def hex8(bits):
    return f"{bits:08x}"


# ---------------------------------------------------------------- retargeting

def _group(file, kind, numbers):
    interval, spacing, limit = numbers
    return file.group(kind, {"interval": interval, "spacing": spacing, "limit": number(limit)}), retarget.Rules(*numbers)


def _retarget():
    file = VectorFile(
        path="v1/retarget/retarget_bitcoin_test.json", algorithm="retargeting", schema="retarget.schema.json",
        profile="bitcoin",
        header=["span = interval * spacing; took = lastTime - firstTime, not below span div 4 and not above 4 * span.",
                "Next: next is the compact form, rounded down, of min(T * took div span, limit).",
                "Transition: the block at height may have the bits next after bits: equal inside a period; at its end at most "
                "4 * T and at least T div 4, each cut to the limit and rounded as a target would be.",
                "Both check bits, and Transition also next, in this order: sign, zero, overflow, the limit.",
                "Rules: at least two blocks in a period, one second a block, below 2^32 seconds in all; 1 <= limit < 2^256."],
        notes=RETARGET_NOTES, generator="Generators/vectors_retarget.py", checked_by=["Bitcoin Core's pow_tests.cpp"])
    drbg = Drbg("retarget")

    group, rules = _group(file, "Next", BITCOIN)

    def add_next(bits, first, last, claimed, comment, flag):
        group.add(comment, [flag], {"bits": hex8(bits), "firstTime": first, "lastTime": last, "next": hex8(claimed)},
                  retarget.verify_next(rules, bits, first, last, claimed))

    def around(bits, first, last, comment, flag):
        right = rules.next(bits, first, last)
        add_next(bits, first, last, right, comment, flag)
        add_next(bits, first, last, right - 1, f"{comment}: one less", "OffByOne")
        add_next(bits, first, last, right + 1, f"{comment}: one more", "OffByOne")
        for took in (last - first - 600, last - first + 600):
            other = rules.next(bits, 0, max(took, 0))
            if other != right:
                add_next(bits, first, last, other, f"{comment}: a block's time off", "Spacing")
        free = pow.decode_target(bits) * max(last - first, 1) // rules.span
        if 0 < free < 1 << 256 and pow.encode_target(free) != right:
            add_next(bits, first, last, pow.encode_target(free), f"{comment}: neither clamped nor limited", "Unclamped")

    for height, bits, first, last, claimed in PUBLISHED:
        assert rules.next(bits, first, last) == claimed
        around(bits, first, last, f"the period that ends at block {height}", "Published")
    span = rules.span
    for bits in (0x1D00FFFF, 0x1C05A3F4, 0x17028C61):
        for took in (span // 4 - 1, span // 4, span // 4 + 1, span - 1, span, span + 1, 4 * span - 1, 4 * span, 4 * span + 1):
            flag = "Limit" if bits == 0x1D00FFFF and took >= span else "Clamp"
            around(bits, 1300000000, 1300000000 + took, f"bits {bits:08x}, {took} seconds", flag)
    around(0x1C05A3F4, 1300000000, 1300000000 - 7200, "times that run backwards", "Clamp")
    around(0x1C05A3F4, 0, 0xFFFFFFFF, "all the time there is", "Clamp")
    around(0x01040000, 5, 5, "a quarter of 4", "Clamp")
    add_next(0x01030000, 5, 5, 0x01010000, "a quarter of 3 is nothing", "BadTarget")
    for bits in BAD_BITS:
        add_next(bits, 1300000000, 1300000000 + span, bits, f"bits {bits:08x}", "BadTarget")
    for bits in (0x1D010000, 0x207FFFFF, 0x1E00FFFF):
        add_next(bits, 1300000000, 1300000000 + span, bits, f"bits {bits:08x} above the limit", "Limit")
        add_next(bits, 1300000000, 1300000000 + span, 0x1D00FFFF, f"bits {bits:08x} above the limit, cut to it", "Limit")
    for _ in range(12):
        bits = pow.encode_target(1 + drbg.below(1 << (8 + drbg.below(216))))
        first = drbg.below(1 << 32)
        last = min(first + drbg.below(6 * span), (1 << 32) - 1)
        around(bits, first, last, f"bits {bits:08x}, {last - first} seconds", "Random")

    group, rules = _group(file, "Next", (10, 6, (1 << 255) - 1))
    for bits, took in ((0x207FFFFF, 120), (0x207FFFFF, 30), (0x203FFFFF, 90), (0x207FFFFF, 0), (0x201FFFFF, 1000)):
        add_next(bits, 100, 100 + took, rules.next(bits, 100, 100 + took), f"bits {bits:08x}, {took} of 60 seconds", "Wide")
        counted = sorted((15, took, 240))[1]
        cut = (pow.decode_target(bits) * counted & ((1 << 256) - 1)) // 60
        if pow.encode_target(max(cut, 1)) != rules.next(bits, 100, 100 + took):
            add_next(bits, 100, 100 + took, pow.encode_target(max(cut, 1)), f"bits {bits:08x}, {took} of 60 seconds, cut to 256 bits", "Wide")

    group, rules = _group(file, "Transition", BITCOIN)

    def add_transition(height, old, new, comment, flag):
        group.add(comment, [flag], {"height": height, "bits": hex8(old), "next": hex8(new)},
                  retarget.reason(rules.transition, height, old, new))

    for height, bits, _, _, claimed in PUBLISHED:
        for step, comment in ((0, "as it was"), (-1, "one less"), (1, "one more")):
            add_transition(height + 1, bits, claimed + step, f"block {height + 1}, {comment}", "Published" if step == 0 else "OffByOne")
        if bits != claimed:
            add_transition(height, bits, claimed, f"block {height}, one block too early", "InsidePeriod")
            add_transition(height + 2, bits, claimed, f"block {height + 2}, one block too late", "InsidePeriod")
        add_transition(height, bits, bits, f"block {height}, nothing changes", "InsidePeriod")
    targets, _ = mainnet_targets()
    for period in range(1, len(targets)):
        assert retarget.reason(rules.transition, 2016 * period, targets[period - 1], targets[period]) is None
    for period in list(range(12, 24)) + list(range(32, len(targets), 45)):
        old, new = targets[period - 1:period + 1]
        add_transition(2016 * period, old, new, f"block {2016 * period}", "Mainnet")
        add_transition(2016 * period + 1, old, new, f"block {2016 * period}'s targets, inside a period", "InsidePeriod")
        easiest = min(4 * pow.decode_target(old), rules.limit)
        add_transition(2016 * period, old, pow.encode_target(easiest) + 1, f"block {2016 * period}, above the easiest", "Clamp")
        add_transition(2016 * period, old, rules.scaled(old, span // 4) - 1, f"block {2016 * period}, below the hardest", "Clamp")
    for bits in BAD_BITS:
        add_transition(2016, bits, 0x1D00FFFF, f"after bits {bits:08x}", "BadTarget")
        add_transition(2016, 0x1D00FFFF, bits, f"to bits {bits:08x}", "BadTarget")
    add_transition(2016, 0x207FFFFF, 0x1D00FFFF, "from above the limit", "Limit")
    add_transition(0, 0x01030000, 0x01010000, "a quarter of 3 is nothing, so 1 is not too hard", "Clamp")
    add_transition(0, 0x01080000, 0x01010000, "1 after 8", "Clamp")

    group = file.group("Rules")
    limit = BITCOIN[2]
    for interval, spacing, limit in [
            BITCOIN, (2, 1, 1), (2016, 600, (1 << 256) - 1), (0xFFFFFFFF, 1, limit), (2, 0x7FFFFFFF, limit), (1, 600, limit),
            (0, 600, limit), (2016, 0, limit), (1 << 16, 1 << 16, limit), ((1 << 32), 1, limit), (2016, 600, 0),
            (2016, 600, 1 << 256), (2, 1, 1 << 300), (1, 1, 0), ((1 << 53) - 1, (1 << 53) - 1, 1), (0xFFFFFFFF, 2, limit)]:
        group.add(f"{interval} blocks of {spacing} seconds, a limit of {limit.bit_length()} bits", ["Rules"],
                  {"interval": interval, "spacing": spacing, "limit": number(limit)},
                  retarget.reason(retarget.Rules, interval, spacing, limit))
    return file


# ---------------------------------------------------------------- work

def _work():
    file = VectorFile(
        path="v1/chain-work/chain_work_bitcoin_test.json", algorithm="work, difficulty and probability of a target",
        schema="chain-work.schema.json", profile="bitcoin",
        header=["Work: work = 2^256 div (T + 1), the expected number of hashes cut to a whole number.",
                "Difficulty: ffff * 2^208 / T; Probability: (T + 1) / 2^256; both exact and in lowest terms.",
                "ChainWork: the sum of the work of `blocks` blocks at each of the targets, in order.",
                "Bits are checked in this order: sign, zero, overflow."],
        notes=WORK_NOTES, generator="Generators/vectors_retarget.py", checked_by=["bitcoinj's chain work at its checkpoints"])
    targets, marks = mainnet_targets()
    sample = [0x1D00FFFF, 0x1D00D86A, 0x1B0404CB, 0x1A44B9F2, 0x17028C61, 0x1E0377AE, 0x207FFFFF, 0x2100FFFF, 0x21008000,
              0x20100000, 0x19010000, 0x03000001, 0x01010000, 0x220000FF, 0x04123455]
    sample += targets[60::60]

    group = file.group("Work")
    for bits in sample:
        right, target = retarget.work(bits), pow.decode_target(bits)

        def add(claimed, comment, flag, bits=bits):
            group.add(comment, [flag], {"bits": hex8(bits), "work": number(claimed)},
                      retarget.verify_equal(retarget.work, bits, claimed, "work-mismatch"))
        add(right, f"the work of {bits:08x}", "Mainnet" if bits in targets else "Basic")
        add(right - 1, f"the work of {bits:08x}, one less", "OffByOne")
        add(right + 1, f"the work of {bits:08x}, one more", "OffByOne")
        if (1 << 256) // target != right:
            add((1 << 256) // target, f"the work of {bits:08x}, divided by T", "FloorOfQuotient")
    for bits in BAD_BITS:
        group.add(f"bits {bits:08x}", ["BadTarget"], {"bits": hex8(bits), "work": "1"},
                  retarget.verify_equal(retarget.work, bits, 1, "work-mismatch"))

    for kind, compute, mismatch in [("Difficulty", retarget.difficulty, "difficulty-mismatch"),
                                    ("Probability", retarget.probability, "probability-mismatch")]:
        group = file.group(kind)

        def add(bits, top, bottom, comment, flag):
            # The claim is the pair, so a fraction that is not in lowest terms is another claim.
            claim = lambda value: (lambda right: (right.numerator, right.denominator))(compute(value))
            group.add(comment, [flag], {"bits": hex8(bits), "numerator": number(top), "denominator": number(bottom)},
                      retarget.verify_equal(claim, bits, (top, bottom), mismatch))
        for bits in sample[:14]:
            right, target = compute(bits), pow.decode_target(bits)
            name = f"the {kind.lower()} of {bits:08x}"
            add(bits, right.numerator, right.denominator, name, "Basic")
            add(bits, right.numerator + 1, right.denominator, f"{name}, one more above", "OffByOne")
            add(bits, 2 * right.numerator, 2 * right.denominator, f"{name}, doubled above and below", "LowestTerms")
            if right.numerator != right.denominator:
                add(bits, right.denominator, right.numerator, f"{name}, upside down", "Inverted")
            if kind == "Probability":
                printed = retarget.Fraction(target, 1 << 256)
                add(bits, printed.numerator, printed.denominator, f"{name}, as T / 2^256", "FloorOfQuotient")
        for bits in BAD_BITS:
            add(bits, 1, 1, f"bits {bits:08x}", "BadTarget")

    group = file.group("ChainWork")

    def add_chain(bits, blocks, claimed, comment, flag):
        group.add(comment, [flag], {"bits": [hex8(value) for value in bits], "blocks": blocks, "work": number(claimed)},
                  retarget.verify_equal(lambda values: retarget.chain_work(values, blocks), bits, claimed, "work-mismatch"))

    for period, through in marks.items():
        assert retarget.chain_work(targets[:period], 2016) + retarget.work(targets[period]) == through
        whole = through - retarget.work(targets[period])
        name = f"the first {period} periods"
        # The whole list once; the earlier ones show where a sum goes wrong.
        if period in (1, 16, 34, max(marks)):
            add_chain(targets[:period], 2016, whole, name, "Mainnet")
            add_chain(targets[:period], 2016, through, f"{name} and a block", "Missing")
        if period in (1, 16, 34):
            add_chain(targets[:period], 2015, whole, f"{name}, a block left out of each", "Missing")
            add_chain(targets[1:period], 2016, whole, f"{name} without the first", "Missing")
            add_chain(targets[:period] + [0], 2016, whole, f"{name} and bits of zero", "BadTarget")
    add_chain([], 2016, 0, "no period", "Basic")
    add_chain([], 2016, 1, "no period, and work", "OffByOne")
    for bits in BAD_BITS:
        add_chain([0x1D00FFFF, bits], 1, 0x100010001, f"bits {bits:08x} left out", "BadTarget")
    return file
