"""Vector files for the Alice/Bob hash work: the printed protocol with its attacks, and the repair."""

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
                "Checked in this order: k_B >= 2^18, step 5a for j = 1 to max(k_A, k_B), the answer."],
        notes=NOTES, generator="Generators/vectors_hash_work.py", checked_by=["users-and-demos reference, section 5.2"])
    for name, H in work.HASHES.items():
        group = file.group("AliceVerdict", {"hash": name})
        drbg = Drbg(f"hash work literal {name}")
        _literal_group(group, name, H, drbg)
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


# ---------------------------------------------------------------- repaired

def _repaired():
    file = VectorFile(
        path="v1/hash-work/hash_work_v2_ringwork-v1_test.json", algorithm="Alice/Bob hash work, version 2",
        schema="hash-work.schema.json", profile="ringwork-v1",
        header=["ChainV2: role is the prover's. bob works on a0 for kA steps, alice on b0 for kB steps.",
                "t = SHA256(frame(\"ringwork/hash-work/2/chain\", role byte 41 or 42, session, prover, verifier, a0, b0, be64(kA), be64(kB))); x_j = H(t || be64(j) || x_{j-1}).",
                "frame puts be64(length) before each item. t is SHA-256 whatever H is.",
                "Checked in this order: kA and kB >= 16, kA and kB <= 16384, the answer.",
                "CommitmentV2: commitment = SHA-256(frame(\"ringwork/hash-work/2\", role byte, salt, value, be64(k)))."],
        notes=NOTES, generator="Generators/vectors_hash_work.py", checked_by=["regenerated deterministically"])
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
