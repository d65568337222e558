public import ByteCoding

/// A vector file: tests with their right verdicts, read strictly.
///
/// Every field is checked before a test is run: the root has exactly the known fields, `numberOfTests` is the number of
/// tests, each `tcId` is used once, a reason is there exactly where the result is `invalid`, and each flag is explained.
/// - SeeAlso: `Vectors/README.md`, `Vectors/schemas`.
public struct VectorFile: Sendable {
    /// The file's name without `.json`, which begins the name of each test.
    public let stem: String
    /// What the tests are about, such as `SHA-256`.
    public let algorithm: String
    /// The kind of file, such as `sha256.schema.json`.
    public let schema: String
    /// The rules that the verdicts follow, such as `ringwork-v1`.
    public let profile: String
    /// The version of the tests.
    public let vectorVersion: String
    /// What valid means, and the order of the checks.
    public let header: [String]
    /// The explanation of each flag, in the file's order.
    public let notes: [Note]
    /// The tests in the file's order.
    public let tests: [VectorTest]

    /// The explanation of a flag.
    public struct Note: Equatable, Sendable {
        /// The flag.
        public let flag: String
        /// The kind of mistake that the tests look for, such as `EDGE_CASE`.
        public let bugType: String
        /// What the tests with this flag have in common.
        public let description: String
    }

    /// How the names of vector files end.
    public static let nameSuffix = "_test.json"

    /// The schemas of the files that can be read.
    public static var schemas: [String] { vectorSuites.flatMap { $0.schemas.map(\.schema) } }

    /// Those of them that only converted files of others have.
    public static var foreignSchemas: [String] { foreignSuites.flatMap { $0.schemas.map(\.schema) } }

    /// The file that `bytes` spell.
    ///
    /// - Parameters:
    ///   - bytes: The file's contents.
    ///   - stem: The file's name without `.json`.
    public init(_ bytes: [UInt8], stem: String) throws(VectorFileError) {
        let value: JSONValue
        do { value = try JSONValue(parsing: bytes) } catch { throw .document(.json(error)) }
        try self.init(value, stem: stem)
    }

    /// The file whose contents are `value`.
    public init(_ value: JSONValue, stem: String) throws(VectorFileError) {
        var root = try reading { () throws(DocumentError) in try DocumentReader(value) }
        let schema = try reading { () throws(DocumentError) in try root.string("schema") }
        let profile = try reading { () throws(DocumentError) in try root.string("profile") }
        let suite = try Self.suite(schema: schema, profile: profile)
        self.stem = stem
        self.schema = schema
        self.profile = profile
        algorithm = try reading { () throws(DocumentError) in try root.text("algorithm") }
        vectorVersion = try reading { () throws(DocumentError) in
            _ = try root.integer("formatVersion", in: 1...1)
            return try root.version("vectorVersion")
        }
        header = try reading { () throws(DocumentError) in try root.strings("header") }
        let notes = try reading { () throws(DocumentError) in try Self.notes(&root) }
        let stated = try reading { () throws(DocumentError) in try root.count("numberOfTests") }
        let groups = try reading { () throws(DocumentError) in try root.objects("testGroups") }
        try reading { () throws(DocumentError) in try root.finish() }
        tests = try Self.tests(suite, groups, schema: schema, stem: stem, flags: Set(notes.map(\.flag)))
        self.notes = notes
        guard !tests.isEmpty else { throw .noTests }
        guard tests.count == stated else { throw .wrongCount(stated: stated, actual: tests.count) }
        var seen: Set<Int> = []
        for test in tests where !seen.insert(test.tcID).inserted { throw .duplicateTest(tcID: test.tcID) }
    }

    private static func suite(schema: String, profile: String) throws(VectorFileError) -> any VectorSuite.Type {
        for suite in vectorSuites {
            guard let known = suite.schemas.first(where: { $0.schema == schema }) else { continue }
            guard known.profiles.contains(profile) else { throw .unknownProfile(profile, schema: schema) }
            return suite
        }
        throw .unknownSchema(schema)
    }

    private static func notes(_ root: inout DocumentReader) throws(DocumentError) -> [Note] {
        let value = try root.value("notes")
        guard case .object(let fields) = value else {
            throw .wrongKind(field: root.path("notes"), expected: "object", actual: value.kind)
        }
        var notes: [Note] = []
        for field in fields {
            var note = try DocumentReader(field.value, path: root.path("notes.\(field.name)"))
            notes.append(
                Note(
                    flag: try word(field.name, root.path("notes")), bugType: try note.text("bugType"),
                    description: try note.text("description")))
            try note.finish()
        }
        return notes
    }

    private static func tests<Suite: VectorSuite>(
        _ type: Suite.Type, _ groups: [DocumentReader], schema: String, stem: String, flags: Set<String>
    ) throws(VectorFileError) -> [VectorTest] {
        var tests: [VectorTest] = []
        var previous: Suite?
        for var group in groups {
            let (type, readers) = try reading { () throws(DocumentError) in
                var source = try group.object("source")
                _ = (try source.text("name"), try source.text("version"))
                try source.finish()
                return (try group.string("type"), try group.objects("tests"))
            }
            guard !readers.isEmpty else { throw .noTests }
            let suite = try Suite(type: type, schema: schema, parameters: &group, previous: previous)
            try reading { () throws(DocumentError) in try group.finish() }
            for var reader in readers {
                let test = try reading { () throws(DocumentError) in
                    try Self.test(&reader, of: suite, type: type, stem: stem)
                }
                if let flag = test.flags.first(where: { !flags.contains($0) }) {
                    throw .unexplainedFlag(flag, tcID: test.tcID)
                }
                tests.append(test)
            }
            previous = suite
        }
        return tests
    }

    private static func test<Suite: VectorSuite>(
        _ reader: inout DocumentReader, of suite: Suite, type: String, stem: String
    ) throws(DocumentError) -> VectorTest {
        let tcID = Int(try reader.integer("tcId", in: 1...largestCount))
        let comment = try reader.text("comment")
        let flagNames = try reader.strings("flags")
        guard !flagNames.isEmpty else { throw .malformed(field: reader.path("flags"), reason: "a test has a flag") }
        var flags: [String] = []
        for name in flagNames { flags.append(try word(name, reader.path("flags"))) }
        let result = try reader.string("result")
        let reason = try reader.optionalString("reason")
        let expected: VectorVerdict
        switch (result, reason) {
        case ("valid", nil): expected = .valid
        case ("invalid", let reason?): expected = .invalid(reason: try word(reason, reader.path("reason")))
        case ("valid", _), ("invalid", _):
            throw .malformed(field: reader.path("reason"), reason: "it is null exactly where the result is valid")
        default: throw .malformed(field: reader.path("result"), reason: "it is neither valid nor invalid")
        }
        let inputs = try suite.read(&reader)
        try reader.finish()
        return VectorTest(
            id: "\(stem)#\(tcID)", tcID: tcID, groupType: type, comment: comment, flags: flags, expected: expected
        ) { try suite.run(inputs) }
    }

    /// A flag or a reason: letters, digits, - and _, so that Swift's `==` compares bytes.
    private static func word(_ text: String, _ path: String) throws(DocumentError) -> String {
        let isWord = text.utf8.allSatisfy {
            (0x61...0x7a).contains($0) || (0x41...0x5a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d
                || $0 == 0x5f
        }
        guard isWord, !text.isEmpty else {
            throw .malformed(field: path, reason: "\u{22}\(text)\u{22} is not of letters, digits, - and _")
        }
        return text
    }
}

extension DocumentReader {
    /// A string field that is not empty.
    fileprivate mutating func text(_ name: String) throws(DocumentError) -> String {
        let text = try string(name)
        guard !text.isEmpty else { throw .malformed(field: path(name), reason: "the text is empty") }
        return text
    }

    /// A version: three decimal numbers.
    fileprivate mutating func version(_ name: String) throws(DocumentError) -> String {
        let text = try string(name)
        let parts = text.utf8.split(separator: 0x2e, omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (0x30...0x39).contains($0) } }) else {
            throw .malformed(field: path(name), reason: "a version is three decimal numbers")
        }
        return text
    }
}
