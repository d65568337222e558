import ArgumentParser
import ByteCoding
import ModularArithmetic
import ProofOfWork

extension PowCommand {
    struct Retarget: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The target that follows a period, from the times of its first and last block.")
        @Option(help: "The period's target, 8 hexadecimal digits.") var bits: BitsArgument
        @Option(help: "The time of the period's first block, in seconds since 1970.") var firstTime: UInt32
        @Option(help: "The time of its last block.") var lastTime: UInt32
        @Option(help: "The blocks of a period.") var interval = RetargetRules.bitcoin.interval
        @Option(help: "The seconds that a block should take.") var spacing = RetargetRules.bitcoin.spacing
        @Option(help: "The easiest target, a number in hexadecimal; Bitcoin's main network's by default.")
        var limit: NaturalArgument?
        @Option(help: "The target that somebody says follows: exit 1 where it is another.") var claimed: BitsArgument?
        @OptionGroup var output: JSONOption

        func run() throws {
            let rules = try RetargetRules(
                interval: interval, spacing: spacing, limit: limit?.number ?? RetargetRules.bitcoin.limit)
            let next = try rules.next(after: bits.bits, firstTime: firstTime, lastTime: lastTime)
            let bounds = try? rules.bounds(after: bits.bits)
            let took = Int64(lastTime) - Int64(firstTime)
            let counted = rules.countedSpan(firstTime: firstTime, lastTime: lastTime)
            let (old, new) = (try bits.bits.target(), try next.target())
            try output.print(
                [
                    "schema": "ringwork/pow-retarget/1", "bits": .string(next.description),
                    "target": .string(display(new)), "took": .integer(took), "counted": .integer(Int64(counted)),
                    "span": .integer(Int64(rules.span)), "difficulty": document(difficulty(target: new)),
                    "factor": document(Ratio(new, old)), "hardest": JSONValue(bounds?.hardest.description),
                    "easiest": JSONValue(bounds?.easiest.description),
                ],
                """
                took        \(took) of \(rules.span) seconds\(Int64(counted) == took ? "" : ", counted as \(counted)")
                bits        \(bits.bits) -> \(next)
                target      \(display(new))
                difficulty  \(difficulty(target: old).decimal(fractionDigits: 8)) -> \(difficulty(target: new).decimal(fractionDigits: 8))
                bounds      \(bounds.map { "\($0.hardest) to \($0.easiest)" } ?? "a quarter of the target is nothing")
                """)
            if let claimed, claimed.bits != next {
                throw Failure(.no, code: "bits-mismatch", "\(next) follows, and not \(claimed.bits)")
            }
        }
    }
}
