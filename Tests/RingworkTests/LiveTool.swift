import ByteCoding
import Foundation
import Support
import Testing

/// The executable while it runs, its standard input held open.
final class LiveTool {
    let input = Pipe()
    private let process = Process()
    private let (output, error) = (Pipe(), Pipe())
    private let ended = DispatchSemaphore(value: 0)
    private var errorText = ""

    init(_ line: String) throws {
        process.executableURL = URL(filePath: Tool.executable)
        process.arguments = line.split(separator: " ").map(String.init)
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, error)
        process.terminationHandler = { [ended] _ in ended.signal() }
        signal(SIGPIPE, SIG_IGN)
        // Tests run on threads that block signals, and a program inherits what is blocked.
        var (interrupt, before) = (sigset_t(), sigset_t())
        sigemptyset(&interrupt)
        sigaddset(&interrupt, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &interrupt, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
    }

    /// The port that it says it listens on.
    func port() throws -> UInt16 {
        while !errorText.hasSuffix("\n") {
            let data = error.fileHandleForReading.availableData
            try #require(!data.isEmpty, "it ended and said: \(errorText)")
            errorText += String(decoding: data, as: UTF8.self)
        }
        let digits = try #require(errorText.split(separator: ":").last)
        #expect(errorText.hasPrefix("listening on "))
        return try #require(UInt16(digits.dropLast()))
    }

    /// What it writes to standard output next.
    func said() -> String { String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) }

    /// Writes to its standard input, from a thread; ends where it no longer reads.
    func say(_ pieces: [[UInt8]], pause: UInt32 = 0) {
        let handle = input.fileHandleForWriting
        Thread.detachNewThread {
            for piece in pieces {
                guard (try? handle.write(contentsOf: Data(piece))) != nil else { return }
                usleep(pause)
            }
        }
    }

    func interrupt() { process.interrupt() }

    /// Waits for its end. What it wrote fits into its pipes.
    func result() throws -> (status: Int, stdout: String, stderr: String) {
        guard ended.wait(timeout: .now() + 30) == .success else {
            kill(process.processIdentifier, SIGKILL)
            throw ProcessError.timedOut(executable: Tool.executable, seconds: 30)
        }
        let rest = error.fileHandleForReading.readDataToEndOfFile()
        let stdout = output.fileHandleForReading.readDataToEndOfFile()
        return (
            Int(process.terminationStatus), String(decoding: stdout, as: UTF8.self),
            errorText + String(decoding: rest, as: UTF8.self)
        )
    }

    /// The code of the failure that it reported with `--json`.
    func failure() throws -> (status: Int, code: String) {
        let (status, _, stderr) = try result()
        let line = try #require(stderr.split(separator: "\n").last, "it reported nothing")
        guard case .object(let fields) = try Tool.field("error", of: String(line)),
            case .string(let code) = fields[0].value
        else { return (status, stderr) }
        return (status, code)
    }
}

/// A connection to a port of this machine.
final class RawConnection {
    private let descriptor: Int32

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(status == 0, "nobody listens on port \(port)")
    }

    deinit { close(descriptor) }

    /// Sends all of `bytes`, or as much as the other side takes.
    func say(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
