import ArgumentParser
import ByteCoding
import Foundation
import Hashing
import ModularArithmetic
import ProofOfWork

/// `ringwork pow`
struct PowCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "pow", abstract: "Check, mine and explain proofs of work.",
        subcommands: [Check.self, Mine.self, Target.self, Retarget.self, TableTwo.self])

    /// The 80 bytes of a header.
    struct HeaderArgument: ExpressibleByArgument {
        let header: BlockHeader

        init?(argument: String) {
            guard let bytes = try? Hex.decode(argument), let header = try? BlockHeader(bytes: bytes) else { return nil }
            self.header = header
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a header's hash against the target of its bits.")
        @Option(help: "80 bytes in hexadecimal.") var header: HeaderArgument
        @OptionGroup var output: JSONOption

        func run() throws {
            let header = header.header
            var target: Natural?
            var refusal: ProofOfWorkError?
            do throws(ProofOfWorkError) { try header.checkProofOfWork() } catch { refusal = error }
            target = try? header.bits.target()
            let document: JSONValue = [
                "schema": "ringwork/pow-check/1", "hash": .string(header.id.displayHex),
                "target": JSONValue(target.map(PowCommand.display)), "bits": .string(header.bits.description),
                "meets": .boolean(refusal == nil),
            ]
            try output.print(
                document,
                """
                hash    \(header.id.displayHex)
                target  \(target.map(PowCommand.display) ?? "none")
                bits    \(header.bits)
                meets   \(refusal == nil ? "yes" : "no")
                """)
            if let refusal { throw Failure(refusal) ?? refusal }
        }
    }

    /// Four bytes of compact target, 8 hexadecimal digits as explorers print them.
    struct BitsArgument: ExpressibleByArgument {
        let bits: CompactTarget

        init?(argument: String) {
            guard let bytes = try? Hex.decode(argument), bytes.count == 4 else { return nil }
            bits = CompactTarget(bits: UInt32(bigEndianBytes: bytes))
        }
    }

    /// A number in hexadecimal, in its one spelling.
    struct NaturalArgument: ExpressibleByArgument {
        let number: Natural

        init?(argument: String) {
            guard let number = try? Natural(canonicalHex: argument) else { return nil }
            self.number = number
        }
    }

    /// A target as 64 digits, the way hashes are displayed.
    static func display(_ target: Natural) -> String { Hex.encode(target.bigEndianBytes(count: Digest.byteCount)) }

    /// A fraction's two numbers.
    static func document(_ ratio: Ratio) -> JSONValue {
        ["numerator": JSONValue(ratio.numerator), "denominator": JSONValue(ratio.denominator)]
    }

    /// A duration in the unit that suits it, three digits.
    static func duration(seconds: Double) -> String {
        let units: [(name: String, seconds: Double)] = [
            ("years", 31_556_952), ("days", 86_400), ("hours", 3600), ("minutes", 60), ("seconds", 1), ("ms", 1e-3),
        ]
        let unit = units.first { seconds >= $0.seconds } ?? (name: "us", seconds: 1e-6)
        return digits(seconds / unit.seconds) + " " + unit.name
    }

    /// A number to `count` significant digits.
    static func digits(_ value: Double, _ count: Int = 3) -> String { String(format: "%.\(count)g", value) }
}
