"""The Alice/Bob hash work (users-and-demos reference, section 5.2): as printed, attacked, and repaired.

H is SHA-256 or SHA-256d. In the printed protocol each side iterates H on both starting values; Alice
accepts when Bob's answer equals her own A_{kA}. With H = SHA-256d a cheating Bob answers for two calls
of SHA-256, whatever kA is: the mirror attack.
"""

import hashlib
import json

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


# ---------------------------------------------------------------- version 2, a whole run

LITERAL_STEPS = ["1", "2", "7", "8"]
STEPS = ["commitA", "commitB", "openA", "openB", "commitAnswerA", "commitAnswerB", "openAnswerA", "openAnswerB"]


def session_of(commit_a, commit_b):
    return sha256(frame(b"ringwork/hash-work/2/session", commit_a, commit_b))


def answer_commitment(role, salt, answer):
    return sha256(frame(b"ringwork/hash-work/2/answer", ROLE_BYTE[role], salt, answer))


def message(session, step, value, k=None):
    """One message: bytes as hexadecimal, session None where the step has none."""
    return {"session": None if session is None else session.hex(), "step": step, "value": value.hex(), "k": k}


def line(content):
    """The message as a line on the wire, without its line feed."""
    return json.dumps({"schema": "ringwork/work/1", **content}, separators=(",", ":"))


class Refusal(Exception):
    """A party ends the protocol; the argument is the reason."""


class Party:
    """One side of version 2, from the protocol's description: receive() takes a message and returns the replies."""

    def __init__(self, role, name, peer_name, hash_name, k, value, salt, answer_salt):
        self.role, self.name, self.peer_name, self.hash_name, self.k = role, name, peer_name, hash_name, k
        self.value, self.salt, self.answer_salt = value, salt, answer_salt
        self.other = "bob" if role == "alice" else "alice"
        self.commit = commitment(role, salt, value, k)
        self.heard, self.accepts = [], False

    def first(self):
        return [message(None, "commitA", self.commit)] if self.role == "alice" else []

    def receive(self, got):
        turns = STEPS[1::2] if self.role == "alice" else STEPS[0::2]
        if len(self.heard) == 4 or got["step"] != turns[len(self.heard)]:
            raise Refusal("out-of-order")
        value = bytes.fromhex(got["value"])
        if self.heard and got["session"] != self.session.hex():
            raise Refusal("session-mismatch")
        replies = [self._commitment, self._opening, self._answer_commitment, self._answer][len(self.heard)](value, got["k"])
        self.heard.append(value)
        return replies

    def _reply(self, step, value, k=None, session=True):
        return [message(self.session if session else None, step + self.role[0].upper(), value, k)]

    def _pair(self, own, other):
        return (own, other) if self.role == "alice" else (other, own)

    def _commitment(self, value, _):
        if value == self.commit:
            raise Refusal("reflected")
        self.session = session_of(*self._pair(self.commit, value))
        if self.role == "bob":
            return self._reply("commit", self.commit, session=False)
        return self._reply("open", self.salt + self.value, self.k)

    def _opening(self, value, k):
        salt, start = value[:32], value[32:]
        if commitment(self.other, salt, start, k) != self.heard[0]:
            raise Refusal("commitment-mismatch")
        if k < LOWEST:
            raise Refusal("k-too-small")
        if k > HIGHEST:
            raise Refusal("k-too-large")
        if start == self.value:
            raise Refusal("reflected")
        self.peer_value, self.peer_k = start, k
        if self.role == "bob":
            return self._reply("open", self.salt + self.value, self.k)
        self._work()
        return self._reply("commitAnswer", self.answer_commit)

    def _work(self):
        starts, counts = self._pair(self.value, self.peer_value), self._pair(self.k, self.peer_k)
        def chain(role, prover, verifier):
            return chain_answer(HASHES[self.hash_name], role, self.session, prover, verifier, *starts, *counts)
        self.answer = chain(self.role, self.name, self.peer_name)
        self.expected = chain(self.other, self.peer_name, self.name)
        self.answer_commit = answer_commitment(self.role, self.answer_salt, self.answer)

    def _answer_commitment(self, value, _):
        if self.role == "bob":
            self._work()
        if value == self.answer_commit:
            raise Refusal("reflected")
        if self.role == "bob":
            return self._reply("commitAnswer", self.answer_commit)
        return self._reply("openAnswer", self.answer_salt + self.answer)

    def _answer(self, value, _):
        salt, answer = value[:32], value[32:]
        if answer_commitment(self.other, salt, answer) != self.heard[2]:
            raise Refusal("commitment-mismatch")
        if answer != self.expected:
            raise Refusal("wrong-answer")
        self.accepts = True
        return self._reply("openAnswer", self.answer_salt + self.answer) if self.role == "bob" else []


def converse(alice, bob):
    """Every message of a run, in order."""
    said, pending, turn = [], alice.first(), bob
    while pending:
        said += pending
        pending = [reply for content in pending for reply in turn.receive(content)]
        turn = alice if turn is bob else bob
    return said


def literal_run(H, session, a0, ka, b0, kb):
    """The four messages of an honest run of the printed protocol."""
    return [message(session, "1", a0, ka), message(session, "2", b0, kb),
            message(session, "7", iterate(H, b0, kb)), message(session, "8", iterate(H, a0, ka))]


# ---------------------------------------------------------------- reading

class Malformed(Exception):
    """Text that is not of its schema."""


def _object(value, fields):
    if not isinstance(value, dict) or set(value) != set(fields):
        raise Malformed
    return value


def _parse(text):
    """JSON as Ringwork takes it: no field twice, no fraction, no integer beyond 63 bits."""
    def pairs(items):
        if len({name for name, _ in items}) < len(items):
            raise Malformed
        return dict(items)
    def number(digits):
        if not -(1 << 63) <= int(digits) < 1 << 63:
            raise Malformed
        return int(digits)
    def refuse(_):
        raise Malformed
    try:
        return json.loads(text, object_pairs_hook=pairs, parse_int=number, parse_float=refuse, parse_constant=refuse)
    except ValueError:
        raise Malformed from None


def _check_message(value):
    content = _object(value, ("session", "step", "value", "k"))
    step = content["step"]
    if not isinstance(step, str) or step not in LITERAL_STEPS + STEPS:
        raise Malformed
    def is_hex(text, count):
        return isinstance(text, str) and len(text) == 2 * count and set(text) <= set("0123456789abcdef")
    if not is_hex(content["value"], 64 if step.startswith("open") else 32):
        raise Malformed
    if content["session"] is not None if step in ("commitA", "commitB") else not is_hex(content["session"], 32):
        raise Malformed
    k = content["k"]
    if step in ("1", "2", "openA", "openB"):
        if type(k) is not int or k < 0:
            raise Malformed
    elif k is not None:
        raise Malformed


def read_line(line):
    """One message on the wire, without its line feed; raises Malformed."""
    if len(line) > 1024 or b"\n" in line or b"\r" in line:
        raise Malformed
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed from None
    content = _object(_parse(text), ("schema", "session", "step", "value", "k"))
    if content.pop("schema") != "ringwork/work/1":
        raise Malformed
    _check_message(content)


def read_transcript(text):
    """A transcript's document; raises Malformed."""
    document = _object(_parse(text), ("schema", "profile", "hash", "alice", "bob", "messages"))
    is_named = document["profile"] == "v2"
    if len(text) > 16384 or document["schema"] != "ringwork/work-transcript/1" or document["hash"] not in HASHES \
            or document["profile"] not in ("literal", "v2") or not isinstance(document["messages"], list) \
            or any(isinstance(document[name], str) != is_named or (document[name] is None) == is_named for name in ("alice", "bob")):
        raise Malformed
    for content in document["messages"]:
        _check_message(content)
    return document


# ---------------------------------------------------------------- transcripts

def transcript(profile, hash_name, alice_name, bob_name, messages):
    return {"schema": "ringwork/work-transcript/1", "profile": profile, "hash": hash_name, "alice": alice_name,
            "bob": bob_name, "messages": messages}


def verify_transcript(document):
    """(None, None) for a whole run in which both sides accept; else the reason and the message at which it shows.

    Messages are judged in their order, each as the party that received it judges it. In the printed protocol both
    tests of a side's own chain (5a and 6a) belong to the second message, which brings the second starting value.
    """
    names, steps = (document["alice"], document["bob"]), STEPS
    if document["profile"] == "literal":
        steps = LITERAL_STEPS
    elif names[0] == names[1]:
        return "reflected", None
    for index, step in enumerate(steps):
        if index == len(document["messages"]):
            return "incomplete", index
        if document["messages"][index]["step"] != step:
            return "out-of-order", index
        judge = _judge_literal if steps is LITERAL_STEPS else _judge
        reason = judge(document, document["messages"][:index + 1])
        if reason:
            return reason, index
    if len(document["messages"]) > len(steps):
        return "too-many-messages", len(steps)
    return None, None


def _judge_literal(document, messages):
    H, last = HASHES[document["hash"]], messages[-1]
    if last["session"] != messages[0]["session"]:
        return "session-mismatch"
    if last["k"] is not None and last["k"] >= LITERAL_LIMIT:
        return "k-too-large"
    if len(messages) < 2:
        return None
    (a0, ka), (b0, kb) = ((bytes.fromhex(each["value"]), each["k"]) for each in messages[:2])
    if len(messages) == 2:
        for own, other in ((a0, b0), (b0, a0)):
            for _ in range(max(ka, kb)):
                if own == other:
                    return "self-chain"
                own = H(own)
        return None
    right = iterate(H, b0, kb) if last["step"] == "7" else iterate(H, a0, ka)
    return None if last["value"] == right.hex() else "wrong-answer"


def _judge(document, messages):
    index, last, value = len(messages) - 1, messages[-1], bytes.fromhex(messages[-1]["value"])
    values = [bytes.fromhex(each["value"]) for each in messages]
    role = "bob" if index % 2 else "alice"
    if index > 1 and last["session"] != session_of(values[0], values[1]).hex():
        return "session-mismatch"
    if index in (1, 5) and value == values[index - 1]:
        return "reflected"
    if index in (2, 3):
        if commitment(role, value[:32], value[32:], last["k"]) != values[index - 2]:
            return "commitment-mismatch"
        if last["k"] < LOWEST:
            return "k-too-small"
        if last["k"] > HIGHEST:
            return "k-too-large"
        if index == 3 and value[32:] == values[2][32:]:
            return "reflected"
    if index in (6, 7):
        if answer_commitment(role, value[:32], value[32:]) != values[index - 2]:
            return "commitment-mismatch"
        prover, verifier = document["alice"], document["bob"]
        if role == "bob":
            prover, verifier = verifier, prover
        right = chain_answer(HASHES[document["hash"]], role, session_of(values[0], values[1]), prover, verifier,
                             values[2][32:], values[3][32:], messages[2]["k"], messages[3]["k"])
        if value[32:] != right:
            return "wrong-answer"
    return None
