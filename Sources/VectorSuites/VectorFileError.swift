public import ByteCoding
public import ModularArithmetic

/// Why a text is not a vector file.
public enum VectorFileError: Error, Equatable, Sendable {
    /// The text is not JSON, or a field is missing, unknown or malformed.
    case document(DocumentError)
    /// No suite reads files of this schema.
    case unknownSchema(String)
    /// Files of this schema have no such profile.
    case unknownProfile(String, schema: String)
    /// Files of this schema have no such groups.
    case unknownGroupType(String, schema: String)
    /// The file has no group, or a group has no test.
    case noTests
    /// The file says it has another number of tests.
    case wrongCount(stated: Int, actual: Int)
    /// Two tests have one number.
    case duplicateTest(tcID: Int)
    /// A test has a flag that the file's notes do not explain.
    case unexplainedFlag(String, tcID: Int)
    /// A group's numbers (p, q, g, t) break a rule.
    case group(SchnorrGroupRule)
}

extension VectorFileError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .document(let error): error.description
        case .unknownSchema(let schema): "no suite reads files of the schema \u{22}\(schema)\u{22}"
        case .unknownProfile(let profile, let schema): "\(schema) has no profile \u{22}\(profile)\u{22}"
        case .unknownGroupType(let type, let schema): "\(schema) has no groups of the type \u{22}\(type)\u{22}"
        case .noTests: "the file or one of its groups has no tests"
        case .wrongCount(let stated, let actual): "numberOfTests is \(stated), and there are \(actual)"
        case .duplicateTest(let tcID): "two tests have the tcId \(tcID)"
        case .unexplainedFlag(let flag, let tcID):
            "test \(tcID) has the flag \u{22}\(flag)\u{22}, which notes do not explain"
        case .group(let rule): "the group parameters are not usable: \(rule)"
        }
    }
}

/// Runs a step that reads a document's fields, and names the document as the cause where it fails.
func reading<T>(_ step: () throws(DocumentError) -> T) throws(VectorFileError) -> T {
    do { return try step() } catch { throw .document(error) }
}
