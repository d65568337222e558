"""Vector files for the companion ring signatures: one file per scheme and group, and one of keys per group.

Every damaged signature is judged by this library's own verifier, and the reason it gives is the reason recorded.
In the toy group a damaged signature can pass, or fail another check, by chance; such a case is left out
(`Cases.add`). In the larger groups that would be an error.
"""

import companions
from companion_schemes import ELEMENT, SCALAR, SCHEMES, interpolate
from companions import Curve, Schnorr, Statement, hash_g, key_fault, make_key, ring_fault
from documents import VectorFile, note, number
from drbg import Drbg
from framing import be32
from ring_paper import os2ip
from vectors_ring_paper import k2_group, toy_group

NOTES = {
    "Basic": note("BASIC", "An honest signature, key, ring, base or transcript."),
    "Sign": note("BASIC", "Signing with the given randomness gives exactly this signature."),
    "SignInput": note("EDGE_CASE", "Signing that must be refused: another key, or randomness out of range or missing."),
    "Unsorted": note("EDGE_CASE", "The ring is listed in another order: it is sorted before anything is hashed."),
    "Edge": note("EDGE_CASE", "An honest signature with extreme randomness, message or context."),
    "Message": note("BASIC", "Another message."),
    "Context": note("BASIC", "Another context (or issue)."),
    "Framing": note("AUTH_BYPASS", "Bytes moved between context and message (attack A11)."),
    "Threshold": note("AUTH_BYPASS", "Another threshold than the one signed for."),
    "RingChanged": note("BASIC", "A key exchanged, missing or added."),
    "RingKey": note("AUTH_BYPASS", "A ring with a key that is no element, or whose proof of possession fails (attacks A9, A20)."),
    "DuplicateKey": note("AUTH_BYPASS", "One key twice in the ring."),
    "KeySubstitution": note("AUTH_BYPASS", "y' = y*g^e and s' = s - c*e (attack A16): every equation holds but for the ring in the hash."),
    "Length": note("ENCODING", "Bytes missing, added, or the encoding of another number of members."),
    "LongResponse": note("ENCODING", "A response that was not reduced mod q, in more bytes than a scalar has (attack A17)."),
    "Range": note("MALLEABILITY", "A scalar out of its range: q, the right value plus q, or all ones."),
    "Membership": note("AUTH_BYPASS", "An element outside the group, or 1: p-1, negated, unreduced, not on the curve, another encoding of a point."),
    "ClosesAnyway": note("AUTH_BYPASS", "The equation holds: only the check named by the reason refuses this signature."),
    "Altered": note("BASIC", "One value changed."),
    "Swapped": note("BASIC", "Two values, or the values of two members, exchanged."),
    "Tag": note("AUTH_BYPASS", "The tag of another key, context or base (attack A14), or another element."),
    "WrongPreimage": note("WRONG_PRIMITIVE", "Signed correctly but for one mistake in what is hashed, or how."),
    "OtherScheme": note("WRONG_PRIMITIVE", "A signature made for another scheme's transcript or sign convention."),
    "ShortChallenge": note("FORGERY", "Signed with the 128-bit H_c inside the ring (attack A21 needs those)."),
    "KeylessForgery": note("FORGERY", "Made without any key, for a weaker verifier."),
    "Relation": note("BASIC", "What two valid signatures have to do with each other."),
    "WrongRelation": note("BASIC", "Two valid signatures with another relation claimed."),
    "Unverified": note("MISSING_STEP", "A relation asked of signatures of which one is not valid."),
    "Proof": note("BASIC", "A proof of possession altered, or made for another label, key or nonce."),
    "Label": note("EDGE_CASE", "A label that is empty, not ASCII, or as long as allowed, or longer."),
    "HashItems": note("BASIC", "The base or the transcript of other items."),
}

ORDER_KEYS = "Ring keys are checked first, in the order listed (key-not-in-group, c-out-of-range, s-out-of-range, proof-mismatch), then ring-too-small, duplicate-key, then the number's own rules, then wrong-length, then the values in the order of the encoding, then ring-equation."


class Setting:
    """A group with keys to make rings of: honest ones with known exponents, and bad ones."""

    def __init__(self, group, stem, honest):
        self.group, self.stem = group, stem
        drbg = Drbg(f"companions {stem} keys")
        secrets = []
        while len(secrets) < honest:
            x = drbg.between(1, group.q - 1)
            if x not in secrets:
                secrets.append(x)
        self.keys = [make_key(group, x, f"key {i}", drbg.below(group.q)) for i, x in enumerate(secrets)]
        self.honest = honest
        self.bad = []
        good = self.keys[0]
        wrong = drbg.between(1, group.q - 1)
        for y in self.strange_elements():
            self._add(good.changed(y=y, label="no element", x=None))
        self._add(good.changed(label="another label", x=None))
        self._add(good.changed(s=group.eq((os2ip(good.s) + 1) % group.q), x=None))
        self._add(make_key(group, wrong, "m", 1).changed(c=group.eq(group.q), x=None))
        self._add(make_key(group, wrong, "m", 1).changed(s=group.eq(group.q), x=None))

    def _add(self, key):
        if key_fault(self.group, key) is not None:
            self.bad.append(len(self.keys))
            self.keys.append(key)

    def strange_elements(self):
        """Full-width encodings that are no element other than 1."""
        group, width = self.group, self.group.le
        some = group.power(group.g, 5)
        found = [group.encode(group.identity)]
        if isinstance(group, Schnorr):
            outside = next(v for v in range(2, group.p) if pow(v, group.q, group.p) != 1)
            values = [0, group.p - 1, group.p, group.p - some, outside, group.p + 1, 256**width - 1]
            found += [value.to_bytes(width, "big") for value in values if value < 256**width]
        else:
            off = next(x for x in range(1, 99) if group.lift(x, 0) is None)
            on = next(x for x in range(1, 99) if group.lift(x, 0) is not None)
            found += [b"\x02" + off.to_bytes(32, "big"), b"\x02" + (group.p + on).to_bytes(32, "big"),
                      b"\x02" + group.p.to_bytes(32, "big"), b"\x03" + b"\xff" * 32, b"\x02" + bytes(32),
                      b"\x00" + group.encode(some)[1:], b"\x04" + group.encode(some)[1:],
                      b"\x05" + group.encode(some)[1:]]
        return [data for data in found if group.decode(data) is None]

    def parameters(self):
        group = self.group
        if isinstance(group, Curve):
            head = {"curve": group.name}
        else:
            head = {"p": number(group.p), "q": number(group.q), "g": number(group.g),
                    "t": None if group.t is None else number(group.t)}
        return {"groupParameters": head}

    def table(self):
        return [{"y": key.y.hex(), "label": key.label, "c": key.c.hex(), "s": key.s.hex()} for key in self.keys]

    @property
    def is_toy(self):
        return self.group.q < 1 << 64

    @property
    def is_curve(self):
        return isinstance(self.group, Curve)

    def sorted_places(self, places):
        return sorted(places, key=lambda place: self.keys[place].y)


def settings():
    return [Setting(Schnorr(toy_group()), "toy-47-23", 12), Setting(Schnorr(k2_group()), "vector-256-128", 9),
            Setting(Curve("secp256k1"), "secp256k1", 9)]


def build():
    files = []
    for setting in settings():
        files.append(key_file(setting))
        files += [scheme_file(setting, scheme) for scheme in SCHEMES]
    files.append(key_file(Setting(Curve("P-256"), "p-256", 4)))
    return files


# ---------------------------------------------------------------- signatures

class Party:
    """A ring of table keys, a signer, and what is signed."""

    def __init__(self, setting, scheme, places, signers, message, context, extra=0):
        self.setting, self.scheme = setting, scheme
        self.places = setting.sorted_places(places)
        self.signers = setting.sorted_places(signers)  # places in the table of keys
        self.statement = Statement(setting.group, scheme.name, tuple(setting.keys[place].y for place in self.places),
                                   context, message, extra=extra)

    @property
    def seats(self):
        """The signers' places in the ring."""
        return [self.places.index(signer) for signer in self.signers]

    @property
    def n(self):
        return len(self.places)

    def draw(self, drbg):
        return self.scheme.draw(self.statement, self.seats, drbg)

    def sign(self, draws, statement=None):
        secrets = [self.setting.keys[signer].x for signer in self.signers]
        return self.scheme.sign(statement or self.statement, list(zip(self.seats, secrets)), draws)

    def encode(self, values):
        return self.scheme.encode(self.statement, values)


def outcome(setting, scheme, places, context, message, extra, data):
    """Why a verifier refuses, or None: the keys, the ring, then the signature for the sorted ring."""
    keys = [setting.keys[place] for place in places]
    if fault := ring_fault(setting.group, keys):
        return fault
    ring = tuple(sorted(key.y for key in keys))
    statement = Statement(setting.group, scheme.name, ring, context, message, extra=extra)
    return scheme.statement_fault(statement) or scheme.fault(statement, data)


class Cases:
    """Adds Verify tests, judged by the verifier; the toy group's accidents are left out."""

    def __init__(self, group, setting, scheme):
        self.tests, self.setting, self.scheme = group, setting, scheme

    def add(self, party, data, comment, flag, reason=None, places=None, **changes):
        """`reason`: None for valid, "any" for whatever refuses it. Changes: context, message, extra."""
        places = party.places if places is None else places
        statement = party.statement.changed(**changes)
        got = outcome(self.setting, self.scheme, places, statement.context, statement.message, statement.extra, data)
        if (got is None if reason == "any" else got != reason):
            if self.setting.is_toy:
                return
            raise ValueError(f"{self.scheme.name} {self.setting.stem}: {comment}: {got} instead of {reason}")
        inputs = {"ring": list(places), "context": statement.context.hex(), "message": statement.message.hex()}
        if self.scheme.extra is not None:
            inputs[self.scheme.extra] = statement.extra
        inputs["signature"] = data.hex()
        inputs["fields"] = fields(self.scheme, statement, data) if got is None else None
        self.tests.add(comment, [flag], inputs, got)


def fields(scheme, statement, data):
    """The decoded values by name, in hexadecimal of fixed width."""
    return {name: raw.hex() if isinstance(raw, bytes) else [value.hex() for value in raw]
            for name, raw in scheme.cut(statement, data).items()}


def scheme_file(setting, scheme):
    drbg = Drbg(f"companions {scheme.name} {setting.stem}")
    stem = scheme.name.replace("-", "_")
    file = VectorFile(
        path=f"v1/ring-{scheme.name}/ring_{stem}_{setting.stem}_ringwork-v1_test.json", algorithm=scheme.title,
        schema=f"ring-{scheme.name}.schema.json", profile="ringwork-v1",
        header=["keys are listed once for a group of tests, and a ring names them by their places in that list.", *scheme.header(), ORDER_KEYS]
        + (["This group is tiny and protects nothing."] if setting.is_toy else []),
        notes=NOTES, generator="Generators/vectors_companions.py", checked_by=[])
    head = {**setting.parameters(), "keys": setting.table()}
    cases = Cases(file.group("Verify", head), setting, scheme)
    signing = file.group("Sign", head)

    sizes = [3, 2, 4] if setting.is_toy else [3, 2]
    for number_of_party, n in enumerate(sizes):
        places = pick(drbg, setting.honest, scheme.ring_size(n))
        extra = scheme.choose_extra(len(places), number_of_party)
        signers = [places[i] for i in pick(drbg, len(places), extra or 1)]
        party = Party(setting, scheme, places, signers, b"record %d" % number_of_party,
                      b"event %d" % number_of_party, extra)
        draws, values = sign_honestly(party, drbg)
        label = f"n = {party.n}"
        data = party.encode(values)
        cases.add(party, data, f"{label}, signed at {', '.join(map(str, party.seats))}", "Basic")
        sign_tests(signing, party, draws, data, drbg, full=number_of_party == 0)
        everything = number_of_party == 0 or (setting.is_toy and party.n < 6)
        damage(cases, party, values, label, drbg, everything)
        if number_of_party == 0:
            statements(cases, party, data, drbg)
            honest_edges(cases, signing, party, drbg)
            wrong_signers(cases, party, drbg)
            substitutions(cases, party, values, drbg)
            attacks(cases, party, values, drbg)
    if scheme.relation:
        relations(file.group(scheme.relation, head), setting, scheme, drbg)
    return file


def pick(drbg, count, size):
    chosen = []
    while len(chosen) < size:
        place = drbg.below(count)
        if place not in chosen:
            chosen.append(place)
    return chosen


def sign_honestly(party, drbg):
    """Draws until the values are usable: no element of the signature is 1 (possible in the toy group only)."""
    while True:
        draws = party.draw(drbg)
        values = party.sign(draws)
        if values is not None and party.scheme.fault(party.statement, party.encode(values)) is None:
            return draws, values


def sign_tests(signing, party, draws, data, drbg, full):
    """Reproduced bit for bit; then the same with wrong results and unusable inputs."""
    setting, scheme, group = party.setting, party.scheme, party.setting.group

    def add(comment, flag, signature, reason=None, signers=None, table=None, places=None):
        table = draws if table is None else table
        inputs = {"ring": list(party.places if places is None else places),
                  "signers": [{"key": place, "x": group.eq(setting.keys[place].x).hex()} for place in (party.signers if signers is None else signers)],
                  "context": party.statement.context.hex(), "message": party.statement.message.hex()}
        if scheme.extra is not None:
            inputs[scheme.extra] = party.statement.extra
        inputs["randomness"] = {name: [group.eq(value).hex() for value in values] for name, values in table.items()}
        inputs["signature"] = signature.hex()
        inputs["fields"] = fields(scheme, party.statement, signature) if reason is None else None
        signing.add(comment, [flag], inputs, reason)

    label = f"n = {party.n}"
    add(f"{label}: the signature of this randomness", "Sign", data)
    if not full:
        return
    add(f"{label}: another signature, the last bit flipped", "Sign", data[:-1] + bytes([data[-1] ^ 1]), "signature-mismatch")
    add(f"{label}: the ring in another order", "Unsorted", data, places=party.places[::-1])
    other, values = sign_honestly(party, drbg)
    if party.encode(values) != data:
        add(f"{label}: the signature of other randomness", "Sign", party.encode(values), "signature-mismatch")
    add(f"{label}: a byte less", "Sign", data[:-1], "signature-mismatch")
    outsider = next(s for s in range(setting.honest) if s not in party.places)
    add(f"{label}: a signer outside the ring", "SignInput", data, "signer-not-in-ring",
        signers=[outsider] + party.signers[1:])
    names = list(draws)
    add(f"{label}: no {names[0]}", "SignInput", data, "unusable-randomness", table={**draws, names[0]: []})
    for name in names:
        spoiled = list(draws[name])
        place = scheme.needed_draw(party.statement, party.seats, name)
        if place is None:
            continue
        spoiled[place] = group.q
        add(f"{label}: {name}[{place}] = q", "SignInput", data, "unusable-randomness", table={**draws, name: spoiled})
    if scheme.name == "groth-kohlweiss":
        # What is sent is never 1: Y_k = J^rho_k, and L_j = g^r_j where the signer's bit is 0.
        zeros = [("rho", len(draws["rho"]) - 1)] + [("r", j) for j in range(len(draws["r"])) if not party.seats[0] >> j & 1][:1]
        for name, place in zeros:
            if name == "rho" and place == 0:
                continue
            spoiled = [0 if j == place else value for j, value in enumerate(draws[name])]
            if scheme.sign(party.statement, [(party.seats[0], setting.keys[party.signers[0]].x)], {**draws, name: spoiled}) is not None:
                raise ValueError("a commitment of 1 was sent")
            add(f"{label}: {name}[{place}] = 0, a commitment of 1", "SignInput", data, "element-not-in-group", table={**draws, name: spoiled})
    add(f"{label}: one member", "SignInput", data, "ring-too-small", places=party.signers[:1])
    add(f"{label}: a key twice", "SignInput", data, "duplicate-key", places=party.places + party.signers[:1])
    unproved = next(bad for bad in setting.bad if key_fault(group, setting.keys[bad]) == "proof-mismatch")
    add(f"{label}: a key without a valid proof", "SignInput", data, "proof-mismatch", places=party.places + [unproved])


def damage(cases, party, values, label, drbg, everything):
    """Each value damaged, one at a time; then lengths."""
    setting, scheme, statement = party.setting, party.scheme, party.statement
    group = setting.group
    data = party.encode(values)
    raw = scheme.cut(statement, data)
    lists = [part for part in scheme.layout(statement) if part.count is not None]

    def add(name, place, value, comment, flag, reason="any"):
        changed = {key: list(v) if isinstance(v, list) else v for key, v in raw.items()}
        if place is None:
            changed[name] = value
        else:
            changed[name][place] = value
        cases.add(party, scheme.join(statement, changed), f"{label}: {comment}", flag, reason)

    for part in scheme.layout(statement):
        count = 1 if part.count is None else part.count
        places = range(count)
        if not everything:
            places = sorted({0, count - 1}) if count else []
        elif setting.is_curve and count > 3:
            places = sorted({0, count // 2, count - 1})
        for place in places:
            value = raw[part.name] if part.count is None else raw[part.name][place]
            name = part.name if part.count is None else f"{part.name}[{place}]"
            target = None if part.count is None else place
            if part.kind == SCALAR:
                s = os2ip(value)
                add(part.name, target, group.eq((s + 1) % group.q), f"{name} plus one", "Altered")
                if everything:
                    add(part.name, target, group.eq((s - 1) % group.q), f"{name} minus one", "Altered")
                    add(part.name, target, group.eq(-s % group.q), f"{name} negated", "Altered")
                if everything and place == 0:
                    add(part.name, target, group.eq(0), f"{name} = 0", "Altered")
                out = {"q": group.q, "itself plus q": s + group.q, "all ones": 256**group.lq - 1, "q + 1": group.q + 1}
                for what, wrong in out.items():
                    if wrong < 256**group.lq and (what != "q + 1" or place == 0):
                        add(part.name, target, group.eq(wrong), f"{name} = {what}", "Range", part.reason)
            else:
                element_damage(add, setting, part, target, value, name, everything and place in (0, count - 1))
    for part in lists:
        if part.count >= 2:
            first, second = raw[part.name][0], raw[part.name][1]
            changed = {**raw, part.name: [second, first] + raw[part.name][2:]}
            cases.add(party, scheme.join(statement, changed), f"{label}: {part.name}[0] and {part.name}[1] exchanged", "Swapped", "any")
            turned = {**raw, part.name: raw[part.name][1:] + raw[part.name][:1]}
            cases.add(party, scheme.join(statement, turned), f"{label}: {part.name} rotated", "Swapped", "any")
    if len([part for part in lists if part.count == party.n]) > 1:
        changed = {part.name: [raw[part.name][1], raw[part.name][0]] + raw[part.name][2:]
                   if part.count == party.n else raw[part.name] for part in scheme.layout(statement)}
        cases.add(party, scheme.join(statement, changed), f"{label}: the values of members 0 and 1 exchanged", "Swapped", "any")
    for comment, wrong in [("empty", b""), ("the last byte missing", data[:-1]), ("the first byte missing", data[1:]),
                           ("a zero byte appended", data + b"\x00"), ("a zero byte in front", b"\x00" + data),
                           ("a scalar more", data + data[-group.lq:]), ("a scalar less", data[:-group.lq]),
                           ("twice", data + data)]:
        cases.add(party, wrong, f"{label}: {comment}", "Length", "wrong-length")
    last = scheme.layout(statement)[-1]
    if last.kind == SCALAR:
        s = os2ip(data[-group.lq:])
        cases.add(party, data[:-group.lq] + (s + group.q * 256**group.lq).to_bytes(2 * group.lq, "big"),
                  f"{label}: the last response not reduced, in twice the bytes", "LongResponse", "wrong-length")


def element_damage(add, setting, part, target, value, name, everything):
    group = setting.group
    element = group.decode(value)
    add(part.name, target, group.encode(group.mul(element, group.g)), f"{name} times g", "Altered")
    if not everything:
        return
    add(part.name, target, group.encode(group.inv(element)), f"{name} inverted", "Altered")
    add(part.name, target, group.encode(group.power(element, 2)), f"{name} squared", "Altered")
    add(part.name, target, group.encode(group.g), f"{name} = g", "Altered")
    for wrong in setting.strange_elements():
        add(part.name, target, wrong, f"{name} = {wrong.hex()}", "Membership", part.reason)
    if isinstance(group, Schnorr):
        add(part.name, target, group.encode(group.p - element), f"{name} negated", "Membership", part.reason)
        if element + group.p < 256**group.le:
            add(part.name, target, group.encode(element + group.p), f"{name} plus p", "Membership", part.reason)
        for step in (1, -1):
            if group.decode(group.encode((element + step) % group.p)) is None:
                add(part.name, target, group.encode((element + step) % group.p), f"{name} {step:+d}", "Membership", part.reason)
            else:
                add(part.name, target, group.encode((element + step) % group.p), f"{name} {step:+d}", "Altered")
    else:
        for head in (0, 4, 6, 0x82):
            add(part.name, target, bytes([head]) + value[1:], f"{name} with the first byte {head:02x}", "Membership", part.reason)


def statements(cases, party, data, drbg):
    """The same signature for another statement."""
    setting, scheme, st = party.setting, party.scheme, party.statement
    for comment, message in [("another message", b"record 9"), ("an empty message", b""), ("a zero byte after the message", st.message + b"\x00"),
                             ("a zero byte before the message", b"\x00" + st.message)]:
        cases.add(party, data, comment, "Message", "any", message=message)
    for comment, context in [("another context", b"event 9"), ("an empty context", b""), ("a zero byte after the context", st.context + b"\x00")]:
        cases.add(party, data, comment, "Context", "any", context=context)
    joined = st.context + st.message
    for cut in (0, len(st.context) - 1, len(st.context) + 1, len(joined)):
        cases.add(party, data, f"the boundary of context and message moved to {cut}", "Framing", "any",
                  context=joined[:cut], message=joined[cut:])
    cases.add(party, data, "context and message exchanged", "Framing", "any", context=st.message, message=st.context)

    places = party.places
    cases.add(party, data, "the ring listed in descending order", "Unsorted", None, places=places[::-1])
    if party.n > 2:
        cases.add(party, data, "the ring listed from its second member on", "Unsorted", None, places=places[1:] + places[:1])
    others = [place for place in range(setting.honest) if place not in places]
    for index in range(party.n):
        changed = list(places)
        changed[index] = others[index % len(others)]
        cases.add(party, data, f"member {index} is another key", "RingChanged", "any", places=changed)
    cases.add(party, data, "a member more", "RingChanged", "any", places=places + others[:1])
    if party.n > 2:
        cases.add(party, data, "the last member missing", "RingChanged", "any", places=places[:-1])
        cases.add(party, data, "the first member missing", "RingChanged", "any", places=places[1:])
    cases.add(party, data, "another ring altogether", "RingChanged", "any", places=others[:party.n])
    cases.add(party, data, "the first member twice", "DuplicateKey", "duplicate-key", places=places + places[:1])
    cases.add(party, data, "the last member in place of the first", "DuplicateKey", "duplicate-key", places=places[-1:] + places[1:])
    cases.add(party, data, "one member", "RingChanged", "ring-too-small", places=places[:1])
    cases.add(party, data, "no member", "RingChanged", "ring-too-small", places=[])
    for bad in setting.bad:
        reason = key_fault(setting.group, setting.keys[bad])
        cases.add(party, data, f"a ring with the refused key {bad} ({reason})", "RingKey", reason, places=places[:-1] + [bad])
    if scheme.extra is not None:
        for value in [0, st.extra - 1, st.extra + 1, party.n, party.n + 1, 256]:
            cases.add(party, data, f"{scheme.extra} {value}", "Threshold", "any", extra=value)


def honest_edges(cases, signing, party, drbg):
    """Valid signatures of extreme inputs, and a small response that leaves room for itself plus q."""
    setting, scheme, group = party.setting, party.scheme, party.setting.group
    texts = [("an empty message", {"message": b""}), ("an empty context", {"context": b""}),
             ("a message of 300 bytes", {"message": drbg.bytes(300)}), ("a context that is not text", {"context": drbg.bytes(40)})]
    for comment, change in texts[:2] if setting.is_curve else texts:
        other = Party(setting, scheme, party.places, party.signers, change.get("message", party.statement.message),
                      change.get("context", party.statement.context), party.statement.extra)
        draws, values = sign_honestly(other, drbg)
        cases.add(other, other.encode(values), comment, "Edge")
        sign_tests(signing, other, draws, other.encode(values), drbg, full=False)
    for value in (0, 1, group.q - 1):
        draws = party.draw(drbg)
        for name in scheme.lists:
            draws[name] = [value] * len(draws[name])
        values = party.sign(draws)
        if values is None or scheme.fault(party.statement, party.encode(values)) is not None:
            continue
        data = party.encode(values)
        cases.add(party, data, f"every other scalar drawn as {'q - 1' if value > 1 else value}", "Edge")
        sign_tests(signing, party, draws, data, drbg, full=False)
        if value == 1:
            raw = scheme.cut(party.statement, data)
            for part in scheme.layout(party.statement):
                if part.kind != SCALAR or part.count is None:
                    continue
                for place, text in enumerate(raw[part.name]):
                    if os2ip(text) == 1 and 1 + group.q < 256**group.lq:
                        changed = {**raw, part.name: raw[part.name][:place] + [group.eq(1 + group.q)] + raw[part.name][place + 1:]}
                        cases.add(party, scheme.join(party.statement, changed), f"the same with {part.name}[{place}] = 1 + q",
                                  "Range", part.reason)


def wrong_signers(cases, party, drbg):
    """Signed correctly but for one mistake: the mistaken verifier accepts, ours refuses."""
    scheme = party.scheme
    common = [
        ("short-challenge", "ShortChallenge", "challenges by the 128-bit H_c"),
        ("ring-not-hashed", "WrongPreimage", "pre without the ring"),
        ("group-not-hashed", "WrongPreimage", "pre without the group's parameters"),
        ("context-joined", "WrongPreimage", "pre over context and message in one item"),
        ("message-first", "WrongPreimage", "pre with the message before the context"),
        ("other-scheme", "OtherScheme", "pre with the scheme name \"sag\""),
        ("unframed", "WrongPreimage", "the challenge's items joined without lengths"),
        ("plus", "OtherScheme", "responses s = u + c*x"),
    ]
    for quirk, flag, comment in common + scheme.quirks:
        if quirk in scheme.skipped_quirks:
            continue
        statement = party.statement.with_quirk(quirk)
        for _ in range(40):
            values = party.sign(party.draw(drbg), statement)
            if values is not None and scheme.holds(statement, values):
                break
        else:
            raise ValueError(f"{scheme.name}: the mistaken verifier refuses {quirk}")
        data = party.encode(values)
        cases.add(party, data, comment, flag, "any")


def substitutions(cases, party, values, drbg):
    """Attack A16: member i's key times g^e, its response less c_i*e; the commitments stay what they were."""
    setting, scheme, group = party.setting, party.scheme, party.setting.group
    if scheme.response_field is None:
        return
    def replacement(index):
        """Another key that would stand at the same place of the sorted ring."""
        for other in range(setting.honest):
            places = [*party.places[:index], other, *party.places[index + 1:]]
            if other not in party.places and setting.sorted_places(places) == places:
                return places, setting.keys[other].x - setting.keys[party.places[index]].x
        return None, None

    for index in range(party.n):
        places, e = replacement(index)
        if places is None:
            continue
        forged = party.encode(scheme.substituted(party.statement, values, index, e))
        cases.add(party, forged, f"member {index} is y*g^e, its response adjusted", "KeySubstitution", "any", places=places)
        if scheme.binds_ring_elsewhere:
            continue
        # The same on a signature whose hash leaves out the ring: there it would pass.
        statement = party.statement.with_quirk("ring-not-hashed")
        weak = scheme.substituted(statement, honest_values(party, drbg, statement), index, e)
        moved = statement.changed(ring=tuple(setting.keys[place].y for place in places))
        if not scheme.substitution_breaks_tag and not scheme.holds(moved, weak):
            raise ValueError(f"{scheme.name}: the substitution fails even where the ring is not hashed")
        cases.add(party, party.encode(weak), f"member {index} is y*g^e, on a signature whose hash leaves out the ring",
                  "KeySubstitution", "any", places=places)


def honest_values(party, drbg, statement):
    """Values that the verifier of this statement, quirks included, accepts."""
    for _ in range(200):
        values = party.sign(party.draw(drbg), statement)
        if values is not None and party.scheme.holds(statement, values):
            return values
    raise ValueError(f"{party.scheme.name}: the verifier refuses {sorted(statement.quirks)}")


def attacks(cases, party, values, drbg):
    """The scheme's own attacks, and values that no key made."""
    setting, scheme, group, statement = party.setting, party.scheme, party.setting.group, party.statement

    def scalars(value):
        return {part.name: values[part.name] if part.kind == ELEMENT else
                value() if part.count is None else [value() for _ in range(part.count)] for part in scheme.layout(statement)}

    for turn in range(3):
        cases.add(party, party.encode(scalars(lambda: drbg.below(group.q))), f"random scalars {turn}", "KeylessForgery", "any")
    for value in (0, 1, group.q - 1):
        cases.add(party, party.encode(scalars(lambda: value)), f"every scalar {'q - 1' if value > 1 else value}", "KeylessForgery", "any")
    if scheme.tag is not None:
        wrong_tags(cases, party, values, drbg)
    if scheme.name == "cds":
        threshold_attacks(cases, party, values, drbg)
    if scheme.name == "groth-kohlweiss":
        combination(cases, party, drbg)
    if scheme.name == "dualring":
        # With R chosen first, and no key, one challenge is left to fit both equations.
        c = [drbg.below(group.q) for _ in statement.elements]
        total = statement.challenge(*statement.encoded(scheme.product(statement, c, 5)))
        c[0] = (total - sum(c[1:])) % group.q
        cases.add(party, party.encode({"c": c, "z": 5}), "challenges made to fit the hash of another R", "KeylessForgery", "any")


def wrong_tags(cases, party, values, drbg):
    """Tags of other keys, contexts and bases; and the negated tag, with an equation that holds (attack A15)."""
    setting, scheme, group, statement = party.setting, party.scheme, party.setting.group, party.statement
    for comment, other in [
            ("another member's tag", Party(setting, scheme, party.places, [next(p for p in party.places if p not in party.signers)], statement.message, statement.context)),
            ("the signer's tag of another context", Party(setting, scheme, party.places, party.signers, statement.message, b"event 8"))]:
        _, theirs = sign_honestly(other, drbg)
        cases.add(party, party.encode({**values, scheme.tag: theirs[scheme.tag]}), comment, "Tag", "any")
    weak = honest_values(party, drbg, statement.with_quirk("logarithm-known"))
    cases.add(party, party.encode({**values, scheme.tag: weak[scheme.tag]}), "the signer's tag to a base of known logarithm (attack A14)", "Tag", "any")
    if setting.is_curve:
        return
    closed = honest_values(party, drbg, statement.with_quirk("negated-tag"))
    cases.add(party, party.encode(closed), f"{scheme.tag} negated, and the equation holds (attack A15)", "ClosesAnyway", "tag-not-in-group")


def threshold_attacks(cases, party, values, drbg):
    """Another threshold read into the same polynomial, and signatures by too few keys."""
    scheme, group, statement = party.scheme, party.setting.group, party.statement
    t, n = statement.extra, statement.n
    known = dict(enumerate(values["f"]))
    lower = {"f": values["f"] + [interpolate(group.q, known, n - t + 1)], "s": values["s"]}
    fewer = statement.changed(extra=t - 1)
    if t > 1:
        cases.add(party, scheme.encode(fewer, lower), "the threshold lowered, the next value of f appended", "Threshold", "any", extra=t - 1)
    higher = statement.changed(extra=t + 1)
    cases.add(party, scheme.encode(higher, {"f": values["f"][:-1], "s": values["s"]}), "the threshold raised, the last value of f left out",
              "Threshold", "any", extra=t + 1)
    # t - 1 keys: the others' challenges fix f, and with it f(0), before the hash.
    signers = party.seats[:-1]
    draws = party.draw(drbg)
    c = {i: drbg.below(group.q) for i in range(n) if i not in signers}
    s = [drbg.below(group.q) for _ in range(n)]
    points = {i + 1: ci for i, ci in c.items()}
    for place, signer in zip(signers, party.signers):
        s[place] = (draws["w"][0] - interpolate(group.q, points, place + 1) * party.setting.keys[signer].x) % group.q
    forged = {"f": [interpolate(group.q, points, v) for v in range(n - t + 1)], "s": s}
    cases.add(party, party.encode(forged), "made by one signer too few, f through the others' challenges", "Threshold", "any")
    short = Party(party.setting, scheme, party.places, party.signers[:-1], statement.message, statement.context, t - 1)
    if t > 1:
        _, theirs = sign_honestly(short, drbg)
        cases.add(party, short.encode(theirs), "a signature by one signer fewer", "Threshold", "wrong-length")
        cases.add(short, short.encode(theirs), "that signature, for its own threshold", "Basic")


def combination(cases, party, drbg):
    """Two keys combined with l_0 = 2 give a tag that is neither's; only B stands in the way."""
    setting, scheme, statement = party.setting, party.scheme, party.statement
    place = party.seats[0]
    partners = [party.places[place], party.places[place ^ 1]]
    secrets = [(party.places.index(p), setting.keys[p].x) for p in partners]
    weak = statement.with_quirk("not-a-bit", "products-not-hashed")
    for _ in range(100):
        values = scheme.sign(weak, secrets, party.draw(drbg))
        if values is not None and scheme.holds(weak, values):
            break
    else:
        raise ValueError("the combination fails even where B is not hashed")
    cases.add(party, party.encode(values), "two keys combined for a fresh tag, with B left out of the hash", "KeylessForgery", "any")
    for _ in range(100):
        values = scheme.sign(statement.with_quirk("not-a-bit"), secrets, party.draw(drbg))
        if values is not None:
            break
    cases.add(party, party.encode(values), "two keys combined for a fresh tag", "KeylessForgery", "any")


# ---------------------------------------------------------------- relations of two signatures

RELATIONS = {"Link": ("linked", "independent"), "Trace": ("linked", "independent", "double-signer")}


def relation_of(scheme, first, second):
    """What two valid signatures have to do with each other, and the place of the one who signed twice."""
    (st1, values1), (st2, values2) = first, second
    if scheme.relation == "Link":
        return ("linked" if values1[scheme.tag] == values2[scheme.tag] else "independent"), None
    same = [j for j, (a, b) in enumerate(zip(scheme.tags(st1, values1), scheme.tags(st2, values2))) if a == b]
    if len(same) == st1.n:
        return "linked", None
    if len(same) > 1:
        raise ValueError("two lines meet more than once")
    return ("double-signer", same[0]) if same else ("independent", None)


def relations(group, setting, scheme, drbg):
    """Pairs of signatures with the relation claimed: the right one, and every other one."""
    places = setting.sorted_places(pick(drbg, setting.honest, scheme.ring_size(3)))
    others = setting.sorted_places(places[1:] + [p for p in range(setting.honest) if p not in places][:1])

    def signed(signer, message, ring=places, context=b"event 1"):
        party = Party(setting, scheme, ring, [signer], message, context)
        _, values = sign_honestly(party, drbg)
        return party, values, party.encode(values)

    def add(comment, flag, first, second, claim, member=None, context=b"event 1"):
        inputs = {"context": context.hex()}
        if scheme.relation == "Trace":
            inputs["ring"] = places
        faults, decoded = [], []
        for name, (party, _, data) in (("first", first), ("second", second)):
            inputs[name] = {} if scheme.relation == "Trace" else {"ring": party.places}
            inputs[name].update(message=party.statement.message.hex(), signature=data.hex())
            statement = party.statement.changed(context=context)
            if scheme.relation == "Trace":
                statement = statement.changed(ring=tuple(setting.keys[p].y for p in places))
            faults.append(scheme.fault(statement, data))
            decoded.append((statement, scheme.decode(statement, data)[0]))
        reason = faults[0] or faults[1]
        inputs["relation"] = claim
        if scheme.relation == "Trace":
            inputs["member"] = member
        if reason is None:
            right, place = relation_of(scheme, *decoded)
            right_member = None if place is None else places[place]
            if (right, right_member) != (claim, member):
                reason = "relation-mismatch"
        if (reason is None) != (flag == "Relation") or (flag == "WrongRelation" and reason != "relation-mismatch") \
                or (flag == "Unverified" and reason in (None, "relation-mismatch")):
            if setting.is_toy:
                return
            raise ValueError(f"{scheme.name} {setting.stem}: {comment}: {reason}")
        group.add(comment, [flag], inputs, reason)

    def every(comment, first, second, right, member=None):
        add(comment, "Relation", first, second, right, member)
        add(f"{comment}, exchanged", "Relation", second, first, right, member)
        for claim in RELATIONS[scheme.relation]:
            if claim != right:
                add(f"{comment}, claimed {claim}", "WrongRelation", first, second, claim, places[0] if claim == "double-signer" else None)
        if right == "double-signer":
            for innocent in places:
                if innocent != member:
                    add(f"{comment}, claimed of member {innocent}", "WrongRelation", first, second, right, innocent)

    one, again, other_message = signed(places[0], b"record 1"), signed(places[0], b"record 1"), signed(places[0], b"record 2")
    other_signer, other_both = signed(places[1], b"record 1"), signed(places[1], b"record 2")
    last, last_again = signed(places[-1], b"record 3"), signed(places[-1], b"record 4")
    double = ("double-signer", places[0]) if scheme.relation == "Trace" else ("linked",)
    double_last = ("double-signer", places[-1]) if scheme.relation == "Trace" else ("linked",)
    every("one member, one message, two signatures", one, again, "linked")
    add("a signature and itself", "Relation", one, one, "linked")
    every("one member, two messages", one, other_message, *double)
    every("the last member, two messages", last, last_again, *double_last)
    every("two members, one message", one, other_signer, "independent")
    every("two members, two messages", one, other_both, "independent")
    if scheme.relation == "Link":
        shared = signed(places[1], b"record 1", others)
        every("one member in two rings", other_signer, shared, "linked")
        every("two members in two rings", one, shared, "independent")
    elsewhere = signed(places[0], b"record 2", context=b"event 2")
    add("the second made for another context", "Unverified", one, elsewhere, "independent")
    add("the first made for another context", "Unverified", elsewhere, one, "linked")
    add("both claimed for another context", "Unverified", one, again, "linked", context=b"event 2")
    foreign = signed(places[1], b"record 2", others)
    if scheme.relation == "Trace":
        add("the second made for another ring", "Unverified", one, foreign, "independent")
    party, values, data = other_message
    damaged = data[:-1] + bytes([data[-1] ^ 1])
    if scheme.fault(party.statement, damaged) is not None:
        add("the second damaged in its last bit", "Unverified", one, (party, values, damaged), double[0], *double[1:])
        add("the first damaged in its last bit", "Unverified", (party, values, damaged), one, double[0], *double[1:])
    add("the second a byte short", "Unverified", one, (party, values, data[:-1]), double[0], *double[1:])
    if scheme.relation == "Trace":
        # The line through the victim's tag of the first signature, without the victim's key.
        victim = places[1]
        tags = scheme.tags(one[0].statement, one[1])
        party, values, _ = other_both
        origin = scheme.bases(party.statement)[1]
        slope = setting.group.power(setting.group.mul(tags[1], setting.group.inv(origin)), pow(2, -1, setting.group.q))
        if slope != setting.group.identity:
            framed = party.encode({**values, "A1": slope})
            add("the second with A1 chosen to meet the first at a victim's place", "Unverified", one, (party, values, framed), "double-signer", victim)
    else:
        stolen = other_both[0].encode({**other_both[1], scheme.tag: one[1][scheme.tag]})
        add("the second with the first one's tag", "Unverified", one, (other_both[0], other_both[1], stolen), "linked")


# ---------------------------------------------------------------- keys, rings, bases, transcripts

def key_file(setting):
    group = setting.group
    drbg = Drbg(f"companions keys {setting.stem}")
    file = VectorFile(
        path=f"v1/ring-key/ring_key_{setting.stem}_ringwork-v1_test.json", algorithm="keys, rings, bases and transcripts of the companion ring signatures",
        schema="ring-key.schema.json", profile="ringwork-v1",
        header=["Key: y, c and s in the group's fixed-width encodings, c = H_c(\"pop\", parameters, label, y, g^s*y^c). Reasons in this order: label-too-long (over 1024 bytes of UTF-8), key-not-in-group, c-out-of-range, s-out-of-range, proof-mismatch.",
                "Ring: the ring of the listed keys is sorted, encodings ascending. Reasons in this order: those of the keys as listed, ring-too-small, duplicate-key, order-mismatch.",
                "Base: element = H_G(\"companion\", parameters, scheme, purpose, items). Transcript: pre = XOF(\"companion\", parameters, scheme, n, ring, context, message; 32), and challenge = H_q(\"companion\", pre, items).",
                "parameters: p, q, g of a Schnorr group; of a curve its name in ASCII, q and the base point."]
        + (["This group is tiny and protects nothing."] if setting.is_toy else []),
        notes=NOTES, generator="Generators/vectors_companions.py", checked_by=[])
    keys_group = file.group("Key", setting.parameters())

    def add(key, comment, flag, reason=None):
        fault = key_fault(group, key)
        if (fault is None) != (reason is None) or (reason not in (None, "any") and fault != reason):
            if setting.is_toy:
                return
            raise ValueError(f"key {setting.stem}: {comment}: {fault} instead of {reason}")
        keys_group.add(comment, [flag], {"y": key.y.hex(), "label": key.label, "c": key.c.hex(), "s": key.s.hex()}, fault)

    good = setting.keys[0]
    for index in range(3):
        add(setting.keys[index], f"key {index}", "Basic")
    for comment, label in [("an empty label", ""), ("a label that is not ASCII", "\u00c4rztin \u4e00"), ("a label of 1024 bytes", "\u00e9" * 512)]:
        add(make_key(group, good.x, label, drbg.below(group.q)), comment, "Label")
    add(make_key(group, good.x, "\u00e9" * 512 + "x", drbg.below(group.q)), "a label of 1025 bytes", "Label", "label-too-long")
    add(make_key(group, 1, "one", drbg.below(group.q)), "x = 1", "Basic")
    add(make_key(group, group.q - 1, "minus one", drbg.below(group.q)), "x = q - 1", "Basic")
    for y in setting.strange_elements():
        add(good.changed(y=y), f"y = {y.hex()}", "Membership", "key-not-in-group")
    for comment, y in [("empty", b""), ("a byte short", good.y[:-1]), ("a byte long", good.y + b"\x00"), ("a zero byte in front", b"\x00" + good.y)]:
        add(good.changed(y=y), f"y {comment}", "Length", "key-not-in-group")
    if isinstance(group, Curve):
        x, y = group.decode(good.y)
        full = b"\x04" + x.to_bytes(32, "big") + y.to_bytes(32, "big")
        add(good.changed(y=full), "y uncompressed, 65 bytes", "Membership", "key-not-in-group")
        add(good.changed(y=bytes([6 + y % 2]) + full[1:]), "y in the hybrid form", "Membership", "key-not-in-group")
        add(good.changed(y=b"\x00"), "y = infinity in SEC 1's one byte", "Membership", "key-not-in-group")
        add(good.changed(y=bytes([good.y[0] ^ 1]) + good.y[1:]), "y with the other sign", "Proof", "proof-mismatch")
    else:
        minus = group.p - group.decode(good.y)
        add(good.changed(y=group.encode(minus)), "y negated", "Membership", "key-not-in-group")
        for nonce in range(1, 200):  # -y passes the equation when c is even, but for the membership test (attack A9)
            c = companions.possession_challenge(group, "minus", minus, group.power(group.g, nonce))
            if c % 2 == 0:
                add(companions.Key(group.encode(minus), "minus", group.eq(c), group.eq((nonce - c * good.x) % group.q)),
                    "y negated, with a proof whose equation holds", "ClosesAnyway", "key-not-in-group")
                break
    for name, reason in (("c", "c-out-of-range"), ("s", "s-out-of-range")):
        value = os2ip(getattr(good, name))
        for comment, wrong in [("q", group.q), ("itself plus q", value + group.q), ("all ones", 256**group.lq - 1)]:
            if wrong < 256**group.lq:
                add(good.changed(**{name: group.eq(wrong)}), f"{name} = {comment}", "Range", reason)
        text = getattr(good, name)
        for comment, wrong in [("empty", b""), ("a byte short", text[1:]), ("a zero byte in front", b"\x00" + text)]:
            add(good.changed(**{name: wrong}), f"{name} {comment}", "Length", reason)
        for step in (1, -1):
            add(good.changed(**{name: group.eq((value + step) % group.q)}), f"{name} {step:+d}", "Proof", "proof-mismatch")
        add(good.changed(**{name: group.eq(0)}), f"{name} = 0", "Proof", "proof-mismatch")
    add(good.changed(label="key 1"), "another label", "Proof", "proof-mismatch")
    add(good.changed(label=good.label + "\x00"), "a zero byte after the label", "Proof", "proof-mismatch")
    add(good.changed(y=setting.keys[1].y), "another key", "Proof", "proof-mismatch")
    add(good.changed(c=good.s, s=good.c), "c and s exchanged", "Swapped", "any")

    rings = file.group("Ring", {**setting.parameters(), "keys": setting.table()})

    def ring(places, comment, flag, reason=None, order=None):
        keys = [setting.keys[place] for place in places]
        fault = ring_fault(group, keys)
        if order is None and fault is None:
            order = setting.sorted_places(places)
        if fault is None and order != setting.sorted_places(places):
            fault = "order-mismatch"
        if reason != fault:
            raise ValueError(f"ring {setting.stem}: {comment}: {fault}")
        rings.add(comment, [flag], {"ring": list(places), "sorted": order if order is not None else []}, fault)

    honest = list(range(setting.honest))
    ring(honest[:2], "two members", "Basic")
    ring(honest, "every honest key", "Basic")
    ring(honest[::-1], "every honest key, listed backwards", "Unsorted")
    ascending = setting.sorted_places(honest)
    ring(honest, "sorted descending", "HashItems", "order-mismatch", ascending[::-1])
    ring(ascending, "two members exchanged after sorting", "HashItems", "order-mismatch", [ascending[1], ascending[0]] + ascending[2:])
    ring([], "no member", "RingChanged", "ring-too-small")
    ring([0], "one member", "RingChanged", "ring-too-small")
    ring([0, 0], "one member twice", "DuplicateKey", "duplicate-key")
    ring([0, 1, 2, 1], "a member twice", "DuplicateKey", "duplicate-key")
    for bad in setting.bad:
        ring([0, bad, 1], f"the refused key {bad}", "RingKey", key_fault(group, setting.keys[bad]))
        ring([bad, bad], f"the refused key {bad} twice: the keys come first", "RingKey", key_fault(group, setting.keys[bad]))
    ring([setting.bad[0], setting.bad[-1]], "two refused keys: the first names the reason", "RingKey", key_fault(group, setting.keys[setting.bad[0]]))
    ring([setting.bad[-1], setting.bad[0]], "the same two, the other first", "RingKey", key_fault(group, setting.keys[setting.bad[-1]]))

    bases = file.group("Base", setting.parameters())

    def base(scheme, purpose, items, comment, element=None):
        right = hash_g(group, "companion", scheme.encode("ascii"), purpose.encode("ascii"), *items)
        claimed = right if element is None else element
        if element is not None and element == right:
            return
        bases.add(comment, ["Basic" if element is None else "HashItems"],
                  {"scheme": scheme, "purpose": purpose, "items": [item.hex() for item in items], "element": group.encode(claimed).hex()},
                  None if element is None else "output-mismatch")

    for scheme, purpose, items in [("lsag", "link", [b"event 1"]), ("franklin-zhang", "link", [b"event 1"]), ("lsag", "link", [b""]), ("aos", "x", [])]:
        base(scheme, purpose, items, f"{scheme}, {purpose}, {len(items)} items")
    right = hash_g(group, "companion", b"lsag", b"link", b"event 1")
    for comment, element in [
            ("times g", group.mul(right, group.g)), ("inverted", group.inv(right)), ("without the group's parameters", _bare(group)),
            ("g to a hash (attack A14)", group.power(group.g, companions.hash_q(group, "companion", *group.parameters, b"lsag", b"link", b"event 1"))),
            ("the paper's link base", hash_g(group, "link", b"event 1")),
            ("counted from 1", _from(group, 1)), ("the scheme and the purpose in one item", hash_g(group, "companion", b"lsaglink", b"event 1")),
            ("another context", hash_g(group, "companion", b"lsag", b"link", b"event 2")), ("of another scheme", hash_g(group, "companion", b"aos", b"link", b"event 1")),
            ("of another purpose", hash_g(group, "companion", b"lsag", b"tag", b"event 1"))]:
        base("lsag", "link", [b"event 1"], comment, element)

    transcripts = file.group("Transcript", {**setting.parameters(), "keys": setting.table()})

    def transcript(statement, places, items, comment, pre=None, challenge=None):
        right = statement.pre, statement.challenge(*items)
        claimed = (right[0] if pre is None else pre, right[1] if challenge is None else challenge)
        if (pre is not None or challenge is not None) and claimed == right:
            return
        transcripts.add(comment, ["Basic" if claimed == right else "HashItems"], {
            "scheme": statement.scheme, "ring": places, "context": statement.context.hex(), "message": statement.message.hex(),
            "items": [item.hex() for item in items], "pre": claimed[0].hex(), "challenge": group.eq(claimed[1]).hex()},
            None if claimed == right else "output-mismatch")

    places = setting.sorted_places([0, 1, 2])
    statement = Statement(group, "aos", tuple(setting.keys[place].y for place in places), b"event 1", b"record 1")
    items = [be32(1), group.encode(group.g)]
    transcript(statement, places, items, "three members")
    transcript(statement, places[::-1], items, "three members, listed backwards")
    transcript(statement, places, [], "no items")
    transcript(statement.changed(context=b"", message=b""), places, [b"", b""], "empty strings")
    for quirk in ("ring-not-hashed", "group-not-hashed", "context-joined", "message-first", "other-scheme"):
        wrong = statement.with_quirk(quirk)
        transcript(statement, places, items, f"pre: {quirk}", pre=wrong.pre)
    turned = statement.changed(ring=statement.ring[::-1])
    transcript(statement, places, items, "pre of the ring in descending order", pre=turned.pre)
    for quirk in ("unframed", "short-challenge"):
        wrong = statement.with_quirk(quirk)
        transcript(statement, places, items, f"challenge: {quirk}", challenge=wrong.challenge(*items))
    for comment, other in [("items exchanged", items[::-1]), ("an item missing", items[:1]), ("another index", [be32(2), items[1]]),
                           ("an eight-byte index", [bytes(4) + items[0], items[1]]), ("an empty item more", items + [b""])]:
        transcript(statement, places, items, f"challenge: {comment}", challenge=statement.challenge(*other))
    return file


def _bare(group):
    return _search(group, [], 0)


def _from(group, start):
    return _search(group, group.parameters, start)


def _search(group, parameters, start):
    for counter in range(start, 1 << 32):
        data = companions.xof("p:companion", [*parameters, b"lsag", b"link", b"event 1", be32(counter)], group.lu)
        if (element := group.from_uniform(data)) is not None:
            return element
