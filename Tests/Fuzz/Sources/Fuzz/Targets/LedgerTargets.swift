import ByteCoding
import Hashing
import Ledger
import ProofOfWork
import RingSignatures
import Tokenization

/// Transactions, blocks and chain files.
let ledgerTargets: [FuzzTarget] = [
    FuzzTarget(name: "transaction") { bytes in
        let transaction = try Transaction(bytes: bytes)
        require(transaction.bytes == bytes, "a transaction has two spellings")
        require(!transaction.signedMessage.isEmpty, "nothing is signed")
    } seeds: {
        ToyChain.shared.chain.blocks.flatMap { $0.transactions.map(\.bytes) }
    },
    FuzzTarget(name: "block") { bytes in
        let block = try Block(bytes: bytes)
        require(block.bytes == bytes, "a block has two spellings")
        _ = try block.merkleRoot()
    } seeds: {
        ToyChain.shared.chain.blocks.map(\.bytes)
    },
    // The header's promises are made true, so that the body's checks are reached.
    FuzzTarget(name: "chain") { bytes in
        var chain = ToyChain.shared.chain
        let read = try Block(bytes: bytes)
        var header = chain.tip.header
        header.previous = chain.tip.id
        header.time = chain.earliestTime ?? 0
        header.merkleRoot = try read.merkleRoot()
        let mined = try ToyChain.mined(Block(header: header, transactions: read.transactions))
        let (height, claims) = (chain.height, chain.state.claimCount)
        do { try chain.append(mined) } catch {
            require(chain.height == height && chain.state.claimCount == claims, "a refused block left a trace")
            throw error
        }
        require(chain.height == height + 1, "an accepted block is not the tip")
    } seeds: {
        try ToyChain.shared.nextBlocks()
    },
    FuzzTarget(name: "chain-file") { bytes in
        let chain = try ChainFile.verify(bytes: bytes)
        require(chain.blocks.flatMap(ChainFile.frame) == bytes, "a chain file has two spellings")
    } seeds: {
        let blocks = ToyChain.shared.chain.blocks
        return [Array(blocks.flatMap(ChainFile.frame)), ChainFile.frame(blocks[0])]
    },
]

/// A chain over the toy group, with an enrolment of each of its ring's members and a claim.
struct ToyChain: Sendable {
    let chain: Chain

    static let shared: ToyChain = {
        do { return try ToyChain() } catch { fatalError("no chain: \(error)") }
    }()

    private init() throws {
        let parameters = try ChainParameters(
            name: "fuzz", group: Material.toy.group, bits: CompactTarget(bits: 0x207f_ffff), genesisTime: 1000)
        var chain = try Chain(genesis: Self.mined(Chain.genesis(parameters)))
        let keys = Material.toy.ring.members
        let enrolments = try keys.map { try Enrolment($0).transaction(chainID: parameters.chainID) }
        for transactions in [enrolments, [try Self.claim("1", chain, seed: 5)]] {
            try chain.append(
                Self.mined(chain.candidate(transactions, time: chain.earliestTime ?? 0, extraNonce: 0)))
        }
        self.chain = chain
    }

    /// Blocks that may follow.
    func nextBlocks() throws -> [[UInt8]] {
        try [[], [Self.claim("3", chain, seed: 6)]].map {
            try chain.candidate($0, time: chain.earliestTime ?? 0, extraNonce: 1).bytes
        }
    }

    static func mined(_ block: Block) throws -> Block {
        guard let found = try NonceSearch(block.header).first() else { throw ProofOfWorkError.cancelled(tries: 0) }
        return Block(header: found.header, transactions: block.transactions)
    }

    private static func claim(_ digit: Character, _ chain: Chain, seed: UInt64) throws -> Transaction {
        let text = { (digit: Character) in "rw1.0badcafe." + String(repeating: digit, count: 64) }
        let claim = Claim(patient: try Token(parsing: text(digit)), provider: try Token(parsing: text("2")))
        let id = chain.parameters.chainID
        var generator = CountingGenerator(state: seed)
        let signature = try Material.toy.ring.sign(
            message: claim.unsignedTransaction(chainID: id).signedMessage, with: Material.toy.signer(),
            using: &generator)
        return try claim.transaction(chainID: id, signature: signature)
    }
}
