import ModularArithmetic
import Support
import Testing

@_spi(Hazmat) @testable import RingSignatures

@Suite("Fujisaki-Suzuki traceable ring signatures") struct FujisakiSuzukiTests {
    @Test("tiny Schnorr group: whoever signs twice is named, whatever the ring") func tinyGroup() throws {
        let group = try CompanionTests.tiny()
        let all = CompanionKeys(group: group, exponents: (1...10).map { Natural($0) })
        var generator = SeededGenerator(seed: 1)
        var traced = 0
        for count in 2...10 {
            let keys = CompanionKeys(group: group, exponents: Array(all.exponents[..<count]))
            let ring = try keys.ring()
            for x in keys.exponents {
                let key = try keys.secret(x)
                var signed: [(message: [UInt8], signature: FujisakiSuzukiSignature<SchnorrGroup>)] = []
                for message: UInt8 in 0..<4 {
                    // One slope in eleven is 1; one pair of origins in ten is the same, and nothing can be traced then.
                    guard
                        let signature = try? ring.signFujisakiSuzuki(
                            message: [message], issue: [1], with: key, using: &generator)
                    else { continue }
                    signed.append(([message], signature))
                }
                for (index, one) in signed.enumerated() {
                    for other in signed[index...] {
                        let trace = try one.signature.trace(
                            message: one.message, against: other.signature, message: other.message, issue: [1],
                            ring: ring)
                        let origins = [one, other].map {
                            FujisakiSuzukiSignature.origin(message: $0.message, issue: [1], ring: ring)
                        }
                        #expect(trace == (origins[0] == origins[1] ? .linked : .doubleSigner(key.ringKey)))
                        traced += 1
                    }
                }
            }
        }
        #expect(traced > 300)
    }

    @Test("256/128-bit Schnorr group: all three outcomes") func medium() throws { try traces(CompanionTests.medium()) }
    @Test("secp256k1: all three outcomes") func secp256k1() throws { try traces(EllipticCurve.secp256k1) }
    @Test("P-256: all three outcomes") func p256() throws { try traces(EllipticCurve.p256) }

    private func traces<G: PrimeOrderGroup>(_ group: G) throws {
        let keys = CompanionKeys.spread(3, in: group)
        let ring = try keys.ring()
        let issue: [UInt8] = Array("ballot 1".utf8)
        var generator = SeededGenerator(seed: 2)
        func sign(_ x: Natural, _ message: [UInt8], _ issue: [UInt8]) throws -> FujisakiSuzukiSignature<G> {
            try ring.signFujisakiSuzuki(message: message, issue: issue, with: keys.secret(x), using: &generator)
        }
        let yes = try keys.exponents.map { try sign($0, [1], issue) }
        let yesAgain = try keys.exponents.map { try sign($0, [1], issue) }
        let no = try keys.exponents.map { try sign($0, [2], issue) }
        for one in keys.exponents.indices {
            for other in keys.exponents.indices {
                let same = one == other
                let key = try keys.secret(keys.exponents[one]).ringKey
                #expect(
                    try yes[one].trace(message: [1], against: no[other], message: [2], issue: issue, ring: ring)
                        == (same ? .doubleSigner(key) : .independent))
                #expect(
                    try yes[one].trace(message: [1], against: yesAgain[other], message: [1], issue: issue, ring: ring)
                        == (same ? .linked : .independent))
            }
        }

        // Nothing is traced that does not verify, on either side.
        let elsewhere = try sign(keys.exponents[0], [2], [9])
        try elsewhere.verify(message: [2], issue: [9], ring: ring)
        let smaller = try CompanionRing(Array(ring.members.dropLast()))
        #expect(throws: CompanionError.ringEquation) {
            try yes[0].trace(message: [1], against: elsewhere, message: [2], issue: issue, ring: ring)
        }
        #expect(throws: CompanionError.ringEquation) {
            try elsewhere.trace(message: [2], against: yes[0], message: [1], issue: issue, ring: ring)
        }
        #expect(throws: CompanionError.ringEquation) {
            try yes[0].trace(message: [2], against: no[0], message: [1], issue: issue, ring: ring)
        }
        #expect(throws: CompanionError.memberCountMismatch(signature: 3, ring: 2)) {
            try yes[0].trace(message: [1], against: no[0], message: [2], issue: issue, ring: smaller)
        }

        // A slope chosen so that two lines meet at a victim names it to whoever does not verify, and to nobody else.
        let victim = (try ring.place(of: keys.secret(keys.exponents[0])) + 1) % 3
        let origins = [[1], [2]].map { FujisakiSuzukiSignature.origin(message: $0, issue: issue, ring: ring) }
        let point = group.line(from: origins[0], slope: yes[0].slope, count: 3)[victim]
        let inverse = group.smallInversesVariableTime(upTo: 3)[victim + 1]
        let slope = group.powersVariableTime([(group.multiply(point, group.invert(origins[1])), inverse)])[0]
        #expect(group.line(from: origins[1], slope: slope, count: 3)[victim] == point)
        let framing = FujisakiSuzukiSignature(
            group: group, slope: slope, challenges: no[0].challenges, responses: no[0].responses)
        #expect(throws: CompanionError.ringEquation) {
            try yes[0].trace(message: [1], against: framing, message: [2], issue: issue, ring: ring)
        }

        // The tags are a line through the origin, with h^x at the signer's place: leaked keys name the signer.
        let base = FujisakiSuzukiSignature.base(issue: issue, ring: ring)
        for (x, signature) in zip(keys.exponents, yes) {
            let key = try keys.secret(x)
            let tags = group.line(from: origins[0], slope: signature.slope, count: 3)
            #expect(tags.firstIndex(of: group.power(base, key.x)) == (try ring.place(of: key)))
            for (place, tag) in tags.enumerated() {
                let index = group.scalar(reducing: Natural(UInt64(place + 1)))
                #expect(tag == group.multiply(origins[0], group.powersVariableTime([(signature.slope, index)])[0]))
            }
        }
    }

    @Test("the base depends on issue and ring, the origin on the message as well, and they never agree")
    func bases() throws {
        let group = try CompanionTests.medium()
        let keys = CompanionKeys.spread(3, in: group)
        let (ring, smaller) = (try keys.ring(), try CompanionRing(Array(keys.ring().members.dropLast())))
        typealias Signature = FujisakiSuzukiSignature<SchnorrGroup>
        let elements = [
            Signature.base(issue: [1], ring: ring), Signature.base(issue: [2], ring: ring),
            Signature.base(issue: [1], ring: smaller), Signature.origin(message: [], issue: [1], ring: ring),
            Signature.origin(message: [1], issue: [1], ring: ring),
            Signature.origin(message: [1], issue: [2], ring: ring),
            Signature.origin(message: [1], issue: [], ring: ring),
            Signature.origin(message: [1], issue: [1], ring: smaller),
        ]
        #expect(Set(elements).count == elements.count && !elements.contains(group.identity))
    }
}
