import ArgumentParser
import ByteCoding
import Foundation
@_spi(Lessons) import Hashing
import Scenarios

/// `ringwork hash attack`
struct HashAttackCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "attack", abstract: "What generic attacks cost, on SHA-256 cut to a few bits, against theory.",
        subcommands: [Birthday.self, Preimage.self, AvalancheEffect.self])

    /// What every lesson is told.
    struct Setting: ParsableArguments {
        @Option(help: "How often: on so many independent functions.") var trials = 500
        @Option(help: "Take the functions from this number: a run that can be repeated, without rates.")
        var seed: UInt64?
        @OptionGroup var output: JSONOption

        func validate() throws {
            guard (1...1_000_000).contains(trials) else { throw ValidationError("--trials must be 1 to 1000000") }
        }

        /// Runs `attempt` on independent functions, and measures the time of all.
        func sample<T>(_ what: String, _ attempt: (_ seed: UInt64) -> T) -> (results: [T], seconds: Double?) {
            var randomness = StoryRandomness(seed: seed)
            var progress = Progress(what)
            let start = ContinuousClock.now
            let results = (0..<trials).map { number in
                progress.show(number)
                return attempt(randomness.next())
            }
            progress.end()
            return (results, seed == nil ? (ContinuousClock.now - start) / .seconds(1) : nil)
        }
    }

    /// A count of hashes beside what theory expects.
    struct Cost {
        let mean: SampleMean
        let expected: Double
        let seconds: Double?

        var rate: Double? { seconds.map { mean.mean * Double(mean.count) / $0 } }

        var fields: [JSONValue.Field] {
            let interval = mean.count > 1 ? mean.interval95 : nil
            return [
                .init("trials", .integer(Int64(mean.count))), .init("mean", .string(Lesson.decimals(mean.mean, 2))),
                .init(
                    "interval95",
                    interval.map {
                        [.string(Lesson.decimals($0.lowerBound, 2)), .string(Lesson.decimals($0.upperBound, 2))]
                    } ?? .null),
                .init("expected", .string(Lesson.decimals(expected, 2))),
                .init("hashesPerSecond", JSONValue(rate.map { Lesson.decimals($0, 1) })),
            ]
        }

        func text(_ unit: String, _ theory: String) -> [String] {
            let interval = mean.interval95
            return [
                "\(unit), mean of \(mean.count): \(Lesson.decimals(mean.mean, 2))"
                    + (mean.count > 1
                        ? ", 95 % interval \(Lesson.decimals(interval.lowerBound, 2)) to \(Lesson.decimals(interval.upperBound, 2))"
                        : ""),
                "theory: \(theory) = \(Lesson.decimals(expected, 2)); measured / theory = \(Lesson.decimals(mean.mean / expected, 3))",
            ]
        }

        /// What as many hashes as 2^`log2` take at the measured rate.
        func extrapolation(_ log2: Double, _ what: String) -> [String] {
            rate.map {
                [
                    "\(Lesson.rate($0)) hashes a second on one core: \(what) of all 256 bits would take 2^\(Lesson.decimals(log2, 1)) "
                        + "hashes, \(Lesson.duration(exp2(log2) / $0))"
                ]
            } ?? []
        }
    }

    private static func hex(_ number: UInt64, _ bits: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: (bits + 3) / 4 - digits.count) + digits
    }

    // MARK: - Collisions

    struct Birthday: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Two messages with one hash, in about the square root of the number of hashes.")
        @Option(help: "The bits of the hash, 8 to 64; from 33 on, memory is saved by distinguished points.") var bits =
            24
        @OptionGroup var setting: Setting

        func validate() throws {
            guard (8...64).contains(bits) else { throw ValidationError("--bits must be 8 to 64") }
        }

        func run() throws {
            let (found, seconds) = setting.sample("collisions") { seed in
                let hash = TruncatedSHA256(bits: bits, seed: seed)
                return (hash: hash, collision: CollisionSearch.run(hash))
            }
            let saving = CollisionSearch.distinguishedBits(for: bits)
            let cost = Cost(
                mean: SampleMean(found.map { Double($0.collision.hashes) }),
                expected: CollisionSearch.expectedHashes(bits: bits, distinguishedBits: saving), seconds: seconds)
            let (hash, collision) = found[0]
            let messages = [hash.message(collision.first), hash.message(collision.second)]
            let document: [JSONValue.Field] =
                [
                    .init("schema", "ringwork/hash-attack/1"), .init("attack", "birthday"),
                    .init("bits", .integer(Int64(bits))),
                    .init("messages", .array(messages.map { .string(Hex.encode($0)) })),
                    .init("hash", .string(HashAttackCommand.hex(collision.hash, bits))),
                ] + cost.fields
            let lines =
                [
                    "The first \(bits) bits of SHA-256 are \(HashAttackCommand.hex(collision.hash, bits)) for both of",
                    "  \(Hex.encode(messages[0]))   SHA-256 \(SHA256.hash(messages[0]))",
                    "  \(Hex.encode(messages[1]))   SHA-256 \(SHA256.hash(messages[1]))",
                ]
                + cost.text(
                    "Hashes until two agree",
                    "sqrt(pi/2 2^\(bits)) + 2/3" + (saving > 0 ? " + \(CollisionSearch.lanes) 2^\(saving)" : ""))
                + cost.extrapolation(128.3, "a collision") + [
                    """
                    A function with more inputs than outputs has such pairs: collision resistance says that none can be found,
                    not that there are none. Both messages were the attacker's choice: neither has the hash of anybody's
                    password. For that hash a preimage is needed, and for a password a search among likely passwords, which more
                    bits do not slow: see `ringwork hash attack preimage` and `ringwork token attack` (its PIN). What slows it is
                    a salted, slow hash.
                    """
                ]
            try setting.output.print(.object(document), lines.joined(separator: "\n"))
        }
    }

    // MARK: - Preimages

    struct Preimage: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A message with a given hash, by trying one after the other.")
        @Option(help: "The bits of the hash, 8 to 40.") var bits = 16
        @OptionGroup var setting: Setting

        func validate() throws {
            guard (8...40).contains(bits) else { throw ValidationError("--bits must be 8 to 40") }
        }

        func run() throws {
            let (found, seconds) = setting.sample("preimages") { seed in
                let hash = TruncatedSHA256(bits: bits, seed: seed)
                return (hash: hash, preimage: PreimageSearch.run(hash))
            }
            let cost = Cost(
                mean: SampleMean(found.map { Double($0.preimage.hashes) }),
                expected: PreimageSearch.expectedHashes(bits: bits), seconds: seconds)
            let (hash, preimage) = found[0]
            let message = hash.message(preimage.value)
            let document: [JSONValue.Field] =
                [
                    .init("schema", "ringwork/hash-attack/1"), .init("attack", "preimage"),
                    .init("bits", .integer(Int64(bits))), .init("messages", [.string(Hex.encode(message))]),
                    .init("hash", .string(HashAttackCommand.hex(preimage.hash, bits))),
                ] + cost.fields
            let lines =
                [
                    "Wanted: a message with the first \(bits) bits of SHA-256 \(HashAttackCommand.hex(preimage.hash, bits))",
                    "  \(Hex.encode(message))   SHA-256 \(SHA256.hash(message))",
                ] + cost.text("Hashes until one fits", "2^\(bits)") + cost.extrapolation(256, "a preimage")
            try setting.output.print(.object(document), lines.joined(separator: "\n"))
        }
    }

    // MARK: - Avalanche

    struct AvalancheEffect: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "avalanche", abstract: "How many of 256 bits change when one bit of a message does.")
        @OptionGroup var setting: Setting

        func run() throws {
            let (counts, _) = setting.sample("messages") { Avalanche.changedBits(seed: $0, value: 0) }
            let all = counts.flatMap { $0 }
            let cost = Cost(mean: SampleMean(all.map(Double.init)), expected: Avalanche.expectedChanges, seconds: nil)
            let range = (all.min() ?? 0, all.max() ?? 0)
            let document: [JSONValue.Field] =
                [
                    .init("schema", "ringwork/hash-attack/1"), .init("attack", "avalanche"), .init("bits", 256),
                    .init("messages", []), .init("hash", .null),
                ] + cost.fields
            let lines =
                ["Each of the 128 bits of \(counts.count) messages changed alone: \(all.count) pairs of SHA-256"]
                + cost.text("Changed bits of 256", "256 / 2")
                + ["from \(range.0) to \(range.1); a fair coin's standard deviation is 8"]
            try setting.output.print(.object(document), lines.joined(separator: "\n"))
        }
    }
}
