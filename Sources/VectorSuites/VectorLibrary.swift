import ByteCoding
import Foundation
import Hashing

/// The vector files that some paths hold.
///
/// A directory is searched with everything below it. Where one of them holds a `MANIFEST.json`, the manifest and the
/// files must agree: each listed file is there with its SHA-256 and its number of tests, and no other file is.
public struct VectorLibrary: Sendable {
    /// A file with the path under which it was found.
    public struct Entry: Sendable {
        /// The path, which begins with the one that was searched.
        public let path: String
        /// The file.
        public let file: VectorFile
    }

    /// The files, ascending by the bytes of their paths.
    public let files: [Entry]

    /// The largest file that is read.
    public static let maximumFileByteCount = JSONValue.defaultSizeLimit

    /// Reads the vector files that `paths` name or hold.
    ///
    /// - Parameters:
    ///   - paths: Files of any name, and directories, in which the files called `…_test.json` count.
    ///   - workers: The threads that read; one for each core by default.
    /// - Throws: ``VectorLibraryError``: of several, the one about the first path.
    public init(paths: [String], workers: Int? = nil) throws(VectorLibraryError) {
        var found: [String] = []
        var manifests: [String] = []
        for path in paths {
            let contents = try Self.search(path)
            found += contents.files
            manifests += contents.manifests
        }
        found = Self.sorted(found)
        guard !found.isEmpty || !manifests.isEmpty else { throw .noFileFound(paths: paths) }
        let read = concurrentMap(count: found.count, workers: workers ?? availableWorkers) { [found] index in
            Result { () throws(VectorLibraryError) in try Self.read(found[index]) }
        }
        var files: [Entry] = []
        var digests: [[UInt8]: (digest: Digest, entry: Entry)] = [:]
        var stems: [[UInt8]: String] = [:]
        for result in read {
            let (entry, digest) = try result.get()
            if let other = stems.updateValue(entry.path, forKey: Array(entry.file.stem.utf8)) {
                throw .sameStem(path: entry.path, other: other)
            }
            digests[Array(entry.path.utf8)] = (digest, entry)
            files.append(entry)
        }
        for manifest in Self.sorted(manifests) { try Self.check(manifest, digests) }
        guard !files.isEmpty else { throw .noFileFound(paths: paths) }
        self.files = files
    }

    // MARK: - Finding

    private static func search(_ path: String) throws(VectorLibraryError) -> (files: [String], manifests: [String]) {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw .unreadable(path: path, reason: "there is no such file or directory")
        }
        guard isDirectory.boolValue else { return ([path], []) }
        // The enumerator does not follow links, so it ends; what it cannot open is not passed over in silence.
        guard let names = try? FileManager.default.subpathsOfDirectory(atPath: path) else {
            throw .unreadable(path: path, reason: "the directory cannot be listed")
        }
        var base = path
        while base.utf8.count > 1, base.utf8.last == UInt8(ascii: "/") { base.removeLast() }
        func last(_ name: String) -> Substring { name.split(separator: "/").last ?? "" }
        let below = names.map { (base == "/" ? "" : base) + "/" + $0 }
        return (
            below.filter { last($0).hasSuffix(VectorFile.nameSuffix) },
            below.filter { last($0) == VectorManifest.name[...] }
        )
    }

    /// Ascending by bytes, each path once.
    private static func sorted(_ paths: [String]) -> [String] {
        let distinct = Set(paths.map { Array($0.utf8) })
        return distinct.sorted { $0.lexicographicallyPrecedes($1) }.map { String(decoding: $0, as: UTF8.self) }
    }

    // MARK: - Reading

    private static func bytes(_ path: String) throws(VectorLibraryError) -> [UInt8] {
        do {
            let handle = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? handle.close() }
            let bytes = [UInt8](try handle.read(upToCount: maximumFileByteCount + 1) ?? Data())
            guard bytes.count <= maximumFileByteCount else {
                throw VectorLibraryError.unreadable(path: path, reason: "it has over \(maximumFileByteCount) bytes")
            }
            return bytes
        } catch let error as VectorLibraryError {
            throw error
        } catch {
            throw .unreadable(path: path, reason: error.localizedDescription)
        }
    }

    private static func read(_ path: String) throws(VectorLibraryError) -> (Entry, Digest) {
        let bytes = try bytes(path)
        var stem = String(path.split(separator: "/").last ?? "")
        if stem.hasSuffix(".json") { stem.removeLast(5) }
        do {
            return (Entry(path: path, file: try VectorFile(bytes, stem: stem)), SHA256.hash(bytes))
        } catch {
            throw .file(path: path, error)
        }
    }

    // MARK: - Manifests

    private static func check(
        _ path: String, _ found: [[UInt8]: (digest: Digest, entry: Entry)]
    ) throws(VectorLibraryError) {
        let manifest: VectorManifest
        let bytes = try bytes(path)
        do { manifest = try VectorManifest(bytes) } catch { throw .manifest(path: path, error) }
        let directory = String(path.dropLast(VectorManifest.name.count))
        var listed: Set<[UInt8]> = []
        for entry in manifest.entries {
            let path = directory + entry.path
            guard listed.insert(Array(path.utf8)).inserted else { throw .listedTwice(path: path) }
            guard let (digest, file) = found[Array(path.utf8)] else { throw .missing(path: path) }
            guard digest == entry.digest else { throw .digestMismatch(path: path) }
            guard file.file.tests.count == entry.testCount else {
                throw .countMismatch(path: path, stated: entry.testCount, actual: file.file.tests.count)
            }
        }
        let unlisted = found.values.map(\.entry.path)
            .filter { $0.utf8.starts(with: directory.utf8) && !listed.contains(Array($0.utf8)) }
        if let first = sorted(unlisted).first { throw .notListed(path: first) }
    }
}
