import ByteCoding
import ModularArithmetic
import RingSignatures
import Support
import Testing

@testable import Ledger

@Suite("A ring closed again") struct ReclosedRingTests {
    /// The same signature with member `index`'s pair replaced by its owner, who knows x:
    ///
    ///     α′ = α·g^(−d)    c′ = H_q("c", λ, i, α′)    β′ = β + c·x + d − c′·x
    ///
    /// Y does not change, so the ring closes, and neither does λ.
    private func reclosed(
        _ fields: RingSignatureFields, index: Int, x: Natural, d: Natural, lambda: [UInt8], in group: SchnorrGroup
    ) throws -> RingSignatureFields {
        let hash = GroupHash(group)
        func challenge(_ alpha: Natural) throws -> Natural {
            let items = [lambda, UInt32(index).bigEndianBytes, hash.encode(try group.residue(alpha))]
            return hash.scalar("c", items).value
        }
        var changed = fields
        let (p, q) = (group.p, group.q)
        changed.alpha[index] = p.multiply(
            fields.alpha[index], p.powerVariableTime(group.g.value, q.subtract(0, d)))
        let exponent = q.add(q.add(fields.beta[index], q.multiply(try challenge(fields.alpha[index]), x)), d)
        changed.beta[index] = q.subtract(exponent, q.multiply(try challenge(changed.alpha[index]), x))
        return changed
    }

    @Test("any member can do it, it verifies, and the ledger does not take it for a second claim")
    func isRefused() throws {
        var chain = try Ledgers.chain(Ledgers.parameters())
        try chain.extend([Ledgers.enrolment(chain, 2), Ledgers.enrolment(chain, 3)])
        let claim = try Ledgers.claim()
        let transaction = try Ledgers.claim(chain, claim, exponents: [2, 3])
        try chain.extend([transaction])

        let group = chain.parameters.group.group
        let message = transaction.signedMessage
        let fields = try RingSignatureFields(decoding: transaction.signature, in: group)
        let lambda = try RingSignature(checking: fields, in: group).lambda(message: message)
        // The holder of 3 did not sign.
        let index = try Ledgers.position(of: 3, among: [2, 3], chain)
        let changed = try RingSignature(
            checking: reclosed(fields, index: index, x: 3, d: 5, lambda: lambda, in: group), in: group)
        try changed.verify(message: message)
        #expect(changed.fields != fields)
        let second = try claim.transaction(chainID: chain.parameters.chainID, signature: changed)
        #expect(second.id != transaction.id)
        let before = chain
        #expect(throws: BlockError.state(index: 1, .repeatedSignature(lambda: lambda))) {
            try chain.extend([second])
        }
        #expect(chain.blocks == before.blocks)
    }
}
