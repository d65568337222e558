import ArgumentParser
import ByteCoding
import Foundation
import RingSignatures
import Scenarios

extension RingCommand {
    /// The signature and message that a proof is about.
    struct Subject: ParsableArguments {
        @Option(help: "The signature.") var signature: String
        @Option(help: "The message, or - for standard input.") var message: String
        @Option(help: "Of a sealed signature, the recipient's unsealing proof.") var unsealing: String?
        @OptionGroup var insecure: InsecureGroupOption

        /// The signature, its values checked, with the message and the unsealing.
        func read() throws -> (
            group: NamedGroup, signature: RingSignature, message: [UInt8], unsealing: UnsealingProof?
        ) {
            let document = try SignatureDocument(Input.document(signature))
            try insecure.check(document.group)
            let proof = try unsealing.map { try ProofDocument(Input.document($0)) }
            let checked = try RingSignature(checking: document.fields, in: document.group.group)
            let unsealed = try proof?.unsealing(in: checked.group)
            if let path = unsealing, unsealed == nil {
                throw Failure(.badInput, code: "schema", "\(path) is another proof than an unsealing")
            }
            return (document.group, checked, try Input.bytes(message), unsealed)
        }
    }

    struct Confirm: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "As the recipient of a designated signature, find its signer.")
        @OptionGroup var subject: Subject
        @Option(help: "The recipient's signing key.") var key: String
        @Option(help: "Where to write a proof that convinces a third party.") var transfer: String?
        @OptionGroup var output: JSONOption

        func validate() throws {
            guard subject.unsealing == nil else {
                throw ValidationError("--unsealing is for others: the recipient's key opens a sealed signature itself")
            }
        }

        func run() throws {
            let (_, signature, message, _) = try subject.read()
            let recipient = try RingCommand.readSigningKey(key)
            let index: Int
            if let transfer {
                var generator = SystemRandomNumberGenerator()
                let proof = try signature.transferConfirmation(
                    message: message, with: recipient.key.key, using: &generator)
                try Output.write(ProofDocument(proof).document.documentText, to: transfer)
                index = proof.index
            } else {
                index = try signature.confirm(message: message, with: recipient.key.key)
            }
            try output.print(
                ["schema": "ringwork/confirmed/1", "index": .integer(Int64(index))], "signed by member \(index)")
        }
    }

    struct Claim: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "As the signer, prove authorship of a signature.")
        @OptionGroup var subject: Subject
        @Option(help: "What ring sign --claim-secret kept.") var claimSecret: String
        @Option(name: .shortAndLong, help: "Where the proof goes.") var output: String?
        @OptionGroup var format: JSONOption

        func run() throws {
            let (_, signature, message, unsealing) = try subject.read()
            let secret = try ClaimSecretDocument.read(Input.document(claimSecret), in: signature.group)
            var generator = SystemRandomNumberGenerator()
            let claim = try secret.claim(signature, message: message, unsealing: unsealing, using: &generator)
            try Output.write(ProofDocument(claim).document.documentText, to: output)
        }
    }

    struct Open: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "As the administrator of an openable signature, find its signer and prove it.")
        @OptionGroup var subject: Subject
        @Option(help: "The administrator's signing key.") var key: String
        @Option(name: .shortAndLong, help: "Where the proof goes.") var output: String?
        @OptionGroup var format: JSONOption

        func run() throws {
            let (_, signature, message, unsealing) = try subject.read()
            let administrator = try RingCommand.readSigningKey(key)
            var generator = SystemRandomNumberGenerator()
            let proof = try signature.open(
                message: message, with: administrator.key.key, unsealing: unsealing, using: &generator)
            try Output.write(ProofDocument(proof).document.documentText, to: output)
        }
    }

    struct Unseal: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "As the recipient of a sealed signature, read its message and make it verifiable for others.")
        @Option(help: "The signature.") var signature: String
        @Option(help: "The recipient's signing key.") var key: String
        @Option(help: "Where the message goes.") var messageOutput: String?
        @Option(name: .shortAndLong, help: "Where the signature goes, its recipient named.") var output: String?
        @Option(help: "Where the proof goes that lets others verify it.") var proof: String?
        @OptionGroup var insecure: InsecureGroupOption
        @OptionGroup var format: JSONOption

        func run() throws {
            let document = try SignatureDocument(Input.document(signature))
            try insecure.check(document.group)
            let sealed = try RingSignature(checking: document.fields, in: document.group.group)
            let recipient = try RingCommand.readSigningKey(key)
            var generator = SystemRandomNumberGenerator()
            let unsealed = try sealed.unseal(with: recipient.key.key, sealer: .aes256GCM, using: &generator)
            if let proof { try Output.write(ProofDocument(unsealed.proof).document.documentText, to: proof) }
            if let output {
                let named = SignatureDocument(group: document.group, fields: unsealed.signature.fields)
                try Output.write(named.document.documentText, to: output)
            }
            try Output.write(unsealed.message, to: messageOutput)
        }
    }

    struct Link: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Whether one key made two signatures of one context; verify both first.")
        @Argument(help: "The two signatures.") var signatures: [String]
        @OptionGroup var insecure: InsecureGroupOption
        @OptionGroup var output: JSONOption

        func validate() throws {
            guard signatures.count == 2 else { throw ValidationError("link takes two signatures") }
        }

        func run() throws {
            let checked = try signatures.map { path -> RingSignature in
                let document = try SignatureDocument(Input.document(path))
                try insecure.check(document.group)
                return try RingSignature(checking: document.fields, in: document.group.group)
            }
            let isLinked: Bool
            do throws(LinkError) { isLinked = try checked[0].isLinked(to: checked[1]) } catch {
                throw try output.refuse(reason: error.code, error.description)
            }
            guard isLinked else { throw try output.refuse(reason: "not-linked", "the signatures are of two keys") }
            try output.accept("linked: one key made both")
        }
    }
}
