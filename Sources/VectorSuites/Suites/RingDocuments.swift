import ByteCoding
import ModularArithmetic
import RingSignatures

extension SchnorrGroup {
    /// The group of a test group's `groupParameters`; one that is `known` is not validated again.
    init(parameters: inout DocumentReader, known: SchnorrGroup?) throws(VectorFileError) {
        let (p, q, g, t) = try reading { () throws(DocumentError) in
            var numbers = try parameters.object("groupParameters")
            let read = (
                try numbers.natural("p"), try numbers.natural("q"), try numbers.natural("g"),
                try numbers.optionalNatural("t")
            )
            try numbers.finish()
            return read
        }
        if let known, known.p.value == p, known.q.value == q, known.g.value == g, known.t == t {
            self = known
        } else {
            do { self = try SchnorrGroup(validating: p, q: q, g: g, t: t) } catch { throw .group(error) }
        }
    }
}

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
