import ByteCoding
import Support
import Testing

@Suite("Secret bytes and constant-time equality") struct SecretBytesTests {
    @Test("a secret takes its bytes over and empties the array")
    func takesOver() {
        var source: [UInt8] = [1, 2, 3]
        let secret = SecretBytes(wiping: &source)
        #expect(source.isEmpty)
        // #expect cannot look into a noncopyable value, so what is compared is taken out first.
        let (count, copy) = (secret.count, secret.unprotectedCopy())
        #expect(count == 3)
        #expect(copy == [1, 2, 3])
    }

    @Test("what is declassified or published is the value itself")
    func publishes() {
        var source: [UInt8] = [1, 2, 3]
        let secret = SecretBytes(wiping: &source)
        let (open, copy) = (secret.declassified(), secret.unprotectedCopy())
        #expect(open == [1, 2, 3] && copy == open)
        let verdict = published(UInt64(7))
        #expect(verdict == 7)
    }

    @Test("wiping overwrites the buffer itself")
    func wipes() {
        var bytes: [UInt8] = .init(repeating: 0xa5, count: 64)
        wipe(&bytes)
        #expect(bytes.isEmpty)
        var nothing: [UInt8] = []
        wipe(&nothing)
        #expect(nothing.isEmpty)
    }

    @Test("a secret is filled in place, and may be empty")
    func fills() {
        var secret = SecretBytes(zeros: 4)
        let before = secret.unprotectedCopy()
        secret.withUnsafeMutableBytes { $0[3] = 7 }
        let after = secret.withUnsafeBytes { Array($0) }
        #expect(before == [0, 0, 0, 0])
        #expect(after == [0, 0, 0, 7])

        var empty = SecretBytes(zeros: 0)
        let (count, copy) = (empty.count, empty.unprotectedCopy())
        let width = empty.withUnsafeMutableBytes { $0.count }
        #expect(count == 0)
        #expect(copy == [])
        #expect(width == 0)
        #expect(secretsEqual([], []))
    }

    @Test("a negative length is the caller's mistake")
    func negative() async {
        await #expect(processExitsWith: .failure) { _ = SecretBytes(zeros: -1) }
    }

    private func secretsEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        var (l, r) = (left.map(\.self), right.map(\.self))
        let first = SecretBytes(wiping: &l)
        return first.constantTimeEquals(SecretBytes(wiping: &r))
    }

    @Test("both comparisons agree with ==, for a change at every place and for every prefix")
    func equality() {
        var rng = SeededGenerator(seed: 5)
        for length in EdgeWeighted.lengths(upTo: 65) {
            let bytes = EdgeWeighted.randomBytes(length, using: &rng)
            #expect(constantTimeEqual(bytes, bytes.map(\.self)))
            #expect(secretsEqual(bytes, bytes))
            for place in 0..<length {
                var other = bytes
                other[place] ^= 1 << UInt8.random(in: 0..<8, using: &rng)
                #expect(!constantTimeEqual(bytes, other))
                #expect(!secretsEqual(bytes, other))
                #expect(!constantTimeEqual(bytes, Array(bytes.prefix(place))))
                #expect(!secretsEqual(bytes, Array(bytes.prefix(place))))
            }
        }
    }
}
