import ByteCoding
import Foundation
import Hashing
import Ledger
import MerkleTrees
import ModularArithmetic
import ProofOfWork
import RingSignatures

extension HospitalStory {
    /// The doctors' keys and the signed claim go into blocks; the claim is proved to be in its block.
    mutating func block() throws -> Stage {
        var recorder = StageRecorder()
        guard let claimTransaction else { throw StoryError.stageMissing("ring signature") }
        let chainID = chain.parameters.chainID
        let enrolments = try doctors.map { try Enrolment($0.key.verificationKey).transaction(chainID: chainID) }
        let (first, _) = try mineNext(enrolments)
        try chain.append(first)
        let (block, tries) = try mineNext([claimTransaction])
        try chain.append(block)

        let header = block.header
        let target = try header.bits.target()
        recorder.input("block 1", "a coinbase and \(enrolments.count) enrolments")
        recorder.input("block 2", "a coinbase and the claim, \(claimTransaction.bytes.count) bytes")
        recorder.input("target", Hex.encode(target.bigEndianBytes(count: Digest.byteCount)))
        recorder.output("version", header.version)
        recorder.output("previous", header.previous.displayHex, holds: header.previous == first.id)
        recorder.output(
            "Merkle root", header.merkleRoot.displayHex, holds: header.merkleRoot == (try block.merkleRoot()))
        recorder.output("time", header.time)
        recorder.output("bits", header.bits)
        recorder.output("nonce", header.headerNonce)
        recorder.output("header", Hex.encode(header.bytes))
        recorder.output("hash", header.id.displayHex, holds: header.id.meets(target: target))
        recorder.output("nonces tried", tries, holds: tries == UInt64(header.headerNonce) + 1)

        let proof = try MerkleTree.bitcoin.inclusionProof(index: 1, leafHashes: block.transactions.map(\.id))
        recorder.output("claim", claimTransaction.id.displayHex, holds: proof.leaf == claimTransaction.id)
        recorder.output("proof", proof.path.map(\.displayHex).joined(separator: " "))
        let isProved = (try? proof.verify(root: header.merkleRoot)) != nil
        recorder.output("the claim is in the block", isProved ? "proved" : "not proved", holds: isProved)
        let isProvedElsewhere = (try? proof.verify(root: first.header.merkleRoot)) != nil
        recorder.output(
            "the same proof for block 1", isProvedElsewhere ? "proved" : "refused", holds: !isProvedElsewhere)
        return recorder.stage(
            "block",
            condition: "the 80-byte header's SHA-256d, its nonce counted from 0, is at most the target, and "
                + "the claim is proved under its Merkle root")
    }

    /// The chain goes into a file as the paper's Table 2 frames it; damage is named by height.
    mutating func chainFile() throws -> Stage {
        var recorder = StageRecorder()
        let path = setting.directory + "/demo.chain"
        let file = try ChainFile.create(path: path, genesis: chain.blocks[0])
        for block in chain.blocks.dropFirst() { try file.append(block) }
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        recorder.input("blocks", chain.blocks.count)
        recorder.input("file", "\(bytes.count) bytes")
        recorder.output("first bytes", Hex.encode(bytes.prefix(8)), holds: Hex.encode(bytes.prefix(4)) == "f9beb4d9")
        let reopened = try ChainFile.verify(path: path)
        recorder.output(
            "reopened",
            "\(reopened.blocks.count) blocks, \(reopened.state.keys.count) keys, "
                + "\(reopened.state.claimCount) claim", holds: reopened.blocks == chain.blocks)
        recorder.output("tip", reopened.tip.id.displayHex, holds: reopened.tip.id == chain.tip.id)

        // The last letter of the last label in block 1; an empty signature's length and the frame of block 2 follow it.
        var damaged = bytes
        let place = bytes.count - ChainFile.frame(chain.blocks[2]).count - 2
        damaged[place] ^= 1
        let copy = setting.directory + "/damaged.chain"
        try Data(damaged).write(to: URL(filePath: copy))
        do {
            _ = try ChainFile.verify(path: copy)
            recorder.output("one bit flipped at byte \(place)", "not noticed", holds: false)
        } catch .block(let height, let error) {
            recorder.output("one bit flipped at byte \(place)", "block \(height): \(error)", holds: height == 1)
        } catch {
            recorder.output("one bit flipped at byte \(place)", "\(error)", holds: false)
        }
        return recorder.stage(
            "chain file", condition: "the reopened file gives the same blocks, and a flipped bit is named by its height"
        )
    }

    private func mineNext(_ transactions: [Transaction]) throws -> (block: Block, tries: UInt64) {
        guard let earliest = chain.earliestTime else { throw StoryError.nothingMined }
        let time = setting.seed == nil ? max(earliest, setting.now) : earliest
        return try mineBlock { try chain.candidate(transactions, time: time, extraNonce: $0) }
    }
}
