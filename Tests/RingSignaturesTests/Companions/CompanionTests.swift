import ByteCoding
import ModularArithmetic
import Support
import Testing

@_spi(Hazmat) @testable import RingSignatures

@Suite("Companion ring signatures") struct CompanionTests {
    static func tiny() throws -> SchnorrGroup { try SchnorrGroup(validating: 23, q: 11, g: 4, t: 5) }
    static func medium() throws -> SchnorrGroup { try KnownAnswer.named("K2").group() }

    @Test("tiny Schnorr group: every signer, every place, every ring size") func tinyGroup() throws {
        let group = try Self.tiny()
        let keys = CompanionKeys(group: group, exponents: (1...10).map { Natural($0) })
        var generator = SeededGenerator(seed: 1)
        for count in 2...10 {
            let part = CompanionKeys(group: group, exponents: Array(keys.exponents[..<count]))
            let ring = try part.ring()
            var places: Set<Int> = []
            for x in part.exponents {
                let key = try part.secret(x)
                places.insert(try ring.place(of: key))
                for scheme in CompanionScheme<SchnorrGroup>.all {
                    for message: UInt8 in 0..<3 {
                        // One slope of Fujisaki and Suzuki's in eleven is 1, and refused.
                        let bytes = try? scheme.sign(ring, key, [message], [9], &generator)
                        #expect(bytes != nil || scheme.elementIsPerMessage)
                        if let bytes { try scheme.verify(bytes, ring, [message], [9]) }
                    }
                }
            }
            #expect(places == Set(0..<count))
        }
    }

    @Test("the signers' outputs over all randomness are distinct and valid; without a tag both give the same set")
    func exhaustive() throws {
        let group = try Self.tiny()
        let keys = CompanionKeys(group: group, exponents: [3, 7])
        let ring = try keys.ring()
        for scheme in CompanionScheme<SchnorrGroup>.all {
            var outputs: [Set<[UInt8]>] = []
            for x in keys.exponents {
                let key = try keys.secret(x)
                let other = 1 - (try ring.place(of: key))
                var signatures: Set<[UInt8]> = []
                let free = scheme.lists.count + 1
                let total = (0..<free).reduce(1) { product, _ in product * 11 }
                for number in 0..<total {
                    let digits = (0..<free).map { place in
                        Natural(UInt64((0..<place).reduce(number) { rest, _ in rest / 11 } % 11))
                    }
                    var values: [String: [Natural]] = [scheme.nonce: [digits[0]]]
                    for (list, digit) in zip(scheme.lists, digits.dropFirst()) {
                        values[list] = other == 0 ? [digit, 0] : [0, digit]
                    }
                    let bytes = try scheme.given(ring, key, GivenCompanionRandomness(order: group.order, values))
                    try scheme.verify(bytes, ring, [7], [])
                    signatures.insert(bytes)
                }
                #expect(signatures.count == total, "\(scheme.name)")
                outputs.append(signatures)
            }
            // Without a tag the signer is hidden unconditionally; a tag belongs to its key.
            #expect(scheme.elements == 0 ? outputs[0] == outputs[1] : outputs[0].isDisjoint(with: outputs[1]))
        }
    }

    @Test("Schnorr group of 256 and 128 bits") func mediumGroup() throws { try exercise(Self.medium()) }
    @Test("secp256k1") func secp256k1() throws { try exercise(EllipticCurve.secp256k1) }
    @Test("P-256") func p256() throws { try exercise(EllipticCurve.p256) }

    /// Every signer of a ring, and everything that must be refused.
    private func exercise<G: PrimeOrderGroup>(_ group: G) throws {
        let n = 4
        let keys = CompanionKeys.spread(n, in: group)
        let ring = try keys.ring()
        let outsider = try CompanionKeys.spread(1, in: group, seed: 77).secret(
            CompanionKeys.spread(1, in: group, seed: 77).exponents[0])
        let otherRing = try CompanionRing(ring.members.dropLast() + [outsider.ringKey])
        let largerRing = try CompanionRing(ring.members + [outsider.ringKey])
        let (message, context): ([UInt8], [UInt8]) = (Array("record 1".utf8), Array("event 1".utf8))
        var generator = SeededGenerator(seed: 3)
        for scheme in CompanionScheme<G>.all {
            let (width, size) = (group.scalarByteCount, scheme.elements * group.elementByteCount)
            var tags: Set<[UInt8]> = []
            for x in keys.exponents {
                let key = try keys.secret(x)
                let bytes = try scheme.sign(ring, key, message, context, &generator)
                #expect(bytes.count == size + width * scheme.scalars(n), "\(scheme.name)")
                try scheme.verify(bytes, ring, message, context)
                #expect(try scheme.decode(bytes, ring) == bytes)
                let again = try scheme.sign(ring, key, message + [1], context, &generator)
                #expect(again != bytes)
                if scheme.elements > 0 {
                    #expect((again.prefix(size) == bytes.prefix(size)) != scheme.elementIsPerMessage)
                    tags.insert(Array(bytes.prefix(size)))
                    let elsewhere = try scheme.sign(ring, key, message, context + [1], &generator)
                    #expect(elsewhere.prefix(size) != bytes.prefix(size))
                    tags.insert(Array(elsewhere.prefix(size)))
                }
            }
            if scheme.elements > 0 { #expect(tags.count == 2 * n) }

            let key = try keys.secret(keys.exponents[1])
            let bytes = try scheme.sign(ring, key, message, context, &generator)
            #expect(throws: CompanionError.ringEquation) { try scheme.verify(bytes, ring, message + [0], context) }
            #expect(throws: CompanionError.ringEquation) { try scheme.verify(bytes, ring, context, message) }
            #expect(throws: CompanionError.ringEquation) { try scheme.verify(bytes, ring, message, []) }
            #expect(throws: CompanionError.ringEquation) { try scheme.verify(bytes, otherRing, message, context) }
            #expect(
                throws: CompanionError.wrongLength(bytes: bytes.count, expected: size + width * scheme.scalars(n + 1))
            ) {
                try scheme.verify(bytes, largerRing, message, context)
            }
            #expect(throws: CompanionError.signerNotInRing) {
                try scheme.sign(ring, outsider, message, context, &generator)
            }
            for wrong in [[], Array(bytes.dropLast()), bytes + [0], bytes + bytes] {
                #expect(throws: CompanionError.wrongLength(bytes: wrong.count, expected: bytes.count)) {
                    try scheme.verify(wrong, ring, message, context)
                }
            }
            // Any changed bit: refused somewhere. One bit of each byte.
            for index in bytes.indices {
                var changed = bytes
                changed[index] ^= 1 << UInt8(index % 8)
                #expect(throws: CompanionError.self) { try scheme.verify(changed, ring, message, context) }
            }
            // Every scalar at q, and at q + itself where that fits: refused as a number, with its place (attack A17).
            for place in 0..<scheme.scalars(n) {
                let start = size + place * width
                let value = Natural(bigEndianBytes: bytes[start..<start + width])
                for wrong in [group.order.value, group.order.value + value] where wrong.byteWidth <= width {
                    var changed = bytes
                    changed.replaceSubrange(start..<start + width, with: wrong.bigEndianBytes(count: width))
                    let challenges = scheme.challenges?(n) ?? scheme.scalars(n) - n
                    #expect(
                        throws: place < challenges
                            ? CompanionError.challengeOutOfRange(index: place)
                            : .responseOutOfRange(index: place - challenges)
                    ) { try scheme.verify(changed, ring, message, context) }
                }
            }
            // Two scalars exchanged.
            let body = bytes.dropFirst(size)
            let swapped =
                bytes.prefix(size) + body.dropFirst(width).prefix(width) + body.prefix(width)
                + body.dropFirst(2 * width)
            #expect(throws: CompanionError.ringEquation) { try scheme.verify(Array(swapped), ring, message, context) }
            if scheme.elements > 0 {
                for wrong in [
                    group.encode(group.identity), [UInt8](repeating: 0, count: group.elementByteCount),
                    [UInt8](repeating: 0xff, count: group.elementByteCount),
                ] {
                    #expect(throws: CompanionError.tagNotInGroup) {
                        try scheme.verify(wrong + body, ring, message, context)
                    }
                }
                let otherTag = group.encode(group.generator)
                #expect(throws: CompanionError.ringEquation) {
                    try scheme.verify(otherTag + body, ring, message, context)
                }
            }
        }
    }

    @Test("the counts are those of the table", arguments: [2, 3, 8]) func counts(_ n: Int) throws {
        let group = CountingGroup(try Self.medium())
        let keys = CompanionKeys.spread(n, in: group)
        let ring = try keys.ring()
        var generator = SeededGenerator(seed: 4)
        for x in keys.exponents {
            let key = try keys.secret(x)
            for scheme in CompanionScheme<CountingGroup<SchnorrGroup>>.all {
                var bytes: [UInt8] = []
                let signing = try group.counts { bytes = try scheme.sign(ring, key, [1], [2], &generator) }
                let verifying = try group.counts { try scheme.verify(bytes, ring, [1], [2]) }
                #expect(signing.exponentiations == scheme.signCount(n), "\(scheme.name)")
                #expect(verifying.exponentiations == scheme.verifyCount(n), "\(scheme.name)")
                #expect(signing.secretPowers == scheme.secretPowers ?? (scheme.elements == 0 ? 1 : 3))
                #expect(signing.membershipTests == 0)
                #expect(verifying.secretPowers == 0 && verifying.membershipTests == scheme.elements)
                let bases = scheme.bases ?? scheme.elements
                #expect(signing.uniformElements == bases && verifying.uniformElements == bases)
            }
        }
    }

    @Test("A15: a tag times −1, and a tag times an element of small order, are refused") func smallOrderTag() throws {
        let group = try Self.medium()
        let keys = CompanionKeys.spread(3, in: group)
        let ring = try keys.ring()
        var generator = SeededGenerator(seed: 5)
        let key = try keys.secret(keys.exponents[0])
        let p = group.p.value
        // 2 divides every cofactor; other small factors are tried as well.
        let small = (2...200).map { Natural($0) }.filter { (group.cofactor % $0).isZero }.compactMap { order in
            (2...20).lazy.map { Natural($0).powerVariableTime((p - 1) / order, modulo: p) }.first { $0 != 1 }
        }
        #expect(small.contains(p - 1))
        for scheme in CompanionScheme<SchnorrGroup>.all where scheme.elements > 0 {
            for attempt: UInt8 in 0..<8 {
                let bytes = try scheme.sign(ring, key, [attempt], [], &generator)
                let tag = Natural(bigEndianBytes: bytes.prefix(group.elementByteCount))
                for factor in small {
                    let changed = group.encode(element: group.p.multiply(tag, factor))
                    #expect(throws: CompanionError.tagNotInGroup) {
                        try scheme.verify(changed + bytes.dropFirst(group.elementByteCount), ring, [attempt], [])
                    }
                }
            }
        }
    }

    @Test("A16: a key exchanged for y·g^e, its response shifted to match, is refused") func keySubstitution() throws {
        let group = try Self.medium()
        let keys = CompanionKeys.spread(3, in: group)
        let ring = try keys.ring()
        var generator = SeededGenerator(seed: 6)
        let signature = try ring.signAOS(message: [1], with: keys.secret(keys.exponents[0]), using: &generator)
        var replaced = 0
        for (place, x) in keys.exponents.enumerated() {
            let e = Natural(UInt64(place) + 2)
            let forged = try keys.secret(group.q.add(x, e)).ringKey
            let own = try keys.secret(x).ringKey
            let index = try #require(ring.members.firstIndex(of: own))
            let forgedRing = try CompanionRing(ring.members.map { $0 == own ? forged : $0 })
            // Only where sorting leaves the others' places alone does the shifted equation hold without the ring in it.
            guard forgedRing.members[index] == forged else { continue }
            replaced += 1
            let transcript = CompanionTranscript(scheme: "aos", ring: ring, context: [], message: [1])
            let chain = AOSSignature<SchnorrGroup>.Chain(transcript, ring)
            var c = signature.challenge
            for i in 0..<index { c = chain.next(after: i, challenge: c, response: signature.responses[i]) }
            var responses = signature.responses
            responses[index] = group.subtract(responses[index], group.multiply(c, group.scalar(reducing: e)))
            // Against the old ring's transcript it would close: the forged key gives the same commitment.
            let old = group.twoBasePowersVariableTime([
                .init(group.generator, signature.responses[index], own.y, c),
                .init(group.generator, responses[index], forged.y, c),
            ])
            #expect(old[0] == old[1])
            let attempt = AOSSignature(group: group, challenge: signature.challenge, responses: responses)
            #expect(throws: CompanionError.ringEquation) { try attempt.verify(message: [1], ring: forgedRing) }
        }
        #expect(replaced > 0)
    }

    @Test("A14: no tag is a member's key to the power of a hash") func tagBase() throws {
        let group = try Self.tiny()
        // The base depends on context and scheme, is never 1, and its logarithm is spread over the group.
        let bases = Set((0..<64).map { LSAGSignature.base(context: [$0], in: group) })
        #expect(bases.count == 10 && !bases.contains(group.identity))
        let medium = try Self.medium()
        #expect(
            LSAGSignature.base(context: [], in: medium) != FranklinZhangSignature.base(context: [], in: medium))
    }
}
