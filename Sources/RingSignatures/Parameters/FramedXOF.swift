import ByteCoding
import Hashing

/// The framed extendable-output hash under everything that a ring signature hashes.
///
///     XOF(tag, items, n) = SHAKE256(frame(tag, items))[0 ..< n]
///
/// Framing makes it injective in its items, and the tag keeps its uses apart.
public enum FramedXOF {
    /// `count` bytes of SHAKE256 over the framed `tag` and `items`.
    public static func bytes(_ tag: String, _ items: [[UInt8]], count: Int) -> [UInt8] {
        SHAKE256.hash(frame([Array(tag.utf8)] + items), count: count)
    }

    /// The same of items of which some are secret, framed already, and stand in the middle.
    static func bytes(
        _ tag: String, _ before: [[UInt8]], framedSecret secret: borrowing SecretBytes, _ after: [[UInt8]], count: Int
    ) -> SecretBytes {
        SHAKE256.secretHash(
            prefix: frame([Array(tag.utf8)] + before), secret: secret, suffix: frame(after), count: count)
    }
}
