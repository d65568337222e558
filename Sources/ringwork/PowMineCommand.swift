import ArgumentParser
import ByteCoding
import Foundation
import Hashing
import ProofOfWork

extension PowCommand {
    struct Mine: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Find the lowest nonce whose hash meets the target.",
            discussion: """
                Tries go by time, batch of 8 versions, nonce, version; the answer is the first in this order, whatever \
                the threads and the processor. Extra nonces are rolled where a whole block is mined: ringwork ledger.
                """)
        @Option(help: "80 bytes in hexadecimal; the nonce in it does not matter.") var header: HeaderArgument
        @Option(help: "How many threads search; the answer is the same.") var threads = 1
        @Option(help: "The first nonce tried.") var start: UInt32 = 0
        @Option(help: "The last nonce tried.") var last: UInt32 = .max
        @Flag(help: "Try the 65536 versions that BIP 320 leaves to miners, too.") var rollVersion = false
        @Option(help: "How many seconds the header's time may move on when its nonces are used up.")
        var rollTime: UInt32 = 0
        @OptionGroup var output: JSONOption

        func validate() throws {
            guard (1...256).contains(threads) else { throw ValidationError("--threads must be 1 to 256") }
            guard start <= last else { throw ValidationError("--start must not be above --last") }
        }

        func run() throws {
            // The flag is made before the handler that sets it.
            let cancellation = Self.interrupt
            signal(SIGINT) { _ in Mine.interrupt.cancel() }
            // Whoever starts the tool may have blocked the signal, as threads of a server do, and the mask is inherited.
            var interruptOnly = sigset_t()
            sigemptyset(&interruptOnly)
            sigaddset(&interruptOnly, SIGINT)
            pthread_sigmask(SIG_UNBLOCK, &interruptOnly, nil)
            let line = ProgressLine()
            var control = SearchControl(threads: threads, cancellation: cancellation)
            if line.isVisible { control.progress = { progress in line.show(Self.text(progress)) } }
            let header = header.header
            defer { line.end() }
            let mined = try mine(
                extraNonces: 0...0, nonceSpace: start...last, versionCount: rollVersion ? VersionRolling.count : 1,
                latestTime: header.time.addingReportingOverflow(rollTime).overflow ? .max : header.time + rollTime,
                control: control
            ) { _ in header }.mined
            line.end()
            let bytes = Hex.encode(mined.header.bytes)
            let version = Hex.encode(mined.header.version.bigEndianBytes)
            try output.print(
                [
                    "schema": "ringwork/pow-mine/1", "nonce": .integer(Int64(mined.headerNonce)),
                    "header": .string(bytes), "hash": .string(mined.hash.displayHex),
                    "tries": .integer(Int64(mined.tries)), "version": .string(version),
                    "time": .integer(Int64(mined.header.time)),
                ],
                """
                nonce   \(mined.headerNonce)
                header  \(bytes)
                hash    \(mined.hash.displayHex)\(rollVersion ? "\nversion \(version)" : "")\(rollTime > 0 ? "\ntime    \(mined.header.time)" : "")
                """)
        }

        private static let interrupt = CancellationFlag()

        private static func text(_ progress: SearchProgress) -> String {
            "\(digits(progress.rate / 1e6)) MH/s, \(digits(Double(progress.tries))) of \(digits(progress.expectedTries)) expected "
                + "tries, \(digits(100 * progress.probabilitySoFar)) % of searches would have ended"
        }
    }
}
