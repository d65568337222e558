import CPeers
import ModularArithmetic

/// The paper's ring signature by two `mpz_powm` a member: see `straightforward_ring.c`.
final class StraightforwardRing {
    private let ring: OpaquePointer
    private let group: SchnorrGroup
    private let context: [UInt8]
    private let message: [UInt8]

    init(group: SchnorrGroup, keys: [Natural], context: [UInt8], message: [UInt8]) {
        self.group = group
        self.context = context
        self.message = message
        ring = cp_ring_new(
            group.encode(element: group.p.value), group.encode(scalar: group.q.value),
            group.encode(element: group.g.value), group.elementByteCount, group.scalarByteCount,
            keys.flatMap { group.encode(element: $0) }, keys.count)
    }

    deinit { cp_ring_free(ring) }

    /// A signature's values, and the random ones that the signer's were made from, as bytes.
    struct Values {
        var ephemeral, delta: [UInt8]
        var alpha, beta: [UInt8]
    }

    func verify(_ values: Values) -> Bool {
        cp_ring_verify(
            ring, values.ephemeral, values.delta, values.alpha, values.beta, context, context.count, message,
            message.count)
            == 1
    }

    /// Signs as the member at `signer`; alpha and beta hold the others' random values.
    func sign(
        signer: Int, x: [UInt8], e: [UInt8], kappa: [UInt8], u: [UInt8], alpha: [UInt8], beta: [UInt8]
    ) -> Values {
        var values = Values(
            ephemeral: [UInt8](repeating: 0, count: group.elementByteCount),
            delta: [UInt8](repeating: 0, count: group.elementByteCount), alpha: alpha, beta: beta)
        cp_ring_sign(
            ring, signer, x, e, kappa, u, &values.alpha, &values.beta, &values.ephemeral, &values.delta, context,
            context.count, message, message.count)
        return values
    }
}
