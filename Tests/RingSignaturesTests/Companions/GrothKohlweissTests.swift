import ModularArithmetic
import Support
import Testing

@_spi(Hazmat) @testable import RingSignatures

@Suite("Groth-Kohlweiss ring signatures with Triptych's tag") struct GrothKohlweissTests {
    private func size<G: PrimeOrderGroup>(_ m: Int, _ group: G) -> Int {
        (3 * m - 1) * group.elementByteCount + (3 * m + 2) * group.scalarByteCount
    }

    @Test("tiny Schnorr group: every signer of 2, 4 and 8") func tinyGroup() throws {
        let group = try CompanionTests.tiny()
        var generator = SeededGenerator(seed: 1)
        var made = 0
        for m in 1...3 {
            let keys = CompanionKeys(group: group, exponents: (1...1 << m).map { Natural(UInt64($0)) })
            let ring = try keys.ring()
            for x in keys.exponents {
                let key = try keys.secret(x)
                for message: UInt8 in 0..<4 {
                    let signature = try ring.signGrothKohlweiss(message: [message], with: key, using: &generator)
                    try signature.verify(message: [message], ring: ring)
                    made += 1
                    // In such a small group some commitment is often 1 at first: signing draws again.
                    #expect(try GrothKohlweissSignature(decoding: signature.encoded(), for: ring) == signature)
                }
            }
        }
        #expect(made == 56)
    }

    @Test("a group of order 5: all bit nonces of both signers") func exhaustive() throws {
        let group = try SchnorrGroup(validating: 11, q: 5, g: 4, t: nil)
        let keys = CompanionKeys(group: group, exponents: [2, 3])
        let ring = try keys.ring()
        for x in keys.exponents {
            let key = try keys.secret(x)
            var refused = 0
            for number: UInt64 in 0..<625 {
                let digits = [number % 5, number / 5 % 5, number / 25 % 5, number / 125].map { Natural($0) }
                let given = GivenCompanionRandomness(
                    order: group.order,
                    ["a": [digits[0]], "r": [digits[1]], "s": [digits[2]], "t": [4], "rho": [digits[3]]])
                let made = Result { () throws(CompanionError) in
                    try ring.signGrothKohlweiss(message: [], with: key, randomness: given)
                }
                if case .failure(let error) = made {
                    #expect(error == .elementNotInGroup(index: 0))
                    refused += 1
                    continue
                }
                let signature = try made.get()
                try signature.verify(message: [], ring: ring)
                #expect(try GrothKohlweissSignature(decoding: signature.encoded(), for: ring) == signature)
            }
            // L₀ = h^ℓ·g^r is 1 for one r of five.
            #expect(refused == 125)
        }
    }

    @Test("256/128-bit Schnorr group") func medium() throws {
        for m in 1...3 { try exercise(CompanionTests.medium(), m) }
    }
    @Test("secp256k1") func secp256k1() throws { try exercise(EllipticCurve.secp256k1, 2) }
    @Test("P-256") func p256() throws { try exercise(EllipticCurve.p256, 2) }

    private func exercise<G: PrimeOrderGroup>(_ group: G, _ m: Int) throws {
        typealias Signature = GrothKohlweissSignature<G>
        let n = 1 << m
        let keys = CompanionKeys.spread(n, in: group)
        let ring = try keys.ring()
        let stranger = CompanionKeys.spread(1, in: group, seed: 8)
        let outsider = try stranger.secret(stranger.exponents[0])
        let otherRing = try CompanionRing(ring.members.dropLast() + [outsider.ringKey])
        let (message, context): ([UInt8], [UInt8]) = ([1, 2], [3])
        var generator = SeededGenerator(seed: 2)
        func verify(_ bytes: [UInt8]) throws {
            try Signature(decoding: bytes, for: ring).verify(message: message, context: context, ring: ring)
        }
        var tags: Set<G.Element> = []
        let base = Signature.base(context: context, in: group)
        for x in keys.exponents {
            let key = try keys.secret(x)
            let one = try ring.signGrothKohlweiss(message: message, with: key, context: context, using: &generator)
            let again = try ring.signGrothKohlweiss(message: [9], with: key, context: context, using: &generator)
            let elsewhere = try ring.signGrothKohlweiss(message: message, with: key, using: &generator)
            try verify(one.encoded())
            #expect(one.encoded().count == size(m, group))
            #expect(try Signature(decoding: one.encoded(), for: ring) == one)
            #expect(one.isLinked(to: again) && !one.isLinked(to: elsewhere))
            #expect(group.power(one.linkingTag, key.x) == base)
            tags.formUnion([one.linkingTag, elsewhere.linkingTag])
        }
        #expect(tags.count == 2 * n)

        let signature = try ring.signGrothKohlweiss(
            message: message, with: keys.secret(keys.exponents[0]), context: context, using: &generator)
        let bytes = signature.encoded()
        for (message, context, ring): ([UInt8], [UInt8], CompanionRing<G>) in [
            (context, message, ring), (message + [0], context, ring), (message, [], ring),
            (message, context, otherRing),
        ] {
            #expect(throws: CompanionError.ringEquation) {
                try signature.verify(message: message, context: context, ring: ring)
            }
        }
        #expect(throws: CompanionError.signerNotInRing) {
            try ring.signGrothKohlweiss(message: message, with: outsider, using: &generator)
        }
        for wrong in [[], Array(bytes.dropLast()), bytes + [0], bytes + bytes] {
            #expect(throws: CompanionError.wrongLength(bytes: wrong.count, expected: bytes.count)) { try verify(wrong) }
        }
        // Every field with its last bit changed; every element 1, and another one; every scalar at q.
        let (wide, narrow) = (group.elementByteCount, group.scalarByteCount)
        for place in 0..<3 * m - 1 {
            let refusal = place == 0 ? CompanionError.tagNotInGroup : .elementNotInGroup(index: place - 1)
            var changed = bytes
            changed[(place + 1) * wide - 1] ^= 1
            #expect(throws: CompanionError.self) { try verify(changed) }
            changed.replaceSubrange(place * wide..<(place + 1) * wide, with: group.encode(group.identity))
            #expect(throws: refusal) { try verify(changed) }
            changed.replaceSubrange(place * wide..<(place + 1) * wide, with: group.encode(group.generator))
            #expect(throws: CompanionError.ringEquation) { try verify(changed) }
        }
        for place in 0..<3 * m + 2 {
            let start = (3 * m - 1) * wide + place * narrow
            let value = Natural(bigEndianBytes: bytes[start..<start + narrow])
            for (change, isRange) in [
                ((value + 1) % group.order.value, false), ((value + group.order.value - 1) % group.order.value, false),
                (group.order.value, true), (value + group.order.value, true),
            ] where change.byteWidth <= narrow {
                var changed = bytes
                changed.replaceSubrange(start..<start + narrow, with: change.bigEndianBytes(count: narrow))
                let range: CompanionError =
                    place == 0 ? .challengeOutOfRange(index: 0) : .responseOutOfRange(index: place - 1)
                #expect(throws: isRange ? range : .ringEquation) { try verify(changed) }
            }
        }
        // Somebody else's tag, and the tags of the places exchanged.
        for tag in tags where tag != signature.linkingTag {
            #expect(throws: CompanionError.ringEquation) { try verify(group.encode(tag) + bytes.dropFirst(wide)) }
        }
        // Equations whose challenge is of another ring size.
        let more = try CompanionRing(
            ring.members + CompanionKeys.spread(n, in: group, seed: 21).ring().members)
        #expect(throws: CompanionError.memberCountMismatch(signature: n, ring: 2 * n)) {
            try signature.verify(message: message, context: context, ring: more)
        }
        #expect(throws: CompanionError.wrongLength(bytes: bytes.count, expected: size(m + 1, group))) {
            try Signature(decoding: bytes, for: more)
        }
    }

    @Test("rings that are not a power of two are refused", arguments: [3, 5, 6, 7]) func ringSize(_ n: Int) throws {
        let keys = CompanionKeys(group: try CompanionTests.tiny(), exponents: (1...n).map { Natural(UInt64($0)) })
        let ring = try keys.ring()
        var generator = SeededGenerator(seed: 3)
        let refusal = CompanionError.parameterOutOfRange(name: "ring size")
        #expect(throws: refusal) {
            try ring.signGrothKohlweiss(message: [], with: keys.secret(1), using: &generator)
        }
        #expect(throws: refusal) { try GrothKohlweissSignature(decoding: [], for: ring) }
        let pair = CompanionKeys(group: keys.group, exponents: [1, 2])
        let signature = try pair.ring().signGrothKohlweiss(message: [], with: pair.secret(1), using: &generator)
        #expect(throws: CompanionError.memberCountMismatch(signature: 2, ring: n)) {
            try signature.verify(message: [], ring: ring)
        }
    }

    @Test("masked computation agrees with the printed equations; the printed verification holds", arguments: [1, 2, 3])
    func printedEquations(_ m: Int) throws {
        let group = try CompanionTests.medium()
        let (q, g, n) = (group.order, group.generator, 1 << m)
        let keys = CompanionKeys.spread(n, in: group)
        let ring = try keys.ring()
        let (h, base) = (
            GrothKohlweissSignature.commitmentBase(in: group), GrothKohlweissSignature.base(context: [], in: group)
        )
        var generator = SeededGenerator(seed: 4)
        func power(_ base: SubgroupMember, _ exponent: Scalar) -> SubgroupMember {
            group.powersVariableTime([(base, exponent)])[0]
        }
        let (zero, one) = (group.scalar(reducing: 0), group.scalar(reducing: 1))
        for x in keys.exponents {
            let key = try keys.secret(x)
            let place = try ring.place(of: key)
            let values = Dictionary(
                uniqueKeysWithValues: ["a", "r", "s", "t", "rho"].map { name in
                    (name, (0..<m).map { _ in q.secretRandom(using: &generator).declassified() })
                })
            let signature = try ring.signGrothKohlweiss(
                message: [], with: key, randomness: GivenCompanionRandomness(order: q, values))
            try signature.verify(message: [], ring: ring)
            func list(_ name: String) throws -> [Scalar] {
                try #require(values[name]).map { group.scalar(reducing: $0) }
            }
            let (a, r, s, t, rho) = (try list("a"), try list("r"), try list("s"), try list("t"), try list("rho"))
            let bits = (0..<m).map { place >> $0 & 1 == 1 ? one : zero }
            // pᵢ by schoolbook products.
            let polynomials = (0..<n).map { i in
                (0..<m).reduce([one]) { p, j in
                    let isSet = i >> j & 1 == 1
                    let top = isSet ? bits[j] : group.subtract(one, bits[j])
                    let bottom = isSet ? a[j] : group.subtract(zero, a[j])
                    return (0...p.count).map { k in
                        group.add(
                            k > 0 ? group.multiply(p[k - 1], top) : zero,
                            k < p.count ? group.multiply(p[k], bottom) : zero)
                    }
                }
            }
            for i in 0..<n { #expect(polynomials[i][m] == (i == place ? one : zero)) }
            let l = (0..<m).map { group.multiply(power(h, bits[$0]), power(g, r[$0])) }
            let ca = (0..<m).map { group.multiply(power(h, a[$0]), power(g, s[$0])) }
            let cb = (0..<m).map { group.multiply(power(h, group.multiply(bits[$0], a[$0])), power(g, t[$0])) }
            let d = (0..<m).map { k in
                (0..<n).reduce(power(g, rho[k])) { group.multiply($0, power(ring.members[$1].y, polynomials[$1][k])) }
            }
            let y = rho.map { power(signature.linkingTag, $0) }
            #expect(signature.bitCommitments == l)
            #expect(signature.ringCommitments == Array(d.dropFirst()))
            #expect(signature.tagCommitments == Array(y.dropFirst()))
            let transcript = CompanionTranscript(scheme: "groth-kohlweiss", ring: ring, context: [], message: [])
            let xi = transcript.challenge([h, base, signature.linkingTag] + l + ca + cb + d + y)
            #expect(signature.challenge == xi)
            // The papers' verification, with all commitments.
            for j in 0..<m {
                let f = signature.bitResponses[j]
                let bitSides = (
                    group.multiply(power(l[j], xi), ca[j]),
                    group.multiply(power(h, f), power(g, signature.bitOpenings[j]))
                )
                #expect(bitSides.0 == bitSides.1)
                let productSide = group.multiply(power(l[j], group.subtract(xi, f)), cb[j])
                #expect(productSide == power(g, signature.productOpenings[j]))
            }
            let powers = (0..<m).reduce(into: [one]) { list, k in list.append(group.multiply(list[k], xi)) }
            func without(_ terms: [SubgroupMember]) -> SubgroupMember {
                group.invert(
                    (0..<m).reduce(group.identity) { group.multiply($0, power(terms[$1], powers[$1])) })
            }
            let left = (0..<n).reduce(without(d)) { product, i in
                let exponent = (0..<m).reduce(one) { value, j in
                    let f = signature.bitResponses[j]
                    return group.multiply(value, i >> j & 1 == 1 ? f : group.subtract(xi, f))
                }
                return group.multiply(product, power(ring.members[i].y, exponent))
            }
            #expect(left == power(g, signature.keyResponse))
            let tagSide = group.multiply(power(base, powers[m]), without(y))
            #expect(tagSide == power(signature.linkingTag, signature.keyResponse))
        }
    }

    @Test("h, U and g are different bases") func bases() throws {
        // Who knew log_g h could open any bit: the base is hashed, apart from the tag's, and from every other scheme's.
        let group = try CompanionTests.medium()
        let bases = [
            GrothKohlweissSignature.commitmentBase(in: group), GrothKohlweissSignature.base(context: [], in: group),
            GrothKohlweissSignature.base(context: [1], in: group), LSAGSignature.base(context: [], in: group),
            group.generator, group.identity,
        ]
        #expect(Set(bases).count == bases.count)
    }

    @Test("A15: elements times −1 are refused, each with its place") func negated() throws {
        let group = try CompanionTests.medium()
        let keys = CompanionKeys.spread(4, in: group)
        let ring = try keys.ring()
        var generator = SeededGenerator(seed: 5)
        let bytes = try ring.signGrothKohlweiss(
            message: [], with: keys.secret(keys.exponents[0]), using: &generator
        ).encoded()
        let width = group.elementByteCount
        for place in 0..<5 {
            let range = place * width..<(place + 1) * width
            var changed = bytes
            let negated = group.p.value - Natural(bigEndianBytes: bytes[range])
            changed.replaceSubrange(range, with: negated.bigEndianBytes(count: width))
            #expect(throws: place == 0 ? CompanionError.tagNotInGroup : .elementNotInGroup(index: place - 1)) {
                try GrothKohlweissSignature(decoding: changed, for: ring)
            }
        }
    }

    @Test("the counts, and they are the same for every signer", arguments: [1, 2, 3]) func counts(_ m: Int) throws {
        let group = CountingGroup(try CompanionTests.medium())
        let n = 1 << m
        let keys = CompanionKeys.spread(n, in: group)
        let ring = try keys.ring()
        var generator = SeededGenerator(seed: 6)
        var seen: Set<GroupOperationCounts> = []
        for x in keys.exponents {
            let key = try keys.secret(x)
            var bytes: [UInt8] = []
            let signing = try group.counts {
                bytes = try ring.signGrothKohlweiss(message: [], with: key, using: &generator).encoded()
            }
            let verifying = try group.counts {
                try GrothKohlweissSignature(decoding: bytes, for: ring).verify(message: [], ring: ring)
            }
            let expected = (sign: m * (n + 8) + 1, verify: n + 7 * m + 1)
            #expect(signing.secretPowers == expected.sign && signing.exponentiations == expected.sign)
            #expect(verifying.exponentiations == expected.verify && verifying.membershipTests == 3 * m - 1)
            #expect(signing.uniformElements == 2 && verifying.uniformElements == 2)
            seen.formUnion([signing, verifying])
        }
        #expect(seen.count == 2)
    }

    @Test("nonces are hedged, and given ones are checked") func randomness() throws {
        let group = try CompanionTests.medium()
        let keys = CompanionKeys.spread(4, in: group)
        let ring = try keys.ring()
        func sign(_ x: Natural, _ message: [UInt8], seed: UInt64) throws -> GrothKohlweissSignature<SchnorrGroup> {
            var generator = SeededGenerator(seed: seed)
            return try ring.signGrothKohlweiss(message: message, with: keys.secret(x), using: &generator)
        }
        let x = keys.exponents
        #expect(try sign(x[0], [1], seed: 1) == sign(x[0], [1], seed: 1))
        let all = try [
            sign(x[0], [1], seed: 1), sign(x[0], [1], seed: 2), sign(x[0], [2], seed: 1), sign(x[1], [1], seed: 1),
        ]
        var elements: Set<SubgroupMember> = []
        for signature in all {
            elements.formUnion(signature.bitCommitments)
            elements.formUnion(signature.ringCommitments)
            elements.formUnion(signature.tagCommitments)
        }
        #expect(elements.count == 16)
        let names = ["a", "r", "s", "t", "rho"]
        for name in names {
            for wrong: [Natural]? in [nil, [], [1], [1, group.q.value]] {
                var values = Dictionary(uniqueKeysWithValues: names.map { ($0, [Natural(1), Natural(2)]) })
                values[name] = wrong
                #expect(throws: CompanionError.unusableRandomness) {
                    try ring.signGrothKohlweiss(
                        message: [], with: keys.secret(x[0]),
                        randomness: GivenCompanionRandomness(order: group.order, values))
                }
            }
        }
    }

    @Test("the secret inverse modulo a prime") func inverse() throws {
        for q in [try CompanionTests.tiny().order, EllipticCurve.p256.order, EllipticCurve.secp256k1.order] {
            var generator = SeededGenerator(seed: 7)
            let random = q.secretRandom(using: &generator).declassified()
            let values: [Natural] = [1, 2, 3, 5, 10, q.value - 1, q.value - 2, random]
            for value in values {
                let inverse = q.inverseOfPrimeModulus(q.secret(value)).declassified()
                #expect(inverse == q.inverseVariableTime(q.reduce(value)))
            }
            let ofZero = q.inverseOfPrimeModulus(q.secret(0)).declassified()
            #expect(ofZero.isZero)
        }
    }
}
