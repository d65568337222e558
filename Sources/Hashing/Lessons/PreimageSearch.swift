/// The brute-force attack: finds a value with a given hash by trying one after the other, 2ᵇ of them on average.
@_spi(Lessons) public enum PreimageSearch {
    /// A value with the wanted hash, and what it took to find it.
    public struct Preimage: Sendable, Equatable {
        /// The value.
        public let value: UInt64
        /// The wanted hash, which it has.
        public let hash: UInt64
        /// How many hashes were computed.
        public let hashes: UInt64
    }

    /// The mean number of hashes: 2ᵇ. Each hits with probability 2⁻ᵇ, so their number is geometrically distributed.
    public static func expectedHashes(bits: Int) -> Double { Double(sign: .plus, exponent: bits, significand: 1) }

    /// The first of 0, 1, 2 … whose hash is that of the value 2⁶⁴ − 1, which stands for a message nobody knows.
    ///
    /// - Complexity: O(2ᵇ) hashes on average, in batches.
    public static func run(_ hash: TruncatedSHA256) -> Preimage {
        let wanted = hash.hash(UInt64.max)
        let batch = 1024
        var start: UInt64 = 0
        while true {
            let values = (0..<batch).map { start + UInt64($0) }
            if let place = hash.hash(values).firstIndex(of: wanted) {
                let value = start + UInt64(place)
                return Preimage(value: value, hash: wanted, hashes: value + 1)
            }
            start += UInt64(batch)
        }
    }
}
