"""Vector files for the paper's ring signature, repaired: one file per group.

Every damaged signature is judged by this library's own verifier, and the reason it gives is the reason
recorded. In the toy group a damaged signature can pass, or fail another check, by chance; such a case is
left out (`Cases.add`). In the larger groups that would be an error.
"""

import json
import pathlib

import ring_paper as ring
from documents import VectorFile, note, number
from drbg import Drbg
from framing import be32
from ring_paper import DESIGNATED, LINK, OPEN, SEALED, Draws, SchnorrGroup

FACTS = pathlib.Path(__file__).parent / "facts"

NOTES = {
    "KnownAnswer": note("BASIC", "A known answer of the ring-signature reference, section 7."),
    "Basic": note("BASIC", "An honest signature, proof or hash."),
    "Unsorted": note("EDGE_CASE", "A ring not in ascending order: verification does not require it."),
    "Message": note("BASIC", "Another message."),
    "Context": note("BASIC", "Another context."),
    "Framing": note("AUTH_BYPASS", "Bytes moved between two fields, or an encoding that only framing tells apart (attack A11)."),
    "Range": note("MALLEABILITY", "A number out of its range: zero, p, q, or the right value plus p or q (attack A4)."),
    "Altered": note("BASIC", "One number changed."),
    "Membership": note("AUTH_BYPASS", "An element that is not in the subgroup: 1, p-1, a negated or unreduced element (attacks A8, A9, A15)."),
    "ClosesAnyway": note("AUTH_BYPASS", "The ring equation holds: only the check named by the reason refuses this signature."),
    "RingChanged": note("BASIC", "A key exchanged, missing, added, or in another place."),
    "Rotation": note("MALLEABILITY", "Ring, pairs and delta rotated together (attack A4): lambda and the indices refuse it."),
    "KeySubstitution": note("AUTH_BYPASS", "y' = y*g^e and beta' = beta - e*c (attack A5): the ring in lambda refuses it."),
    "Shape": note("ENCODING", "The lists do not have one entry per member."),
    "Mode": note("MISSING_STEP", "A field that the mode does not have, or without one that it needs."),
    "FlagStripped": note("AUTH_BYPASS", "A signature turned into one of another mode: the flags in lambda refuse it."),
    "Tag": note("AUTH_BYPASS", "The link tag of another key, of another base, or negated (attacks A14, A15)."),
    "Parties": note("AUTH_BYPASS", "Recipient and administrator are the same key, or E equals A1."),
    "RangeForgery": note("FORGERY", "Attack A1: the literal equations solved without any key, by the Chinese remainder theorem, with alpha beyond p."),
    "LiteralExponent": note("FORGERY", "Signed by the paper's literal exponent c = alpha, in range."),
    "ShortChallenge": note("FORGERY", "Signed with the 128-bit H_c inside the ring (attack A21 needs those)."),
    "UnboundDelta": note("FORGERY", "Attack A6: delta set to the end of the chain that some other delta started."),
    "Sealed": note("MISSING_STEP", "A sealed signature: nobody but the recipient can verify it before it is unsealed."),
    "Proof": note("BASIC", "A proof of possession altered, or made for another label, key or hash."),
    "HashTag": note("WRONG_PRIMITIVE", "The hash with another tag prefix, function or length."),
    "HashItems": note("BASIC", "The hash of other items."),
    "Output": note("BASIC", "The output altered."),
}


def known_answers():
    return json.loads((FACTS / "ring-known-answers.json").read_text(encoding="utf-8"))


def toy_group():
    k1 = known_answers()["K1"]
    return SchnorrGroup("toy-47-23", *(int(k1[name], 16) for name in "pqgt"))


def k2_group():
    k2 = known_answers()["K2"]
    return SchnorrGroup("vector-256-128", *(int(k2[name], 16) for name in "pqgt"))


def rfc5114_group():
    facts = json.loads((FACTS / "rfc5114-2048-256.json").read_text(encoding="utf-8"))
    return SchnorrGroup(facts["name"], *(int(facts[name], 16) for name in "pqg"))


def known_signature(name):
    """Re-sign K1, K2, K3 or K4 with their given randomness: (Signed, message, the reference's values)."""
    answers = known_answers()
    known = answers[name]
    keys = answers["K2"] if name in ("K3", "K4") else known  # these use the group, keys and ring of K2
    group = toy_group() if name == "K1" else k2_group()
    flags, signer = int(known["flags"], 16), int(known["S"]) - 1
    def numbers(field):
        return [int(text, 16) for text in known.get(field, [])]
    draws = Draws(
        e=int(known["e"], 16), u=int(known["u"], 16), kappa=int(known["kappa"], 16), alpha=numbers("alpha"),
        beta=numbers("beta"), gamma=numbers("gamma"), rho=int(known.get("rho", "0"), 16), k_prime=int(known.get("kp", "0"), 16),
        v=int(known.get("v", "0"), 16))
    # The signer's own entries are results: spoil them, so that only signing can bring them back.
    for values in (draws.alpha, draws.beta, draws.gamma):
        if values:
            values[signer] = 0
    secrets = [int(text, 16) for text in keys["x"]]
    message = known["M"].encode("ascii")
    signed = ring.sign(
        group, [group.power(group.g, x) for x in secrets], signer, secrets[signer], message, draws,
        context=known["ctx"].encode("ascii"), link=bool(flags & LINK), sealed=bool(flags & SEALED),
        recipient=group.power(group.g, int(keys["x_R"], 16)) if flags & DESIGNATED else None,
        administrator=group.power(group.g, int(keys["x_A"], 16)) if flags & OPEN else None)
    return signed, message, known


# ---------------------------------------------------------------- documents

def optional(value):
    return None if value is None else number(value)


def group_parameters(group):
    return {"p": number(group.p), "q": number(group.q), "g": number(group.g), "t": optional(group.t)}


def group_reference(group):
    """A whole group document for the test groups, the name alone for an embedded group (FORMATS)."""
    if group.name.startswith("rfc5114"):
        return group.name
    return {"schema": "ringwork/group/1", "name": group.name, **group_parameters(group), "provenance": None}


def signature_document(signature):
    """The ringwork/ring-signature/1 document, keys in the order of FORMATS."""
    return {
        "schema": "ringwork/ring-signature/1", "scheme": "paper", "group": group_reference(signature.group),
        "ring": [number(y) for y in signature.ring], "context": signature.context.hex(),
        "recipient": optional(signature.recipient), "administrator": optional(signature.administrator),
        "E": number(signature.E), "delta": number(signature.delta),
        "alpha": [number(a) for a in signature.alpha], "beta": [number(b) for b in signature.beta],
        "tau": optional(signature.tau), "A1": optional(signature.A1), "A2": optional(signature.A2),
        "gamma": [number(c) for c in signature.gamma],
        "sealed": None if signature.U is None else {"U": number(signature.U), "ciphertext": signature.ciphertext.hex()},
    }


# ---------------------------------------------------------------- the files

def build():
    return [
        _file(toy_group(), "toy-47-23", sizes=[2, 3, 4, 3, 3, 2, 5, 3], known=["K1"], thorough=(0, 7)),
        _file(k2_group(), "vector-256-128", sizes=[3, 2, 3, 4, 2, 3, 3, 5], known=["K2", "K3"], thorough=(0, 7)),
        _file(rfc5114_group(), "rfc5114-2048-256", sizes=[2, 2, 2, 2, 2, 2, 2, 2], known=[], thorough=(7,), damaged=(0, 7)),
    ]


def _file(group, stem, sizes, known, thorough, damaged=range(8)):
    """All tests of one group; `damaged` modes get the list of single changes, `thorough` ones all of it."""
    file = VectorFile(
        path=f"v1/ring-paper/ring_paper_{stem}_ringwork-v1_test.json", algorithm="ring signature of the smart-consensus paper, repaired",
        schema="ring-paper.schema.json", profile="ringwork-v1",
        header=["Verify: signature is a ringwork/ring-signature/1 document (flags: 1 link, 2 open, 4 designated, 8 sealed).",
                "Reasons are those of the first failing check in this order: length-mismatch, mode-mismatch, ring-too-small, duplicate-key, key-not-in-group, recipient-not-in-group, administrator-not-in-group, recipient-is-administrator, E-not-in-group, tau-not-in-group, A1-not-in-group, A2-not-in-group, U-not-in-group, values-not-distinct, delta-out-of-range, alpha-out-of-range, beta-out-of-range, gamma-out-of-range, sealed, ring-equation.",
                "sealed: without the recipient's secret or unsealing lambda is not known, so that a sealed signature is never valid here; its values are checked all the same.",
                "An empty gamma counts as absent (a mode question), a gamma of another wrong length as a length question.",
                "ProofOfPossession: key-not-in-group, c-out-of-range, s-out-of-range, proof-mismatch, in this order.",
                "Hash: function Hq, Hc, Hp or HG with a tag (without its prefix) and the remaining items, or lambda with all its items; output as a number (lambda's 32 bytes big-endian). The items of HG begin with p, q and g, and it appends its counter itself."]
        + (["This group is tiny and protects nothing."] if group.p < 1 << 1024 else []),
        notes=NOTES, generator="Generators/vectors_ring_paper.py", version="1.1.0",
        checked_by=["ring-signatures reference, section 7"] if known else ["ring-signatures reference, section 7, through the same code"])
    drbg = Drbg(f"ring paper {group.name}")
    cases = Cases(file.group("Verify", {"groupParameters": group_parameters(group)}), group)

    bases = []
    for name in known:
        signed, message, _ = known_signature(name)
        cases.valid(signed.signature, message, f"{name} of the reference, signed again with its randomness", "KnownAnswer")
        bases.append((signed, message, name))
    for flags in range(8):
        party = Party(group, sizes[flags], flags, drbg)
        signed = party.sign()
        label = f"flags {flags}, n = {len(party.ring)}"
        cases.valid(signed.signature, party.message, label, "Basic")
        if flags in damaged:
            damage(cases, party, signed, label, drbg, flags in thorough)
            close_anyway(cases, party, label, drbg)
        mode_changes(cases, party, signed, label)
    for comment, change in [("an empty message", {"message": b""}), ("a message of 1000 bytes", {"message": drbg.bytes(1000)}),
                            ("a context that is not text", {"context": drbg.bytes(40)}), ("a descending ring", {"ring_order": -1})]:
        party = Party(group, 3, 7 if group.p < 1 << 1024 else 1, drbg, **change)
        cases.valid(party.sign().signature, party.message, comment, "Unsorted" if "ring_order" in change else "Basic")
    for signed, message, name in bases:
        for comment, other in [("another message", b"record 2"), ("a zero byte appended", message + b"\x00")]:
            cases.invalid(signed.signature, other, f"{name}: {comment}", "Message", "ring-equation")
        for field_name in ("E", "delta"):
            changed = getattr(signed.signature, field_name) * group.g % group.p
            cases.invalid(signed.signature.changed(**{field_name: changed}), message, f"{name}: {field_name} times g", "Altered", None)
        for index in range(3):
            beta = list(signed.signature.beta)
            beta[index] = (beta[index] + 1) % group.q
            cases.invalid(signed.signature.changed(beta=beta), message, f"{name}: beta[{index}] plus one", "Altered", None)

    possession(file, group, drbg, known)
    hashes(file, group, drbg, bases)
    sealed_forms(file, group, "K2" in known)
    return file


class Party:
    """A ring with known secrets, a mode, and everything needed to sign again with other draws."""

    def __init__(self, group, n, flags, drbg, message=None, context=None, ring_order=1):
        self.group, self.flags, self.drbg = group, flags, drbg
        secrets = set()
        while len(secrets) < n:
            secrets.add(drbg.between(1, group.q - 1))
        pairs = sorted((group.power(group.g, x), x) for x in secrets)[::ring_order]
        self.ring, self.secrets = [y for y, _ in pairs], [x for _, x in pairs]
        self.signer = drbg.below(n)
        self.message = b"record %d" % flags if message is None else message
        self.context = (b"event %d" % flags if flags & LINK else b"") if context is None else context
        self.recipient = self._other_key() if flags & DESIGNATED else None
        self.administrator = self._other_key(self.recipient) if flags & OPEN else None

    def _other_key(self, *taken):
        while True:
            y = self.group.power(self.group.g, self.drbg.between(1, self.group.q - 1))
            if y not in self.ring and y not in taken:
                return y

    def sign(self, ring_keys=None, signer=None, x=None, draws=None, **options):
        """Sign; unless draws are given, draw until E and A1 differ (section 2.5) and A2 is not 1.

        A2 = h_A^rho * y_S is 1, and so refused, with probability 1/q: it happens only in the toy group.
        """
        keys = self.ring if ring_keys is None else ring_keys
        signer = self.signer if signer is None else signer
        arguments = dict(context=self.context, recipient=self.recipient, administrator=self.administrator, link=bool(self.flags & LINK))
        arguments.update(options)
        while True:
            drawn = draws or Draws.random(self.group, len(keys), self.drbg)
            signed = ring.sign(self.group, keys, signer, self.secrets[signer] if x is None else x, self.message, drawn, **arguments)
            if draws is None and self.flags & OPEN and (drawn.e == drawn.rho or signed.signature.A2 == 1):
                continue
            return signed


class Cases:
    """The Verify group: adds cases after judging them."""

    def __init__(self, group, schnorr):
        self.group = group
        self.schnorr = schnorr
        self.tiny = schnorr.p < 1 << 64

    def _add(self, signature, message, comment, flag, reason):
        self.group.add(comment, [flag], {"message": message.hex(), "signature": signature_document(signature)}, reason)

    def valid(self, signature, message, comment, flag):
        reason = ring.verify(signature, message)
        assert reason is None, (comment, reason)
        self._add(signature, message, comment, flag, None)

    def invalid(self, signature, message, comment, flag, expected):
        """Add a damaged signature; `expected` is the reason aimed at, None for whatever comes first."""
        reason = ring.verify(signature, message)
        if reason is None or (expected is not None and reason != expected):
            if self.tiny:
                return  # by chance, in a group of 23 elements
            raise AssertionError((comment, expected, reason))
        self._add(signature, message, comment, flag, reason)


# ---------------------------------------------------------------- damage

def replaced(values, index, value):
    return values[:index] + [value] + values[index + 1:]


def outsider(group):
    """An element of Z_p^* outside the subgroup, and not its negative either."""
    return next(h for h in range(2, group.p) if pow(h, group.q, group.p) not in (1, group.p - 1) or
                (group.p - 1) // group.q == 2 and pow(h, group.q, group.p) != 1)


def damage(cases, party, signed, label, drbg, thorough):
    """One change at a time to an honest signature."""
    group, p, q, g = party.group, party.group.p, party.group.q, party.group.g
    good, message, n = signed.signature, party.message, len(party.ring)

    def bad(comment, flag, expected, sent=message, **fields):
        cases.invalid(good.changed(**fields), sent, f"{label}: {comment}", flag, expected)

    # Elements: each must be in the subgroup, and each is bound by lambda.
    elements = {"E": "E-not-in-group"}
    if good.tau is not None:
        elements["tau"] = "tau-not-in-group"
    if good.recipient is not None:
        elements["recipient"] = "recipient-not-in-group"
    if good.administrator is not None:
        elements.update(administrator="administrator-not-in-group", A1="A1-not-in-group", A2="A2-not-in-group")
    for name, reason in elements.items():
        value = getattr(good, name)
        wrong = [(0, "zero"), (1, "one"), (p - 1, "p - 1"), (p - value, "negated"), (value + p, "plus p")]
        if thorough:
            wrong += [(p, "p"), (p + 1, "p + 1"), (outsider(group), "an element outside the subgroup"), (value * outsider(group) % p, "times such an element")]
        for other, comment in wrong:
            bad(f"{name} {comment}", "Membership", reason, **{name: other})
        bad(f"{name} times g", "Altered", None, **{name: value * g % p})
        if thorough:
            bad(f"{name} plus one", "Altered", None, **{name: value + 1})
            bad(f"{name} inverted", "Altered", None, **{name: pow(value, -1, p)})
            bad(f"{name} replaced by g", "Altered", None, **{name: g})

    # delta and the pairs.
    for other, comment in [(0, "zero"), (p, "p"), (good.delta + p, "plus p")]:
        bad(f"delta {comment}", "Range", "delta-out-of-range", delta=other)
    for other, comment in [(good.delta % (p - 1) + 1, "plus one"), (p - good.delta, "negated"), (good.delta * g % p, "times g"), (p - 1 if good.delta != p - 1 else 1, "p - 1")]:
        bad(f"delta {comment}", "Altered", "ring-equation", delta=other)
    index = drbg.below(n)
    for i in range(n) if thorough else [index]:
        alpha, beta = good.alpha[i], good.beta[i]
        for other, comment in [(0, "zero"), (p, "p"), (alpha + p, "plus p"), (alpha + p * q, "plus p*q")]:
            bad(f"alpha[{i}] {comment}", "Range", "alpha-out-of-range", alpha=replaced(good.alpha, i, other))
        for other, comment in [(q, "q"), (beta + q, "plus q"), (beta + p - 1, "plus p - 1")]:
            bad(f"beta[{i}] {comment}", "Range", "beta-out-of-range", beta=replaced(good.beta, i, other))
        for other, comment in [(alpha % (p - 1) + 1, "plus one"), (p - alpha, "negated"), ((alpha + q) % p or 1, "plus q")]:
            bad(f"alpha[{i}] {comment}", "Altered", "ring-equation", alpha=replaced(good.alpha, i, other))
        for other, comment in [((beta + 1) % q, "plus one"), (-beta % q, "negated"), (0, "zero")]:
            if other != beta:
                bad(f"beta[{i}] {comment}", "Altered", "ring-equation", beta=replaced(good.beta, i, other))
        if good.gamma:
            gamma = good.gamma[i]
            for other, comment in [(q, "q"), (gamma + q, "plus q")]:
                bad(f"gamma[{i}] {comment}", "Range", "gamma-out-of-range", gamma=replaced(good.gamma, i, other))
            for other, comment in [((gamma + 1) % q, "plus one"), (-gamma % q, "negated")]:
                if other != gamma:
                    bad(f"gamma[{i}] {comment}", "Altered", "ring-equation", gamma=replaced(good.gamma, i, other))
    exchanged = {"alpha": good.alpha[1::-1] + good.alpha[2:], "beta": good.beta[1::-1] + good.beta[2:]}
    bad("the first two pairs swapped", "Altered", "ring-equation", **exchanged)
    bad("the first two alphas swapped", "Altered", "ring-equation", alpha=exchanged["alpha"])
    bad("the first two betas swapped", "Altered", "ring-equation", beta=exchanged["beta"])

    # Lengths.
    for name in ("alpha", "beta") + (("gamma",) if good.gamma else ()):
        values = getattr(good, name)
        bad(f"the last {name} missing", "Shape", "length-mismatch", **{name: values[:-1]})
        if thorough:
            bad(f"one {name} more", "Shape", "length-mismatch", **{name: values + [1]})
    if thorough:
        bad("no pairs", "Shape", "length-mismatch", alpha=[], beta=[])
        bad("the last pair missing", "Shape", "length-mismatch", alpha=good.alpha[:-1], beta=good.beta[:-1])
        if not good.gamma:
            bad("an empty ring without pairs", "Shape", "ring-too-small", ring=[], alpha=[], beta=[])
            bad("an empty ring with pairs", "Shape", "length-mismatch", ring=[])
    bad("the last key missing", "Shape", "length-mismatch", ring=good.ring[:-1])
    bad("one key more", "Shape", "length-mismatch", ring=good.ring + [party._other_key()])

    # The ring.
    shorter = {name: getattr(good, name)[:-1] for name in ("ring", "alpha", "beta", "gamma")}
    bad("the last member missing", "RingChanged", "ring-equation" if n > 2 else "ring-too-small", **shorter)
    single = {name: getattr(good, name)[:1] for name in ("ring", "alpha", "beta", "gamma")}
    bad("the first member alone", "RingChanged", "ring-too-small", **single)
    longer = dict(ring=good.ring + [party._other_key()], alpha=good.alpha + [1], beta=good.beta + [0], gamma=good.gamma + [0] if good.gamma else [])
    bad("one member more", "RingChanged", "ring-equation", **longer)
    bad("a duplicate key", "RingChanged", "duplicate-key", ring=replaced(good.ring, 1, good.ring[0]))
    bad("the first two keys swapped", "RingChanged", "ring-equation", ring=good.ring[1::-1] + good.ring[2:])
    bad("the first two members swapped", "RingChanged", "ring-equation", ring=good.ring[1::-1] + good.ring[2:], **exchanged)
    bad("a foreign key", "RingChanged", "ring-equation", ring=replaced(good.ring, index, party._other_key()))
    y = good.ring[index]
    for other, comment in [(0, "zero"), (1, "one"), (p - 1, "p - 1"), (p - y, "negated"), (y + p, "plus p"), (outsider(group), "an element outside the subgroup")]:
        if other not in good.ring:
            bad(f"key {index} {comment}", "Membership", "key-not-in-group", ring=replaced(good.ring, index, other))
    lam = ring.lambda_of(good, message)
    h = ring.link_base(group, good.context) if good.tau is not None else None
    z_next, _ = ring.step(good, lam, h, 0, good.delta)
    turned = {name: getattr(good, name)[1:] + getattr(good, name)[:1] for name in ("ring", "alpha", "beta", "gamma")}
    bad("rotated by one, delta with it", "Rotation", "ring-equation", delta=z_next, **turned)
    bad("ring and pairs rotated by one", "Rotation", "ring-equation", **turned)
    bad("only the pairs and delta rotated", "Rotation", "ring-equation", delta=z_next, **{k: v for k, v in turned.items() if k != "ring"})
    if thorough:
        bad("reversed", "Rotation", "ring-equation", **{name: getattr(good, name)[::-1] for name in ("ring", "alpha", "beta", "gamma")})
    e, c = drbg.between(1, q - 1), signed.c[index]
    substitute = y * group.power(g, e) % p
    if substitute not in good.ring and substitute != 1:
        bad(f"key {index} substituted, its pair adapted", "KeySubstitution", "ring-equation",
            ring=replaced(good.ring, index, substitute), beta=replaced(good.beta, index, (good.beta[index] - e * c) % q))
    # A6: run the chain from another delta and write down its end.
    z = drbg.between(1, p - 1)
    for i in range(n):
        z, _ = ring.step(good, lam, h, i, z)
    if z != good.delta:
        bad("delta set to the end of another chain", "UnboundDelta", "ring-equation", delta=z)

    # Message and context.
    bad("another message", "Message", "ring-equation", sent=b"record x")
    bad("a zero byte appended to the message", "Message", "ring-equation", sent=message + b"\x00")
    bad("an empty message", "Message", "ring-equation", sent=b"")
    bad("another context", "Context", "ring-equation", context=good.context + b"x")
    bad("the message's first byte moved to the context", "Framing", "ring-equation", sent=message[1:], context=good.context + message[:1])
    if good.context:
        bad("no context", "Context", "ring-equation", context=b"")
        bad("the context's last byte moved to the message", "Framing", "ring-equation", sent=good.context[-1:] + message, context=good.context[:-1])
        bad("context and message exchanged", "Framing", "ring-equation", sent=good.context, context=message)


def mode_changes(cases, party, signed, label):
    """Fields that belong to another mode, and modes stripped or added."""
    group, g, good = party.group, party.group.g, signed.signature

    def bad(comment, flag, expected, **fields):
        cases.invalid(good.changed(**fields), party.message, f"{label}: {comment}", flag, expected)

    spare = party._other_key(good.recipient, good.administrator)
    if good.tau is None:
        bad("a tag added", "FlagStripped", "ring-equation", tau=spare)
    else:
        bad("the tag stripped", "FlagStripped", "ring-equation", tau=None)
        h = ring.link_base(group, good.context)
        other = (party.signer + 1) % len(party.ring)
        bad("the tag of another member", "Tag", "ring-equation", tau=group.power(h, party.secrets[other]))
        bad("the tag under another context", "Tag", "ring-equation",
            tau=group.power(ring.link_base(group, good.context + b"x"), party.secrets[party.signer]))
        bad("the signer's key as tag", "Tag", "ring-equation", tau=good.ring[party.signer])
    if good.recipient is None:
        bad("a recipient added", "FlagStripped", "ring-equation", recipient=spare)
    else:
        bad("the recipient stripped", "FlagStripped", "ring-equation", recipient=None)
        bad("another recipient", "Altered", "ring-equation", recipient=spare)
        bad("a ring member as recipient", "Altered", "ring-equation", recipient=good.ring[0])
    if good.administrator is None:
        bad("A1 without the rest of its mode", "Mode", "mode-mismatch", A1=spare)
        bad("A2 without the rest of its mode", "Mode", "mode-mismatch", A2=spare)
        bad("an administrator without the rest of its mode", "Mode", "mode-mismatch", administrator=spare)
        bad("gamma without the rest of its mode", "Mode", "mode-mismatch", gamma=[1] * len(good.ring))
        bad("A1 and A2 without administrator and gamma", "Mode", "mode-mismatch", A1=spare, A2=g)
        bad("an opening added", "FlagStripped", "ring-equation", administrator=spare, A1=group.power(g, 2), A2=group.power(g, 3),
            gamma=[1] * len(good.ring))
    else:
        for name in ("administrator", "A1", "A2"):
            bad(f"{name} missing", "Mode", "mode-mismatch", **{name: None})
        bad("gamma missing", "Mode", "mode-mismatch", gamma=[])
        bad("only the administrator left", "Mode", "mode-mismatch", A1=None, A2=None, gamma=[])
        bad("the opening stripped", "FlagStripped", "ring-equation", administrator=None, A1=None, A2=None, gamma=[])
        bad("another administrator", "Altered", "ring-equation", administrator=spare)
        bad("A1 and A2 exchanged", "Altered", "ring-equation", A1=good.A2, A2=good.A1)
        bad("A2 for another member", "Altered", "ring-equation",
            A2=good.A2 * good.ring[(party.signer + 1) % len(good.ring)] * pow(good.ring[party.signer], -1, group.p) % group.p)
        bad("A1 replaced by E", "Parties", "values-not-distinct", A1=good.E)
        bad("E replaced by A1", "Parties", "values-not-distinct", E=good.A1)
        if good.recipient is not None:
            bad("the administrator is the recipient", "Parties", "recipient-is-administrator", administrator=good.recipient)


# ---------------------------------------------------------------- signatures that close

def close_anyway(cases, party, label, drbg):
    """Signatures made over bad inputs: the ring equation holds, one check alone refuses."""
    group, p, q, g = party.group, party.group.p, party.group.q, party.group.g

    def make(comment, flag, expected, closes=True, **options):
        """Sign until the equation holds (a negated element needs an even challenge)."""
        for _ in range(400):
            draws_for = options.pop("draws_for", None)
            signed = party.sign(draws=draws_for and draws_for(), **options)
            if draws_for:
                options["draws_for"] = draws_for
            if not closes or ring.ring_closes(signed.signature, party.message):
                return cases.invalid(signed.signature, party.message, f"{label}: {comment}", flag, expected)
        raise AssertionError(comment)

    n, s = len(party.ring), party.signer
    other = (s + 1) % n
    if n > 1:
        make("signed over an ownerless key y = 1, by its logarithm 0", "ClosesAnyway", "key-not-in-group",
             ring_keys=replaced(party.ring, s, 1), x=0)
        make("signed over a key p - 1 beside the signer's", "ClosesAnyway", "key-not-in-group", ring_keys=replaced(party.ring, other, p - 1))
        make("signed by a negated key", "ClosesAnyway", "key-not-in-group", ring_keys=replaced(party.ring, s, p - party.ring[s]))
        make("signed over a ring with the signer's key twice", "ClosesAnyway", "duplicate-key", ring_keys=replaced(party.ring, other, party.ring[s]))
    make("signed over a ring of one", "ClosesAnyway", "ring-too-small", ring_keys=[party.ring[s]], signer=0, x=party.secrets[s])
    make("signed with E negated", "ClosesAnyway", "E-not-in-group", alter={"E": lambda value: p - value})
    make("signed with E = 1", "ClosesAnyway", "E-not-in-group", alter={"E": lambda value: 1})
    if party.recipient is not None:
        make("signed for the recipient key 1", "ClosesAnyway", "recipient-not-in-group", recipient=1)
        make("signed for the recipient key p - 1 (attack A8)", "ClosesAnyway", "recipient-not-in-group", recipient=p - 1)
        make("signed for a recipient key outside the subgroup", "ClosesAnyway", "recipient-not-in-group", recipient=outsider(group))
    if party.administrator is not None:
        make("signed with the administrator key 1", "ClosesAnyway", "administrator-not-in-group", administrator=1)
        make("signed with A1 negated", "ClosesAnyway", "A1-not-in-group", alter={"A1": lambda value: p - value})
        make("signed with A2 negated", "ClosesAnyway", "A2-not-in-group", alter={"A2": lambda value: p - value})
        make("signed with E equal to A1", "Parties", "values-not-distinct", draws_for=lambda: _equal_draws(party, drbg))
        if party.recipient is not None:
            make("signed with one key as recipient and administrator", "Parties", "recipient-is-administrator", administrator=party.recipient)
    if party.flags & LINK:
        make("signed with the tag negated (attack A15)", "Tag", "tau-not-in-group", alter={"tau": lambda value: p - value})
        weak = group.power(g, ring.hash_q(group, "link", party.context) or 1)
        make("signed with the tag base g^hash (attack A14)", "Tag", "ring-equation", closes=False, base=weak)
    make("signed with the literal exponent", "LiteralExponent", "ring-equation", closes=False, challenge=ring.literal_challenge)
    make("signed with short ring challenges", "ShortChallenge", "ring-equation", closes=False, challenge=short_challenge)
    if party.flags in (0, DESIGNATED):
        forged = range_forgery(party, drbg)
        assert ring.ring_closes(forged, party.message, ring.literal_challenge)
        cases.invalid(forged, party.message, f"{label}: keyless forgery on the literal equations", "RangeForgery", "alpha-out-of-range")


def _equal_draws(party, drbg):
    draws = Draws.random(party.group, len(party.ring), drbg)
    draws.rho = draws.e
    return draws


def short_challenge(group, lam, index, alpha):
    """H_c in place of H_q: what section 2.3 forbids inside a ring."""
    return ring.hash_c(group, "c", lam, be32(index), group.ep(alpha)) if alpha < group.p else 0


def range_forgery(party, drbg):
    """Attack A1 (section 3): close the literal ring without any key.

    At the gap the chain asks for a certain Y. Pick a, b; by the Chinese remainder theorem there is an alpha
    with alpha = Y * g^a * y^b mod p and alpha = -b mod q; with beta = -a,
    alpha * g^beta * y^alpha = Y g^a y^b g^{-a} y^{-b} = Y. That alpha is about p*q.
    """
    group, p, q, g = party.group, party.group.p, party.group.q, party.group.g
    n = len(party.ring)
    draws = Draws.random(group, n, drbg)
    signature = ring.Signature(
        group=group, ring=list(party.ring), context=party.context, E=group.power(g, draws.e), delta=1,
        alpha=draws.alpha, beta=draws.beta, recipient=party.recipient)
    lam = ring.lambda_of(signature, party.message)
    # Start behind the last member, go round to it, and solve for its Y as a signer would.
    start = ring.glue(group, lam, n - 1, draws.u, [])
    z = start
    for i in range(n - 1):
        z, _ = ring.step(signature, lam, None, i, z, ring.literal_challenge)
    target, y = draws.u * pow(z, -1, p) % p, party.ring[-1]
    while True:
        a, b = drbg.below(q), drbg.below(q)
        modulo_p, modulo_q = target * group.power(g, a) * group.power(y, b) % p, -b % q
        alpha = modulo_p + p * ((modulo_q - modulo_p) * pow(p, -1, q) % q)
        if alpha > p:
            break
    # Hashing alpha with fixed width is impossible out of range; the literal equation does not hash it.
    return signature.changed(delta=start, alpha=replaced(signature.alpha, n - 1, alpha), beta=replaced(signature.beta, n - 1, -a % q))


# ---------------------------------------------------------------- proofs of possession

def possession(file, group, drbg, known):
    tests = file.group("ProofOfPossession", {"groupParameters": group_parameters(group)})
    p, q, g = group.p, group.q, group.g
    tiny = p < 1 << 64

    def add(label, y, c, s, comment, flag, expected):
        reason = ring.verify_possession(group, label, y, c, s)
        if reason != expected:
            if tiny:
                return
            raise AssertionError((comment, expected, reason))
        tests.add(comment, [flag], {"label": label, "y": number(y), "c": number(c), "s": number(s)}, reason)

    good = []
    if "K2" in known:
        fact = known_answers()["PoP"]
        good.append((fact["label"], int(fact["x"], 16), int(fact["r"], 16), "KnownAnswer"))
    for label in ("", "Dr A", "Dr \u00c4", "a longer label, with spaces and 1 digit"):
        good.append((label, drbg.between(1, q - 1), drbg.between(1, q - 1), "Basic"))
    for label, x, r, flag in good:
        y, c, s = ring.prove_possession(group, label, x, r)
        name = f"label {label!r}"
        add(label, y, c, s, name, flag, None)
        for args, comment, reason in [
            ((label, y, c, (s + 1) % q), "s plus one", "proof-mismatch"), ((label, y, (c + 1) % q, s), "c plus one", "proof-mismatch"),
            ((label, y, c, s + q), "s plus q", "s-out-of-range"), ((label, y, c, q), "s = q", "s-out-of-range"),
            ((label, y, c + q, s), "c plus q", "c-out-of-range"), ((label, y, q, s), "c = q", "c-out-of-range"),
            ((label, y, s, c), "c and s exchanged", "proof-mismatch"), ((label, y, c, -s % q), "s negated", "proof-mismatch"),
            ((label, y, -c % q, s), "c negated", "proof-mismatch"), ((label, y, 0, 0), "c = s = 0", "proof-mismatch"),
            ((label, y, c, r % q), "the nonce in place of s", "proof-mismatch"), ((label, y, c, (r + c * x) % q), "s = r + c*x", "proof-mismatch"),
            ((label + "x", y, c, s), "another label", "proof-mismatch"), ((label + "\u0000", y, c, s), "a NUL appended to the label", "proof-mismatch"),
            ((label, y * g % p, c, s), "another key", "proof-mismatch"), ((label, pow(y, -1, p), c, s), "the inverse key", "proof-mismatch"),
            ((label, y * g % p, c, (s - c) % q), "key and s shifted together (no proof for y*g)", "proof-mismatch"),
            ((label, p - y, c, s), "the negated key", "key-not-in-group"), ((label, y + p, c, s), "the key plus p", "key-not-in-group"),
            ((label, 0, c, s), "the key 0", "key-not-in-group"), ((label, p - 1, c, s), "the key p - 1", "key-not-in-group"),
            ((label, outsider(group), c, s), "a key outside the subgroup", "key-not-in-group"),
        ]:
            add(*args, f"{name}: {comment}", "Membership" if reason == "key-not-in-group" else "Range" if "range" in reason else "Proof", reason)
        # Proofs that are right by another construction.
        commitment = group.power(g, r)
        items = [*ring.group_items(group), label.encode("utf-8"), group.ep(y), group.ep(commitment)]
        for challenge, comment in [
            (ring.hash_q(group, "pop", *items), "H_q for H_c"), (ring.hash_c(group, "claim", *items), "another tag"),
            (ring.hash_c(group, "pop", *items[3:]), "the group not hashed"), (ring.hash_c(group, "pop", *items[:3], *items[4:]), "the label not hashed"),
            (ring.hash_c(group, "pop", b"".join(items)), "the items not framed"),
            (ring.hash_c(group, "pop", *items[:5], group.eq(r % q)), "the nonce hashed in place of g^r"),
        ]:
            add(label, y, challenge, (r - challenge * x) % q, f"{name}: {comment}", "Proof", "proof-mismatch")
        for key, comment in [(1, "the key 1, by its logarithm 0"), (p - 1, "the key p - 1, with an even challenge")]:
            nonce = r
            for nonce in range(1, 400):
                c1 = ring.pop_challenge(group, label, key, group.power(g, nonce))
                if c1 % 2 == 0:
                    break
            add(label, key, c1, nonce % q, f"{name}: {comment}: the equation holds", "ClosesAnyway", "key-not-in-group")
    decomposed = "Dr A\u0308"
    y, c, s = ring.prove_possession(group, "Dr \u00c4", 5, 7)
    add(decomposed, y, c, s, "the label in another normal form: labels are bytes", "Proof", "proof-mismatch")


# ---------------------------------------------------------------- hashes

def hashes(file, group, drbg, bases):
    tests = file.group("Hash", {"groupParameters": group_parameters(group)})
    functions = {"Hq": ring.hash_q, "Hc": ring.hash_c, "Hp": ring.hash_p, "HG": ring.hash_g}
    bound = {"Hq": group.q, "Hc": group.q, "Hp": group.p, "HG": group.p}
    prefix = {"Hq": "q:", "Hc": "c:", "Hp": "p:", "HG": "p:"}

    def add(function, tag, items, output, comment, flag, right):
        if (output == right) != (flag in ("Basic", "KnownAnswer")):
            assert group.p < 1 << 64, comment
            return
        tests.add(comment, [flag], {"function": function, "tag": tag, "items": [item.hex() for item in items], "output": number(output)},
                  None if output == right else "output-mismatch")

    public = ring.group_items(group)
    lam = drbg.bytes(32)
    element = group.ep(group.power(group.g, drbg.between(1, group.q - 1)))
    inputs = [
        ("Hq", "c", [lam, be32(0), element]), ("Hq", "c", [lam, be32(1), element]), ("Hq", "kappa", [lam, element, element, element, element]),
        ("Hq", "stealth", []), ("Hq", "stealth", [b""]), ("Hq", "x", [b"ab", b"c"]), ("Hq", "x", [b"a", b"bc"]),
        ("Hc", "pop", public + [b"Dr A", element, element]), ("Hc", "claim", [lam, be32(2), element]), ("Hc", "dleq", [b"open", lam] + public),
        ("Hp", "z", [lam, be32(0), element]), ("Hp", "z", [lam, be32(0), element, element]), ("Hp", "nonce", [drbg.bytes(200)]),
        ("HG", "link", public + [b""]), ("HG", "link", public + [b"event 1"]), ("HG", "gk", public),
    ]
    for function, tag, items in inputs:
        right = functions[function](group, tag, *items)
        name = f"{function}, tag {tag}, {len(items)} items"
        add(function, tag, items, right, name, "Basic", right)
        limit = bound[function]
        width = group.lq if function == "Hq" else 0 if function == "Hc" else group.lp
        for output, comment, flag in [
            ((right + 1) % limit, "plus one", "Output"), (right + limit, "not reduced", "Output"), (limit - right, "negated", "Output"),
            (functions[function](group, tag + "x", *items), "another tag", "HashTag"),
            (functions["Hp" if function != "Hp" else "Hq"](group, tag, *items), "another function", "HashTag"),
            (functions[function](group, tag, *items, b""), "an empty item appended", "HashItems"),
            (functions[function](group, tag, b"".join(items), b""), "the items joined", "HashItems"),
        ]:
            add(function, tag, items, output, f"{name}: {comment}", flag, right)
        full = prefix[function] + tag
        count = (width or 16) + (16 if width else 0)
        if function in ("Hq", "Hc"):
            add(function, tag, items, ring.os2ip(ring.xof(tag, items, count)) % limit, f"{name}: the tag without its prefix", "HashTag", right)
            add(function, tag, items, ring.os2ip(ring.xof(full, items, count + 16)) % limit, f"{name}: sixteen bytes too many", "HashTag", right)
            add(function, tag, items, int.from_bytes(ring.xof(full, items, count), "little") % limit, f"{name}: read as little-endian", "HashTag", right)
        if function == "Hq":
            add(function, tag, items, ring.os2ip(ring.xof(full, items, width)) % limit, f"{name}: without the sixteen extra bytes", "HashTag", right)
        if function == "Hp":
            add(function, tag, items, ring.os2ip(ring.xof(full, items, count)) % (limit - 1), f"{name}: without the one added", "HashTag", right)
            add(function, tag, items, ring.os2ip(ring.xof(full, items, count)) % limit, f"{name}: reduced modulo p", "HashTag", right)
        if function == "HG":
            add(function, tag, items, ring.hash_p(group, tag, *items, be32(0)), f"{name}: not raised to the cofactor", "HashTag", right)
            add(function, tag, items, group.power(group.g, ring.hash_q(group, tag, *items)), f"{name}: g^hash (attack A14)", "HashTag", right)
            uncounted = group.power(ring.hash_p(group, tag, *items), (group.p - 1) // group.q)
            add(function, tag, items, uncounted, f"{name}: without the counter", "HashTag", right)
        if len(items) > 1:
            add(function, tag, items, functions[function](group, tag, *items[::-1]), f"{name}: the items in reverse order", "HashItems", right)
            add(function, tag, items, functions[function](group, tag, *items[:-1]), f"{name}: the last item missing", "HashItems", right)

    # lambda: of the known answers where there are some, and of one made-up signature.
    sources = [(signed.signature, message, name) for signed, message, name in bases]
    party = Party(group, 3, 7, drbg)
    sources.append((party.sign().signature, party.message, "flags 7"))
    party = Party(group, 2, 0, drbg)
    sources.append((party.sign().signature, party.message, "flags 0"))
    for signature, message, name in sources:
        items = ring.lambda_items(signature, message)
        right = ring.os2ip(ring.lambda_of(signature, message))
        add("lambda", "lambda", items, right, f"lambda of {name}", "KnownAnswer" if name.startswith("K") else "Basic", right)
        for output, comment, flag in [
            (right ^ 1, "the last bit inverted", "Output"), (int.from_bytes(right.to_bytes(32, "big"), "little"), "in little-endian order", "Output"),
            (right >> 8, "the last byte missing", "Output"),
            (ring.os2ip(ring.xof("lambda", [i for i in items if i], 32)), "absent values left out instead of empty", "HashItems"),
            (ring.os2ip(ring.xof("lambda", items[:-1], 32)), "the message left out", "HashItems"),
            (ring.os2ip(ring.xof("lambda", items[:-2] + items[:-3:-1], 32)), "context and message exchanged", "HashItems"),
            (ring.os2ip(ring.xof("lambda", items[1:], 32)), "p left out", "HashItems"),
            (ring.os2ip(ring.xof("lambda", [b"".join(items)], 32)), "the items not framed", "HashItems"),
            (ring.os2ip(ring.xof("p:lambda", items, 32)), "a prefix on the tag", "HashTag"),
        ]:
            if output != right:  # with nothing absent, or with context and message both empty
                add("lambda", "lambda", items, output, f"lambda of {name}: {comment}", flag, right)


# ---------------------------------------------------------------- the sealed form, as the public sees it (since 1.1.0)

def sealed_forms(file, group, with_known):
    """Sealed signatures without and with their recipient named: a public verifier checks all values, and then stops."""
    drbg = Drbg(f"ring paper {group.name} sealed")
    cases = Cases(file.group("Verify", {"groupParameters": group_parameters(group)}), group)
    p, q, g = group.p, group.q, group.g
    if with_known:
        signed, message, _ = known_signature("K4")
        cases.invalid(signed.signature, message, "K4 of the reference", "Sealed", "sealed")
    for flags in (15,) if p > 1 << 1024 else (12, 13, 14, 15):
        party = Party(group, 2 if p > 1 << 1024 else 3, flags, drbg, message=b"sealed record")
        while True:
            draws = Draws.random(group, len(party.ring), drbg)
            draws.v = drbg.between(1, q - 1)
            good = party.sign(draws=draws, sealed=True).signature
            if ring.structure(good) is None:
                break
        label, message, n = f"flags {flags}", party.message, len(party.ring)

        def bad(comment, flag, expected, good=good, label=label, message=message, **fields):
            cases.invalid(good.changed(**fields), message, f"{label}: {comment}", flag, expected)

        bad("as it was sent", "Sealed", "sealed")
        bad("the recipient named", "Sealed", "sealed", recipient=party.recipient)
        bad("another recipient named", "Sealed", "sealed", recipient=party._other_key())
        cases.invalid(good, b"another message", f"{label}: another message", "Sealed", "sealed")
        bad("no ciphertext", "Sealed", "sealed", ciphertext=b"")
        bad("delta times g", "Sealed", "sealed", delta=good.delta * g % p)
        for other, comment in [(0, "zero"), (1, "one"), (p - 1, "p - 1"), (p - good.U, "negated"), (good.U + p, "plus p"), (p, "p"),
                               (outsider(group), "outside the subgroup"), (good.U * outsider(group) % p, "times such an element")]:
            bad(f"U {comment}", "Membership", "U-not-in-group", U=other)
        bad("U replaced by E", "Parties", "values-not-distinct", U=good.E)
        bad("E replaced by U", "Parties", "values-not-distinct", E=good.U)
        if flags & OPEN:
            bad("U replaced by A1", "Parties", "values-not-distinct", U=good.A1)
            bad("A1 replaced by U", "Parties", "values-not-distinct", A1=good.U)
            bad("A1 replaced by E", "Parties", "values-not-distinct", A1=good.E)
            bad("A2 negated, and U", "Membership", "A2-not-in-group", A2=p - good.A2, U=p - good.U)
            bad("the recipient named as the administrator", "Parties", "recipient-is-administrator", recipient=good.administrator)
            bad("the administrator missing", "Mode", "mode-mismatch", administrator=None)
            bad("gamma[0] = q", "Range", "gamma-out-of-range", gamma=replaced(good.gamma, 0, q))
        if flags & LINK:
            bad("the tag negated", "Membership", "tau-not-in-group", tau=p - good.tau)
        bad("the recipient named as p - 1", "Membership", "recipient-not-in-group", recipient=p - 1)
        bad("E negated, and U", "Membership", "E-not-in-group", E=p - good.E, U=p - good.U)
        bad("delta zero", "Range", "delta-out-of-range", delta=0)
        bad("alpha[0] = p", "Range", "alpha-out-of-range", alpha=replaced(good.alpha, 0, p))
        bad("beta[0] = q", "Range", "beta-out-of-range", beta=replaced(good.beta, 0, q))
        bad("a key twice", "RingChanged", "duplicate-key", ring=replaced(good.ring, 1, good.ring[0]))
        bad("the last beta missing", "Shape", "length-mismatch", beta=good.beta[:-1])
        bad("the seal stripped", "FlagStripped", "ring-equation", U=None, ciphertext=b"")
        bad("the seal stripped, the recipient named", "FlagStripped", "ring-equation", U=None, ciphertext=b"", recipient=party.recipient)
        plain = party.sign().signature
        cases.valid(plain, message, f"{label}: the same without a seal", "Basic")
        cases.invalid(plain.changed(U=good.U, ciphertext=good.ciphertext), message, f"{label}: a seal put on an open signature", "FlagStripped", "sealed")
