public import Foundation

/// Where the checkout lies that these tests were built from.
public enum RepositoryRoot {
    /// The directory that holds `Package.swift`, without a final slash.
    public static let path: String = {
        // <root>/Tests/Support/RepositoryRoot.swift
        var components = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        components.removeLast(3)
        return components.joined(separator: "/")
    }()

    /// The file at `path` below the root.
    public static func url(_ path: String) -> URL { URL(filePath: Self.path).appending(path: path) }
}
