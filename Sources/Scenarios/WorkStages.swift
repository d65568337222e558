@_spi(Literal) import HashWork

extension HospitalStory {
    /// Alice and Bob run the paper's protocol honestly, with both hashes, and then the repaired one.
    mutating func honestWork() throws -> Stage {
        var recorder = StageRecorder()
        let k = 1024
        recorder.input("kA, kB", "\(k), \(k)")
        for hash in WorkHash.allCases {
            var alice = try LiteralAlice(hash: hash, k: k, using: &random)
            var bob = try LiteralBob(hash: hash, k: k, using: &random)
            try exchange(&alice, &bob)
            let accepted = alice.verdict == .accept && bob.verdict == .accept
            recorder.output(
                "\(hash.rawValue), literal",
                "\(verdicts(alice.verdict, bob.verdict)), \(bob.cost.sha256Calls) calls "
                    + "of SHA-256 by Bob", holds: accepted && bob.cost.sha256Calls == 2 * k * hash.callsPerEvaluation)
        }
        var alice = try WorkParty(role: .alice, name: "alice", peerName: "bob", k: k, using: &random)
        var bob = try WorkParty(role: .bob, name: "bob", peerName: "alice", k: k, using: &random)
        try exchange(&alice, &bob)
        recorder.output(
            "sha256d, repaired", verdicts(alice.verdict, bob.verdict),
            holds: alice.verdict == .accept && bob.verdict == .accept)
        return recorder.stage("honest work", condition: "both sides accept, and pay for the work that they claim")
    }

    /// Bob answers from Alice's own messages: accepted under SHA-256d, caught under SHA-256.
    mutating func mirrorAttack() throws -> Stage {
        var recorder = StageRecorder()
        recorder.input("Bob's first value", "B0 = SHA-256(A0), kB = kA - 1")
        recorder.input("Bob's answer", "SHA-256 of Alice's step 7")
        for k in [17, 1024, 16384] {
            var alice = try LiteralAlice(hash: .sha256d, k: k, using: &random)
            var bob = MirrorBob()
            try exchange(&alice, &bob)
            recorder.output(
                "sha256d, kA = \(k)",
                "Alice: \(alice.verdict.code); Bob paid \(bob.cost.sha256Calls) calls of SHA-256, "
                    + "honest work is \(2 * k)", holds: alice.verdict == .accept && bob.cost.sha256Calls == 2)
        }
        var alice = try LiteralAlice(hash: .sha256, k: 1024, using: &random)
        var bob = MirrorBob()
        _ = try? exchange(&alice, &bob)  // Alice's verdict holds the reason.
        recorder.output(
            "sha256, kA = 1024", "Alice: \(alice.verdict.code)", holds: alice.verdict.code == "self-chain")
        return recorder.stage(
            "mirror attack",
            condition: "Alice accepts 2 calls of SHA-256 for any kA from 17 up where H is SHA-256d, "
                + "and catches it where H is SHA-256")
    }

    private func verdicts(_ alice: WorkVerdict, _ bob: WorkVerdict) -> String {
        "Alice: \(alice.code), Bob: \(bob.code)"
    }
}
