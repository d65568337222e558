import CMarks
import ModularArithmetic
import RingSignatures

/// Checks that the calls into GMP and OpenSSL, with their sizes, are the same whoever signs.
///
/// - Returns: Whether they are, for every mode.
func tracesAreEqual() throws -> Bool {
    let party = try Party(smallGroup())
    var areEqual = true
    for mode in modes {
        var traces: [[UInt]] = []
        for index in party.keys.indices {
            // Once before, so that what is made once only is not recorded.
            _ = try party.sign(mode, index: index, seed: 4)
            cm_record_start()
            let signed = try party.sign(mode, index: index, seed: 5 + UInt64(index))
            var start: UnsafePointer<UInt>?
            var count = 0
            cm_record_stop(&start, &count)
            traces.append(Array(UnsafeBufferPointer(start: start, count: count)))
            _ = signed.signature
        }
        let calls = traces[0].count / 4
        let powers = stride(from: 0, to: traces[0].count, by: 4).filter { traces[0][$0] == 1 }.count
        let isEqual = traces.allSatisfy { $0 == traces[0] } && powers > 0
        areEqual = areEqual && isEqual
        print(
            "\(isEqual ? "same" : "DIFFERS")  \(mode): \(calls) calls, \(powers) secret powers, for each of 3 signers")
        if !isEqual {
            for trace in traces.dropFirst() {
                let place = zip(trace, traces[0]).enumerated().first { $1.0 != $1.1 }?.offset
                print("  \(trace.count / 4) calls; the first difference: \(place.map { "call \($0 / 4)" } ?? "none")")
            }
        }
    }
    return areEqual
}
