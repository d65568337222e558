import ByteCoding
import CPeers
@_spi(Hazmat) import ModularArithmetic
@_spi(Hazmat) import RingSignatures
import Testing

@testable import BenchmarkReport
@testable import BenchmarkSuites

/// The straightforward program, and ristretto255 by libsodium.
@Suite("Ring peers") struct RingPeersTests {
    private static let settings: RunSettings = {
        var settings = RunSettings()
        settings.quick = true
        return settings
    }()

    @Test("the straightforward program accepts our signature and nothing else") func verify() throws {
        let fixture = try RingFixture(bits: 1024, members: 4, Self.settings)
        let paper = try PaperRing(fixture, members: 4, mode: .base)
        let (group, fields) = (paper.ring.group, paper.signature.fields)
        func program(context: [UInt8], message: [UInt8]) -> StraightforwardRing {
            StraightforwardRing(
                group: group, keys: paper.ring.elements.map(\.value), context: context, message: message)
        }
        let values = StraightforwardRing.Values(
            ephemeral: group.encode(element: fields.ephemeral), delta: group.encode(element: fields.delta),
            alpha: fields.alpha.flatMap { group.encode(element: $0) },
            beta: fields.beta.flatMap { group.encode(scalar: $0) })
        let honest = program(context: paper.options.context, message: paper.message)
        #expect(honest.verify(values))
        #expect(!program(context: paper.options.context, message: paper.message + [0]).verify(values))
        #expect(!program(context: [], message: paper.message).verify(values))
        let damaged: [WritableKeyPath<StraightforwardRing.Values, [UInt8]>] = [\.ephemeral, \.delta, \.alpha, \.beta]
        for path in damaged {
            for place in [0, values[keyPath: path].count - 1] {
                var other = values
                other[keyPath: path][place] ^= 1
                #expect(!honest.verify(other))
            }
        }
    }

    @Test("the straightforward program signs as we do, in every place") func sign() throws {
        let fixture = try RingFixture(bits: 1024, members: 3, Self.settings)
        let group = fixture.group
        var generator = SeededGenerator(seed: 9)
        let ring = try Ring(fixture.keys[..<3].map { $0.key.verificationKey })
        let (context, message) = (Array("context".utf8), Array("message".utf8))
        let program = StraightforwardRing(
            group: group, keys: ring.elements.map(\.value), context: context, message: message)
        func scalar() -> Natural { Natural(bigEndianBytes: generator.bytes(19)) + 1 }
        func unit() -> Natural { Natural(bigEndianBytes: generator.bytes(127)) + 1 }
        for key in fixture.keys[..<3] {
            let place = try #require(ring.members.firstIndex(of: key.key.verificationKey))
            let (e, kappa, u) = (scalar(), scalar(), unit())
            let (alpha, beta) = ((0..<3).map { _ in unit() }, (0..<3).map { _ in scalar() })
            let ours = try ring.signClaimably(
                message: message, with: key.key, options: SigningOptions(context: context),
                randomness: GivenSigningRandomness(group: group, e: e, kappa: kappa, u: u, alpha: alpha, beta: beta))
            let fields = ours.signature.fields
            let theirs = program.sign(
                signer: place, x: key.key.secretBytes().unprotectedCopy(), e: group.encode(scalar: e),
                kappa: group.encode(scalar: kappa), u: group.encode(element: u),
                alpha: alpha.flatMap { group.encode(element: $0) }, beta: beta.flatMap { group.encode(scalar: $0) })
            #expect(theirs.ephemeral == group.encode(element: fields.ephemeral))
            #expect(theirs.delta == group.encode(element: fields.delta))
            #expect(theirs.alpha == fields.alpha.flatMap { group.encode(element: $0) })
            #expect(theirs.beta == fields.beta.flatMap { group.encode(scalar: $0) })
        }
    }

    /// RFC 9496 appendix A.1: the generator and its double.
    @Test("ristretto255 is RFC 9496's", .enabled(if: cp_sodium_version() != nil)) func ristretto() throws {
        let group = try #require(Ristretto255())
        #expect(Hex.encode(group.generator.bytes) == "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76")
        let double = group.multiply(group.generator, group.generator)
        #expect(Hex.encode(double.bytes) == "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919")
        let two = group.scalar(reducing: 2)
        #expect(group.powersVariableTime([(group.generator, two), (double, two)])[0] == double)
        #expect(group.power(group.generator, group.order.secret(2)) == double)
        #expect(group.multiply(double, group.invert(double)) == group.identity)
        #expect(group.power(double, group.order.secret(0)) == group.identity)
        #expect(try group.decode(double.bytes) == double)
        #expect(throws: GroupValueError.outOfRange) { try group.decode(group.identity.bytes) }
        #expect(throws: GroupValueError.notAnEncoding) { try group.decode([UInt8](repeating: 0xff, count: 32)) }
        #expect(throws: GroupValueError.notAnEncoding) { try group.decode([]) }
        #expect(group.element(uniform: []) == nil)
        #expect(group.element(uniform: [UInt8](1...64)) != nil)
    }

    @Test("every scheme signs and verifies over ristretto255", .enabled(if: cp_sodium_version() != nil))
    func companions() throws {
        let group = try #require(Ristretto255())
        for scheme in CompanionScheme.allCases {
            let ring = try SignedCompanionRing(scheme, group, members: 4, Self.settings)
            try ring.verify()
            #expect(ring.byteCount > 32)
        }
    }
}
