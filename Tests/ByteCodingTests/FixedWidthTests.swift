import ByteCoding
import Support
import Testing

@Suite("Fixed-width integers") struct FixedWidthTests {
    @Test("known byte orders")
    func knownAnswers() {
        #expect(UInt32(0x0102_0304).bigEndianBytes == [1, 2, 3, 4])
        #expect(UInt32(0x0102_0304).littleEndianBytes == [4, 3, 2, 1])
        #expect(UInt8(0xab).bigEndianBytes == [0xab])
        #expect(Int16(-2).bigEndianBytes == [0xff, 0xfe])
        #expect(UInt64(1).bigEndianBytes == [0, 0, 0, 0, 0, 0, 0, 1])
        #expect(Int64(littleEndianBytes: [0, 0, 0, 0, 0, 0, 0, 0x80]) == .min)
    }

    @Test("every width round-trips both ways")
    func roundTrip() {
        var rng = SeededGenerator(seed: 2)
        func check<T: FixedWidthInteger>(_ type: T.Type) {
            for value in EdgeWeighted.integers(around: T.max / 3, random: 50, using: &rng) {
                #expect(T(bigEndianBytes: value.bigEndianBytes) == value)
                #expect(T(littleEndianBytes: value.littleEndianBytes) == value)
                #expect(value.bigEndianBytes.reversed() == value.littleEndianBytes)
                #expect(value.bigEndianBytes.count == T.bitWidth / 8)
            }
        }
        check(UInt8.self)
        check(Int8.self)
        check(UInt16.self)
        check(Int32.self)
        check(UInt32.self)
        check(UInt64.self)
        check(Int64.self)
        check(UInt128.self)
    }

    @Test("another width is the caller's mistake")
    func wrongWidth() async {
        await #expect(processExitsWith: .failure) { _ = UInt32(bigEndianBytes: [1, 2, 3]) }
        await #expect(processExitsWith: .failure) { _ = UInt16(littleEndianBytes: [1, 2, 3]) }
    }
}
