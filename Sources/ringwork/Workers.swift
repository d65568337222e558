import Foundation
import ModularArithmetic

/// How many cores the tool takes, and what it says while it works on a long ring.
enum Workers {
    private static let variable = "RINGWORK_THREADS"
    /// Rings of fewer members are done before anybody wonders.
    private static let reportedMembers = 512

    /// One thread for each core, or as many as `RINGWORK_THREADS` says; progress on stderr, and only on a terminal.
    static func policy() throws(Failure) -> BatchPolicy {
        let threads = try threads()
        guard isatty(STDERR_FILENO) == 1 else { return BatchPolicy(threads: threads) }
        return BatchPolicy(threads: threads) { done, total in
            guard total >= reportedMembers else { return }
            let end = done == total ? "\r\u{1b}[K" : ""
            try? FileHandle.standardError.write(contentsOf: Data("\r\(done) of \(total) members\(end)".utf8))
        }
    }

    private static func threads() throws(Failure) -> Int {
        guard let text = ProcessInfo.processInfo.environment[variable] else {
            return max(ProcessInfo.processInfo.activeProcessorCount, 1)
        }
        guard let count = Int(text), (1...256).contains(count), String(count) == text else {
            throw Failure(.usage, code: "threads", "\(variable) is \u{22}\(text)\u{22}, and must be 1 to 256")
        }
        return count
    }
}
