import ByteCoding
import Foundation
import Hashing
import ModularArithmetic
import ProofOfWork
import RingSignatures
import Support
import Tokenization

@testable import Ledger

/// What the tests of the ledger build their chains from.
enum Ledgers {
    /// Half of all hashes meet it.
    static let easy = CompactTarget(bits: 0x207f_ffff)
    /// One hash in 2¹⁶ meets it.
    static let harder = CompactTarget(bits: 0x1f00_ffff)

    /// p = 23, q = 11.
    static let toy = Result {
        NamedGroup(name: "toy", group: try SchnorrGroup(validating: 23, q: 11, g: 2, t: 5), provenance: nil)
    }
    /// 64-bit p: a wrong signature does not verify by chance.
    static let small = Result {
        let made = try GroupGeneration.ringwork1(elementBits: 64, scalarBits: 32, seed: [1])
        let group = try SchnorrGroup(validating: made.p, q: made.q, g: made.g, t: made.t)
        return NamedGroup(name: "small", group: group, provenance: nil)
    }

    static func parameters(
        _ name: String = "test", group: Result<NamedGroup, any Error> = small, bits: CompactTarget = easy,
        time: UInt32 = 1000, limit: Int = 1_000_000
    ) throws -> ChainParameters {
        try ChainParameters(
            name: name, group: group.get(), bits: bits, genesisTime: time, maximumBlockByteCount: limit)
    }

    static func mined(_ block: Block) throws -> Block {
        guard let found = try NonceSearch(block.header).first() else { throw ProofOfWorkError.cancelled(tries: 0) }
        return Block(header: found.header, transactions: block.transactions)
    }

    static func chain(_ parameters: ChainParameters) throws -> Chain {
        try Chain(genesis: mined(Chain.genesis(parameters)))
    }

    static func key(_ group: NamedGroup, _ x: UInt64, label: String = "") throws -> SigningKey {
        var bytes = Natural(x).bigEndianBytes(count: group.group.scalarByteCount)
        var generator = SeededGenerator(seed: x)
        return try SigningKey(
            canonical: SecretBytes(wiping: &bytes), group: group.group, label: label, using: &generator)
    }

    static func enrolment(_ chain: Chain, _ x: UInt64, label: String = "") throws -> Transaction {
        let key = try key(chain.parameters.group, x, label: label)
        return try Enrolment(key.verificationKey).transaction(chainID: chain.parameters.chainID)
    }

    static func token(_ digit: Character) throws -> Token {
        try Token(parsing: "rw1.0badcafe." + String(repeating: digit, count: 64))
    }

    static func claim(_ patient: Character = "1") throws -> Claim {
        try Claim(patient: token(patient), provider: token("2"))
    }

    /// Where the key of exponent `x` stands in the ring of `exponents`.
    static func position(of x: UInt64, among exponents: [UInt64], _ chain: Chain) throws -> Int {
        let ring = try Ring(exponents.map { try key(chain.parameters.group, $0).verificationKey })
        let own = try key(chain.parameters.group, x).verificationKey
        return ring.members.firstIndex(of: own) ?? -1
    }

    /// A claim signed by the first of the ring of `exponents`.
    static func claim(
        _ chain: Chain, _ claim: Claim, exponents: [UInt64] = [2, 3], chainID: Digest? = nil, seed: UInt64 = 1
    ) throws -> Transaction {
        let group = chain.parameters.group
        let id = chainID ?? chain.parameters.chainID
        let ring = try Ring(exponents.map { try key(group, $0).verificationKey })
        var generator = SeededGenerator(seed: seed)
        let signature = try ring.sign(
            message: claim.unsignedTransaction(chainID: id).signedMessage, with: key(group, exponents[0]),
            using: &generator)
        return try claim.transaction(chainID: id, signature: signature)
    }
}

extension Chain {
    /// Mines and appends a block with these transactions, one second after the median unless told.
    @discardableResult mutating func extend(_ transactions: [Transaction] = [], time: UInt32? = nil) throws -> Block {
        let block = try Ledgers.mined(candidate(transactions, time: time ?? earliestTime ?? 0, extraNonce: 0))
        try append(block)
        return block
    }

    /// The next block with these transactions as they are, the header changed by `change`, mined.
    func sealed(_ transactions: [Transaction], _ change: (inout BlockHeader) -> Void = { _ in }) throws -> Block {
        var block = Block(header: tip.header, transactions: transactions)
        block.header.previous = tip.id
        block.header.time = earliestTime ?? 0
        block.header.merkleRoot = try block.merkleRoot()
        change(&block.header)
        return try Ledgers.mined(block)
    }

    func coinbase(height: Int? = nil) throws -> Transaction {
        try Coinbase(height: UInt32(height ?? blocks.count), extraNonce: 0).transaction(chainID: parameters.chainID)
    }
}

/// A new directory that is removed with all it holds when the value dies.
final class TemporaryDirectory {
    let url: URL
    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "ringwork-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(at: url) }
    func path(_ name: String = "chain") -> String { url.appending(path: name).path }
    var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() } }
}
