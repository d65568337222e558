import ByteCoding
import ModularArithmetic
import Support
import Testing

@_spi(Hazmat) @testable import RingSignatures

@Suite("The compact form of a signature") struct SignatureBytesTests {
    @Test("every mode comes back from its bytes", arguments: [TestGroup.p23, .k2])
    func roundTrip(_ name: TestGroup) throws {
        let group = try name.group
        let (element, scalar) = (group.elementByteCount, group.scalarByteCount)
        for mode in openModes {
            var fields = try group.sign([1], mode: mode).fields
            var bytes = fields.encoded(in: group)
            #expect(try RingSignatureFields(decoding: bytes, in: group) == fields)
            let elements = 3 + 2 + 3 + [PaperMode.link, .designated].filter { mode.contains($0) }.count
            let open = mode.contains(.open) ? 3 * element + 3 * scalar : 0
            #expect(bytes.count == 2 + 4 + 4 + 2 + elements * element + 3 * scalar + open)
            #expect(bytes[1] == mode.rawValue)

            fields.recipient = nil
            fields.sealed = .init(u: 5, ciphertext: [1, 2, 3])
            bytes = fields.encoded(in: group)
            #expect(bytes[1] == mode.union([.designated, .sealed]).rawValue)
            #expect(try RingSignatureFields(decoding: bytes, in: group) == fields)

            fields.recipient = 7
            bytes = fields.encoded(in: group)
            #expect(bytes[1] == mode.union([.designated, .sealed]).rawValue | 16)
            #expect(try RingSignatureFields(decoding: bytes, in: group) == fields)
        }
    }

    @Test("bytes cut short at any length, and bytes with one more, are refused")
    func truncation() throws {
        let group = try TestGroup.k2.group
        for mode in openModes {
            var fields = try group.sign([1], mode: mode).fields
            if mode == [] { fields.sealed = .init(u: 5, ciphertext: [1, 2, 3]) }
            let bytes = fields.encoded(in: group)
            for count in 0..<bytes.count {
                do {
                    _ = try RingSignatureFields(decoding: Array(bytes[..<count]), in: group)
                    Issue.record("\(count) bytes of \(bytes.count) were read")
                } catch {
                    guard case .bytes(.truncated) = error else {
                        Issue.record("\(count) bytes: \(error)")
                        continue
                    }
                }
            }
            #expect(throws: SignatureBytesError.bytes(.trailingBytes(count: 1))) {
                try RingSignatureFields(decoding: bytes + [0], in: group)
            }
        }
    }

    @Test("every flag byte and version but the known ones is refused")
    func flags() throws {
        let group = try TestGroup.k2.group
        let bytes = try group.sign([1]).fields.encoded(in: group)
        for value in UInt8.min...UInt8.max {
            var damaged = bytes
            damaged[1] = value
            // 16 says that a sealed signature names its recipient.
            let mode = PaperMode(rawValue: value & ~16)
            if !mode.isValid || (value & 16 != 0 && !mode.contains(.sealed)) {
                #expect(throws: SignatureBytesError.flags(value)) {
                    try RingSignatureFields(decoding: damaged, in: group)
                }
            } else if value != 0 {
                // The fields that the flag promises are missing.
                #expect(throws: SignatureBytesError.self) { try RingSignatureFields(decoding: damaged, in: group) }
            }
            damaged = bytes
            damaged[0] = value
            guard value != 1 else { continue }
            #expect(throws: SignatureBytesError.version(value)) {
                try RingSignatureFields(decoding: damaged, in: group)
            }
        }
    }

    @Test("counts that the bytes cannot hold are refused before anything is made")
    func counts() throws {
        let group = try TestGroup.p23.group
        for count: [UInt8] in [[0xff, 0xff, 0xff, 0xff], [0x80, 0, 0, 0], [0, 0, 0, 4]] {
            #expect(throws: SignatureBytesError.self) {
                try RingSignatureFields(decoding: [1, 0] + count + [2, 3, 4], in: group)
            }
        }
        #expect(throws: SignatureBytesError.bytes(.truncated(field: "context", needed: 0xffff_ffff, left: 1))) {
            try RingSignatureFields(decoding: [1, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 1], in: group)
        }
    }

    @Test("random and randomly damaged bytes never crash, and what is read is spelled in one way only")
    func random() throws {
        let group = try TestGroup.p23.group
        var generator = SeededGenerator(seed: 11)
        let starts = try openModes.map { try group.sign([1], mode: $0).fields.encoded(in: group) }
        var read = 0
        for round in 0..<10_000 {
            var bytes = EdgeWeighted.randomBytes(Int.random(in: 0...80, using: &generator), using: &generator)
            switch round % 3 {
            case 0: break
            case 1: bytes = [1, UInt8.random(in: 0...15, using: &generator), 0, 0, 0] + bytes
            default:
                bytes = starts[round % 8]
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            guard let fields = try? RingSignatureFields(decoding: bytes, in: group) else { continue }
            read += 1
            #expect(fields.encoded(in: group) == bytes)
            try? RingSignature(checking: fields, in: group).verify(message: [1])
        }
        #expect(read > 1000)
    }
}
