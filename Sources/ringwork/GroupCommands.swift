import ArgumentParser
import ByteCoding
import ModularArithmetic
import RingSignatures

/// `--allow-insecure-group`
struct InsecureGroupOption: ParsableArguments {
    @Flag(help: "Take groups whose discrete logarithms are within reach; for lessons and tests.")
    var allowInsecureGroup = false

    /// Refuses a group that is too small, or warns where that is allowed.
    func check(_ group: NamedGroup) throws(Failure) {
        guard group.group.isInsecurelySmall else { return }
        let sizes = "p has \(group.group.p.bitWidth) bits and q \(group.group.q.bitWidth)"
        guard allowInsecureGroup else {
            throw Failure(
                .badInput, code: "insecure-group",
                "the group \(group.name) is insecure: \(sizes), and at least \(SchnorrGroup.minimumSecureElementBits) and "
                    + "\(SchnorrGroup.minimumSecureScalarBits) are needed; --allow-insecure-group takes it all the same"
            )
        }
        Terminal.warning("the group \(group.name) is insecure: \(sizes)")
    }
}

extension GroupGenerationError {
    fileprivate var asksForAnotherSeed: Bool {
        switch self {
        case .seedGivesNoPrime, .tooManyCandidates: true
        case .unsupportedSizes, .seedTooShort, .seedTooLong: false
        }
    }
}

/// `ringwork group`
struct GroupCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "group", abstract: "Show and check the groups that signatures live in.",
        subcommands: [Generate.self, Show.self, Check.self])

    /// The claim that a name or a file makes.
    static func claim(_ nameOrFile: String) throws -> GroupClaim {
        if let group = EmbeddedGroups.named(nameOrFile) { return try GroupClaim(group.document) }
        return try Input.decoded(nameOrFile) { bytes in
            do { return try GroupClaim(JSONValue(parsing: bytes)) } catch let error as JSONError {
                throw DocumentError.json(error)
            }
        }
    }

    struct Generate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a group from a seed: with t by our own procedure, without by FIPS 186-4 A.1.1.2 and A.2.3.")

        /// L,N: the bits of p and of q.
        struct Bits: ExpressibleByArgument {
            let element: Int
            let scalar: Int

            init?(argument: String) {
                let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
                guard parts.count == 2, let element = parts[0], let scalar = parts[1] else { return nil }
                (self.element, self.scalar) = (element, scalar)
            }
        }

        @Option(help: "The bits of p and q, such as 3072,256.") var bits: Bits
        @Flag(help: "Make q = 2t + 1 with t prime.") var withT = false
        @Option(help: "The seed in hexadecimal; 32 random bytes otherwise.") var seed: HexArgument?
        @Option(help: "What the document calls the group.") var name = "generated"
        @Option(name: .shortAndLong, help: "Where the document goes.") var output: String?
        @OptionGroup var insecure: InsecureGroupOption
        @OptionGroup var format: JSONOption

        func run() throws {
            let (seed, made) = try generate()
            let group = try SchnorrGroup(validating: made.p, q: made.q, g: made.g, t: made.t)
            let provenance = GroupProvenance(
                procedure: withT ? .ringwork1 : .fips186, seed: seed, counter: made.counter, index: 1)
            let named = NamedGroup(name: name, group: group, provenance: provenance)
            try insecure.check(named)
            try Output.write(named.document.documentText, to: output)
        }

        private func generate() throws -> ([UInt8], GeneratedGroup) {
            var progress = Progress("candidates for p")
            defer { progress.end() }
            while true {
                let seed = seed?.bytes ?? (0..<32).map { _ in UInt8.random(in: 0...255) }
                do throws(GroupGenerationError) {
                    let (l, n) = (bits.element, bits.scalar)
                    let made =
                        withT
                        ? try GroupGeneration.ringwork1(elementBits: l, scalarBits: n, seed: seed) { progress.show($0) }
                        : try GroupGeneration.fips186(elementBits: l, scalarBits: n, seed: seed) { progress.show($0) }
                    return (seed, made)
                } catch {
                    // FIPS 186-4 asks for another seed where one gives no prime; a seed of the caller's is not replaced.
                    guard self.seed == nil, error.asksForAnotherSeed else { throw error }
                }
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print a group's document.")
        @Argument(help: "One of \(EmbeddedGroups.names.joined(separator: ", ")).") var name: String
        @OptionGroup var output: JSONOption

        func run() throws {
            guard let group = EmbeddedGroups.named(name) else { throw RingDocumentError.unknownGroup(name: name) }
            if group.group.isInsecurelySmall { Terminal.warning("the group \(name) is insecure: it is too small") }
            try Output.write(output.json ? group.document.compactText + "\n" : group.document.documentText, to: nil)
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a group's numbers, naming each rule that is broken.")
        @Argument(help: "The name of an embedded group, or a group document.") var group: String
        @OptionGroup var insecure: InsecureGroupOption
        @OptionGroup var output: JSONOption

        func run() throws {
            let claim = try GroupCommand.claim(group)
            let broken = claim.brokenRules
            let mismatch = Self.mismatch(claim, broken)
            if broken.isEmpty, let mismatch, case .tooLarge = mismatch {
                throw Failure(.nothingChecked, code: mismatch.code, "the provenance was not checked: \(mismatch)")
            }
            let codes = broken.map(\.code) + (mismatch.map { [$0.code] } ?? [])
            guard codes.isEmpty else {
                let sentences =
                    broken.map(\.description) + (mismatch.map { ["the provenance does not hold: \($0)"] } ?? [])
                throw try output.refuse(
                    reason: codes.joined(separator: ","), sentences.joined(separator: "\nringwork: "))
            }
            let named = try claim.validated()
            try insecure.check(named)
            guard named.provenance != nil else {
                Terminal.warning("the generator is not verifiable: the group comes without a seed")
                return try output.accept("valid: \(named.name), \(sizes(named)); the generator is not verifiable")
            }
            try output.accept("valid: \(named.name), \(sizes(named)), made again from its seed")
        }

        /// What does not follow from the claim's provenance; nothing is made again for numbers of no use.
        private static func mismatch(_ claim: GroupClaim, _ broken: [SchnorrGroupRule]) -> GroupProvenance.Mismatch? {
            guard let provenance = claim.provenance, !broken.contains(.pIsUsable), !broken.contains(.qIsUsable) else {
                return nil
            }
            do { try provenance.check(p: claim.p, q: claim.q, g: claim.g, t: claim.t) } catch { return error }
            return nil
        }

        private func sizes(_ group: NamedGroup) -> String {
            "p \(group.group.p.bitWidth) bits, q \(group.group.q.bitWidth) bits"
        }
    }
}
