import ByteCoding
import ModularArithmetic
import Support
import Testing

@_spi(Hazmat) @testable import RingSignatures

@Suite("Signing and verifying") struct SigningTests {
    @Test("every mode, signer and ring size gives a signature that verifies", arguments: TestGroup.allCases)
    func roundTrip(_ name: TestGroup) throws {
        let group = try name.group
        for mode in openModes {
            let options = try group.options(mode)
            for size in [2, 3, 5] {
                let (ring, exponents) = try group.ring(size)
                for index in 0..<size {
                    var generator = SeededGenerator(seed: UInt64(100 * size + index))
                    let signature = try ring.sign(
                        message: [9], with: group.key(exponents[index]), options: options, using: &generator)
                    #expect(signature.mode == mode)
                    let read = try RingSignature(checking: signature.fields, in: group)
                    #expect(read == signature)
                    try read.verify(message: [9])
                    try RingSignature(checking: signature.fields, in: group, knownRing: ring).verify(message: [9])
                }
            }
        }
    }

    @Test("a 2048-bit group signs and verifies in all modes at once")
    func large() throws {
        let named = try #require(EmbeddedGroups.named("ringwork-2048-256"))
        let mode: PaperMode = [.link, .open, .designated]
        for index in [0, 1] {
            let signature = try named.group.sign([], mode: mode, size: 2, index: index)
            try RingSignature(checking: signature.fields, in: named.group).verify(message: [])
            #expect(throws: RingSignatureError.ringEquation) { try signature.verify(message: [0]) }
        }
    }

    @Test("a broken generator repeats nothing for two inputs, and everything for one")
    func hedging() throws {
        let group = try TestGroup.k2.group
        let (ring, exponents) = try group.ring(3)
        func sign(
            _ message: [UInt8], _ ring: Ring, _ x: Natural, _ mode: PaperMode = [], context: [UInt8] = []
        ) throws -> RingSignatureFields {
            var generator = ConstantGenerator()
            return try ring.sign(
                message: message, with: group.key(x), options: group.options(mode, context: context),
                using: &generator
            ).fields
        }
        let first = try sign([1], ring, exponents[0])
        #expect(try sign([1], ring, exponents[0]) == first)
        let others = [
            try sign([2], ring, exponents[0]), try sign([1], ring, exponents[1]),
            try sign([1], group.ring(4).ring, exponents[0]), try sign([1], ring, exponents[0], [.link]),
            try sign([1], ring, exponents[0], [.designated]), try sign([1], ring, exponents[0], [.open]),
            try sign([1], ring, exponents[0], context: [0]),
        ]
        var seen: Set<Natural> = []
        for fields in [first] + others {
            #expect(seen.insert(fields.ephemeral).inserted)
            #expect(seen.isDisjoint(with: fields.alpha))
            seen.formUnion(fields.alpha)
        }
        let all = try sign([1], ring, exponents[0], [.link, .open, .designated])
        #expect(Set(all.beta + all.gamma).count == 6)
        #expect(all.ephemeral != all.opening1)
    }

    @Test("the draws of one signature are distinct, whatever their purpose")
    func draws() throws {
        let group = try TestGroup.k2.group
        let key = try group.key(5)
        var generator = ConstantGenerator()
        var draws = HedgedDraws(GroupHash(group), x: key.x, inputs: [[1]], using: &generator)
        var drawn = [
            draws.ephemeral().declassified(), draws.kappa().declassified(), draws.encryption().declassified(),
            draws.encryptionNonce().declassified(), draws.chainStart().value,
        ]
        for index in 0..<3 {
            for member in draws.members([index], isOpenable: true) {
                drawn += [member.alpha.value, member.beta.value] + [member.gamma].compactMap { $0?.value }
            }
        }
        #expect(Set(drawn).count == 14)
        #expect(drawn.allSatisfy { $0 < group.p.value && !$0.isZero })
    }

    @Test("one key has one tag in a context, another in another; every member's tag is its own")
    func linking() throws {
        let group = try TestGroup.k2.group
        func tag(_ index: Int, _ context: [UInt8], _ message: [UInt8]) throws -> Natural {
            let signature = try group.sign(
                message, mode: [.link], index: index, context: context, seed: UInt64(message[0]))
            try signature.verify(message: message)
            return try #require(signature.fields.linkingTag)
        }
        #expect(try tag(0, [1], [1]) == tag(0, [1], [2]))
        let tags = try [0, 1, 2].flatMap { [try tag($0, [1], [1]), try tag($0, [2], [1])] }
        #expect(Set(tags).count == 6)
    }

    @Test("a signer outside the ring, or of another group, is refused")
    func misuse() throws {
        let (small, group) = (try TestGroup.p23.group, try TestGroup.p47.group)
        let ring = try group.ring(3).ring
        var generator = ConstantGenerator()
        #expect(throws: RingSignatureError.signerNotInRing) {
            try ring.sign(message: [], with: group.key(9), using: &generator)
        }
        #expect(throws: RingSignatureError.groupMismatch) {
            try ring.sign(message: [], with: small.key(2), using: &generator)
        }
        for options in [
            SigningOptions(recipient: try small.key(2).verificationKey),
            SigningOptions(administrator: try small.key(2).verificationKey),
        ] {
            #expect(throws: RingSignatureError.groupMismatch) {
                try ring.sign(message: [], with: group.key(2), options: options, using: &generator)
            }
        }
        let both = try group.key(7).verificationKey
        #expect(throws: RingSignatureError.recipientIsAdministrator) {
            try ring.sign(
                message: [], with: group.key(2), options: SigningOptions(recipient: both, administrator: both),
                using: &generator)
        }
    }

    @Test("rings refuse one member, too many, two of a kind, and a mixture of groups")
    func rings() throws {
        let (small, group) = (try TestGroup.p23.group, try TestGroup.p47.group)
        let keys = try [2, 3, 2].map { try group.key($0).verificationKey }
        #expect(throws: RingSignatureError.ringTooSmall(members: 0)) { try Ring([]) }
        #expect(throws: RingSignatureError.ringTooSmall(members: 1)) { try Ring([keys[0]]) }
        #expect(throws: RingSignatureError.ringTooLarge(members: 3, limit: 2)) { try Ring(keys, limit: 2) }
        #expect(throws: RingSignatureError.duplicateKey(index: 2)) { try Ring(keys) }
        #expect(throws: RingSignatureError.groupMismatch) { try Ring([keys[0], small.key(2).verificationKey]) }
        let ring = try Ring(Array(keys[..<2]))
        #expect(ring == (try Ring(Array(keys[..<2].reversed()))))
        #expect(ring.elements.map(\.value) == ring.elements.map(\.value).sorted())
    }

    @Test("given randomness out of range, or short of the ring, is refused")
    func givenRandomness() throws {
        let group = try TestGroup.k2.group
        let (ring, exponents) = try group.ring(2)
        let (p, q) = (group.p.value, group.q.value)
        func sign(
            e: Natural = 5, kappa: Natural = 6, u: Natural = 7, rho: Natural? = 8, kPrime: Natural? = 9,
            alpha: [Natural] = [3, 3], beta: [Natural] = [4, 4], gamma: [Natural] = [5, 5]
        ) throws {
            let randomness = GivenSigningRandomness(
                group: group, e: e, kappa: kappa, u: u, rho: rho, kPrime: kPrime, alpha: alpha, beta: beta,
                gamma: gamma)
            let signature = try ring.signClaimably(
                message: [], with: group.key(exponents[0]), options: group.options([.open]), randomness: randomness
            ).signature
            try signature.verify(message: [])
        }
        try sign()
        let bad: [() throws -> Void] = [
            { try sign(e: 0) }, { try sign(e: q) }, { try sign(kappa: q) }, { try sign(u: 0) }, { try sign(u: p) },
            { try sign(rho: 0) }, { try sign(rho: q) }, { try sign(rho: nil) }, { try sign(kPrime: q) },
            { try sign(kPrime: nil) }, { try sign(alpha: [3, 0]) }, { try sign(alpha: [3, p]) },
            { try sign(alpha: [3]) }, { try sign(beta: [4, q]) }, { try sign(beta: [4]) },
            { try sign(gamma: [5, q]) }, { try sign(gamma: []) },
            { try sign(e: 8) },  // A1 = E.
        ]
        for step in bad { #expect(throws: RingSignatureError.unusableRandomness, performing: step) }
    }

    @Test("drawn together, on several threads or one after the other: the same values", arguments: [false, true])
    func drawnTogether(_ isOpenable: Bool) throws {
        let hash = GroupHash(try TestGroup.k2.group)
        func draws() -> HedgedDraws<SchnorrGroup> {
            var generator = SeededGenerator(seed: 8)
            return HedgedDraws(hash, x: hash.group.q.secret(5), inputs: [[1]], using: &generator)
        }
        func numbers(_ members: [MemberDraws]) -> [Natural] {
            members.flatMap { [$0.alpha.value, $0.beta.value] + [$0.gamma].compactMap { $0?.value } }
        }
        var one = draws()
        var many = draws()
        var single = draws()
        let indices = Array(0..<37)
        var expected: [Natural] = []
        for index in indices { expected += numbers(one.members([index], isOpenable: isOpenable)) }
        let threaded = BatchPolicy.$current.withValue(BatchPolicy(threads: 3)) {
            many.members(indices, isOpenable: isOpenable)
        }
        #expect(numbers(threaded) == expected && Set(expected).count == indices.count * (isOpenable ? 3 : 2))
        var alone: [Natural] = []
        for _ in indices {
            alone += [single.residue("alpha").value, single.scalar("beta").value]
            if isOpenable { alone.append(single.scalar("gamma").value) }
        }
        #expect(alone == expected)
        #expect(one.scalar("next") == many.scalar("next"))
    }
}
