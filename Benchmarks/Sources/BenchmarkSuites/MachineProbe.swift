public import BenchmarkReport
import CPeers
import Foundation

/// What this machine and this build are.
public enum MachineProbe {
    /// The instruction sets that the kernels of the library or of a peer use.
    private static let interesting: Set<String> = [
        "sha_ni", "avx2", "bmi2", "adx", "avx512f", "avx512bw", "avx512vl", "avx512ifma", "aes", "vaes",
    ]

    /// This machine, as far as the system tells.
    public static func machine() -> BenchmarkDocument.Machine {
        let lines = text(of: "/proc/cpuinfo").split(separator: "\n")
        func field(_ name: String) -> String? {
            lines.first { $0.hasPrefix(name) }.flatMap { line in
                line.firstIndex(of: ":").map { line[line.index(after: $0)...].trimmingCharacters(in: .whitespaces) }
            }
        }
        let flags = (field("flags") ?? "").split(separator: " ").map(String.init)
        let load = text(of: "/proc/loadavg").split(separator: " ").first.flatMap { Double($0) } ?? 0
        return BenchmarkDocument.Machine(
            cpu: field("model name") ?? "unknown", features: flags.filter(interesting.contains).sorted(),
            cores: ProcessInfo.processInfo.activeProcessorCount, hypervisor: flags.contains("hypervisor"), load1: load,
            kernel: text(of: "/proc/sys/kernel/osrelease").trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// What a reader should know before believing numbers from here.
    public static func warnings(_ machine: BenchmarkDocument.Machine) -> [String] {
        var warnings: [String] = []
        if machine.load1 > Double(machine.cores) / 2 {
            warnings.append(
                "the machine was busy when the run started: load \(machine.load1) on \(machine.cores) cores")
        }
        if machine.hypervisor {
            warnings.append("a virtual machine: neighbours that cannot be seen may slow it down for minutes")
        }
        return warnings
    }

    /// What is measured.
    public static func tool(_ settings: RunSettings) -> BenchmarkDocument.Tool {
        BenchmarkDocument.Tool(
            commit: output("git", "-C", sourceFolder, "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"),
            swift: output("swift", "--version").split(separator: "\n").first.map(String.init) ?? "unknown",
            flags: isDebugBuild ? "debug" : "release", samples: settings.samples, seed: settings.seed,
            quick: settings.quick, libraries: libraries)
    }

    /// The peers' versions; `absent` where there is none.
    static var libraries: [String: String] {
        func version(_ text: UnsafePointer<CChar>?) -> String { text.map { String(cString: $0) } ?? "absent" }
        return [
            "OpenSSL": version(cp_openssl_version()), "GMP": version(cp_gmp_version()),
            "libsodium": version(cp_sodium_version()), "FLINT": version(cp_flint_version()),
            "attaswift BigInt": "6.0.1",
        ]
    }

    /// Whether this program was built without optimization: its numbers mean nothing.
    public static var isDebugBuild: Bool {
        #if DEBUG
            true
        #else
            false
        #endif
    }

    private static let sourceFolder = String(
        #filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.startIndex))

    private static func text(of path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }

    /// What a command prints, or `unknown`.
    private static func output(_ command: String...) -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return "unknown" }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return process.terminationStatus == 0 && !text.isEmpty ? text : "unknown"
    }
}
