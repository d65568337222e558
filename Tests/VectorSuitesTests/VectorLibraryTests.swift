import ByteCoding
import Foundation
import Hashing
import Support
import Testing
import VectorSuites

@Suite("Vector libraries") struct VectorLibraryTests {
    private static let sha256 = "Vectors/v1/sha256/sha256_fips180-4_test.json"
    private static let token = "Vectors/v1/token/token_ringwork-v1_test.json"

    private static func refusal(_ paths: String...) -> VectorLibraryError? {
        do {
            _ = try VectorLibrary(paths: paths)
            return nil
        } catch { return error }
    }

    /// Two small files in folders below `directory`, and a manifest of them; `change` alters the manifest's list.
    private static func make(_ directory: String, _ change: ([JSONValue]) -> [JSONValue] = { $0 }) throws {
        var entries: [JSONValue] = []
        for path in [sha256, token] {
            let value = try Samples.small(path)
            let text = value.documentText
            let below = "v1/" + Samples.stem(path) + ".json"
            try Samples.write(text, to: directory + "/" + below)
            let file = try VectorFile(value, stem: "x")
            entries.append([
                "path": .string(below), "sha256": .string(SHA256.hash(Array(text.utf8)).hex),
                "numberOfTests": .integer(Int64(file.tests.count)), "vectorVersion": "1.0.0", "generator": "g",
                "checkedBy": [],
            ])
        }
        let manifest: JSONValue = ["schema": "ringwork/vector-manifest/1", "files": .array(change(entries))]
        try Samples.write(manifest.documentText, to: directory + "/MANIFEST.json")
    }

    @Test("the committed library loads with its manifest")
    func committed() throws {
        let library = try VectorLibrary(paths: [RepositoryRoot.url("Vectors").path])
        #expect(library.files.count == Samples.paths.count)
        #expect(library.files.map(\.path) == library.files.map(\.path).sorted())
        let ids = library.files.flatMap { $0.file.tests.map(\.id) }
        #expect(Set(ids).count == ids.count && ids.count > 7000)
    }

    @Test("files, directories, repeated paths and a slash at the end")
    func paths() throws {
        try Samples.withDirectory { directory in
            try Self.make(directory)
            let all = try VectorLibrary(paths: [directory])
            #expect(all.files.map { Samples.stem($0.path) } == ["sha256_fips180-4_test", "token_ringwork-v1_test"])
            #expect(all.files.map(\.file.stem) == ["sha256_fips180-4_test", "token_ringwork-v1_test"])
            let again = try VectorLibrary(paths: [directory + "//", directory, all.files[0].path], workers: 1)
            #expect(again.files.map(\.path) == all.files.map(\.path))
            #expect(try VectorLibrary(paths: [all.files[1].path]).files.count == 1)
            // A link to a directory above is not followed round and round.
            try FileManager.default.createSymbolicLink(
                atPath: directory + "/v1/loop", withDestinationPath: directory)
            #expect(try VectorLibrary(paths: [directory]).files.count == 2)
        }
    }

    @Test("nothing found, nothing there, a file that is no vector file")
    func unreadable() throws {
        try Samples.withDirectory { directory in
            #expect(Self.refusal() == .noFileFound(paths: []))
            #expect(Self.refusal(directory) == .noFileFound(paths: [directory]))
            try Samples.write("{}", to: directory + "/other.json")
            #expect(Self.refusal(directory) == .noFileFound(paths: [directory]))
            guard case .unreadable(directory + "/none", _)? = Self.refusal(directory + "/none") else {
                Issue.record("a missing path is accepted")
                return
            }
            let file = directory + "/other.json"
            #expect(Self.refusal(file) == .file(path: file, .document(.missingField("schema"))))
            try FileManager.default.createDirectory(
                atPath: directory + "/d_test.json", withIntermediateDirectories: true)
            guard case .unreadable(directory + "/d_test.json", _)? = Self.refusal(directory) else {
                Issue.record("a directory with the name of a file is accepted")
                return
            }
        }
    }

    @Test("two files of one name")
    func sameStem() throws {
        try Samples.withDirectory { directory in
            let text = try Samples.small(Self.sha256).documentText
            for folder in ["a", "b"] { try Samples.write(text, to: "\(directory)/\(folder)/x_test.json") }
            #expect(
                Self.refusal(directory)
                    == .sameStem(path: "\(directory)/b/x_test.json", other: "\(directory)/a/x_test.json"))
        }
    }

    @Test("a manifest and its files must agree")
    func manifest() throws {
        func refusal(_ change: @escaping ([JSONValue]) -> [JSONValue]) throws -> VectorLibraryError? {
            var error: VectorLibraryError?
            try Samples.withDirectory { directory in
                try Self.make(directory, change)
                error = Self.refusal(directory)
            }
            return error
        }
        #expect(try refusal { $0 } == nil)
        let missing = try refusal { $0 + [$0[0].mapping("path") { _ in "v1/gone_test.json" }] }
        guard case .missing(let path)? = missing, path.hasSuffix("/v1/gone_test.json") else {
            Issue.record("a missing file is accepted")
            return
        }
        guard case .notListed(let path)? = try refusal({ Array($0.dropLast()) }),
            path.hasSuffix("token_ringwork-v1_test.json")
        else {
            Issue.record("a file that is not listed is accepted")
            return
        }
        guard case .digestMismatch? = try refusal({ $0.map { $0.mapping("sha256") { _ in .string(Digest.zero.hex) } } })
        else {
            Issue.record("another digest is accepted")
            return
        }
        guard case .countMismatch(_, 99, 2)? = try refusal({ $0.map { $0.mapping("numberOfTests") { _ in 99 } } })
        else {
            Issue.record("another count is accepted")
            return
        }
        guard case .listedTwice? = try refusal({ $0 + $0 }) else {
            Issue.record("a file listed twice is accepted")
            return
        }
        let malformed: [([JSONValue]) -> [JSONValue]] = [
            { $0.map { $0.adding("x", 1) } }, { $0.map { $0.removing("checkedBy") } },
            { $0.map { $0.mapping("sha256") { _ in "00" } } },
        ]
        for change in malformed {
            guard case .manifest? = try refusal(change) else {
                Issue.record("a malformed manifest is accepted")
                return
            }
        }
    }

    @Test("a manifest counts only where it is searched")
    func partOfALibrary() throws {
        try Samples.withDirectory { directory in
            try Self.make(directory) { _ in [] }
            guard case .notListed? = Self.refusal(directory) else {
                Issue.record("files that are not listed are accepted")
                return
            }
            #expect(Self.refusal(directory + "/v1") == nil)
        }
    }

    @Test("every error reads as a sentence")
    func descriptions() {
        let errors: [VectorLibraryError] = [
            .noFileFound(paths: ["a"]), .unreadable(path: "a", reason: "b"), .file(path: "a", .noTests),
            .sameStem(path: "a", other: "b"), .manifest(path: "a", .missingField("b")), .listedTwice(path: "a"),
            .missing(path: "a"), .notListed(path: "a"), .digestMismatch(path: "a"),
            .countMismatch(path: "a", stated: 1, actual: 2),
        ]
        #expect(Set(errors.map(\.description)).count == errors.count)
    }
}
