import ArgumentParser
import ByteCoding
@_spi(Literal) import HashWork

/// `ringwork work attack`
struct WorkAttackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attack",
        abstract: "Bob's attacks on the paper's protocol, and version 2 refusing them.",
        discussion: """
            mirror: accepted under SHA-256d for 2i + 2 calls of SHA-256, caught under SHA-256. replay: two sessions with \
            Alice answer each other. relay: Carol works, and Bob is accepted for it. The last two need no hash at all, and \
            succeed for any work function. Without a name: the mirror, in short.
            """)
    @Argument(help: "mirror, replay or relay.") var name: Name?
    @Option(help: "The function that is iterated.") var hash: WorkCommand.Hash = .sha256d
    @Option(
        name: .customLong("k"), help: "How many evaluations Alice asks for, to 16384: from 16, the mirror from 17 + i.")
    var amount = 1024
    @Option(name: .customLong("i"), help: "The mirror's i: B0 = P^(2i+1)(A0), kB = kA - 1 - i.") var offset: Int?
    @OptionGroup var output: JSONOption

    enum Name: String, ExpressibleByArgument, CaseIterable {
        case mirror, replay, relay
    }

    private var attack: WorkAttack { name.flatMap { WorkAttack(rawValue: $0.rawValue) } ?? .mirror }

    func validate() throws {
        let most = WorkParty.amounts.upperBound
        guard attack == .mirror || offset == nil else { throw ValidationError("--i belongs to the mirror attack") }
        let offset = offset ?? 0
        guard (0...most - 17).contains(offset) else { throw ValidationError("--i must be 0 to \(most - 17)") }
        let least = attack == .mirror ? 17 + offset : 16
        guard (least...most).contains(amount) else { throw ValidationError("--k must be \(least) to \(most)") }
    }

    func run() throws {
        var generator = SystemRandomNumberGenerator()
        let report = try attack.run(hash: hash.hash, k: amount, offset: offset ?? 0, using: &generator)
        try output.print(document(report), name == nil ? summary(report) : text(report))
        guard report.goesAsTheorySays else {
            throw Failure(.internalFault, code: "attack", "the attack did not go as its theory says")
        }
    }

    private func document(_ report: WorkAttackReport) -> JSONValue {
        [
            "schema": "ringwork/work-attack/1", "attack": .string(report.attack.rawValue),
            "hash": .string(report.hash.rawValue), "k": .integer(Int64(report.k)),
            "i": report.offset.map { .integer(Int64($0)) } ?? .null,
            "alice": .string(report.victims[0].verdict.code), "bobCalls": .integer(Int64(report.bobCalls)),
            "honestCalls": .integer(Int64(report.honestCalls)),
            "literal": .array(
                report.victims.map { ["victim": .string($0.name), "verdict": .string($0.verdict.code)] }),
            "repaired": .array(
                report.repaired.map { ["attempt": .string($0.what), "reason": .string($0.verdict.code)] }),
            "rule": .string(report.attack.rule), "asTheorySays": .boolean(report.goesAsTheorySays),
        ]
    }

    private func summary(_ report: WorkAttackReport) -> String {
        let succeeds = report.victims[0].verdict == .accept
        let start = (offset ?? 0) == 0 ? "B0 = SHA-256(A0) and kB = kA - 1" : "B0 = P^(2i+1)(A0) and kB = kA - 1 - i"
        return """
            Bob sends \(start), and answers SHA-256 of what Alice sends in step 7.
            Alice: \(succeeds ? "accepts" : "ends the protocol (\(report.victims[0].verdict.code))")
            Bob paid \(report.bobCalls) calls of SHA-256; the work he claims takes \(report.honestCalls).
            \(succeeds ? "Stopped by: H = SHA-256 for this attack; --profile v2 for this one and for replay and relay." : "")
            """
    }

    private func text(_ report: WorkAttackReport) -> String {
        let terms = ["H = \(report.hash.rawValue)", "kA = \(report.k)"] + (report.offset.map { ["i = \($0)"] } ?? [])
        var lines = ["\(report.attack.rawValue): \(report.attack.title)", terms.joined(separator: ", ")]
        lines.append("Against the paper's protocol:")
        lines += report.victims.map { "  \($0.name): \($0.verdict.code)" }
        lines.append("  Bob paid \(report.bobCalls) calls of SHA-256; the work he claims takes \(report.honestCalls)")
        lines.append("Against version 2:")
        lines += report.repaired.map { "  \($0.what): \($0.verdict.code)" }
        return (lines + ["Stopped by: \(report.attack.rule)"]).joined(separator: "\n")
    }
}
