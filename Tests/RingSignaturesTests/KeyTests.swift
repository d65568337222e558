import ByteCoding
import ModularArithmetic
import Support
import Testing

@_spi(Hazmat) @testable import RingSignatures

@Suite("Keys and proofs of possession") struct KeyTests {
    @Test("a secret exponent outside 1 ..< q, or of another width, is refused")
    func range() throws {
        let group = try TestGroup.k2.group
        let q = group.q.value
        var generator = SeededGenerator(seed: 1)
        let known = try group.key(5).verificationKey
        for x in [0, q, q + 1] as [Natural] {
            #expect(throws: KeyError.secretOutOfRange) { _ = try group.key(x) }
            var bytes = x.bigEndianBytes(count: group.scalarByteCount)
            let secret = SecretBytes(wiping: &bytes)
            #expect(throws: KeyError.secretOutOfRange) {
                _ = try SigningKey(canonical: secret, verificationKey: known)
            }
        }
        for count in [0, 15, 17] {
            let secret = SecretBytes(zeros: count)
            #expect(throws: KeyError.secretOutOfRange) {
                _ = try SigningKey(canonical: secret, group: group, using: &generator)
            }
        }
        var bytes = (q - 1).bigEndianBytes(count: group.scalarByteCount)
        let last = SecretBytes(wiping: &bytes)
        #expect(throws: KeyError.secretMismatch) { _ = try SigningKey(canonical: last, verificationKey: known) }
        let key = try group.key(q - 1)
        #expect(key.verificationKey.y.value * group.g.value % group.p.value == 1)
        #expect(key.secretBytes().unprotectedCopy() == (q - 1).bigEndianBytes(count: 16))
    }

    @Test("a new key's label has at most 1024 bytes, and its exponent is not zero")
    func generation() throws {
        let group = try TestGroup.p23.group
        var generator = SeededGenerator(seed: 3)
        let long = String(repeating: "é", count: 513)
        #expect(throws: KeyError.labelTooLong(bytes: 1026, limit: 1024)) {
            _ = try SigningKey(group: group, label: long, using: &generator)
        }
        #expect(try SigningKey(group: group, label: String(long.dropLast()), using: &generator).x.isZero == false)
        var seen: Set<Natural> = []
        for _ in 0..<300 {
            let key = try SigningKey(group: group, using: &generator)
            seen.insert(key.verificationKey.y.value)
            #expect(key.verificationKey.proof.proves(key.verificationKey.y, label: "", in: GroupHash(group)))
        }
        #expect(seen.count == 10)
    }

    @Test("a proof holds for its own key, label and group only, and each part is checked")
    func proofs() throws {
        let group = try TestGroup.k2.group
        let key = try group.key(5, label: "Dr A").verificationKey
        let (y, c, s) = (key.y.value, key.proof.c.value, key.proof.s.value)
        let (p, q) = (group.p.value, group.q.value)
        func check(
            _ y: Natural, _ label: String, _ c: Natural, _ s: Natural, in other: SchnorrGroup? = nil
        ) throws(KeyError) -> VerificationKey {
            try VerificationKey(checking: .init(y: y, label: label, c: c, s: s), in: other ?? group)
        }
        #expect(try check(y, "Dr A", c, s) == key)
        let other = try SchnorrGroup(validating: p, q: q, g: group.g.value * group.g.value % p, t: group.t)
        let cases: [(KeyError, Natural, String, Natural, Natural, SchnorrGroup)] = [
            (.proofMismatch, y, "Dr B", c, s, group), (.proofMismatch, y, "Dr A", c, s, other),
            (.proofMismatch, y, "", c, s, group), (.proofMismatch, y, "Dr A", c + 1, s, group),
            (.proofMismatch, y, "Dr A", c, (s + 1) % q, group), (.proofMismatch, y, "Dr A", 0, 0, group),
            (.proofMismatch, y * group.g.value % p, "Dr A", c, s, group),
            (.notInGroup, p - y, "Dr A", c, s, group), (.notInGroup, 1, "Dr A", c, s, group),
            (.notInGroup, p - 1, "Dr A", c, s, group), (.notInGroup, 0, "Dr A", c, s, group),
            (.notInGroup, y + p, "Dr A", c, s, group), (.challengeOutOfRange, y, "Dr A", c + q, s, group),
            (.responseOutOfRange, y, "Dr A", c, s + q, group), (.responseOutOfRange, y, "Dr A", c, q, group),
            (
                .labelTooLong(bytes: 1025, limit: 1024), y, String(repeating: "a", count: 1025), c, s, group
            ),
        ]
        for (error, y, label, c, s, group) in cases {
            #expect(throws: error) { try check(y, label, c, s, in: group) }
        }
        // The same text in another normal form is another label.
        let composed = try group.key(5, label: "\u{e9}").verificationKey
        #expect(throws: KeyError.proofMismatch) {
            try check(y, "e\u{301}", composed.proof.c.value, composed.proof.s.value)
        }
        let verdicts = VerificationKey.check(
            [
                .init(y: p - y, label: "Dr A", c: c, s: s), .init(y: y, label: "Dr A", c: c, s: s),
                .init(y: y, label: "Dr B", c: c, s: s), .init(y: y, label: "Dr A", c: q, s: s),
                .init(y: y, label: "Dr A", c: c, s: s),
            ], in: group)
        #expect(
            verdicts == [
                .failure(.notInGroup), .success(key), .failure(.proofMismatch), .failure(.challengeOutOfRange),
                .success(key),
            ])
    }

    @Test("with a broken generator, the proofs of one exponent in two groups of one q have different nonces")
    func hedgedNonce() throws {
        let group = try TestGroup.k2.group
        let (p, q) = (group.p.value, group.q.value)
        let other = try SchnorrGroup(validating: p, q: q, g: group.g.value * group.g.value % p, t: group.t)
        func nonce(_ group: SchnorrGroup, _ label: String) throws -> Natural {
            let key = try group.key(5, label: label, seed: 4)
            let proof = key.verificationKey.proof
            return (proof.s.value + proof.c.value * 5) % q
        }
        #expect(try nonce(group, "a") == nonce(group, "a"))
        #expect(try nonce(group, "a") != nonce(group, "b"))
        // Equal nonces would give x = (s − s′)/(c′ − c) away.
        #expect(try nonce(group, "a") != nonce(other, "a"))
    }
}
