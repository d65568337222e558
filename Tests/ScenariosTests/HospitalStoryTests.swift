import ByteCoding
import Foundation
import ModularArithmetic
import RingSignatures
import Testing

@testable import Scenarios

@Suite("The hospital story") struct HospitalStoryTests {
    private static let group: NamedGroup? = {
        let seed = Array("scenarios test".utf8)
        guard let made = try? GroupGeneration.ringwork1(elementBits: 512, scalarBits: 160, seed: seed),
            let group = try? SchnorrGroup(validating: made.p, q: made.q, g: made.g, t: made.t)
        else { return nil }
        let provenance = GroupProvenance(procedure: .ringwork1, seed: seed, counter: made.counter, index: 1)
        return NamedGroup(name: "test", group: group, provenance: provenance)
    }()

    private func tell(seed: UInt64?) throws -> [Stage] {
        let directory = FileManager.default.temporaryDirectory.appending(path: "ringwork-story-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: directory) }
        var story = try HospitalStory(
            HospitalStory.Setting(
                seed: seed, now: 1_800_000_000, directory: directory.path, group: try #require(Self.group),
                bits: 0x207f_ffff))
        var reported: [Stage] = []
        let stages = try story.run { reported.append($0) }
        #expect(reported == stages)
        return stages
    }

    @Test("every stage passes, and a seed decides every byte")
    func seeds() throws {
        let first = try tell(seed: 7)
        #expect(first.count == 9)
        #expect(first.filter { !$0.passed }.map(\.name) == [])
        #expect(try tell(seed: 7) == first)
        let other = try tell(seed: 8)
        #expect(other.allSatisfy { $0.passed })
        #expect(
            Set(zip(first, other).filter { $0 != $1 }.map(\.0.name)).isSuperset(of: ["enrolment", "tokens", "block"]))
        let names = first.flatMap { stage in [stage.inputs, stage.result].map { $0.map(\.name) } }
        #expect(names.allSatisfy { Set($0).count == $0.count })
    }

    @Test("without a seed the stages pass and differ")
    func seedless() throws {
        let (first, second) = (try tell(seed: nil), try tell(seed: nil))
        #expect((first + second).allSatisfy { $0.passed })
        #expect(first != second)
    }

    @Test("a stage passes when it checked something and everything held")
    func recorder() {
        var recorder = StageRecorder()
        #expect(!recorder.stage("s", condition: "c").passed)
        recorder.output("plain", 1)
        #expect(!recorder.stage("s", condition: "c").passed)
        recorder.output("good", 1, holds: true)
        #expect(recorder.stage("s", condition: "c").passed)
        recorder.acceptance("refused") { throw StoryError.nothingMined }
        #expect(!recorder.stage("s", condition: "c").passed)
        for step in [{}, { throw StoryError.nothingMined }, { throw KeyError.notInGroup }] as [() throws -> Void] {
            var recorder = StageRecorder()
            recorder.refusal("step", KeyError.proofMismatch.code, step)
            #expect(!recorder.stage("s", condition: "c").passed)
        }
        recorder = StageRecorder()
        recorder.refusal("step", KeyError.proofMismatch.code) { throw KeyError.proofMismatch }
        #expect(recorder.stage("s", condition: "c").passed)
    }

    @Test("the summary names what failed")
    func summary() {
        var bad = StageRecorder()
        bad.check(false)
        let text = HospitalStory.summary([bad.stage("broken", condition: "c")], seed: 5).compactText
        #expect(text.contains("\"passed\":0,\"failed\":[\"broken\"],\"seed\":\"5\""))
    }

    @Test("a stage out of order is an error, not a pass")
    func order() throws {
        var story = try HospitalStory(
            HospitalStory.Setting(
                seed: 1, now: 0, directory: "/nonexistent", group: try #require(Self.group), bits: 0x207f_ffff))
        #expect(throws: StoryError.stageMissing("ring signature")) { try story.block() }
        #expect(throws: StoryError.stageMissing("tokens")) { try story.ringSignature() }
    }
}
