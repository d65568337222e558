public import BenchmarkReport
import Foundation

/// Measures again with kernels forced off, in a process of its own.
public enum CappedRun {
    /// The suites that have comparisons to repeat with `cap`.
    public static func suites(_ cap: KernelCap, of all: [SuiteName]) -> [SuiteName] {
        let repeated: Set<SuiteName> =
            switch cap {
            case .portable: [.modexp, .ring]
            case .shaNI: [.hash, .mine, .merkle]
            case .avx2: []
            }
        return all.filter(repeated.contains)
    }

    /// Runs this program again and adds its comparisons to `document`.
    ///
    /// - Throws: ``BenchmarkError/repeatFailed(kernels:status:)``, ``BenchmarkDocumentError``.
    public static func add(_ cap: KernelCap, arguments: [String], to document: inout BenchmarkDocument) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(
            "ringwork-bench-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        process.arguments = arguments + ["--output", file.path, "--format", "json"]
        process.environment = ProcessInfo.processInfo.environment.merging([KernelCap.variable: cap.rawValue]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkError.repeatFailed(kernels: cap.rawValue, status: process.terminationStatus)
        }
        document.comparisons += try BenchmarkDocument(parsing: Array(Data(contentsOf: file))).comparisons
    }
}
