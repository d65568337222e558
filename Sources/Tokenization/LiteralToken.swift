public import Hashing

/// The paper's own token: the hash of the fields, one after the other. Insecure; for lessons, vectors and attacks.
///
///     token = SHA-256(field₁ ‖ … ‖ fieldₖ)        UTF-8, canonical spellings, no boundaries, no key
///
/// Anyone can compute it, so about 2³⁰ guesses find a national identity number behind it, and bytes can move from one
/// field to the next without changing it.
/// - SeeAlso: Smart-consensus paper §3.2.2. It names neither the hash's encoding nor the joining: both are our reading.
@_spi(Literal) public struct LiteralToken: Hashable, Sendable {
    /// The hash of the joined fields.
    public let digest: Digest

    /// What claims to be a literal token.
    public init(digest: Digest) { self.digest = digest }

    /// The token of `fields`, joined as they are.
    ///
    /// - Parameter double: Whether the hash is SHA-256d.
    public init(fields: [String], double: Bool = false) {
        let joined = fields.flatMap { Array($0.utf8) }
        digest = double ? SHA256.doubleHash(joined) : SHA256.hash(joined)
    }

    /// The token of a record's canonical fields in their order, the kind left out.
    public init(_ subject: some TokenSubject, double: Bool = false) {
        let joined = subject.tokenItems.filter { $0.tag != .kind }.flatMap(\.field)
        digest = double ? SHA256.doubleHash(joined) : SHA256.hash(joined)
    }
}

extension LiteralToken: CustomStringConvertible {
    /// The digest behind the label `insecure:`.
    public var description: String { "insecure:" + digest.hex }
}
