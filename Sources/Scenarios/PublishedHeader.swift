/// Bitcoin main-network headers from public record, each with its height and id: what our proof of work is held against.
public struct PublishedHeader: Sendable {
    /// The block's height.
    public let height: Int
    /// The 80 bytes in hexadecimal.
    public let header: String
    /// The id in display order.
    public let id: String

    /// The first block, and later ones with other targets. Sources: Bitcoin Core's `chainparams.cpp` (0), the Bitcoin wiki's
    /// block hashing example (125552), bitcoinj's checkpoint file (the others).
    public static let bitcoin: [PublishedHeader] = [
        PublishedHeader(
            height: 0,
            header: "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd"
                + "7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c",
            id: "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"),
        PublishedHeader(
            height: 32256,
            header: "010000004b0360d834a330ec7833e30e1f523ee05a0793361e29a73421964f980000000027b64a02"
                + "0af294e903feed93768705336a20090612a043f47af462a2f5e5b564f8ee3a4b6ad8001dd3a43707",
            id: "000000004f2886a170adb7204cb0c7a824217dd24d11a74423d564c4e0904967"),
        PublishedHeader(
            height: 68544,
            header: "01000000fb57c71ccd211b3de4ccc2e23b50a7cdb72aab91e60737b3a2bfdf030000000088a88ad9"
                + "df68925e880e5d52b7e50cef225871c68b40a2cd0bca1084cd436037f388404cfd68011caeb1f801",
            id: "0000000000519051eb5f3c5943cdbc176a0eff4e1fbc3e08287bdb76299b8e5c"),
        PublishedHeader(
            height: 125552,
            header: "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000e320b6c2"
                + "fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a42a14695",
            id: "00000000000000001e8d6829a8a21adc5d38d0a473b144b6765798e61f98bd1d"),
        PublishedHeader(
            height: 225792,
            header: "020000003b46c1168f47b1248365f16e7eb17ff3d20ec3cd523204583a000000000000002e01facd"
                + "397a00a33c44db0e685e6f208271b06975b4f7bb7d8effc6b2f98a491a8b4151fa75031aa239d87a",
            id: "0000000000000024b134023619ea04aa80d572b9bafe09383b91db31c13ca4d2"),
        PublishedHeader(
            height: 419328,
            header: "00000020422ec39ea4260ebf42421dbf863357c49852dac2b40418050000000000000000f9de9f6a"
                + "7328843df7f1a372451d854ce8431be9dde68630d95a97737079570e31ee7a57fd260518be71a750",
            id: "000000000000000004a1b34462cb8aeebd5799177f7a29cf28f2d1961716b5b5"),
        PublishedHeader(
            height: 504000,
            header: "0000002023922ab77be55efd05cee12392a2b93793f2669fa30d720000000000000000003cb99a54"
                + "e8356ef7a0bb85421ed8cc783734586782368d7cb0aed5de0cfe956162b1595a8c577e1749b786df",
            id: "0000000000000000006cd44d7a940c79f94c7c272d159ba19feb15891aa1ea54"),
        PublishedHeader(
            height: 840672,
            header: "04e000204be80184cc04d777daad1189724bc32a949e04601ebf0200000000000000000078ce8a11"
                + "95d00b58c530046ec369868aa4cc856bf139ef2636192ced886ed412881c2966db3103172b1d1f06",
            id: "00000000000000000001d2cbad2209f51143679b6797aef393a45e82eb88a9ae"),
    ]
}
