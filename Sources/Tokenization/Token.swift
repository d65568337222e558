import ByteCoding
public import Hashing

/// A keyed pseudonym of one record: `rw1.<key id>.<64 hexadecimal digits>`.
public struct Token: Sendable {
    /// Which key made the token: four bytes.
    public let keyID: [UInt8]
    /// The HMAC-SHA-256 tag of the record.
    public let tag: Digest

    init(keyID: [UInt8], tag: Digest) {
        self.keyID = keyID
        self.tag = tag
    }

    /// The token that `text` spells: `rw1.`, 8 lower-case hexadecimal digits, a full stop, 64 more.
    ///
    /// - Throws: ``TokenError/tokenSyntax``.
    public init(parsing text: String) throws(TokenError) {
        let parts = text.utf8.split(separator: 0x2e, omittingEmptySubsequences: false).map { Substring($0) }
        guard parts.count == 3, parts[0].utf8.elementsEqual("rw1".utf8) else { throw .tokenSyntax }
        do {
            keyID = try Hex.decode(String(parts[1]), count: 4)
            tag = try Digest(hex: String(parts[2]))
        } catch { throw .tokenSyntax }
    }
}

extension Token: Equatable {
    /// Whether two tokens are equal, in time that does not depend on where they differ.
    public static func == (left: Token, right: Token) -> Bool {
        constantTimeEqual(left.keyID + left.tag.bytes, right.keyID + right.tag.bytes)
    }
}

extension Token: CustomStringConvertible {
    /// The token's text form, which ``init(parsing:)`` reads.
    public var description: String { "rw1.\(Hex.encode(keyID)).\(tag.hex)" }
}
