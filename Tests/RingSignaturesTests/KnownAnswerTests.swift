import ByteCoding
import ModularArithmetic
import Testing

@_spi(Hazmat) @testable import RingSignatures

@Suite("Known answers of the paper's ring signature") struct KnownAnswerTests {
    @Test("signing with the published randomness gives the published signature", arguments: ["K1", "K2", "K3"])
    func signing(_ name: String) throws {
        let answer = try KnownAnswer.named(name)
        let signature = try answer.sign()
        #expect(signature.fields == (try answer.published()))
        let lambda = try signature.lambda(message: answer.message())
        #expect(Hex.encode(lambda) == (try answer.text("lam")))
    }

    @Test("the published signature verifies", arguments: ["K1", "K2", "K3"])
    func verification(_ name: String) throws {
        let answer = try KnownAnswer.named(name)
        let signature = try RingSignature(checking: answer.published(), in: answer.group())
        try signature.verify(message: answer.message())
        #expect(throws: RingSignatureError.ringEquation) { try signature.verify(message: answer.message() + [0]) }
        let statement = try signature.statement(message: answer.message())
        let challenges = signature.alpha.enumerated().map { statement.challenge($0.offset, $0.element).value }
        #expect(challenges == (try answer.numbers("c")))
    }

    @Test("the proof of possession with nonce 1234567 is the published one")
    func proofOfPossession() throws {
        let answer = try KnownAnswer("K2")
        let key = try answer.signingKey(try answer.numbers("x")[0])
        let hash = GroupHash(try answer.group())
        let proof = ProofOfPossession.make(
            x: key.x, y: SubgroupMember(key.verificationKey.y), label: "Dr A", r: hash.group.q.secret(0x1234567),
            in: hash)
        #expect(proof.c.value.hex == "53debb782aadc5f960fc782ad2f3751e")
        #expect(proof.s.value.hex == "ca9f05aeedb66959f819f539338e04c0")
        #expect(proof.proves(key.verificationKey.y, label: "Dr A", in: hash))
        #expect(!proof.proves(key.verificationKey.y, label: "Dr B", in: hash))
    }
}
