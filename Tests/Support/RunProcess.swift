import Foundation
import Synchronization

/// What a finished program left behind.
public struct ProcessResult: Sendable {
    /// The exit status; 128 + n when signal n ended the program, as a shell reports it.
    public let status: Int
    /// Everything it wrote to standard output.
    public let stdout: [UInt8]
    /// Everything it wrote to standard error.
    public let stderr: [UInt8]

    /// Standard output as text.
    public var stdoutText: String { String(decoding: stdout, as: UTF8.self) }
    /// Standard error as text.
    public var stderrText: String { String(decoding: stderr, as: UTF8.self) }
}

/// Why a program gave no result.
public enum ProcessError: Error, Equatable, Sendable {
    /// It could not be started.
    case notStarted(executable: String, reason: String)
    /// It, or something that it started, was still running after the time allowed. It has been killed.
    case timedOut(executable: String, seconds: Double)
}

/// Runs a program to its end, feeding `stdin` and collecting both outputs at the same time.
///
/// Each pipe has its own thread, so no size of input or output can make the two programs wait for each other. A
/// program that exits without reading its input is not an error.
///
/// - Parameters:
///   - executable: A path; a name without a slash is looked up in `PATH`.
///   - environment: Added to the environment of the tests.
///   - timeout: In seconds.
public func runProcess(
    _ executable: String, _ arguments: [String] = [], stdin: [UInt8] = [], environment: [String: String] = [:],
    timeout: Double = 60
) throws(ProcessError) -> ProcessResult {
    _ = ignoringBrokenPipes
    let process = Process()
    process.executableURL = URL(filePath: executable.contains("/") ? executable : "/usr/bin/env")
    process.arguments = executable.contains("/") ? arguments : [executable] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let (input, output, error) = (Pipe(), Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = error
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    do { try process.run() } catch { throw .notStarted(executable: executable, reason: "\(error)") }

    let collected = [Collected(), Collected()]
    for (pipe, into) in zip([output, error], collected) {
        let handle = pipe.fileHandleForReading
        Thread.detachNewThread {
            let data = (try? handle.readToEnd()) ?? Data()
            try? handle.close()  // Foundation never frees a Process on Linux, nor what hangs from it.
            into.bytes.withLock { $0 = Array(data) }
            ended.signal()
        }
    }
    let inputHandle = input.fileHandleForWriting
    Thread.detachNewThread {
        try? inputHandle.write(contentsOf: Data(stdin))
        try? inputHandle.close()
    }

    let deadline = DispatchTime.now() + timeout
    for _ in 0..<3 where ended.wait(timeout: deadline) == .timedOut {
        kill(process.processIdentifier, SIGKILL)
        throw .timedOut(executable: executable, seconds: timeout)
    }
    let signalled = process.terminationReason == .uncaughtSignal
    return ProcessResult(
        status: Int(process.terminationStatus) + (signalled ? 128 : 0),
        stdout: collected[0].bytes.withLock(\.self), stderr: collected[1].bytes.withLock(\.self))
}

private final class Collected: Sendable {
    let bytes = Mutex<[UInt8]>([])
}

/// Writing to a program that has exited must be an error, not the end of the tests.
private let ignoringBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()
