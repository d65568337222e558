import ByteCoding
import ModularArithmetic
import RingSignatures

extension DocumentReader {
    /// A signature document.
    ///
    /// - Parameters:
    ///   - group: The group that it must be of; any where this is `nil`.
    ///   - validated: A group that is not validated again.
    mutating func signature(
        _ name: String, of group: SchnorrGroup?, validated: SchnorrGroup? = nil
    ) throws(DocumentError) -> SignatureDocument {
        let path = path(name)
        let value = try value(name)
        let signature: SignatureDocument
        do {
            signature = try SignatureDocument(value, path: path, validated: group ?? validated)
        } catch {
            if case .document(let error) = error { throw error }
            throw .malformed(field: path, reason: error.description)
        }
        if let group, signature.group.group != group {
            throw .malformed(field: path + ".group", reason: "it is not the group of the test group")
        }
        return signature
    }
}
