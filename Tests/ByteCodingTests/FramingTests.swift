import ByteCoding
import Support
import Testing

@Suite("Framing") struct FramingTests {
    @Test("known answers")
    func knownAnswers() {
        #expect(frame([]) == [])
        #expect(frame([[]]) == [0, 0, 0, 0, 0, 0, 0, 0])
        #expect(frame([[0xaa], []]) == [0, 0, 0, 0, 0, 0, 0, 1, 0xaa, 0, 0, 0, 0, 0, 0, 0, 0])
    }

    /// Reads a frame back. That this inverse exists is what makes framing injective.
    private func unframe(_ bytes: [UInt8]) throws -> [[UInt8]] {
        var reader = ByteReader(bytes)
        var items: [[UInt8]] = []
        while reader.left > 0 {
            items.append(try reader.read(Int(try reader.readBigEndian(UInt64.self, field: "n")), field: "x"))
        }
        return items
    }

    @Test("a frame has one reading")
    func inverse() throws {
        var rng = SeededGenerator(seed: 4)
        for _ in 0..<300 {
            let items = (0..<Int.random(in: 0...6, using: &rng)).map { _ in
                EdgeWeighted.randomBytes(Int.random(in: 0...20, using: &rng), using: &rng)
            }
            #expect(try unframe(frame(items)) == items)
        }
    }

    @Test("all lists of up to three items over short strings of 00 and 01 frame differently")
    func exhaustive() {
        let strings: [[UInt8]] = [[], [0], [1], [0, 0], [0, 1], [1, 0], [1, 1], .init(repeating: 0, count: 8)]
        var lists: [[[UInt8]]] = [[]]
        for a in strings {
            lists.append([a])
            for b in strings {
                lists.append([a, b])
                for c in strings { lists.append([a, b, c]) }
            }
        }
        #expect(Set(lists.map { frame($0) }).count == lists.count)
    }
}
