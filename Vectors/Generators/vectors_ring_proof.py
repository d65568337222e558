"""Vector files for what is said about a ring signature: confirmations, claims, openings, unsealings, links, stealth keys.

Every case is judged by this library's own judge (ring_proofs.py), and the reason it gives is the reason recorded.
Bad cases are built with known keys, as section 2.6 of the reference says, so that exactly one check refuses them
wherever that is possible. In the toy group a bad case can pass, or fail another check, by chance; it is left out.
"""

from dataclasses import dataclass

import aes_gcm
import ring_paper as ring
import ring_proofs as proofs
from documents import VectorFile, flip_bit, note, number
from drbg import Drbg
from framing import be32, frame
from ring_paper import DESIGNATED, LINK, OPEN, SEALED, Draws, SchnorrGroup
from ring_proofs import CLAIM, OPENING, TRANSFER, UNSEALING
from vectors_ring_paper import (
    group_parameters, k2_group, known_answers, known_signature, outsider, replaced, rfc5114_group, signature_document, toy_group)

VERSION = "1.1.0"

NOTES = {
    "KnownAnswer": note("BASIC", "A known answer of the ring-signature reference, section 7."),
    "Basic": note("BASIC", "An honest signature, proof, link or key."),
    "Limit": note("EDGE_CASE", "Valid, and to be known: a claim says that the holder of e stands for a member of lambda, and no more (section 2.7)."),
    "SignatureFirst": note("MISSING_STEP", "A right proof, or the right key, about a signature that is not valid."),
    "ExactlyOne": note("AUTH_BYPASS", "A valid signature that colluding members made to match two members, or nobody (section 2.6)."),
    "UnknownExponent": note("AUTH_BYPASS", "E made from somebody's key or another signature's E: verification proves no knowledge of e."),
    "Framing": note("FORGERY", "Recipient or administrator and a member work together against an innocent member."),
    "LiteralExponent": note("FORGERY", "Attack A18: an innocent member framed under the paper's literal exponent c = alpha."),
    "OtherKappa": note("WRONG_PRIMITIVE", "A valid signature whose signer derived kappa or K in another way: nobody is confirmed."),
    "Mode": note("MISSING_STEP", "The signature lacks the mode, or has one that the check is not about."),
    "WrongKey": note("BASIC", "Another recipient's or administrator's key."),
    "Parties": note("AUTH_BYPASS", "E, A1 and U are not distinct, or recipient and administrator are one key (section 2.5)."),
    "Membership": note("AUTH_BYPASS", "An element that is not in the subgroup: 1, p-1, negated, unreduced or of small order."),
    "ClosesAnyway": note("AUTH_BYPASS", "The proof's equation holds: only the check named by the reason refuses it."),
    "Range": note("MALLEABILITY", "A number out of its range: q, or the right value plus q."),
    "Altered": note("BASIC", "One number changed."),
    "OtherSignature": note("AUTH_BYPASS", "The lambda, D, Z or proof of another signature."),
    "Index": note("AUTH_BYPASS", "Another member, or one beyond the ring."),
    "Purpose": note("AUTH_BYPASS", "A proof made for one purpose and shown for another."),
    "Witness": note("AUTH_BYPASS", "A proof made with another exponent than the one that it is about."),
    "Simulated": note("FORGERY", "Commitments computed backwards from a chosen challenge."),
    "Hashing": note("WRONG_PRIMITIVE", "The challenge hashed over other items, in another order, or with another function."),
    "KappaForD": note("MISSING_STEP", "kappa where D belongs, D where kappa belongs, both, or neither."),
    "Unsealing": note("MISSING_STEP", "A sealed signature without its unsealing or recipient, or with a wrong one."),
    "Ciphertext": note("BASIC", "The ciphertext or its tag altered, shortened or exchanged."),
    "SealChanged": note("BASIC", "Ring, context, U or recipient changed under the seal."),
    "OtherSeal": note("WRONG_PRIMITIVE", "Sealed with another key derivation, nonce, associated data or binding."),
    "Tag": note("BASIC", "Tags of other keys, contexts, bases or groups, or none."),
    "Output": note("BASIC", "The key altered, or derived in another way."),
}

PURPOSES = (TRANSFER, OPENING, UNSEALING, CLAIM)
ANY = "any reason"


# ---------------------------------------------------------------- parties and subjects

class Party:
    """A ring with all its secrets, a mode, and everything needed to sign again."""

    def __init__(self, group, n, flags, drbg, message=None, context=None, x_r=None, secrets=None, signer=None):
        self.group, self.flags, self.drbg = group, flags, drbg
        taken = set(secrets or ())
        while len(taken) < n:
            taken.add(drbg.between(1, group.q - 1))
        pairs = sorted((group.power(group.g, x), x) for x in taken)
        self.ring, self.secrets = [y for y, _ in pairs], [x for _, x in pairs]
        self.signer = drbg.below(n) if signer is None else signer
        self.message = b"record %d" % flags if message is None else message
        self.context = (b"event %d" % flags if flags & LINK else b"") if context is None else context
        self.x_r = (self.fresh_secret() if x_r is None else x_r) if flags & DESIGNATED else None
        self.x_a = self.fresh_secret(self.x_r) if flags & OPEN else None
        self.recipient = None if self.x_r is None else group.power(group.g, self.x_r)
        self.administrator = None if self.x_a is None else group.power(group.g, self.x_a)

    def fresh_secret(self, *taken):
        while True:
            x = self.drbg.between(2, self.group.q - 1)
            if x not in self.secrets and x not in taken:
                return x

    def draws(self):
        """Draws whose E, A1 and U differ and whose A2 is not 1."""
        while True:
            drawn = Draws.random(self.group, len(self.ring), self.drbg)
            drawn.v = self.drbg.between(1, self.group.q - 1)
            a2 = 0 if self.x_a is None else (self.x_a * drawn.rho + self.secrets[self.signer]) % self.group.q
            if len({drawn.e, drawn.rho, drawn.v}) == 3 and (self.x_a is None or a2):
                return drawn

    def sign_with(self, drawn, signer=None, ring_keys=None, **options):
        signer = self.signer if signer is None else signer
        arguments = dict(context=self.context, recipient=self.recipient, administrator=self.administrator,
                         link=bool(self.flags & LINK), sealed=bool(self.flags & SEALED), message=self.message)
        arguments.update(options)
        message = arguments.pop("message")
        return ring.sign(self.group, ring_keys or self.ring, signer, self.secrets[signer], message, drawn, **arguments)

    def sign(self, **options):
        """An honest signature; in the toy group, drawn until it names the signer alone."""
        while True:
            drawn = self.draws()
            subject = Subject(self, self.sign_with(drawn, **options), drawn)
            if self.x_r is None or options or proofs.confirm(subject.sent, self.message, self.x_r) == (self.signer, None):
                return subject


@dataclass
class Subject:
    """A signature, and all that its makers know."""

    party: Party
    signed: ring.Signed
    draws: Draws

    @property
    def group(self):
        return self.party.group

    @property
    def sent(self):
        """The signature as it was sent: a sealed one names nobody."""
        return self.signed.signature

    @property
    def shown(self):
        """The signature as a judge gets it: with its recipient named."""
        return self.sent.changed(recipient=self.party.recipient)

    @property
    def lam(self):
        return self.signed.lam

    @property
    def message(self):
        return self.party.message

    def unsealing(self):
        return proofs.unsealing(self.sent, self.lam, self.party.x_r, self.draws.v + 1) if self.sent.flags & SEALED else None

    def proof(self, kind, nonce):
        party, sent = self.party, self.sent
        if kind == TRANSFER:
            return proofs.transfer(sent, self.lam, party.signer, party.x_r, nonce)
        if kind == OPENING:
            return proofs.opening(sent, self.lam, party.signer, party.x_a, nonce)
        if kind == UNSEALING:
            return proofs.unsealing(sent, self.lam, party.x_r, nonce)
        if party.recipient is None:
            return proofs.claim_by_kappa(sent, self.lam, party.signer, self.draws.e, self.signed.kappa, nonce)
        return proofs.claim_by_shared(sent, self.lam, party.signer, self.draws.e, party.recipient, nonce)


def known_subject(name):
    """A known answer with its keys, as if a party had made it."""
    answers = known_answers()
    known, keys = answers[name], answers[name if name in ("K1", "K2") else "K2"]
    signed, message, _ = known_signature(name)
    party = Party.__new__(Party)
    party.group, party.flags, party.ring, party.message = signed.signature.group, signed.signature.flags, signed.signature.ring, message
    party.drbg = Drbg(f"ring proof {name}")
    party.secrets, party.signer = [int(x, 16) for x in keys["x"]], int(known["S"]) - 1
    party.context = signed.signature.context
    party.x_r = int(keys["x_R"], 16) if party.flags & DESIGNATED else None
    party.x_a = int(keys["x_A"], 16) if party.flags & OPEN else None
    party.recipient = None if party.x_r is None else party.group.power(party.group.g, party.x_r)
    party.administrator = signed.signature.administrator
    draws = Draws(
        e=int(known["e"], 16), u=int(known["u"], 16), alpha=list(signed.signature.alpha), beta=list(signed.signature.beta),
        gamma=list(signed.signature.gamma), kappa=signed.kappa, rho=int(known.get("rho", "0"), 16), v=int(known.get("v", "0"), 16))
    return Subject(party, signed, draws)


# ---------------------------------------------------------------- collusions (section 2.6)

def two_matches(party, other):
    """The signer and member `other` make a signature that matches both of them.

    lambda does not depend on the pairs, so `other` learns lambda and kappa first and chooses beta = e + kappa - c*x.
    """
    group = party.group
    drawn = party.draws()
    lam, E = (first := party.sign_with(drawn)).lam, first.signature.E
    kappa = ring.kappa_of(group, lam, E, group.power(party.recipient, drawn.e), party.ring[other], party.recipient)
    c = ring.ring_challenge(group, lam, other, drawn.alpha[other])
    drawn.beta[other] = (drawn.e + kappa - c * party.secrets[other]) % group.q
    return Subject(party, party.sign_with(drawn), drawn)


def no_match(party):
    """A signer who leaves the rule K = e + kappa matches nobody."""
    drawn = party.draws()
    return Subject(party, party.sign_with(drawn, big_k=party.drbg.below(party.group.q)), drawn)


def unknown_exponent(party, element):
    """A valid signature whose E is `element`, of which the signer does not know the logarithm."""
    drawn = party.draws()
    signed = party.sign_with(drawn, big_k=party.drbg.below(party.group.q), alter={"E": lambda value: element})
    return Subject(party, signed, drawn)


def literal_frame(party, innocent):
    """Attack A18 (section 3): recipient and signer frame `innocent` under the exponent c = alpha."""
    group, q = party.group, party.group.q
    drawn = party.draws()
    a, alpha = drawn.e, drawn.alpha[innocent]
    E = group.power(group.g, a) * group.power(party.ring[innocent], alpha) % group.p
    options = dict(big_k=party.drbg.below(q), alter={"E": lambda value: E}, challenge=ring.literal_challenge)
    lam = party.sign_with(drawn, **options).lam
    kappa = ring.kappa_of(group, lam, E, group.power(E, party.x_r), party.ring[innocent], party.recipient)
    drawn.beta[innocent] = (a + kappa) % q
    signed = party.sign_with(drawn, **options)
    # W_B = g^beta * y_B^alpha = g^(a + kappa) * y_B^alpha = E * g^kappa: the literal equations confirm B.
    w = group.power(group.g, drawn.beta[innocent]) * group.power(party.ring[innocent], alpha) % group.p
    assert w == E * group.power(group.g, kappa) % group.p
    assert ring.ring_closes(signed.signature, party.message, ring.literal_challenge)
    return Subject(party, signed, drawn)


def reclosed(subject, insider):
    """Another member closes the ring again, and keeps E and all pairs but his own (section 2.7)."""
    party, good = subject.party, subject.sent
    drawn = Draws(e=0, u=party.drbg.between(1, party.group.p - 1), alpha=list(good.alpha), beta=list(good.beta), gamma=[],
                  kappa=0, v=subject.draws.v)
    signed = party.sign_with(drawn, signer=insider, big_k=party.drbg.below(party.group.q), alter={"E": lambda value: good.E})
    assert signed.lam == subject.lam
    return Subject(party, signed, subject.draws)


# ---------------------------------------------------------------- documents

def proof_document(proof):
    """One of the four proof documents, keys in the order of FORMATS."""
    lam, c, s = proof.lam.hex(), number(proof.c), number(proof.s)
    if proof.kind == UNSEALING:
        return {"schema": "ringwork/ring-unsealing/1", "lambda": lam, "Z": number(proof.D), "c": c, "s": s}
    D = None if proof.D is None else number(proof.D)
    if proof.kind == CLAIM:
        kappa = None if proof.kappa is None else number(proof.kappa)
        return {"schema": "ringwork/ring-claim/1", "lambda": lam, "index": proof.index, "kappa": kappa, "D": D, "c": c, "s": s}
    name = {TRANSFER: "ringwork/ring-confirmation/1", OPENING: "ringwork/ring-opening/1"}[proof.kind]
    return {"schema": name, "lambda": lam, "index": proof.index, "D": D, "c": c, "s": s}


HEADER = [
    "Signatures are ringwork/ring-signature/1 documents. The first check that fails gives the reason. A signature's own checks, called S below, are those of the ring-paper files in their order, from length-mismatch to gamma-out-of-range.",
    "Confirm: valid when the holder of recipientSecret confirms exactly the member index. S; mode-required; wrong-key (the signature names another); recipient-is-administrator (of a sealed signature, known only now); ring-equation; not-confirmed (no member matches, or two).",
    "Proof: valid when a judge accepts proof about the signature. unsealing is that of a sealed signature, which then names its recipient; null where the signature is not sealed, or where proof is itself an unsealing. S; the ranges of the unsealing's numbers, then of the proof's (D-not-in-group also stands for Z; kappa-out-of-range also for both or neither of kappa and D); mode-required (also for an unsealing of a signature that is not sealed); for a sealed signature sealed (no unsealing, or no recipient), lambda-mismatch and proof-mismatch of the unsealing; ring-equation; lambda-mismatch; index-out-of-range; in a claim D-not-in-group where only kappa is there and D belongs, kappa-out-of-range the other way round; proof-mismatch; in a confirmation not-confirmed; member-mismatch.",
    "Link: valid when one key made both signatures. The first signature is verified, then the second, as in the ring-paper files; not-linkable; group-mismatch; context-mismatch; not-linked.",
    "Unseal: valid when the holder of recipientSecret opens the sealed signature and finds message. S; mode-required; wrong-key; recipient-is-administrator; unsealing-failed; ring-equation. In an invalid test message is what the sealer meant.",
    "Stealth: valid when sender and recipient both find element. key-not-in-group (sender, recipient, or a key that would be 1); x-mismatch (a secret does not belong to its key); output-mismatch.",
    "The secrets are keys of test groups and protect nothing.",
]


def build():
    return [
        _file(toy_group(), "toy-47-23", known=["K1"], size=3, thorough=True, whole=False, stride=6),
        _file(k2_group(), "vector-256-128", known=["K2", "K3", "K4"], size=2, thorough=True, whole=True, stride=26),
        _file(rfc5114_group(), "rfc5114-2048-256", known=[], size=2, thorough=False, whole=False, stride=11),
    ]


def _file(group, stem, known, size, thorough, whole, stride):
    """`thorough` adds modes and damage; `whole` takes every invalid case about one mode of each kind, else a sample."""
    file = VectorFile(
        path=f"v1/ring-proof/ring_proof_{stem}_ringwork-v1_test.json",
        algorithm="proofs about ring signatures of the smart-consensus paper, repaired", schema="ring-proof.schema.json",
        profile="ringwork-v1", header=HEADER + (["This group is tiny and protects nothing."] if group.p < 1 << 1024 else []),
        notes=NOTES, generator="Generators/vectors_ring_proof.py", version=VERSION,
        checked_by=["ring-signatures reference, section 7"] if known else ["ring-signatures reference, section 7, through the same code"])
    cases = Cases(file, group, thorough, whole, stride)
    cases.sample(whole)
    subjects = {name: known_subject(name) for name in known}
    confirmations(cases, subjects, size)
    judgements(cases, subjects, size)
    links(cases, subjects, size)
    seals(cases, subjects, size)
    stealth(cases)
    return file


class Cases:
    """The groups of one file: adds cases after judging them."""

    def __init__(self, file, group, thorough, whole, stride):
        self.group, self.thorough, self.whole, self.tiny = group, thorough, whole, group.p < 1 << 64
        self.every, self.stride, self.seen = 1, stride, 0
        parameters = {"groupParameters": group_parameters(group)}
        self.groups = {kind: file.group(kind, parameters) for kind in ("Confirm", "Proof", "Link", "Unseal", "Stealth")}
        self.reasons = {kind: set() for kind in self.groups}

    def drbg(self, label):
        return Drbg(f"ring proof {self.group.name} {label}")

    def sample(self, whole):
        """From here on take all invalid cases, or every `stride`-th: the files must stay small."""
        self.every = 1 if whole else self.stride

    def _left_out(self, kind, expected):
        if expected is None:
            return False
        if self.whole and expected not in self.reasons[kind]:  # the first of its reason
            return False
        self.seen += 1
        return self.seen % self.every != 0

    def _add(self, kind, comment, flag, expected, inputs, reason):
        if expected == ANY and reason is not None or reason == expected:
            self.groups[kind].add(comment, [flag], inputs, reason)
            self.reasons[kind].add(reason)
        elif not self.tiny:  # else by chance, in a group of 23 elements
            raise AssertionError((kind, comment, expected, reason))

    def confirm(self, comment, flag, expected, signature, message, x_r):
        if self._left_out("Confirm", expected):
            return
        index, reason = proofs.confirm(signature, message, x_r)
        self._add("Confirm", comment, flag, expected, {
            "message": message.hex(), "signature": signature_document(signature), "recipientSecret": number(x_r), "index": index}, reason)

    def proof(self, comment, flag, expected, signature, message, unsealing, proof):
        if self._left_out("Proof", expected):
            return
        reason = proofs.verify_proof(signature, message, unsealing, proof)
        self._add("Proof", comment, flag, expected, {
            "message": message.hex(), "signature": signature_document(signature),
            "unsealing": None if unsealing is None else proof_document(unsealing), "proof": proof_document(proof)}, reason)

    def link(self, comment, flag, expected, first, first_message, second, second_message):
        if self._left_out("Link", expected):
            return
        reason = proofs.verify_link(first, first_message, second, second_message)
        self._add("Link", comment, flag, expected, {
            "firstMessage": first_message.hex(), "first": signature_document(first),
            "secondMessage": second_message.hex(), "second": signature_document(second)}, reason)

    def unseal(self, comment, flag, expected, signature, x_r, message):
        if self._left_out("Unseal", expected):
            return
        found, reason = proofs.unseal(signature, x_r)
        assert reason or found == message, comment
        self._add("Unseal", comment, flag, expected, {
            "signature": signature_document(signature), "recipientSecret": number(x_r), "message": message.hex()}, reason)

    def stealth(self, comment, flag, expected, **inputs):
        if self._left_out("Stealth", expected):
            return
        reason = proofs.verify_stealth(self.group, **inputs)
        names = {"sender_secret": "senderSecret", "recipient_secret": "recipientSecret"}
        document = {names.get(key, key): value.hex() if key == "context" else value if key == "index" else number(value)
                    for key, value in inputs.items()}
        self._add("Stealth", comment, flag, expected, document, reason)


def broken_signatures(subject, drbg, thorough):
    """(comment, signature, message, reason) of damaged signatures: the same for every kind of check.

    Only what lambda does not bind is altered where the reason is ring-equation, so that lambda stays right.
    """
    group, p, g, good = subject.group, subject.group.p, subject.group.g, subject.shown
    index = drbg.below(len(good.ring))
    made = [
        ("delta times g", {"delta": good.delta * g % p}, "ring-equation"),
        ("one beta plus one", {"beta": replaced(good.beta, index, (good.beta[index] + 1) % group.q)}, "ring-equation"),
        ("E negated", {"E": p - good.E}, "E-not-in-group"),
        ("one alpha zero", {"alpha": replaced(good.alpha, index, 0)}, "alpha-out-of-range"),
    ]
    if thorough:
        made += [
            ("one alpha negated", {"alpha": replaced(good.alpha, index, p - good.alpha[index])}, "ring-equation"),
            ("the first two pairs swapped", {"alpha": good.alpha[1::-1] + good.alpha[2:], "beta": good.beta[1::-1] + good.beta[2:]}, "ring-equation"),
            ("one beta plus q", {"beta": replaced(good.beta, index, good.beta[index] + group.q)}, "beta-out-of-range"),
            ("delta plus p", {"delta": good.delta + p}, "delta-out-of-range"),
            ("a key twice", {"ring": replaced(good.ring, 1, good.ring[0])}, "duplicate-key"),
            ("a key negated", {"ring": replaced(good.ring, index, p - good.ring[index])}, "key-not-in-group"),
            ("the last pair missing", {"alpha": good.alpha[:-1], "beta": good.beta[:-1]}, "length-mismatch"),
            ("one member alone", {name: getattr(good, name)[:1] for name in ("ring", "alpha", "beta", "gamma")}, "ring-too-small"),
        ]
        if good.recipient is not None:
            made.append(("the recipient negated", {"recipient": p - good.recipient}, "recipient-not-in-group"))
        if good.tau is not None:
            made.append(("the tag negated", {"tau": p - good.tau}, "tau-not-in-group"))
    if good.gamma:
        made.append(("A1 replaced by E", {"A1": good.E}, "values-not-distinct"))
        if thorough:
            made += [
                ("one gamma plus one", {"gamma": replaced(good.gamma, index, (good.gamma[index] + 1) % group.q)}, "ring-equation"),
                ("one gamma plus q", {"gamma": replaced(good.gamma, index, good.gamma[index] + group.q)}, "gamma-out-of-range"),
                ("A1 negated", {"A1": p - good.A1}, "A1-not-in-group"),
                ("A2 negated", {"A2": p - good.A2}, "A2-not-in-group"),
                ("A2 missing", {"A2": None}, "mode-mismatch"),
                ("the administrator's key p - 1", {"administrator": p - 1}, "administrator-not-in-group"),
            ]
            if good.recipient is not None:
                made.append(("the recipient as administrator", {"administrator": good.recipient}, "recipient-is-administrator"))
    if good.U is not None:
        made += [("U negated", {"U": p - good.U}, "U-not-in-group"), ("U replaced by E", {"U": good.E}, "values-not-distinct")]
        if thorough:
            made.append(("U one", {"U": 1}, "U-not-in-group"))
            if good.A1 is not None:
                made.append(("U replaced by A1", {"U": good.A1}, "values-not-distinct"))
    return [(comment, good.changed(**fields), reason) for comment, fields, reason in made]


def as_sent(signature):
    """A sealed signature without its recipient."""
    return signature.changed(recipient=None) if signature.U is not None else signature


# ---------------------------------------------------------------- Confirm

def confirmations(cases, known, size):
    group, drbg, thorough = cases.group, cases.drbg("confirm"), cases.thorough
    for name in known:
        subject = known[name]
        if subject.party.x_r is not None:
            cases.confirm(f"{name} of the reference", "KnownAnswer", None, subject.sent, subject.message, subject.party.x_r)
    subjects = []
    for flags in (4, 5, 6, 7, 12, 13, 14, 15) if thorough else (4, 15):
        subject = Party(group, size, flags, drbg).sign()
        subjects.append(subject)
        cases.confirm(f"flags {flags}", "Basic", None, subject.sent, subject.message, subject.party.x_r)
        if flags & SEALED:
            cases.confirm(f"flags {flags}, the recipient named", "Basic", None, subject.shown, subject.message, subject.party.x_r)
    if thorough:
        for n in (2, 5):
            for signer in (0, n - 1):
                party = Party(group, n, 4, drbg, signer=signer)
                cases.confirm(f"n = {n}, signer {signer}", "Basic", None, party.sign().sent, party.message, party.x_r)
        party = Party(group, 3, 4, drbg)
        for member, comment in ((party.signer, "the signer is the recipient"), ((party.signer + 1) % 3, "a member is the recipient")):
            own = Party(group, 3, 4, drbg, secrets=party.secrets, x_r=party.secrets[member], signer=party.signer)
            cases.confirm(comment, "Basic", None, own.sign().sent, own.message, own.x_r)

    # The signature first; other keys; other messages.
    for subject in subjects:
        party, sent, message = subject.party, subject.sent, subject.message
        label, x_r, sealed = f"flags {party.flags}", party.x_r, bool(party.flags & SEALED)
        full = thorough and party.flags in (4, 15)
        cases.sample(cases.whole and full)
        for comment, signature, reason in broken_signatures(subject, drbg, full):
            if comment not in ("the recipient negated", "the recipient as administrator") or not sealed:
                cases.confirm(f"{label}: {comment}", "SignatureFirst", reason, as_sent(signature), message, x_r)
        cases.confirm(f"{label}: another message", "SignatureFirst", "ring-equation", sent, b"record x", x_r)
        cases.confirm(f"{label}: E times g", "SignatureFirst", "ring-equation", sent.changed(E=sent.E * group.g % group.p), message, x_r)
        others = [((x_r + 1) % group.q or 1, "the key plus one"), (group.q - x_r, "the key negated")]
        if full:
            others += [(party.secrets[party.signer], "the signer's key"), (subject.draws.e, "the key e")]
        if party.x_a is not None:
            others.append((party.x_a, "the administrator's key"))
        for other, comment in others:
            reason = "recipient-is-administrator" if sealed and other == party.x_a else "ring-equation" if sealed else "wrong-key"
            cases.confirm(f"{label}: {comment}", "WrongKey", reason, sent, message, other)
        stranger = party.fresh_secret(x_r, party.x_a)
        renamed = sent.changed(recipient=group.power(group.g, stranger))
        cases.confirm(f"{label}: another recipient named, with the right key", "WrongKey", "wrong-key", renamed, message, x_r)
        cases.confirm(f"{label}: another recipient named, with that key", "WrongKey", "ring-equation", renamed, message, stranger)
        if sealed:
            cases.confirm(f"{label}: U times g", "SealChanged", "ring-equation", sent.changed(U=sent.U * group.g % group.p), message, x_r)
            cases.confirm(f"{label}: the seal stripped", "SealChanged", "mode-required", sent.changed(U=None, ciphertext=b""), message, x_r)
            cases.confirm(f"{label}: the seal stripped, the recipient named", "SealChanged", "ring-equation",
                          subject.shown.changed(U=None, ciphertext=b""), message, x_r)
        else:
            cases.confirm(f"{label}: the recipient stripped", "Mode", "mode-required", sent.changed(recipient=None), message, x_r)
            cases.confirm(f"{label}: a seal added", "SealChanged", "ring-equation",
                          sent.changed(U=group.power(group.g, stranger), ciphertext=bytes(24)), message, x_r)
    cases.sample(cases.whole or cases.tiny)
    for flags in (0, 1, 2, 3) if thorough else (0,):
        subject = Party(group, size, flags, drbg).sign()
        cases.confirm(f"flags {flags}: no recipient", "Mode", "mode-required", subject.sent, subject.message, drbg.between(1, group.q - 1))

    # One key as recipient and administrator: of a sealed signature nobody but the recipient can see it.
    for flags in (6, 14) if thorough else (14,):
        party = Party(group, size, flags, drbg)
        party.x_a, party.administrator = party.x_r, party.recipient
        drawn = party.draws()
        cases.confirm(f"flags {flags}: signed with the recipient as administrator", "Parties", "recipient-is-administrator",
                      party.sign_with(drawn).signature, party.message, party.x_r)

    # Exactly one.
    for flags in (4, 7, 12) if thorough else (4,):
        party = Party(group, max(size, 3) if thorough else size, flags & ~OPEN & ~LINK | flags & SEALED, drbg)
        for other in range(len(party.ring)):
            if other != party.signer:
                cases.confirm(f"flags {party.flags}: made to match members {party.signer} and {other}", "ExactlyOne", "not-confirmed",
                              two_matches(party, other).sent, party.message, party.x_r)
        for turn in range(2):
            cases.confirm(f"flags {party.flags}: made to match nobody, {turn}", "ExactlyOne", "not-confirmed",
                          no_match(party).sent, party.message, party.x_r)
    if thorough:
        party = Party(group, 3, 7, drbg)
        cases.confirm("flags 7: made to match nobody", "ExactlyOne", "not-confirmed", no_match(party).sent, party.message, party.x_r)

    # E of unknown exponent.
    party = Party(group, size, 4, drbg)
    honest = party.sign()
    linkable = Party(group, size, 1, drbg).sign()
    openable = Party(group, size, 2, drbg).sign()
    other = (party.signer + 1) % size
    for element, comment in [
        (honest.sent.E * group.g % group.p, "E of another signature times g"), (pow(honest.sent.E, 2, group.p), "E of another signature squared"),
        (party.ring[other], "another member's key as E"), (party.recipient, "the recipient's key as E"),
        (linkable.sent.tau, "another signature's tag as E"), (ring.link_base(group, b"event 1") * group.g % group.p, "a link base times g as E"),
        (openable.sent.A1 * group.g % group.p, "another signature's A1 times g as E"),
        (group.power(group.g, 5) * group.power(party.ring[other], 7) % group.p, "E = g^5 * y_B^7, to frame B"),
    ]:
        if element != 1:
            cases.confirm(comment, "UnknownExponent", "not-confirmed", unknown_exponent(party, element).sent, party.message, party.x_r)
    cases.confirm("framed under the literal exponent", "LiteralExponent", "ring-equation", literal_frame(party, other).sent, party.message, party.x_r)

    # Other rules for kappa and K: the ring closes, and nobody is confirmed.
    e, x, y_r = honest.draws.e, party.secrets[party.signer], party.recipient
    lam, E, y = honest.lam, honest.sent.E, party.ring[party.signer]
    D = group.power(y_r, e)
    items = [lam, *[group.ep(v) for v in (E, D, y, y_r)]]
    kappas = {
        "kappa from the static y_R^x (attacks A8, A20)": ring.kappa_of(group, lam, E, group.power(y_r, x), y, y_r),
        "kappa by H_c": ring.hash_c(group, "kappa", *items), "kappa with E and D exchanged": ring.kappa_of(group, lam, D, E, y, y_r),
        "kappa without lambda": ring.hash_q(group, "kappa", *items[1:]), "kappa without y_R": ring.hash_q(group, "kappa", *items[:-1]),
        "kappa with the index in place of y": ring.hash_q(group, "kappa", *items[:3], be32(party.signer), items[4]),
        "kappa unframed": ring.hash_q(group, "kappa", b"".join(items)), "kappa under another tag": ring.hash_q(group, "claim", *items),
        "kappa of the next member": ring.kappa_of(group, lam, E, D, party.ring[other], y_r), "kappa zero": 0,
    }
    exponents = {comment: (e + kappa) % group.q for comment, kappa in kappas.items()}
    exponents["K = kappa"], exponents["K = e - kappa"] = honest.signed.kappa, (e - honest.signed.kappa) % group.q
    exponents["K = -(e + kappa)"] = -honest.signed.K % group.q
    for comment, big_k in exponents.items():
        signed = party.sign_with(honest.draws, big_k=big_k)
        assert signed.lam == lam
        cases.confirm(comment, "OtherKappa", "not-confirmed", signed.signature, party.message, party.x_r)


# ---------------------------------------------------------------- Proof

NAMES = {TRANSFER: "confirmation", OPENING: "opening", UNSEALING: "unsealing", CLAIM: "claim"}


def judgements(cases, known, size):
    group, drbg, thorough = cases.group, cases.drbg("proof"), cases.thorough
    nonce = 0x89ABCDEF
    for name, kinds in (("K1", (TRANSFER, CLAIM)), ("K2", (TRANSFER, OPENING, CLAIM)), ("K3", (CLAIM,)), ("K4", PURPOSES)):
        for kind in kinds if name in known else ():
            subject = known[name]
            if kind == OPENING and not subject.party.flags & OPEN:
                continue
            unsealing = None
            if subject.sent.flags & SEALED and kind != UNSEALING:
                unsealing = subject.proof(UNSEALING, nonce)
            cases.proof(f"{NAMES[kind]} of {name}, nonce 89abcdef", "KnownAnswer", None, subject.shown, subject.message, unsealing,
                        subject.proof(kind, nonce % group.q))
    plan = {0: (CLAIM,), 2: (OPENING,), 4: (TRANSFER, CLAIM), 7: (TRANSFER, OPENING, CLAIM), 12: (TRANSFER, CLAIM, UNSEALING), 15: PURPOSES}
    if thorough:
        plan.update({1: (CLAIM,), 3: (OPENING, CLAIM), 13: (UNSEALING,)})
    else:
        plan = {0: (CLAIM,), 4: (TRANSFER, CLAIM), 15: PURPOSES}
    whole_plan = {(0, CLAIM), (2, OPENING), (4, TRANSFER), (4, CLAIM), (12, UNSEALING)}
    full_plan = {(0, CLAIM), (4, TRANSFER)} if thorough else set()
    for flags, kinds in sorted(plan.items()):
        subject = Party(group, size, flags, drbg).sign()
        again = subject.party.sign()
        for kind in kinds:
            proof = subject.proof(kind, drbg.between(1, group.q - 1))
            full = (flags, kind) in full_plan
            cases.sample(cases.whole and (flags, kind) in whole_plan)
            damaged_proof(cases, subject, again, kind, proof, drbg, full or not thorough or (flags, kind) == (2, OPENING))
        cases.sample(cases.whole and flags in (0, 4))
        foreign_modes(cases, subject, kinds, drbg)
        if flags & SEALED:
            cases.sample(cases.whole and flags == 12)
            damaged_unsealing(cases, subject, again, drbg)
    cases.sample(cases.whole or cases.tiny)
    collusions(cases, size, drbg)


def damaged_proof(cases, subject, again, kind, proof, drbg, full):
    """One proof: right, then wrong in every way; `again` is another signature of the same party."""
    group, p, q, g = subject.group, subject.group.p, subject.group.q, subject.group.g
    party, shown, message = subject.party, subject.shown, subject.message
    unsealing = None if kind == UNSEALING else subject.unsealing()
    label = f"flags {party.flags}, {NAMES[kind]}"
    n, lam = len(party.ring), subject.lam
    # The statement: g, a; h, b with the witness w.
    w = {TRANSFER: party.x_r, OPENING: party.x_a, UNSEALING: party.x_r, CLAIM: subject.draws.e}[kind]
    h = {TRANSFER: shown.E, OPENING: shown.A1, UNSEALING: shown.U, CLAIM: party.recipient}[kind]
    with_d = proof.D is not None
    wrong_index = "proof-mismatch" if kind == CLAIM and not with_d else "member-mismatch"

    def bad(comment, flag, expected, signature=shown, **fields):
        cases.proof(f"{label}: {comment}", flag, expected, signature, message, unsealing, proof.changed(**fields))

    cases.proof(label, "Basic", None, shown, message, unsealing, proof)

    # Signature first.
    for comment, signature, reason in broken_signatures(subject, drbg, True):
        bad(comment, "SignatureFirst", reason, signature)
    sealed = bool(party.flags & SEALED)
    cases.proof(f"{label}: another message", "SignatureFirst", "lambda-mismatch" if sealed else "ring-equation", shown, b"record x", unsealing, proof)

    # lambda and the index.
    bad("lambda with one bit inverted", "OtherSignature", "lambda-mismatch", lam=flip_bit(lam, 0))
    bad("lambda of another signature", "OtherSignature", "lambda-mismatch", lam=again.lam)
    if kind != UNSEALING:
        for other in range(n):
            if other != proof.index:
                bad(f"index {other} for {proof.index}", "Index", wrong_index, index=other)
        for other in (n, n + proof.index, 0xFFFFFFFF):
            bad(f"index {other} in a ring of {n}", "Index", "index-out-of-range", index=other)
    other_proof = again.proof(kind, drbg.between(1, q - 1))
    cases.proof(f"{label}: the proof of another signature", "OtherSignature", "lambda-mismatch", shown, message, unsealing, other_proof)
    mine = "lambda-mismatch" if kind == UNSEALING else "proof-mismatch"  # another Z is another lambda
    if with_d:
        bad("D of another signature", "OtherSignature", mine, D=other_proof.D)
    bad("c and s of another signature", "OtherSignature", "proof-mismatch", c=other_proof.c, s=other_proof.s)

    # Numbers.
    c, s = proof.c, proof.s
    for fields, comment, reason in [({"c": c + q}, "c plus q", "c-out-of-range"), ({"c": q}, "c = q", "c-out-of-range"),
                                    ({"s": s + q}, "s plus q", "s-out-of-range"), ({"s": q}, "s = q", "s-out-of-range")]:
        bad(comment, "Range", reason, **fields)
    changes = [({"c": (c + 1) % q}, "c plus one"), ({"s": (s + 1) % q}, "s plus one"), ({"c": s, "s": c}, "c and s exchanged"),
               ({"s": -s % q}, "s negated"), ({"c": -c % q}, "c negated"), ({"c": 0, "s": 0}, "c = s = 0")]
    for fields, comment in changes if full else changes[:3]:
        bad(comment, "Altered", "proof-mismatch", **fields)
    if with_d:
        D = proof.D
        wrong = [(0, "zero"), (1, "one"), (p - 1, "p - 1"), (p - D, "negated"), (D + p, "plus p"), (outsider(group), "outside the subgroup"),
                 (D * outsider(group) % p, "times an element outside the subgroup"), (p, "p"), (p + 1, "p + 1")]
        for other, comment in wrong if full else wrong[1:5]:
            bad(f"D {comment}", "Membership", "D-not-in-group", D=other)
        elements = [(D * g % p, "times g"), (pow(D, -1, p), "inverted"), (h, "replaced by the element that it is a power of"), (g, "replaced by g"),
                    (pow(D, 2, p), "squared")]
        for other, comment in elements if full else elements[:2]:
            bad(f"D {comment}", "Altered", mine, D=other)
        # -D with its own proof: the equation holds when c is even. The same for any small order that divides the cofactor.
        for order in [2] + [r for r in (3, 5, 7, 11, 13) if (p - 1) // q % r == 0 and not cases.tiny]:
            twist = next(x for x in (pow(base, (p - 1) // order, p) for base in range(2, 99)) if x != 1)
            twisted = twisted_proof(subject, kind, proof, w, h, D * twist % p, order)
            cases.proof(f"{label}: D times an element of order {order}, proved", "ClosesAnyway", "D-not-in-group", shown, message,
                        unsealing, twisted)
        one = ring_identity(subject, kind, proof, drbg)
        if one is not None:
            cases.proof(f"{label}: D = 1, by a witness 0", "Witness", "D-not-in-group", shown, message, unsealing, one)

    # Claims: kappa and D.
    if kind == CLAIM:
        if with_d:
            kappa = subject.signed.kappa
            c1, s1 = proofs.prove_claim(group, lam, proof.index, shown.E, subject.draws.e, kappa, drbg.between(1, q - 1))
            bad("kappa where D belongs, with its own proof", "KappaForD", "D-not-in-group", D=None, kappa=kappa, c=c1, s=s1)
            bad("kappa where D belongs", "KappaForD", "D-not-in-group", D=None, kappa=kappa)
            bad("kappa and D", "KappaForD", "kappa-out-of-range", kappa=kappa)
        else:
            stranger = party.fresh_secret()
            y = group.power(g, stranger)
            c1, s1 = proofs.prove_equality(group, CLAIM, lam, w, y, drbg.between(1, q - 1))
            bad("D where kappa belongs, with its own proof", "KappaForD", "kappa-out-of-range", kappa=None, D=group.power(y, w), c=c1, s=s1)
            bad("kappa and D", "KappaForD", "kappa-out-of-range", D=group.power(y, w))
            kappa = proof.kappa
            for other, comment in [(kappa + q, "plus q"), (q, "q")]:
                bad(f"kappa {comment}", "Range", "kappa-out-of-range", kappa=other)
            for other, comment in [((kappa + 1) % q, "plus one"), (-kappa % q, "negated"), (subject.signed.K, "replaced by K")]:
                bad(f"kappa {comment}", "Altered", "proof-mismatch", kappa=other)
                c1, s1 = proofs.prove_claim(group, lam, proof.index, shown.E, w, other, drbg.between(1, q - 1))
                bad(f"kappa {comment}, proved again", "Altered", "member-mismatch", kappa=other, c=c1, s=s1)
            for other in range(n):
                if other != proof.index:
                    c1, s1 = proofs.prove_claim(group, lam, other, shown.E, w, kappa, drbg.between(1, q - 1))
                    bad(f"index {other} for {proof.index}, proved again", "Index", "member-mismatch", index=other, c=c1, s=s1)
        bad("neither kappa nor D", "KappaForD", "kappa-out-of-range", D=None, kappa=None)

    # Other makers, hashes and purposes.
    if with_d:
        equality_variants(cases, subject, kind, proof, w, h, bad, drbg, full)
    else:
        claim_variants(cases, subject, proof, bad, drbg)


def twisted_proof(subject, kind, proof, w, h, D, order):
    """A proof for D = h^w times an element of small order: the equation holds once the order divides c."""
    group, lam = subject.group, proof.lam
    a = group.power(group.g, w)
    if kind == UNSEALING:  # lambda is hashed from Z, so it is that of the twisted one
        bound = ring.seal_binding(group, subject.party.recipient, subject.sent.U, D)
        lam = ring.lambda_of(subject.sent, subject.message, bound)
    for nonce in range(1, 1000):
        c = proofs.equality_challenge(group, kind, lam, a, h, D, group.power(group.g, nonce), group.power(h, nonce))
        if c % order == 0:
            s = (nonce - c * w) % group.q
            assert proofs.equality_holds(group, kind, lam, a, h, D, c, s)
            return proof.changed(lam=lam, D=D, c=c, s=s)
    raise AssertionError("no challenge is divisible by the order")


def ring_identity(subject, kind, proof, drbg):
    """D = h^0 with the proof that a witness 0 gives."""
    group = subject.group
    h = {TRANSFER: subject.sent.E, OPENING: subject.sent.A1, CLAIM: subject.party.recipient}.get(kind)
    if h is None:
        return None
    c, s = proofs.prove_equality(group, kind, proof.lam, 0, h, drbg.between(1, group.q - 1))
    return proof.changed(D=1, c=c, s=s)


def equality_variants(cases, subject, kind, proof, w, h, bad, drbg, full):
    """DLEQ made for another purpose, by another witness, over other items, or backwards."""
    group, p, q, g = subject.group, subject.group.p, subject.group.q, subject.group.g
    lam, D, a, r = proof.lam, proof.D, group.power(g, w), drbg.between(1, q - 1)

    def respond(c, comment, flag, witness=w, expected="proof-mismatch", **fields):
        bad(comment, flag, expected, c=c, s=(r - c * witness) % q, **fields)

    r1, r2 = group.power(g, r), group.power(h, r)
    for purpose in PURPOSES:
        if purpose != kind:
            respond(proofs.equality_challenge(group, purpose, lam, a, h, D, r1, r2), f"made for the purpose {purpose}", "Purpose")
    respond(proofs.equality_challenge(group, "", lam, a, h, D, r1, r2), "made without a purpose", "Purpose")
    # Another witness, with the D it gives, and with the right one.
    other = subject.party.fresh_secret(w)
    stranger = group.power(h, other)
    c, s = proofs.prove_equality(group, kind, lam, other, h, r)
    bad("proved by another key, with the D that it gives", "WrongKey", "lambda-mismatch" if kind == UNSEALING else "proof-mismatch", D=stranger, c=c, s=s)
    bad("proved by another key, with the right D", "WrongKey", "proof-mismatch", c=c, s=s)
    c = proofs.equality_challenge(group, kind, lam, a, h, D, r1, r2)
    respond(c, "s = r + c*w", "Altered", witness=-w)
    bad("the nonce in place of s", "Altered", "proof-mismatch", c=c, s=r)
    if kind in (TRANSFER, CLAIM):  # signer and recipient share D, but not the exponents
        E, y_r = subject.sent.E, subject.party.recipient
        key, point, base = (subject.draws.e, E, y_r) if kind == TRANSFER else (subject.party.x_r, y_r, E)
        c1, s1 = proofs.prove_equality(group, kind, lam, key, base, r)
        bad("proved by the other holder of D", "Witness", "proof-mismatch", c=c1, s=s1)
        q1 = proofs.equality_challenge(group, kind, lam, point, base, D, group.power(g, r), group.power(base, r))
        bad("the statement's two halves exchanged", "Witness", "proof-mismatch", c=q1, s=(r - q1 * key) % q)
    if kind == CLAIM:  # R publishes D to transfer: nobody can claim with that
        taken = proofs.transfer(subject.sent, lam, proof.index, subject.party.x_r, r)
        bad("the recipient's transfer shown as a claim", "Purpose", "proof-mismatch", D=taken.D, c=taken.c, s=taken.s)
    if kind == TRANSFER:
        taken = proofs.claim_by_shared(subject.sent, lam, proof.index, subject.draws.e, subject.party.recipient, r)
        bad("the signer's claim shown as a confirmation", "Purpose", "proof-mismatch", D=taken.D, c=taken.c, s=taken.s)
    if kind == OPENING:  # an innocent member: D = A2 / y_j fits the ring, but not the administrator's key
        for j, y in enumerate(subject.party.ring):
            if j != proof.index:
                fitting = subject.sent.A2 * pow(y, -1, p) % p
                c1 = proofs.equality_challenge(group, kind, lam, a, h, fitting, r1, r2)
                respond(c1, f"opened to the innocent member {j}", "Framing", D=fitting, index=j)
                bad(f"opened to the innocent member {j}, c and s kept", "Framing", "proof-mismatch", D=fitting, index=j)
    # Simulated: commitments computed backwards from c and s, for a wrong D.
    fake = D * g % p
    lam1 = lam
    if kind == UNSEALING:
        lam1 = ring.lambda_of(subject.sent, subject.message, ring.seal_binding(group, subject.party.recipient, subject.sent.U, fake))
    c1, s1 = drbg.below(q), drbg.below(q)
    c1 = proofs.equality_challenge(group, kind, lam1, a, h, fake, group.power(g, s1) * group.power(a, c1) % p, group.power(h, s1) * group.power(fake, c1) % p)
    bad("simulated for a wrong D", "Simulated", "proof-mismatch", lam=lam1, D=fake, c=c1, s=s1)
    if not full:
        return
    public = ring.group_items(group)
    name = kind.encode("ascii")
    values = [group.ep(v) for v in (a, h, D, r1, r2)]
    items = [name, lam, *public, *values]
    for comment, challenge in [
        ("H_q for H_c", ring.hash_q(group, "dleq", *items)), ("another tag", ring.hash_c(group, "claim", *items)),
        ("lambda not hashed", ring.hash_c(group, "dleq", name, *public, *values)), ("the group not hashed", ring.hash_c(group, "dleq", name, lam, *values)),
        ("lambda and purpose exchanged", ring.hash_c(group, "dleq", lam, name, *public, *values)),
        ("g not hashed", ring.hash_c(group, "dleq", name, lam, *public[:2], *values)),
        ("a not hashed", ring.hash_c(group, "dleq", name, lam, *public, *values[1:])),
        ("b not hashed", ring.hash_c(group, "dleq", name, lam, *public, *values[:2], *values[3:])),
        ("R2 not hashed", ring.hash_c(group, "dleq", *items[:-1])), ("R1 and R2 exchanged", ring.hash_c(group, "dleq", *items[:-2], items[-1], items[-2])),
        ("a and b exchanged", ring.hash_c(group, "dleq", name, lam, *public, values[2], values[1], values[0], *values[3:])),
        ("the items not framed", ring.hash_c(group, "dleq", b"".join(items))), ("the tag without its prefix", ring.os2ip(ring.xof("dleq", items, 16)) % q),
        ("lambda in hexadecimal", ring.hash_c(group, "dleq", name, lam.hex().encode("ascii"), *public, *values)),
        ("another lambda hashed", proofs.equality_challenge(group, kind, flip_bit(lam, 7), a, h, D, r1, r2)),
    ]:
        respond(challenge, comment, "Hashing")


def claim_variants(cases, subject, proof, bad, drbg):
    """The claim without a recipient, over other items or by others."""
    group, q, g = subject.group, subject.group.q, subject.group.g
    lam, E, index, kappa, e = proof.lam, subject.sent.E, proof.index, proof.kappa, subject.draws.e
    r = drbg.between(1, q - 1)
    commitment = group.ep(group.power(g, r))
    items = [lam, be32(index), group.ep(E), group.eq(kappa), commitment]
    for comment, c in [
        ("H_q for H_c", ring.hash_q(group, "claim", *items)), ("another tag", ring.hash_c(group, "dleq", *items)),
        ("lambda not hashed", ring.hash_c(group, "claim", *items[1:])), ("the index not hashed", ring.hash_c(group, "claim", items[0], *items[2:])),
        ("E not hashed", ring.hash_c(group, "claim", *items[:2], *items[3:])), ("kappa not hashed", ring.hash_c(group, "claim", *items[:3], commitment)),
        ("the index counted from one", ring.hash_c(group, "claim", lam, be32(index + 1), *items[2:])),
        ("kappa as wide as an element", ring.hash_c(group, "claim", *items[:3], group.ep(kappa), commitment)),
        ("the items not framed", ring.hash_c(group, "claim", b"".join(items))), ("the commitment not hashed", ring.hash_c(group, "claim", *items[:-1])),
    ]:
        bad(comment, "Hashing", "proof-mismatch", c=c, s=(r - c * e) % q)
    c = ring.hash_c(group, "claim", *items)
    bad("s = r + c*e", "Altered", "proof-mismatch", c=c, s=(r + c * e) % q)
    bad("the nonce in place of s", "Altered", "proof-mismatch", c=c, s=r)
    # The printed equations would let any member show K_j = beta_j + c_j*x_j (attack A2). Without e it proves nothing.
    for j, x in enumerate(subject.party.secrets):
        if j == index:
            continue
        big_k = (subject.sent.beta[j] + ring.ring_challenge(group, lam, j, subject.sent.alpha[j]) * x) % q
        guess = drbg.between(1, q - 1)
        own = (big_k - guess) % q
        c1, s1 = proofs.prove_claim(group, lam, j, E, guess, own, r)
        bad(f"claimed by member {j}, who knows K_{j} and not e", "Framing", "proof-mismatch", index=j, kappa=own, c=c1, s=s1)
        own = (big_k - e) % q
        c1, s1 = proofs.prove_claim(group, lam, j, E, e, own, r)
        bad(f"claimed by member {j}, to whom the signer gave e", "Limit", None, index=j, kappa=own, c=c1, s=s1)
    # Commitments computed backwards.
    c1, s1 = drbg.below(q), drbg.below(q)
    c1 = proofs.claim_challenge(group, lam, index, E, kappa, group.power(g, s1) * group.power(E, c1) % group.p)
    bad("simulated", "Simulated", "proof-mismatch", c=c1, s=s1)
    x = subject.party.secrets[index]
    c1 = ring.hash_c(group, "claim", *items)
    bad("proved with the signing key in place of e", "Witness", "proof-mismatch", c=c1, s=(r - c1 * x) % q)
    other = subject.party.sign()
    insider = (index + 1) % len(subject.party.ring)
    if not subject.sent.flags & (LINK | OPEN):
        again = reclosed(subject, insider)
        cases.proof(f"flags {subject.party.flags}, claim: on the ring that member {insider} closed again", "Limit", None, again.shown, subject.message,
                    None, proof)
        if len(subject.party.ring) > 2 or not cases.tiny:
            stolen = reclosed(subject, insider)
            kappa1 = (stolen.signed.K - e) % q
            c1, s1 = proofs.prove_claim(group, lam, insider, E, x, kappa1, r)
            cases.proof(f"flags {subject.party.flags}, claim: by member {insider}, who closed the ring again, without e", "Framing", "proof-mismatch",
                        stolen.shown, subject.message, None, proof.changed(index=insider, kappa=kappa1, c=c1, s=s1))
    bad("e of another signature of the same signer", "Witness", "proof-mismatch",
        **dict(zip("cs", proofs.prove_claim(group, lam, index, E, other.draws.e, kappa, r))))


def foreign_modes(cases, subject, kinds, drbg):
    """Proofs about a mode that the signature lacks, and one kind of proof in the document of another."""
    group, party, shown = subject.group, subject.party, subject.shown
    unsealing = subject.unsealing()
    label = f"flags {party.flags}"
    x, r = party.fresh_secret(party.x_r, party.x_a), drbg.between(1, group.q - 1)
    spare = group.power(group.g, x)

    def add(comment, flag, expected, proof, unsealing=unsealing, signature=shown):
        cases.proof(f"{label}: {comment}", flag, expected, signature, subject.message, unsealing, proof)

    if not party.flags & DESIGNATED:
        c, s = proofs.prove_equality(group, TRANSFER, subject.lam, x, shown.E, r)
        add("a confirmation without a recipient", "Mode", "mode-required",
            proofs.Proof(TRANSFER, subject.lam, c, s, party.signer, D=group.power(shown.E, x)))
    if not party.flags & OPEN:
        c, s = proofs.prove_equality(group, OPENING, subject.lam, x, shown.E, r)
        add("an opening without an administrator", "Mode", "mode-required",
            proofs.Proof(OPENING, subject.lam, c, s, party.signer, D=group.power(shown.E, x)))
    if not party.flags & SEALED:
        base = party.recipient or shown.E
        c, s = proofs.prove_equality(group, UNSEALING, subject.lam, x, base, r)
        idle = proofs.Proof(UNSEALING, subject.lam, c, s, D=group.power(base, x))
        add("an unsealing of a signature that is not sealed", "Mode", "mode-required", idle, unsealing=None)
        add("a claim beside an unsealing of nothing", "Mode", "mode-required", subject.proof(CLAIM, r), unsealing=idle)
        c, s = proofs.prove_equality(group, UNSEALING, subject.lam, party.x_r or x, spare, r)
        add("an unsealing with Z of nothing", "Mode", "mode-required",
            proofs.Proof(UNSEALING, subject.lam, c, s, D=group.power(spare, party.x_r or x)), unsealing=None)
    members = [kind for kind in kinds if kind != UNSEALING]
    for kind in members:
        proof = subject.proof(kind, r)
        for shape in (TRANSFER, OPENING, CLAIM):
            if shape == kind or shape == TRANSFER and not party.flags & DESIGNATED or shape == OPENING and not party.flags & OPEN:
                continue
            if proof.D is None:
                continue
            expected = "proof-mismatch" if shape != CLAIM or party.flags & DESIGNATED else "kappa-out-of-range"
            add(f"the {NAMES[kind]} in the document of a {NAMES[shape]}", "Purpose", expected, proof.changed(kind=shape))
    if party.flags & SEALED:
        own = subject.proof(UNSEALING, r)
        shapes = [TRANSFER, CLAIM] + ([OPENING] if party.flags & OPEN else [])
        for shape in shapes:
            add(f"the unsealing in the document of a {NAMES[shape]}", "Purpose", "proof-mismatch", own.changed(kind=shape, index=party.signer))
        for kind in members:
            proof = subject.proof(kind, r)
            add(f"the {NAMES[kind]} in the document of an unsealing", "Purpose", "lambda-mismatch", proof.changed(kind=UNSEALING, index=None), unsealing=None)


def damaged_unsealing(cases, subject, again, drbg):
    """A sealed signature whose other proofs come with a wrong unsealing, or with none."""
    group, p, q, g = subject.group, subject.group.p, subject.group.q, subject.group.g
    party, shown, message = subject.party, subject.shown, subject.message
    good = subject.unsealing()
    kinds = [TRANSFER, CLAIM] + ([OPENING] if party.flags & OPEN else [])
    stranger = party.fresh_secret(party.x_r, party.x_a)
    for kind in kinds:
        proof = subject.proof(kind, drbg.between(1, q - 1))
        label = f"flags {party.flags}, {NAMES[kind]}"

        def bad(comment, expected, unsealing, signature=shown, proof=proof, label=label):
            cases.proof(f"{label}: {comment}", "Unsealing", expected, signature, message, unsealing, proof)

        bad("the unsealing missing", "sealed", None)
        bad("the recipient not named", "sealed", good, subject.sent)
        bad("the recipient not named, the unsealing missing", "sealed", None, subject.sent)
        if kind != kinds[0] and not cases.thorough:
            continue
        for fields, comment, reason in [
            ({"lam": flip_bit(good.lam, 100)}, "the unsealing's lambda altered", "lambda-mismatch"),
            ({"c": (good.c + 1) % q}, "the unsealing's c plus one", "proof-mismatch"), ({"s": (good.s + 1) % q}, "the unsealing's s plus one", "proof-mismatch"),
            ({"c": good.c + q}, "the unsealing's c plus q", "c-out-of-range"), ({"s": good.s + q}, "the unsealing's s plus q", "s-out-of-range"),
            ({"D": p - good.D}, "Z negated", "D-not-in-group"), ({"D": 1}, "Z one", "D-not-in-group"), ({"D": good.D * g % p}, "Z times g", "lambda-mismatch"),
        ]:
            bad(comment, reason, good.changed(**fields))
        bad("the unsealing of another signature", "lambda-mismatch", again.unsealing())
        named = shown.changed(recipient=group.power(g, stranger))
        bad("another recipient named", "lambda-mismatch", good, named)
        # A stranger's own unsealing: right in itself, but the ring was closed for another lambda.
        bound = ring.seal_binding(group, named.recipient, named.U, group.power(named.U, stranger))
        lam = ring.lambda_of(named, message, bound)
        own = proofs.unsealing(named, lam, stranger, drbg.between(1, q - 1))
        bad("another recipient named, with that one's unsealing", "ring-equation", own, named)
        if kind == TRANSFER:
            bad("another recipient named, with that one's unsealing and confirmation", "ring-equation", own, named,
                proofs.transfer(named, lam, party.signer, stranger, drbg.between(1, q - 1)))
        bad("the unsealing made for another purpose", "proof-mismatch",
            good.changed(**dict(zip("cs", proofs.prove_equality(group, TRANSFER, good.lam, party.x_r, shown.U, drbg.between(1, q - 1))))))
        bad("the unsealing by the sealer's exponent v", "proof-mismatch",
            good.changed(**dict(zip("cs", proofs.prove_equality(group, UNSEALING, good.lam, subject.draws.v, party.recipient, drbg.between(1, q - 1))))))
        bad("the seal stripped, the unsealing kept", "mode-required", good, shown.changed(U=None, ciphertext=b""))
        bad("the seal stripped", "ring-equation", None, shown.changed(U=None, ciphertext=b""))
        bad("another context", "lambda-mismatch", good, shown.changed(context=shown.context + b"x"))
        bad("U times g", "lambda-mismatch", good, shown.changed(U=shown.U * g % p))


def collusions(cases, size, drbg):
    """Signatures that members made on purpose to match two, nobody, or somebody else."""
    group, q = cases.group, cases.group.q
    for flags in (4, 12) if cases.thorough else (4,):
        party = Party(group, size, flags, drbg)
        a, b = party.signer, (party.signer + 1) % size

        def judged(comment, flag, expected, subject, proof, party=party):
            cases.proof(f"flags {party.flags}: {comment}", flag, expected, subject.shown, party.message, subject.unsealing(), proof)

        def nonce():
            return drbg.between(1, q - 1)

        both, nobody = two_matches(party, b), no_match(party)
        for index in (a, b):
            judged(f"confirmation of member {index}, who is one of two that match", "ExactlyOne", "not-confirmed", both,
                   proofs.transfer(both.sent, both.lam, index, party.x_r, nonce()))
            judged(f"claim of member {index}, who is one of two that match", "Limit", None, both,
                   proofs.claim_by_shared(both.sent, both.lam, index, both.draws.e, party.recipient, nonce()))
            judged(f"confirmation of member {index} where nobody matches", "ExactlyOne", "not-confirmed", nobody,
                   proofs.transfer(nobody.sent, nobody.lam, index, party.x_r, nonce()))
            judged(f"claim of member {index} where nobody matches", "ExactlyOne", "member-mismatch", nobody,
                   proofs.claim_by_shared(nobody.sent, nobody.lam, index, nobody.draws.e, party.recipient, nonce()))
        # The recipient helps a member: E = g^5 * y_B^7, or another signature's E.
        y = party.ring[b]
        for element, comment in [(group.power(group.g, 5) * group.power(y, 7) % group.p, "E = g^5 * y_B^7"), (y, "E = y_B")]:
            framed = unknown_exponent(party, element)
            judged(f"confirmation of the innocent member {b} by {comment}", "Framing", "not-confirmed", framed,
                   proofs.transfer(framed.sent, framed.lam, b, party.x_r, nonce()))
        owned = unknown_exponent(party, y)
        judged(f"claim of member {b}, whose key is E", "UnknownExponent", "member-mismatch", owned,
               proofs.claim_by_shared(owned.sent, owned.lam, b, party.secrets[b], party.recipient, nonce()))
        if flags == 4:
            framed = literal_frame(party, b)
            judged(f"confirmation of the innocent member {b} under the literal exponent", "LiteralExponent", "ring-equation", framed,
                   proofs.transfer(framed.sent, framed.lam, b, party.x_r, nonce()))
        honest = party.sign()
        again = reclosed(honest, b)
        judged("confirmation of the signer, on the ring that an insider closed again", "Limit", None, again,
               proofs.transfer(again.sent, again.lam, a, party.x_r, nonce()))
        judged("confirmation of the insider who closed the ring again", "Framing", "member-mismatch", again,
               proofs.transfer(again.sent, again.lam, b, party.x_r, nonce()))
    # E = y_B without a recipient: the author lets B claim, who alone knows the exponent.
    party = Party(group, size, 0, drbg)
    b = (party.signer + 1) % size
    owned = unknown_exponent(party, party.ring[b])
    x = party.secrets[b]
    kappa = (owned.sent.beta[b] + ring.ring_challenge(group, owned.lam, b, owned.sent.alpha[b]) * x - x) % q
    cases.proof(f"flags 0: claim of member {b}, whose key is E", "Limit", None, owned.shown, party.message, None,
                proofs.claim_by_kappa(owned.sent, owned.lam, b, x, kappa, drbg.between(1, q - 1)))
    cases.proof(f"flags 0: claim of the author {party.signer}, where E is the key of member {b}", "UnknownExponent", "proof-mismatch", owned.shown,
                party.message, None, proofs.claim_by_kappa(owned.sent, owned.lam, party.signer, owned.draws.e,
                                                           (owned.signed.K - owned.draws.e) % q, drbg.between(1, q - 1)))
    # An opening under another administrator's key, and of a key outside the ring.
    party = Party(group, size, 2, drbg)
    subject, x_b = party.sign(), party.fresh_secret(party.x_a)
    cases.proof("flags 2: opening by another administrator", "WrongKey", "proof-mismatch", subject.shown, party.message, None,
                proofs.opening(subject.sent, subject.lam, party.signer, x_b, drbg.between(1, q - 1)))
    other = subject.sent.changed(administrator=group.power(group.g, x_b))
    cases.proof("flags 2: opening by another administrator, whom the signature names", "WrongKey", "ring-equation", other, party.message, None,
                proofs.opening(other, ring.lambda_of(other, party.message), party.signer, x_b, drbg.between(1, q - 1)))


# ---------------------------------------------------------------- Link

def links(cases, known, size):
    group, drbg, thorough = cases.group, cases.drbg("link"), cases.thorough
    cases.sample(True)
    secrets = [drbg.between(2, group.q - 1) for _ in range(2)]
    x = secrets[0]

    def party(flags, context=b"event", keys=None, message=None, signer=x):
        made = Party(group, size, flags, drbg, message=message, context=context, secrets=keys or [signer])
        made.signer = made.secrets.index(signer)
        return made

    def add(comment, flag, expected, a, b, a_message=None, b_message=None):
        first, second = getattr(a, "sent", a), getattr(b, "sent", b)
        cases.link(comment, flag, expected, first, a.message if a_message is None else a_message, second, b.message if b_message is None else b_message)

    one = party(1).sign()
    same = Subject(one.party, *_signed_again(one.party))
    other_ring = party(1, message=b"another").sign()
    every = party(7).sign() if thorough else other_ring
    add("one key, one ring", "Basic", None, one, same)
    add("one key, two rings", "Basic", None, one, other_ring)
    add("a signature and itself", "Basic", None, one, one)
    if thorough:
        add("one key, two modes", "Basic", None, one, every)
        add("one key, an empty context", "Basic", None, party(1, context=b"").sign(), party(3, context=b"").sign())
    if "K2" in known:
        k2 = known["K2"]
        mine = Party(group, 3, 1, drbg, context=k2.party.context, secrets=k2.party.secrets)
        mine.signer = mine.secrets.index(k2.party.secrets[k2.party.signer])
        add("K2 and another signature of its signer", "KnownAnswer", None, k2, mine.sign())
        mine.signer = (mine.signer + 1) % 3
        add("K2 and another member's signature", "Tag", "not-linked", k2, mine.sign())
    # Other keys, contexts, groups; no tags.
    peer = party(1, keys=secrets, signer=secrets[1])
    first = Party(group, size, 1, drbg, context=b"event", secrets=peer.secrets, signer=peer.secrets.index(x)).sign() if x in peer.secrets else one
    add("two keys of one ring", "Tag", "not-linked", first, peer.sign())
    add("two keys of two rings", "Tag", "not-linked", one, party(1, signer=secrets[1]).sign())
    if group.q - x != x:
        add("a key and its negative", "Tag", "not-linked", one, party(1, signer=group.q - x).sign())
    add("one key, two contexts", "Tag", "context-mismatch", one, party(1, context=b"event 2").sign())
    add("one key, a context and none", "Tag", "context-mismatch", one, party(1, context=b"").sign())
    add("two keys, two contexts", "Tag", "context-mismatch", one, party(1, context=b"event 2", signer=secrets[1]).sign())
    bare = party(0).sign()
    add("the second without a tag", "Tag", "not-linkable", one, bare)
    add("the first without a tag", "Tag", "not-linkable", bare, one)
    add("neither with a tag", "Tag", "not-linkable", bare, bare)
    if thorough:
        add("the second openable and designated, without a tag", "Tag", "not-linkable", one, party(6).sign())
        twin = SchnorrGroup(group.name + "-g2", group.p, group.q, pow(group.g, 2, group.p), group.t)
        there = Party(twin, size, 1, drbg, context=b"event", secrets=[x])
        there.signer = there.secrets.index(x)
        add("one exponent under another generator", "Tag", "group-mismatch", one, there.sign())
        add("another generator first", "Tag", "group-mismatch", there.sign(), one)
    sealed = party(13).sign()
    add("the second sealed: the public cannot verify it", "SignatureFirst", "sealed", one, sealed)
    add("the first sealed", "SignatureFirst", "sealed", sealed, one)
    # Stealth keys of one recipient do not link under two keys.
    base, sender = drbg.between(1, group.q - 1), drbg.between(1, group.q - 1)
    z = group.power(group.g, base * sender)
    d = [proofs.stealth_scalar(group, z, b"ring", j) for j in (0, 1)]
    keys = [(base + shift) % group.q for shift in d]
    if all(keys) and keys[0] != keys[1]:
        add("two stealth keys of one recipient", "Tag", "not-linked", party(1, signer=keys[0]).sign(), party(1, signer=keys[1]).sign())
    # Damaged ones: the tags would be equal.
    cases.sample(False)
    for side in (0, 1):
        def both(damaged, reason, comment, message=None, side=side):
            pair = [one, Bare(damaged, same.message)]
            if side == 0:
                pair.reverse()
            add(f"{'the second' if side else 'the first'}: {comment}", "SignatureFirst", reason, *pair,
                **{("b_message" if side else "a_message"): same.message if message is None else message})
        for comment, signature, reason in broken_signatures(same, drbg, thorough):
            both(signature, reason, comment)
        both(same.sent, "ring-equation", "another message", b"x")
        both(same.sent.changed(tau=same.sent.tau * group.g % group.p), "ring-equation", "the tag times g")
        both(same.sent.changed(tau=group.p - same.sent.tau), "tau-not-in-group", "the tag negated (attack A15)")
        both(same.sent.changed(tau=None), "ring-equation", "the tag stripped")
        both(same.sent.changed(context=b"event 2"), "ring-equation", "the context changed")
    foreign = party(1, signer=secrets[1]).sign()
    add("a tag put into another key's signature", "Tag", "ring-equation", one, Bare(foreign.sent.changed(tau=one.sent.tau), foreign.message))
    weak = group.power(group.g, ring.hash_q(group, "link", b"event") or 1)
    drawn = one.party.draws()
    signed = one.party.sign_with(drawn, base=weak)
    add("both tags over the base g^hash (attack A14)", "Tag", "ring-equation", Bare(signed.signature, one.message), Bare(signed.signature, one.message))


@dataclass
class Bare:
    """A signature with its message, and nothing known about it."""

    sent: ring.Signature
    message: bytes


def _signed_again(party):
    drawn = party.draws()
    return party.sign_with(drawn), drawn


# ---------------------------------------------------------------- Unseal

def seals(cases, known, size):
    group, p, q, g = cases.group, cases.group.p, cases.group.q, cases.group.g
    drbg, thorough = cases.drbg("unseal"), cases.thorough
    if "K4" in known:
        subject = known["K4"]
        cases.unseal("K4 of the reference", "KnownAnswer", None, subject.sent, subject.party.x_r, subject.message)
    subjects = []
    for flags in (12, 13, 14, 15) if thorough else (12, 15):
        subject = Party(group, size, flags, drbg).sign()
        subjects.append(subject)
        cases.unseal(f"flags {flags}", "Basic", None, subject.sent, subject.party.x_r, subject.message)
        cases.unseal(f"flags {flags}, the recipient named", "Basic", None, subject.shown, subject.party.x_r, subject.message)
    for length in (0, 1, 15, 16, 17, 33, 100) if thorough else (0, 33):
        subject = Party(group, size, 12, drbg, message=drbg.bytes(length)).sign()
        cases.unseal(f"a message of {length} bytes", "Basic", None, subject.sent, subject.party.x_r, subject.message)

    for subject in subjects:
        party, sent, message, x_r = subject.party, subject.sent, subject.message, subject.party.x_r
        label, full = f"flags {party.flags}", thorough and party.flags in (12, 15)
        cases.sample(cases.whole and party.flags == 15)

        def bad(comment, flag, expected, secret=x_r, label=label, sent=sent, message=message, **fields):
            cases.unseal(f"{label}: {comment}", flag, expected, sent.changed(**fields), secret, message)

        for comment, signature, reason in broken_signatures(subject, drbg, full):
            if comment in ("the recipient negated", "the recipient as administrator"):
                continue
            # Ring and context are under the seal: what changes them does not even open.
            cases.unseal(f"{label}: {comment}", "SignatureFirst", reason, as_sent(signature), x_r, message)
        bad("E times g", "SignatureFirst", "ring-equation", E=sent.E * g % p)
        if sent.tau is not None:
            bad("the tag times g", "SignatureFirst", "ring-equation", tau=sent.tau * g % p)
        if sent.A2 is not None:
            bad("A2 times g", "SignatureFirst", ANY, A2=sent.A2 * g % p)
            bad("the administrator's key", "WrongKey", "recipient-is-administrator", secret=party.x_a)
        # The ciphertext.
        text = sent.ciphertext
        flips = [0, 7, 64, 127, 128, 8 * len(text) - 1] if full else [0, 128]
        for bit in flips:
            bad(f"bit {bit} of the ciphertext inverted", "Ciphertext", "unsealing-failed", ciphertext=flip_bit(text, bit))
        if full:
            for place in range(1, 17):
                bad(f"byte {place} of the tag from its end changed", "Ciphertext", "unsealing-failed", ciphertext=flip_bit(text, 8 * place - 5))
        shapes = [(text[:-1], "the tag one byte short"), (text[:-16], "the tag missing"), (text[:15], "fifteen bytes"), (b"", "no bytes"),
                  (text + b"\x00", "one byte more"), (text[-16:] + text[:-16], "the tag first"), (text[:-4], "a tag of twelve bytes"),
                  (b"\x00" + text, "a byte before it"), (text[1:], "its first byte missing"), (message + text[-16:], "the message in clear, then the tag"),
                  (bytes(len(text)), "zeros"), (text[:-16] + bytes(16), "a tag of zeros")]
        for other, comment in shapes if full else shapes[:4]:
            bad(f"ciphertext: {comment}", "Ciphertext", "unsealing-failed", ciphertext=other)
        again = party.sign()
        bad("the ciphertext of another signature to the same recipient", "Ciphertext", "unsealing-failed", ciphertext=again.sent.ciphertext)
        bad("U of another signature", "SealChanged", "unsealing-failed", U=again.sent.U)
        # The whole seal of another message put here: it opens, and the ring refuses it.
        second = Party(group, size, party.flags, drbg, message=b"another record", x_r=x_r, context=party.context, secrets=party.secrets).sign()
        if second.sent.U not in (sent.E, sent.A1):
            cases.unseal(f"{label}: the whole seal of another message", "SealChanged", "ring-equation",
                         sent.changed(U=second.sent.U, ciphertext=second.sent.ciphertext), x_r, b"another record")
        # U, ring, context, recipient.
        for other, comment in [(sent.U * g % p, "times g"), (pow(sent.U, -1, p), "inverted"), (g, "replaced by g")]:
            if other not in (sent.E, sent.A1):
                bad(f"U {comment}", "SealChanged", "unsealing-failed", U=other)
        for other, comment in [(0, "zero"), (1, "one"), (p - 1, "p - 1"), (p - sent.U, "negated"), (sent.U + p, "plus p"), (outsider(group), "outside the subgroup")]:
            bad(f"U {comment}", "Membership", "U-not-in-group", U=other)
        stranger = party.fresh_secret(x_r, party.x_a)
        bad("a key exchanged", "SealChanged", "unsealing-failed", ring=replaced(sent.ring, 0, group.power(g, stranger)))
        bad("two keys swapped", "SealChanged", "unsealing-failed", ring=sent.ring[1::-1] + sent.ring[2:])
        bad("another context", "SealChanged", "unsealing-failed", context=sent.context + b"x")
        if sent.context:
            bad("no context", "SealChanged", "unsealing-failed", context=b"")
        bad("another key", "WrongKey", "unsealing-failed", secret=stranger)
        bad("the key negated", "WrongKey", "unsealing-failed", secret=q - x_r)
        bad("the signer's key", "WrongKey", "unsealing-failed", secret=party.secrets[party.signer])
        bad("the sealer's v as key", "WrongKey", "unsealing-failed", secret=subject.draws.v)
        bad("another recipient named", "WrongKey", "wrong-key", recipient=group.power(g, stranger))
        bad("another recipient named, with that key", "WrongKey", "unsealing-failed", secret=stranger, recipient=group.power(g, stranger))
        bad("the recipient negated in the name", "Membership", "recipient-not-in-group", recipient=p - party.recipient)
        bad("the seal stripped", "Mode", "mode-required", U=None, ciphertext=b"")
        if not full:
            continue

        # Sealed in other ways.
        def sealed_otherwise(comment, expected, party=party, label=label, x_r=x_r, message=message, **options):
            signed = party.sign_with(party.draws(), **options)
            cases.unseal(f"{label}: {comment}", "OtherSeal", expected, signed.signature, x_r, message)

        cases.sample(cases.whole and party.flags == 15)
        y_r, keys, context = party.recipient, party.ring, party.context
        data = lambda U: ring.seal_data(group, keys, U, context)  # noqa: E731
        key = lambda U, Z: ring.seal_key(group, y_r, U, Z)  # noqa: E731
        public = ring.group_items(group)
        ciphers = {
            "key over y_R, U, Z": lambda U, Z: aes_gcm.seal(ring.xof("seal", [group.ep(v) for v in (y_r, U, Z)], 32), bytes(12), message, data(U)),
            "key over Z alone": lambda U, Z: aes_gcm.seal(ring.xof("seal", [group.ep(Z)], 32), bytes(12), message, data(U)),
            "the key's items not framed": lambda U, Z: aes_gcm.seal(ring.xof("seal", [b"".join(group.ep(v) for v in (U, y_r, Z))], 32), bytes(12), message, data(U)),
            "key under the tag rbind": lambda U, Z: aes_gcm.seal(ring.xof("rbind", [group.ep(v) for v in (U, y_r, Z)], 32), bytes(12), message, data(U)),
            "key from U in place of Z": lambda U, Z: aes_gcm.seal(key(U, U), bytes(12), message, data(U)),
            "nonce of ones": lambda U, Z: aes_gcm.seal(key(U, Z), b"\x01" * 12, message, data(U)),
            "no associated data": lambda U, Z: aes_gcm.seal(key(U, Z), bytes(12), message, b""),
            "associated data without the context": lambda U, Z: aes_gcm.seal(
                key(U, Z), bytes(12), message, frame(*public, *map(group.ep, keys), group.ep(U))),
            "associated data without U": lambda U, Z: aes_gcm.seal(key(U, Z), bytes(12), message, frame(*public, *map(group.ep, keys), context)),
            "associated data without the group": lambda U, Z: aes_gcm.seal(
                key(U, Z), bytes(12), message, frame(*map(group.ep, keys), group.ep(U), context)),
            "associated data with the ring reversed": lambda U, Z: aes_gcm.seal(
                key(U, Z), bytes(12), message, ring.seal_data(group, keys[::-1], U, context)),
            "associated data not framed": lambda U, Z: aes_gcm.seal(
                key(U, Z), bytes(12), message, b"".join([*public, *map(group.ep, keys), group.ep(U), context])),
        }
        for comment, cipher in ciphers.items():
            sealed_otherwise(comment, "unsealing-failed", cipher=cipher)
        for comment, text in [("another message sealed than signed", b"record x"), ("a byte more sealed than signed", message + b"\x00"), ("nothing sealed", b"")]:
            signed = party.sign_with(party.draws(), cipher=lambda U, Z, text=text: aes_gcm.seal(key(U, Z), bytes(12), text, data(U)))
            cases.unseal(f"{label}: {comment}", "OtherSeal", "ring-equation", signed.signature, x_r, message)
        bindings = {
            "y_R itself in lambda": lambda group, y, U, Z: group.ep(y),
            "rb in the key's order": lambda group, y, U, Z: ring.xof("rbind", [group.ep(v) for v in (U, y, Z)], 32),
            "rb without Z": lambda group, y, U, Z: ring.xof("rbind", [group.ep(v) for v in (y, U)], 32),
            "rb without y_R": lambda group, y, U, Z: ring.xof("rbind", [group.ep(v) for v in (U, Z)], 32),
            "rb under the tag seal": lambda group, y, U, Z: ring.xof("seal", [group.ep(v) for v in (y, U, Z)], 32),
            "nothing in rb's place": lambda group, y, U, Z: b"",
        }
        for comment, bind in bindings.items():
            sealed_otherwise(comment, "ring-equation", bind=bind)
    cases.sample(True)
    for flags in (0, 4, 7) if thorough else (4,):
        subject = Party(group, size, flags, drbg).sign()
        cases.unseal(f"flags {flags}: not sealed", "Mode", "mode-required", subject.sent, subject.party.x_r or 5, subject.message)
    party = Party(group, size, 14, drbg)
    party.x_a, party.administrator = party.x_r, party.recipient
    cases.unseal("signed with the recipient as administrator", "Parties", "recipient-is-administrator", party.sign_with(party.draws()).signature,
                 party.x_r, party.message)
    for name, flags in (("e", 12), ("rho", 14)):
        party = Party(group, size, flags, drbg)
        drawn = party.draws()
        drawn.v = getattr(drawn, name)
        cases.unseal(f"sealed with v = {name}", "Parties", "values-not-distinct", party.sign_with(drawn).signature, party.x_r, party.message)


# ---------------------------------------------------------------- Stealth

def stealth(cases):
    group, p, q, g = cases.group, cases.group.p, cases.group.q, cases.group.g
    drbg = cases.drbg("stealth")
    inputs = [(b"contract", 0), (b"contract", 1), (b"", 0), (drbg.bytes(40), 0xFFFFFFFF), (b"contract", 0x01020304)]
    for number_, (context, index) in enumerate(inputs if cases.thorough else inputs[:2]):
        a, r = (drbg.between(2, q - 1) for _ in range(2))
        cases.sample(cases.whole and number_ == 0)
        y_a, y_r = group.power(g, a), group.power(g, r)
        right = dict(sender_secret=a, sender=y_a, recipient_secret=r, recipient=y_r, context=context, index=index)
        z = group.power(y_r, a)
        d = proofs.stealth_scalar(group, z, context, index)
        element = y_r * group.power(g, d) % p
        label = f"keys {number_}, j = {index}"
        cases.stealth(label, "Basic", None if element != 1 else "key-not-in-group", **right, element=element)
        item, j = group.ep(z), be32(index)
        wrong = {
            "times g": element * g % p, "inverted": pow(element, -1, p), "negated": p - element, "plus p": element + p, "zero": 0, "one": 1,
            "the recipient's own key": y_r, "g^d alone": group.power(g, d), "y_R / g^d": y_r * group.power(g, q - d) % p,
            "y_R^d": group.power(y_r, d), "the sender's key times g^d": y_a * group.power(g, d) % p, "z itself": z,
            "y_R * z": y_r * z % p, "the next index": y_r * group.power(g, proofs.stealth_scalar(group, z, context, index ^ 1)) % p,
            "another context": y_r * group.power(g, proofs.stealth_scalar(group, z, context + b"x", index)) % p,
        }
        scalars = {
            "d by H_c": ring.hash_c(group, "stealth", item, context, j), "d under another tag": ring.hash_q(group, "kappa", item, context, j),
            "d without z": ring.hash_q(group, "stealth", context, j), "d without the context": ring.hash_q(group, "stealth", item, j),
            "d without the index": ring.hash_q(group, "stealth", item, context),
            "d with context and z exchanged": ring.hash_q(group, "stealth", context, item, j),
            "d with the index as one byte": ring.hash_q(group, "stealth", item, context, bytes([index & 255])),
            "d with the index as eight bytes": ring.hash_q(group, "stealth", item, context, index.to_bytes(8, "big")),
            "d with the index in little-endian order": ring.hash_q(group, "stealth", item, context, index.to_bytes(4, "little")),
            "d with the group": ring.hash_q(group, "stealth", *ring.group_items(group), item, context, j),
            "d unframed": ring.hash_q(group, "stealth", item + context + j), "d from y_A in place of z": ring.hash_q(group, "stealth", group.ep(y_a), context, j),
        }
        wrong.update({comment: y_r * group.power(g, scalar) % p for comment, scalar in scalars.items() if scalar != d})
        for comment, other in wrong.items():
            cases.stealth(f"{label}: {comment}", "Output", "output-mismatch", **right, element=other)
        for field, y in (("sender", y_a), ("recipient", y_r)):
            for other, comment in [(p - y, "negated"), (1, "one"), (p - 1, "p - 1"), (y + p, "plus p"), (0, "zero"), (outsider(group), "outside the subgroup")]:
                cases.stealth(f"{label}: the {field} {comment}", "Membership", "key-not-in-group", **{**right, field: other}, element=element)
            cases.stealth(f"{label}: the {field} times g", "WrongKey", "x-mismatch", **{**right, field: y * g % p}, element=element)
            name = field + "_secret"
            cases.stealth(f"{label}: the {field}'s secret plus one", "WrongKey", "x-mismatch", **{**right, name: right[name] % (q - 1) + 1}, element=element)
        swapped = dict(sender_secret=r, sender=y_r, recipient_secret=a, recipient=y_a, context=context, index=index)
        cases.stealth(f"{label}: sender and recipient exchanged", "Output", "output-mismatch", **swapped, element=element)
        cases.stealth(f"{label}: the index off by one", "Output", "output-mismatch", **{**right, "index": index ^ 1}, element=element)
        cases.stealth(f"{label}: the context extended", "Output", "output-mismatch", **{**right, "context": context + b"\x00"}, element=element)
    cases.sample(True)
    if cases.tiny:  # x_st = 0 is no key: found by trying keys
        for r in range(2, q):
            y_r = group.power(g, r)
            d = proofs.stealth_scalar(group, group.power(y_r, 3), b"zero", 0)
            if (r + d) % q == 0:
                cases.stealth("a key that would be 1", "Membership", "key-not-in-group", sender_secret=3, sender=group.power(g, 3), recipient_secret=r,
                              recipient=y_r, context=b"zero", index=0, element=1)
