import ByteCoding
import ProofOfWork
import Testing

/// A header of Bitcoin's main network, as a fact: its hash proves it. From `Vectors/Generators/facts`, which names the
/// sources.
struct KnownHeader: CustomTestStringConvertible, Sendable {
    let height: Int
    let bits: UInt32
    let header: String
    /// In display order.
    let hash: String

    var testDescription: String { "block \(height)" }

    func decoded() throws -> BlockHeader { try BlockHeader(bytes: Hex.decode(header)) }

    static let genesis = all[0]

    static let all = [
        KnownHeader(
            height: 0, bits: 0x1d00_ffff,
            header: "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd"
                + "7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c",
            hash: "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"),
        KnownHeader(
            height: 32256, bits: 0x1d00_d86a,
            header: "010000004b0360d834a330ec7833e30e1f523ee05a0793361e29a73421964f980000000027b64a02"
                + "0af294e903feed93768705336a20090612a043f47af462a2f5e5b564f8ee3a4b6ad8001dd3a43707",
            hash: "000000004f2886a170adb7204cb0c7a824217dd24d11a74423d564c4e0904967"),
        KnownHeader(
            height: 68544, bits: 0x1c01_68fd,
            header: "01000000fb57c71ccd211b3de4ccc2e23b50a7cdb72aab91e60737b3a2bfdf030000000088a88ad9"
                + "df68925e880e5d52b7e50cef225871c68b40a2cd0bca1084cd436037f388404cfd68011caeb1f801",
            hash: "0000000000519051eb5f3c5943cdbc176a0eff4e1fbc3e08287bdb76299b8e5c"),
        KnownHeader(
            height: 125552, bits: 0x1a44_b9f2,
            header: "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000e320b6c2"
                + "fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a42a14695",
            hash: "00000000000000001e8d6829a8a21adc5d38d0a473b144b6765798e61f98bd1d"),
        KnownHeader(
            height: 274176, bits: 0x1904_ba6e,
            header: "0200000034987781eb96d1c21bdb7a540b041621fe3514bfc0ed04b70200000000000000b6369fbe"
                + "9e711c2f6d0c3cb0ecf0ee14657abc54a6b7b9152d2c5a5fb7e433010e21a7526eba0419c180d2b7",
            hash: "0000000000000003cbb18a8ea04e14452ad0c3bc92ed709e4df5a50b2a24da0e"),
        KnownHeader(
            height: 504000, bits: 0x177e_578c,
            header: "0000002023922ab77be55efd05cee12392a2b93793f2669fa30d720000000000000000003cb99a54"
                + "e8356ef7a0bb85421ed8cc783734586782368d7cb0aed5de0cfe956162b1595a8c577e1749b786df",
            hash: "0000000000000000006cd44d7a940c79f94c7c272d159ba19feb15891aa1ea54"),
        KnownHeader(
            height: 878976, bits: 0x1702_8c61,
            header: "0080cb2a84fa5fcdb3c448a0dc7f38c6a7e55f1261fcec2f0b6d00000000000000000000a2282f81"
                + "592e007e389fa35ed4a9f5559c2ebf12fa76b54f0316668dcba6d961af1f8467618c02178c74d981",
            hash: "00000000000000000002819359a9af460f342404bec23e7478512a619584083b"),
    ]
}
