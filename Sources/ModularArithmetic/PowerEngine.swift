import CKernels

/// What computes the powers of a modulus. Every engine gives the same numbers.
///
/// The engine of a modulus is chosen when the modulus is made; naming it is for tests and measurements.
@_spi(Kernels) public enum PowerEngine: Hashable, Sendable, CaseIterable {
    /// GMP's limbs, one power after another.
    case gmp
    /// Eight powers at once, by the portable kernel. Slow: the twin that the other kernel is tested against.
    case portableLanes
    /// Eight powers at once, by the AVX-512 IFMA kernel.
    case avx512Lanes

    /// The fastest that the processor has and `RINGWORK_KERNELS` allows.
    public static let preferred: PowerEngine = ck_lanes_backend() == CK_AVX512 ? .avx512Lanes : .gmp

    /// Whether this processor can run it.
    public var isSupported: Bool { kernel.map { ck_lanes_is_supported($0) == 1 } ?? true }

    /// The lane kernel, or `nil` for GMP.
    var kernel: ck_backend? {
        switch self {
        case .gmp: nil
        case .portableLanes: CK_PORTABLE
        case .avx512Lanes: CK_AVX512
        }
    }
}
