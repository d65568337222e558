import ByteCoding
public import Hashing

/// How a token is made from a record and a key. The token's first part names it.
public enum TokenProfile: String, Hashable, Sendable, CaseIterable {
    /// HMAC-SHA-256 of the record: about a microsecond.
    case fast = "rw1"
    /// scrypt before the HMAC: under half a second and 128 MiB. Against who has stolen the key as well.
    case slow = "rw1s"
}

/// A keyed pseudonym of one record: `rw1.<key id>.<64 hexadecimal digits>`, or `rw1s.…` where it was made slowly.
public struct Token: Sendable {
    /// How the token was made.
    public let profile: TokenProfile
    /// Which key made the token: four bytes, public.
    public let keyID: [UInt8]
    /// The HMAC-SHA-256 tag of the record.
    public let tag: Digest

    init(profile: TokenProfile, keyID: [UInt8], tag: Digest) {
        self.profile = profile
        self.keyID = keyID
        self.tag = tag
    }

    /// The token that `text` spells: `rw1.` or `rw1s.`, 8 lower-case hexadecimal digits, a full stop, 64 more.
    ///
    /// - Throws: ``TokenError/tokenSyntax``.
    public init(parsing text: String) throws(TokenError) {
        let parts = text.utf8.split(separator: 0x2e, omittingEmptySubsequences: false).map { Substring($0) }
        guard parts.count == 3,
            let profile = TokenProfile.allCases.first(where: { $0.rawValue.utf8.elementsEqual(parts[0].utf8) })
        else { throw .tokenSyntax }
        self.profile = profile
        do {
            keyID = try Hex.decode(String(parts[1]), count: 4)
            tag = try Digest(hex: String(parts[2]))
        } catch { throw .tokenSyntax }
    }
}

extension Token: Equatable {
    /// Whether two tokens are equal, in time that does not depend on where key ids and tags differ.
    public static func == (left: Token, right: Token) -> Bool {
        left.profile == right.profile
            && constantTimeEqual(left.keyID + left.tag.bytes, right.keyID + right.tag.bytes)
    }
}

extension Token: CustomStringConvertible {
    /// The token's text form, which ``init(parsing:)`` reads.
    public var description: String { "\(profile.rawValue).\(Hex.encode(keyID)).\(tag.hex)" }
}
