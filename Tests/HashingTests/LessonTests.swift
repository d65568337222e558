@_spi(Lessons) import Hashing
import Testing

@Suite("Lessons on truncated hashes") struct LessonTests {
    @Test("the truncated hash is the start of SHA-256, alone and in batches")
    func truncation() {
        for bits in [1, 7, 8, 16, 33, 63, 64] {
            let hash = TruncatedSHA256(bits: bits, seed: 0x0102_0304_0506_0708)
            let values = (0..<70).map { UInt64($0) &* 0x9e37_79b9_7f4a_7c15 }
            let batch = hash.hash(values)
            for (value, hashed) in zip(values, batch) {
                let digits = SHA256.hash(hash.message(value)).hex
                let expected = digits.prefix(16).reduce(UInt64(0)) { $0 << 4 | UInt64($1.hexDigitValue ?? 0) }
                #expect(hashed == expected >> (64 - UInt64(bits)))
                #expect(hash.hash(value) == hashed)
            }
        }
        #expect(TruncatedSHA256(bits: 64, seed: 1).message(2) == [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2])
        #expect(TruncatedSHA256(bits: 8, seed: 1).hash([UInt64]()).isEmpty)
    }

    /// One search has a standard deviation of 0.523 of its mean, so 1000 of them err by 1.7 % of it: three deviations.
    @Test("collisions take √(π/2 · 2ᵇ) hashes, within 5 % over 1000 functions", arguments: [10, 14])
    func birthday(bits: Int) {
        let costs = (0..<1000).map { seed in
            let hash = TruncatedSHA256(bits: bits, seed: UInt64(seed))
            let found = CollisionSearch.run(hash)
            #expect(found.first != found.second)
            #expect(hash.hash(found.first) == found.hash && hash.hash(found.second) == found.hash)
            #expect(UInt64(found.kept) == found.hashes - 1)
            return Double(found.hashes)
        }
        let mean = SampleMean(costs)
        let expected = CollisionSearch.expectedHashes(bits: bits)
        #expect(abs(mean.mean / expected - 1) < 0.05, "\(mean.mean) is not near \(expected)")
    }

    @Test("the expected number of hashes is the exact one, summed up", arguments: [4, 8, 12, 16])
    func exactExpectation(bits: Int) {
        // E = Σ over k ≥ 0 of the probability that the first k values are all different.
        let size = Double(1 << bits)
        var sum = 0.0
        var different = 1.0
        for k in 0...(1 << bits) {
            sum += different
            different *= 1 - Double(k) / size
        }
        #expect(abs(sum - CollisionSearch.expectedHashes(bits: bits)) < 0.11 / size.squareRoot())
    }

    @Test("with distinguished points less is kept, and collisions are found all the same", arguments: [1, 3, 5])
    func distinguishedPoints(bits: Int) {
        let costs = (0..<30).map { seed in
            let hash = TruncatedSHA256(bits: 22, seed: UInt64(seed))
            let found = CollisionSearch.run(hash, distinguishedBits: bits)
            #expect(found.first != found.second)
            #expect(hash.hash(found.first) == found.hash && hash.hash(found.second) == found.hash)
            #expect(Double(found.kept) < 1.5 * Double(found.hashes >> UInt64(bits)))
            return Double(found.hashes)
        }
        let mean = SampleMean(costs)
        let expected = CollisionSearch.expectedHashes(bits: 22, distinguishedBits: bits)
        #expect(abs(mean.mean - expected) < 4 * mean.standardError, "\(mean.mean) is not near \(expected)")
    }

    @Test("searches repeat, and memory stays bounded")
    func determinism() {
        let hash = TruncatedSHA256(bits: 20, seed: 5)
        #expect(CollisionSearch.run(hash) == CollisionSearch.run(hash))
        #expect(CollisionSearch.run(hash) != CollisionSearch.run(TruncatedSHA256(bits: 20, seed: 6)))
        for bits in 1...64 {
            let plain = CollisionSearch.expectedHashes(bits: bits)
            let saving = CollisionSearch.distinguishedBits(for: bits)
            #expect(2 * plain / Double(1 << saving) < Double(CollisionSearch.memoryLimit), "\(bits) bits")
            #expect(
                CollisionSearch.expectedHashes(bits: bits, distinguishedBits: saving) < 1.002 * plain, "\(bits) bits")
        }
    }

    @Test("preimages take 2ᵇ hashes, within four standard errors over 300 functions", arguments: [6, 10])
    func preimages(bits: Int) {
        let costs = (0..<300).map { seed in
            let hash = TruncatedSHA256(bits: bits, seed: UInt64(seed))
            let found = PreimageSearch.run(hash)
            #expect(hash.hash(found.value) == found.hash && hash.hash(UInt64.max) == found.hash)
            #expect((0..<found.value).count(where: { hash.hash($0) == found.hash }) == 0 || bits > 6)
            return Double(found.hashes)
        }
        let mean = SampleMean(costs)
        let expected = PreimageSearch.expectedHashes(bits: bits)
        #expect(abs(mean.mean - expected) < 4 * mean.standardError, "\(mean.mean) is not near \(expected)")
        // A geometric distribution's standard deviation is its mean, nearly.
        #expect(abs(mean.standardError * 300.0.squareRoot() / expected - 1) < 0.25)
    }

    @Test("one bit changes half of the bits")
    func avalanche() {
        let counts = (0..<20).flatMap { Avalanche.changedBits(seed: 1, value: $0) }
        #expect(counts.count == 20 * 128)
        let mean = SampleMean(counts.map(Double.init))
        #expect(abs(mean.mean - Avalanche.expectedChanges) < 4 * mean.standardError)
        #expect(abs(mean.standardError * Double(mean.count).squareRoot() - 8) < 0.5)
        #expect(counts.allSatisfy { (80...176).contains($0) })
    }

    @Test("means and their errors, by hand")
    func sampleMean() {
        let mean = SampleMean([2, 4, 4, 4, 5, 5, 7, 9])
        #expect(mean.count == 8 && mean.mean == 5)
        #expect(abs(mean.standardError - (32.0 / 7 / 8).squareRoot()) < 1e-12)
        #expect(mean.interval95.contains(5) && !mean.interval95.contains(6.5))
        #expect(SampleMean([3]).standardError == .infinity)
    }

    @Test("a hash has 1 to 64 bits, and fewer distinguished ones")
    func misuse() async {
        await #expect(processExitsWith: .failure) { _ = TruncatedSHA256(bits: 0, seed: 0) }
        await #expect(processExitsWith: .failure) { _ = TruncatedSHA256(bits: 65, seed: 0) }
        await #expect(processExitsWith: .failure) {
            _ = CollisionSearch.run(TruncatedSHA256(bits: 8, seed: 0), distinguishedBits: 8)
        }
    }
}
