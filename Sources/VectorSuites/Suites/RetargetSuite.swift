import ByteCoding
import ModularArithmetic
import ProofOfWork

/// Retargeting: `Next` groups (what follows a period), `Transition` groups (what may follow, whatever the times), both
/// with the rules' numbers as parameters, and `Rules` groups (which numbers make sense).
struct RetargetSuite: VectorSuite {
    static let schemas = [(schema: "retarget.schema.json", profiles: ["bitcoin"])]

    enum Inputs {
        case next(RetargetRules, CompactTarget, firstTime: UInt32, lastTime: UInt32, claimed: CompactTarget)
        case transition(RetargetRules, height: Int, from: CompactTarget, to: CompactTarget)
        case rules(Numbers)
    }

    struct Numbers {
        let interval: Int
        let spacing: Int
        let limit: Natural

        init(_ document: inout DocumentReader) throws(DocumentError) {
            interval = try document.count("interval")
            spacing = try document.count("spacing")
            limit = try document.natural("limit")
        }

        func rules() throws(RetargetError) -> RetargetRules {
            try RetargetRules(interval: interval, spacing: spacing, limit: limit)
        }
    }

    private enum Kind {
        case next(RetargetRules)
        case transition(RetargetRules)
        case rules
    }

    private let kind: Kind

    init(
        type: String, schema: String, parameters: inout DocumentReader, previous: RetargetSuite?
    ) throws(VectorFileError) {
        switch type {
        case "Next": kind = .next(try Self.rules(&parameters))
        case "Transition": kind = .transition(try Self.rules(&parameters))
        case "Rules": kind = .rules
        default: throw .unknownGroupType(type, schema: schema)
        }
    }

    private static func rules(_ parameters: inout DocumentReader) throws(VectorFileError) -> RetargetRules {
        let numbers: Numbers
        do { numbers = try Numbers(&parameters) } catch { throw .document(error) }
        do { return try numbers.rules() } catch {
            throw .document(.malformed(field: parameters.path("interval"), reason: error.description))
        }
    }

    func read(_ test: inout DocumentReader) throws(DocumentError) -> Inputs {
        switch kind {
        case .next(let rules):
            return .next(
                rules, try test.compactTarget("bits"), firstTime: try test.word("firstTime"),
                lastTime: try test.word("lastTime"), claimed: try test.compactTarget("next"))
        case .transition(let rules):
            return .transition(
                rules, height: try test.count("height"), from: try test.compactTarget("bits"),
                to: try test.compactTarget("next"))
        case .rules:
            return .rules(try Numbers(&test))
        }
    }

    func run(_ inputs: Inputs) -> String? {
        do throws(RetargetError) {
            switch inputs {
            case .next(let rules, let bits, let firstTime, let lastTime, let claimed):
                let next = try rules.next(after: bits, firstTime: firstTime, lastTime: lastTime)
                return next == claimed ? nil : "bits-mismatch"
            case .transition(let rules, let height, let bits, let next):
                try rules.checkTransition(height: height, from: bits, to: next)
                return nil
            case .rules(let numbers):
                _ = try numbers.rules()
                return nil
            }
        } catch {
            return error.code
        }
    }
}
