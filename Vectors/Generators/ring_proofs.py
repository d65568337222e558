"""What is said about a ring signature afterwards (ring-signatures reference, sections 2.6 to 2.9 and 2.11).

Confirmation by the recipient and its transfer, claims of authorship, openings, unsealings, links and stealth keys.
Every `verify_*` gives None or the reason of the first check that fails, and looks at the signature first: a proof
about a signature that is not valid says nothing.
"""

from dataclasses import dataclass, replace
from typing import Optional

import aes_gcm
import ring_paper as ring
from framing import be32
from ring_paper import DESIGNATED, LINK, OPEN

TRANSFER, OPENING, UNSEALING, CLAIM = "transfer", "open", "unseal", "claim"


# ---------------------------------------------------------------- equality of logarithms (section 2.11)

def equality_challenge(group, purpose, lam, a, h, b, r1, r2):
    """c = H_c("dleq", purpose, lambda, p, q, g, a, h, b, R1, R2)."""
    elements = [group.ep(value) for value in (a, h, b, r1, r2)]
    return ring.hash_c(group, "dleq", purpose.encode("ascii"), lam, *ring.group_items(group), *elements)


def prove_equality(group, purpose, lam, w, h, nonce):
    """DLEQ(purpose: g, a; h, b) with a = g^w and b = h^w: the pair (c, s)."""
    a, b = group.power(group.g, w), group.power(h, w)
    c = equality_challenge(group, purpose, lam, a, h, b, group.power(group.g, nonce), group.power(h, nonce))
    return c, (nonce - c * w) % group.q


def equality_holds(group, purpose, lam, a, h, b, c, s):
    """The equation alone: sub() of a, h and b and the ranges of c and s are the caller's."""
    r1 = group.power(group.g, s) * group.power(a, c) % group.p
    r2 = group.power(h, s) * group.power(b, c) % group.p
    return c == equality_challenge(group, purpose, lam, a, h, b, r1, r2)


# ---------------------------------------------------------------- proofs as documents carry them

@dataclass(frozen=True)
class Proof:
    """One of the four: `kind` is a purpose. `D` is Z in an unsealing; a claim has D or kappa."""

    kind: str
    lam: bytes
    c: int
    s: int
    index: Optional[int] = None
    D: Optional[int] = None
    kappa: Optional[int] = None

    def changed(self, **fields):
        return replace(self, **fields)


def number_fault(group, proof):
    """The ranges of the proof's numbers; a claim has either D or kappa."""
    q = group.q
    if proof.kind == CLAIM and (proof.D is None) == (proof.kappa is None):
        return "kappa-out-of-range"
    if proof.D is not None and not group.contains(proof.D):
        return "D-not-in-group"
    if not 0 <= proof.c < q:
        return "c-out-of-range"
    if not 0 <= proof.s < q:
        return "s-out-of-range"
    if proof.kappa is not None and not 0 <= proof.kappa < q:
        return "kappa-out-of-range"
    return None


def judge_lambda(signature, message, unsealing):
    """(lambda, None) or (None, reason). Of a sealed signature, from the published Z, which is proved right first."""
    group = signature.group
    if signature.U is None:
        return (ring.lambda_of(signature, message), None) if unsealing is None else (None, "mode-required")
    if unsealing is None or signature.recipient is None:
        return None, "sealed"
    bound = ring.seal_binding(group, signature.recipient, signature.U, unsealing.D)
    lam = ring.lambda_of(signature, message, bound)
    if lam != unsealing.lam:
        return None, "lambda-mismatch"
    if not equality_holds(group, UNSEALING, lam, signature.recipient, signature.U, unsealing.D, unsealing.c, unsealing.s):
        return None, "proof-mismatch"
    return lam, None


def verify_proof(signature, message, unsealing, proof):
    """The judge. An unsealing as `proof` is its own `unsealing`."""
    group = signature.group
    if reason := ring.structure(signature):
        return reason
    for part in (unsealing, proof):
        if part is not None and (reason := number_fault(group, part)):
            return reason
    if proof.kind == TRANSFER and not signature.flags & DESIGNATED or proof.kind == OPENING and not signature.flags & OPEN:
        return "mode-required"
    lam, reason = judge_lambda(signature, message, proof if proof.kind == UNSEALING else unsealing)
    if reason:
        return reason
    if not ring.ring_closes_at(signature, lam):
        return "ring-equation"
    if proof.kind == UNSEALING:
        return None
    if proof.lam != lam:
        return "lambda-mismatch"
    if not 0 <= proof.index < len(signature.ring):
        return "index-out-of-range"
    return {TRANSFER: _judge_transfer, OPENING: _judge_opening, CLAIM: _judge_claim}[proof.kind](signature, lam, proof)


# ---------------------------------------------------------------- confirmation (section 2.6)

def member_exponents(signature, lam, index):
    """(W_i, Y_i) = (g^beta_i * y_i^c_i, alpha_i * W_i)."""
    group = signature.group
    c = ring.ring_challenge(group, lam, index, signature.alpha[index])
    w = group.power(group.g, signature.beta[index]) * group.power(signature.ring[index], c) % group.p
    return w, signature.alpha[index] * w % group.p


def matching_members(signature, lam, D, recipient):
    """Every i with alpha_i * W_R = Y_i and W_R = g^beta_i * y_i^c_i, where W_R = E * g^kappa_i."""
    group, p = signature.group, signature.group.p
    matches = []
    for index, y in enumerate(signature.ring):
        kappa = ring.kappa_of(group, lam, signature.E, D, y, recipient)
        w_r = signature.E * group.power(group.g, kappa) % p
        w, big_y = member_exponents(signature, lam, index)
        if signature.alpha[index] * w_r % p == big_y and w_r == w:
            matches.append(index)
    return matches


def recipient_fault(signature, recipient):
    """What a recipient sees before using the secret: structure, mode, own key, and that the administrator is another."""
    if reason := ring.structure(signature):
        return reason
    if signature.recipient is not None and signature.recipient != recipient:
        return "wrong-key"
    if signature.administrator == recipient:
        return "recipient-is-administrator"
    return None


def recipient_lambda(signature, message, recipient, x_r):
    """lambda as the recipient computes it."""
    if signature.U is None:
        return ring.lambda_of(signature, message)
    Z = signature.group.power(signature.U, x_r)
    return ring.lambda_of(signature, message, ring.seal_binding(signature.group, recipient, signature.U, Z))


def confirm(signature, message, x_r):
    """(index, None) or (None, reason)."""
    group = signature.group
    recipient = group.power(group.g, x_r)
    if reason := ring.structure(signature):
        return None, reason
    if not signature.flags & DESIGNATED:
        return None, "mode-required"
    if reason := recipient_fault(signature, recipient):
        return None, reason
    lam = recipient_lambda(signature, message, recipient, x_r)
    if not ring.ring_closes_at(signature, lam):
        return None, "ring-equation"
    matches = matching_members(signature, lam, group.power(signature.E, x_r), recipient)
    return (matches[0], None) if len(matches) == 1 else (None, "not-confirmed")


def transfer(signature, lam, index, x_r, nonce):
    """The recipient's proof of whom they confirmed. The caller names the index, rightly or not."""
    group = signature.group
    c, s = prove_equality(group, TRANSFER, lam, x_r, signature.E, nonce)
    return Proof(TRANSFER, lam, c, s, index, D=group.power(signature.E, x_r))


def _judge_transfer(signature, lam, proof):
    if not equality_holds(signature.group, TRANSFER, lam, signature.recipient, signature.E, proof.D, proof.c, proof.s):
        return "proof-mismatch"
    matches = matching_members(signature, lam, proof.D, signature.recipient)
    if len(matches) != 1:
        return "not-confirmed"
    return None if matches[0] == proof.index else "member-mismatch"


# ---------------------------------------------------------------- the seal (section 2.6)

def unseal(signature, x_r):
    """(message, None) or (None, reason): what the recipient does with a sealed signature."""
    group = signature.group
    recipient = group.power(group.g, x_r)
    if reason := ring.structure(signature):
        return None, reason
    if signature.U is None:
        return None, "mode-required"
    if reason := recipient_fault(signature, recipient):
        return None, reason
    Z = group.power(signature.U, x_r)
    data = ring.seal_data(group, signature.ring, signature.U, signature.context)
    message = aes_gcm.unseal(ring.seal_key(group, recipient, signature.U, Z), ring.ZERO_NONCE, signature.ciphertext, data)
    if message is None:
        return None, "unsealing-failed"
    lam = recipient_lambda(signature, message, recipient, x_r)
    return (message, None) if ring.ring_closes_at(signature, lam) else (None, "ring-equation")


def unsealing(signature, lam, x_r, nonce):
    """What the recipient publishes: Z = U^{x_R} with DLEQ(unseal: g, y_R; U, Z)."""
    group = signature.group
    c, s = prove_equality(group, UNSEALING, lam, x_r, signature.U, nonce)
    return Proof(UNSEALING, lam, c, s, D=group.power(signature.U, x_r))


# ---------------------------------------------------------------- claim (section 2.7)

def claim_challenge(group, lam, index, E, kappa, commitment):
    """c = H_c("claim", lambda, S, E, kappa, R')."""
    return ring.hash_c(group, "claim", lam, be32(index), group.ep(E), group.eq(kappa), group.ep(commitment))


def prove_claim(group, lam, index, E, e, kappa, nonce):
    """Without a recipient: knowledge of e, with kappa."""
    c = claim_challenge(group, lam, index, E, kappa, group.power(group.g, nonce))
    return c, (nonce - c * e) % group.q


def claim_by_kappa(signature, lam, index, e, kappa, nonce):
    c, s = prove_claim(signature.group, lam, index, signature.E, e, kappa, nonce)
    return Proof(CLAIM, lam, c, s, index, kappa=kappa)


def claim_by_shared(signature, lam, index, e, recipient, nonce):
    """With a recipient: D = y_R^e and DLEQ(claim: g, E; y_R, D)."""
    c, s = prove_equality(signature.group, CLAIM, lam, e, recipient, nonce)
    return Proof(CLAIM, lam, c, s, index, D=signature.group.power(recipient, e))


def _judge_claim(signature, lam, proof):
    group, E, y = signature.group, signature.E, signature.ring[proof.index]
    if signature.flags & DESIGNATED:
        if proof.D is None:
            return "D-not-in-group"
        if not equality_holds(group, CLAIM, lam, E, signature.recipient, proof.D, proof.c, proof.s):
            return "proof-mismatch"
        kappa = ring.kappa_of(group, lam, E, proof.D, y, signature.recipient)
    else:
        if proof.kappa is None:
            return "kappa-out-of-range"
        kappa = proof.kappa
        commitment = group.power(group.g, proof.s) * group.power(E, proof.c) % group.p
        if proof.c != claim_challenge(group, lam, proof.index, E, kappa, commitment):
            return "proof-mismatch"
    _, big_y = member_exponents(signature, lam, proof.index)
    shared = signature.alpha[proof.index] * E * group.power(group.g, kappa) % group.p
    return None if shared == big_y else "member-mismatch"


# ---------------------------------------------------------------- opening (section 2.8)

def opened_key(signature, administrator_secret):
    """y = A2 * A1^{-x_A}."""
    group, p = signature.group, signature.group.p
    return signature.A2 * pow(signature.A1, -administrator_secret, p) % p


def opening(signature, lam, index, x_a, nonce):
    """The administrator's proof: D = A1^{x_A} with DLEQ(open: g, h_A; A1, D)."""
    group = signature.group
    c, s = prove_equality(group, OPENING, lam, x_a, signature.A1, nonce)
    return Proof(OPENING, lam, c, s, index, D=group.power(signature.A1, x_a))


def _judge_opening(signature, lam, proof):
    group = signature.group
    if not equality_holds(group, OPENING, lam, signature.administrator, signature.A1, proof.D, proof.c, proof.s):
        return "proof-mismatch"
    return None if proof.D * signature.ring[proof.index] % group.p == signature.A2 else "member-mismatch"


# ---------------------------------------------------------------- link and stealth keys (section 2.9)

def verify_link(first, first_message, second, second_message):
    """None when one key made both: each is verified, then the tags are compared."""
    for signature, message in ((first, first_message), (second, second_message)):
        if reason := ring.verify(signature, message):
            return reason
    if not (first.flags & LINK and second.flags & LINK):
        return "not-linkable"
    a, b = first.group, second.group
    if (a.p, a.q, a.g) != (b.p, b.q, b.g):
        return "group-mismatch"
    if first.context != second.context:
        return "context-mismatch"
    return None if first.tau == second.tau else "not-linked"


def stealth_scalar(group, z, context, index):
    """d = H_q("stealth", z, ctx, j)."""
    return ring.hash_q(group, "stealth", group.ep(z), context, be32(index))


def stealth_element(group, secret, other, base, context, index):
    """y_st = y_R * g^d with z = other^secret; `base` is y_R."""
    d = stealth_scalar(group, group.power(other, secret), context, index)
    return base * group.power(group.g, d) % group.p


def verify_stealth(group, sender_secret, sender, recipient_secret, recipient, context, index, element):
    """None when both sides find `element`: the sender from x_A' and y_R, the recipient as g^{x_R + d}."""
    if not group.contains(sender) or not group.contains(recipient):
        return "key-not-in-group"
    if group.power(group.g, sender_secret) != sender or group.power(group.g, recipient_secret) != recipient:
        return "x-mismatch"
    sent = stealth_element(group, sender_secret, recipient, recipient, context, index)
    d = stealth_scalar(group, group.power(sender, recipient_secret), context, index)
    found = group.power(group.g, (recipient_secret + d) % group.q)
    assert sent == found
    if sent == 1:  # x_st = 0 is no key
        return "key-not-in-group"
    return None if sent == element else "output-mismatch"
