import ByteCoding
import ModularArithmetic
import Support
import Testing

@testable import RingSignatures

/// Rules that the vectors found missing: what an unsealing is about, and what only a recipient can check.
@Suite("What a recipient and a judge check first") struct RecipientCheckTests {
    private func sealed(_ mode: PaperMode) throws -> RingSignature {
        let group = try TestGroup.k2.group
        let (ring, exponents) = try group.ring(3)
        var options = try group.options(mode)
        options.sealer = aes
        var generator = SeededGenerator(seed: 3)
        return try ring.sign(message: [1], with: group.key(exponents[1]), options: options, using: &generator)
    }

    @Test("an unsealing says nothing about a signature that is not sealed")
    func idleUnsealing() throws {
        let group = try TestGroup.k2.group
        let signature = try group.sign([1], mode: [.designated])
        var generator = SeededGenerator(seed: 4)
        let other = try sealed([.designated]).unseal(with: group.key(7), sealer: aes, using: &generator).proof
        #expect(throws: ProofError.modeRequired(.sealed)) { try signature.verify(message: [1], unsealing: other) }
        #expect(throws: ProofError.modeRequired(.sealed)) {
            try ProofDocument(other).verify(signature, message: [1], unsealing: nil)
        }
        let confirmation = try signature.transferConfirmation(message: [1], with: group.key(7), using: &generator)
        try confirmation.verify(signature, message: [1])
        #expect(throws: ProofError.modeRequired(.sealed)) {
            try confirmation.verify(signature, message: [1], unsealing: other)
        }
    }

    @Test("a sealed signature whose administrator turns out to be its recipient")
    func recipientIsAdministrator() throws {
        let group = try TestGroup.k2.group
        let signature = try sealed([.designated, .open])
        let own = try group.key(8)
        var generator = SeededGenerator(seed: 5)
        let refusal = ProofError.signature(.recipientIsAdministrator)
        #expect(throws: refusal) { try signature.confirm(message: [1], with: own) }
        #expect(throws: refusal) { try signature.unseal(with: own, sealer: aes, using: &generator) }
        #expect(try signature.confirm(message: [1], with: group.key(7)) == 1)
    }

    @Test("unsealing a signature that names another recipient")
    func namedRecipient() throws {
        let group = try TestGroup.k2.group
        let signature = try sealed([.designated])
        var generator = SeededGenerator(seed: 6)
        var fields = signature.fields
        fields.recipient = try group.key(9).verificationKey.y.value
        let renamed = try RingSignature(checking: fields, in: group)
        #expect(throws: ProofError.wrongKey) { try renamed.unseal(with: group.key(7), sealer: aes, using: &generator) }
        fields.recipient = try group.key(7).verificationKey.y.value
        let named = try RingSignature(checking: fields, in: group)
        #expect(try named.unseal(with: group.key(7), sealer: aes, using: &generator).message == [1])
    }

    @Test("a confirmation of a sealed signature that names nobody")
    func unnamed() throws {
        let group = try TestGroup.k2.group
        let signature = try sealed([.designated])
        var generator = SeededGenerator(seed: 7)
        let unsealed = try signature.unseal(with: group.key(7), sealer: aes, using: &generator)
        let confirmation = try signature.transferConfirmation(message: [1], with: group.key(7), using: &generator)
        try confirmation.verify(unsealed.signature, message: [1], unsealing: unsealed.proof)
        #expect(throws: ProofError.signature(.sealed)) {
            try confirmation.verify(signature, message: [1], unsealing: unsealed.proof)
        }
    }
}
