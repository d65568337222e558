import ByteCoding
import Foundation
import ProofOfWork

extension ChainFile {
    /// What reading a file from its first byte came to.
    struct Scan {
        let chain: Chain
        let end: End

        enum End {
            /// Every byte belongs to a block of the chain.
            case complete
            /// What follows `offset` is the start of a frame that was not written to its end.
            case torn(offset: Int, bytes: Int)
            /// A block or frame is damaged, and this is not what a cut-off write leaves.
            case damaged(ChainFileError)
        }
    }

    /// Reads frame after frame and checks each block, up to the first that does not check.
    static func scan(_ bytes: [UInt8], path: String) throws(ChainFileError) -> Scan {
        var offset = 0
        var chain: Chain?
        var end = Scan.End.complete
        while offset < bytes.count {
            let height = chain?.blocks.count ?? 0
            let limit = chain?.parameters.maximumBlockByteCount ?? ChainParameters.blockByteCounts.upperBound
            let (block, next): (Block, Int)
            do {
                (block, next) = try readFrame(bytes, at: offset, height: height, limit: limit)
            } catch {
                guard let chain else { throw firstFrameFailure(bytes, path: path, error) }
                let isTail = !hasFrame(bytes, after: offset + 1, bits: chain.parameters.bits)
                end = isTail ? .torn(offset: offset, bytes: bytes.count - offset) : .damaged(error)
                break
            }
            do {
                if chain == nil { chain = try Chain(genesis: block) } else { try chain?.append(block) }
            } catch {
                end = .damaged(.block(height: height, error))
                if chain == nil { throw .block(height: 0, error) }
                break
            }
            offset = next
        }
        guard let chain else { throw .notAChainFile(path: path) }
        return Scan(chain: chain, end: end)
    }

    private static func readFrame(
        _ bytes: [UInt8], at offset: Int, height: Int, limit: Int
    ) throws(ChainFileError) -> (Block, Int) {
        func refuse(_ reason: String) -> ChainFileError { .frame(height: height, offset: offset, reason: reason) }
        let body = offset + frameHeaderByteCount
        guard body <= bytes.count else { throw refuse("the file ends inside the frame's first 8 bytes") }
        guard Array(bytes[offset..<offset + magic.count]) == magic else { throw refuse("the magic number is damaged") }
        let length = Int(UInt32(littleEndianBytes: bytes[offset + magic.count..<body]))
        guard length <= limit else {
            throw refuse("the frame claims \(length) bytes, and at most \(limit) are allowed")
        }
        guard length <= bytes.count - body else { throw refuse("the file ends inside the block") }
        do {
            return (try Block(bytes: Array(bytes[body..<body + length])), body + length)
        } catch {
            throw .block(height: height, error)
        }
    }

    /// Whether a readable block with proof of work, at the chain's target where that is known, is framed anywhere from
    /// `start` on.
    ///
    /// The header is looked at first: 80 bytes for each magic number, however long the blocks behind them claim to be.
    /// Bytes made to look like ever more blocks count as one: they are not what a cut-off write leaves.
    private static func hasFrame(_ bytes: [UInt8], after start: Int, bits: CompactTarget? = nil) -> Bool {
        let limit = ChainParameters.blockByteCounts.upperBound
        let headerEnd = frameHeaderByteCount + BlockHeader.byteCount
        var tries = 0
        for offset in stride(from: start, to: bytes.count - headerEnd, by: 1)
        where bytes[offset] == magic[0] && bytes[offset..<offset + magic.count].elementsEqual(magic) {
            guard let header = try? BlockHeader(bytes: bytes[offset + frameHeaderByteCount..<offset + headerEnd]),
                bits == nil || header.bits == bits, (try? header.checkProofOfWork()) != nil
            else { continue }
            if (try? readFrame(bytes, at: offset, height: 0, limit: limit)) != nil { return true }
            tries += 1
            guard tries < 100 else { return true }
        }
        return false
    }

    private static func firstFrameFailure(
        _ bytes: [UInt8], path: String, _ error: ChainFileError
    ) -> ChainFileError {
        let looksLikeOne = bytes.starts(with: magic) || hasFrame(bytes, after: 1)
        return looksLikeOne ? error : .notAChainFile(path: path)
    }
}
