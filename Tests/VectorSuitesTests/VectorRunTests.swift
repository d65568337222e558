import ByteCoding
import Foundation
import Testing
import VectorSuites

@Suite("Runs and their reports") struct VectorRunTests {
    private static let path = "Vectors/v1/sha256/sha256_fips180-4_test.json"

    /// The committed file, the tests with these numbers made to expect the wrong thing.
    private static func file(failing: Set<Int64> = []) throws -> VectorFile {
        let value = try Samples.value(path).mappingTests { test in
            guard case .object(let fields) = test,
                fields.contains(where: { field in failing.contains { field.value == .integer($0) } })
            else { return test }
            return test.mapping("result") { _ in "invalid" }.mapping("reason") { _ in "other" }
                .mapping("comment") { _ in "a <b> & \"c\" # TODO\n\\" }
        }
        return try VectorFile(value, stem: "s_test")
    }

    private static func library(_ body: (VectorLibrary) throws -> Void) throws {
        try Samples.withDirectory { directory in
            let failing = try Samples.value(path).mappingTests { test in
                guard case .object(let fields) = test, fields.contains(where: { $0.name == "tcId" && $0.value == 3 })
                else { return test }
                return test.mapping("result") { _ in "invalid" }.mapping("reason") { _ in "other" }
                    .mapping("comment") { _ in "a <b> & \"c\" # TODO\n\\" }
            }
            try Samples.write(failing.documentText, to: directory + "/a_test.json")
            try Samples.write(try Samples.small(path).documentText, to: directory + "/b_test.json")
            try body(VectorLibrary(paths: [directory]))
        }
    }

    @Test(
        "globs",
        arguments: [
            ("", "", true), ("", "a", false), ("*", "", true), ("*", "anything#1", true), ("a*", "abc", true),
            ("a*", "bac", false), ("*c", "abc", true), ("*c", "abcd", false), ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("*#1?", "x#12", true), ("*#1?", "x#1", false), ("*#1?", "x#112", false), ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXcYb", false), ("**", "x", true), ("?", "é", true), ("[a]", "a", false), ("[a]", "[a]", true),
            ("*a*a*a*a*b", String(repeating: "a", count: 60), false), ("A", "a", false),
        ])
    func glob(pattern: String, name: String, fits: Bool) {
        #expect(Glob(pattern).matches(name) == fits)
        #expect("\(Glob(pattern))" == pattern)
    }

    @Test("a selection by name and by flag")
    func selection() throws {
        let file = try Self.file()
        #expect(file.run(VectorSelection(ids: Glob("s_test#1?"))).map(\.id) == (10...19).map { "s_test#\($0)" })
        #expect(file.run(VectorSelection(ids: Glob("other*"))).isEmpty)
        let flag = try #require(file.tests.last?.flags.first)
        let flagged = file.run(VectorSelection(flag: flag))
        #expect(!flagged.isEmpty && flagged.count < file.tests.count)
        #expect(flagged.allSatisfy { $0.flags.contains(flag) })
        #expect(file.run(VectorSelection(ids: Glob("s_test#256"), flag: flag)).count == 1)
        #expect(file.run(VectorSelection(flag: "NoSuchFlag")).isEmpty)
    }

    @Test("fail-fast skips what follows the first failure, whatever the number of threads", arguments: [1, 2, 7])
    func failFast(workers: Int) throws {
        let file = try Self.file(failing: [20, 60])
        let all = file.run(workers: workers)
        #expect(all.count { $0.outcome == .fail } == 2)
        #expect(all.count { $0.outcome == .pass } == file.tests.count - 2)
        let some = file.run(VectorSelection(failFast: true), workers: workers)
        #expect(some.prefix(19).allSatisfy { $0.outcome == .pass })
        #expect(some[19].outcome == .fail)
        #expect(some[19].got == .valid || some[19].got?.reason == "digest-mismatch")
        #expect(some.dropFirst(20).allSatisfy { $0.outcome == .skip && $0.got == nil })
        #expect(try Self.file().run(VectorSelection(failFast: true)).allSatisfy { $0.outcome == .pass })
    }

    @Test("counts, and the report as a document")
    func document() throws {
        try Self.library { library in
            let report = library.run()
            let total = library.files.reduce(0) { $0 + $1.file.tests.count }
            #expect(report.testCount == total && report.count(.pass) == total - 1 && report.count(.fail) == 1)
            #expect(!report.isSuccess && !report.isEmpty)
            #expect(report.files.map { $0.path.hasSuffix("a_test.json") } == [true, false])
            var reader = try DocumentReader(
                document: Array(report.jsonDocument().documentText.utf8), schema: "ringwork/vector-report/1")
            #expect(try reader.string("tool") == "swift ringwork 0.1.0")
            #expect(
                try reader.value("summary") == [
                    "files": 2, "passed": .integer(Int64(total - 1)), "failed": 1, "skipped": 0, "errors": 0,
                ])
            let results = try reader.array("results")
            #expect(results.count == 1)
            try reader.finish()
            var result = try DocumentReader(results[0])
            #expect(try result.string("id") == "a_test#3")
            #expect(try result.value("expected") == ["result": "invalid", "reason": "other"])
            #expect(try result.value("got") == ["result": "valid", "reason": .null])
            #expect(try result.string("outcome") == "fail")
            #expect(try result.string("reason") == "expected invalid (other), got valid")
            #expect(try result.string("comment").hasPrefix("a <b>"))
            try result.finish()
            guard case .object(let fields) = report.jsonDocument(includingPasses: true),
                case .array(let every)? = fields.last?.value
            else {
                Issue.record("the report has no results")
                return
            }
            #expect(every.count == total)

            #expect(library.run(VectorSelection(ids: Glob("b_test*"))).isSuccess)
            #expect(library.run(VectorSelection(ids: Glob("b_test*"))).files.count == 1)
            let none = library.run(VectorSelection(ids: Glob("nothing")))
            #expect(none.isEmpty && !none.isSuccess && none.files.isEmpty)
            // Fail-fast goes across files.
            let stopped = library.run(VectorSelection(failFast: true))
            #expect(stopped.count(.pass) == 2 && stopped.count(.fail) == 1 && stopped.count(.skip) == total - 3)
        }
    }

    @Test("TAP 13: one line a test, directives escaped, failures explained")
    func tap() throws {
        try Self.library { library in
            let report = library.run(VectorSelection(ids: Glob("a_test#?"), failFast: true))
            let lines = report.tap.split(separator: "\n")
            #expect(lines.first == "TAP version 13" && lines[1] == "1..9")
            #expect(lines[2].hasPrefix("ok 1 - a_test\\#1 "))
            #expect(lines[4] == "not ok 3 - a_test\\#3 a <b> & \"c\" \\# TODO \\\\")
            #expect(
                lines[5] == "  ---" && lines[6] == #"  expected: "invalid (other)""# && lines[7] == #"  got: "valid""#)
            #expect(lines[10] == "  ...")
            #expect(lines[11].hasPrefix("ok 4 - ") && lines[11].hasSuffix(" # SKIP an earlier test failed"))
            #expect(lines.count == 11 + 6)
        }
    }

    @Test("JUnit: text is escaped, and failures have their flag")
    func junit() throws {
        try Self.library { library in
            let report = library.run(VectorSelection(ids: Glob("a_test#?"), failFast: true))
            let text = report.junit
            #expect(text.contains(#"tests="9" failures="1" errors="0" skipped="6">"#))
            #expect(text.contains(#"<testcase classname="Digest" name="a_test#1"/>"#))
            #expect(text.contains(#"<failure type="Basic" message="expected invalid (other), got valid">"#))
            #expect(text.contains("a &lt;b&gt; &amp; &quot;c&quot; # TODO&#10;\\</failure>"))
            #expect(text.components(separatedBy: "<skipped ").count == 7)
            #expect(text.hasSuffix("</testsuites>\n"))
        }
    }
}
