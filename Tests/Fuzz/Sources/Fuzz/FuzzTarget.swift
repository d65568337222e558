import ByteCoding
import Foundation

/// A decoder under test: what is asked of every input, and valid inputs to start from.
struct FuzzTarget: Sendable {
    /// The name that `RINGWORK_FUZZ` takes, and the folder of the corpus.
    let name: String
    /// Decodes `bytes` and checks what must hold where decoding succeeds. Throws the decoder's refusal.
    let check: @Sendable (_ bytes: [UInt8]) throws -> Void
    /// Valid inputs, made by the library, the same on every run.
    let seeds: @Sendable () throws -> [[UInt8]]

    /// Every target, in the order in which `make fuzz` runs them.
    static let all = textTargets + ringTargets + ledgerTargets + merkleTargets + recordTargets

    /// The one that `RINGWORK_FUZZ` names.
    static let selected: FuzzTarget = {
        let name = ProcessInfo.processInfo.environment["RINGWORK_FUZZ"] ?? ""
        guard let target = all.first(where: { $0.name == name }) else {
            fatalError("RINGWORK_FUZZ must be one of: \(all.map(\.name).joined(separator: " "))")
        }
        return target
    }()
}

/// Ends the program where a property does not hold, so that libFuzzer keeps the input.
func require(_ holds: Bool, _ property: String) {
    guard holds else { fatalError("property broken: \(property)") }
}

extension JSONValue {
    /// The value's text with the fields of every object in the order of their names: what two texts of one value share.
    ///
    /// Bytes, since Swift's `==` on strings takes two Unicode spellings for one.
    var canonicalBytes: [UInt8] { Array(sorted.compactText.utf8) }

    private var sorted: JSONValue {
        switch self {
        case .array(let values): .array(values.map(\.sorted))
        case .object(let fields):
            .object(
                fields.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
                    .map { Field($0.name, $0.value.sorted) })
        default: self
        }
    }

    /// The value as the bytes of a document.
    var documentBytes: [UInt8] { Array(documentText.utf8) }
}

/// A document has one spelling for each value, up to white space and the order of fields: the value that was read makes
/// the JSON value that the text holds, and its own text reads as the same value again.
func checkDocument<Value>(
    _ bytes: [UInt8], read: ([UInt8]) throws -> Value, document: (Value) -> JSONValue
) throws -> Value {
    let value = try read(bytes)
    let written = document(value)
    require(
        written.canonicalBytes == (try JSONValue(parsing: bytes)).canonicalBytes, "the document has another spelling")
    do {
        let again = document(try read(written.documentBytes))
        require(again.documentBytes == written.documentBytes, "decode ∘ encode is not the identity")
    } catch {
        fatalError("property broken: what was written cannot be read: \(error)")
    }
    return value
}
