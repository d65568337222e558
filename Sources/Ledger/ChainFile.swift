import ByteCoding
import Foundation

/// Why a chain file cannot be used.
public enum ChainFileError: Error, Equatable, Sendable {
    /// The file is missing, a directory, or cannot be read or written.
    case unreadable(path: String, reason: String)
    /// The file exists already.
    case exists(path: String)
    /// The file does not start with a frame, and none follows.
    case notAChainFile(path: String)
    /// The file is larger than is read.
    case tooLarge(path: String, bytes: Int, limit: Int)
    /// Another process is writing the file.
    case locked(path: String)
    /// The block at `height` is refused.
    case block(height: Int, BlockError)
    /// The frame at `height`, at the file's byte `offset`, cannot be read.
    case frame(height: Int, offset: Int, reason: String)
    /// The file ends inside the frame at `height`, as after a write that was cut off.
    case tornTail(height: Int, offset: Int, bytes: Int)
    /// A write did not reach the disk.
    case write(path: String, reason: String)
}

/// A chain in a file: blocks framed exactly as the smart-consensus paper's Table 2, appended and synced one by one.
///
///     magic F9 BE B4 D9 ‖ block length, 4 bytes little-endian ‖ block
///
/// The paper's magic number 0xD9B4BEF9 is the first field read as a little-endian integer. One process writes at a time.
/// The whole file is read on opening: this ledger shows the cryptography at work, it is not a database.
public final class ChainFile {
    /// The chain, as far as the file holds it.
    public private(set) var chain: Chain
    /// The bytes of a torn write that opening for append moved aside, and where to.
    public let recovered: Recovery?

    private let path: String
    private let handle: FileHandle
    private var hasFailed = false

    /// The bytes that a cut-off write left, moved out of the file before the next append.
    public struct Recovery: Equatable, Sendable {
        /// How many bytes.
        public let byteCount: Int
        /// The file that keeps them.
        public let savedTo: String
    }

    /// F9 BE B4 D9.
    public static let magic: [UInt8] = UInt32(0xd9b4_bef9).littleEndianBytes
    /// The largest file that is read.
    public static let maximumFileByteCount = 1 << 30
    static let frameHeaderByteCount = 8

    /// A block in its frame.
    public static func frame(_ block: Block) -> [UInt8] {
        let bytes = block.bytes
        return magic + UInt32(bytes.count).littleEndianBytes + bytes
    }

    /// Makes a new file that holds `genesis`.
    public static func create(path: String, genesis: Block) throws(ChainFileError) -> ChainFile {
        let chain: Chain
        do { chain = try Chain(genesis: genesis) } catch { throw .block(height: 0, error) }
        let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw errno == EEXIST ? .exists(path: path) : .unreadable(path: path, reason: lastFailure())
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try lock(handle, path: path)
        let file = ChainFile(path: path, handle: handle, chain: chain, recovered: nil)
        try file.write(genesis)
        try syncDirectory(of: path)
        return file
    }

    /// Opens a file to append to it, after checking every block from the first.
    ///
    /// A tail that a cut-off write left (an incomplete or unreadable frame with no readable one after it) is moved to a
    /// file beside this one and reported in ``recovered``. Anything else that does not check is refused.
    public static func open(path: String) throws(ChainFileError) -> ChainFile {
        let descriptor = Foundation.open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: lastFailure()) }
        // Closes the file, and so ends the lock, on every way out.
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try lock(handle, path: path)
        let bytes = try contents(of: handle, path: path)
        let scan = try scan(bytes, path: path)
        var recovered: Recovery?
        switch scan.end {
        case .complete: break
        case .damaged(let error): throw error
        case .torn(let offset, _):
            let saved = try save(Data(bytes[offset...]), as: path + ".torn-\(scan.chain.blocks.count)-\(offset)")
            guard ftruncate(descriptor, off_t(offset)) == 0, fsync(descriptor) == 0 else {
                throw .write(path: path, reason: lastFailure())
            }
            recovered = Recovery(byteCount: bytes.count - offset, savedTo: saved)
        }
        return ChainFile(path: path, handle: handle, chain: scan.chain, recovered: recovered)
    }

    /// Reads a file and checks every block from the first, changing nothing.
    ///
    /// - Throws: ``ChainFileError``; `block`, `frame` and `tornTail` name the height where the first damage is.
    public static func verify(path: String) throws(ChainFileError) -> Chain {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: lastFailure()) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        return try verify(bytes: contents(of: handle, path: path), path: path)
    }

    /// Checks every block of a chain file's contents from the first.
    ///
    /// - Parameters:
    ///   - bytes: All bytes of the file.
    ///   - path: What errors call the file.
    /// - Throws: ``ChainFileError``, as ``verify(path:)``.
    /// - Complexity: A checked block for each frame; no more is allocated than a few times the bytes.
    public static func verify(bytes: [UInt8], path: String = "the chain file") throws(ChainFileError) -> Chain {
        let scan = try scan(bytes, path: path)
        switch scan.end {
        case .complete: return scan.chain
        case .damaged(let error): throw error
        case .torn(let offset, let bytes):
            throw .tornTail(height: scan.chain.blocks.count, offset: offset, bytes: bytes)
        }
    }

    /// Checks `block`, takes it into the chain, and writes it; the call returns after the bytes are on the disk.
    ///
    /// After a write that failed nobody knows what the disk holds, so every later call is refused; opening the file
    /// again finds out.
    public func append(_ block: Block, now: UInt64? = nil) throws(ChainFileError) {
        var next = chain
        do { try next.append(block, now: now) } catch { throw .block(height: chain.blocks.count, error) }
        try write(block)
        chain = next
    }

    private init(path: String, handle: FileHandle, chain: Chain, recovered: Recovery?) {
        self.path = path
        self.handle = handle
        self.chain = chain
        self.recovered = recovered
    }

    /// Takes the lock of the one writer.
    ///
    /// A process that is just being started holds its parent's locks until it runs its own program, so a lock that was
    /// given up a moment ago can still seem taken: a second of patience tells the two apart.
    private static func lock(_ handle: FileHandle, path: String) throws(ChainFileError) {
        for _ in 0..<100 {
            if flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0 { return }
            usleep(10_000)
        }
        throw .locked(path: path)
    }

    private func write(_ block: Block) throws(ChainFileError) {
        guard !hasFailed else { throw .write(path: path, reason: "an earlier write failed; open the file again") }
        do {
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(Self.frame(block)))
            try handle.synchronize()
        } catch {
            hasFailed = true
            throw .write(path: path, reason: error.localizedDescription)
        }
    }

    /// Writes `data` to a new file, on the disk before this returns, and says which: `name`, or `name.1`, `name.2` …
    /// where earlier recoveries took that.
    private static func save(_ data: Data, as name: String) throws(ChainFileError) -> String {
        var path = name
        var descriptor = Foundation.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        var count = 0
        while descriptor < 0, errno == EEXIST {
            count += 1
            path = "\(name).\(count)"
            descriptor = Foundation.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        }
        guard descriptor >= 0 else { throw .write(path: path, reason: lastFailure()) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: data)
            try handle.synchronize()
        } catch {
            throw .write(path: path, reason: error.localizedDescription)
        }
        try syncDirectory(of: path)
        return path
    }

    private static func syncDirectory(of path: String) throws(ChainFileError) {
        let directory = URL(filePath: path).deletingLastPathComponent().path
        let descriptor = Foundation.open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .write(path: directory, reason: lastFailure()) }
        defer { Foundation.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .write(path: directory, reason: lastFailure()) }
    }

    private static func contents(of handle: FileHandle, path: String) throws(ChainFileError) -> [UInt8] {
        var status = stat()
        guard fstat(handle.fileDescriptor, &status) == 0 else { throw .unreadable(path: path, reason: lastFailure()) }
        let kind = status.st_mode & S_IFMT
        guard kind != S_IFDIR else { throw .unreadable(path: path, reason: "it is a directory") }
        // A pipe or a device has no length to check before reading.
        guard kind == S_IFREG else { throw .unreadable(path: path, reason: "it is not a regular file") }
        guard Int(status.st_size) <= maximumFileByteCount else {
            throw .tooLarge(path: path, bytes: Int(status.st_size), limit: maximumFileByteCount)
        }
        do { return Array(try handle.readToEnd() ?? Data()) } catch {
            throw .unreadable(path: path, reason: error.localizedDescription)
        }
    }

    private static func lastFailure() -> String { String(cString: strerror(errno)) }
}

extension ChainFileError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path): \(reason)"
        case .exists(let path): "\(path) exists already"
        case .notAChainFile(let path): "\(path) is not a chain file: it does not start with F9 BE B4 D9"
        case .tooLarge(let path, let bytes, let limit): "\(path) has \(bytes) bytes, and at most \(limit) are read"
        case .locked(let path): "\(path) is being written by another process"
        case .block(let height, let error): "block \(height): \(error)"
        case .frame(let height, let offset, let reason): "block \(height), at byte \(offset) of the file: \(reason)"
        case .tornTail(let height, let offset, let bytes):
            "block \(height), at byte \(offset): the file ends inside the frame, after \(bytes) of its bytes; "
                + "appending moves them aside"
        case .write(let path, let reason): "\(path): not written: \(reason)"
        }
    }
}
