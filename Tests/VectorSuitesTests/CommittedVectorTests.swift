import ByteCoding
import Foundation
import Support
import Testing
import VectorSuites

@Suite("Committed vectors") struct CommittedVectorTests {
    @Test("there are files of every schema but others'")
    func complete() throws {
        #expect(Samples.paths.count >= 39)
        var schemas: Set<String> = []
        for path in Samples.paths {
            guard case .object(let fields) = try Samples.value(path) else { continue }
            for field in fields where field.name == "schema" {
                if case .string(let schema) = field.value { schemas.insert(schema) }
            }
        }
        let foreign = Set(VectorFile.foreignSchemas)
        #expect(foreign.count == 4)
        #expect(schemas.isDisjoint(with: foreign))
        #expect(schemas.union(foreign) == Set(VectorFile.schemas))
    }

    @Test("every test passes", arguments: Samples.paths)
    func passes(path: String) throws {
        let file = try VectorFile([UInt8](Data(contentsOf: RepositoryRoot.url(path))), stem: Samples.stem(path))
        let outcomes = file.run()
        #expect(outcomes.map(\.id) == file.tests.map(\.id))
        // A slow token costs half a second, and a rotation has few ways to go wrong.
        let isShort = path.contains("token_slow") || path.contains("token_rotation")
        #expect(outcomes.count > (isShort ? 20 : 100))
        for outcome in outcomes where outcome.outcome != .pass {
            Issue.record("\(outcome.id) \(outcome.comment): \(outcome.reason ?? "")")
        }
        // Both kinds of test are there, and the invalid ones outnumber the valid ones.
        let valid = file.tests.count { $0.expected == .valid }
        #expect(valid > 0 && valid < file.tests.count - valid)
    }

    @Test("a flipped result is a failure, in every file", arguments: Samples.paths)
    func flipped(path: String) throws {
        let right = try VectorFile(Samples.small(path), stem: "x_test")
        #expect(right.run(workers: 1).allSatisfy { $0.outcome == .pass })
        let flipped = try Samples.small(path).mappingTests { test in
            guard case .object(let fields) = test else { return test }
            let isValid = fields.contains { $0.name == "result" && $0.value == "valid" }
            return test.mapping("result") { _ in isValid ? "invalid" : "valid" }
                .mapping("reason") { _ in isValid ? "digest-mismatch" : .null }
        }
        let outcomes = try VectorFile(flipped, stem: "x_test").run(workers: 2)
        #expect(outcomes.count == right.tests.count)
        #expect(outcomes.allSatisfy { $0.outcome == .fail })
        #expect(outcomes.map(\.got) == right.tests.map(\.expected))
    }

    @Test("another reason is a failure, in every file", arguments: Samples.paths)
    func otherReason(path: String) throws {
        let other = try Samples.value(path).mappingTests { test in
            test.mapping("reason") { $0 == .null ? .null : "no-such-reason" }
        }
        let file = try VectorFile(other, stem: "x_test")
        var selected = VectorSelection()
        selected.ids = Glob("x_test#1?")
        let outcomes = file.run(selected)
        #expect(outcomes.count == 10)
        for outcome in outcomes { #expect((outcome.outcome == .pass) == (outcome.expected == .valid)) }
    }
}
