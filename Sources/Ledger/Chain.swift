import Hashing
import ProofOfWork

/// A chain of blocks in memory, every one checked before it is taken.
///
/// Checks run cheapest first: proof of work, place, body, state. A refused block leaves the chain as it was.
public struct Chain: Sendable {
    /// What is fixed for the chain.
    public let parameters: ChainParameters
    /// The blocks, from height 0.
    public private(set) var blocks: [Block]
    /// What the transactions add up to.
    public private(set) var state: LedgerState

    /// The version of proof-of-work blocks: the paper's "authentication rule to be trailed".
    public static let proofOfWorkVersion: Int32 = 1
    /// How far a block's time may be ahead of the reader's clock, in seconds.
    public static let maximumTimeLead: UInt64 = 7200
    private static let medianSpan = 11

    /// The chain that starts with `genesis`, whose coinbase holds the parameters.
    public init(genesis: Block) throws(BlockError) {
        guard let first = genesis.transactions.first else { throw .empty }
        guard first.type == .coinbase else { throw .coinbase(index: 0) }
        let coinbase: Coinbase
        do { coinbase = try Coinbase(first) } catch { throw .transaction(index: 0, error) }
        do { parameters = try ChainParameters(documentBytes: coinbase.note) } catch { throw .parameters(error) }
        blocks = []
        state = LedgerState()
        try append(genesis)
        guard genesis.header.time == parameters.genesisTime else {
            throw .genesisTime(expected: parameters.genesisTime, actual: genesis.header.time)
        }
    }

    /// The first block of a chain, before it is mined.
    public static func genesis(_ parameters: ChainParameters) throws(BlockError) -> Block {
        let coinbase = Coinbase(height: 0, extraNonce: 0, note: parameters.documentBytes)
        let transactions: [Transaction]
        do { transactions = [try coinbase.transaction(chainID: parameters.chainID)] } catch {
            throw .transaction(index: 0, error)
        }
        return try candidate(
            transactions, previous: .zero, bits: parameters.bits, time: parameters.genesisTime)
    }

    /// The next block with these transactions and extra nonce, before it is mined.
    public func candidate(
        _ transactions: [Transaction], time: UInt32, extraNonce: UInt64
    ) throws(BlockError) -> Block {
        let coinbase = Coinbase(height: UInt32(blocks.count), extraNonce: extraNonce)
        let first: Transaction
        do { first = try coinbase.transaction(chainID: parameters.chainID) } catch {
            throw .transaction(index: 0, error)
        }
        return try Self.candidate(
            [first] + transactions, previous: tip.id, bits: parameters.bits, time: time)
    }

    private static func candidate(
        _ transactions: [Transaction], previous: Digest, bits: CompactTarget, time: UInt32
    ) throws(BlockError) -> Block {
        let header = BlockHeader(
            version: proofOfWorkVersion, previous: previous, merkleRoot: .zero, time: time, bits: bits, headerNonce: 0)
        var block = Block(header: header, transactions: transactions)
        block.header.merkleRoot = try block.merkleRoot()
        return block
    }

    /// The last block.
    public var tip: Block { blocks[blocks.count - 1] }

    /// The height of the last block.
    public var height: Int { blocks.count - 1 }

    /// The earliest time that the next block may have; `nil` once the median has reached the last second of 32 bits.
    public var earliestTime: UInt32? { medianTime < .max ? medianTime + 1 : nil }

    /// Checks `block` in full and takes it.
    ///
    /// - Parameters:
    ///   - block: The block that follows the tip.
    ///   - now: The reader's clock in seconds since 1970; `nil` leaves out the check against the future.
    public mutating func append(_ block: Block, now: UInt64? = nil) throws(BlockError) {
        let header = block.header
        do { try header.checkProofOfWork() } catch { throw .proofOfWork(error) }
        guard header.version == Self.proofOfWorkVersion else { throw .version(header.version) }
        guard header.bits == parameters.bits else { throw .bits(expected: parameters.bits, actual: header.bits) }
        let previous = blocks.last?.id ?? .zero
        guard header.previous == previous else { throw .previous(expected: previous, actual: header.previous) }
        if !blocks.isEmpty, header.time <= medianTime {
            throw .timeTooEarly(time: header.time, median: medianTime)
        }
        let time = UInt64(header.time)
        if let now, time > now, time - now > Self.maximumTimeLead {
            throw .timeTooLate(time: header.time, latest: now + Self.maximumTimeLead)
        }
        let size = block.bytes.count
        guard size <= parameters.maximumBlockByteCount else {
            throw .tooLarge(bytes: size, limit: parameters.maximumBlockByteCount)
        }
        let root = try block.merkleRoot()
        guard header.merkleRoot == root else { throw .merkleRoot(expected: header.merkleRoot, actual: root) }
        let next = try stateAfter(block)
        blocks.append(block)
        state = next
    }

    private func stateAfter(_ block: Block) throws(BlockError) -> LedgerState {
        var next = state
        for (index, transaction) in block.transactions.enumerated() {
            guard transaction.chainID == parameters.chainID else { throw .foreignTransaction(index: index) }
            if transaction.type == .coinbase || index == 0 {
                guard index == 0, transaction.type == .coinbase, let coinbase = try? Coinbase(transaction),
                    coinbase.height == UInt32(blocks.count)
                else { throw .coinbase(index: index) }
            }
            do { try next.apply(transaction, in: parameters.group) } catch { throw .state(index: index, error) }
        }
        return next
    }

    private var medianTime: UInt32 {
        let times = blocks.suffix(Self.medianSpan).map(\.header.time).sorted()
        return times[times.count / 2]
    }
}
