import ArgumentParser
import ByteCoding
import Foundation
import Hashing

/// `ringwork hash`: the hashes of files, unless the first word is `attack`.
struct HashCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hash", abstract: "The SHA-256 or SHA-256d of files; attacks on a shortened SHA-256.",
        subcommands: [HashFiles.self, HashAttackCommand.self], defaultSubcommand: HashFiles.self)
}

/// `ringwork hash FILE…`
struct HashFiles: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "files", abstract: "Print the SHA-256 or SHA-256d of files, like sha256sum.")

    enum Algorithm: String, EnumerableFlag {
        case sha256, sha256d
        static func name(for value: Algorithm) -> NameSpecification { .customLong(value.rawValue) }
    }

    @Flag(help: "The function; SHA-256d is SHA-256 twice.") var algorithm: Algorithm = .sha256
    @Argument(help: "Files, or - for standard input.") var files: [String]
    @OptionGroup var output: JSONOption

    /// A line as sha256sum prints it: a name of several lines is escaped, which a backslash in front of the line tells.
    private func escaped(_ prefix: String, _ name: String) -> String {
        let escapes: [Character: String] = ["\\": "\\\\", "\n": "\\n", "\r": "\\r"]
        let escaped = name.map { escapes[$0] ?? String($0) }.joined()
        return escaped == name ? prefix + name : "\\" + prefix + escaped
    }

    func run() throws {
        var failures: [Failure] = []
        for file in files {
            do throws(Failure) {
                var hash = SHA256()
                try Input.chunks(file) { hash.update($0) }
                let inner = hash.finalize()
                let digest = algorithm == .sha256 ? inner : SHA256.hash(inner.bytes)
                try output.print(
                    [
                        "schema": "ringwork/hash/1", "algorithm": .string(algorithm.rawValue),
                        "digest": .string(digest.hex), "name": .string(file),
                    ], escaped("\(digest.hex)  ", file))
            } catch {
                error.report()
                failures.append(error)
            }
        }
        if let failure = failures.first { throw ExitCode(failure.status.rawValue) }
    }
}
