/// The version bits that miners may vary: 16 of them, which no soft fork is signalled with.
///
///     version = (given & ~1fffe000) | ((given & 1fffe000) ⊕ i · 2¹³)        i = 0, 1, … 65535; i = 0 is the given one
///
/// A version lies in the header's first 64 bytes and the nonce in its last 16, so headers that differ in their versions
/// only have a midstate each and share the schedule of the block that holds the nonce. The search takes them in batches
/// of ``batchSize``.
/// - SeeAlso: BIP 320, *nVersion bits for general purpose use*.
public enum VersionRolling {
    /// The bits that vary.
    public static let mask: UInt32 = 0x1fff_e000
    /// How many versions there are: 2¹⁶.
    public static let count = 1 << 16
    /// How many versions are tried with each nonce before the next nonce. The order of tries follows from it, so it is
    /// the same on every machine.
    public static let batchSize = NonceSearch.maximumVersionCount

    /// The version of this index.
    ///
    /// - Precondition: `index` is in `0 ..< 65536`.
    public static func version(_ given: Int32, index: Int) -> Int32 {
        precondition((0..<count).contains(index), "there are \(count) versions")
        return Int32(bitPattern: UInt32(bitPattern: given) ^ UInt32(index) << UInt32(mask.trailingZeroBitCount))
    }

    /// The first `count` versions in their batches.
    static func batches(_ given: Int32, count: Int) -> some Sequence<[Int32]> {
        stride(from: 0, to: count, by: batchSize).lazy.map { first in
            (first..<min(first + batchSize, count)).map { version(given, index: $0) }
        }
    }
}
