import Foundation
import RingSignatures
import Support
import Testing

// README begin
func signForTheRing() throws -> RingSignature {
    let group = EmbeddedGroups.standard.group  // 3072/256 bits
    var random = SystemRandomNumberGenerator()
    let amara = try SigningKey(group: group, label: "Dr Amara", using: &random)
    let bao = try SigningKey(group: group, label: "Dr Bao", using: &random)
    let ring = try Ring([amara.verificationKey, bao.verificationKey])  // proofs checked, sorted
    let signature = try ring.sign(message: Array("referral".utf8), with: bao)
    try signature.verify(message: Array("referral".utf8))  // throws the reason if it is not valid
    return signature
}
// README end

@Suite("The README's example") struct ReadmeExampleTests {
    @Test("it runs, and its signature is refused for another message")
    func runs() throws {
        let signature = try signForTheRing()
        #expect(throws: RingSignatureError.ringEquation) { try signature.verify(message: Array("referrals".utf8)) }
    }

    @Test("the README shows the code that is compiled here")
    func isQuoted() throws {
        let source = try String(
            contentsOf: RepositoryRoot.url("Tests/RingSignaturesTests/ReadmeExampleTests.swift"), encoding: .utf8)
        let readme = try String(contentsOf: RepositoryRoot.url("README.md"), encoding: .utf8)
        let parts = source.components(separatedBy: "// README ")
        let example = try #require(parts.first { $0.hasPrefix("begin\n") }).dropFirst("begin\n".count)
        #expect(readme.contains("```swift\n\(example)```"))
    }
}
