/// Inputs for property tests: the values at which code breaks, then random ones.
public enum EdgeWeighted {
    /// 0, 1, n − 1, n, n + 1, every 2ᵏ and 2ᵏ ± 1, the type's bounds, then `random` uniform values.
    ///
    /// Values that `T` cannot hold are left out.
    public static func integers<T: FixedWidthInteger>(
        around n: T = 0, random count: Int, using rng: inout some RandomNumberGenerator
    ) -> [T] {
        var values: [T] = [0, 1, .min, .max]
        func appendWithNeighbours(_ value: T) {
            for step: T in [0, 1] {
                values += [value.addingReportingOverflow(step), value.subtractingReportingOverflow(step)]
                    .filter { !$0.overflow }.map(\.partialValue)
            }
        }
        appendWithNeighbours(n)
        for bit in 0..<T.bitWidth { appendWithNeighbours(1 << T(truncatingIfNeeded: bit)) }
        for _ in 0..<count { values.append(T.random(in: T.min...T.max, using: &rng)) }
        return values
    }

    /// Big-endian integers as wide as `n`: 0, 1, n − 1, n, n + 1, every 2ᵏ and 2ᵏ ± 1, the largest, then `random`
    /// uniform ones.
    ///
    /// Values that need more bytes than `n` has are left out; so are values below zero.
    public static func bigEndianIntegers(
        around n: [UInt8], random count: Int, using rng: inout some RandomNumberGenerator
    ) -> [[UInt8]] {
        let zero = [UInt8](repeating: 0, count: n.count)
        var values = [zero, [UInt8](repeating: 0xff, count: n.count)]
        values += [successor(zero), predecessor(n), n, successor(n)].compactMap(\.self)
        for bit in 0..<8 * n.count {
            var power = zero
            power[n.count - 1 - bit / 8] = 1 << UInt8(bit % 8)
            values += [predecessor(power), power, successor(power)].compactMap(\.self)
        }
        for _ in 0..<count { values.append(randomBytes(n.count, using: &rng)) }
        return values
    }

    /// Byte strings of one length: all zero, all ones, a single bit at either end, then `random` uniform ones.
    public static func bytes(
        _ length: Int, random count: Int, using rng: inout some RandomNumberGenerator
    ) -> [[UInt8]] {
        var values = [[UInt8](repeating: 0, count: length), [UInt8](repeating: 0xff, count: length)]
        if length > 0 {
            let rest = [UInt8](repeating: 0, count: length - 1)
            values += [[0x80] + rest, rest + [1]]
        }
        for _ in 0..<count { values.append(randomBytes(length, using: &rng)) }
        return values
    }

    /// Lengths up to `limit`: 0, 1, the limit and one below, every 2ᵏ and 2ᵏ ± 1 in range, ascending, each once.
    public static func lengths(upTo limit: Int) -> [Int] {
        var lengths: Set<Int> = [0, 1, limit - 1, limit]
        var power = 2
        while power <= limit {
            lengths.formUnion([power - 1, power, power + 1])
            power *= 2
        }
        return lengths.filter { (0...limit).contains($0) }.sorted()
    }

    /// `count` uniform bytes.
    public static func randomBytes(_ count: Int, using rng: inout some RandomNumberGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &rng) }
    }

    /// Cuts `bytes` at random places, empty pieces included; the pieces in order make up `bytes` again.
    public static func split(_ bytes: [UInt8], using rng: inout some RandomNumberGenerator) -> [ArraySlice<UInt8>] {
        var cuts = (0..<Int.random(in: 0...5, using: &rng)).map { _ in Int.random(in: 0...bytes.count, using: &rng) }
        cuts = ([0, bytes.count] + cuts).sorted()
        return zip(cuts, cuts.dropFirst()).map { bytes[$0..<$1] }
    }

    private static func successor(_ n: [UInt8]) -> [UInt8]? {
        guard let last = n.lastIndex(where: { $0 != 0xff }) else { return nil }
        return n[..<last] + [n[last] + 1] + [UInt8](repeating: 0, count: n.count - 1 - last)
    }

    private static func predecessor(_ n: [UInt8]) -> [UInt8]? {
        guard let last = n.lastIndex(where: { $0 != 0 }) else { return nil }
        return n[..<last] + [n[last] - 1] + [UInt8](repeating: 0xff, count: n.count - 1 - last)
    }
}
