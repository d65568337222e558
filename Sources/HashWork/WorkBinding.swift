import ByteCoding
public import Hashing

/// The two parties. The raw value is the byte that hashes take in for them: `A` or `B`.
public enum WorkRole: UInt8, Sendable, CaseIterable {
    /// The one who sends first.
    case alice = 0x41
    /// The one who answers.
    case bob = 0x42

    /// The other party.
    public var peer: WorkRole { self == .alice ? .bob : .alice }
}

/// The hashes of version 2, for parties and for whoever checks another implementation.
///
///     commitment        = SHA-256(frame("ringwork/hash-work/2", role, salt, value, be64(k)))
///     session           = SHA-256(frame("ringwork/hash-work/2/session", commitment of Alice, commitment of Bob))
///     t                 = SHA-256(frame("ringwork/hash-work/2/chain", role of the prover, session, prover, verifier,
///                                       a₀, b₀, be64(kA), be64(kB)))
///     x₀                = the verifier's value;   xⱼ = H(t ‖ be64(j) ‖ xⱼ₋₁)   for 1 ≤ j ≤ k;   answer = x_k
///     answer commitment = SHA-256(frame("ringwork/hash-work/2/answer", role, salt, answer))
///
/// Roles are one byte, salts, values, commitments, sessions and answers 32 bytes, names UTF-8. k is the verifier's:
/// Bob proves kA steps from a₀, Alice kB steps from b₀. Every input is public in the end, so times may depend on it.
public enum WorkBinding {
    /// The commitment to a starting value and an amount; `k` is at least 0.
    public static func commitment(role: WorkRole, salt: [UInt8], value: [UInt8], k: Int) -> Digest {
        SHA256.hash(
            frame([Array("ringwork/hash-work/2".utf8), [role.rawValue], salt, value, UInt64(k).bigEndianBytes]))
    }

    /// The session that two commitments make.
    public static func session(commitA: [UInt8], commitB: [UInt8]) -> [UInt8] {
        SHA256.hash(frame([Array("ringwork/hash-work/2/session".utf8), commitA, commitB])).bytes
    }

    /// The tag t that binds one prover's chain to who proves what to whom, and where; `kA` and `kB` are at least 0.
    public static func chainTag(
        prover role: WorkRole, session: [UInt8], proverName: String, verifierName: String,
        a0: [UInt8], b0: [UInt8], kA: Int, kB: Int
    ) -> Digest {
        SHA256.hash(
            frame([
                Array("ringwork/hash-work/2/chain".utf8), [role.rawValue], session, Array(proverName.utf8),
                Array(verifierName.utf8), a0, b0, UInt64(kA).bigEndianBytes, UInt64(kB).bigEndianBytes,
            ]))
    }

    /// The end of the chain of `k` steps from `start` under `tag`.
    ///
    /// - Complexity: `k` evaluations of H, each over 72 bytes, counted in `cost`.
    public static func answer(
        tag: Digest, start: [UInt8], k: Int, hash: WorkHash, cost: inout WorkCost
    ) -> [UInt8] {
        // t ‖ be64(j) ‖ xⱼ₋₁, rewritten in place: between two evaluations nothing is allocated.
        var input = tag.bytes + [UInt8](repeating: 0, count: 8) + start
        for step in stride(from: 1, through: k, by: 1) {
            unsafe withUnsafeBytes(of: UInt64(step).bigEndian) { unsafe input.replaceSubrange(32..<40, with: $0) }
            let link = hash.evaluate(input, cost: &cost)
            // A digest lies in memory as its bytes.
            unsafe withUnsafeBytes(of: link) { unsafe input.replaceSubrange(40..., with: $0) }
        }
        return Array(input[40...])
    }

    /// The commitment to an answer.
    public static func answerCommitment(role: WorkRole, salt: [UInt8], answer: [UInt8]) -> Digest {
        SHA256.hash(frame([Array("ringwork/hash-work/2/answer".utf8), [role.rawValue], salt, answer]))
    }
}

/// 32 bytes from `rng`, each word most significant byte first.
func random32(using rng: inout some RandomNumberGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<4 { bytes += rng.next().bigEndianBytes }
    return bytes
}
