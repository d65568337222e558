import ArgumentParser
import ByteCoding
import Foundation
import Hashing
import Ledger
import ProofOfWork
import RingSignatures
import Tokenization

/// `ringwork ledger`
struct LedgerCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "A chain of signed claims in a file, framed as the paper's Table 2.",
        subcommands: [Init.self, ClaimMessage.self, Append.self, Verify.self, Show.self])

    struct Init: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a chain file and mine its first block.")
        @Option(help: "The new file.") var chain: String
        @Option(help: "What the chain is called.") var name = "ringwork"
        @Option(help: "The group of its keys: a name or a document.") var group = EmbeddedGroups.standard.name
        @Option(help: "The target of every block in compact form, 8 hexadecimal digits.") var bits: HexArgument?
        @OptionGroup var insecure: InsecureGroupOption
        @OptionGroup var output: JSONOption

        func validate() throws {
            if let bits, bits.bytes.count != 4 { throw ValidationError("--bits must be 8 hexadecimal digits") }
        }

        func run() throws {
            let group = try GroupCommand.claim(group).validated()
            try insecure.check(group)
            let bits = CompactTarget(bits: bits.map { UInt32(bigEndianBytes: $0.bytes) } ?? 0x1e7f_ffff)
            let parameters = try ChainParameters(
                name: name, group: group, bits: bits, genesisTime: LedgerCommand.headerTime)
            let genesis = try mineBlock { _ in try Chain.genesis(parameters) }.block
            let file = try ChainFile.create(path: chain, genesis: genesis)
            try LedgerCommand.report(file.chain, output)
        }
    }

    struct ClaimMessage: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "claim", abstract: "Write the bytes of a claim that a ring signs.")
        @Option(help: "The chain file.") var chain: String
        @Option(help: "A file with the patient's token.") var patient: String
        @Option(help: "A file with the provider's token.") var provider: String
        @Option(name: [.customShort("o"), .customLong("output")], help: "Where the bytes go.") var path: String
        @OptionGroup var insecure: InsecureGroupOption
        @OptionGroup var output: JSONOption

        func run() throws {
            let chain = try ChainFile.verify(path: chain)
            try insecure.check(chain.parameters.group)
            let claim = Claim(
                patient: try LedgerCommand.token(patient), provider: try LedgerCommand.token(provider))
            let transaction = try claim.unsignedTransaction(chainID: chain.parameters.chainID)
            try Output.write(transaction.signedMessage, to: path)
        }
    }

    struct Append: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Mine a block with enrolments and at most one signed claim, and append it.")
        @Option(help: "The chain file.") var chain: String
        @Option(help: "Public keys to enrol.") var enrol: [String] = []
        @Option(help: "A file with the patient's token.") var patient: String?
        @Option(help: "A file with the provider's token.") var provider: String?
        @Option(help: "The ring's signature of the claim.") var signature: String?
        @OptionGroup var insecure: InsecureGroupOption
        @OptionGroup var output: JSONOption

        func validate() throws {
            let parts = [patient, provider, signature]
            guard parts.allSatisfy({ $0 == nil }) || parts.allSatisfy({ $0 != nil }) else {
                throw ValidationError("a claim needs --patient, --provider and --signature")
            }
            guard !enrol.isEmpty || patient != nil else {
                throw ValidationError("nothing to append: give --enrol, or a claim with its signature")
            }
        }

        func run() throws {
            let file = try ChainFile.open(path: chain)
            if let recovered = file.recovered {
                Terminal.warning("\(recovered.byteCount) bytes of a cut-off write were moved to \(recovered.savedTo)")
            }
            let parameters = file.chain.parameters
            try insecure.check(parameters.group)
            var transactions = try enrol.map {
                try Enrolment(RingCommand.readPublicKey($0).key).transaction(chainID: parameters.chainID)
            }
            if let patient, let provider, let signature {
                let claim = Claim(
                    patient: try LedgerCommand.token(patient), provider: try LedgerCommand.token(provider))
                let document = try Input.decoded(signature) { try SignatureDocument($0) }
                let checked = try RingSignature(checking: document.fields, in: parameters.group.group)
                transactions.append(try claim.transaction(chainID: parameters.chainID, signature: checked))
            }
            let tip = file.chain
            guard let earliest = tip.earliestTime else {
                throw Failure(.no, code: "time", "the chain's times are used up: a header's four bytes end in 2106")
            }
            let time = max(earliest, LedgerCommand.headerTime)
            let block = try mineBlock { try tip.candidate(transactions, time: time, extraNonce: $0) }.block
            try file.append(block, now: LedgerCommand.now)
            try LedgerCommand.report(file.chain, output)
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check every block from the first; the first bad one is named by its height.")
        @Option(help: "The chain file.") var chain: String
        @OptionGroup var insecure: InsecureGroupOption
        @OptionGroup var output: JSONOption

        func run() throws {
            let checked: Chain
            do throws(ChainFileError) { checked = try ChainFile.verify(path: chain) } catch {
                guard let failure = Failure(error), failure.status == .no else { throw error }
                throw try output.refuse(reason: failure.code, index: error.height, error.description)
            }
            try insecure.check(checked.parameters.group)
            try output.accept("valid: \(checked.blocks.count) blocks, tip \(checked.tip.id.displayHex)")
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print a chain's blocks, header field by field.")
        @Option(help: "The chain file.") var chain: String
        @Option(help: "One block only.") var height: Int?
        @OptionGroup var insecure: InsecureGroupOption
        @OptionGroup var output: JSONOption

        func run() throws {
            let chain = try ChainFile.verify(path: chain)
            try insecure.check(chain.parameters.group)
            if let height, !chain.blocks.indices.contains(height) {
                throw Failure(.no, code: "height", "there is no block \(height); the last is \(chain.height)")
            }
            for (place, block) in chain.blocks.enumerated() where height == nil || height == place {
                try output.print(document(block, place), text(block, place))
            }
        }

        private func document(_ block: Block, _ height: Int) -> JSONValue {
            let header = block.header
            return [
                "schema": "ringwork/ledger-block/1", "height": .integer(Int64(height)),
                "id": .string(block.id.displayHex), "version": .integer(Int64(header.version)),
                "previous": .string(header.previous.displayHex), "merkleRoot": .string(header.merkleRoot.displayHex),
                "time": .integer(Int64(header.time)), "bits": .string(header.bits.description),
                "nonce": .integer(Int64(header.headerNonce)), "header": .string(Hex.encode(header.bytes)),
                "transactions": .array(
                    block.transactions.map {
                        ["type": .string("\($0.type)"), "txid": .string($0.id.displayHex)]
                    }),
            ]
        }

        private func text(_ block: Block, _ height: Int) -> String {
            let header = block.header
            let transactions = block.transactions.map { "  \($0.type)  \($0.id.displayHex)" }
            return """
                block \(height)  \(block.id.displayHex)
                  version      \(header.version)
                  previous     \(header.previous.displayHex)
                  Merkle root  \(header.merkleRoot.displayHex)
                  time         \(header.time)
                  bits         \(header.bits)
                  nonce        \(header.headerNonce)
                \(transactions.joined(separator: "\n"))
                """
        }
    }

    /// The clock, in seconds since 1970.
    static var now: UInt64 { UInt64(Date().timeIntervalSince1970) }

    /// The clock as a header carries it.
    static var headerTime: UInt32 { UInt32(clamping: now) }

    /// The token in a file: one line.
    static func token(_ path: String) throws -> Token {
        var bytes = try Input.bytes(path, limit: 1024)
        if bytes.last == 0x0a { bytes.removeLast() }
        do { return try Token(parsing: String(decoding: bytes, as: UTF8.self)) } catch {
            throw Failure(.no, code: error.code, "\(Input.name(path)): \(error)")
        }
    }

    private static func report(_ chain: Chain, _ output: JSONOption) throws {
        try output.print(
            [
                "schema": "ringwork/ledger-tip/1", "height": .integer(Int64(chain.height)),
                "id": .string(chain.tip.id.displayHex), "chain": .string(chain.parameters.chainID.hex),
                "keys": .integer(Int64(chain.state.keys.count)), "claims": .integer(Int64(chain.state.claimCount)),
            ], "block \(chain.height)  \(chain.tip.id.displayHex)")
    }
}

extension ChainFileError {
    fileprivate var height: Int? {
        switch self {
        case .block(let height, _), .frame(let height, _, _), .tornTail(let height, _, _): height
        default: nil
        }
    }
}
