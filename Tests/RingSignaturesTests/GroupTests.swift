import ByteCoding
import ModularArithmetic
import Support
import Testing

@_spi(Hazmat) @testable import RingSignatures

@Suite("Groups and where they come from") struct GroupTests {
    @Test("every embedded group keeps every rule")
    func embedded() throws {
        #expect(
            EmbeddedGroups.names == [
                "ringwork-3072-256", "ringwork-2048-256", "rfc5114-1024-160", "rfc5114-2048-224", "rfc5114-2048-256",
            ])
        for name in EmbeddedGroups.names {
            let named = try #require(EmbeddedGroups.named(name))
            let group = named.group
            #expect(SchnorrGroup.brokenRules(p: group.p.value, q: group.q.value, g: group.g.value, t: group.t) == [])
            #expect(named.isEmbedded)
            #expect(named.reference == .string(name))
            #expect((named.provenance == nil) == name.hasPrefix("rfc"))
            #expect("\(group.p.bitWidth)-\(group.q.bitWidth)" == name.split(separator: "-", maxSplits: 1)[1])
            #expect(group.isInsecurelySmall == (name == "rfc5114-1024-160"))
            if let t = group.t { #expect(t * 2 + 1 == group.q.value) }
        }
        #expect(EmbeddedGroups.standard.name == "ringwork-3072-256")
        #expect(EmbeddedGroups.named("") == nil)
    }

    @Test("our embedded groups come from their names", arguments: ["ringwork-2048-256", "ringwork-3072-256"])
    func regeneration(_ name: String) throws {
        let named = try #require(EmbeddedGroups.named(name))
        let provenance = try #require(named.provenance)
        #expect(provenance.seed == Array(name.utf8))
        try provenance.check(named.group)
    }

    private static let seed: [UInt8] = [1, 2, 3]

    private static func small(_ index: UInt8 = 1) throws -> (SchnorrGroup, GeneratedGroup) {
        let made = try GroupGeneration.ringwork1(elementBits: 256, scalarBits: 128, seed: seed, index: index)
        return (try SchnorrGroup(validating: made.p, q: made.q, g: made.g, t: made.t), made)
    }

    @Test("each number that does not follow from the provenance is named")
    func mismatches() throws {
        let (group, made) = try Self.small()
        let (p, q, g, t) = (made.p, made.q, made.g, try #require(made.t))
        func provenance(
            _ procedure: GroupProvenance.Procedure = .ringwork1, seed: [UInt8] = Self.seed, counter: Int? = nil,
            index: UInt8 = 1
        ) -> GroupProvenance {
            GroupProvenance(procedure: procedure, seed: seed, counter: counter ?? made.counter, index: index)
        }
        try provenance().check(group)
        typealias Mismatch = GroupProvenance.Mismatch
        #expect(throws: Mismatch.q) { try provenance(seed: [1, 2, 4]).check(group) }
        #expect(throws: Mismatch.counter(expected: made.counter)) {
            try provenance(counter: made.counter + 1).check(group)
        }
        #expect(throws: Mismatch.g) { try provenance(index: 2).check(group) }
        #expect(throws: Mismatch.g) {
            try provenance().check(SchnorrGroup(validating: p, q: q, g: g * g % p, t: t))
        }
        #expect(throws: Mismatch.t) { try provenance().check(SchnorrGroup(validating: p, q: q, g: g, t: nil)) }
        #expect(throws: Mismatch.t) { try provenance().check(SchnorrGroup(validating: p, q: q, g: g, t: 2)) }
        // Another prime p with the same q.
        var other = p + q * 2
        while !other.isProbablePrime() { other = other + q * 2 }
        let h = Natural(2).powerVariableTime((other - 1) / q, modulo: other)
        #expect(throws: Mismatch.p) { try provenance().check(SchnorrGroup(validating: other, q: q, g: h, t: t)) }
        for refused in [
            provenance(.fips186), provenance(.fips186, seed: .init(repeating: 1, count: 16)),
            provenance(seed: .init(repeating: 1, count: 1025)),
            provenance(.fips186, seed: .init(repeating: 1, count: 9000)),
        ] {
            #expect(throws: Mismatch.sizes(elementBits: 256, scalarBits: 128)) { try refused.check(group) }
        }
        #expect(try Self.small(2).1.g != g)
        #expect(try Self.small(2).1.p == p)
    }

    @Test("sizes and seeds outside the procedures are refused")
    func generationErrors() throws {
        typealias Failure = GroupGenerationError
        let sizes = [(64, 7), (64, 63), (16_385, 256), (16_384, 16_000), (16_384, 4097), (0, 0), (8, -1), (1024, .max)]
        for (l, n) in sizes {
            #expect(throws: Failure.unsupportedSizes(elementBits: l, scalarBits: n)) {
                try GroupGeneration.ringwork1(elementBits: l, scalarBits: n, seed: [])
            }
        }
        for (l, n) in sizes + [(2048, 257)] {  // 256 bits are what one SHA-256 gives.
            #expect(throws: Failure.unsupportedSizes(elementBits: l, scalarBits: n)) {
                try GroupGeneration.fips186(elementBits: l, scalarBits: n, seed: [])
            }
        }
        #expect(throws: Failure.seedTooShort(bits: 8, needed: 16)) {
            try GroupGeneration.fips186(elementBits: 64, scalarBits: 16, seed: [1])
        }
        let long = [UInt8](repeating: 0, count: 1025)
        #expect(throws: Failure.seedTooLong(bytes: 1025, limit: 1024)) {
            try GroupGeneration.fips186(elementBits: 64, scalarBits: 16, seed: long)
        }
        #expect(throws: Failure.seedTooLong(bytes: 1025, limit: 1024)) {
            try GroupGeneration.ringwork1(elementBits: 64, scalarBits: 16, seed: long)
        }
        var found: Set<String> = []
        for byte in UInt8.min...UInt8.max {
            do {
                let made = try GroupGeneration.fips186(elementBits: 34, scalarBits: 32, seed: [byte, 1, 2, 3])
                #expect(SchnorrGroup.brokenRules(p: made.p, q: made.q, g: made.g, t: nil) == [])
                found.insert("made")
            } catch { found.insert("\(error)") }
            if case .some(let made) = try? GroupGeneration.ringwork1(elementBits: 10, scalarBits: 8, seed: [byte]) {
                #expect(SchnorrGroup.brokenRules(p: made.p, q: made.q, g: made.g, t: made.t) == [])
                #expect((made.p.bitWidth, made.q.bitWidth) == (10, 8))
            }
        }
        #expect(found.contains("\(Failure.seedGivesNoPrime)"))
        #expect(found.contains("\(Failure.tooManyCandidates(limit: 4 * 34))"))
        #expect(found.count == 3)
    }

    @Test("FIPS 186-4 A.1.1.2 and A.2.3 give NIST's numbers")
    func fips() throws {
        #expect(FIPSSample.all.count == 2)
        for sample in FIPSSample.all {
            let index = try #require(UInt8(sample.index, radix: 16))
            let made = try GroupGeneration.fips186(
                elementBits: sample.elementBits, scalarBits: sample.scalarBits, seed: Hex.decode(sample.seed),
                index: index)
            #expect(made.p.hex == sample.p)
            #expect(made.q.hex == sample.q)
            #expect(made.g.hex == sample.g)
            #expect(made.t == nil)
        }
        for sample in FIPSSample.counters {
            let made = try GroupGeneration.fips186(
                elementBits: sample.elementBits, scalarBits: sample.scalarBits, seed: Hex.decode(sample.seed))
            #expect(made.counter == sample.counter)
            #expect(made.q.hex == sample.q)
        }
    }
}
