import ArgumentParser
import ByteCoding
import Foundation
import Synchronization

/// Reads inputs named on the command line; `-` is stdin.
enum Input {
    private static let chunkByteCount = 1 << 20

    /// The whole of a document, at most ``JSONValue/defaultSizeLimit`` bytes.
    static func document(_ path: String) throws(Failure) -> [UInt8] {
        try bytes(path, limit: JSONValue.defaultSizeLimit)
    }

    /// The whole of an input, at most `limit` bytes.
    static func bytes(_ path: String, limit: Int = 1 << 32) throws(Failure) -> [UInt8] {
        var contents: [UInt8] = []
        try chunks(path) { chunk throws(Failure) in
            contents += chunk
            guard contents.count <= limit else {
                throw Failure(
                    .badInput, code: "too-large", "\(name(path)) is larger than the \(limit) bytes that are read")
            }
        }
        return contents
    }

    /// Hands an input to `body` piece by piece.
    static func chunks(_ path: String, _ body: (ArraySlice<UInt8>) throws(Failure) -> Void) throws(Failure) {
        let descriptor = try open(path)
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var buffer = [UInt8](repeating: 0, count: chunkByteCount)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count >= 0 else { throw unreadable(path) }
            guard count > 0 else { return }
            try body(buffer[..<count])
        }
    }

    /// Reads a document with `decode`, and names its file where it is refused.
    static func decoded<T>(
        _ path: String, limit: Int = JSONValue.defaultSizeLimit, _ decode: ([UInt8]) throws -> T
    ) throws -> T {
        let bytes = try bytes(path, limit: limit)
        return try naming(path) { try decode(bytes) }
    }

    /// Calls `body`, and names the file in its refusal.
    static func naming<T>(_ path: String, _ body: () throws -> T) throws -> T {
        do { return try body() } catch {
            guard let failure = Failure(error) else { throw error }
            throw Failure(failure.status, code: failure.code, "\(name(path)): \(failure.message)")
        }
    }

    private static func open(_ path: String) throws(Failure) -> Int32 {
        guard path != "-" else {
            guard !standardInputIsTaken.exchange(true, ordering: .relaxed) else {
                throw Failure(.usage, code: "stdin-twice", "standard input can stand for one input only")
            }
            return STDIN_FILENO
        }
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path) }
        return descriptor
    }

    private static let standardInputIsTaken = Atomic(false)

    private static func unreadable(_ path: String) -> Failure {
        Failure(.badInput, code: "unreadable", "\(name(path)): \(String(cString: strerror(errno)))")
    }

    static func name(_ path: String) -> String { path == "-" ? "standard input" : path }
}

/// Writes results.
enum Output {
    /// Puts `text` where ``write(_:to:isSecret:)-bytes`` puts bytes.
    static func write(_ text: String, to path: String?, isSecret: Bool = false) throws(Failure) {
        try write(Array(text.utf8), to: path, isSecret: isSecret)
    }

    /// Puts `bytes` into the file at `path`, replacing it in one step, or on stdout where there is no path.
    ///
    /// A secret file is readable by its owner only from the moment it exists; any other keeps the mode of the file that
    /// it replaces. A link is followed. What is no regular file, a pipe or a device, is written to and never replaced.
    static func write(_ bytes: [UInt8], to path: String?, isSecret: Bool = false) throws(Failure) {
        guard let path, path != "-" else { return try put(bytes, on: STDOUT_FILENO, named: "standard output") }
        var status = stat()
        let exists = stat(path, &status) == 0
        if exists, status.st_mode & S_IFMT != S_IFREG {
            let descriptor = Foundation.open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw unwritable(path) }
            defer { close(descriptor) }
            return try put(bytes, on: descriptor, named: path)
        }
        var target = path
        if exists, let resolved = realpath(path, nil) {
            target = String(cString: resolved)
            free(resolved)
        }
        let mode = isSecret ? 0o600 : exists ? status.st_mode & 0o777 : 0o666 & ~currentMask()
        try replace(target, with: bytes, mode: mode)
    }

    /// Puts a line on stdout.
    static func line(_ text: String) throws(Failure) { try write(text + "\n", to: nil) }

    private static func replace(_ path: String, with bytes: [UInt8], mode: mode_t) throws(Failure) {
        var temporary = Array("\(path).XXXXXX".utf8CString)
        let descriptor = mkstemp(&temporary)
        guard descriptor >= 0 else { throw unwritable(path) }
        let name = String(decoding: temporary.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        do throws(Failure) {
            defer { close(descriptor) }
            guard fchmod(descriptor, mode) == 0 else { throw unwritable(path) }
            try put(bytes, on: descriptor, named: path)
            guard fsync(descriptor) == 0 else { throw unwritable(path) }
        } catch {
            unlink(name)
            throw error
        }
        guard rename(name, path) == 0 else {
            let failure = unwritable(path)
            unlink(name)
            throw failure
        }
    }

    private static func put(_ bytes: [UInt8], on descriptor: Int32, named name: String) throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else {
                throw errno == EPIPE ? Failure.brokenPipe : unwritable(name)
            }
            rest = rest.dropFirst(count)
        }
    }

    private static func unwritable(_ path: String) -> Failure {
        Failure(.badInput, code: "unwritable", "\(path): \(String(cString: strerror(errno)))")
    }

    private static func currentMask() -> mode_t {
        let mask = umask(0)
        umask(mask)
        return mask
    }
}

/// What is said to the person at the terminal.
enum Terminal {
    /// A line on stderr.
    static func diagnostic(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8)) }

    /// A warning on stderr.
    static func warning(_ text: String) { diagnostic("ringwork: warning: \(text)") }
}

/// A count on stderr while a long search runs, and only on a terminal.
struct Progress {
    private let what: String
    private let isVisible = isatty(STDERR_FILENO) == 1
    private var hasShown = false

    init(_ what: String) { self.what = what }

    mutating func show(_ count: Int) {
        guard isVisible, count % 16 == 0 else { return }
        hasShown = true
        try? FileHandle.standardError.write(contentsOf: Data("\r\(count) \(what)".utf8))
    }

    mutating func end() {
        if hasShown { Terminal.diagnostic("") }
    }
}

/// A line on stderr that is written over and over while something runs, and only on a terminal that can do it.
final class ProgressLine: Sendable {
    let isVisible = isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    private let hasShown = Atomic(false)

    /// Replaces what the line says.
    func show(_ text: String) {
        hasShown.store(true, ordering: .relaxed)
        try? FileHandle.standardError.write(contentsOf: Data("\r\u{1b}[K\(text)".utf8))
    }

    /// Takes the line away.
    func end() {
        guard hasShown.exchange(false, ordering: .relaxed) else { return }
        try? FileHandle.standardError.write(contentsOf: Data("\r\u{1b}[K".utf8))
    }
}

/// `--json`, which every subcommand takes.
struct JSONOption: ParsableArguments {
    @Flag(name: .long, help: "Print the result as JSON.") var json = false

    /// Prints `document` on one line, or `text`.
    func print(_ document: JSONValue, _ text: @autoclosure () -> String) throws(Failure) {
        try Output.line(json ? document.compactText : text())
    }
}

/// A yes-or-no result: `ringwork/verdict/1`.
struct Verdict {
    var reason: String?
    var index: Int?

    var document: JSONValue {
        [
            "schema": "ringwork/verdict/1", "valid": .boolean(reason == nil), "reason": JSONValue(reason),
            "index": index.map { .integer(Int64($0)) } ?? .null,
        ]
    }
}

extension JSONOption {
    /// Prints that the answer is yes, and which member it names, if it names one.
    func accept(_ text: String, index: Int? = nil) throws(Failure) {
        try print(Verdict(index: index).document, text)
    }

    /// Prints that the answer is no, and why, and gives the status to end with.
    func refuse(reason: String, index: Int? = nil, _ sentence: String) throws(Failure) -> ExitCode {
        if json { try Output.line(Verdict(reason: reason, index: index).document.compactText) }
        Terminal.diagnostic("ringwork: \(sentence)")
        return ExitCode(ExitStatus.no.rawValue)
    }
}

/// An argument of lower-case hexadecimal bytes.
struct HexArgument: ExpressibleByArgument {
    let bytes: [UInt8]

    init?(argument: String) {
        guard let bytes = try? Hex.decode(argument) else { return nil }
        self.bytes = bytes
    }
}
