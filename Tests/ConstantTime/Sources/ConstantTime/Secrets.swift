import ByteCoding
import CMarks

/// Random numbers that valgrind takes for undefined: whatever is made from them is secret until it is published.
struct SecretGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
        z ^= z >> 31
        withUnsafeMutableBytes(of: &z) { cm_mark_secret($0.baseAddress, $0.count) }
        return z
    }
}

/// `count` secret bytes.
func secretBytes(_ count: Int, seed: UInt64 = 1) -> SecretBytes {
    var generator = SecretGenerator(seed: seed)
    var bytes = SecretBytes(zeros: count)
    bytes.withUnsafeMutableBytes { buffer in for index in buffer.indices { buffer[index] = generator.next() } }
    return bytes
}

/// What a function gave to its caller, who publishes it.
func publish(_ bytes: inout [UInt8]) { bytes.withUnsafeMutableBytes { ByteCoding.publish($0) } }

/// The number of errors that a section may have had before it.
func errorCount() -> Int { cm_error_count() }
