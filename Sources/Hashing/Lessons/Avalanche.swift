import ByteCoding

/// The avalanche effect: one changed bit of a message changes each bit of SHA-256 with probability one half.
@_spi(Lessons) public enum Avalanche {
    /// The mean number of changed bits: 128 of 256.
    public static let expectedChanges = 128.0

    /// How many of the 256 bits change when one bit of a message does, for every one of the 128 bits of the message.
    ///
    /// The 16-byte message is the one of `value` in a ``TruncatedSHA256`` with this seed. The counts follow the binomial
    /// distribution with mean 128 and standard deviation 8 as far as SHA-256 looks random.
    public static func changedBits(seed: UInt64, value: UInt64) -> [Int] {
        let message = seed.bigEndianBytes + value.bigEndianBytes
        let changed = (0..<8 * message.count).map { bit in
            var copy = message
            copy[bit / 8] ^= 0x80 >> UInt8(bit % 8)
            return copy
        }
        let digest = SHA256.hash(message).bytes
        return SHA256.hashMany(changed).map { zip($0.bytes, digest).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount } }
    }
}
