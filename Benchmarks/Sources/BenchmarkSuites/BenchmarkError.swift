/// Why a run stops.
public enum BenchmarkError: Error, Equatable, Sendable {
    /// The two sides of a comparison compute different things: whatever they take, it says nothing.
    case outputsDiffer(id: String)
    /// There is no embedded group of this width.
    case noGroup(bits: Int)
    /// The process that measures with other kernels failed.
    case repeatFailed(kernels: String, status: Int32)
}

extension BenchmarkError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .outputsDiffer(let id): "\(id): ours and the peer compute different results, so nothing was measured"
        case .noGroup(let bits): "there is no embedded group with a modulus of \(bits) bits"
        case .repeatFailed(let kernels, let status):
            "measuring again with \(kernels) kernels failed with status \(status)"
        }
    }
}
