public import ByteCoding
import Hashing

/// The master key of a tokenization service: 32 secret bytes.
public struct TokenKey: ~Copyable, Sendable {
    let secret: SecretBytes

    /// The key whose bytes are `secret`.
    ///
    /// - Throws: ``TokenError/keyLength`` unless there are 32.
    public init(_ secret: consuming SecretBytes) throws(TokenError) {
        guard secret.count == 32 else { throw .keyLength }
        self.secret = secret
    }

    /// The key that a key file spells, and wipes the array that held the file.
    ///
    /// - Parameter text: 64 lower-case hexadecimal digits in ASCII, then at most one line feed.
    /// - Throws: ``TokenError/keyLength``. Time depends on the length, and on where a wrong character stands.
    public init(wipingHex text: inout [UInt8]) throws(TokenError) {
        defer { wipe(&text) }
        if text.last == 0x0a { text.removeLast() }
        guard text.count == 64 else { throw .keyLength }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        for place in stride(from: 0, to: 64, by: 2) {
            guard let high = Self.nibble(text[place]), let low = Self.nibble(text[place + 1]) else {
                wipe(&bytes)
                throw .keyLength
            }
            bytes.append(high << 4 | low)
        }
        secret = SecretBytes(wiping: &bytes)
    }

    private static func nibble(_ character: UInt8) -> UInt8? {
        switch character {
        case 0x30...0x39: character - 0x30
        case 0x61...0x66: character - 0x57
        default: nil
        }
    }
}

/// Makes and checks tokens for one purpose, tenant and epoch.
///
///     K     = HKDF-SHA-256(master key, salt = "", info = frame("ringwork/token/1", purpose, tenant, be64(epoch)))
///     keyId = first 4 bytes of SHA-256("ringwork/token/1/id" ‖ K)
///     token = HMAC-SHA-256(K, frame(item₁ … itemₖ))        item: tag byte ‖ canonical field
///
/// Tokens of different purposes, tenants or epochs cannot be linked without the key. Whoever holds the key can find the
/// person behind a token by guessing: the key is what keeps a token a pseudonym.
/// - SeeAlso: Smart-consensus paper §3.2.2, repaired: the printed hash has no key and no boundaries between fields.
public struct Tokenizer: ~Copyable, Sendable {
    private let derived: SecretBytes
    /// Which key makes the tokens: four bytes, public.
    public let keyID: [UInt8]

    /// The tokenizer of one purpose, tenant and epoch.
    ///
    /// - Parameters:
    ///   - key: The master key; not kept.
    ///   - purpose: What the tokens are for; any UTF-8 text, taken as it is.
    ///   - tenant: Whose tokens they are; any UTF-8 text, taken as it is.
    ///   - epoch: The number of the key period.
    public init(key: borrowing TokenKey, purpose: String, tenant: String, epoch: UInt64) {
        let info = frame([
            Array("ringwork/token/1".utf8), Array(purpose.utf8), Array(tenant.utf8), epoch.bigEndianBytes,
        ])
        derived = HKDFSHA256.derive(key: key.secret, info: info, count: 32)
        var identified = Array("ringwork/token/1/id".utf8) + derived.unprotectedCopy()
        keyID = Array(SHA256.hash(identified).bytes.prefix(4))
        wipe(&identified)
    }

    /// The token of `subject`.
    ///
    /// - Complexity: O(n) in the bytes of the record; time depends on their lengths only.
    public func token(for subject: some TokenSubject) -> Token {
        Token(keyID: keyID, tag: HMACSHA256.tag(key: derived, message: frame(subject.tokenItems.map(\.bytes))))
    }

    /// The token of each of many records, in their order.
    public func tokens(for subjects: some Sequence<some TokenSubject>) -> [Token] {
        var tokens: [Token] = []
        for subject in subjects { tokens.append(token(for: subject)) }
        return tokens
    }

    /// Checks that `token` is the token of `subject`, in time that does not depend on where they differ.
    ///
    /// - Throws: ``TokenError/tokenMismatch``, without a further reason.
    public func check(_ token: Token, of subject: some TokenSubject) throws(TokenError) {
        guard token == self.token(for: subject) else { throw .tokenMismatch }
    }
}
