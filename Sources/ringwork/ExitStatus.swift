import ArgumentParser
import ByteCoding
import Foundation
import HashWork
import Ledger
import MerkleTrees
import ModularArithmetic
import ProofOfWork
import RingSignatures
import Scenarios
import Tokenization
import VectorSuites

/// What an exit status means.
enum ExitStatus: Int32 {
    /// Well-formed, but a value fails a check.
    case no = 1
    /// Nothing was checked, or a required part was skipped.
    case nothingChecked = 2
    /// An input is missing, unreadable, not its schema, or names an insecure group.
    case badInput = 3
    /// Arguments that cannot be taken.
    case usage = 64
    /// A fault of ours.
    case internalFault = 70
    /// Ended from the keyboard.
    case interrupted = 130
    /// Nobody reads the output any more; as if by the signal, and as quietly.
    case brokenPipe = 141
}

/// Why a command ends without success.
struct Failure: Error {
    let status: ExitStatus
    /// The reason as a stable word.
    let code: String
    /// The reason as a sentence.
    let message: String

    init(_ status: ExitStatus, code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    /// Whoever read the output has gone: the end, and no reason to complain.
    static let brokenPipe = Failure(.brokenPipe, code: "broken-pipe", "nobody reads the output")

    /// The failure that an error from a command means; `nil` for the argument parser's own.
    init?(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case is ExitCode, is CleanExit, is ValidationError: return nil
        case let error as RingDocumentError:
            self.init(error.isValueFailure ? .no : .badInput, code: error.code, error.description)
        case let error as DocumentError: self.init(.badInput, code: "schema", error.description)
        case let error as RingSignatureError: self.init(.no, code: error.code, error.description)
        case let error as ClaimSecretDocumentError:
            switch error {
            case .document(let error): self.init(.badInput, code: "schema", error.description)
            case .proof(let error): self.init(.no, code: error.code, error.description)
            }
        case let error as GroupGenerationError: self.init(.no, code: "group-generation", error.description)
        case let error as ProofError: self.init(.no, code: error.code, error.description)
        case let error as KeyError: self.init(.no, code: error.code, error.description)
        case let error as SchnorrGroupRule: self.init(.no, code: "group", error.description)
        case let error as MerkleError:
            self.init(error.isBadInput ? .badInput : .no, code: error.code, error.description)
        case let error as ProofOfWorkError:
            self.init(error.code == "cancelled" ? .interrupted : .no, code: error.code, error.description)
        case let error as RetargetError: self.init(.no, code: error.code, error.description)
        case let error as CompactTargetError: self.init(.no, code: error.code, error.description)
        case let error as RecordError:
            if case .document = error {
                self.init(.badInput, code: error.code, error.description)
            } else {
                self.init(.no, code: error.code, error.description)
            }
        case let error as TokenError:
            self.init(error == .keyLength ? .badInput : .no, code: error.code, error.description)
        case let error as WorkError: self.init(.no, code: error.code, error.description)
        case let error as WorkStreamError:
            self.init(error.isBadInput ? .badInput : .no, code: error.code, error.description)
        case let error as ChainFileError:
            self.init(error.isBadInput ? .badInput : .no, code: error.code, error.description)
        case let error as ChainParametersError: self.init(.no, code: "chain-parameters", error.description)
        case let error as TransactionError: self.init(.no, code: "transaction", error.description)
        case let error as BlockError: self.init(.no, code: "block", error.description)
        case let error as VectorLibraryError:
            if case .noFileFound = error {
                self.init(.nothingChecked, code: "no-file-found", error.description)
            } else {
                self.init(.badInput, code: "vectors", error.description)
            }
        case let error as StoryError: self.init(.internalFault, code: "story", error.description)
        default:
            // What is left is either the argument parser's, or a fault of ours.
            guard String(reflecting: type(of: error)).hasPrefix("ArgumentParser.") else {
                self.init(.internalFault, code: "internal", "internal fault: \(error)")
                return
            }
            return nil
        }
    }

    /// Prints the sentence on stderr; with `--json` an object with the code instead.
    func report() {
        guard status != .brokenPipe else { return }
        if CommandLine.arguments.contains("--json") {
            let document: JSONValue = ["error": ["code": .string(code), "message": .string(message)]]
            Terminal.diagnostic(document.compactText)
        } else {
            Terminal.diagnostic("ringwork: \(message)")
        }
    }
}

extension MerkleError {
    fileprivate var isBadInput: Bool {
        switch self {
        case .document, .empty: true
        default: false
        }
    }
}

extension WorkStreamError {
    /// A peer that says nothing, says too much, or says what is refused has failed the protocol's check; what cannot be
    /// reached, read or parsed is bad input.
    fileprivate var isBadInput: Bool {
        switch self {
        case .lineTooLong, .truncated, .malformed, .unreachable, .system: true
        case .closed, .timeout, .outOfTurn, .refused: false
        }
    }
}

extension ChainFileError {
    fileprivate var isBadInput: Bool {
        switch self {
        case .unreadable, .exists, .notAChainFile, .tooLarge, .locked, .write: true
        case .block, .frame, .tornTail: false
        }
    }

    fileprivate var code: String {
        switch self {
        case .unreadable: "unreadable"
        case .exists: "exists"
        case .notAChainFile: "not-a-chain-file"
        case .tooLarge: "too-large"
        case .locked: "locked"
        case .block: "block"
        case .frame: "frame"
        case .tornTail: "torn-tail"
        case .write: "write"
        }
    }
}

/// The cap that `RINGWORK_KERNELS` puts on the C kernels: those that are preferred to the named one are not used. From
/// the least to the most preferred they are portable, avx2, sha-ni, avx512. The kernels read it themselves.
enum Kernels {
    private static let names = ["portable", "sha-ni", "avx2", "avx512"]

    /// Refuses an unknown cap.
    static func checkCap() throws(Failure) {
        guard let cap = ProcessInfo.processInfo.environment["RINGWORK_KERNELS"] else { return }
        guard names.contains(cap) else {
            throw Failure(
                .usage, code: "kernels",
                "RINGWORK_KERNELS is \u{22}\(cap)\u{22}, and must be one of \(names.joined(separator: ", "))")
        }
    }
}
