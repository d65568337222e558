import ArgumentParser
import ByteCoding
import Hashing
import MerkleTrees

/// `ringwork merkle verify`
struct MerkleVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check a proof: of a leaf, of several leaves, or of consistency.",
        discussion: """
            What is not given is taken from the proof itself, which then is only held against itself. A root does not say \
            how large its tree is: give --size where the proof comes from somebody you do not trust.
            """)
    @Option(help: "The proof.") var proof: String
    @Option(help: "The root to hold it against.") var root: HexArgument?
    @Option(help: "The number of leaves to hold it against.") var size: Int?
    @Option(help: "The data of a proved leaf; repeated in the order of the indices.") var leaf: [String] = []
    @Option(help: "The smaller tree's root to hold a consistency proof against.") var oldRoot: HexArgument?
    @Option(help: "The smaller tree's number of leaves to hold a consistency proof against.") var oldSize: Int?
    @OptionGroup var output: JSONOption

    func validate() throws {
        for (name, argument) in [("--root", root), ("--old-root", oldRoot)] {
            if let argument, argument.bytes.count != Digest.byteCount {
                throw ValidationError("\(name) must be 64 hexadecimal digits")
            }
        }
    }

    func run() throws {
        let document = try Input.document(proof)
        let data = try leaf.map { try Input.bytes($0) }
        let kind = Self.schema(of: document)
        if kind == ConsistencyProof.schema {
            guard leaf.isEmpty else { throw ValidationError("--leaf is not for a consistency proof") }
        } else {
            guard oldRoot == nil, oldSize == nil else {
                throw ValidationError("--old-root and --old-size are for a consistency proof")
            }
            guard kind == MultiProof.schema || leaf.count < 2 else {
                throw ValidationError("this proof is of one leaf, and there are several --leaf")
            }
        }
        let sentence: String
        do throws(MerkleError) {
            switch kind {
            case ConsistencyProof.schema: sentence = try check(ConsistencyProof(document: document))
            case MultiProof.schema: sentence = try check(MultiProof(document: document), data)
            default: sentence = try check(InclusionProof(document: document), data)
            }
        } catch {
            if case .document = error {
                throw Failure(.badInput, code: error.code, "\(Input.name(proof)): \(error)")
            }
            throw try output.refuse(reason: error.code, error.description)
        }
        try output.accept("valid: \(sentence)")
    }

    private func check(_ proof: InclusionProof, _ data: [[UInt8]]) throws(MerkleError) -> String {
        try checkTree(proof)
        if let data = data.first { try proof.checkLeaf(proof.tree.leafHash(data)) }
        return "leaf \(proof.index) of \(proof.size) is under \(proof.root.hex)"
    }

    private func check(_ proof: MultiProof, _ data: [[UInt8]]) throws(MerkleError) -> String {
        try checkTree(proof)
        if !data.isEmpty { try proof.checkLeaves(proof.tree.leafHashes(data)) }
        return "\(proof.indices.count) leaves of \(proof.size) are under \(proof.root.hex)"
    }

    private func check(_ proof: ConsistencyProof) throws(MerkleError) -> String {
        try checkTree(proof)
        if let oldSize { try proof.checkOldSize(oldSize) }
        if let oldRoot { try proof.checkOldRoot(MerkleTree.digest(oldRoot.bytes, field: "oldRoot")) }
        return
            "the \(proof.size) leaves under \(proof.root.hex) begin with the \(proof.oldSize) under \(proof.oldRoot.hex)"
    }

    /// What is checked of every proof.
    private func checkTree(_ proof: some MerkleProof) throws(MerkleError) {
        if let root {
            try proof.verify(root: MerkleTree.digest(root.bytes, field: "root"))
        } else {
            try proof.verify()
        }
        if let size { try proof.checkSize(size) }
    }

    /// The schema that the document names; a document that is not JSON is refused when it is read as what it is not.
    private static func schema(of document: [UInt8]) -> String? {
        (try? JSONValue(parsing: document)).flatMap { DocumentReader.schema(of: $0) }
    }
}
