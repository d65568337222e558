import ArgumentParser
import ByteCoding
import Hashing
import ModularArithmetic
import ProofOfWork

extension PowCommand {
    struct TableTwo: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "table2",
            abstract: "The review's Table 2: each fraction exactly, as a header can carry it, and counted.",
            discussion: """
                Hashes one header with the nonces 0, 1, 2, ... and counts how many meet each target. Intervals hold the truth \
                95 times in 100; a count five standard deviations away would be a fault, exit 70.
                """)
        @Option(help: "Which header: the same seed gives the same counts. Drawn, and printed, where it is not given.")
        var seed: UInt64?
        @Option(help: "How many hashes, 1 to 4294967296.") var samples: UInt64 = 1 << 20
        @OptionGroup var output: JSONOption

        func validate() throws {
            guard (1...1 << 32).contains(samples) else { throw ValidationError("--samples must be 1 to 4294967296") }
        }

        func run() throws {
            let seed = seed ?? .random(in: 0...UInt64.max)
            let header = BlockHeader(
                version: 1, previous: .zero,
                merkleRoot: SHA256.doubleHash(Array("ringwork/table2/1".utf8) + seed.bigEndianBytes),
                time: 0, bits: .difficultyOne, headerNonce: 0)
            // 2^(256 − k) − 1 for the printed fractions 1/2^k.
            let targets = [1, 4, 64].map { (Natural(1) << (256 - $0)) - 1 }
            let rows = TargetMeasurement.measure(header, targets: targets, trials: samples)
            let reports = try zip(["1/2", "1/16", "1/2^64"], rows).map(Row.init)
            try output.print(
                [
                    "schema": "ringwork/pow-table2/1", "seed": .string(String(seed)),
                    "samples": JSONValue(Natural(samples)),
                    "rows": .array(reports.map(\.document)),
                ],
                (["\(samples) hashes of one header (--seed \(seed))"] + reports.map(\.text)).joined(separator: "\n\n")
                    + "\n\nT/2^256, as printed, and (T + 1)/2^256 differ by 1/2^256: no count can tell them apart.")
            guard reports.allSatisfy(\.agrees) else {
                throw Failure(.internalFault, code: "table2", "a count lies five standard deviations from its theory")
            }
        }
    }

    /// One row of Table 2.
    private struct Row {
        let printed: String
        let measured: TargetMeasurement
        let exact: Ratio
        let bits: CompactTarget
        let onTheWire: Ratio

        init(printed: String, measured: TargetMeasurement) throws {
            self.printed = printed
            self.measured = measured
            exact = acceptanceProbability(target: measured.target)
            bits = try CompactTarget(rounding: measured.target)
            onTheWire = acceptanceProbability(target: try bits.target())
        }

        /// Five standard deviations either way, for the count, the mean run and the runs' law.
        private static let bound = 5.0
        /// A count says something about p where it expects some successes.
        private var isMeasurable: Bool { Double(measured.trials) * measured.probability >= 10 }

        var agrees: Bool {
            guard isMeasurable else { return measured.successes == 0 || measured.probability > 1e-9 }
            return [measured.deviation, measured.meanTriesDeviation ?? 0].allSatisfy { abs($0) < Self.bound }
                && measured.geometricFit?.deviation ?? 0 < Self.bound
        }

        var text: String {
            var lines = [
                "target         \(display(measured.target))",
                "printed        \(printed)",
                "exactly        (T + 1)/2^256 = \(exact)",
                "in a header    \(bits), rounded down: \(digits(onTheWire.approximation, 9)); telling it apart takes "
                    + "\(digits(hashesToTellApart)) hashes",
                "counted        \(measured.successes) of \(measured.trials): \(share), 95 % interval \(interval)",
            ]
            if isMeasurable {
                lines[4] += ", \(digits(measured.deviation)) sigma from theory"
                if let mean = measured.meanTries, let deviation = measured.meanTriesDeviation {
                    lines.append(
                        "tries a block  \(digits(mean, 6)), \(digits(deviation)) sigma from \(digits(1 / measured.probability, 6))"
                    )
                }
                if let fit = measured.geometricFit {
                    lines.append(
                        "geometric law  chi^2 = \(digits(fit.statistic, 4)) with \(fit.degreesOfFreedom) degrees of freedom, "
                            + "\(digits(fit.deviation)) sigma")
                }
            } else {
                let expected = expectedTries(target: measured.target)
                lines.append(
                    "not measured   a hit takes \(expected) hashes on average, "
                        + "\(duration(seconds: expected.approximation / 1e8)) at 100 million a second")
            }
            return lines.joined(separator: "\n")
        }

        var document: JSONValue {
            [
                "target": .string(display(measured.target)), "printed": .string(printed),
                "probability": PowCommand.document(exact), "bits": .string(bits.description),
                "bitsProbability": PowCommand.document(onTheWire), "successes": JSONValue(Natural(measured.successes)),
                "interval": .array([.string(digits(interval95.lower, 9)), .string(digits(interval95.upper, 9))]),
                "measurable": .boolean(isMeasurable),
                "deviation": isMeasurable ? .string(digits(measured.deviation, 6)) : .null,
                "meanTries": JSONValue(measured.meanTries.map { digits($0, 9) }),
                "geometricFit": measured.geometricFit.map {
                    [
                        "statistic": .string(digits($0.statistic, 9)),
                        "degreesOfFreedom": .integer(Int64($0.degreesOfFreedom)),
                        "deviation": .string(digits($0.deviation, 6)),
                    ]
                } ?? .null,
            ]
        }

        private var interval95: ProportionInterval { measured.interval() }
        private var interval: String { "\(digits(interval95.lower, 6)) to \(digits(interval95.upper, 6))" }
        private var share: String { digits(Double(measured.successes) / Double(measured.trials), 6) }

        /// The hashes after which five standard deviations are as wide as what rounding takes away.
        private var hashesToTellApart: Double {
            let p = exact.approximation
            let gap = Ratio(
                exact.numerator * onTheWire.denominator - onTheWire.numerator * exact.denominator,
                exact.denominator * onTheWire.denominator
            ).approximation
            return Self.bound * Self.bound * p * (1 - p) / (gap * gap)
        }
    }
}
