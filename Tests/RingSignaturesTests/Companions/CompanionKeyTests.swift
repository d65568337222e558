import ByteCoding
import ModularArithmetic
import Support
import Testing

@_spi(Hazmat) @testable import RingSignatures

@Suite("Companion keys and rings") struct CompanionKeyTests {
    @Test("claims are checked: curve") func curveClaims() throws { try claims(EllipticCurve.secp256k1) }
    @Test("claims are checked: Schnorr group") func schnorrClaims() throws { try claims(CompanionTests.medium()) }

    private func claims<G: PrimeOrderGroup>(_ group: G) throws {
        let keys = CompanionKeys.spread(2, in: group)
        let (good, other) = (try keys.secret(keys.exponents[0]).ringKey, try keys.secret(keys.exponents[1]).ringKey)
        let claim = good.claim
        #expect(try RingKey(checking: claim, in: group) == good)
        func refused(_ error: KeyError, y: [UInt8]? = nil, label: String? = nil, c: [UInt8]? = nil, s: [UInt8]? = nil) {
            let wrong = RingKey<G>.Claim(y: y ?? claim.y, label: label ?? claim.label, c: c ?? claim.c, s: s ?? claim.s)
            #expect(throws: error) { try RingKey(checking: wrong, in: group) }
            let mixed = RingKey.check([claim, wrong, other.claim], in: group)
            #expect(mixed == [.success(good), .failure(error), .success(other)])
        }
        let q = group.order.value.bigEndianBytes(count: group.scalarByteCount)
        refused(.notInGroup, y: [])
        refused(.notInGroup, y: claim.y + [0])
        refused(.notInGroup, y: group.encode(group.identity))
        refused(.proofMismatch, y: other.claim.y)
        refused(.proofMismatch, label: "somebody else")
        refused(.labelTooLong(bytes: 1025, limit: 1024), label: String(repeating: "x", count: 1025))
        refused(.challengeOutOfRange, c: q)
        refused(.challengeOutOfRange, c: [0] + claim.c)
        refused(.responseOutOfRange, s: q)
        refused(.responseOutOfRange, s: [])
        refused(.proofMismatch, c: claim.s, s: claim.c)
    }

    @Test("a key of the paper's scheme is a companion key") func conversion() throws {
        let answer = try KnownAnswer.named("K2")
        let key = try answer.signingKey(try answer.numbers("x")[0], label: "Dr A")
        let secret = RingSecret(key)
        #expect(secret.ringKey == RingKey(key.verificationKey))
        #expect(try RingKey(checking: secret.ringKey.claim, in: answer.group()) == secret.ringKey)
        #expect(secret.secretBytes().unprotectedCopy() == key.secretBytes().unprotectedCopy())
        let ring = try CompanionRing(answer.ring().members.map { RingKey($0) })
        #expect(ring.elements.map(\.value) == (try answer.ring().elements.map(\.value)))
    }

    @Test("secrets lie between 0 and q") func secretRange() throws {
        let group = EllipticCurve.p256
        for x in [0, group.order.value, group.order.value + 1] {
            #expect(throws: KeyError.secretOutOfRange) {
                try CompanionKeys(group: group, exponents: []).secret(x).ringKey
            }
        }
        var generator = SeededGenerator(seed: 1)
        let long = String(repeating: "x", count: 1025)
        #expect(throws: KeyError.labelTooLong(bytes: 1025, limit: 1024)) {
            try RingSecret(group: group, label: long, using: &generator).ringKey
        }
        #expect(try RingSecret(group: group, using: &generator).ringKey.label.isEmpty)
    }

    @Test("a ring has two or more distinct keys of one group, sorted") func rings() throws {
        let group = try CompanionTests.medium()
        let keys = CompanionKeys.spread(5, in: group)
        let members = try keys.exponents.map { try keys.secret($0).ringKey }
        let ring = try CompanionRing(members)
        #expect(try ring == CompanionRing(members.reversed()))
        #expect(ring.members.map(\.y.value) == ring.members.map(\.y.value).sorted())
        #expect(throws: CompanionError.ringTooSmall(members: 0)) { try CompanionRing([RingKey<SchnorrGroup>]()) }
        #expect(throws: CompanionError.ringTooSmall(members: 1)) { try CompanionRing([members[0]]) }
        #expect(throws: CompanionError.ringTooLarge(members: 5, limit: 4)) { try CompanionRing(members, limit: 4) }
        #expect(throws: CompanionError.duplicateKey(index: 5)) { try CompanionRing(members + [members[2]]) }
        let tiny = CompanionKeys(group: try CompanionTests.tiny(), exponents: [3, 4])
        let stranger = try tiny.secret(3)
        #expect(throws: CompanionError.groupMismatch) { try CompanionRing(members + [stranger.ringKey]) }
        #expect(throws: CompanionError.groupMismatch) { try ring.place(of: stranger) }
        var generator = SeededGenerator(seed: 2)
        let signature = try ring.signAOS(message: [], with: keys.secret(keys.exponents[0]), using: &generator)
        #expect(throws: CompanionError.groupMismatch) { try signature.verify(message: [], ring: tiny.ring()) }
        let smaller = try CompanionRing(Array(members.dropLast()))
        #expect(throws: CompanionError.memberCountMismatch(signature: 5, ring: 4)) {
            try signature.verify(message: [], ring: smaller)
        }
    }

    @Test("nonces are hedged: they repeat only for the same key, inputs and generator") func hedging() throws {
        let keys = CompanionKeys.spread(3, in: try CompanionTests.medium())
        let ring = try keys.ring()
        for scheme in CompanionScheme<SchnorrGroup>.all {
            func sign(_ x: Natural, _ message: [UInt8], _ context: [UInt8], seed: UInt64) throws -> [UInt8] {
                var generator = SeededGenerator(seed: seed)
                return try scheme.sign(ring, keys.secret(x), message, context, &generator)
            }
            let x = keys.exponents
            let first = try sign(x[0], [1], [2], seed: 9)
            #expect(try sign(x[0], [1], [2], seed: 9) == first)
            let scalars = [
                try sign(x[1], [1], [2], seed: 9), try sign(x[0], [2], [2], seed: 9), try sign(x[0], [1], [3], seed: 9),
                try sign(x[0], [1], [2], seed: 10), first,
            ].map { bytes in
                Set(
                    stride(from: bytes.count % 16 + scheme.elements * 32, to: bytes.count, by: 16).map {
                        Array(bytes[$0..<$0 + 16])
                    })
            }
            for (index, set) in scalars.enumerated() {
                #expect(set.count == scheme.scalars(3))
                for other in scalars[..<index] { #expect(set.isDisjoint(with: other)) }
            }
        }
    }

    @Test("given randomness is checked") func givenRandomness() throws {
        let group = try CompanionTests.medium()
        let keys = CompanionKeys.spread(2, in: group)
        let ring = try keys.ring()
        let key = try keys.secret(keys.exponents[0])
        for scheme in CompanionScheme<SchnorrGroup>.all {
            var good: [String: [Natural]] = [scheme.nonce: [5]]
            for list in scheme.lists { good[list] = [6, 7] }
            _ = try scheme.given(ring, key, GivenCompanionRandomness(order: group.order, good))
            for name in scheme.lists + [scheme.nonce] {
                for wrong: [Natural]? in [nil, [], [group.q.value, group.q.value], Array(repeating: 6, count: 1)]
                where name != scheme.nonce || wrong?.first != 6 {
                    var values = good
                    values[name] = wrong
                    #expect(throws: CompanionError.unusableRandomness) {
                        try scheme.given(ring, key, GivenCompanionRandomness(order: group.order, values))
                    }
                }
            }
        }
    }

    @Test("every error has a word, a sentence and its place") func errors() {
        let all: [CompanionError] = [
            .ringTooSmall(members: 1), .ringTooLarge(members: 5, limit: 4), .duplicateKey(index: 2), .groupMismatch,
            .signerNotInRing, .memberCountMismatch(signature: 2, ring: 3), .wrongLength(bytes: 1, expected: 2),
            .challengeOutOfRange(index: 2), .responseOutOfRange(index: 2), .tagNotInGroup,
            .elementNotInGroup(index: 2), .ringEquation, .parameterOutOfRange(name: "t"), .unusableRandomness,
        ]
        #expect(Set(all.map(\.code)).count == all.count && Set(all.map(\.description)).count == all.count)
        #expect(all.compactMap(\.index) == [2, 2, 2, 2])
    }
}
