import CPeers

/// One sample: time and cycles of one item.
struct Sample {
    let nanoseconds: Double
    /// Core cycles; `nil` where they cannot be counted.
    let cycles: Double?
}

/// Times batches.
///
/// With one thread the time is the **processor time of the whole process**: what other programs take does not count, and
/// help from a second thread counts in full. With more threads it is the time on the wall. Cycles come from a chain of
/// dependent multiplications, whose length in cycles is known, run just before: the clock of a core changes from one
/// millisecond to the next, and the time-stamp counter does not see it.
struct Stopwatch {
    /// The clock rates seen, in GHz.
    private(set) var rates: [Double] = []

    private static let chainLength: UInt64 = 30_000

    /// The time of `batch` calls of `workload`, for one item.
    mutating func sample(_ workload: Workload, batch: Int, threads: Int) throws -> Sample {
        // A peer may leave the upper halves of wide registers dirty, which would slow the next one's SSE code.
        cp_clear_upper_registers()
        let before = cp_cpu_nanoseconds()
        let chainCycles = cp_multiply_chain(Self.chainLength)
        let start = cp_cpu_nanoseconds()
        let rate = chainCycles == 0 ? nil : Double(chainCycles) / Double(start - before)
        if let rate { rates.append(rate) }
        let time = try Self.nanoseconds(batch, workload, threads: threads) / (Double(batch) * workload.items)
        return Sample(nanoseconds: time, cycles: rate.map { $0 * time })
    }

    /// The calls that fill `nanoseconds`, and what they take.
    static func batch(_ workload: Workload, toFill nanoseconds: Double, threads: Int) throws -> (
        calls: Int, time: Double
    ) {
        var calls = 1
        while true {
            let time = max(try Self.nanoseconds(calls, workload, threads: threads), 100)
            if time >= nanoseconds { return (calls, time) }
            // A little more than seems enough, since the first calls are slow; at most a hundredfold at once.
            calls = max(calls + 1, Int(Double(calls) * min(1.2 * nanoseconds / time, 100)))
        }
    }

    private static func nanoseconds(_ calls: Int, _ workload: Workload, threads: Int) throws -> Double {
        let clock = threads == 1 ? cp_cpu_nanoseconds : cp_wall_nanoseconds
        let start = clock()
        for _ in 0..<calls { try workload.run() }
        return Double(clock() - start)
    }
}
