import ByteCoding
import ModularArithmetic
import Support
import Testing

@_spi(Hazmat) @testable import RingSignatures

/// One signature at fixed λ: δ and the two pairs, as numbers below 23.
private struct Output: Hashable {
    let delta, alpha0, beta0, alpha1, beta1: UInt8
}

/// The exhaustive check of the base mode's anonymity: p = 23, q = 11, two members, one λ.
///
/// A signer has 22 values of u, 22·11 of the other's pair and 11 of κ: 58,564 ways to sign. If they are the same set of
/// signatures whoever signs, each once, and nothing else is valid, then a signature says nothing about its signer, whatever
/// the power of who looks at it.
@Suite("Unconditional anonymity of the base mode") struct AnonymityTests {
    private static let ways = 22 * 22 * 11 * 11

    private let group: SchnorrGroup
    private let keys: [SigningKeyBox]
    private let ring: Ring
    private let e: Natural = 4

    init() throws {
        group = try SchnorrGroup(validating: 23, q: 11, g: 2, t: 5)
        var generator = SeededGenerator(seed: 1)
        let group = group
        keys = try [3, 7].map { (x: Natural) in
            var bytes = x.bigEndianBytes(count: 1)
            return SigningKeyBox(
                try SigningKey(canonical: SecretBytes(wiping: &bytes), group: group, using: &generator))
        }
        ring = try Ring(keys.map { $0.key.verificationKey })
    }

    /// The signer's real outputs for every choice of randomness; one in `step` of them.
    private func outputs(signer: Int, step: Int) throws -> Set<Output> {
        let key = try #require(keys.first { $0.key.verificationKey == ring.members[signer] })
        let other = 1 - signer
        var outputs: Set<Output> = []
        for way in stride(from: 0, to: Self.ways, by: step) {
            let (u, rest) = (way % 22 + 1, way / 22)
            let (alpha, beta, kappa) = (rest % 22 + 1, rest / 22 % 11, rest / 242)
            func place(_ value: Int) -> [Natural] { (0..<2).map { Natural(UInt64($0 == other ? value : 1)) } }
            let fields = try ring.signClaimably(
                message: [1], with: key.key,
                randomness: GivenSigningRandomness(
                    group: group, e: e, kappa: Natural(UInt64(kappa)), u: Natural(UInt64(u)), alpha: place(alpha),
                    beta: place(beta))
            ).signature.fields
            func byte(_ value: Natural) -> UInt8 { value.bigEndianBytes(count: 1)[0] }
            let output = Output(
                delta: byte(fields.delta), alpha0: byte(fields.alpha[0]), beta0: byte(fields.beta[0]),
                alpha1: byte(fields.alpha[1]), beta1: byte(fields.beta[1]))
            #expect(outputs.insert(output).inserted, "two choices of randomness gave one signature")
        }
        return outputs
    }

    /// Every signature at this λ that verifies, found by trying all 22 · 58,564.
    private func valid() throws -> Set<Output> {
        let statement = PaperStatement(
            hash: GroupHash(group), mode: [], ring: ring.elements, context: [], message: [1], recipientItem: [],
            ephemeral: try group.element(group.p.powerVariableTime(group.g.value, e)), linkingTag: nil,
            administrator: nil, opening1: nil, opening2: nil)
        // The chain's hash sees the product only, so 22 values a member are all there are.
        let next = (0..<2).map { index in
            (0..<23).map { product in
                product == 0
                    ? 0
                    : Int(
                        statement.next(after: index, product: Natural(UInt64(product)), extra: []).value.hex, radix: 16)
            }
        }
        let pairs = (1..<23).flatMap { alpha in (0..<11).map { (UInt8(alpha), UInt8($0)) } }
        let products = try (0..<2).map { index in
            try pairs.map { alpha, beta in
                let link = statement.links([
                    (index, try group.residue(Natural(UInt64(alpha))), try group.scalar(Natural(UInt64(beta))), nil)
                ])
                return Int(link[0].y.hex, radix: 16) ?? 0
            }
        }
        var valid: Set<Output> = []
        for delta in 1..<23 {
            for (first, pair0) in pairs.enumerated() {
                let z = try #require(next[0][delta * products[0][first] % 23])
                for (second, pair1) in pairs.enumerated() where next[1][z * products[1][second] % 23] == delta {
                    valid.insert(
                        Output(delta: UInt8(delta), alpha0: pair0.0, beta0: pair0.1, alpha1: pair1.0, beta1: pair1.1))
                }
            }
        }
        return valid
    }

    #if DEBUG
        @Test("a hundredth of each signer's 58,564 signatures are distinct and valid; the release tests take all")
        func sample() throws {
            let valid = try valid()
            #expect(valid.count == Self.ways)
            for signer in 0..<2 { #expect(try outputs(signer: signer, step: 97).isSubset(of: valid)) }
        }
    #else
        @Test("both signers give the same 58,564 signatures, each once, and these are all that verify")
        func exhaustive() throws {
            let valid = try valid()
            #expect(valid.count == Self.ways)
            for signer in 0..<2 { #expect(try outputs(signer: signer, step: 1) == valid) }
        }
    #endif
}
