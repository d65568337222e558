import ByteCoding
import Hashing
import ModularArithmetic
import Support
import Testing

@testable import RingSignatures

/// What the group-parameters vectors leave open: other sizes, every generator of a tiny group, and the names of faults.
@Suite("FIPS 186-4 parameters") struct FIPSParameterTests {
    @Test("each approved hash is the function of its name, as wide as its digest")
    func hashes() {
        let message = Array("ringwork".utf8)
        for hash in ApprovedHash.allCases {
            #expect(hash.hash(message).count * 8 == hash.bitWidth)
            #expect(hash.number(message) == Natural(bigEndianBytes: hash.hash(message)))
            #expect(
                hash.hash(message) == OpenSSLDigest(rawValue: hash.rawValue)?.hash(message)
                    ?? SHA256.hash(message).bytes)
        }
        #expect(Set(ApprovedHash.allCases.map { $0.hash(message) }).count == 5)
    }

    @Test(
        "what is generated is validated, with every hash; another counter or hash is not",
        arguments: ApprovedHash.allCases)
    func roundTrip(_ hash: ApprovedHash) throws {
        var checked = 0
        for byte in UInt8.min...UInt8.max {
            let seed = [UInt8](repeating: byte, count: 20)
            guard let made = try? FIPSPrimes.generate(elementBits: 96, scalarBits: 64, seed: seed, hash: hash) else {
                continue
            }
            checked += 1
            try made.validate(seed: seed, hash: hash)
            let (p, q, counter) = (made.p, made.q, made.counter)
            #expect(throws: ParameterFault.counterMismatch(expected: counter)) {
                try FIPSPrimes(p: p, q: q, counter: counter + 1).validate(seed: seed, hash: hash)
            }
            #expect(throws: counter > 0 ? ParameterFault.pMismatch : .counterOutOfRange(-1)) {
                try FIPSPrimes(p: p, q: q, counter: counter - 1).validate(seed: seed, hash: hash)
            }
            #expect(throws: ParameterFault.qMismatch) {
                try made.validate(seed: seed, hash: hash == .sha512 ? .sha1 : .sha512)
            }
            // The group is the one that the two procedures give together, and it keeps every rule.
            let group = try GroupGeneration.fips186(
                elementBits: 96, scalarBits: 64, seed: seed, index: byte, hash: hash)
            #expect((group.p, group.q, group.counter) == (p, q, counter))
            try FIPSGenerator.validate(group.g, p: p, q: q, seed: seed, index: byte, hash: hash)
            #expect(SchnorrGroup.brokenRules(p: p, q: q, g: group.g, t: nil) == [])
        }
        #expect(checked > 3)
    }

    @Test("the progress counts the candidates up to the one that is taken")
    func progress() throws {
        let seed = Array("ringwork".utf8)
        var seen: [Int] = []
        let made = try GroupGeneration.ringwork1(elementBits: 96, scalarBits: 64, seed: seed) { seen.append($0) }
        #expect(seen == Array(0...made.counter))
        for byte in UInt8.min...UInt8.max {
            var seen: [Int] = []
            let primes = try? FIPSPrimes.generate(
                elementBits: 96, scalarBits: 64, seed: seed + [byte], progress: { seen.append($0) })
            guard let primes else { continue }
            #expect(seen == Array(0...primes.counter))
            return
        }
        Issue.record("no seed of 256 gives primes")
    }

    @Test("p = 23, q = 11: every h and every g")
    func exhaustive() throws {
        let (p, q): (Natural, Natural) = (23, 11)
        let squares: Set<Natural> = Set((2...21).map { Natural($0 * $0 % 23) })
        for n in UInt64(0)...50 {
            let value = Natural(n)
            if (2...21).contains(n), squares.contains(value) {
                try FIPSGenerator.validatePartially(value, p: p, q: q)
            } else {
                #expect(throws: (2...21).contains(n) ? ParameterFault.gHasOtherOrder : .outOfRange) {
                    try FIPSGenerator.validatePartially(value, p: p, q: q)
                }
            }
            if (2...21).contains(n) {
                #expect(try FIPSGenerator.unverifiable(p: p, q: q, h: value) == Natural(n * n % 23))
            } else {
                #expect(throws: ParameterFault.outOfRange) {
                    try FIPSGenerator.unverifiable(p: p, q: q, h: value)
                }
            }
            // The verifiable generator is among the squares, and only it is accepted.
            let made = try FIPSGenerator.verifiable(p: p, q: q, seed: [1], index: UInt8(n))
            #expect(squares.contains(made))
            for g in squares {
                let accepted = (try? FIPSGenerator.validate(g, p: p, q: q, seed: [1], index: UInt8(n))) != nil
                #expect(accepted == (g == made))
            }
        }
    }

    @Test("numbers that are no p and q are refused, and a q that leaves no generator ends")
    func misuse() {
        let pairs: [(Natural, Natural)] = [(23, 7), (23, 0), (23, 1), (23, 2), (0, 11), (1, 11), (3, 1)]
        for (p, q) in pairs + [((Natural(1) << 16_384) + 1, 4)] {
            let refused = ParameterFault.qDoesNotDividePMinusOne
            #expect(throws: refused) { try FIPSGenerator.unverifiable(p: p, q: q, h: 2) }
            #expect(throws: refused) { try FIPSGenerator.validatePartially(2, p: p, q: q) }
            #expect(throws: refused) { try FIPSGenerator.verifiable(p: p, q: q, seed: [], index: 0) }
        }
        // 25 is not prime: 10⁴ = 0 modulo 25.
        #expect(throws: ParameterFault.noGenerator) { try FIPSGenerator.unverifiable(p: 25, q: 6, h: 10) }
        #expect(throws: ParameterFault.generation(.seedTooLong(bytes: 1025, limit: 1024))) {
            try FIPSGenerator.verifiable(p: 23, q: 11, seed: .init(repeating: 0, count: 1025), index: 0)
        }
        #expect(throws: ParameterFault.generation(.unsupportedSizes(elementBits: 0, scalarBits: 0))) {
            try FIPSPrimes(p: 0, q: 0, counter: 0).validate(seed: [])
        }
        #expect(throws: GroupGenerationError.unsupportedSizes(elementBits: 1024, scalarBits: 161)) {
            try FIPSPrimes.generate(
                elementBits: 1024, scalarBits: 161, seed: .init(repeating: 0, count: 99), hash: .sha1)
        }
        #expect(
            FIPSPrimes.approvedSizes.map { "\($0)" } == ["(1024, 160)", "(2048, 224)", "(2048, 256)", "(3072, 256)"])
    }

    @Test("ringwork-1 with a cofactor: q = 2tu + 1, found again from p, q and t alone")
    func cofactor() throws {
        for u: UInt16 in [1, 2, 3, 6, 1000, .max] {
            let made = try GroupGeneration.ringwork1(elementBits: 96, scalarBits: 64, seed: [7], tCofactor: u)
            let t = try #require(made.t)
            #expect(t * Natural(UInt64(u)) * 2 + 1 == made.q)
            #expect((made.p.bitWidth, made.q.bitWidth) == (96, 64))
            #expect(SchnorrGroup.brokenRules(p: made.p, q: made.q, g: made.g, t: t) == [])
            let provenance = GroupProvenance(procedure: .ringwork1, seed: [7], counter: made.counter, index: 1)
            try provenance.check(SchnorrGroup(validating: made.p, q: made.q, g: made.g, t: t))
            try provenance.check(p: made.p, q: made.q, g: made.g, t: t)
        }
        for (n, u) in [(64, 0), (8, 4), (21, UInt16.max)] {
            #expect(throws: GroupGenerationError.unsupportedSizes(elementBits: 96, scalarBits: n)) {
                try GroupGeneration.ringwork1(elementBits: 96, scalarBits: n, seed: [7], tCofactor: UInt16(u))
            }
        }
    }

    @Test("every fault has a word and a sentence of its own")
    func words() {
        let generation: [GroupGenerationError] = [
            .unsupportedSizes(elementBits: 1, scalarBits: 2), .seedTooShort(bits: 1, needed: 2),
            .seedTooLong(bytes: 1, limit: 2), .seedGivesNoPrime, .tooManyCandidates(limit: 1),
        ]
        let faults: [ParameterFault] =
            generation.map { .generation($0) } + [
                .counterOutOfRange(1), .qDoesNotDividePMinusOne, .qMismatch, .pIsNotPrime, .pMismatch,
                .counterMismatch(expected: 1), .outOfRange, .gHasOtherOrder, .gMismatch, .noGenerator,
            ]
        #expect(Set(faults.map(\.code)).count == faults.count)
        #expect(Set(faults.map(\.description)).count == faults.count)
        #expect(generation.map(\.code) == faults.prefix(5).map(\.code))
        let mismatches: [GroupProvenance.Mismatch] = [
            .sizes(elementBits: 1, scalarBits: 2), .q, .t, .p, .counter(expected: 1), .g,
        ]
        #expect(Set(mismatches.map(\.code)).count == mismatches.count)
        #expect(mismatches.allSatisfy { $0.code.hasPrefix("provenance-") })
        #expect(Set(SchnorrGroupRule.allCases.map(\.code)).count == SchnorrGroupRule.allCases.count)
    }
}
