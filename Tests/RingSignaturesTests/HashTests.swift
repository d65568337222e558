import ByteCoding
import Hashing
import ModularArithmetic
import Testing

@_spi(Hazmat) @testable import RingSignatures

@Suite("The framed hashes of a group") struct HashTests {
    @Test("each hash reaches every value of its range, and no other")
    func ranges() throws {
        let hash = GroupHash(try TestGroup.p23.group)
        var (scalars, short, units, elements) = (Set<Natural>(), Set<Natural>(), Set<Natural>(), Set<Natural>())
        for number in 0..<UInt32(600) {
            let items = [number.bigEndianBytes]
            scalars.insert(hash.scalar("test", items).value)
            short.insert(hash.shortScalar("test", items).value)
            units.insert(hash.residue("test", items).value)
            elements.insert(hash.element("test", items).value)
        }
        #expect(scalars == Set((0..<11).map { Natural(UInt64($0)) }))
        #expect(short == scalars)
        #expect(units == Set((1..<23).map { Natural(UInt64($0)) }))
        // The squares modulo 23 without 1.
        #expect(elements == [2, 3, 4, 6, 8, 9, 12, 13, 16, 18])
    }

    @Test("H_q and H_c are 24 and 16 bytes of SHAKE256 over framed tag and items, reduced")
    func definitions() throws {
        let group = try TestGroup.k2.group
        let hash = GroupHash(group)
        let items: [[UInt8]] = [[1, 2], [], [3]]
        func reduced(_ tag: String, _ count: Int, _ modulus: Natural) -> Natural {
            Natural(bigEndianBytes: SHAKE256.hash(frame([Array(tag.utf8)] + items), count: count)) % modulus
        }
        #expect(hash.scalar("t", items).value == reduced("q:t", 32, group.q.value))
        #expect(hash.shortScalar("t", items).value == reduced("c:t", 16, group.q.value))
        #expect(hash.residue("t", items).value == reduced("p:t", 48, group.p.value - 1) + 1)
        let secret: [UInt8] = [1, 2, 3, 4]
        var copy = secret
        let framed = SecretBytes(wiping: &copy).framed()
        #expect(
            hash.secretScalar("t", [[7]], framedSecret: framed, [[8]]).declassified()
                == hash.scalar("t", [[7], secret, [8]]).value)
        #expect(
            hash.residue("t", [[7]], framedSecret: framed, [[8]]).value
                == hash.residue("t", [[7], secret, [8]]).value)
    }

    @Test("no byte can move between the tag and the items, or between items")
    func framing() throws {
        let hash = GroupHash(try TestGroup.k2.group)
        let inputs: [(String, [[UInt8]])] = [
            ("ab", [[1, 2], [3]]), ("ab", [[1], [2, 3]]), ("ab", [[1, 2, 3]]), ("ab", [[], [1, 2], [3]]),
            ("ab", [[1, 2], [3], []]), ("a", [[0x62, 1, 2], [3]]), ("", [[0x61, 0x62], [1, 2], [3]]), ("ab", []),
            ("ab", [[]]), ("ab", [[], []]),
        ]
        var seen: Set<Natural> = []
        for (tag, items) in inputs {
            #expect(seen.insert(hash.scalar(tag, items).value).inserted)
            #expect(seen.insert(hash.shortScalar(tag, items).value).inserted)
            #expect(seen.insert(hash.residue(tag, items).value).inserted)
            #expect(seen.insert(hash.element(tag, items).value).inserted)
        }
    }

    @Test("flag bytes: four bits, and sealed only with a recipient")
    func modes() {
        let valid = (0...UInt8.max).filter { PaperMode(rawValue: $0).isValid }
        #expect(valid == [0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15])
    }
}
