import HashWork

/// A seeded generator (SplitMix64): the same numbers on every run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// Carries messages between Alice and Bob until neither sends any, and keeps them all.
///
/// Every message goes over the wire as a line.
func converse(
    _ first: [WorkMessage], bob: (WorkMessage) throws -> [WorkMessage], alice: (WorkMessage) throws -> [WorkMessage]
) throws -> [WorkMessage] {
    var said: [WorkMessage] = []
    var pending = first
    var toBob = true
    while !pending.isEmpty {
        said += pending
        var replies: [WorkMessage] = []
        for message in pending {
            let received = try WorkMessage(line: Array(message.line.utf8))
            replies += try toBob ? bob(received) : alice(received)
        }
        pending = replies
        toBob.toggle()
    }
    return said
}
