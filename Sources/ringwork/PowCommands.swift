import ArgumentParser
import ByteCoding
import Hashing
import ModularArithmetic
import ProofOfWork

/// `ringwork pow`
struct PowCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "pow", abstract: "Check, mine and explain proofs of work.",
        subcommands: [Check.self, Mine.self, Target.self])

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

    struct Mine: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Find the lowest nonce whose hash meets the target.")
        @Option(help: "80 bytes in hexadecimal; the nonce in it does not matter.") var header: HeaderArgument
        @Option(help: "How many threads search; the answer is the same.") var threads = 1
        @Option(help: "The first nonce tried.") var start: UInt32 = 0
        @OptionGroup var output: JSONOption

        func validate() throws {
            guard (1...256).contains(threads) else { throw ValidationError("--threads must be 1 to 256") }
        }

        func run() throws {
            let mined = try mine(
                extraNonces: 0...0, nonceSpace: start...UInt32.max, latestTime: header.header.time,
                control: SearchControl(threads: threads)
            ) { _ in header.header }.mined
            let bytes = Hex.encode(mined.header.bytes)
            try output.print(
                [
                    "schema": "ringwork/pow-mine/1", "nonce": .integer(Int64(mined.headerNonce)),
                    "header": .string(bytes), "hash": .string(mined.hash.displayHex),
                    "tries": .integer(Int64(mined.tries)),
                ],
                """
                nonce   \(mined.headerNonce)
                header  \(bytes)
                hash    \(mined.hash.displayHex)
                """)
        }
    }

    struct Target: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Explain a target: what it asks for and how much work it is.")
        @Option(help: "Compact form, 8 hexadecimal digits as printed by explorers.") var bits: HexArgument?
        @Option(help: "The target itself, a number in hexadecimal.") var target: String?
        @OptionGroup var output: JSONOption

        func validate() throws {
            guard (bits == nil) != (target == nil) else { throw ValidationError("give one of --bits and --target") }
            if let bits, bits.bytes.count != 4 { throw ValidationError("--bits must be 8 hexadecimal digits") }
            if let target {
                do { _ = try Natural(canonicalHex: target) } catch { throw ValidationError("--target: \(error)") }
            }
        }

        func run() throws {
            let compact: CompactTarget
            let value: Natural
            if let bits {
                compact = CompactTarget(bits: UInt32(bigEndianBytes: bits.bytes))
                value = try compact.target()
            } else {
                value = try Natural(canonicalHex: target ?? "")
                compact = try CompactTarget(rounding: value)
            }
            let probability = acceptanceProbability(target: value)
            let difficulty = difficulty(target: value).decimal(fractionDigits: 8)
            let expected = expectedWork(target: value)
            try output.print(
                [
                    "schema": "ringwork/pow-target/1", "bits": .string(compact.description),
                    "target": .string(PowCommand.display(value)), "difficulty": .string(difficulty),
                    "expectedHashes": JSONValue(expected),
                    "probability": [
                        "numerator": JSONValue(probability.numerator),
                        "denominator": JSONValue(probability.denominator),
                    ],
                ],
                """
                bits             \(compact)
                target           \(PowCommand.display(value))
                difficulty       \(difficulty)
                expected hashes  \(expected.decimal)
                probability      (T + 1)/2^256 = \(probability.numerator.decimal)/\(probability.denominator.decimal)
                """)
        }
    }

    /// A target as 64 digits, the way hashes are displayed.
    static func display(_ target: Natural) -> String { Hex.encode(target.bigEndianBytes(count: Digest.byteCount)) }
}
