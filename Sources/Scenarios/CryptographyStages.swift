import ByteCoding
import Hashing
import Ledger
import ModularArithmetic
import ProofOfWork
import RingSignatures
@_spi(Literal) import Tokenization

extension HospitalStory {
    /// Published Bitcoin headers hash to their ids and meet their targets.
    static func publishedHeaders() throws -> Stage {
        var recorder = StageRecorder()
        for published in PublishedHeader.bitcoin {
            let header = try BlockHeader(bytes: Hex.decode(published.header))
            recorder.input("height \(published.height)", "bits \(header.bits), nonce \(header.headerNonce)")
            let hash = header.id
            let meetsTarget = hash.meets(target: try header.bits.target())
            recorder.output(
                "height \(published.height)", hash.displayHex, holds: hash.displayHex == published.id && meetsTarget)
        }
        return recorder.stage(
            "headers", condition: "every header's SHA-256d is its published id and at most the target of its bits")
    }

    /// The group's numbers follow from its seed and keep every rule.
    func group() -> Stage {
        var recorder = StageRecorder()
        let (group, provenance) = (setting.group.group, setting.group.provenance)
        recorder.input("group", setting.group.name)
        recorder.input("sizes", "p \(group.p.bitWidth) bits, q \(group.q.bitWidth) bits")
        if let provenance {
            recorder.input("procedure", provenance.procedure.rawValue)
            recorder.input("seed", Hex.encode(provenance.seed))
        }
        let broken = SchnorrGroup.brokenRules(p: group.p.value, q: group.q.value, g: group.g.value, t: group.t)
        recorder.output(
            "rules", broken.isEmpty ? "all kept" : broken.map { "\($0)" }.joined(separator: "; "),
            holds: broken.isEmpty)
        let isSafe = group.t.map { $0 * 2 + 1 == group.q.value } ?? false
        recorder.output("q = 2t + 1", isSafe, holds: isSafe)
        var mismatch: String?
        do { try provenance?.check(group) } catch { mismatch = "\(error)" }
        let regenerated = provenance != nil && mismatch == nil
        recorder.output(
            "made again from its seed", mismatch ?? (regenerated ? "the same numbers" : "no seed"),
            holds: regenerated)
        recorder.output("g", shortened(group.g.value.hex))
        return recorder.stage(
            "group", condition: "p and q are prime, q divides p - 1 once, g has order q, and the seed gives p, q, g, t")
    }

    /// Five doctors make keys and prove that they own them.
    mutating func enrolment() throws -> Stage {
        var recorder = StageRecorder()
        let group = setting.group.group
        let names = ["Dr Amara Example", "Dr Bao Example", "Dr Chidi Example", "Dr Diaz Example", "Dr Elif Example"]
        for name in names {
            let key = try SigningKey(group: group, label: name, using: &random)
            recorder.input(name, "y = \(shortened(key.verificationKey.y.value.hex))")
            doctors.append(SigningKeyBox(key))
        }
        let keys = doctors.map { $0.key.verificationKey }
        let claims = keys.map {
            VerificationKey.Claim(y: $0.y.value, label: $0.label, c: $0.proof.c.value, s: $0.proof.s.value)
        }
        let checked = VerificationKey.check(claims, in: group)
        let proved = checked.count { (try? $0.get()) != nil }
        recorder.output("proofs of possession that hold", "\(proved) of \(names.count)", holds: proved == names.count)
        // Somebody else's proof under one's own name.
        let stolen = VerificationKey.Claim(y: claims[0].y, label: "Dr Mallory", c: claims[0].c, s: claims[0].s)
        recorder.refusal("the first key under another name", KeyError.proofMismatch.code) {
            _ = try VerificationKey(checking: stolen, in: group)
        }
        return recorder.stage(
            "enrolment", condition: "every key's proof holds, and no key can be enrolled under another name")
    }

    /// A patient and a provider become tokens.
    mutating func tokens() throws -> Stage {
        var recorder = StageRecorder()
        let patient = try Patient(
            family: "Example", given: ["Amina"], other: nil, birthDate: "1990-01-01", nationalID: "US-SSN:123-45-6789",
            plan: "DEMO:PLAN-1")
        let provider = try Provider(npi: "1234567893", name: "Example Hospital", tin: "EIN:12-3456789")
        recorder.input("patient", "Amina Example, 1990-01-01, US-SSN:123456789, DEMO:PLAN-1 (invented)")
        recorder.input("provider", "NPI 1234567893, Example Hospital, EIN:123456789 (invented)")
        var secret: [UInt8] = (0..<32).map { _ in random.next() }
        let key = try TokenKey(SecretBytes(wiping: &secret))
        let tokenizer = Tokenizer(key: key, purpose: "claims", tenant: "example-hospital", epoch: 1)
        let claim = Claim(patient: tokenizer.token(for: patient), provider: tokenizer.token(for: provider))
        self.claim = claim
        recorder.output("patient token", claim.patient)
        recorder.output("provider token", claim.provider)
        recorder.output("literal patient token (insecure: anybody can guess it)", LiteralToken(patient))
        let again = Tokenizer(key: key, purpose: "claims", tenant: "example-hospital", epoch: 1).token(for: patient)
        recorder.output(
            "same record, same key", again == claim.patient ? "same token" : "another token",
            holds: again == claim.patient)
        let later = Tokenizer(key: key, purpose: "claims", tenant: "example-hospital", epoch: 2).token(for: patient)
        recorder.output(
            "same record, next epoch", later == claim.patient ? "same token" : "another token",
            holds: !(later == claim.patient))
        return recorder.stage(
            "tokens", condition: "a keyed token repeats under its own key and epoch, and under no other")
    }

    /// One doctor signs the claim for all five, and every change of it is refused.
    mutating func ringSignature() throws -> Stage {
        var recorder = StageRecorder()
        guard let claim else { throw StoryError.stageMissing("tokens") }
        let chainID = chain.parameters.chainID
        let message = try claim.unsignedTransaction(chainID: chainID).signedMessage
        let ring = try ring()
        let options = SigningOptions(context: Array("ringwork demo".utf8))
        let signature = try ring.sign(message: message, with: doctor(2).key, options: options, using: &random)
        claimTransaction = try claim.transaction(chainID: chainID, signature: signature)
        recorder.input("ring", "\(ring.members.count) doctors, keys ascending")
        recorder.input("message", "the claim, \(message.count) bytes")
        recorder.input("mode", "base: nobody can find the signer")
        recorder.output("lambda", Hex.encode(try signature.lambda(message: message)))
        recorder.output("E", shortened(signature.fields.ephemeral.hex))
        recorder.output("delta", shortened(signature.fields.delta.hex))
        recorder.output("size", "\(signature.fields.encoded(in: signature.group).count) bytes")
        recorder.acceptance("the signature") { try verify(signature.fields, message) }

        recorder.refusal("one bit of the message changed", RingSignatureError.ringEquation.code) {
            try verify(signature.fields, [message[0] ^ 1] + message.dropFirst())
        }
        var fields = signature.fields
        fields.ring[0] = try SigningKey(group: signature.group, label: "Dr Mallory", using: &random)
            .verificationKey.y.value
        recorder.refusal("a member replaced", RingSignatureError.ringEquation.code) { try verify(fields, message) }
        fields = signature.fields
        fields.ring.swapAt(0, 1)
        recorder.refusal("two members swapped", RingSignatureError.ringEquation.code) { try verify(fields, message) }
        fields = signature.fields
        fields.alpha[1] = fields.alpha[1] + signature.group.p.value
        recorder.refusal("alpha + p in place of alpha", RingSignatureError.alphaOutOfRange(index: 1).code) {
            try verify(fields, message)
        }
        return recorder.stage(
            "ring signature", condition: "the signature verifies, and each of four changes is refused for its reason")
    }

    private func verify(_ fields: RingSignatureFields, _ message: [UInt8]) throws {
        try RingSignature(checking: fields, in: setting.group.group).verify(message: message)
    }
}

/// The beginning and the end of a long number.
func shortened(_ hex: String) -> String {
    hex.count <= 40 ? hex : "\(hex.prefix(16))…\(hex.suffix(16)) (\(hex.count) digits)"
}

extension StageRecorder {
    /// Records that a step is accepted.
    mutating func acceptance(_ name: String, _ step: () throws -> Void) {
        do {
            try step()
            output(name, "accepted", holds: true)
        } catch {
            output(name, "refused: \(error)", holds: false)
        }
    }

    /// Records that a step is refused, for the reason `code`.
    mutating func refusal(_ name: String, _ code: String, _ step: () throws -> Void) {
        do {
            try step()
            output(name, "accepted", holds: false)
        } catch let error as KeyError {
            output(name, "refused: \(error.code)", holds: error.code == code)
        } catch let error as RingSignatureError {
            output(name, "refused: \(error.code)", holds: error.code == code)
        } catch {
            output(name, "refused: \(error)", holds: false)
        }
    }
}
