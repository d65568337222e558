import ByteCoding
import Foundation
import Support
import Testing

/// The committed vector files, and small copies of them to damage.
enum Samples {
    /// Every committed vector file, by its path below the repository's root.
    static let paths: [String] = {
        let root = RepositoryRoot.url("Vectors/v1").path
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
        return names.filter { $0.hasSuffix("_test.json") }.sorted().map { "Vectors/v1/" + $0 }
    }()

    static func stem(_ path: String) -> String { String(path.split(separator: "/").last?.dropLast(5) ?? "") }

    static func value(_ path: String) throws -> JSONValue {
        try JSONValue(parsing: [UInt8](Data(contentsOf: RepositoryRoot.url(path))))
    }

    /// The first two tests of each group of a committed file, which is a vector file again.
    static func small(_ path: String) throws -> JSONValue {
        var count: Int64 = 0
        let short = try value(path).mapping("testGroups") { groups in
            groups.mappingElements { group in
                group.mapping("tests") { tests in
                    guard case .array(let list) = tests else { return tests }
                    count += Int64(min(list.count, 2))
                    return .array(Array(list.prefix(2)))
                }
            }
        }
        return short.mapping("numberOfTests") { _ in .integer(count) }
    }

    /// A directory of its own, removed when `body` is done.
    static func withDirectory(_ body: (String) throws -> Void) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "ringwork-vectors-\(UUID())")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        try body(url.path)
    }

    static func write(_ text: String, to path: String) throws {
        let url = URL(filePath: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }
}

extension JSONValue {
    /// The object with one field replaced.
    func mapping(_ name: String, _ change: (JSONValue) -> JSONValue) -> JSONValue {
        guard case .object(let fields) = self else { return self }
        return .object(fields.map { $0.name == name ? Field($0.name, change($0.value)) : $0 })
    }

    /// The array with every element replaced.
    func mappingElements(_ change: (JSONValue) -> JSONValue) -> JSONValue {
        guard case .array(let values) = self else { return self }
        return .array(values.map(change))
    }

    /// The object with one field more.
    func adding(_ name: String, _ value: JSONValue) -> JSONValue {
        guard case .object(let fields) = self else { return self }
        return .object(fields + [Field(name, value)])
    }

    /// The object without a field.
    func removing(_ name: String) -> JSONValue {
        guard case .object(let fields) = self else { return self }
        return .object(fields.filter { $0.name != name })
    }

    /// The vector file with every test replaced.
    func mappingTests(_ change: (JSONValue) -> JSONValue) -> JSONValue {
        mapping("testGroups") { $0.mappingElements { $0.mapping("tests") { $0.mappingElements(change) } } }
    }
}
