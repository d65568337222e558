import ModularArithmetic
import Support
import Testing

@_spi(Hazmat) @testable import RingSignatures

@Suite("DualRing") struct DualRingTests {
    @Test("verification is one product of n + 1 powers") func oneProduct() throws {
        let group = CountingGroup(try CompanionTests.medium())
        let keys = CompanionKeys.spread(5, in: group)
        let ring = try keys.ring()
        var generator = SeededGenerator(seed: 1)
        for x in keys.exponents {
            let key = try keys.secret(x)
            var bytes: [UInt8] = []
            let signing = try group.counts {
                bytes = try ring.signDualRing(message: [], with: key, using: &generator).encoded()
            }
            let verifying = try group.counts {
                try DualRingSignature(decoding: bytes, for: ring).verify(message: [], ring: ring)
            }
            #expect(signing.multiPowers == 1 && signing.multiPowerTerms == 4 && signing.secretPowers == 1)
            #expect(verifying.multiPowers == 1 && verifying.multiPowerTerms == 6 && verifying.exponentiations == 6)
        }
    }

    /// DualRing with a tag equation beside it, as it must not be built.
    private func naiveChallenge<G: PrimeOrderGroup>(
        _ ring: CompanionRing<G>, _ h: G.Element, _ tag: G.Element, _ commitments: [G.Element]
    ) -> Scalar {
        CompanionTranscript(scheme: "naive linkable dualring", ring: ring, context: [], message: [])
            .challenge([h, tag] + commitments)
    }

    @Test("A19: with a second equation for a tag, the holder of two keys gets any tag") func linkable() throws {
        let group = try CompanionTests.medium()
        let keys = CompanionKeys.spread(4, in: group)
        let ring = try keys.ring()
        let h = LSAGSignature.base(context: [], in: group)
        var generator = SeededGenerator(seed: 2)
        func random() -> Scalar { group.publish(group.order.secretRandom(using: &generator)) }
        let held = try keys.exponents[..<2].map { x in
            (place: try ring.place(of: keys.secret(x)), x: group.scalar(reducing: x))
        }
        let honest = try keys.exponents.map { try group.power(h, keys.secret($0).x) }
        var tags: Set<SubgroupMember> = []
        for _ in 0..<5 {
            // τ = h^a for an a of the forger's choice.
            let (a, r1, r2) = (random(), random(), random())
            let tag = group.powersVariableTime([(h, a)])[0]
            var challenges = ring.members.map { _ in random() }
            for (place, _) in held { challenges[place] = group.scalar(reducing: 0) }
            let fixed = group.sum(challenges)
            let product = group.multiPowerVariableTime(
                [(group.generator, r1)] + zip(ring.elements, challenges).map { ($0, $1) })
            let c = naiveChallenge(ring, h, tag, [product, group.powersVariableTime([(h, r2)])[0]])
            // z + a·c = r₂,  z + x₁c₁ + x₂c₂ = r₁,  c₁ + c₂ = c − the others.
            let z = group.subtract(r2, group.multiply(a, c))
            let rest = group.subtract(c, fixed)
            let slope = try #require(group.invertVariableTime(group.subtract(held[0].x, held[1].x)))
            let left = group.subtract(group.subtract(r1, z), group.multiply(held[1].x, rest))
            challenges[held[0].place] = group.multiply(left, slope)
            challenges[held[1].place] = group.subtract(rest, challenges[held[0].place])
            // What such a verifier would check.
            let first = group.multiPowerVariableTime(
                [(group.generator, z)] + zip(ring.elements, challenges).map { ($0, $1) })
            let second = group.multiPowerVariableTime([(h, z), (tag, group.sum(challenges))])
            #expect(group.sum(challenges) == naiveChallenge(ring, h, tag, [first, second]))
            #expect(!honest.contains(tag))
            tags.insert(tag)
        }
        #expect(tags.count == 5)
    }
}
