/// Why numbers are not what FIPS 186-4 App. A gives for their seed.
public enum ParameterFault: Error, Equatable, Sendable {
    /// The procedure gives nothing for these sizes and this seed.
    case generation(GroupGenerationError)
    /// The counter is not one that the procedure reaches: 0 … 4L − 1.
    case counterOutOfRange(Int)
    /// q, above 2, does not divide p − 1; or p is below 5 or has more bits than are worked with.
    case qDoesNotDividePMinusOne
    /// Another q comes from the seed.
    case qMismatch
    /// p is not prime.
    case pIsNotPrime
    /// No p, or another one, comes from the seed by the given number of candidates.
    case pMismatch
    /// p comes from the seed, after another number of candidates.
    case counterMismatch(expected: Int)
    /// h or g is not a number of its place.
    case outOfRange
    /// g^q mod p is not 1.
    case gHasOtherOrder
    /// Another g comes from h, or from the seed and the index.
    case gMismatch
    /// No count gives a generator: q is not a prime factor of p − 1.
    case noGenerator
}

extension ParameterFault {
    /// The fault as a stable word.
    public var code: String {
        switch self {
        case .generation(let error): error.code
        case .counterOutOfRange: "counter-range"
        case .qDoesNotDividePMinusOne: "q-divides-p-minus-1"
        case .qMismatch: "q-mismatch"
        case .pIsNotPrime: "p-prime"
        case .pMismatch: "p-mismatch"
        case .counterMismatch: "counter-mismatch"
        case .outOfRange: "range"
        case .gHasOtherOrder: "g-order"
        case .gMismatch: "g-mismatch"
        case .noGenerator: "no-generator"
        }
    }
}

extension ParameterFault: CustomStringConvertible {
    /// The fault as a sentence.
    public var description: String {
        switch self {
        case .generation(let error): "\(error)"
        case .counterOutOfRange(let counter): "the procedure does not reach the counter \(counter)"
        case .qDoesNotDividePMinusOne: "q does not divide p - 1"
        case .qMismatch: "the seed gives another q"
        case .pIsNotPrime: "p is not prime"
        case .pMismatch: "the seed gives another p"
        case .counterMismatch(let expected): "the seed gives p after \(expected) candidates"
        case .outOfRange: "the number is outside the range of its place"
        case .gHasOtherOrder: "g does not have order q modulo p"
        case .gMismatch: "another g comes from the input"
        case .noGenerator: "no count gives a generator"
        }
    }
}
