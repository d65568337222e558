import ArgumentParser
import ByteCoding
import ModularArithmetic
@_spi(Literal) import RingSignatures

/// `ringwork ring attack`
struct RingAttackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attack",
        abstract: "An attack on the printed Algorithm 1 or a careless neighbour, and the rule that stops it.")
    @Argument(help: "The attack; --list shows them.") var name: String?
    @Flag(help: "List the attacks.") var list = false
    @Option(help: "The name of an embedded group, or a group document.") var group = "rfc5114-2048-256"
    @Option(help: "The challenges of short-challenge, 8 to 40 bits; the cost is about 2^(2/3 bits) hashes.")
    var bits = 24
    @OptionGroup var output: JSONOption

    func validate() throws {
        guard list != (name != nil) else { throw ValidationError("give the name of an attack, or --list") }
        guard (8...40).contains(bits) else { throw ValidationError("--bits must be 8 to 40") }
        if let name, RingAttack(rawValue: name) == nil {
            throw ValidationError("there is no attack \u{22}\(name)\u{22}; --list shows them all")
        }
    }

    func run() throws {
        guard let attack = name.flatMap(RingAttack.init(rawValue:)) else {
            for attack in RingAttack.allCases {
                let row: JSONValue = [
                    "schema": "ringwork/ring-attack-list/1", "id": .string(attack.id), "name": .string(attack.rawValue),
                    "title": .string(attack.title), "rule": .string(attack.rule),
                ]
                try output.print(row, "\(attack.id)  \(attack.rawValue): \(attack.title)")
            }
            return
        }
        let group = try GroupCommand.claim(group).validated().group
        var generator = SystemRandomNumberGenerator()
        let report: AttackReport
        do {
            report = try attack.run(.init(group: group, challengeBits: bits), using: &generator)
        } catch {
            throw Failure(.badInput, code: "attack-setting", "\(error)")
        }
        try output.print(document(report), text(report))
        guard report.goesAsTheorySays else {
            throw Failure(.internalFault, code: "attack", "the attack did not go as its theory says")
        }
    }

    private func document(_ report: AttackReport) -> JSONValue {
        func refusals(_ list: [AttackReport.Refusal]) -> JSONValue {
            .array(list.map { ["attempt": .string($0.attempt), "reason": JSONValue($0.code)] })
        }
        return [
            "schema": "ringwork/ring-attack/1", "id": .string(report.attack.id),
            "name": .string(report.attack.rawValue), "title": .string(report.attack.title),
            "steps": .array(report.steps.map { .string($0) }),
            "cost": .object(report.cost.entries.map { .init($0.name, .integer(Int64($0.count))) }),
            "careless": .array(report.breaks.map { ["goal": .string($0.goal), "reached": .boolean($0.isReached)] }),
            "repaired": refusals(report.controls), "default": refusals(report.defaults),
            "rule": .string(report.attack.rule), "asTheorySays": .boolean(report.goesAsTheorySays),
        ]
    }

    private func text(_ report: AttackReport) -> String {
        func refusals(_ list: [AttackReport.Refusal]) -> [String] {
            list.map { "  \($0.attempt): \($0.code ?? "NOT REFUSED")" }
        }
        let cost = report.cost.entries.map { "\($0.count) \($0.name)" }.joined(separator: ", ")
        var lines = ["\(report.attack.id) \(report.attack.rawValue): \(report.attack.title)", "", "Done:"]
        lines += report.steps.map { "  \($0)" }
        lines += ["Cost: \(cost)", "Against the literal text or a careless form:"]
        lines += report.breaks.map { "  \($0.goal): \($0.isReached ? "reached" : "NOT REACHED")" }
        if !report.controls.isEmpty { lines += ["With one choice repaired:"] + refusals(report.controls) }
        lines += ["Against the default:"] + refusals(report.defaults)
        return (lines + ["Stopped by: \(report.attack.rule)"]).joined(separator: "\n")
    }
}
