import ArgumentParser
import ByteCoding
import Hashing
import ModularArithmetic
import ProofOfWork

extension PowCommand {
    struct Target: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Explain a target: what it asks for, how much work it is, and what a header can carry of it.")
        @Option(help: "Compact form, 8 hexadecimal digits as printed by explorers.") var bits: BitsArgument?
        @Option(help: "The target itself, a number in hexadecimal.") var target: String?
        @Option(help: "Hashes a second, for the expected time.") var rate: UInt64?
        @OptionGroup var output: JSONOption

        func validate() throws {
            guard (bits == nil) != (target == nil) else { throw ValidationError("give one of --bits and --target") }
            guard rate != 0 else { throw ValidationError("--rate must be at least 1") }
            if let target {
                do { _ = try Natural(canonicalHex: target) } catch { throw ValidationError("--target: \(error)") }
            }
        }

        func run() throws {
            let value = try bits.map { try $0.bits.target() } ?? Natural(canonicalHex: target ?? "")
            let compact = try bits?.bits ?? CompactTarget(rounding: value)
            let probability = acceptanceProbability(target: value)
            let difficulty = difficulty(target: value)
            let tries = expectedTries(target: value)
            let seconds = rate.map { Ratio(tries.numerator, tries.denominator * Natural($0)) }
            let forms = bits == nil ? try Forms(value) : nil
            let expected = expectedWork(target: value)
            var lines = [
                "bits             \(compact)\(forms.map { $0.isExact ? "" : ", rounded down" } ?? "")",
                "target           \(PowCommand.display(value))",
                "difficulty       \(difficulty.decimal(fractionDigits: 8))"
                    + (difficulty.denominator == 1 ? "" : " = \(difficulty)"),
                "expected hashes  \(expected.decimal)",
                "probability      (T + 1)/2^256 = \(probability.numerator.decimal)/\(probability.denominator.decimal)",
            ]
            if let rate, let seconds {
                lines.append("expected time    \(duration(seconds: seconds.approximation)) at \(rate) hashes a second")
            }
            if let forms { lines += forms.lines }
            try output.print(
                [
                    "schema": "ringwork/pow-target/1", "bits": .string(compact.description),
                    "target": .string(PowCommand.display(value)),
                    "difficulty": .string(difficulty.decimal(fractionDigits: 8)),
                    "difficultyExactly": document(difficulty), "expectedHashes": JSONValue(expected),
                    "expectedHashesExactly": document(tries), "probability": document(probability),
                    "expectedSeconds": JSONValue(seconds?.decimal(fractionDigits: 3)),
                    "nearest": forms?.document ?? .null,
                ], lines.joined(separator: "\n"))
        }
    }

    /// The compact forms on both sides of a target.
    private struct Forms {
        let target: Natural
        let below: CompactTarget
        let above: CompactTarget?
        /// How far each lies away.
        let shortfall: Natural
        let excess: Natural?

        init(_ target: Natural) throws(CompactTargetError) {
            self.target = target
            below = try CompactTarget(rounding: target)
            above = try CompactTarget(roundingUp: target)
            shortfall = target - (try below.target())
            excess = try above.map { (form) throws(CompactTargetError) in try form.target() - target }
        }

        var isExact: Bool { shortfall.isZero }
        var nearest: CompactTarget {
            guard let above, let excess, excess < shortfall else { return below }
            return above
        }

        var lines: [String] {
            guard !isExact else { return ["in a header      exactly"] }
            return [
                "rounded down     \(below), less by \(shortfall): \(fraction(below))",
                above.map { "rounded up       \($0), more by \(excess ?? 0): \(fraction($0))" }
                    ?? "rounded up       no header can carry it",
                "nearest          \(nearest); headers round down",
            ]
        }

        var document: JSONValue {
            [
                "below": ["bits": .string(below.description), "difference": JSONValue(shortfall)],
                "above": above.map { ["bits": .string($0.description), "difference": JSONValue(excess)] } ?? .null,
                "nearest": .string(nearest.description),
            ]
        }

        private func fraction(_ form: CompactTarget) -> String {
            guard let target = try? form.target() else { return "" }
            return "a fraction of " + digits(acceptanceProbability(target: target).approximation, 9)
        }
    }
}
