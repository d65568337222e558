public import ByteCoding
public import Hashing
import MerkleTrees
public import ProofOfWork

/// Why a block is refused. Checks run in this order: encoding, header, place in the chain, body, state.
public enum BlockError: Error, Equatable, Sendable {
    /// A field is cut short, or bytes follow the last one.
    case bytes(ByteReaderError)
    /// The block's encoding is longer than its chain allows.
    case tooLarge(bytes: Int, limit: Int)
    /// The header carries no proof of work.
    case proofOfWork(ProofOfWorkError)
    /// The header's version names no rule set; 1 is proof of work.
    case version(Int32)
    /// The header asks for another target than its chain.
    case bits(expected: CompactTarget, actual: CompactTarget)
    /// The header does not name the block before it.
    case previous(expected: Digest, actual: Digest)
    /// The time is not above the median of the last eleven blocks.
    case timeTooEarly(time: UInt32, median: UInt32)
    /// The time is more than two hours ahead of the reader's clock.
    case timeTooLate(time: UInt32, latest: UInt64)
    /// The transactions do not have the header's Merkle root.
    case merkleRoot(expected: Digest, actual: Digest)
    /// The transaction list repeats its end, which leaves the Merkle root as it is (CVE-2012-2459).
    case mutated
    /// There is no transaction.
    case empty
    /// A transaction cannot be read.
    case transaction(index: Int, TransactionError)
    /// The first transaction is no coinbase, another one is, or it names another height.
    case coinbase(index: Int)
    /// The transaction belongs to another chain.
    case foreignTransaction(index: Int)
    /// The transaction breaks a rule of the state.
    case state(index: Int, StateError)
    /// The first block has another time than its chain's parameters.
    case genesisTime(expected: UInt32, actual: UInt32)
    /// The first block's coinbase does not hold usable parameters.
    case parameters(ChainParametersError)
}

/// A header and its transactions.
///
///     header 80 ‖ CompactSize count ‖ transactions
///
/// The smart-consensus paper's Table 2 also lists magic and block size: they frame the block in its file, see
/// ``ChainFile``.
public struct Block: Hashable, Sendable {
    /// The 80 bytes that carry the work.
    public var header: BlockHeader
    /// The transactions, coinbase first.
    public let transactions: [Transaction]

    /// A block.
    public init(header: BlockHeader, transactions: [Transaction]) {
        self.header = header
        self.transactions = transactions
    }

    /// The block's id: the SHA-256d of its header.
    public var id: Digest { header.id }

    /// The encoding.
    public var bytes: [UInt8] {
        header.bytes + compactSize(UInt64(transactions.count)) + transactions.flatMap(\.bytes)
    }

    /// The block that `bytes` spell, nothing after it; only the encoding is checked.
    public init(bytes: [UInt8]) throws(BlockError) {
        var reader = ByteReader(bytes)
        let count: UInt64
        do {
            header = try BlockHeader(bytes: reader.read(BlockHeader.byteCount, field: "header"))
            count = try reader.readCompactSize(field: "transaction counter")
        } catch let error as ByteReaderError {
            throw .bytes(error)
        } catch {
            preconditionFailure("80 bytes are a header")
        }
        // Each transaction takes more than a byte, so a count above the bytes left is refused before the loop.
        guard count <= UInt64(reader.left) else {
            throw .bytes(.lengthTooLarge(field: "transaction counter", length: count, limit: reader.left))
        }
        var transactions: [Transaction] = []
        for index in 0..<Int(count) {
            do { transactions.append(try Transaction(from: &reader)) } catch { throw .transaction(index: index, error) }
        }
        do { try reader.finish() } catch { throw .bytes(error) }
        self.transactions = transactions
    }

    /// The Merkle root of the transaction ids, Bitcoin's tree.
    public func merkleRoot() throws(BlockError) -> Digest {
        do {
            return try BitcoinMerkleTree(leafHashes: transactions.map(\.id)).validatedRoot()
        } catch {
            throw transactions.isEmpty ? .empty : .mutated
        }
    }
}

extension BlockError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .bytes(let error): error.description
        case .tooLarge(let bytes, let limit): "the block has \(bytes) bytes, and at most \(limit) are allowed"
        case .proofOfWork(let error): error.description
        case .version(let version): "no rule set has version \(version)"
        case .bits(let expected, let actual): "the header's bits are \(actual), and the chain's are \(expected)"
        case .previous(let expected, let actual):
            "the header names \(actual.displayHex) as the block before, which is \(expected.displayHex)"
        case .timeTooEarly(let time, let median):
            "the time \(time) is not above \(median), the median of the last eleven blocks"
        case .timeTooLate(let time, let latest): "the time \(time) is ahead of \(latest)"
        case .genesisTime(let expected, let actual):
            "the first block's time is \(actual), and the chain's parameters say \(expected)"
        case .merkleRoot(let expected, let actual):
            "the transactions have the Merkle root \(actual.displayHex), and the header says \(expected.displayHex)"
        case .mutated: "the transaction list repeats its end"
        case .empty: "a block needs a coinbase"
        case .transaction(let index, let error): "transaction \(index): \(error)"
        case .coinbase(let index):
            "transaction \(index): a block has one coinbase, its first transaction, with the block's height"
        case .foreignTransaction(let index): "transaction \(index) belongs to another chain"
        case .state(let index, let error): "transaction \(index): \(error)"
        case .parameters(let error): error.description
        }
    }
}
