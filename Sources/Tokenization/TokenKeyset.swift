/// The keys of several epochs of one purpose and tenant: what rotation needs.
///
/// New tokens are made with the newest epoch. A token of any epoch that is here is matched against a record: its profile
/// and its key id name the epoch, so the tag is computed once. An epoch may have another profile than the one before.
///
/// Destroying an epoch's key turns its tokens into random numbers that nobody can match again (crypto-shredding), and
/// that reaches as far as the key does: a master key from which several epochs are derived gives the destroyed one
/// again. Who wants to shred epochs one by one gives each its own master key and destroys every copy of that.
public struct TokenKeyset: ~Copyable, Sendable {
    /// What the tokens are for.
    public let purpose: String
    /// Whose tokens they are.
    public let tenant: String
    /// By epoch, ascending.
    private var entries: [Entry] = []

    /// A tokenizer on the heap, since an array holds no noncopyable values. Its key is wiped when it is let go.
    private final class Entry: Sendable {
        let epoch: UInt64
        let tokenizer: Tokenizer

        init(epoch: UInt64, tokenizer: consuming Tokenizer) {
            self.epoch = epoch
            self.tokenizer = tokenizer
        }
    }

    /// No epoch yet.
    public init(purpose: String, tenant: String) {
        self.purpose = purpose
        self.tenant = tenant
    }

    /// The epochs whose keys are here, ascending.
    public var epochs: [UInt64] { entries.map(\.epoch) }

    /// Adds an epoch. The newest is the one with the largest number, whatever the order of adding.
    ///
    /// - Parameters:
    ///   - epoch: The number of the key period.
    ///   - key: The master key; not kept. It may differ from the other epochs' one.
    ///   - profile: How the epoch's tokens are made.
    /// - Throws: ``TokenError/epochKnown(_:)``.
    public mutating func add(
        epoch: UInt64, key: borrowing TokenKey, profile: TokenProfile = .fast
    ) throws(TokenError) {
        guard !epochs.contains(epoch) else { throw .epochKnown(epoch) }
        let tokenizer = Tokenizer(key: key, purpose: purpose, tenant: tenant, epoch: epoch, profile: profile)
        let place = entries.firstIndex { $0.epoch > epoch } ?? entries.endIndex
        entries.insert(Entry(epoch: epoch, tokenizer: tokenizer), at: place)
    }

    /// Wipes the derived key of an epoch: from here on its tokens match nothing.
    ///
    /// - Throws: ``TokenError/epochUnknown(_:)``.
    public mutating func destroy(epoch: UInt64) throws(TokenError) {
        guard let place = entries.firstIndex(where: { $0.epoch == epoch }) else { throw .epochUnknown(epoch) }
        entries.remove(at: place)
    }

    /// The token of `subject` under the newest epoch.
    ///
    /// - Throws: ``TokenError/noEpoch``.
    public func token(for subject: some TokenSubject) throws(TokenError) -> Token {
        guard let newest = entries.last else { throw .noEpoch }
        return newest.tokenizer.token(for: subject)
    }

    /// The epoch in which `token` was made of `subject`.
    ///
    /// Which epoch a token names is public; the tags are compared in time that does not depend on where they differ.
    /// - Throws: ``TokenError/keyUnknown(keyID:)`` where no epoch here has the token's profile and key id,
    ///   ``TokenError/tokenMismatch`` where the token is another record's.
    public func epoch(of token: Token, for subject: some TokenSubject) throws(TokenError) -> UInt64 {
        // Key ids are short: in principle two epochs can share one.
        let named = entries.filter { $0.tokenizer.makes(token) }
        guard !named.isEmpty else { throw .keyUnknown(keyID: token.keyID) }
        for entry in named where entry.tokenizer.token(for: subject) == token { return entry.epoch }
        throw .tokenMismatch
    }

    /// The token of `subject` under the newest epoch, in place of `token`, which must be its token in an epoch here.
    ///
    /// - Throws: As ``epoch(of:for:)``.
    public func retokenize(_ token: Token, of subject: some TokenSubject) throws(TokenError) -> Token {
        _ = try epoch(of: token, for: subject)
        return try self.token(for: subject)
    }
}
