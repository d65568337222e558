import ByteCoding
import Foundation
import Support
import Testing

/// The built executable, and a directory of its own for one test's files.
final class Tool {
    let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "ringwork-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    /// The executable lies beside the test bundle.
    static let executable: String = {
        let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
        let name = bundle.split(separator: "=").last.map(String.init) ?? bundle
        var directory = URL(filePath: name).deletingLastPathComponent()
        while directory.path != "/" {
            let candidate = directory.appending(path: "ringwork").path
            var isDirectory = ObjCBool(false)
            if FileManager.default.fileExists(atPath: candidate, isDirectory: &isDirectory), !isDirectory.boolValue {
                return candidate
            }
            directory.deleteLastPathComponent()
        }
        return "ringwork is not beside \(bundle)"
    }()

    /// Runs the tool; words that start with `@` name files of the directory.
    func run(
        _ line: String, stdin: [UInt8] = [], environment: [String: String] = [:]
    ) throws -> ProcessResult {
        let words = line.split(separator: " ").map { $0.hasPrefix("@") ? path(String($0.dropFirst())) : String($0) }
        return try runProcess(Self.executable, words, stdin: stdin, environment: environment)
    }

    /// Runs the tool, which must succeed, and gives what it printed.
    @discardableResult func output(
        _ line: String, stdin: [UInt8] = [], location: SourceLocation = #_sourceLocation
    ) throws -> String {
        let result = try run(line, stdin: stdin)
        #expect(result.status == 0, "\(line): \(result.stderrText)", sourceLocation: location)
        return result.stdoutText
    }

    func path(_ name: String) -> String { directory.appending(path: name).path }
    func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
        try Data(bytes).write(to: URL(filePath: path(name)))
    }
    func write(_ name: String, _ text: String) throws { try write(name, text.utf8) }
    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path(name))), as: UTF8.self)
    }
    func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int
    }

    /// Copies a document with one field replaced, or removed where there is no value.
    func change(_ name: String, to copy: String, _ field: String, _ value: JSONValue?) throws {
        guard case .object(var fields) = try JSONValue(parsing: Array(read(name).utf8)) else { return }
        let place = try #require(fields.firstIndex { $0.name == field })
        if let value { fields[place] = .init(field, value) } else { fields.remove(at: place) }
        try write(copy, JSONValue.object(fields).documentText)
    }

    /// The value of a top-level field of a one-line document.
    static func field(_ name: String, of text: String) throws -> JSONValue {
        guard case .object(let fields) = try JSONValue(parsing: Array(text.utf8)) else { return .null }
        return try #require(fields.first { $0.name == name }).value
    }

    /// A group of 256/64 bits: insecure, and quick.
    static let toyGroup = """
        {"schema":"ringwork/group/1","name":"toy",\
        "p":"943527dceddb659717f73615517e4bbd9e6b57109cde2129b461d99b11615911","q":"9b08923d10c67fd9",\
        "g":"478d419d77176b0bf368a4e9222bff53a26c7ef87134cc62cfdd953e86bc7adc","t":null,"provenance":null}
        """

    /// Three keys, their ring and a message; the options for keygen's group go into `group`.
    func makeRing(_ group: String, insecure: String = "") throws {
        for name in ["a", "b", "c", "d"] {
            try output("ring keygen --group \(group) \(insecure) --label \(name) -o @\(name).key --public @\(name).pub")
        }
        try output("ring assemble @a.pub @b.pub @c.pub \(insecure) -o @ring")
        try write("message", "a message\n")
    }
}
