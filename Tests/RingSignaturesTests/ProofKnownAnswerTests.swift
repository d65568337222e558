import ByteCoding
import Hashing
import ModularArithmetic
import Sealing
import Testing

@_spi(Hazmat) @testable import RingSignatures

/// AES-256-GCM under a key that is used once.
let aes = Sealer(
    seal: { key, message, data in
        try? AEAD.aes256GCM.seal(message, key: key, nonce: [UInt8](repeating: 0, count: 12), associatedData: data)
    },
    open: { key, ciphertext, data in
        try? AEAD.aes256GCM.open(ciphertext, key: key, nonce: [UInt8](repeating: 0, count: 12), associatedData: data)
    })

private let nonce: Natural = 0x89ab_cdef

@Suite("Known answers of the proofs about signatures") struct ProofKnownAnswerTests {
    private func check(_ proof: EqualityProof, c: String, s: String) {
        #expect(proof.c.value.hex == c)
        #expect(proof.s.value.hex == s)
    }

    @Test("confirm and transfer on K2")
    func transfer() throws {
        let answer = try KnownAnswer.named("K2")
        let signature = try RingSignature(checking: answer.published(), in: answer.group())
        let message = try answer.message()
        let recipient = try answer.signingKey(answer.number("x_R"))
        #expect(try signature.confirm(message: message, with: recipient) == 2)
        let statement = try signature.statement(message: message)
        let group = signature.group
        let shared = group.publicPower(of: signature.ephemeral, recipient.x)
        let d = try #require(shared)
        #expect(d.value.hex == "1c1e092a0cc2dbc7e92ef16422b96f11ccf80c02e6e9d5ed2d52f84d7dd3d83a")
        let proof = EqualityProof.make(
            ConfirmationProof.statement(signature, recipient.verificationKey.y, d, statement.lambda),
            witness: recipient.x, nonce: group.q.secret(nonce), statement.hash)
        check(proof, c: "c9eb1ed2b99366e656bf07637ab90b77", s: "1bf4feed719695a3f6d6a3d05cf2ab5f")
        try ConfirmationProof(lambda: statement.lambda, index: 2, d: d, proof: proof)
            .verify(signature, message: message)
    }

    @Test("open on K2")
    func open() throws {
        let answer = try KnownAnswer.named("K2")
        let signature = try RingSignature(checking: answer.published(), in: answer.group())
        let message = try answer.message()
        let administrator = try answer.signingKey(answer.number("x_A"))
        var generator = SystemRandomNumberGenerator()
        let opening = try signature.open(message: message, with: administrator, using: &generator)
        #expect(opening.index == 2)
        #expect(opening.d.value.hex == "9a5e315d9519c599d7afe7fe4b302838efa9d92bbd28cb9ba614e3ca3d4eede8")
        let statement = try signature.statement(message: message)
        let opening1 = try #require(signature.opening1)
        let proof = EqualityProof.make(
            OpeningProof.statement(administrator.verificationKey.y, opening1, opening.d, statement.lambda),
            witness: administrator.x, nonce: signature.group.q.secret(nonce), statement.hash)
        check(proof, c: "80e756587fc64667eb3740a7c902a428", s: "67955eeb0658cccc7dfc57b4a30b1797")
        try OpeningProof(lambda: statement.lambda, index: 2, d: opening.d, proof: proof)
            .verify(signature, message: message)
    }

    @Test("claim on K2, with a recipient")
    func designatedClaim() throws {
        let answer = try KnownAnswer.named("K2")
        let signature = try RingSignature(checking: answer.published(), in: answer.group())
        let statement = try signature.statement(message: answer.message())
        let (group, recipient) = (signature.group, try #require(signature.recipient))
        let e = group.q.secret(try answer.number("e"))
        let shared = group.publicPower(of: recipient, e)
        let d = try #require(shared)
        let proof = EqualityProof.make(
            AuthorshipClaim.statement(signature, recipient, d, statement.lambda), witness: e,
            nonce: group.q.secret(nonce), statement.hash)
        check(proof, c: "c06b1aba84011349732ee0ec350a68a", s: "2e3984341928fe6028b3c5e38c2623c5")
        try AuthorshipClaim(lambda: statement.lambda, index: 2, evidence: .shared(d, proof))
            .verify(signature, message: answer.message())
    }

    @Test("claim on K3, without a recipient")
    func baseClaim() throws {
        let answer = try KnownAnswer.named("K3")
        let signature = try RingSignature(checking: answer.published(), in: answer.group())
        let statement = try signature.statement(message: answer.message())
        let group = signature.group
        let kappa = try group.scalar(answer.number("kappa"))
        let r = group.q.secret(nonce)
        let commitment = group.p.power(group.g.value, r).declassified()
        let c = AuthorshipClaim.challenge(statement, 0, signature.ephemeral, kappa, commitment)
        #expect(c.value.hex == "42b8d08a2e0a4ed64f6df9e94f8caeda")
        let e = group.q.secret(try answer.number("e"))
        let s = group.q.subtract(r, group.q.multiply(group.q.secret(c.value), e)).declassified()
        #expect(s.hex == "31b45f989c0cb61a660df037735394f8")
        let claim = AuthorshipClaim(
            lambda: statement.lambda, index: 0, evidence: .kappa(kappa, c: c, s: group.scalar(reducing: s)))
        try claim.verify(signature, message: answer.message())
    }

    @Test("K4 is made by sealing and opened by its recipient")
    func sealed() throws {
        let answer = try KnownAnswer.named("K4")
        var options = try answer.options()
        options.sealer = aes
        let claimable = try answer.ring().signClaimably(
            message: answer.message(), with: answer.signingKey(answer.numbers("x")[1]), options: options,
            randomness: answer.randomness())
        let signature = claimable.signature
        #expect(signature.fields.sealed?.u.hex == (try answer.text("U")))
        #expect(signature.fields.sealed.map { Hex.encode($0.ciphertext) } == (try answer.text("ciphertext")))
        #expect(signature.fields.recipient == nil)
        #expect(signature.fields.ephemeral == (try answer.number("E")))
        #expect(signature.fields.delta == (try answer.number("delta")))
        #expect(signature.fields.alpha == (try answer.numbers("alpha")))
        #expect(signature.fields.beta == (try answer.numbers("beta")))
        #expect(Hex.encode(claimable.claimSecret.lambda) == (try answer.text("lam")))
        #expect(throws: RingSignatureError.sealed) { try signature.verify(message: answer.message()) }

        let recipient = try answer.signingKey(answer.number("x_R"))
        var generator = SystemRandomNumberGenerator()
        let unsealed = try signature.unseal(with: recipient, sealer: aes, using: &generator)
        #expect(unsealed.message == (try answer.message()))
        #expect(unsealed.proof.z == (try signature.group.element(answer.number("Z"))))
        try unsealed.signature.verify(message: unsealed.message, unsealing: unsealed.proof)
        #expect(try signature.confirm(message: answer.message(), with: recipient) == 1)

        let u = try #require(signature.sealingElement)
        let proof = EqualityProof.make(
            UnsealingProof.statement(
                recipient: recipient.verificationKey.y, u, unsealed.proof.z, unsealed.proof.lambda,
                GroupHash(signature.group)),
            witness: recipient.x, nonce: signature.group.q.secret(nonce), GroupHash(signature.group))
        check(proof, c: "cf5cfd6249d8bec346e1f4905dbf1320", s: "53b7f2040b6f71530792c6cba9703b9c")
    }
}
