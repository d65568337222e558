import ArgumentParser
import ByteCoding
import Foundation
import ModularArithmetic
import RingSignatures
import Scenarios

/// `ringwork ring`
struct RingCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "ring", abstract: "Keys, rings and ring signatures: the paper's scheme, repaired.",
        subcommands: [
            Keygen.self, Assemble.self, Sign.self, Verify.self, Confirm.self, Claim.self, Open.self, Unseal.self,
            Link.self, RingAttackCommand.self,
        ])

    struct Keygen: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a signing key.")
        @Option(help: "The name of an embedded group, or a group document.") var group = EmbeddedGroups.standard.name
        @Option(help: "The owner, bound into the proof of possession and shown in rings.") var label = ""
        @Option(name: .shortAndLong, help: "Where the secret key goes; the file is readable by its owner only.")
        var output: String?
        @Option(name: .customLong("public"), help: "Where the public key goes.") var publicPath: String?
        @OptionGroup var insecure: InsecureGroupOption
        @OptionGroup var format: JSONOption

        func validate() throws {
            let places = [output ?? "-", publicPath].compactMap(\.self).map {
                $0 == "-" ? $0 : URL(filePath: $0).standardized.path
            }
            guard Set(places).count == places.count else {
                throw ValidationError("the secret key and the public key need two places")
            }
        }

        func run() throws {
            let group = try GroupCommand.claim(group).validated()
            try insecure.check(group)
            var generator = SystemRandomNumberGenerator()
            let key = try SigningKey(group: group.group, label: label, using: &generator)
            if let publicPath {
                let document = PublicKeyDocument(group: group, key: key.verificationKey).document
                try Output.write(document.documentText, to: publicPath)
            }
            try Output.write(
                SigningKeyDocument.document(key, group: group).documentText, to: output, isSecret: true)
        }
    }

    struct Assemble: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a ring of public keys: proofs are checked, duplicates refused, keys sorted.")
        @Argument(help: "Public keys.") var keys: [String]
        @Option(name: .shortAndLong, help: "Where the ring goes.") var output: String?
        @OptionGroup var insecure: InsecureGroupOption
        @OptionGroup var format: JSONOption

        func run() throws {
            let files = try keys.map { try Input.document($0) }
            let documents = try zip(keys, PublicKeyDocument.read(each: files)).map { path, document in
                try Input.naming(path) { try document.get() }
            }
            guard let group = documents.first?.group else { throw RingSignatureError.ringTooSmall(members: 0) }
            try insecure.check(group)
            let ring = try Ring(documents.map(\.key))
            try Output.write(RingDocument(group: group, ring: ring).document.documentText, to: output)
        }
    }

    struct Sign: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Sign a message for a ring.")
        @Option(help: "The signer's key.") var key: String
        @Option(help: "The ring.") var ring: String
        @Option(help: "The message, or - for standard input.") var message: String
        @Option(help: "What the signature is for, in hexadecimal.") var context: HexArgument?
        @Flag(help: "Publish a tag that links this signer's signatures of one context.") var link = false
        @Option(help: "Who shall be able to find the signer: a public key.") var recipient: String?
        @Option(help: "Who shall be able to find the signer and prove it: a public key.") var administrator: String?
        @Flag(help: "Encrypt the message to the recipient, and hide who that is.") var seal = false
        @Option(help: "Where to keep what it takes to claim the signature later: a secret file.") var claimSecret:
            String?
        @Option(name: .shortAndLong, help: "Where the signature goes.") var output: String?
        @OptionGroup var insecure: InsecureGroupOption
        @OptionGroup var format: JSONOption

        func run() throws {
            let signer = try RingCommand.readSigningKey(key)
            try insecure.check(signer.group)
            let ring = try RingCommand.readRing(ring)
            let options = SigningOptions(
                context: context?.bytes ?? [], isLinkable: link,
                recipient: try recipient.map { try RingCommand.readPublicKey($0).key },
                administrator: try administrator.map { try RingCommand.readPublicKey($0).key },
                sealer: seal ? .aes256GCM : nil)
            var generator = SystemRandomNumberGenerator()
            let claimable = try ring.ring.signClaimably(
                message: Input.bytes(message), with: signer.key.key, options: options, using: &generator)
            if let claimSecret {
                let document = ClaimSecretDocument.document(claimable.claimSecret)
                try Output.write(document.documentText, to: claimSecret, isSecret: true)
            }
            let document = SignatureDocument(group: ring.group, fields: claimable.signature.fields).document
            try Output.write(document.documentText, to: output)
        }

        func validate() throws {
            guard !seal || recipient != nil else { throw ValidationError("--seal needs --recipient") }
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Check a ring signature.")

        /// What a caller's policy may ask for.
        enum Requirement: String, CaseIterable {
            case link, open, recipient

            var mode: PaperMode {
                switch self {
                case .link: .link
                case .open: .open
                case .recipient: .designated
                }
            }
        }

        @Option(help: "The signature.") var signature: String
        @Option(help: "The message, or - for standard input.") var message: String
        @Option(help: "The ring that it must be for, exactly.") var ring: String?
        @Option(help: "Modes that it must have: link, open, recipient, separated by commas.") var require: String?
        @Option(help: "The context that it must have, in hexadecimal.") var context: HexArgument?
        @Option(help: "The recipient that it must name: a public key.") var recipient: String?
        @Option(help: "The administrator that it must name: a public key.") var administrator: String?
        @Option(help: "Proofs about it: a claim, a confirmation, an opening, an unsealing.") var proof: [String] = []
        @OptionGroup var insecure: InsecureGroupOption
        @OptionGroup var output: JSONOption

        func validate() throws { _ = try requirements() }

        func run() throws {
            let document: SignatureDocument
            do { document = try Input.decoded(signature) { try SignatureDocument($0) } } catch let failure as Failure {
                guard failure.status == .no else { throw failure }
                throw try output.refuse(reason: failure.code, failure.message)
            }
            try insecure.check(document.group)
            let ring = try ring.map(RingCommand.readRing)
            let message = try Input.bytes(message)
            let proofs = try proof.map { try ProofDocument(Input.document($0)) }
            if let ring {
                guard ring.group.group == document.group.group else {
                    throw try output.refuse(reason: "group-mismatch", "the signature is of another group than the ring")
                }
                guard ring.ring.elements.map(\.value) == document.fields.ring else {
                    throw try output.refuse(reason: "ring-mismatch", "the signature is for another ring")
                }
            }
            try check(document.fields)
            let signature: RingSignature
            do throws(RingSignatureError) {
                signature = try RingSignature(
                    checking: document.fields, in: document.group.group, knownRing: ring?.ring)
            } catch {
                throw try refusal(error)
            }
            for requirement in try requirements() where !signature.mode.contains(requirement.mode) {
                throw try output.refuse(
                    reason: "\(requirement.rawValue)-required",
                    "the signature lacks what was required: \(requirement.rawValue)")
            }
            do throws(ProofError) {
                try check(signature, message, proofs)
            } catch {
                if case .signature(let error) = error { throw try refusal(error) }
                throw try output.refuse(reason: error.code, index: error.index, error.description)
            }
            let members = Set(proofs.compactMap(\.memberIndex))
            let named = members.count == 1 ? members.first : nil
            let suffix = named.map { "; the proof names member \($0)" } ?? ""
            try output.accept("valid: signed by one of \(signature.fields.ring.count)\(suffix)", index: named)
        }

        /// Holds the signature against what the caller expects. That a mode is present says little: a signer can name an
        /// administrator or a recipient of their own, and a context of their own gives them a fresh tag.
        private func check(_ fields: RingSignatureFields) throws {
            if let context, context.bytes != fields.context {
                throw try output.refuse(reason: "context-mismatch", "the signature is for another context")
            }
            if let recipient, try RingCommand.readPublicKey(recipient).key.y.value != fields.recipient {
                throw try output.refuse(reason: "recipient-mismatch", "the signature is not for this recipient")
            }
            if let administrator, try RingCommand.readPublicKey(administrator).key.y.value != fields.administrator {
                throw try output.refuse(
                    reason: "administrator-mismatch", "the signature cannot be opened by this administrator")
            }
        }

        /// The signature first, with its unsealing where it is sealed; then every proof.
        private func check(
            _ signature: RingSignature, _ message: [UInt8], _ proofs: [ProofDocument]
        ) throws(ProofError) {
            var unsealing: UnsealingProof?
            for proof in proofs { unsealing = try proof.unsealing(in: signature.group) ?? unsealing }
            if let unsealing {
                try signature.verify(message: message, unsealing: unsealing)
            } else {
                do { try signature.verify(message: message) } catch { throw .signature(error) }
            }
            for proof in proofs { try proof.verify(signature, message: message, unsealing: unsealing) }
        }

        private func refusal(_ error: RingSignatureError) throws -> any Error {
            guard error != .sealed else {
                return Failure(.nothingChecked, code: error.code, "nothing was checked: \(error)")
            }
            return try output.refuse(reason: error.code, index: error.index, error.description)
        }

        private func requirements() throws -> [Requirement] {
            try (require?.split(separator: ",", omittingEmptySubsequences: false) ?? []).map { word in
                guard let requirement = Requirement(rawValue: String(word)) else {
                    let known = Requirement.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("--require knows \(known), and not \u{22}\(word)\u{22}")
                }
                return requirement
            }
        }
    }

    /// Reads a signing key file.
    static func readSigningKey(_ path: String) throws -> (group: NamedGroup, key: SigningKeyBox) {
        try Input.decoded(path) { try SigningKeyDocument.read($0) }
    }

    /// Reads a ring file.
    static func readRing(_ path: String) throws -> RingDocument { try Input.decoded(path) { try RingDocument($0) } }

    /// Reads a public key file.
    static func readPublicKey(_ path: String) throws -> PublicKeyDocument {
        try Input.decoded(path) { try PublicKeyDocument($0) }
    }
}
