"""The Alice/Bob hash work (users-and-demos reference, section 5.2): as printed, attacked, and repaired.

H is SHA-256 or SHA-256d. In the printed protocol each side iterates H on both starting values; Alice
accepts when Bob's answer equals her own A_{kA}. With H = SHA-256d a cheating Bob answers for two calls
of SHA-256, whatever kA is: the mirror attack.
"""

import hashlib

from framing import be64, frame
from sha256 import sha256, sha256d

HASHES = {"sha256": sha256, "sha256d": sha256d}
LITERAL_LIMIT = 1 << 18          # step 3: abort iff k >= 2^18
LOWEST, HIGHEST = 1 << 4, 1 << 14  # the range the paper states, and the repair enforces
ROLE_BYTE = {"alice": b"\x41", "bob": b"\x42"}


def iterate(H, value, times):
    """H applied `times` times."""
    for _ in range(times):
        value = H(value)
    return value


# ---------------------------------------------------------------- profile paper-literal

def alice(H, a0, ka, b0, kb, answer):
    """Alice's side: (what she sends in step 7, None or the reason she refuses). b"" = she sent nothing."""
    if kb >= LITERAL_LIMIT:                      # step 3; no lower bound is ever checked
        return b"", "k-too-large"
    a, b = a0, b0
    step7 = b0                                   # B_0, if kb is 0
    for j in range(1, max(ka, kb) + 1):          # step 5
        if a == b0:                              # 5a
            return b"", "self-chain"
        a, b = H(a), H(b)                        # 5b, 5c
        if j == ka:
            expected = a
        if j == kb:
            step7 = b
    if ka == 0:
        expected = a0
    return step7, None if answer == expected else "wrong-answer"   # steps 7 and 9


def mirror(a0, ka, shift=0):
    """The mirror attack on H = P o P: Bob's (B_0, k_B), and his answer as a function of Alice's step 7.

    B_0 = P^{2i+1}(A_0) and k_B = k_A - 1 - i. Alice then sends b = H^{k_B}(B_0) = P^{2 k_A - 1}(A_0), and
    Bob answers P(b) = P^{2 k_A}(A_0) = A_{k_A}: one call for any i. (The reference prints P^{2i+1}(b), which
    is right for i = 0 only.)
    Step 5a stays silent: Alice's chain holds even powers of P, B_0 is an odd one.
    """
    return iterate(sha256, a0, 2 * shift + 1), ka - 1 - shift, sha256


# ---------------------------------------------------------------- profile ringwork-v1

def chain_tag(role, session, prover, verifier, a0, b0, ka, kb):
    """t = SHA256(frame(DST, role byte, session, prover, verifier, A_0, B_0, be64 k_A, be64 k_B))."""
    return sha256(frame(
        b"ringwork/hash-work/2/chain", ROLE_BYTE[role], session, prover.encode("utf-8"),
        verifier.encode("utf-8"), a0, b0, be64(ka), be64(kb)))


def chain_answer(H, role, session, prover, verifier, a0, b0, ka, kb):
    """x_j = H(t || be64(j) || x_{j-1}). The prover bob works on A_0 for k_A steps, alice on B_0 for k_B."""
    t = chain_tag(role, session, prover, verifier, a0, b0, ka, kb)
    x, steps = (a0, ka) if role == "bob" else (b0, kb)
    for j in range(1, steps + 1):
        x = H(t + be64(j) + x)
    return x


def verify_chain(H, role, session, prover, verifier, a0, b0, ka, kb, answer):
    """None when the answer is right, else the reason. Both bounds hold for both numbers."""
    if min(ka, kb) < LOWEST:
        return "k-too-small"
    if max(ka, kb) > HIGHEST:
        return "k-too-large"
    right = chain_answer(H, role, session, prover, verifier, a0, b0, ka, kb)
    return None if answer == right else "wrong-answer"


def commitment(role, salt, value, k):
    """SHA-256(frame("ringwork/hash-work/2", role byte, salt, value, be64(k))) (FORMATS, `work`)."""
    return hashlib.sha256(frame(b"ringwork/hash-work/2", ROLE_BYTE[role], salt, value, be64(k))).digest()


def verify_commitment(role, salt, value, k, claimed):
    return None if commitment(role, salt, value, k) == claimed else "commitment-mismatch"
