public import ByteCoding

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
