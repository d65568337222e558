import ByteCoding
import Hashing

/// The randomness of a story: the system's, or all of it from one seed so that a lesson can be repeated byte for byte.
///
///     seeded: block i = SHAKE256(frame("ringwork/seed/1", seed₈, i₈))[0 ..< 64]
///
/// Everything made from a seed is public, keys included.
public struct StoryRandomness: RandomNumberGenerator, Sendable {
    private let seed: UInt64?
    private var counter: UInt64 = 0
    private var block: ArraySlice<UInt8> = []

    /// From `seed`, or from the system's generator where there is none.
    public init(seed: UInt64?) { self.seed = seed }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        guard let seed else {
            var system = SystemRandomNumberGenerator()
            return system.next()
        }
        if block.isEmpty {
            let items = [Array("ringwork/seed/1".utf8), seed.bigEndianBytes, counter.bigEndianBytes]
            block = ArraySlice(SHAKE256.hash(frame(items), count: 64))
            counter += 1
        }
        defer { block = block.dropFirst(8) }
        return UInt64(bigEndianBytes: block.prefix(8))
    }
}
