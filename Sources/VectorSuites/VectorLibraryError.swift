public import ByteCoding

/// Why a set of vector files cannot be used.
public enum VectorLibraryError: Error, Equatable, Sendable {
    /// The paths hold no file whose name ends with `_test.json`: nothing would be checked.
    case noFileFound(paths: [String])
    /// A file or directory is missing, or cannot be read.
    case unreadable(path: String, reason: String)
    /// A file is not a vector file.
    case file(path: String, VectorFileError)
    /// Two files give their tests the same names.
    case sameStem(path: String, other: String)
    /// A manifest is not one.
    case manifest(path: String, DocumentError)
    /// A manifest names a file twice.
    case listedTwice(path: String)
    /// A file that a manifest lists is not there.
    case missing(path: String)
    /// A vector file lies below a manifest that does not list it.
    case notListed(path: String)
    /// A file's SHA-256 is not the one that the manifest says.
    case digestMismatch(path: String)
    /// A file's number of tests is not the one that the manifest says.
    case countMismatch(path: String, stated: Int, actual: Int)
}

extension VectorLibraryError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .noFileFound(let paths):
            "no file in \(paths.joined(separator: ", ")) has a name that ends with \(VectorFile.nameSuffix)"
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .file(let path, let error): "\(path): \(error)"
        case .sameStem(let path, let other): "\(path) and \(other) give their tests the same names"
        case .manifest(let path, let error): "\(path): \(error)"
        case .listedTwice(let path): "\(path) is listed twice in its manifest"
        case .missing(let path): "\(path) is listed in its manifest, and is not there"
        case .notListed(let path): "\(path) is not listed in the manifest above it"
        case .digestMismatch(let path): "the SHA-256 of \(path) is not the one in its manifest"
        case .countMismatch(let path, let stated, let actual):
            "the manifest says that \(path) has \(stated) tests, and it has \(actual)"
        }
    }
}
