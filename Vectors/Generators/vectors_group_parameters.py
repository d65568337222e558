"""Vector files for group parameters: FIPS 186-4 App. A with NIST's facts, and our own procedure and rules.

Every test is judged by group_parameters.py, and must get the reason that its damage is meant to cause. NIST's verdicts
must agree.
"""

import json
import pathlib

import group_parameters as gp
from documents import VectorFile, flip_bit, note, number
from foreign import REASONS, parse_sizes, seed_of
from vectors_ring_paper import rfc5114_group

FACTS = pathlib.Path(__file__).parent / "facts"
GENERATOR = "Generators/vectors_group_parameters.py"

NOTES = {
    "Nist": note("BASIC", "A sample of NIST's CAVS files, with NIST's verdict."),
    "Basic": note("BASIC", "Numbers that follow from their seed, or keep every rule."),
    "Embedded": note("BASIC", "A group that comes with Ringwork, made again from its name."),
    "Cofactor": note("EDGE_CASE", "q = 2tu + 1 with u above 1."),
    "Seed": note("BASIC", "Another seed, or one of a length that is not worked with."),
    "Counter": note("MISSING_STEP", "The right numbers with another counter."),
    "Index": note("BASIC", "Another index: another generator comes from the same seed."),
    "Hash": note("WRONG_PRIMITIVE", "Another hash function."),
    "AlteredP": note("BASIC", "Another p: p plus or minus 2, a composite one, or another prime with the same q."),
    "AlteredQ": note("BASIC", "Another q: q plus or minus 2, or one that is not prime."),
    "AlteredG": note("BASIC", "Another g: next to the right one, of another order, or another generator of the subgroup."),
    "AlteredT": note("BASIC", "Another t, or none."),
    "Range": note("EDGE_CASE", "0, 1, p - 1, p, or a number not reduced modulo p."),
    "Sizes": note("EDGE_CASE", "Sizes for which the procedure is not defined."),
    "NoPrime": note("EDGE_CASE", "A seed that gives no q, or no p."),
    "SubgroupTwice": note("EDGE_CASE", "q divides (p - 1)/q, so that the subgroup of order q is not alone."),
}

HEADER_FIPS = [
    "Valid: the numbers are what FIPS 186-4 App. A gives for the input.",
    "PrimesGeneration (A.1.1.2): sizes, seed, q prime, then q, p and counter compared. Sizes: 8 <= N <= outlen, N + 2 <= L <= 16384;"
    " seeds of N bits to 1024 bytes.",
    "PrimesValidation (A.1.1.3): sizes, seed, counter below 4L, q divides p - 1, q, q prime, p prime, p, counter.",
    "UnverifiableGenerator (A.2.1), PartialValidation (A.2.2), VerifiableGenerator (A.2.3, A.2.4): q divides p - 1, range, order, g.",
    "Hash functions other than SHA-256 occur because NIST's files have them.",
]
HEADER_OURS = [
    "Provenance. Valid: the procedure ringwork-1 gives p, q, g and t for the seed, p after counter candidates. With integers in"
    " frames as 4 bytes, XOF(tag, ...) = SHAKE256 over the framed tag and items, u = (q - 1)/2t or 1:",
    "t_i = ceil(2^(N-2)/u) + (XOF('group:t', L, N, seed, i; ceil(N/8)) mod floor(2^(N-2)/u)), lowest bit set; the first i with t_i and"
    " q = 2 u t_i + 1 prime and q of N bits.",
    "X_j = 2^(L-1) + (XOF('group:p', L, N, seed, j; ceil(L/8)) mod 2^(L-1)); p = X_j - (X_j mod 2q) + 1, the first of L bits that is"
    " prime with q not dividing (p - 1)/q; counter = j.",
    "g = (1 + XOF('group:g', L, N, seed, p, q, index as one byte, k as two; ceil(L/8) + 16) mod (p - 1))^((p-1)/q), k = 1, 2, ..., the first"
    " above 1. Order of the checks: sizes, q, t, p, counter, g.",
    "Rules. Valid: the numbers make a Schnorr group. Order: p and q odd numbers above 2 of at most 16384 bits and q below p; p prime;"
    " q prime; q divides p - 1; q does not divide (p - 1)/q; 1 < g < p - 1 and g^q = 1; t, if given, prime and a divisor of q - 1.",
]


class Judge:
    """Adds tests with the verdict of group_parameters.py, which must be the one that is meant."""

    def __init__(self, file):
        self.file, self.groups = file, {}

    def add(self, kind, parameters, comment, flag, inputs, meant=None):
        key = (kind, json.dumps(parameters))
        if key not in self.groups:
            self.groups[key] = self.file.group(kind, parameters)
        try:
            verdict = None
            self._check(kind, parameters, inputs)
        except gp.Fault as fault:
            verdict = str(fault)
        if verdict != meant:
            raise ValueError(f"{kind}, {comment}: {verdict} instead of {meant}")
        shown = {name: value.hex() if isinstance(value, bytes) else
                 value if name in ("counter", "index") or value is None else number(value) for name, value in inputs.items()}
        self.groups[key].add(comment, [flag], shown, verdict)

    @staticmethod
    def _check(kind, parameters, inputs):
        name = parameters.get("hash")
        if kind == "PrimesGeneration":
            made = gp.generate_primes(parameters["elementBits"], parameters["scalarBits"], inputs["seed"], name)
            for place, field in [(1, "q"), (0, "p"), (2, "counter")]:
                if made[place] != inputs[field]:
                    raise gp.Fault(field + "-mismatch")
        elif kind == "PrimesValidation":
            gp.validate_primes(inputs["p"], inputs["q"], inputs["counter"], inputs["seed"], name)
        elif kind == "UnverifiableGenerator":
            if gp.unverifiable_generator(inputs["p"], inputs["q"], inputs["h"]) != inputs["g"]:
                raise gp.Fault("g-mismatch")
        elif kind == "PartialValidation":
            gp.validate_partially(**inputs)
        elif kind == "VerifiableGenerator":
            gp.validate_generator(**inputs, name=name)
        elif kind == "Provenance":
            gp.check_provenance(**inputs)
        elif kind == "Rules":
            gp.check_rules(**inputs)


def build():
    return [_fips(), _ours()]


# ---------------------------------------------------------------- FIPS 186-4

def facts():
    return json.loads((FACTS / "nist-group-parameters.json").read_text(encoding="ascii"))["records"]


def _numbers(fields, *names):
    return {name: int(fields[name.upper()], 16) for name in names}


def other_prime(p, q):
    """The next prime p' = p + 2kq with as many bits."""
    candidate = p + 2 * q
    while not gp.is_prime(candidate):
        candidate += 2 * q
    return candidate


def _fips():
    file = VectorFile("v1/group-parameters/group_parameters_fips186-4_test.json", "FIPS 186-4 App. A", "group-parameters.schema.json",
                      "fips186-4", HEADER_FIPS, NOTES, GENERATOR, ["NIST CAVS 11.1: PQGGen.rsp, PQGVer.rsp"])
    judge = Judge(file)
    for record in facts():
        section, fields = record["section"], record["fields"]
        length, order, name = parse_sizes(record["sizes"])
        where = f"{record['origin']} {section}, {record['sizes']}"
        thorough = length == 1024
        if section == "A.1.1.2":
            _generation(judge, where, length, order, name, fields, thorough)
        elif section == "A.1.1.3":
            reason = REASONS.get((section, fields["Result"]))
            claim = {**_numbers(fields, "p", "q"), "counter": int(fields["c"]), "seed": bytes.fromhex(fields["Seed"])}
            judge.add("PrimesValidation", {"hash": name}, where, "Nist", claim, reason)
            if reason is None:
                _validation(judge, where, name, claim, thorough)
        elif section in ("A.2.1", "A.2.2"):
            claim = _numbers(fields, "p", "q", "g")
            reason = REASONS.get((section, fields.get("Result")))
            judge.add("PartialValidation", {}, where, "Nist", claim, reason)
            if "H" in fields:
                judge.add("UnverifiableGenerator", {}, where, "Nist", {**claim, "h": int(fields["H"], 16)}, reason and "g-mismatch")
            if reason is None:
                _partial(judge, where, claim, int(fields.get("H", "2"), 16), "H" in fields)
        else:
            claim = {**_numbers(fields, "p", "q", "g"), "seed": bytes.fromhex(seed_of(fields)), "index": int(fields["index"], 16)}
            reason = REASONS.get((section, fields.get("Result")))
            judge.add("VerifiableGenerator", {"hash": name}, where, "Nist", claim, reason)
            if reason is None:
                _verifiable(judge, where, name, claim)
    _small(judge)
    return file


def _generation(judge, where, length, order, name, fields, thorough):
    sizes = {"elementBits": length, "scalarBits": order, "hash": name}
    claim = {**_numbers(fields, "p", "q"), "counter": int(fields["counter"]), "seed": bytes.fromhex(fields["domain_parameter_seed"])}

    def add(comment, flag, meant=None, changed=sizes, **changes):
        judge.add("PrimesGeneration", changed, f"{where}: {comment}", flag, {**claim, **changes}, meant)
    add("as published", "Nist")
    add("counter + 1", "Counter", "counter-mismatch", counter=claim["counter"] + 1)
    if thorough:
        add("counter 0", "Counter", "counter-mismatch", counter=0)
        add("p + 2", "AlteredP", "p-mismatch", p=claim["p"] + 2)
        add("p - 2", "AlteredP", "p-mismatch", p=claim["p"] - 2)
        add("q + 2", "AlteredQ", "q-mismatch", q=claim["q"] + 2)
        add("the seed one byte shorter", "Seed", "seed-too-short", seed=claim["seed"][:-1])
        add("a seed of 1025 bytes", "Seed", "seed-too-long", seed=claim["seed"] + bytes(1025 - len(claim["seed"])))
        seed = flip_bit(claim["seed"], 0)
        while gp.is_prime(gp.order_of(order, seed, name)):
            seed = flip_bit(seed, 7)
        add("a seed whose q is not prime", "NoPrime", "q-prime", seed=seed)
        add("N above the bits of the hash", "Sizes", "sizes", {**sizes, "scalarBits": gp.digest_bits(name) + 1})


def _validation(judge, where, name, claim, thorough):
    p, q, counter, seed = (claim[field] for field in ("p", "q", "counter", "seed"))

    def add(comment, flag, meant, hash_name=name, **changes):
        judge.add("PrimesValidation", {"hash": hash_name}, f"{where}: {comment}", flag, {**claim, **changes}, meant)
    add("counter + 1", "Counter", "counter-mismatch", counter=counter + 1)
    add("counter - 1", "Counter", "p-mismatch", counter=counter - 1)
    add("one bit of the seed", "Seed", "q-mismatch", seed=flip_bit(seed, 3))
    add("q + 2", "AlteredQ", "q-divides-p-minus-1", q=q + 2)
    add("p + 2", "AlteredP", "q-divides-p-minus-1", p=p + 2)
    add("p - 2", "AlteredP", "q-divides-p-minus-1", p=p - 2)
    if not thorough:
        return
    add("counter 0", "Counter", "p-mismatch", counter=0)
    add("counter 4L - 1", "Counter", "counter-mismatch", counter=4 * p.bit_length() - 1)
    add("counter 4L", "Counter", "counter-range", counter=4 * p.bit_length())
    add("p + 2q, composite", "AlteredP", "p-prime", p=next(p + 2 * q * k for k in range(1, 99) if not gp.is_prime(p + 2 * q * k)))
    add("another prime p with the same q", "AlteredP", "p-mismatch", p=other_prime(p, q))
    add("the seed with a zero byte before it", "Seed", "q-mismatch", seed=b"\0" + seed)
    add("the seed one byte shorter", "Seed", "seed-too-short", seed=seed[:-1])
    add("a seed of 1025 bytes", "Seed", "seed-too-long", seed=seed + bytes(1025 - len(seed)))
    add("q, and p of as many bits", "Sizes", "sizes", p=q + 2)
    add("another hash", "Hash", "q-mismatch", hash_name="SHA-512")
    bad = flip_bit(seed, 0)
    while gp.is_prime(gp.order_of(q.bit_length(), bad, name)):
        bad = flip_bit(bad, 7)
    composite = gp.order_of(q.bit_length(), bad, name)
    add("the q of a seed that gives no prime", "NoPrime", "q-prime", seed=bad, q=composite, p=p - p % (2 * composite) + 1)


def _partial(judge, where, claim, h, made_by_h):
    p, q, g = claim["p"], claim["q"], claim["g"]

    def add(comment, flag, meant, **changes):
        judge.add("PartialValidation", {}, f"{where}: {comment}", flag, {**claim, **changes}, meant)
    for comment, value in [("0", 0), ("1", 1), ("p - 1", p - 1), ("p", p), ("p + g", p + g)]:
        add("g = " + comment, "Range", "range", g=value)
    add("g + 1", "AlteredG", "g-order", g=g + 1)
    add("p - g, of order 2q", "AlteredG", "g-order", g=p - g)
    add("q + 2", "AlteredQ", "q-divides-p-minus-1", q=q + 2)
    add("g squared, which generates too", "AlteredG", None, g=g * g % p)
    if made_by_h:
        claim = {**claim, "h": h}

        def add_h(comment, flag, meant, **changes):
            judge.add("UnverifiableGenerator", {}, f"{where}: {comment}", flag, {**claim, **changes}, meant)
        add_h("g squared", "AlteredG", "g-mismatch", g=g * g % p)
        add_h("h + 1", "AlteredG", "g-mismatch", h=h + 1)
        add_h("h^q, which gives 1", "AlteredG", "no-generator", h=pow(h, q, p))
        for comment, value in [("0", 0), ("1", 1), ("p - 1", p - 1), ("p + h", p + h)]:
            add_h("h = " + comment, "Range", "range", h=value)
        add_h("q + 2", "AlteredQ", "q-divides-p-minus-1", q=q + 2)


def _verifiable(judge, where, name, claim):
    p, q, g, seed = claim["p"], claim["q"], claim["g"], claim["seed"]

    def add(comment, flag, meant, hash_name=name, **changes):
        judge.add("VerifiableGenerator", {"hash": hash_name}, f"{where}: {comment}", flag, {**claim, **changes}, meant)
    add("the next index", "Index", "g-mismatch", index=(claim["index"] + 1) % 256)
    add("one bit of the seed", "Seed", "g-mismatch", seed=flip_bit(seed, 9))
    add("a seed of 1025 bytes", "Seed", "seed-too-long", seed=seed + bytes(1025 - len(seed)))
    add("g squared, which generates too", "AlteredG", "g-mismatch", g=g * g % p)
    add("g + 1", "AlteredG", "g-order", g=g + 1)
    add("g = 1", "Range", "range", g=1)
    add("g = p - 1", "Range", "range", g=p - 1)
    add("q + 2", "AlteredQ", "q-divides-p-minus-1", q=q + 2)
    add("another hash", "Hash", "g-mismatch", hash_name="SHA-224")


def _small(judge):
    """Sizes that are quick to search in full: every seed of one byte more, with and without a prime."""
    sizes = {"elementBits": 34, "scalarBits": 32, "hash": "SHA-256"}
    wanted = {None: 3, "q-prime": 3, "too-many-candidates": 3}
    for byte in range(256):
        seed = bytes([byte, 1, 2, 3])
        try:
            p, q, counter = gp.generate_primes(34, 32, seed, "SHA-256")
            meant = None
        except gp.Fault as fault:
            p, q, counter, meant = 23, 11, 0, str(fault)
        if wanted[meant] > 0:
            wanted[meant] -= 1
            judge.add("PrimesGeneration", sizes, f"34/32 bits, seed {seed.hex()}", "Basic" if meant is None else "NoPrime",
                      {"p": p, "q": q, "counter": counter, "seed": seed}, meant)


# ---------------------------------------------------------------- ringwork-1 and the rules

def _ours():
    file = VectorFile("v1/group-parameters/group_parameters_ringwork-v1_test.json", "Group parameters, ringwork-1", "group-parameters.schema.json",
                      "ringwork-v1", HEADER_OURS, NOTES, GENERATOR, [])
    judge = Judge(file)
    for length, order, seed, u, flag in [
            (256, 128, b"vector-256-128", 1, "Basic"), (64, 32, b"\0", 1, "Basic"), (32, 16, b"ringwork", 1, "Basic"),
            (256, 128, b"vector-256-128", 6, "Cofactor"), (512, 160, b"", 65535, "Cofactor"),
            (2048, 256, b"ringwork-2048-256", 1, "Embedded"), (3072, 256, b"ringwork-3072-256", 1, "Embedded")]:
        _provenance(judge, length, order, seed, u, flag)
    _rules(judge)
    return file


def _provenance(judge, length, order, seed, u, flag):
    p, q, g, t, counter = gp.ringwork1(length, order, seed, 1, u)
    claim = {"p": p, "q": q, "g": g, "t": t, "seed": seed, "counter": counter, "index": 1}

    def add(comment, flag, meant, **changes):
        judge.add("Provenance", {}, f"{length}/{order} bits, u = {u}: {comment}", flag, {**claim, **changes}, meant)
    add("as made", flag, None)
    add("counter + 1", "Counter", "provenance-counter", counter=counter + 1)
    add("the next index", "Index", "provenance-g", index=2)
    add("g squared", "AlteredG", "provenance-g", g=g * g % p)
    if length > 2000:
        return
    add("counter 2^32 - 1", "Counter", "provenance-counter", counter=(1 << 32) - 1)
    add("index 0", "Index", "provenance-g", index=0)
    add("g = 1", "AlteredG", "provenance-g", g=1)
    add("p + 2", "AlteredP", "provenance-p", p=p + 2)
    add("p - 2", "AlteredP", "provenance-p", p=p - 2)
    add("another prime p with the same q", "AlteredP", "provenance-p", p=other_prime(p, q))
    add("q + 2", "AlteredQ", "provenance-q", q=q + 2)
    add("q - 2", "AlteredQ", "provenance-q", q=q - 2)
    add("t, where there is none", "AlteredT", "provenance-t" if u == 1 else "provenance-q", t=None)
    add("t = 2", "AlteredT", "provenance-t" if u == 1 else "provenance-q", t=2)
    add("a zero byte more", "Seed", "provenance-q", seed=seed + b"\0")
    add("a seed of 1025 bytes", "Seed", "provenance-sizes", seed=bytes(1025))
    add("p of q's bits", "Sizes", "provenance-sizes", p=q)
    add("q of 7 bits", "Sizes", "provenance-sizes", q=0x7f, t=None)
    if seed:
        add("one bit of the seed", "Seed", "provenance-q", seed=flip_bit(seed, 0))


def _rules(judge):
    ours = gp.ringwork1(256, 128, b"vector-256-128")[:4]
    rfc = rfc5114_group()
    for name, (p, q, g, t) in [("256/128", ours), ("toy", (23, 11, 2, 5)), ("RFC 5114 2048/256", (rfc.p, rfc.q, rfc.g, None))]:
        claim = {"p": p, "q": q, "g": g, "t": t}

        def add(comment, flag, meant, **changes):
            judge.add("Rules", {}, f"{name}: {comment}", flag, {**claim, **changes}, meant)
        add("as made", "Basic", None)
        add("p - 1", "AlteredP", "p-usable", p=p - 1)
        add("p = 1", "AlteredP", "p-usable", p=1)
        add("p of 16385 bits", "Sizes", "p-usable", p=(1 << 16384) + 1)
        add("q = 0", "AlteredQ", "q-usable", q=0)
        add("q = 1", "AlteredQ", "q-usable", q=1)
        add("q = 2", "AlteredQ", "q-usable", q=2)
        add("q = p", "AlteredQ", "q-usable", q=p)
        add("a composite p = 1 mod 2q", "AlteredP", "p-prime", p=next(p + 2 * q * k for k in range(1, 999) if not gp.is_prime(p + 2 * q * k)))
        add("q + 1, and odd", "AlteredQ", "q-prime", q=next(n for n in range(q + 2, p, 2) if not gp.is_prime(n)))
        add("another prime q", "AlteredQ", "q-divides-p-minus-1", q=next(n for n in range(q + 2, p, 2) if gp.is_prime(n)))
        for comment, value in [("0", 0), ("1", 1), ("p - 1", p - 1), ("p", p), ("p + g", p + g)]:
            add("g = " + comment, "Range", "g-order", g=value)
        add("p - g, of order 2q", "AlteredG", "g-order", g=p - g)
        add("g squared, which generates too", "AlteredG", None, g=g * g % p)
        add("t = 0", "AlteredT", "t-prime", t=0)
        add("t = 1", "AlteredT", "t-prime", t=1)
        add("t = 4", "AlteredT", "t-prime", t=4)
        add("t = 2, which divides q - 1", "AlteredT", None, t=2)
        add("t = q", "AlteredT", "t-divides-q-minus-1", t=q)
        add("a long t", "AlteredT", "t-divides-q-minus-1", t=q * q * 2)
        if t is not None:
            add("t + 2", "AlteredT", "t-divides-q-minus-1" if gp.is_prime(t + 2) else "t-prime", t=t + 2)
            add("no t", "AlteredT", None, t=None)
    p, q = next((2 * k * q * q + 1, q) for q in [11, 1009] for k in range(1, 99) if gp.is_prime(2 * k * q * q + 1))
    g = next(pow(h, (p - 1) // q, p) for h in range(2, p) if pow(h, (p - 1) // q, p) != 1)
    judge.add("Rules", {}, "q squared divides p - 1", "SubgroupTwice", {"p": p, "q": q, "g": g, "t": None}, "q-divides-once")
