import ModularArithmetic
import Support
import Testing

@_spi(Hazmat) @testable import RingSignatures

@Suite("CDS threshold ring signatures") struct CDSTests {
    /// The keys of `places`, which count in the list of exponents.
    private func signers<G: PrimeOrderGroup>(_ keys: CompanionKeys<G>, _ places: [Int]) throws -> CDSSigners<G> {
        var signers = CDSSigners<G>()
        for place in places { try signers.add(keys.secret(keys.exponents[place])) }
        return signers
    }

    private func subsets(of count: Int) -> [[Int]] {
        (1..<1 << count).map { bits in (0..<count).filter { bits >> $0 & 1 == 1 } }
    }

    @Test("tiny Schnorr group: every subset of every ring") func tinyGroup() throws {
        let group = try CompanionTests.tiny()
        var generator = SeededGenerator(seed: 1)
        for count in 2...6 {
            let keys = CompanionKeys(group: group, exponents: (1...count).map { Natural(UInt64($0)) })
            let ring = try keys.ring()
            for places in subsets(of: count) {
                let t = places.count
                let signature = try ring.signCDS(
                    message: [1], with: signers(keys, places), threshold: t, using: &generator)
                #expect(signature.encoded().count == 2 * count - t + 1)
                try CDSSignature(decoding: signature.encoded(), threshold: t, for: ring)
                    .verify(message: [1], threshold: t, ring: ring)
            }
        }
    }

    @Test("256/128-bit Schnorr group: every subset, everything refused") func medium() throws {
        try exercise(CompanionTests.medium(), count: 4)
    }
    @Test("secp256k1: every subset, everything refused") func secp256k1() throws {
        try exercise(EllipticCurve.secp256k1, count: 3)
    }
    @Test("P-256: every subset, everything refused") func p256() throws { try exercise(EllipticCurve.p256, count: 3) }

    private func exercise<G: PrimeOrderGroup>(_ group: G, count n: Int) throws {
        let keys = CompanionKeys.spread(n, in: group)
        let ring = try keys.ring()
        let (message, context): ([UInt8], [UInt8]) = ([1, 2], [3])
        let width = group.scalarByteCount
        var generator = SeededGenerator(seed: 2)
        for places in subsets(of: n) {
            let t = places.count
            let signature = try ring.signCDS(
                message: message, with: signers(keys, places.reversed()), threshold: t, context: context,
                using: &generator)
            let bytes = signature.encoded()
            #expect(bytes.count == width * (2 * n - t + 1) && signature.threshold == t)
            let decoded = try CDSSignature(decoding: bytes, threshold: t, for: ring)
            #expect(decoded == signature)
            try decoded.verify(message: message, threshold: t, context: context, ring: ring)
            #expect(throws: CompanionError.ringEquation) {
                try decoded.verify(message: context, threshold: t, context: message, ring: ring)
            }
            // t is what the verifier says, exactly.
            for wrong in (-1...n + 1) where wrong != t {
                let error = CompanionError.parameterOutOfRange(name: "threshold")
                #expect(throws: error) {
                    try signature.verify(message: message, threshold: wrong, context: context, ring: ring)
                }
                let expected = width * (2 * n - wrong + 1)
                #expect(
                    throws: (1...n).contains(wrong) ? .wrongLength(bytes: bytes.count, expected: expected) : error
                ) { try CDSSignature(decoding: bytes, threshold: wrong, for: ring) }
            }
            // A polynomial of a higher degree does not fit: fewer signers cannot pass for more.
            for more in t + 1..<Swift.max(t + 1, n + 1) {
                let shorter = Array(signature.polynomial.prefix(n - more + 1))
                let attempt = CDSSignature(group: group, polynomial: shorter, responses: signature.responses)
                #expect(attempt.threshold == more)
                #expect(throws: CompanionError.ringEquation) {
                    try attempt.verify(message: message, threshold: more, context: context, ring: ring)
                }
            }
            // Nor can more pass for fewer, though the polynomial does: t is in the hash.
            if t > 1 {
                let values = CDSPolynomial(upTo: n, in: group).completed(
                    signature.polynomial + [Scalar](repeating: signature.polynomial[0], count: t),
                    missing: Array(n - t + 1...n))
                let attempt = CDSSignature(
                    group: group, polynomial: Array(values.prefix(n - t + 2)), responses: signature.responses)
                #expect(throws: CompanionError.ringEquation) {
                    try attempt.verify(message: message, threshold: t - 1, context: context, ring: ring)
                }
            }
            for place in 0..<bytes.count / width {
                var changed = bytes
                changed[(place + 1) * width - 1] ^= 1
                #expect(throws: CompanionError.self) {
                    try CDSSignature(decoding: changed, threshold: t, for: ring)
                        .verify(message: message, threshold: t, context: context, ring: ring)
                }
                changed.replaceSubrange(
                    place * width..<(place + 1) * width, with: group.order.value.bigEndianBytes(count: width))
                let values = n - t + 1
                #expect(
                    throws: place < values
                        ? CompanionError.challengeOutOfRange(index: place) : .responseOutOfRange(index: place - values)
                ) { try CDSSignature(decoding: changed, threshold: t, for: ring) }
            }
        }
    }

    @Test("who may sign") func misuse() throws {
        let group = try CompanionTests.medium()
        let keys = CompanionKeys.spread(4, in: group)
        let ring = try CompanionRing(Array(keys.ring().members))
        var generator = SeededGenerator(seed: 3)
        // t − 1 signers, and t + 1.
        for (places, t) in [([0], 2), ([0, 1], 3), ([0, 1, 2], 4), ([0, 1, 2], 2), ([], 1)] {
            #expect(throws: CompanionError.parameterOutOfRange(name: "number of signers")) {
                try ring.signCDS(message: [], with: signers(keys, places), threshold: t, using: &generator)
            }
        }
        for t in [-1, 0, 5, Int.max, Int.min] {
            #expect(throws: CompanionError.parameterOutOfRange(name: "threshold")) {
                try ring.signCDS(message: [], with: signers(keys, [0]), threshold: t, using: &generator)
            }
        }
        var twice = try signers(keys, [0, 1])
        #expect(throws: CompanionError.duplicateKey(index: 2)) { try twice.add(keys.secret(keys.exponents[0])) }
        let tiny = CompanionKeys(group: try CompanionTests.tiny(), exponents: [3, 4])
        #expect(throws: CompanionError.groupMismatch) { try twice.add(tiny.secret(3)) }
        #expect(twice.count == 2)
        let stranger = CompanionKeys.spread(1, in: group, seed: 99)
        try twice.add(stranger.secret(stranger.exponents[0]))
        let three = twice
        #expect(throws: CompanionError.signerNotInRing) {
            try ring.signCDS(message: [], with: three, threshold: 3, using: &generator)
        }
        #expect(throws: CompanionError.groupMismatch) {
            try ring.signCDS(message: [], with: signers(tiny, [0]), threshold: 1, using: &generator)
        }
        for w: [Natural] in [[], [1], [1, group.q.value]] {
            let given = GivenCompanionRandomness(
                order: group.order, ["w": w, "c": [1, 2, 3, 4], "s": [1, 2, 3, 4]])
            #expect(throws: CompanionError.unusableRandomness) {
                try ring.signCDS(message: [], with: signers(keys, [0, 1]), threshold: 2, randomness: given)
            }
        }
    }

    @Test("a group of order 5, two of three: each pair makes every valid signature once") func exhaustive() throws {
        let group = try SchnorrGroup(validating: 11, q: 5, g: 4, t: nil)
        let keys = CompanionKeys(group: group, exponents: [1, 3, 4])
        let ring = try keys.ring()
        func digits(_ number: Int, _ count: Int) -> [Natural] {
            (0..<count).map { place in Natural(UInt64((0..<place).reduce(number) { rest, _ in rest / 5 } % 5)) }
        }
        var valid: Set<CDSSignature<SchnorrGroup>> = []
        for number in 0..<3125 {
            let scalars = try digits(number, 5).map { try group.scalar($0) }
            let candidate = CDSSignature(
                group: group, polynomial: Array(scalars[..<2]), responses: Array(scalars[2...]))
            if (try? candidate.verify(message: [7], threshold: 2, ring: ring)) != nil { valid.insert(candidate) }
        }
        for places in [[0, 1], [0, 2], [1, 2]] {
            var made: Set<CDSSignature<SchnorrGroup>> = []
            for number in 0..<625 {
                let digits = digits(number, 4)
                let values = [
                    "w": Array(digits[..<2]), "c": Array(repeating: digits[2], count: 3),
                    "s": Array(repeating: digits[3], count: 3),
                ]
                made.insert(
                    try ring.signCDS(
                        message: [7], with: signers(keys, places), threshold: 2,
                        randomness: GivenCompanionRandomness(order: group.order, values)))
            }
            #expect(made.count == 625 && made == valid)
        }
    }

    @Test("the polynomial agrees with Horner's rule, and of n + 1 points any can be missing") func polynomial() throws {
        let group = try CompanionTests.medium()
        var generator = SeededGenerator(seed: 4)
        func random() -> Scalar { group.publish(group.order.secretRandom(using: &generator)) }
        for n in [2, 3, 7, 12] {
            let polynomial = CDSPolynomial(upTo: n, in: group)
            for missing in 1...n {
                let coefficients = (0...n - missing).map { _ in random() }
                let values = (0...n).map { x in
                    coefficients.reversed().reduce(group.scalar(reducing: 0)) {
                        group.add(group.multiply($0, group.scalar(reducing: Natural(UInt64(x)))), $1)
                    }
                }
                for _ in 0..<5 {
                    let absent = Array((0...n).shuffled(using: &generator).prefix(missing))
                    let known = values.enumerated().map { absent.contains($0.offset) ? random() : $0.element }
                    #expect(polynomial.completed(known, missing: absent) == values)
                }
            }
        }
    }

    @Test("all members: one challenge for everybody") func everybody() throws {
        let keys = CompanionKeys.spread(3, in: EllipticCurve.secp256k1)
        let ring = try keys.ring()
        var generator = SeededGenerator(seed: 5)
        let signature = try ring.signCDS(
            message: [], with: signers(keys, [0, 1, 2]), threshold: 3, using: &generator)
        #expect(signature.polynomial.count == 1)
        let values = CDSPolynomial(upTo: 3, in: ring.group)
            .completed([Scalar](repeating: signature.polynomial[0], count: 4), missing: [1, 2, 3])
        #expect(Set(values).count == 1)
    }

    @Test("nonces are hedged over all signers: another partner, another nonce") func hedging() throws {
        let keys = CompanionKeys.spread(4, in: try CompanionTests.medium())
        let ring = try keys.ring()
        func sign(_ places: [Int], seed: UInt64 = 1) throws -> CDSSignature<SchnorrGroup> {
            var generator = SeededGenerator(seed: seed)
            return try ring.signCDS(
                message: [1], with: signers(keys, places), threshold: places.count, using: &generator)
        }
        #expect(try sign([0, 1]) == sign([0, 1]))
        let others = try [
            sign([0, 1]), sign([0, 2]), sign([0, 3]), sign([0, 1], seed: 2), sign([0, 1, 2]), sign([0]),
        ]
        for (index, one) in others.enumerated() {
            let scalars = Set(one.polynomial + one.responses)
            for other in others[..<index] { #expect(scalars.isDisjoint(with: other.polynomial + other.responses)) }
        }
    }

    @Test("the counts are those of the table", arguments: [2, 3, 6]) func counts(_ n: Int) throws {
        let group = CountingGroup(try CompanionTests.medium())
        let keys = CompanionKeys.spread(n, in: group)
        let ring = try keys.ring()
        var generator = SeededGenerator(seed: 6)
        for places in subsets(of: n) {
            let t = places.count
            let signers = try signers(keys, places)
            var signature: CDSSignature<CountingGroup<SchnorrGroup>>?
            let signing = try group.counts {
                signature = try ring.signCDS(message: [], with: signers, threshold: t, using: &generator)
            }
            let made = try #require(signature)
            let verifying = try group.counts { try made.verify(message: [], threshold: t, ring: ring) }
            let expected = (sign: 2 * n - t, verify: 2 * n)
            #expect(signing.exponentiations == expected.sign && signing.secretPowers == t)
            #expect(verifying.exponentiations == expected.verify && verifying.secretPowers == 0)
        }
    }
}
