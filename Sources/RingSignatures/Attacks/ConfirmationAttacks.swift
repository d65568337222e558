import ModularArithmetic

extension AttackBench {
    /// A2. The printed confirmation in its three readings: as printed it holds for nobody, with a free W for everybody,
    /// with a revealed K for every member who wants it to.
    mutating func vacuousConfirmation() throws(AttackError) -> AttackReport {
        let members = try members(4)
        let recipient = try member()
        let printed = LiteralAlgorithm1(group)
        cost.signatures += 1
        let signature = printed.sign(
            message: Self.message, ring: members.map(\.y), recipient: recipient.y, signer: 1, secret: members[1].x,
            using: &draws)
        let places = members.indices
        let literally = places.filter { printed.confirmsAsPrinted(signature, member: $0, secret: recipient.x) }
        let freely = places.filter { place in
            cost.exponentiations += 2
            let w = printed.freeValue(signature, member: place, recipient: recipient.y)
            return printed.confirms(signature, member: place, recipient: recipient.y, value: w)
        }
        let lambda = printed.lambda(signature, recipient: recipient.y)
        let shown = places.filter { place in
            let pair = signature.pairs[place]
            let c = printed.exponent(pair.alpha, lambda: lambda, index: place)
            let k = group.q.add(pair.beta, group.q.multiply(c, members[place].x))
            cost.multiplications += 1
            return printed.confirms(signature, member: place, recipient: recipient.y, nonce: k)
        }
        var options = SigningOptions()
        options.recipient = recipient.key
        let designated = try honestSignature(of: Self.message, by: members[1], in: members, options: options)
        let shared = group.p.powerVariableTime(designated.ephemeral.value, recipient.x)
        let confirmed = confirmed(designated, message: Self.message, shared: shared)
        let stranger = try member()
        let wrong = group.p.powerVariableTime(designated.ephemeral.value, stranger.x)
        let byStranger = self.confirmed(designated, message: Self.message, shared: wrong)
        return report(
            .vacuousConfirmation,
            [
                "member 1 signed; the equations are evaluated for all four members",
                "SK_R as the recipient's exponent: they hold for \(literally.count) of 4",
                "SK_R as any value W: W = Y/alpha fits \(freely.count) of 4",
                "SK_R as g^K: each member j shows K = beta_j + c_j x_j, and it fits \(shown.count) of 4",
            ],
            breaks: [
                ("the printed equations fail even for the signer", literally.isEmpty),
                ("a value W that confirms each member", freely == Array(places)),
                ("a value K that confirms each member", shown == Array(places)),
            ],
            defaults: [
                ("confirming member 0, 2 or 3", confirmed == [1] ? "not-confirmed" : nil),
                ("confirming with another recipient's key", byStranger.isEmpty ? "not-confirmed" : nil),
            ])
    }

    /// A3. x = (K − β_S)/c_S, with c = α in the text.
    mutating func revealedKey() throws(AttackError) -> AttackReport {
        let members = try members(4)
        let recipient = try member()
        let printed = LiteralAlgorithm1(group)
        let k = exponent()
        cost.signatures += 1
        let signature = printed.sign(
            message: Self.message, ring: members.map(\.y), recipient: recipient.y, signer: 1, secret: members[1].x,
            nonce: k, using: &draws)
        let confirms = printed.confirms(signature, member: 1, recipient: recipient.y, nonce: k)
        let lambda = printed.lambda(signature, recipient: recipient.y)
        let pair = signature.pairs[1]
        let x = quotient(
            group.q.subtract(k, pair.beta), printed.exponent(pair.alpha, lambda: lambda, index: 1))
        stopCounting()

        var options = SigningOptions()
        options.recipient = recipient.key
        let designated = try honestSignature(of: Self.message, by: members[1], in: members, options: options)
        let statement = statement(of: designated, message: Self.message)
        let shared = group.p.powerVariableTime(designated.ephemeral.value, recipient.x)
        let kappa = PaperSigner.kappa(
            statement, ephemeral: designated.ephemeral, shared: group.p.secret(shared), member: designated.ring[1],
            recipient: recipient.key.y
        ).declassified()
        let guess = quotient(
            group.q.subtract(kappa, designated.beta[1].value), statement.challenge(1, designated.alpha[1]).value)
        return report(
            .revealedKey,
            [
                "the signer shows K, and both equations hold for W = g^K",
                "the recipient computes x = (K - beta)/alpha mod q",
            ],
            breaks: [("the signer's secret key", confirms && x == members[1].x)],
            defaults: [
                (
                    "the same formula with kappa, which is all that the recipient learns",
                    guess.map { refusal(secret: $0, of: members[1].key) } ?? "no-solution"
                )
            ])
    }

    /// A18. c = α: recipient R and member S frame member B. They choose α_B first, publish E = g^e·y_B^α_B, and set
    /// β_B = e + κ_B, for which E·g^κ_B = g^β_B·y_B^α_B: both confirmation equations hold for B. S closes the ring.
    mutating func literalExponent() throws(AttackError) -> AttackReport {
        let members = try members(4)
        let ring = members.map(\.y)
        let recipient = try member()
        func attempt(_ bench: inout AttackBench, _ reading: LiteralReading) -> Bool {
            let algorithm = LiteralAlgorithm1(bench.group, reading: reading)
            let frame = bench.frame(ring[3], recipient: recipient)
            let lambda = algorithm.lambda(
                message: Self.message, ring: ring, recipient: recipient.y, ephemeral: frame.ephemeral)
            let kappa = bench.carelessKappa(
                lambda, frame.ephemeral, frame.shared, member: ring[3], recipient: recipient.y)
            let pair = LiteralSignature.Pair(alpha: frame.alpha, beta: bench.group.q.add(frame.e, kappa))
            let k = bench.exponent()
            let signature = bench.close(
                algorithm, message: Self.message, ring: ring, recipient: recipient.y, at: 0,
                ephemeral: frame.ephemeral, fixing: [3: pair]
            ) { target, lambda in
                algorithm.invert(target, secret: members[0].x, nonce: k, lambda: lambda, index: 0)
            }
            return algorithm.verify(signature, recipient: recipient.y)
                && bench.carelesslyConfirmed(algorithm, signature, recipient: recipient.y, shared: frame.shared) == [3]
        }
        let isBroken = attempt(&self, .careful.with(\.exponent, .alpha))
        stopCounting()
        let control = attempt(&self, .careful)

        let frame = frame(ring[3], recipient: recipient)
        var code: String?
        do {
            let statement = try statement(
                of: Self.message, ring: ring, ephemeral: frame.ephemeral, recipient: recipient.y)
            let kappa = PaperSigner.kappa(
                statement, ephemeral: try group.element(frame.ephemeral), shared: group.p.secret(frame.shared),
                member: members[3].key.y, recipient: recipient.key.y
            ).declassified()
            let pair = LiteralSignature.Pair(alpha: frame.alpha, beta: group.q.add(frame.e, kappa))
            let fields = try insiderSignature(
                of: Self.message, ring: ring, at: 0, secret: members[0].x, ephemeral: frame.ephemeral,
                recipient: recipient.y, fixing: [3: pair])
            let signature = try RingSignature(checking: fields, in: group)
            code =
                refusal(fields, message: Self.message)
                ?? (confirmed(signature, message: Self.message, shared: frame.shared).contains(3)
                    ? nil : "not-confirmed")
        } catch let error as RingSignatureError { throw .signature(error) } catch let error as GroupValueError {
            throw .value(error)
        } catch let error as AttackError { throw error } catch { preconditionFailure("no other error is thrown") }
        return report(
            .literalExponent,
            [
                "recipient and member 0 choose alpha_3 and e, publish E = g^e y_3^alpha_3, and set beta_3 = e + kappa_3",
                "member 0 closes the ring; the recipient's two equations hold for member 3, and for no other",
            ],
            breaks: [("member 3 confirmed for what member 0 signed", isBroken)],
            controls: [("c = H_q(lambda(E), i, alpha)", refusal(accepted: control))],
            defaults: [("the same, betting on c_3 = alpha_3", code)])
    }

    private mutating func frame(_ y: Natural, recipient: Member) -> (
        alpha: Natural, e: Natural, ephemeral: Natural, shared: Natural
    ) {
        let (alpha, e) = (unit(), exponent())
        let ephemeral = multiply(power(group.g.value, e), power(y, group.q.reduce(alpha)))
        return (alpha, e, ephemeral, power(ephemeral, recipient.x))
    }

    /// κ of a careless designation: H_q("careless-kappa", λ, E, D, yᵢ, y_R).
    mutating func carelessKappa(
        _ lambda: [UInt8], _ ephemeral: Natural, _ shared: Natural, member: Natural, recipient: Natural
    ) -> Natural {
        cost.hashes += 1
        let items = [ephemeral, shared, member, recipient].map { group.encode(element: $0) }
        return hash.scalar("careless-kappa", [lambda] + items).value
    }

    /// The members for whom both equations hold with W = E·g^κ.
    mutating func carelesslyConfirmed(
        _ algorithm: LiteralAlgorithm1, _ signature: LiteralSignature, recipient: Natural, shared: Natural
    ) -> [Int] {
        guard let ephemeral = signature.ephemeral else { return [] }
        let lambda = algorithm.lambda(signature, recipient: recipient)
        return signature.ring.indices.filter { index in
            let kappa = carelessKappa(lambda, ephemeral, shared, member: signature.ring[index], recipient: recipient)
            let w = multiply(ephemeral, power(group.g.value, kappa))
            return algorithm.confirms(signature, member: index, recipient: recipient, value: w)
        }
    }
}
