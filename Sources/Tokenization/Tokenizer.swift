import ByteCoding
import Hashing

/// Makes and checks tokens of one profile for one purpose, tenant and epoch.
///
///     K     = HKDF-SHA-256(master key, salt = "", info = frame(label, purpose, tenant, be64(epoch)))
///     keyId = first 4 bytes of SHA-256(label ‖ "/id" ‖ K)
///     m     = frame(item₁ … itemₖ)                         item: tag byte ‖ canonical field
///
///     rw1:  label = "ringwork/token/1"         token = HMAC-SHA-256(K, m)
///     rw1s: label = "ringwork/token-slow/1"    token = HMAC-SHA-256(K, scrypt(m, salt = S, N = 2¹⁷, r = 8, p = 1))
///                                              S     = HKDF-SHA-256(K, salt = "", info = label ‖ "/salt")
///
/// scrypt gives 32 bytes, like each HKDF. Tokens of different profiles, purposes, tenants or epochs cannot be linked
/// without the key. Whoever holds the key can find the person behind a token by guessing: the key is what keeps a token
/// a pseudonym. The slow profile makes each of those guesses cost what a token costs, measured as 0.42 s and 128 MiB on
/// a 2.3 GHz server core: twelve core-years for all nine-digit numbers instead of minutes, which delays a thief and
/// does not stop one.
/// - SeeAlso: Smart-consensus paper §3.2.2, repaired: the printed hash has no key and no boundaries between fields.
public struct Tokenizer: ~Copyable, Sendable {
    let derived: SecretBytes
    /// What makes the tokens of the slow profile, with its salt.
    private let salt: SecretBytes?
    /// How the tokens are made.
    public let profile: TokenProfile
    /// Which key makes the tokens: four bytes, public.
    public let keyID: [UInt8]

    /// The slow profile's scrypt. The name `rw1s` fixes it: other parameters are another profile.
    private static let scrypt: Scrypt = {
        do { return try Scrypt(cost: 1 << 17, blockSize: 8, parallelization: 1) } catch {
            preconditionFailure("the slow profile's parameters are usable")
        }
    }()

    /// The tokenizer of one purpose, tenant and epoch.
    ///
    /// - Parameters:
    ///   - key: The master key; not kept.
    ///   - purpose: What the tokens are for; any UTF-8 text, taken as it is.
    ///   - tenant: Whose tokens they are; any UTF-8 text, taken as it is.
    ///   - epoch: The number of the key period.
    ///   - profile: How the tokens are made.
    public init(
        key: borrowing TokenKey, purpose: String, tenant: String, epoch: UInt64, profile: TokenProfile = .fast
    ) {
        let label =
            switch profile {
            case .fast: "ringwork/token/1"
            case .slow: "ringwork/token-slow/1"
            }
        let info = frame([Array(label.utf8), Array(purpose.utf8), Array(tenant.utf8), epoch.bigEndianBytes])
        derived = HKDFSHA256.derive(key: key.secret, info: info, count: 32)
        salt =
            switch profile {
            case .fast: nil
            case .slow: HKDFSHA256.derive(key: derived, info: Array((label + "/salt").utf8), count: 32)
            }
        var identified = Array((label + "/id").utf8) + derived.unprotectedCopy()
        keyID = SHA256.hash(identified).bytes.prefix(4).map { published($0) }
        wipe(&identified)
        self.profile = profile
    }

    /// The token of `subject`.
    ///
    /// - Complexity: O(n) in the bytes of the record, and time depends on their lengths only; with the slow profile one
    ///   scrypt more, whose memory accesses depend on the record and the key (see ``Scrypt``).
    public func token(for subject: some TokenSubject) -> Token {
        var message = frame(subject.tokenItems.map(\.bytes))
        if let stretched = stretched(&message) { message = stretched }
        defer { wipe(&message) }
        return Token(profile: profile, keyID: keyID, tag: HMACSHA256.tag(key: derived, message: message))
    }

    /// What the slow profile puts in place of `message`, which it wipes; `nil` with the other profile.
    private func stretched(_ message: inout [UInt8]) -> [UInt8]? {
        switch salt {
        case .some(let salt):
            do {
                return try Self.scrypt.derive(password: SecretBytes(wiping: &message), salt: salt, count: 32)
                    .unprotectedCopy()
            } catch { preconditionFailure("scrypt gives 32 bytes") }
        case .none: return nil
        }
    }

    /// The token of each of many records, in their order.
    public func tokens(for subjects: some Sequence<some TokenSubject>) -> [Token] {
        var tokens: [Token] = []
        for subject in subjects { tokens.append(token(for: subject)) }
        return tokens
    }

    /// Checks that `token` is the token of `subject`, in time that does not depend on where their tags differ.
    ///
    /// A token of another profile or key id is refused before anything is computed: both are public.
    /// - Throws: ``TokenError/tokenMismatch``, without a further reason.
    public func check(_ token: Token, of subject: some TokenSubject) throws(TokenError) {
        guard makes(token), token == self.token(for: subject) else { throw .tokenMismatch }
    }

    /// Whether `token` has this tokenizer's profile and key id.
    func makes(_ token: Token) -> Bool { token.profile == profile && token.keyID == keyID }
}
