import ByteCoding
import ModularArithmetic
import Support
import Testing

@testable import RingSignatures

@Suite("Stealth keys") struct StealthKeyTests {
    private let answer: KnownAnswer
    private let amina: SigningKeyBox
    private let bo: SigningKeyBox

    init() throws {
        answer = try KnownAnswer.named("K2")
        let exponents = try answer.numbers("x")
        amina = SigningKeyBox(try answer.signingKey(exponents[0]))
        bo = SigningKeyBox(try answer.signingKey(exponents[1]))
    }

    @Test("the recipient has the key to what the sender made, and nobody else's context or index gives it")
    func agreement() throws {
        var generator = SeededGenerator(seed: 1)
        let sent = try amina.key.stealthElement(for: bo.key.verificationKey, context: [1], index: 7)
        let received = try bo.key.stealthKey(
            from: amina.key.verificationKey, context: [1], index: 7, using: &generator)
        #expect(received.verificationKey.y == sent)
        for (context, index) in [([2], 7), ([1], 8)] as [([UInt8], UInt32)] {
            #expect(try amina.key.stealthElement(for: bo.key.verificationKey, context: context, index: index) != sent)
        }
        let key = received
        let ring = try Ring([key.verificationKey, amina.key.verificationKey])
        try ring.sign(message: [1], with: key).verify(message: [1])
    }

    @Test("without the sender in the context, two keys in opposite directions give both recipients away; with it, not")
    func direction() throws {
        let (a, b, p) = (amina.key.verificationKey, bo.key.verificationKey, amina.key.verificationKey.group.p)
        func quotient(_ left: GroupElement, _ right: GroupElement) throws -> Natural {
            p.multiply(left.value, try #require(p.inverseVariableTime(right.value)))
        }
        let registered = try quotient(b.y, a.y)
        let toB = try amina.key.stealthElement(for: b, context: [1], index: 0)
        let toA = try bo.key.stealthElement(for: a, context: [1], index: 0)
        #expect(try quotient(toB, toA) == registered)
        func context(_ sender: VerificationKey) -> [UInt8] { [1] + sender.group.encode(element: sender.y.value) }
        let directedToB = try amina.key.stealthElement(for: b, context: context(a), index: 0)
        let directedToA = try bo.key.stealthElement(for: a, context: context(b), index: 0)
        #expect(try quotient(directedToB, directedToA) != registered)
    }
}
