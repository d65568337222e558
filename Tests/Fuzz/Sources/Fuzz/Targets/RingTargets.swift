import ByteCoding
import ModularArithmetic
import RingSignatures

/// The documents of the ring signatures and the compact form.
let ringTargets: [FuzzTarget] = [
    FuzzTarget(name: "group") { bytes in
        _ = try checkDocument(bytes) { bytes in
            try NamedGroup(reference: JSONValue(parsing: bytes))
        } document: {
            $0.isEmbedded ? embeddedForm(bytes, $0) : $0.document
        }
    } seeds: {
        [
            Material.toy.group.document.documentBytes, Material.wide.group.document.documentBytes,
            NamedGroup(
                name: "p", group: Material.toy.group.group,
                provenance: GroupProvenance(procedure: .fips186, seed: [1, 2], counter: 3, index: 4)
            ).document.documentBytes,
            JSONValue.string(EmbeddedGroups.names[0]).documentBytes,
        ]
    },
    FuzzTarget(name: "public-key") { bytes in
        _ = try checkDocument(bytes, read: PublicKeyDocument.init, document: \.document)
    } seeds: {
        try [Material.toy, .wide].map {
            PublicKeyDocument(group: $0.group, key: try $0.recipient().verificationKey).document.documentBytes
        }
    },
    FuzzTarget(name: "signing-key") { bytes in
        _ = try checkDocument(bytes) { bytes in
            let (group, key) = try SigningKeyDocument.read(bytes)
            return SigningKeyDocument.document(key.key, group: group)
        } document: {
            $0
        }
    } seeds: {
        try [Material.toy, .wide].map {
            SigningKeyDocument.document(try $0.recipient(), group: $0.group).documentBytes
        }
    },
    FuzzTarget(name: "ring") { bytes in
        _ = try checkDocument(bytes, read: RingDocument.init, document: \.document)
    } seeds: {
        [Material.toy, .wide].map { RingDocument(group: $0.group, ring: $0.ring).document.documentBytes }
    },
    FuzzTarget(name: "signature") { bytes in
        let signature = try checkDocument(bytes) {
            try SignatureDocument($0)
        } document: {
            $0.document
        }
        try checkSignature(signature.fields, in: signature.group.group)
    } seeds: {
        try [Material.toy, .wide].flatMap { material in
            try Material.modes.map {
                let fields = try material.sign($0).signature.fields
                return SignatureDocument(group: material.group, fields: fields).document.documentBytes
            }
        }
    },
    FuzzTarget(name: "proof") { bytes in
        let proof = try checkDocument(bytes, read: ProofDocument.init, document: \.document)
        for signature in toySignatures {
            let unsealing = try? proof.unsealing(in: signature.group)
            do throws(ProofError) {
                try proof.verify(signature, message: Material.message, unsealing: unsealing ?? nil)
            } catch {
                require(!"\(error)".isEmpty && !error.code.isEmpty, "a refusal has no text")
            }
        }
    } seeds: {
        try [Material.toy, .wide].flatMap { try proofs($0) }
    },
    FuzzTarget(name: "claim-secret") { bytes in
        let group = Material.wide.group.group
        let written = ClaimSecretDocument.document(try ClaimSecretDocument.read(bytes, in: group))
        require(
            written.canonicalBytes == (try JSONValue(parsing: bytes)).canonicalBytes,
            "the document has another spelling")
        guard let again = try? ClaimSecretDocument.read(written.documentBytes, in: group) else {
            fatalError("property broken: what was written cannot be read")
        }
        require(
            ClaimSecretDocument.document(again).documentBytes == written.documentBytes,
            "decode ∘ encode is not the identity")
    } seeds: {
        try [Material.toy, .wide].map { ClaimSecretDocument.document(try $0.sign([]).claimSecret).documentBytes }
    },
    fieldsTarget("signature-bytes-toy", .toy),
    fieldsTarget("signature-bytes-256", .wide),
    FuzzTarget(name: "verify") { bytes in
        let group = Material.toy.group.group
        try checkSignature(RingSignatureFields(decoding: bytes, in: group), in: group)
    } seeds: {
        try Material.modes.map { try Material.toy.sign($0).signature }.map { $0.fields.encoded(in: $0.group) }
    },
]

/// An embedded group is read from its name and from its document, and written in the way it was read.
private func embeddedForm(_ bytes: [UInt8], _ group: NamedGroup) -> JSONValue {
    if case .object? = try? JSONValue(parsing: bytes) { return group.document }
    return group.reference
}

private func fieldsTarget(_ name: String, _ material: Material) -> FuzzTarget {
    FuzzTarget(name: name) { bytes in
        let group = material.group.group
        let fields = try RingSignatureFields(decoding: bytes, in: group)
        require(fields.encoded(in: group) == bytes, "the compact form has two spellings")
    } seeds: {
        try Material.modes.map { try material.sign($0).signature }.map { $0.fields.encoded(in: $0.group) }
    }
}

/// What must hold for fields of any origin: they are refused with a reason, or have one compact form, and verification
/// gives a verdict.
private func checkSignature(_ fields: RingSignatureFields, in group: SchnorrGroup) throws {
    let signature = try RingSignature(checking: fields, in: group)
    let bytes = fields.encoded(in: group)
    let decoded = try? RingSignatureFields(decoding: bytes, in: group)
    require(decoded == fields, "checked fields change in the compact form")
    if signature.mode.contains(.link) { require((try? signature.isLinked(to: signature)) == true, "no link to itself") }
    guard !signature.mode.contains(.sealed) else {
        require((try? signature.verify(message: Material.message)) == nil, "a sealed signature verifies unopened")
        var generator = CountingGenerator(state: 1)
        if group == Material.toy.group.group {
            _ = try signature.unseal(with: Material.toy.recipient(), sealer: aes, using: &generator)
        }
        return
    }
    try signature.verify(message: Material.message)
    require(try signature.lambda(message: Material.message).count == 32, "lambda is not 32 bytes")
    guard group == Material.toy.group.group else { return }
    if signature.mode.contains(.designated) {
        let index = try signature.confirm(message: Material.message, with: Material.toy.recipient())
        require(fields.ring.indices.contains(index), "nobody was confirmed")
    }
}

private let toySignatures: [RingSignature] = {
    do { return try Material.modes.map { try Material.toy.sign($0).signature } } catch {
        fatalError("no signatures: \(error)")
    }
}()

/// One proof of each kind.
private func proofs(_ material: Material) throws -> [[UInt8]] {
    var generator = CountingGenerator(state: 9)
    let message = Material.message
    var documents: [ProofDocument] = []
    let plain = try material.sign([])
    documents.append(
        ProofDocument(try plain.claimSecret.claim(plain.signature, message: message, using: &generator)))
    let full = try material.sign([.open, .designated])
    documents.append(
        ProofDocument(try full.claimSecret.claim(full.signature, message: message, using: &generator)))
    documents.append(
        ProofDocument(try full.signature.open(message: message, with: material.administrator(), using: &generator)))
    // In a tiny group two members may match; then there is no confirmation.
    let confirmation = try? full.signature.transferConfirmation(
        message: message, with: material.recipient(), using: &generator)
    if let confirmation { documents.append(ProofDocument(confirmation)) }
    let sealed = try material.sign([.designated, .sealed])
    let unsealed = try sealed.signature.unseal(with: material.recipient(), sealer: aes, using: &generator)
    documents.append(ProofDocument(unsealed.proof))
    return documents.map { $0.document.documentBytes }
}
