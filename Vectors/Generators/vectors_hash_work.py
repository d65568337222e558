"""Vector files for the Alice/Bob hash work: the printed protocol with its attacks, and the repair."""

import copy
import json

import hash_work as work
from documents import VectorFile, flip_bit, note
from drbg import Drbg
from framing import be64, frame
from sha256 import sha256, sha256d

NOTES = {
    "Basic": note("BASIC", "An honest run."),
    "Published": note("BASIC", "The vector of the reference, section 5.2."),
    "PROTOCOL_BREAK": note("PROTOCOL_BREAK", "The printed protocol accepts what it should not: Bob did almost none of the work. Valid here, refused by the repair."),
    "NoLowerBound": note("EDGE_CASE", "k_B under the stated 2^4: the printed protocol states that bound but never checks it."),
    "UpperBound": note("EDGE_CASE", "k_B next to or over the limit of 2^18."),
    "SelfChain": note("AUTH_BYPASS", "Step 5a: Bob's starting value lies on Alice's chain."),
    "SelfChainEnd": note("EDGE_CASE", "Bob's starting value is on Alice's chain just where step 5a no longer looks."),
    "MirrorCaught": note("AUTH_BYPASS", "A mirror attack that fails: wrong hash, wrong step, or no answer work."),
    "WrongCount": note("BASIC", "The answer after a wrong number of steps."),
    "WrongHash": note("WRONG_PRIMITIVE", "The answer under another hash function."),
    "WrongValue": note("BASIC", "The answer is another value of the run, or altered."),
    "WrongLength": note("ENCODING", "The answer is not 32 bytes long."),
    "Bounds": note("EDGE_CASE", "k_A or k_B at or beyond the bounds 2^4 and 2^14, which the repair enforces."),
    "Binding": note("AUTH_BYPASS", "The answer belongs to another role, session, party, starting value or count."),
    "Framing": note("ENCODING", "Names that only the length prefixes tell apart, or a faulty encoding of an item."),
    "Transcript": note("BASIC", "A whole run, as a third party has it."),
    "Incomplete": note("MISSING_STEP", "A run that stops, goes on, or has its messages in another order."),
    "Damaged": note("FORGERY", "A transcript of which one field was changed."),
    "Reflected": note("AUTH_BYPASS", "A party's own commitment, value or name comes back to it."),
    "Message": note("BASIC", "A message as a line on the wire."),
    "Malformed": note("ENCODING", "Text that is not of its schema."),
    "Replay": note("AUTH_BYPASS", "An attack on the printed protocol, tried on the repair."),
}


def build():
    return [_literal(), _repaired()]


# ---------------------------------------------------------------- as printed

def _literal():
    file = VectorFile(
        path="v1/hash-work/hash_work_paper-literal_test.json", algorithm="Alice/Bob hash work, as printed",
        schema="hash-work.schema.json", profile="paper-literal",
        header=["AliceVerdict: Alice holds a0 and kA and has received b0 and kB. step7 is what she then sends (empty: nothing, she aborted), step8 what she receives.",
                "Valid: Alice accepts. This profile must accept the attacks flagged PROTOCOL_BREAK.",
                "Checked in this order: k_B >= 2^18, step 5a for j = 1 to max(k_A, k_B), the answer.",
                "Transcript: valid where each message is one that its receiver goes on from, and both sides accept. Read strictly (schema), then judged message by message; index is the message at which it fails.",
                "Each message: its step, its session, k >= 2^18, steps 5a and 6a (both at message 1), the answer."],
        notes=NOTES, generator="Generators/vectors_hash_work.py", checked_by=["users-and-demos reference, section 5.2"], version="1.1.0")
    for name, H in work.HASHES.items():
        group = file.group("AliceVerdict", {"hash": name})
        drbg = Drbg(f"hash work literal {name}")
        _literal_group(group, name, H, drbg)
    for name, H in work.HASHES.items():
        _literal_attacks(file.group("AliceVerdict", {"hash": name}), name, H, Drbg(f"hash work literal attacks {name}"))
    _literal_transcripts(file.group("Transcript"), Drbg("hash work literal transcripts"))
    return file


def _literal_group(group, name, H, drbg):
    def add(a0, ka, b0, kb, step8, comment, flag, expected=None):
        step7, reason = work.alice(H, a0, ka, b0, kb, step8)
        assert reason == expected, (comment, reason)
        group.add(comment, [flag], {"a0": a0.hex(), "kA": ka, "b0": b0.hex(), "kB": kb,
                                    "step7": step7.hex(), "step8": step8.hex()}, reason)

    published = bytes(range(32))
    other_hash = sha256 if name == "sha256d" else sha256d

    # Honest runs.
    for ka, kb in [(16, 16), (16, 40), (40, 16), (64, 63), (17, 1024), (1024, 17), (100, 1), (16, 4096)]:
        a0, b0 = drbg.bytes(32), drbg.bytes(32)
        add(a0, ka, b0, kb, work.iterate(H, a0, ka), f"honest, k_A = {ka}, k_B = {kb}", "Basic" if kb >= 16 else "NoLowerBound")
    a0, b0 = drbg.bytes(32), drbg.bytes(32)
    right = work.iterate(H, a0, 32)
    for kb in (0, 1, 15):
        add(a0, 32, b0, kb, right, f"k_B = {kb}: never checked", "NoLowerBound")
    limit = work.LITERAL_LIMIT
    add(a0, 16, b0, limit - 1, work.iterate(H, a0, 16), "k_B = 2^18 - 1, the largest allowed", "UpperBound")
    for kb in (limit, limit + 1, 1 << 19, (1 << 18) + 16, (1 << 32) + 16, (1 << 53) - 1):
        add(a0, 16, b0, kb, work.iterate(H, a0, 16), f"k_B = {kb}", "UpperBound", "k-too-large")
    add(a0, 16, a0, limit, work.iterate(H, a0, 16), "k_B = 2^18 and B_0 = A_0: the bound comes first", "UpperBound", "k-too-large")

    # Step 5a looks at A_0 ... A_{max(kA, kB) - 1}.
    for ka, kb in [(16, 16), (16, 24), (24, 16)]:
        chain = [a0]
        for _ in range(64):
            chain.append(H(chain[-1]))
        top = max(ka, kb)
        for at in sorted({0, 1, 2, ka - 1, ka, top - 1}):
            if at < top:
                add(a0, ka, chain[at], kb, chain[ka], f"B_0 = A_{at}, k_A = {ka}, k_B = {kb}", "SelfChain", "self-chain")
        add(a0, ka, chain[top], kb, chain[ka], f"B_0 = A_{top}, k_A = {ka}, k_B = {kb}: one step beyond the test", "SelfChainEnd")
        add(a0, ka, chain[0], kb, drbg.bytes(32), f"B_0 = A_0 and a wrong answer, k_A = {ka}, k_B = {kb}", "SelfChain", "self-chain")

    # The mirror attack: only SHA-256d has the half steps it needs.
    for ka in (1024, 16, 17, 64):
        for shift in (0, 3):
            b0, kb, respond = work.mirror(published, ka, shift)
            step7, _ = work.alice(H, published, ka, b0, kb, b"")
            label = f"mirror attack, k_A = {ka}, B_0 = P^{2 * shift + 1}(A_0), k_B = {kb}"
            if name == "sha256d":
                assert respond(step7) == work.iterate(H, published, ka)
                add(published, ka, b0, kb, respond(step7), label, "PROTOCOL_BREAK")
                add(published, ka, b0, kb, step7, label + ", step 7 sent back as it is", "MirrorCaught", "wrong-answer")
                add(published, ka, b0, kb, H(step7), label + ", a full step instead of a half", "MirrorCaught", "wrong-answer")
                wrong, _ = work.alice(H, published, ka, b0, kb + 1, b"")
                add(published, ka, b0, kb + 1, respond(wrong), label + " plus one", "MirrorCaught", "wrong-answer")
            else:
                # With H = P the value P(A_0) is A_1 itself.
                add(published, ka, b0, kb, work.iterate(H, published, ka), label + ": caught by step 5a", "MirrorCaught", "self-chain")
    # Two sessions, for any H: Bob relays Alice's own step 7 of session 2 as his step 8 of session 1.
    for ka in (16, 1024):
        first, second = drbg.bytes(32), drbg.bytes(32)
        relayed, _ = work.alice(H, second, 20, first, ka, b"")
        add(second, 20, first, ka, work.iterate(H, second, 20), f"relay, session 2: B_0 is Alice's own A_0 of session 1, k_B = {ka}", "Basic")
        add(first, ka, drbg.bytes(32), 16, relayed, f"relay, session 1: Bob answers with Alice's step 7 of session 2, k_A = {ka}", "PROTOCOL_BREAK")

    # Wrong answers.
    for ka, kb in [(16, 16), (16, 32), (64, 16)]:
        a0, b0 = drbg.bytes(32), drbg.bytes(32)
        right = work.iterate(H, a0, ka)
        label = f"k_A = {ka}, k_B = {kb}: "
        for step8, comment, flag in [
            (work.iterate(H, a0, ka - 1), "one step too few", "WrongCount"),
            (work.iterate(H, a0, ka + 1), "one step too many", "WrongCount"),
            (work.iterate(H, a0, ka // 2), "half the steps", "WrongCount"),
            (work.iterate(H, a0, ka * 2), "twice the steps", "WrongCount"),
            (a0, "A_0 itself", "WrongCount"),
            (b0, "B_0", "WrongValue"),
            (work.iterate(H, b0, kb), "B_{k_B}, Alice's own step 7", "WrongValue"),
            (work.iterate(H, b0, ka), "B_{k_A}", "WrongValue"),
            (work.iterate(other_hash, a0, ka), "the other hash function", "WrongHash"),
            (flip_bit(right, drbg.below(256)), "one bit inverted", "WrongValue"),
            (right[::-1], "bytes reversed", "WrongValue"),
            (bytes(32), "zeros", "WrongValue"),
            (right[:31], "31 bytes", "WrongLength"),
            (right + b"\x00", "33 bytes", "WrongLength"),
            (b"", "nothing", "WrongLength"),
        ]:
            add(a0, ka, b0, kb, step8, label + comment, flag, "wrong-answer")


def _literal_attacks(group, name, H, drbg):
    """The three attacks once more: the mirror for other i, two sessions at once, Carol."""
    def add(a0, ka, b0, kb, step8, comment, flag, expected=None):
        step7, reason = work.alice(H, a0, ka, b0, kb, step8)
        assert reason == expected, (comment, reason)
        group.add(comment, [flag], {"a0": a0.hex(), "kA": ka, "b0": b0.hex(), "kB": kb,
                                    "step7": step7.hex(), "step8": step8.hex()}, reason)

    for ka in (17, 64):
        a0 = drbg.bytes(32)
        for shift in sorted({1, 2, ka - 17, ka - 2, ka - 1} - {0}):
            b0, kb, respond = work.mirror(a0, ka, shift)
            label = f"mirror attack, k_A = {ka}, i = {shift}"
            step7, caught = work.alice(H, a0, ka, b0, kb, b"")
            if name == "sha256d":
                add(a0, ka, b0, kb, respond(step7), label, "PROTOCOL_BREAK")
                add(a0, ka, b0, kb, work.iterate(sha256, step7, 2 * shift + 1),
                    label + ", answered with P^(2i+1) of step 7 and not with P of it", "MirrorCaught", "wrong-answer")
            elif 2 * shift + 1 < max(ka, kb):
                add(a0, ka, b0, kb, work.iterate(H, a0, ka), label + ": B_0 is A_(2i+1)", "MirrorCaught", "self-chain")
    for ka, kb in [(16, 16), (64, 40)]:
        # Each session's k_B and B_0 are the other's k_A and A_0; each step 7 is the other's step 8.
        first, second = drbg.bytes(32), drbg.bytes(32)
        one, _ = work.alice(H, first, ka, second, kb, b"")
        two, _ = work.alice(H, second, kb, first, ka, b"")
        for a0, k, b0, other, step8, number in [(first, ka, second, kb, two, 1), (second, kb, first, ka, one, 2)]:
            add(a0, k, b0, other, step8, f"replay, session {number} of two that answer each other, k_A = {k}", "PROTOCOL_BREAK")
            add(a0, k, b0, other, flip_bit(step8, drbg.below(256)), f"the same with one bit inverted, session {number}", "WrongValue", "wrong-answer")
        a0, b0 = drbg.bytes(32), drbg.bytes(32)
        add(a0, ka, b0, kb, work.iterate(H, a0, ka), f"relay, Bob passes on Carol's B_0, k_B and step 8, k_A = {ka}", "PROTOCOL_BREAK")
        add(a0, ka, b0, kb, work.iterate(H, a0, kb + 1), f"relay, Carol was asked for k_A = {kb + 1} and Alice asks for {ka}", "WrongCount", "wrong-answer")


def _add_transcript(group, document, comment, flag, expected=None, index=None):
    """Adds a transcript, a document or its text, as the generator judges it."""
    text = document if isinstance(document, str) else json.dumps(document, separators=(",", ":"))
    try:
        verdict = work.verify_transcript(work.read_transcript(text))
    except work.Malformed:
        verdict = ("schema", None)
    assert verdict == (expected, index), (comment, verdict)
    group.add(comment, [flag], {"document": text, "index": index}, expected)


def _shapes(group, good, count):
    """Runs that stop, go on, or change their order; texts that are not of the schema."""
    def changed(change):
        document = copy.deepcopy(good)
        change(document["messages"])
        return document
    for keep in (0, 1, count - 1):
        def cut(messages):
            del messages[keep:]
        _add_transcript(group, changed(cut), f"only {keep} messages", "Incomplete", "incomplete", keep)
    _add_transcript(group, changed(lambda messages: messages.append(messages[-1])), "the last message twice", "Incomplete", "too-many-messages", count)
    for at in (0, count - 2):
        def swap(messages):
            messages[at], messages[at + 1] = messages[at + 1], messages[at]
        _add_transcript(group, changed(swap), f"messages {at} and {at + 1} exchanged", "Incomplete", "out-of-order", at)
    text = json.dumps(good, separators=(",", ":"))
    step = good["messages"][-1]["step"]
    for old, new, comment in [
        ('"schema":"ringwork/work-transcript/1"', '"schema":"ringwork/work-transcript/2"', "another schema"),
        ('"hash":', '"note":"","hash":', "an unknown field"), ('"hash":', '"hash":"sha256","hash":', "a field twice"),
        (f'"profile":"{good["profile"]}",', "", "no profile"), ('"hash":"sha256d"', '"hash":"sha512"', "an unknown hash"),
        (f'"step":"{step}"', '"step":"9"', "an unknown step"), ('"k":null}]', '"k":16}]', "an amount where none is due"),
        ('"k":20', '"k":"20"', "an amount as text"), ('"k":20', '"k":20.0', "an amount with a fraction"),
        ('"k":20', '"k":-20', "a negative amount"), ("}]}", "}]} x", "text behind the document"),
        (good["messages"][-1]["value"], good["messages"][-1]["value"][2:], "a value one byte short"),
        (good["messages"][-1]["value"], good["messages"][-1]["value"].upper(), "upper case"),
        ('"messages":[', '"messages":[null,', "null for a message"),
    ]:
        assert text.count(old), (comment, old)
        _add_transcript(group, text.replace(old, new, 1), comment, "Malformed", "schema")


def _literal_transcripts(group, drbg):
    session = drbg.bytes(32)
    def document(name, a0, ka, b0, kb):
        return work.transcript("literal", name, None, None, work.literal_run(work.HASHES[name], session, a0, ka, b0, kb))
    for name, H in work.HASHES.items():
        for ka, kb in [(20, 17), (16, 16), (100, 3), (16, 0)]:
            _add_transcript(group, document(name, drbg.bytes(32), ka, drbg.bytes(32), kb), f"{name}, k_A = {ka}, k_B = {kb}", "Transcript")
    for shift in (0, 3):
        a0 = drbg.bytes(32)
        b0, kb, respond = work.mirror(a0, 64, shift)
        good = document("sha256d", a0, 64, b0, kb)
        assert good["messages"][3]["value"] == respond(bytes.fromhex(good["messages"][2]["value"])).hex()
        _add_transcript(group, good, f"the mirror attack with i = {shift}: consistent, and 2i + 2 calls of SHA-256 by Bob", "PROTOCOL_BREAK")
    a0, b0 = drbg.bytes(32), drbg.bytes(32)
    good = document("sha256d", a0, 20, b0, 17)
    def damaged(index, field, value):
        changed = copy.deepcopy(good)
        changed["messages"][index][field] = value
        return changed
    for index, place in [(0, 3), (1, 2), (2, 2), (3, 3)]:
        value = flip_bit(bytes.fromhex(good["messages"][index]["value"]), drbg.below(256))
        _add_transcript(group, damaged(index, "value", value.hex()), f"one bit of value {index} inverted", "Damaged", "wrong-answer", place)
        _add_transcript(group, damaged(index, "session", drbg.bytes(32).hex()), f"another session in message {index}", "Damaged", "session-mismatch", max(1, index))
    for index, place in [(0, 3), (1, 2)]:
        _add_transcript(group, damaged(index, "k", 21), f"k of message {index} changed", "Damaged", "wrong-answer", place)
        for k in (work.LITERAL_LIMIT, (1 << 63) - 1):
            _add_transcript(group, damaged(index, "k", k), f"k of message {index} is {k}", "UpperBound", "k-too-large", index)
    H = sha256d
    for index, start in [(1, H(H(a0))), (0, H(b0)), (0, b0)]:
        _add_transcript(group, damaged(index, "value", start.hex()), f"value {index} on the other side's chain", "SelfChain", "self-chain", 1)
    _add_transcript(group, dict(good, hash="sha256"), "the other hash function", "WrongHash", "wrong-answer", 2)
    _shapes(group, good, 4)
    text = json.dumps(good, separators=(",", ":"))
    _add_transcript(group, text.replace('"alice":null', '"alice":"ann"'), "a name, which this profile binds nowhere", "Malformed", "schema")


# ---------------------------------------------------------------- repaired

def _repaired():
    file = VectorFile(
        path="v1/hash-work/hash_work_v2_ringwork-v1_test.json", algorithm="Alice/Bob hash work, version 2",
        schema="hash-work.schema.json", profile="ringwork-v1",
        header=["ChainV2: role is the prover's. bob works on a0 for kA steps, alice on b0 for kB steps.",
                "t = SHA256(frame(\"ringwork/hash-work/2/chain\", role byte 41 or 42, session, prover, verifier, a0, b0, be64(kA), be64(kB))); x_j = H(t || be64(j) || x_{j-1}).",
                "frame puts be64(length) before each item. t is SHA-256 whatever H is.",
                "Checked in this order: kA and kB >= 16, kA and kB <= 16384, the answer.",
                "CommitmentV2: commitment = SHA-256(frame(\"ringwork/hash-work/2\", role byte, salt, value, be64(k))).",
                "PartyV2: a party with the given values receives the lines `received` until it refuses one, and has then sent `sent`. Valid: it accepts. session = SHA-256(frame(\"ringwork/hash-work/2/session\", commitA, commitB)); the commitment to an answer is SHA-256(frame(\"ringwork/hash-work/2/answer\", role byte, salt, answer)).",
                "Each message: its step, its session, the commitment, k >= 16, k <= 16384, what comes back to its sender (reflected), the answer.",
                "Transcript: the same checks by one who has every message; index is the message at which it fails, null where the names are equal.",
                "MessageLine: line is one message without its line feed, valid where it is of its schema."],
        notes=NOTES, generator="Generators/vectors_hash_work.py", checked_by=["regenerated deterministically"], version="1.1.0")
    chains, commitments = file.group("ChainV2"), file.group("CommitmentV2")
    drbg = Drbg("hash work v2")

    def add(role, session, prover, verifier, a0, b0, ka, kb, name, answer, comment, flag, expected=None):
        reason = work.verify_chain(work.HASHES[name], role, session, prover, verifier, a0, b0, ka, kb, answer)
        assert reason == expected, (comment, reason)
        chains.add(comment, [flag], {
            "role": role, "session": session.hex(), "prover": prover, "verifier": verifier, "a0": a0.hex(),
            "b0": b0.hex(), "kA": ka, "kB": kb, "hash": name, "answer": answer.hex()}, reason)

    for name, H in work.HASHES.items():
        for role in ("alice", "bob"):
            prover, verifier = ("alice.example", "bob.example") if role == "alice" else ("bob.example", "alice.example")
            def run(**change):
                """The answer of this run, with some inputs changed."""
                inputs = dict(base, **change)
                return work.chain_answer(inputs.pop("H", H), **inputs)
            for ka, kb in [(16, 16), (16, 100), (100, 17), (1024, 1023)]:
                base = dict(role=role, session=drbg.bytes(32), prover=prover, verifier=verifier,
                            a0=drbg.bytes(32), b0=drbg.bytes(32), ka=ka, kb=kb)
                add(**base, name=name, answer=run(), comment=f"{name}, prover {role}, k_A = {ka}, k_B = {kb}", flag="Bounds" if 16 in (ka, kb) else "Basic")
            label = f"{name}, prover {role}: "
            base = dict(role=role, session=drbg.bytes(32), prover=prover, verifier=verifier,
                        a0=drbg.bytes(32), b0=drbg.bytes(32), ka=40, kb=30)
            right = run()
            other_role = "bob" if role == "alice" else "alice"
            steps, start = (30, base["b0"]) if role == "alice" else (40, base["a0"])
            t = work.chain_tag(**base)
            def chain(first=start, count=steps, step=None):
                x = first
                for j in range(1, count + 1):
                    x = step(j, x)
                return x
            wrong = [
                (run(role=other_role), "the other role", "Binding"),
                (run(session=drbg.bytes(32)), "another session", "Binding"),
                (run(prover=verifier, verifier=prover), "prover and verifier exchanged", "Binding"),
                (run(prover="carol.example"), "another prover (a relay)", "Binding"),
                (run(verifier="carol.example"), "another verifier (a relay)", "Binding"),
                (run(prover=prover + verifier[0], verifier=verifier[1:]), "a letter moved from one name to the other", "Framing"),
                (run(a0=drbg.bytes(32)), "another a0", "Binding"),
                (run(b0=drbg.bytes(32)), "another b0", "Binding"),
                (run(a0=base["b0"], b0=base["a0"]), "a0 and b0 exchanged", "Binding"),
                (run(ka=41), "k_A plus one", "WrongCount"),
                (run(kb=31), "k_B plus one", "WrongCount"),
                (run(ka=30, kb=40), "k_A and k_B exchanged", "Binding"),
                (run(H=sha256 if name == "sha256d" else sha256d), "the other hash function", "WrongHash"),
                (chain(count=steps - 1, step=lambda j, x: H(t + be64(j) + x)), "one step too few", "WrongCount"),
                (chain(count=steps + 1, step=lambda j, x: H(t + be64(j) + x)), "one step too many", "WrongCount"),
                (chain(step=lambda j, x: H(t + be64(j - 1) + x)), "steps counted from 0", "WrongCount"),
                (chain(step=lambda j, x: H(t + j.to_bytes(4, "big") + x)), "the step number in 4 bytes", "Framing"),
                (chain(step=lambda j, x: H(t + j.to_bytes(8, "little") + x)), "the step number in little-endian order", "Framing"),
                (chain(step=lambda j, x: H(t + x)), "no step number", "Framing"),
                (chain(step=lambda j, x: H(x + be64(j) + t)), "t and x exchanged", "Framing"),
                (chain(step=lambda j, x: H(x)), "the printed protocol's chain, without t", "Replay"),
                (chain(step=lambda j, x: H(frame(t, be64(j), x))), "the step framed", "Framing"),
                (_unframed(H, base, steps, start), "t over unframed items", "Framing"),
                (start, "the starting value", "WrongCount"),
                (flip_bit(right, drbg.below(256)), "one bit inverted", "WrongValue"),
                (right[::-1], "bytes reversed", "WrongValue"),
                (bytes(32), "zeros", "WrongValue"),
                (right[:31], "31 bytes", "WrongLength"),
                (right + b"\x00", "33 bytes", "WrongLength"),
                (b"", "nothing", "WrongLength"),
            ]
            for answer, comment, flag in wrong:
                add(**base, name=name, answer=answer, comment=label + comment, flag=flag, expected="wrong-answer")
            for ka, kb, reason in [(15, 16, "k-too-small"), (16, 15, "k-too-small"), (0, 16, "k-too-small"), (16, 0, "k-too-small"),
                                   (1, 1, "k-too-small"), (16385, 16, "k-too-large"), (16, 16385, "k-too-large"),
                                   (16, 1 << 18, "k-too-large")]:
                small = dict(base, ka=ka, kb=kb)
                add(**small, name=name, answer=work.chain_answer(H, **small), comment=f"{label}k_A = {ka}, k_B = {kb}", flag="Bounds", expected=reason)
        # The mirror attack against the repair: every half step lies off the chain.
        ka = 64
        a0 = drbg.bytes(32)
        b0, kb, respond = work.mirror(a0, ka)
        session = drbg.bytes(32)
        step7 = work.chain_answer(H, "alice", session, "alice.example", "bob.example", a0, b0, ka, kb)
        add("bob", session, "bob.example", "alice.example", a0, b0, ka, kb, name, respond(step7),
            f"{name}: the mirror attack", "Replay", "wrong-answer")
        # Two sessions: Alice's answer in session 2, on Bob's copy of her own a0, is no answer in session 1.
        other = work.chain_answer(H, "alice", drbg.bytes(32), "alice.example", "bob.example", drbg.bytes(32), a0, 20, ka)
        add("bob", session, "bob.example", "alice.example", a0, drbg.bytes(32), ka, 16, name, other,
            f"{name}: relay of Alice's answer in a second session", "Replay", "wrong-answer")
    H = sha256d
    for role, prover, verifier, comment in [
        ("bob", "", "", "empty names"),
        ("alice", "Z\u00fcrich", "Gen\u00e8ve", "names that are not ASCII"),
    ]:
        base = dict(role=role, session=drbg.bytes(32), prover=prover, verifier=verifier,
                    a0=drbg.bytes(32), b0=drbg.bytes(32), ka=16, kb=16)
        add(**base, name="sha256d", answer=work.chain_answer(H, **base), comment=comment, flag="Framing")
    base = dict(role="bob", session=bytes(32), prover="bob.example", verifier="alice.example",
                a0=drbg.bytes(32), b0=drbg.bytes(32), ka=16384, kb=16384)
    add(**base, name="sha256d", answer=work.chain_answer(H, **base), comment="both counts at their upper bound", flag="Bounds")
    same = dict(base, ka=16, kb=16, b0=base["a0"])
    add(**same, name="sha256", answer=work.chain_answer(sha256, **same), comment="equal starting values: harmless in the repair", flag="Basic")

    _commitments(commitments, drbg)
    _parties(file.group("PartyV2"), Drbg("hash work v2 parties"))
    _transcripts(file.group("Transcript"), Drbg("hash work v2 transcripts"))
    _lines(file.group("MessageLine"), Drbg("hash work lines"))
    return file


def _unframed(H, base, steps, start):
    t = sha256(b"ringwork/hash-work/2/chain" + work.ROLE_BYTE[base["role"]] + base["session"] + base["prover"].encode()
               + base["verifier"].encode() + base["a0"] + base["b0"] + be64(base["ka"]) + be64(base["kb"]))
    x = start
    for j in range(1, steps + 1):
        x = H(t + be64(j) + x)
    return x


def _commitments(group, drbg):
    def add(role, salt, value, k, claimed, comment, flag, valid=False):
        reason = work.verify_commitment(role, salt, value, k, claimed)
        assert (reason is None) == valid, comment
        group.add(comment, [flag], {"role": role, "salt": salt.hex(), "value": value.hex(), "k": k,
                                    "commitment": claimed.hex()}, reason)

    dst = b"ringwork/hash-work/2"
    for role in ("alice", "bob"):
        for k in (16, 1024, 16384):
            salt, value = drbg.bytes(32), drbg.bytes(32)
            add(role, salt, value, k, work.commitment(role, salt, value, k), f"{role}, k = {k}", "Basic", valid=True)
        byte, other = work.ROLE_BYTE[role], "bob" if role == "alice" else "alice"
        salt, value, k = drbg.bytes(32), drbg.bytes(32), 100
        right = work.commitment(role, salt, value, k)
        for claimed, comment, flag in [
            (work.commitment(other, salt, value, k), "the other role", "Binding"),
            (work.commitment(role, drbg.bytes(32), value, k), "another salt", "Binding"),
            (work.commitment(role, salt, drbg.bytes(32), k), "another value", "Binding"),
            (work.commitment(role, value, salt, k), "salt and value exchanged", "Binding"),
            (work.commitment(role, salt, value, k + 1), "k plus one", "WrongCount"),
            (sha256(dst + byte + salt + value + be64(k)), "unframed", "Framing"),
            (sha256(frame(dst, byte, salt, value, k.to_bytes(4, "big"))), "k in 4 bytes", "Framing"),
            (sha256(frame(dst, byte, salt, value, k.to_bytes(8, "little"))), "k in little-endian order", "Framing"),
            (sha256(frame(dst, role.encode(), salt, value, be64(k))), "the role as a word", "Framing"),
            (sha256(frame(dst, byte, value, be64(k), salt)), "the salt last", "Framing"),
            (sha256(frame(dst + b"/chain", byte, salt, value, be64(k))), "the chain's domain tag", "Framing"),
            (sha256(frame(dst, byte, value, be64(k))), "no salt", "Framing"),
            (sha256(right), "hashed once more", "WrongHash"),
            (flip_bit(right, drbg.below(256)), "one bit inverted", "WrongValue"),
            (right[::-1], "bytes reversed", "WrongValue"),
            (right[:31], "31 bytes", "WrongLength"),
            (b"", "empty", "WrongLength"),
        ]:
            add(role, salt, value, k, claimed, f"{role}: {comment}", flag)


# ---------------------------------------------------------------- whole parties, transcripts, lines

def _random_party(drbg, role, name, peer_name, hash_name, k):
    return work.Party(role, name, peer_name, hash_name, k, drbg.bytes(32), drbg.bytes(32), drbg.bytes(32))


def _run(drbg, hash_name="sha256d", ka=20, kb=17, alice="ann", bob="ben"):
    """Two honest parties, before their run, and what they say."""
    parties = (_random_party(drbg, "alice", alice, bob, hash_name, ka), _random_party(drbg, "bob", bob, alice, hash_name, kb))
    said = work.converse(*copy.deepcopy(parties))
    return parties, said


def _parties(group, drbg):
    def add(party, received, comment, flag, expected=None):
        inputs = {"role": party.role, "name": party.name, "peerName": party.peer_name, "hash": party.hash_name,
                  "k": party.k, "value": party.value.hex(), "salt": party.salt.hex(),
                  "answerSalt": party.answer_salt.hex(), "received": [], "sent": []}
        party, reason = copy.deepcopy(party), None
        sent = party.first()
        try:
            for content in received:
                text = content if isinstance(content, str) else work.line(content)
                inputs["received"].append(text)
                work.read_line(text.encode())
                sent += party.receive(content)
            if not party.accepts:
                reason = "pending"
        except work.Refusal as refusal:
            reason = str(refusal)
        except work.Malformed:
            reason = "schema"
        assert reason == expected, (comment, reason)
        inputs["sent"] = [work.line(content) for content in sent]
        group.add(comment, [flag], inputs, reason)

    def changed(content, **fields):
        return dict(content, **fields)

    def inverted(content, half):
        value = bytes.fromhex(content["value"])
        return changed(content, value=flip_bit(value, drbg.below(256) + (256 if half == 0 and len(value) == 64 else 0)).hex())

    for hash_name in work.HASHES:
        (alice, bob), said = _run(drbg, hash_name)
        for party, heard in [(alice, said[1::2]), (bob, said[0::2])]:
            label = f"{hash_name}, {party.role}: "
            def damaged(at, content):
                return heard[:at] + [content]
            add(party, heard, label + "an honest run", "Basic")
            for at, content in enumerate(heard):
                add(party, heard[:at], label + f"nothing after {at} messages", "Incomplete", "pending")
                if at < 3:
                    add(party, damaged(at, heard[at + 1]), label + f"{heard[at + 1]['step']} where {content['step']} is due", "Incomplete", "out-of-order")
                if at:
                    add(party, damaged(at, heard[at - 1]), label + f"{heard[at - 1]['step']} again", "Replay", "out-of-order")
                    add(party, damaged(at, changed(content, session=drbg.bytes(32).hex())), label + f"{content['step']} of another session", "Replay", "session-mismatch")
            for at in (1, 3):
                for half in (0, 1):
                    add(party, damaged(at, inverted(heard[at], half)), label + f"{heard[at]['step']}, one bit of the {'value' if half else 'salt'} inverted", "WrongValue", "commitment-mismatch")
            add(party, damaged(1, changed(heard[1], k=heard[1]["k"] + 1)), label + "k opened one higher than committed to", "WrongCount", "commitment-mismatch")
            add(party, damaged(0, changed(heard[0], value=party.commit.hex())), label + "its own commitment", "Reflected", "reflected")
            add(party, heard + [heard[3]], label + "the last message twice", "Replay", "out-of-order")

            for k, reason in [(0, "k-too-small"), (15, "k-too-small"), (16385, "k-too-large"), (1 << 18, "k-too-large")]:
                add(party, _cheat(party, drbg.bytes(32), k)[:2], label + f"k = {k}", "Bounds", reason)
            add(party, _cheat(party, party.value, 16)[:2], label + "its own starting value", "Reflected", "reflected")
            blind = drbg.bytes(32)
            for answer, comment, flag in [
                (bytes(32), "zeros for an answer", "WrongValue"), (party.value, "the starting value for an answer", "WrongCount"),
                (work.iterate(work.HASHES[hash_name], party.value, party.k), "the printed protocol's chain", "Replay"),
            ]:
                add(party, _cheat(party, blind, 16, answer), label + comment, flag, "wrong-answer")
            other_hash = "sha256" if hash_name == "sha256d" else "sha256d"
            add(party, _cheat(party, blind, 16, hash_name=other_hash), label + "the other hash function", "WrongHash", "wrong-answer")
            add(party, _cheat(party, blind, 16, names=("carol", party.name)), label + "an answer in Carol's name (a relay)", "Binding", "wrong-answer")
            add(party, _cheat(party, blind, 16, names=(party.peer_name, "carol")), label + "an answer for Carol (a relay)", "Binding", "wrong-answer")
            add(party, _cheat(party, blind, 16, names=(party.name, party.peer_name)), label + "an answer with the names exchanged", "Binding", "wrong-answer")

        # The attacks on the printed protocol, on Alice.
        label = f"{hash_name}, alice: "
        blind, salt = drbg.bytes(32), drbg.bytes(32)
        mirror = sha256(alice.value)
        commit = work.message(None, "commitB", work.commitment("bob", salt, blind, alice.k - 1))
        session = work.session_of(alice.commit, bytes.fromhex(commit["value"]))
        add(alice, [commit, work.message(session, "openB", salt + mirror, alice.k - 1)], label + "the mirror attack: P(a0) opened against a blind commitment", "Replay", "commitment-mismatch")
        foreseen = work.message(None, "commitB", work.commitment("bob", salt, mirror, alice.k - 1))
        session = work.session_of(alice.commit, bytes.fromhex(foreseen["value"]))
        step7 = work.chain_answer(work.HASHES[hash_name], "alice", session, "ann", "ben", alice.value, mirror, alice.k, alice.k - 1)
        guess = sha256(step7)
        add(alice, [foreseen, work.message(session, "openB", salt + mirror, alice.k - 1),
                    work.message(session, "commitAnswerB", work.answer_commitment("bob", salt, guess)),
                    work.message(session, "openAnswerB", salt + guess)],
            label + "the mirror attack by one who foresaw a0 and answers P of Alice's answer", "Replay", "wrong-answer")
        # Two sessions with Alice: in the second Bob opens the first one's a0.
        second = _random_party(drbg, "alice", "ann", "ben", hash_name, 20)
        relayed = work.session_of(second.commit, work.commitment("bob", salt, alice.value, alice.k))
        worked = work.chain_answer(work.HASHES[hash_name], "alice", relayed, "ann", "ben", second.value, alice.value, second.k, alice.k)
        commit = work.message(None, "commitB", work.commitment("bob", salt, blind, 16))
        session = work.session_of(alice.commit, bytes.fromhex(commit["value"]))
        begun = [commit, work.message(session, "openB", salt + blind, 16),
                 work.message(session, "commitAnswerB", work.answer_commitment("bob", salt, worked))]
        add(alice, begun + [work.message(session, "openAnswerB", salt + worked)], label + "replay: Alice's answer in a second session", "Replay", "wrong-answer")
        add(alice, begun + [work.message(relayed, "openAnswerB", salt + worked)], label + "replay: the second session's message itself", "Replay", "session-mismatch")
        # Carol: she is told that Bob asks, and sees an answer made for Bob.
        carol = _random_party(drbg, "bob", "carol", "ben", hash_name, 17)
        me, her = copy.deepcopy(alice), copy.deepcopy(carol)
        passed, queue = [], me.first()
        try:
            for _ in range(4):
                passed += queue
                queue = me.receive(her.receive(queue[0])[0])
        except work.Refusal:
            pass
        add(carol, passed, f"{hash_name}, bob: relay: Carol receives what Alice sent to Bob", "Replay", "wrong-answer")
        # The victim in both roles, with Mallory between: one session, and only the names tell.
        twice = (_random_party(drbg, "alice", "vic", "mal", hash_name, 16), _random_party(drbg, "bob", "vic", "mal", hash_name, 16))
        me, her = copy.deepcopy(twice)
        passed, queue = [], me.first()
        try:
            for _ in range(4):
                passed += queue
                queue = me.receive(her.receive(queue[0])[0])
        except work.Refusal:
            pass
        add(twice[1], passed, f"{hash_name}, bob: its own messages as Alice", "Reflected", "wrong-answer")
    (alice, bob), said = _run(drbg, alice="Z\u00fcrich", bob="")
    add(alice, said[1::2], "names that are not ASCII, and empty", "Framing")
    add(bob, ['{"schema":"ringwork/work/1"}'], "bob: a line that is not of the schema", "Malformed", "schema")


def _cheat(party, start, k, answer=None, hash_name=None, names=None):
    """What the peer of `party` sends who commits to `start` and `k`; its answer is the right one unless told otherwise."""
    role, salt = party.other, bytes(range(32))
    commit = work.commitment(role, salt, start, k)
    def pair(own, other):
        return (other, own) if role == "bob" else (own, other)
    session = work.session_of(*pair(commit, party.commit))
    if answer is None:
        prover, verifier = names or (party.peer_name, party.name)
        answer = work.chain_answer(work.HASHES[hash_name or party.hash_name], role, session, prover, verifier,
                                   *pair(start, party.value), *pair(k, party.k))
    suffix = role[0].upper()
    return [work.message(None, "commit" + suffix, commit), work.message(session, "open" + suffix, salt + start, k),
            work.message(session, "commitAnswer" + suffix, work.answer_commitment(role, salt, answer)),
            work.message(session, "openAnswer" + suffix, salt + answer)]


def _transcripts(group, drbg):
    for name in work.HASHES:
        for ka, kb in [(20, 17), (16, 300)]:
            _, said = _run(drbg, name, ka, kb)
            _add_transcript(group, work.transcript("v2", name, "ann", "ben", said), f"{name}, k_A = {ka}, k_B = {kb}", "Transcript")
    _, said = _run(drbg, alice="Z\u00fcrich", bob="")
    _add_transcript(group, work.transcript("v2", "sha256d", "Z\u00fcrich", "", said), "names that are not ASCII, and empty", "Framing")
    _, said = _run(drbg)
    good = work.transcript("v2", "sha256d", "ann", "ben", said)

    def damaged(comment, flag, reason, place, *changes):
        document = copy.deepcopy(good)
        for index, field, value in changes:
            document["messages"][index][field] = value.hex() if isinstance(value, bytes) else value
        _add_transcript(group, document, comment, flag, reason, place)

    values = [bytes.fromhex(each["value"]) for each in said]
    for index, (place, reason) in enumerate([
            (2, "session-mismatch"), (2, "session-mismatch"), (2, "commitment-mismatch"), (3, "commitment-mismatch"),
            (6, "commitment-mismatch"), (7, "commitment-mismatch"), (6, "commitment-mismatch"), (7, "commitment-mismatch")]):
        for bit in sorted({drbg.below(256), 8 * len(values[index]) - 1 - drbg.below(256)}):
            damaged(f"bit {bit} of the value of {said[index]['step']} inverted", "Damaged", reason, place, (index, "value", flip_bit(values[index], bit)))
        if index > 1:
            damaged(f"another session in {said[index]['step']}", "Damaged", "session-mismatch", index, (index, "session", drbg.bytes(32)))
    for index in (2, 3):
        damaged(f"k of {said[index]['step']} one higher", "Damaged", "commitment-mismatch", index, (index, "k", said[index]["k"] + 1))
    for field, value, comment, reason, place in [
        ("hash", "sha256", "the other hash function", "wrong-answer", 6), ("alice", "anna", "another Alice", "wrong-answer", 6),
        ("bob", "carol", "another Bob (a relay)", "wrong-answer", 6), ("bob", "ann", "Bob has Alice's name", "reflected", None),
    ]:
        _add_transcript(group, dict(good, **{field: value}), comment, "Damaged", reason, place)
    _add_transcript(group, dict(good, alice="ben", bob="ann"), "the names exchanged", "Binding", "wrong-answer", 6)
    _add_transcript(group, dict(good, alice="annb", bob="en"), "a letter moved from one name to the other", "Framing", "wrong-answer", 6)
    damaged("Alice's commitment sent back", "Reflected", "reflected", 1, (1, "value", values[0]))
    damaged("Alice's commitment to her answer sent back", "Reflected", "reflected", 5, (5, "value", values[4]))

    # What no honest party says, with everything that follows made to fit.
    def remade(comment, flag, reason, place, bob_value=values[3][32:], kb=17, answers=(None, None)):
        salt = values[3][:32]
        commit = work.commitment("bob", salt, bob_value, kb)
        session = work.session_of(values[0], commit)
        changes = [(1, "value", commit), (3, "value", salt + bob_value), (3, "k", kb)]
        changes += [(index, "session", session) for index in range(2, 8)]
        for index, role in ((6, "alice"), (7, "bob")):
            names = ("ann", "ben") if role == "alice" else ("ben", "ann")
            answer = answers[index - 6] or work.chain_answer(sha256d, role, session, *names, values[2][32:], bob_value, 20, kb)
            changes.append((index, "value", values[index][:32] + answer))
            changes.append((index - 2, "value", work.answer_commitment(role, values[index][:32], answer)))
        damaged(comment, flag, reason, place, *changes)
    remade("another value of Bob's, and all that follows from it", "Transcript", None, None, drbg.bytes(32))
    remade("k_B = 16, and all that follows from it", "Bounds", None, None, kb=16)
    remade("k_B = 15", "Bounds", "k-too-small", 3, kb=15)
    remade("k_B = 0", "Bounds", "k-too-small", 3, kb=0)
    remade("k_B = 16385", "Bounds", "k-too-large", 3, kb=16385)
    remade("Bob's value is Alice's", "Reflected", "reflected", 3, values[2][32:])
    remade("Alice's answer is zeros, well committed to", "WrongValue", "wrong-answer", 6, answers=(bytes(32), None))
    remade("Bob's answer is zeros, well committed to", "WrongValue", "wrong-answer", 7, answers=(None, bytes(32)))
    remade("the mirror attack, well committed to", "Replay", "wrong-answer", 7, sha256(values[2][32:]), 19, (None, work.iterate(sha256d, values[2][32:], 20)))
    _shapes(group, good, 8)
    text = json.dumps(good, separators=(",", ":"))
    for old, new, comment in [('"alice":"ann"', '"alice":null', "no name, where this profile binds one"),
                              ('"profile":"v2"', '"profile":"literal"', "another profile, which binds no names")]:
        _add_transcript(group, text.replace(old, new, 1), comment, "Malformed", "schema")


def _lines(group, drbg):
    def add(line, comment, flag, expected=None):
        try:
            work.read_line(line)
            reason = None
        except work.Malformed:
            reason = "schema"
        assert reason == expected, comment
        group.add(comment, [flag], {"line": line.hex()}, reason)
    session, value = drbg.bytes(32), drbg.bytes(32)
    opening = value + drbg.bytes(32)
    def content(step):
        opens = step.startswith("open")
        return work.message(None if step.startswith("commit") and "Answer" not in step else session, step,
                            opening if opens else value, 16 if step in ("1", "2", "openA", "openB") else None)
    steps = work.LITERAL_STEPS + work.STEPS
    for step in steps:
        add(work.line(content(step)).encode(), f"step {step}", "Message")
    good = work.line(content("openA"))
    add(good.replace('"k":16', '"k":9223372036854775807').encode(), "k = 2^63 - 1", "Message")
    add(good.replace(",", " , ").replace(":", ": ").encode(), "white space", "Message")
    add(good.encode() + b" " * (1024 - len(good)), "1024 bytes", "Message")
    reordered = json.dumps(dict(reversed(list({"schema": "ringwork/work/1", **content("openA")}.items()))))
    add(reordered.encode(), "fields in another order", "Message")
    add(good.encode() + b" " * (1025 - len(good)), "1025 bytes", "WrongLength", "schema")
    for step in steps:
        good_content = content(step)
        bytes_of = bytes.fromhex(good_content["value"])
        other = dict(good_content, session=session.hex() if good_content["session"] is None else None)
        add(work.line(other).encode(), f"step {step}, the session {'there' if other['session'] else 'missing'}", "Malformed", "schema")
        other = dict(good_content, k=16 if good_content["k"] is None else None)
        add(work.line(other).encode(), f"step {step}, the amount {'there' if other['k'] else 'missing'}", "Malformed", "schema")
        for changed in (bytes_of[:-1], bytes_of + b"\x00", b"", bytes_of[:32] if len(bytes_of) == 64 else bytes_of + bytes(32)):
            add(work.line(dict(good_content, value=changed.hex())).encode(), f"step {step}, {len(changed)} bytes", "WrongLength", "schema")
    short = work.line(dict(content("openA"), session=session[:-1].hex()))
    add(short.encode(), "a session of 31 bytes", "WrongLength", "schema")
    for old, new, comment in [
        ("ringwork/work/1", "ringwork/work/2", "another schema"), ('"schema":"ringwork/work/1",', "", "no schema"),
        ('"k":16', '"k":-1', "a negative amount"), ('"k":16', '"k":16.0', "a fraction"), ('"k":16', '"k":1e1', "an exponent"),
        ('"k":16', '"k":016', "a leading zero"), ('"k":16', '"k":"16"', "an amount as text"),
        ('"k":16', '"k":9223372036854775808', "k = 2^63"), ('"k":16', '"k":16,"k":16', "a field twice"),
        ('"k":16', '"k":16,"x":0', "an unknown field"), (',"k":16', "", "no k"), ('"openA"', '"openC"', "an unknown step"),
        ('"openA"', '"opena"', "a step in other letters"), ('"openA"', "7", "a step as a number"),
        (opening.hex(), opening.hex().upper(), "upper case"), (opening.hex(), opening.hex() + "0", "an odd digit"),
        (opening.hex(), "0x" + opening.hex()[2:], "a prefix"), ("}", "", "cut off"), ("}", "}}", "text behind"),
        (",", ",\n", "a line feed inside"), (",", ",\r", "a carriage return inside"), ("{", "[{", "an array"),
    ]:
        assert old in good, comment
        add(good.replace(old, new, 1).encode(), comment, "Malformed", "schema")
    for line, comment in [(b"", "nothing"), (b"{}", "no field"), (b"null", "null"), (b"\xff\xfe", "no UTF-8"),
                          (b"\xef\xbb\xbf" + good.encode(), "a byte order mark"), (good.encode() + b"\x00", "a zero byte behind"),
                          (good.encode("utf-16-le"), "UTF-16"), (b"[" * 900, "900 brackets"), (b" " * 1024, "white space only")]:
        add(line, comment, "Malformed", "schema")
