import ByteCoding
import ModularArithmetic
import Support
import Testing

@_spi(Hazmat) @testable import RingSignatures

@Suite("Many companion signatures at once") struct CompanionBatchTests {
    @Test("tiny Schnorr group") func tiny() throws { try exercise(CompanionTests.tiny(), largest: 9) }
    @Test("Schnorr group of 256 and 128 bits") func medium() throws {
        try exercise(CompanionTests.medium(), largest: 6)
    }
    @Test("secp256k1") func secp256k1() throws { try exercise(EllipticCurve.secp256k1, largest: 3) }

    /// Rings of several sizes, good and damaged signatures: what each gets alone, it gets in company.
    private func exercise<G: PrimeOrderGroup>(_ group: G, largest: Int) throws {
        var generator = SeededGenerator(seed: 1)
        var aos: [CompanionClaim<AOSSignature<G>, G>] = []
        var lsag: [CompanionClaim<LSAGSignature<G>, G>] = []
        var franklinZhang: [CompanionClaim<FranklinZhangSignature<G>, G>] = []
        var fujisakiSuzuki: [CompanionClaim<FujisakiSuzukiSignature<G>, G>] = []
        let all = CompanionKeys.spread(largest, in: group)
        for size in 2...largest {
            let keys = CompanionKeys(group: group, exponents: Array(all.exponents[..<size]))
            let ring = try keys.ring()
            let key = try keys.secret(keys.exponents[size / 2])
            let other = try CompanionKeys(group: group, exponents: Array(all.exponents.suffix(size))).ring()
            for (message, context): ([UInt8], [UInt8]) in [([1], []), ([2], [7])] {
                // One slope of Fujisaki and Suzuki's in q is 1, and refused.
                let traceable = try? ring.signFujisakiSuzuki(
                    message: message, issue: context, with: key, using: &generator)
                let signatures = (
                    try ring.signAOS(message: message, with: key, context: context, using: &generator),
                    try ring.signLSAG(message: message, with: key, context: context, using: &generator),
                    try ring.signFranklinZhang(message: message, with: key, context: context, using: &generator)
                )
                for (message, ring) in [(message, ring), ([3], ring), (message, other)] {
                    aos.append(.init(signatures.0, message: message, context: context, ring: ring))
                    lsag.append(.init(signatures.1, message: message, context: context, ring: ring))
                    franklinZhang.append(.init(signatures.2, message: message, context: context, ring: ring))
                    if let traceable {
                        fujisakiSuzuki.append(.init(traceable, message: message, context: context, ring: ring))
                    }
                }
            }
        }
        // A signature for another number of members, in the middle.
        aos.insert(.init(aos[0].signature, message: [1], ring: aos[aos.count - 1].ring), at: 4)
        lsag.insert(.init(lsag[0].signature, message: [1], ring: lsag[lsag.count - 1].ring), at: 4)

        func check<S>(
            _ claims: [CompanionClaim<S, G>], _ batch: ([CompanionClaim<S, G>]) -> [CompanionError?]
        ) {
            let alone = claims.map { batch([$0])[0] }
            #expect(alone.contains(nil) && alone.contains(.ringEquation))
            #expect(batch(claims) == alone)
            BatchPolicy.$current.withValue(BatchPolicy(threads: 2)) { #expect(batch(claims) == alone) }
            #expect(batch([]) == [])
        }
        check(aos) { AOSSignature.verify(each: $0) }
        check(lsag) { LSAGSignature.verify(each: $0) }
        check(franklinZhang) { FranklinZhangSignature.verify(each: $0) }
        check(fujisakiSuzuki) { FujisakiSuzukiSignature.verify(each: $0) }
        #expect(AOSSignature.verify(each: aos)[4] == .memberCountMismatch(signature: 2, ring: aos[4].ring.count))
    }

    @Test("operations are linear in the members: exactly a + b·n", arguments: [5, 20, 61]) func linear(_ n: Int) throws
    {
        let group = CountingGroup(try CompanionTests.medium())
        let keys = CompanionKeys.spread(n, in: group)
        var ring: CompanionRing<CountingGroup<SchnorrGroup>>?
        let claims = try keys.ring().members.map(\.claim)
        let checking = try group.counts {
            ring = try CompanionRing(RingKey.check(claims, in: group).map { try $0.get() })
        }
        #expect(checking.membershipTests == n && checking.twoBaseTerms == n && checking.exponentiations == 2 * n)
        let members = try #require(ring)
        var generator = SeededGenerator(seed: 2)
        let key = try keys.secret(keys.exponents[n / 2])
        for scheme in CompanionScheme<CountingGroup<SchnorrGroup>>.all {
            var bytes: [UInt8] = []
            let signing = try group.counts { bytes = try scheme.sign(members, key, [1], [2], &generator) }
            let verifying = try group.counts { try scheme.verify(bytes, members, [1], [2]) }
            #expect(signing.exponentiations == scheme.signCount(n), "\(scheme.name)")
            #expect(verifying.exponentiations == scheme.verifyCount(n), "\(scheme.name)")
        }
    }
}
