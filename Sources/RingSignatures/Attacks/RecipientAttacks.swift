import ModularArithmetic

extension AttackBench {
    /// A designated signature with the value D shared by signer and recipient: y_R^x_S, static, as one might read "the
    /// shared numbers will be used", which is careless; or y_R^e. E = g^e with the e given.
    private mutating func designatedSignature(
        _ algorithm: LiteralAlgorithm1, ring: [Natural], signer: Int, secret x: Natural, recipient: Natural,
        ephemeral e: Natural, isStatic: Bool
    ) -> LiteralSignature {
        let ephemeral = group.p.powerVariableTime(group.g.value, e)
        let lambda = algorithm.lambda(
            message: Self.message, ring: ring, recipient: recipient, ephemeral: ephemeral)
        let shared = group.p.powerVariableTime(recipient, isStatic ? x : e)
        let counted = cost
        let kappa = carelessKappa(lambda, ephemeral, shared, member: ring[signer], recipient: recipient)
        cost = counted
        cost.signatures += 1
        return algorithm.sign(
            message: Self.message, ring: ring, recipient: recipient, signer: signer, secret: x,
            nonce: group.q.add(e, kappa), ephemeral: ephemeral, using: &draws)
    }

    /// A8. A recipient key w of small order R: D = w^x_S takes R values. Who tries them all learns S, and x_S mod R.
    ///
    /// Taking κ from D = y_R^e = E^x_R does not help by itself: the search then gives S to everybody, and e mod R. Since
    /// e = c_S·x_S + β_S − κ mod q, a few such signatures are a hidden number problem whose solution is x_S. What helps is
    /// sub(y_R).
    mutating func smallOrderRecipient() throws(AttackError) -> AttackReport {
        let members = try members(4)
        let ring = members.map(\.y)
        let careless = LiteralAlgorithm1(group, reading: .careful.with(\.keys, .none))
        let checked = LiteralAlgorithm1(group, reading: .careful)
        var (found, modulus) = (Natural(0), Natural(1))
        var finds = true
        var controls: [(String, String?)] = []
        var defaults: [(String, String?)] = []
        let orders = smallOrders()
        guard orders.contains(where: { $0.power > 2 }) else { throw .noSmallOrder }
        for order in orders {
            let w = element(ofOrder: order)
            let signature = designatedSignature(
                careless, ring: ring, signer: 2, secret: members[2].x, recipient: w, ephemeral: exponent(),
                isStatic: true)
            finds = finds && careless.verify(signature, recipient: w)
            guard let (signer, residue) = scan(careless, signature, w: w, order: order.power), signer == 2 else {
                finds = false
                continue
            }
            // x ≡ found (mod modulus), x ≡ residue (mod order)
            while found % Natural(UInt64(order.power)) != Natural(UInt64(residue)) { found = found + modulus }
            modulus = modulus * Natural(UInt64(order.power))
            if order.power == orders.map(\.power).max() {
                controls.append(
                    ("sub(y_R) before use", refusal(accepted: checked.verify(signature, recipient: w))))
                defaults.append(("the key of order \(order.power)", refusal(key: w, c: exponent(), s: exponent())))
                var options = SigningOptions()
                options.recipient = members[0].key
                var fields = try honestSignature(of: Self.message, by: members[2], in: members, options: options).fields
                fields.recipient = w
                defaults.append(("a signature for that recipient", refusal(fields, message: Self.message)))
            }
        }
        finds = finds && found == members[2].x % modulus
        let largest = orders.max { $0.power < $1.power } ?? orders[0]
        let (w, e) = (element(ofOrder: largest), exponent())
        let fresh = designatedSignature(
            careless, ring: ring, signer: 2, secret: members[2].x, recipient: w, ephemeral: e, isStatic: false)
        let leak = scan(careless, fresh, w: w, order: largest.power)
        let leaks = leak?.signer == 2 && leak.map { Natural($0.residue) } == e % Natural(largest.power)
        return report(
            .smallOrderRecipient,
            [
                "careless designation: kappa is hashed from y_R^x_S, and y_R is not checked",
                "the recipient registers keys of the orders \(orders.map { String($0.power) }.joined(separator: ", "))",
                "for each order R, every w^k, k < R, is tried: the one that confirms somebody gives S and x_S mod R",
                "\(modulus.bitWidth - 1) bits of x_S found",
                "kappa from y_R^e instead: the same search gives S and e mod R, bits of the nonce in every signature",
            ],
            breaks: [
                ("the signer, and x_S modulo \(modulus.decimal)", finds),
                ("with kappa from y_R^e, the signer, and e modulo \(largest.power)", leaks),
            ], controls: controls, defaults: defaults)
    }

    /// The prime powers below 2¹⁶ whose primes divide (p − 1)/q.
    private func smallOrders() -> [(prime: UInt64, power: UInt64)] {
        var (rest, divisor) = (group.cofactor, UInt64(2))
        var orders: [(prime: UInt64, power: UInt64)] = []
        while divisor < 1 << 16 {
            var power: UInt64 = 1
            while (rest % Natural(divisor)).isZero {
                rest = rest / Natural(divisor)
                if power * divisor < 1 << 16 { power *= divisor }
            }
            if power > 1 { orders.append((divisor, power)) }
            divisor += 1
        }
        return orders
    }

    private mutating func element(ofOrder order: (prime: UInt64, power: UInt64)) -> Natural {
        while true {
            let w = power(unit(), (group.p.value - 1) / Natural(order.power))
            if group.p.powerVariableTime(w, Natural(order.power / order.prime)) != 1 { return w }
        }
    }

    /// The member and the k below `order` with E·g^κ(w^k) = Y/α.
    private mutating func scan(
        _ algorithm: LiteralAlgorithm1, _ signature: LiteralSignature, w: Natural, order: UInt64
    ) -> (signer: Int, residue: UInt64)? {
        guard let ephemeral = signature.ephemeral else { return nil }
        let lambda = algorithm.lambda(signature, recipient: w)
        let opened = signature.ring.indices.map { algorithm.freeValue(signature, member: $0, recipient: w) }
        cost.exponentiations += 2 * opened.count
        var shared = Natural(1)
        for k in 0..<order {
            for index in signature.ring.indices {
                let kappa = carelessKappa(lambda, ephemeral, shared, member: signature.ring[index], recipient: w)
                if multiply(ephemeral, power(group.g.value, kappa)) == opened[index] { return (index, k) }
            }
            shared = multiply(shared, w)
        }
        return nil
    }

    /// A20. y_R := h = H_G("link", context), a key without an owner. Then D = y_R^x_S = h^x_S = τ is published.
    mutating func unprovedRecipient() throws(AttackError) -> AttackReport {
        let members = try members(4)
        let ring = members.map(\.y)
        let base = PaperStatement.linkingBase([], hash)
        let tag = group.p.powerVariableTime(base.value, members[2].x)
        let careless = LiteralAlgorithm1(group, reading: .careful)
        let signature = designatedSignature(
            careless, ring: ring, signer: 2, secret: members[2].x, recipient: base.value, ephemeral: exponent(),
            isStatic: true)
        let found = carelesslyConfirmed(careless, signature, recipient: base.value, shared: tag)

        // A form that takes kappa from E^x_R, the recipient's key being the base all the same.
        let unproved = VerificationKey(group: group, y: base, label: "", proof: members[0].key.proof)
        var options = SigningOptions()
        options.recipient = unproved
        options.isLinkable = true
        let designated = try honestSignature(of: Self.message, by: members[2], in: members, options: options)
        let opened = confirmed(designated, message: Self.message, shared: tag)
        let sameTag = designated.linkingTag?.value == tag
        return report(
            .unprovedRecipient,
            [
                "careless designation: kappa is hashed from y_R^x_S, and no key needs a proof",
                "the recipient's key is the linking base h, so y_R^x_S is the signer's published tag",
            ],
            breaks: [("the signer of a designated signature, without any secret", found == [2])],
            controls: [
                ("kappa from E^x_R, the same key and tag", sameTag && opened.isEmpty ? "not-confirmed" : nil)
            ],
            defaults: [
                ("h as a key, with a made-up proof", refusal(key: base.value, c: exponent(), s: exponent())),
                (
                    "h as a key, with another key's proof",
                    refusal(key: base.value, c: members[0].key.proof.c.value, s: members[0].key.proof.s.value)
                ),
            ])
    }
}
