import ByteCoding
import Foundation
import Hashing
import ProofOfWork
import Support
import Testing

@testable import Ledger

@Suite("Chains in files") struct ChainFileTests {
    private static func write(_ bytes: [UInt8], _ path: String) throws {
        try Data(bytes).write(to: URL(filePath: path))
    }

    private static func read(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

    /// A chain of three blocks in a tiny group, and the frames of its file.
    private static func three(_ bits: CompactTarget = Ledgers.easy) throws -> (chain: Chain, frames: [[UInt8]]) {
        var chain = try Ledgers.chain(Ledgers.parameters(group: Ledgers.toy, bits: bits, limit: 1000))
        try chain.extend([Ledgers.enrolment(chain, 2), Ledgers.enrolment(chain, 3)])
        try chain.extend([Ledgers.claim(chain, Ledgers.claim())])
        return (chain, chain.blocks.map { ChainFile.frame($0) })
    }

    @Test("a frame is magic, length and block, and the magic is the paper's number")
    func frame() throws {
        let (chain, frames) = try Self.three()
        for (block, frame) in zip(chain.blocks, frames) {
            #expect(Hex.encode(frame[..<4]) == "f9beb4d9")
            #expect(UInt32(littleEndianBytes: frame[4..<8]) == UInt32(block.bytes.count))
            #expect(Array(frame[8...]) == block.bytes)
        }
    }

    @Test("bytes are verified as the file that holds them is")
    func bytes() throws {
        let (chain, frames) = try Self.three()
        let bytes = frames.flatMap(\.self)
        #expect(try ChainFile.verify(bytes: bytes).blocks == chain.blocks)
        #expect(throws: ChainFileError.tornTail(height: 2, offset: frames[0].count + frames[1].count, bytes: 9)) {
            try ChainFile.verify(bytes: Array(bytes[..<(frames[0].count + frames[1].count + 9)]))
        }
        #expect(throws: ChainFileError.notAChainFile(path: "p")) { try ChainFile.verify(bytes: [], path: "p") }
    }

    @Test("a file is made, appended to, opened again and verified; a refused block leaves it as it was")
    func life() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path()
        let (chain, frames) = try Self.three()
        do {
            let file = try ChainFile.create(path: path, genesis: chain.blocks[0])
            #expect(try Self.read(path) == frames[0])
            try file.append(chain.blocks[1])
            #expect(throws: ChainFileError.self) { try file.append(chain.blocks[1]) }
            #expect(throws: ChainFileError.self) { try file.append(chain.blocks[0]) }
            #expect(try Self.read(path) == frames[0] + frames[1])
            // A reader needs no lock.
            #expect(try ChainFile.verify(path: path).blocks == Array(chain.blocks[..<2]))
        }
        let file = try ChainFile.open(path: path)
        #expect(file.recovered == nil)
        try file.append(chain.blocks[2], now: 2000)
        #expect(file.chain.blocks == chain.blocks)
        #expect(try Self.read(path) == frames.flatMap(\.self))
        let read = try ChainFile.verify(path: path)
        #expect(read.blocks == chain.blocks)
        #expect(read.state.claimCount == 1)
        #expect(try directory.names == ["chain"])
    }

    @Test("one writer at a time; a writer that is gone, or was refused, holds no lock")
    func locks() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path()
        let (chain, frames) = try Self.three()
        do {
            let first = try ChainFile.create(path: path, genesis: chain.blocks[0])
            #expect(throws: ChainFileError.locked(path: path)) { try ChainFile.open(path: path) }
            try first.append(chain.blocks[1])
        }
        do {
            let second = try ChainFile.open(path: path)
            #expect(throws: ChainFileError.locked(path: path)) { try ChainFile.open(path: path) }
            try second.append(chain.blocks[2])
        }
        // Block 1 damaged: refused for that, each time anew.
        var bytes = frames.flatMap(\.self)
        bytes[frames[0].count + 50] ^= 1
        try Self.write(bytes, path)
        let open = try descriptors()
        for _ in 0..<100 {
            do {
                _ = try ChainFile.open(path: path)
                Issue.record("a damaged file was opened")
            } catch {
                if case .block(height: 1, _) = error { continue }
                Issue.record("\(error)")
            }
        }
        // Other tests open files at the same time, but not a hundred.
        #expect(try descriptors() < open + 50)
    }

    private func descriptors() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }

    @Test("what is no chain file is refused for what it is")
    func notAFile() throws {
        let directory = try TemporaryDirectory()
        let (chain, frames) = try Self.three()
        let path = directory.path()
        func both(_ error: ChainFileError, _ path: String) {
            #expect(throws: error) { try ChainFile.open(path: path) }
            #expect(throws: error) { try ChainFile.verify(path: path) }
        }
        both(.unreadable(path: path, reason: "No such file or directory"), path)
        #expect(throws: ChainFileError.unreadable(path: directory.url.path, reason: "it is a directory")) {
            try ChainFile.verify(path: directory.url.path)
        }
        #expect(throws: ChainFileError.unreadable(path: directory.url.path, reason: "Is a directory")) {
            try ChainFile.open(path: directory.url.path)
        }
        #expect(throws: ChainFileError.unreadable(path: "/dev/zero", reason: "it is not a regular file")) {
            try ChainFile.verify(path: "/dev/zero")
        }
        #expect(throws: ChainFileError.exists(path: directory.url.path)) {
            try ChainFile.create(path: directory.url.path, genesis: chain.blocks[0])
        }
        let deep = path + "/none"
        #expect(throws: ChainFileError.unreadable(path: deep, reason: "No such file or directory")) {
            try ChainFile.create(path: deep, genesis: chain.blocks[0])
        }
        for junk: [UInt8] in [[], [0xf9], [UInt8](repeating: 0, count: 5000), Array("{\"schema\"".utf8)] {
            try Self.write(junk, path)
            both(.notAChainFile(path: path), path)
            #expect(try Self.read(path) == junk)
        }
        #expect(throws: ChainFileError.exists(path: path)) {
            try ChainFile.create(path: path, genesis: chain.blocks[0])
        }
        // A chain behind a foreign byte is a damaged chain.
        try Self.write([0] + frames[0], path)
        both(.frame(height: 0, offset: 0, reason: "the magic number is damaged"), path)
        try FileManager.default.removeItem(atPath: path)
        #expect(throws: ChainFileError.self) { try ChainFile.create(path: path, genesis: chain.blocks[1]) }
        #expect(try directory.names == [])
    }

    @Test("a file cut at any length: the whole frames before the cut remain, and the rest is kept beside it")
    func everyCut() throws {
        let directory = try TemporaryDirectory()
        let (chain, frames) = try Self.three()
        let bytes = frames.flatMap(\.self)
        var boundaries = [0]
        for frame in frames { boundaries.append(boundaries[boundaries.count - 1] + frame.count) }
        let path = directory.path()
        for cut in 0...bytes.count {
            try Self.write(Array(bytes[..<cut]), path)
            let whole = boundaries.count { $0 <= cut } - 1
            let kept = boundaries[whole]
            guard whole > 0 else {
                #expect(throws: ChainFileError.self) { try ChainFile.open(path: path) }
                #expect(throws: ChainFileError.self) { try ChainFile.verify(path: path) }
                #expect(try Self.read(path).count == cut)
                continue
            }
            if cut == kept {
                #expect(try ChainFile.verify(path: path).blocks.count == whole)
            } else {
                #expect(throws: ChainFileError.tornTail(height: whole, offset: kept, bytes: cut - kept)) {
                    try ChainFile.verify(path: path)
                }
            }
            let file = try ChainFile.open(path: path)
            #expect(file.chain.blocks == Array(chain.blocks[..<whole]))
            #expect(try Self.read(path) == Array(bytes[..<kept]))
            #expect((file.recovered == nil) == (cut == kept))
            if let recovered = file.recovered {
                #expect(recovered.byteCount == cut - kept)
                #expect(try Self.read(recovered.savedTo) == Array(bytes[kept..<cut]))
            }
            if whole < 3 { try file.append(chain.blocks[whole]) }
        }
        // Each cut of a block left a file of its own, though all have one height and offset.
        #expect(try directory.names.count == 1 + frames[1].count - 1 + frames[2].count - 1)
    }

    @Test(
        "every byte flipped, in several ways: never verified, and the height is that of the frame",
        .timeLimit(.minutes(2)))
    func everyFlip() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path()
        let (chain, frames) = try Self.three(Ledgers.harder)
        let bytes = frames.flatMap(\.self)
        var tails = 0
        for index in bytes.indices {
            let height = index < frames[0].count ? 0 : index < frames[0].count + frames[1].count ? 1 : 2
            for mask: UInt8 in [1 << UInt8(index % 8), 0xff] {
                var damaged = bytes
                damaged[index] ^= mask
                try Self.write(damaged, path)
                do {
                    _ = try ChainFile.verify(path: path)
                    Issue.record("byte \(index) flipped by \(mask) was not seen")
                } catch {
                    #expect(Self.height(of: error) == height, "byte \(index), mask \(mask): \(error)")
                }
                do {
                    let file = try ChainFile.open(path: path)
                    // Only the last frame may be taken for a write that was cut off.
                    #expect(height == 2)
                    #expect(file.chain.blocks == Array(chain.blocks[..<2]))
                    let recovered = try #require(file.recovered)
                    #expect(try Self.read(recovered.savedTo) == Array(damaged[(frames[0].count + frames[1].count)...]))
                    tails += 1
                } catch let error as ChainFileError {
                    #expect(Self.height(of: error) == height)
                    #expect(try Self.read(path) == damaged)
                }
            }
        }
        #expect(tails >= 16)
        #expect(tails < 2 * frames[2].count)
    }

    private static func height(of error: ChainFileError) -> Int? {
        switch error {
        case .block(let height, _), .frame(let height, _, _), .tornTail(let height, _, _): height
        default: nil
        }
    }

    @Test("a whole frame swallowed by a damaged length is found again: damage, not a torn write")
    func swallowed() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path()
        let (_, frames) = try Self.three()
        for length: [UInt8] in [[0xff, 0xff, 0xff, 0xff], [0, 0, 0, 0], [0xe8, 3, 0, 0], [0xe9, 3, 0, 0]] {
            let damaged = frames[0] + frames[1][..<4] + length + frames[1][8...] + frames[2]
            try Self.write(Array(damaged), path)
            do {
                _ = try ChainFile.open(path: path)
                Issue.record("length \(length) was taken for a torn write")
            } catch { #expect(Self.height(of: error) == 1) }
            #expect(try Self.read(path) == Array(damaged))
        }
        // Without a frame behind it, it is what a cut-off write leaves.
        let tail = frames[0] + frames[1][..<4] + [0xff, 0, 0, 0]
        try Self.write(tail, path)
        #expect(try ChainFile.open(path: path).chain.height == 0)
        #expect(try directory.names.count == 2)
    }

    @Test("many magic numbers with long frames cost no more than their headers")
    func manyMagics() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path()
        let (_, frames) = try Self.three()
        let claim = ChainFile.magic + UInt32(90_000).littleEndianBytes
        try Self.write(frames[0] + (0..<20_000).flatMap { _ in claim }, path)
        #expect(throws: ChainFileError.self) { try ChainFile.verify(path: path) }
        let file = try ChainFile.open(path: path)
        #expect(file.recovered?.byteCount == 160_000)
    }
}
