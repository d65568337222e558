import ArgumentParser
import ByteCoding
import Foundation

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
    static func chunks(_ path: String, _ body: (Data) throws(Failure) -> Void) throws(Failure) {
        let handle = try open(path)
        while true {
            let chunk: Data?
            do { chunk = try handle.read(upToCount: chunkByteCount) } catch {
                throw Failure(.badInput, code: "unreadable", "\(name(path)): \(error.localizedDescription)")
            }
            guard let chunk, !chunk.isEmpty else { return }
            try body(chunk)
        }
    }

    private static func open(_ path: String) throws(Failure) -> FileHandle {
        guard path != "-" else { return .standardInput }
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw Failure(.badInput, code: "unreadable", "\(path): \(String(cString: strerror(errno)))")
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw Failure(.badInput, code: "unreadable", "\(path) is a directory")
        }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Failure(.badInput, code: "unreadable", "\(path): \(String(cString: strerror(errno)))")
        }
        return handle
    }

    private static func name(_ path: String) -> String { path == "-" ? "standard input" : path }

    /// Lines of standard input, one at a time, without their line feed.
    struct Lines {
        private var pending: [UInt8] = []
        private let limit: Int

        init(limit: Int) { self.limit = limit }

        /// The next line, or `nil` at the end of the input.
        ///
        /// - Throws: A failure where a line is longer than the limit, or the last one has no line feed.
        mutating func next() throws(Failure) -> [UInt8]? {
            while true {
                if let end = pending.firstIndex(of: 0x0a) {
                    defer { pending.removeFirst(end + 1) }
                    return Array(pending[..<end])
                }
                guard pending.count <= limit else {
                    throw Failure(.badInput, code: "line-too-long", "a line is longer than \(limit) bytes")
                }
                var buffer = [UInt8](repeating: 0, count: 4096)
                let count = read(STDIN_FILENO, &buffer, buffer.count)
                guard count >= 0 else {
                    throw Failure(.badInput, code: "unreadable", "standard input: \(String(cString: strerror(errno)))")
                }
                guard count > 0 else {
                    guard pending.isEmpty else {
                        throw Failure(.badInput, code: "truncated", "the input ends inside a line")
                    }
                    return nil
                }
                pending += buffer[..<count]
            }
        }
    }
}

/// Writes results.
enum Output {
    /// Puts `text` into the file at `path`, replacing it in one step, or on stdout where there is no path.
    ///
    /// A secret file is readable by its owner only from the moment it exists.
    static func write(_ text: String, to path: String?, isSecret: Bool = false) throws(Failure) {
        try write(bytes: Array(text.utf8), to: path, isSecret: isSecret)
    }

    /// The same for bytes that may not be text.
    static func write(bytes: [UInt8], to path: String?, isSecret: Bool = false) throws(Failure) {
        guard let path, path != "-" else {
            fflush(nil)
            do { try FileHandle.standardOutput.write(contentsOf: Data(bytes)) } catch {
                throw Failure(.badInput, code: "unwritable", "standard output: \(error.localizedDescription)")
            }
            return
        }
        var temporary = Array("\(path).XXXXXX".utf8CString)
        let descriptor = mkstemp(&temporary)
        let failure = { (path: String) in
            Failure(.badInput, code: "unwritable", "\(path): \(String(cString: strerror(errno)))")
        }
        guard descriptor >= 0 else { throw failure(path) }
        let name = String(decoding: temporary.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            if !isSecret { fchmod(descriptor, 0o666 & ~currentMask()) }
            try handle.write(contentsOf: Data(bytes))
            try handle.synchronize()
        } catch {
            unlink(name)
            throw Failure(.badInput, code: "unwritable", "\(path): \(error.localizedDescription)")
        }
        guard rename(name, path) == 0 else {
            defer { unlink(name) }
            throw failure(path)
        }
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

/// `--json`, which every subcommand takes.
struct JSONOption: ParsableArguments {
    @Flag(name: .long, help: "Print the result as JSON.") var json = false

    /// Prints `document` on one line, or `text`.
    func print(_ document: JSONValue, _ text: @autoclosure () -> String) {
        let output = json ? document.compactText : text()
        Swift.print(output)
        fflush(nil)
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
    /// Prints that the answer is yes.
    func accept(_ text: String) { print(Verdict().document, text) }

    /// Prints that the answer is no, and why, and gives the status to end with.
    func refuse(reason: String, index: Int? = nil, _ sentence: String) -> ExitCode {
        if json { Swift.print(Verdict(reason: reason, index: index).document.compactText) }
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
