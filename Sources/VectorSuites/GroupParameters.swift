import ByteCoding
import ModularArithmetic

extension SchnorrGroup {
    /// The group that the `groupParameters` of a test group spell, every rule checked.
    ///
    /// - Parameter previous: The group of the test group before, whose numbers are not checked again.
    init(parameters: inout DocumentReader, previous: SchnorrGroup?) throws(VectorFileError) {
        let (p, q, g, t) = try reading { () throws(DocumentError) in
            var numbers = try parameters.object("groupParameters")
            let read = (
                try numbers.natural("p"), try numbers.natural("q"), try numbers.natural("g"),
                try numbers.optionalNatural("t")
            )
            try numbers.finish()
            return read
        }
        if let previous, previous.p.value == p, previous.q.value == q, previous.g.value == g, previous.t == t {
            self = previous
        } else {
            do { self = try SchnorrGroup(validating: p, q: q, g: g, t: t) } catch { throw .group(error) }
        }
    }
}
