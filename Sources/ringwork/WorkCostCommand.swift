import ArgumentParser
import ByteCoding
@_spi(Literal) import HashWork

/// `ringwork work cost`
struct WorkCostCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cost",
        abstract: "What the protocol costs, counted in runs, beside what theory says.",
        discussion: """
            Calls are calls of SHA-256. An honest side of the paper's protocol makes 2 max(kA, kB) evaluations, one of \
            version 2 kA + kB; an answer alone takes kA. A mirroring Bob makes 2 calls, and his answer and Alice's \
            together take 2 kA calls where 4 kA - 2 are claimed.
            """)
    @Option(help: "The function that is iterated.") var hash: WorkCommand.Hash = .sha256d
    @Option(
        name: .customLong("k"), parsing: .upToNextOption, help: "What both sides ask for, 16 to 16384; one or more.")
    var amounts = [16, 64, 1024, 16384]
    @OptionGroup var output: JSONOption

    func validate() throws {
        let range = WorkParty.amounts
        guard amounts.count <= 64, !amounts.isEmpty, amounts.allSatisfy(range.contains) else {
            throw ValidationError("--k must be \(range.lowerBound) to \(range.upperBound), at most 64 times")
        }
    }

    func run() throws {
        var generator = SystemRandomNumberGenerator()
        var rows: [WorkCostRow] = []
        var agrees = true
        for k in amounts {
            let row = try WorkCostRow(measuring: hash.hash, kA: k, kB: k, using: &generator)
            agrees = agrees && row == WorkCostRow(predicting: hash.hash, kA: k, kB: k)
            rows.append(row)
        }
        try output.print(
            [
                "schema": "ringwork/work-cost/1", "hash": .string(hash.rawValue), "rows": .array(rows.map(document)),
                "asTheorySays": .boolean(agrees),
            ], text(rows, agrees))
        guard agrees else {
            throw Failure(.internalFault, code: "cost", "the counts are not those that theory predicts")
        }
    }

    private func document(_ row: WorkCostRow) -> JSONValue {
        func cost(_ cost: WorkCost) -> JSONValue {
            ["evaluations": .integer(Int64(cost.evaluations)), "sha256Calls": .integer(Int64(cost.sha256Calls))]
        }
        return [
            "kA": .integer(Int64(row.kA)), "kB": .integer(Int64(row.kB)), "honest": cost(row.honest),
            "answer": cost(row.answer), "v2": cost(row.repaired),
            "mirror": row.mirror.map {
                [
                    "bobCalls": .integer(Int64($0.bobCalls)), "jointCalls": .integer(Int64($0.jointCalls)),
                    "claimedCalls": .integer(Int64($0.claimedCalls)), "ratio": .string($0.ratio),
                ]
            } ?? .null,
        ]
    }

    private func text(_ rows: [WorkCostRow], _ agrees: Bool) -> String {
        let table: [[String]] =
            [["k", "honest side", "answer only", "v2 side", "mirroring Bob", "joint/claimed"]]
            + rows.map { row in
                [row.kA, row.honest.sha256Calls, row.answer.sha256Calls, row.repaired.sha256Calls].map { String($0) }
                    + (row.mirror.map { [String($0.bobCalls), $0.ratio] } ?? ["caught", "-"])
            }
        let widths = table[0].indices.map { column in table.map { $0[column].count }.max() ?? 0 }
        let lines = table.map { row in
            zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }.joined(separator: "  ")
        }
        let head = "H = \(hash.rawValue), kA = kB = k; calls of SHA-256, counted"
        return ([head] + lines + ["as theory says: \(agrees ? "yes" : "NO")"]).joined(separator: "\n")
    }
}
