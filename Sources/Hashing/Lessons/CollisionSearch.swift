/// The birthday attack: finds two values with one hash, in time about √(π/2 · 2ᵇ) for b bits.
///
/// Walks v → H(v) → H(H(v)) … run side by side from fresh starts. A value whose lowest `distinguishedBits` bits are zero
/// ends a walk and is kept, with the walk's start. A second walk that ends there has met the first one; walking both
/// again from their starts finds where. With no distinguished bits every hash is kept and every walk is one step: the
/// textbook attack, whose cost is the number of values until two agree. With d bits one hash in 2ᵈ is kept, and about
/// `lanes` · 2ᵈ hashes come on top.
/// - SeeAlso: P. van Oorschot, M. Wiener, *Parallel collision search with cryptanalytic applications*, J. Cryptology 12
///   (1999), doi:10.1007/PL00003816.
@_spi(Lessons) public enum CollisionSearch {
    /// Two values with one hash, and what it took to find them.
    public struct Collision: Sendable, Equatable {
        /// One of the values.
        public let first: UInt64
        /// The other one.
        public let second: UInt64
        /// The hash of both.
        public let hash: UInt64
        /// How many hashes were computed until the walks met.
        public let hashes: UInt64
        /// How many ends of walks were kept.
        public let kept: Int
    }

    /// The walks that run side by side.
    public static let lanes = 64
    /// How many ends of walks are kept at most: about 10 MB. What comes later is only looked up.
    public static let memoryLimit = 1 << 18

    /// The mean number of hashes: √(π/2 · 2ᵇ) + 2/3, and `lanes` · 2ᵈ where there are distinguished bits.
    ///
    /// The two thirds are the second term of the asymptotic expansion; the next one is 0.105 / √2ᵇ.
    public static func expectedHashes(bits: Int, distinguishedBits: Int = 0) -> Double {
        (Double.pi / 2 * Double(sign: .plus, exponent: bits, significand: 1)).squareRoot() + 2.0 / 3
            + (distinguishedBits > 0 ? Double(lanes << distinguishedBits) : 0)
    }

    /// How many distinguished bits keep the ends in the processor's cache, at 0.1 % more hashes: none up to 32 bits.
    public static func distinguishedBits(for bits: Int) -> Int { max(0, (bits - 31) / 2) }

    /// A collision of `hash`.
    ///
    /// - Parameter distinguishedBits: What to save memory by, 0 ..< bits; ``distinguishedBits(for:)`` by default.
    /// - Complexity: O(2^(b/2)) hashes on average, O(2^(b/2 − d)) memory.
    public static func run(_ hash: TruncatedSHA256, distinguishedBits: Int? = nil) -> Collision {
        let distinguishedBits = distinguishedBits ?? Self.distinguishedBits(for: hash.bits)
        precondition((0..<hash.bits).contains(distinguishedBits), "there are fewer distinguished bits than bits")
        let mask = (UInt64(1) << UInt64(distinguishedBits)) - 1
        let longest = 20 << UInt64(distinguishedBits)  // A longer walk runs in a circle, but for one in e²⁰.

        // Starts count down from the largest number, out of the way of the hashes.
        var nextStart = UInt64.max
        func fresh() -> Walk {
            defer { nextStart -= 1 }
            return Walk(start: nextStart, length: 0)
        }
        var walks = (0..<lanes).map { _ in fresh() }
        var values = walks.map(\.start)
        var ends: [UInt64: Walk] = [:]
        var hashes: UInt64 = 0
        while true {
            values = hash.hash(values)
            for lane in 0..<lanes {
                hashes += 1
                walks[lane].length += 1
                let isEnd = values[lane] & mask == 0
                guard isEnd || walks[lane].length >= longest else { continue }
                if isEnd {
                    if let other = ends[values[lane]] {
                        if let (first, second) = meeting(walks[lane], other, hash) {
                            return Collision(
                                first: first, second: second, hash: hash.hash(first), hashes: hashes, kept: ends.count)
                        }
                    } else if ends.count < memoryLimit {
                        ends[values[lane]] = walks[lane]
                    }
                }
                walks[lane] = fresh()
                values[lane] = walks[lane].start
            }
        }
    }

    private struct Walk {
        let start: UInt64
        var length: Int
    }

    /// The last values before two walks with one end become the same; `nil` where one walk begins on the other.
    private static func meeting(_ one: Walk, _ other: Walk, _ hash: TruncatedSHA256) -> (UInt64, UInt64)? {
        var (long, short) = one.length >= other.length ? (one.start, other.start) : (other.start, one.start)
        for _ in 0..<abs(one.length - other.length) { long = hash.hash(long) }
        while long != short {
            let next = (hash.hash(long), hash.hash(short))
            guard next.0 != next.1 else { return (long, short) }
            (long, short) = next
        }
        return nil
    }
}
