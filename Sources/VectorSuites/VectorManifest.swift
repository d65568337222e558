import ByteCoding
import Hashing

/// `ringwork/vector-manifest/1`: which vector files a directory holds, with their digests and who agrees with them.
struct VectorManifest {
    /// The manifest's name in the directory that it is about.
    static let name = "MANIFEST.json"

    /// One file.
    struct Entry {
        /// The path below the manifest's directory.
        let path: String
        let digest: Digest
        let testCount: Int
    }

    let entries: [Entry]

    /// Reads a manifest strictly.
    init(_ bytes: [UInt8]) throws(DocumentError) {
        var reader = try DocumentReader(document: bytes, schema: "ringwork/vector-manifest/1")
        var entries: [Entry] = []
        for var file in try reader.objects("files") {
            let path = try file.string("path")
            let digest: Digest
            do { digest = try Digest(hex: file.string("sha256")) } catch let error as DocumentError {
                throw error
            } catch {
                throw .malformed(field: file.path("sha256"), reason: "\(error)")
            }
            entries.append(Entry(path: path, digest: digest, testCount: try file.count("numberOfTests")))
            _ = (try file.string("vectorVersion"), try file.string("generator"), try file.strings("checkedBy"))
            try file.finish()
        }
        try reader.finish()
        self.entries = entries
    }
}
