import ByteCoding
@_spi(Hazmat) public import ModularArithmetic

/// A group with the name and the provenance under which documents carry it.
public struct NamedGroup: Hashable, Sendable {
    /// The name: one of ``EmbeddedGroups/names``, or a document's own.
    public let name: String
    /// The numbers.
    public let group: SchnorrGroup
    /// Where the numbers come from; `nil` where the generator is not verifiable.
    public let provenance: GroupProvenance?

    /// A named group.
    public init(name: String, group: SchnorrGroup, provenance: GroupProvenance?) {
        self.name = name
        self.group = group
        self.provenance = provenance
    }

    /// Whether the group is one of the embedded ones, numbers included.
    public var isEmbedded: Bool { EmbeddedGroups.named(name) == self }
}

/// The groups that come with the library.
///
/// `ringwork-2048-256` and `ringwork-3072-256` are ``GroupGeneration/ringwork1(elementBits:scalarBits:seed:index:tCofactor:progress:)`` of
/// their own names in ASCII; the tests make them again. The other three are RFC 5114 §2.1 to §2.3: they come without t
/// and without a seed, so their generator is not verifiable.
public enum EmbeddedGroups {
    /// The names, the recommended one first.
    public static let names = all.map(\.name)

    /// The group called `name`, if there is one.
    public static func named(_ name: String) -> NamedGroup? { all.first { $0.name == name } }

    /// `ringwork-3072-256`, the default.
    public static var standard: NamedGroup { all[0] }

    private static let all: [NamedGroup] = [
        make(
            "ringwork-3072-256",
            p: """
                e26e4a1b73ea4942198815f98c47edf9103e91e7016709d2cf85b83216c15ef937a2188f2cd09933e6a3dc7ebb36158f\
                9f738877fc0f0a9e0ec5901081562c7d2909afdee7d78ff9cb56384be0df312920596c8b30acb902860428597a947e05\
                ff0abe7c60c2ce6422144cf4610e05f16eea02e8542d697043154459eeb0e1d06e96163f6f6eb1ce72289bfad053501d\
                764644edbe7329633b74e5b1636e94e5682b7ca1117171ba5f7150b38735660b7711c527450b923060bd382864b71626\
                e3c79bc75eb7d72f4b7414e471743d85716a8bbba98d29c27218ec1bd82597493d99b1f0dcb833e6da8a7557b4c3fc76\
                f2e60ea9a4c707ad98a685aba26ed2a69020d7420d31275e64e5322a12e759031edd5621cd5cb73c7f16fd348bf73d00\
                d72753eb97f1afca4d9ecf80f5449a27f584690c67c9774a1e12e1610ea7847c6e25645d0daf334ac676ca927295fc25\
                59cd65e3302330d38c3e38a63288c3e29e8e57817d982846602f25b9b70d475a608188c0388fe35453687e654d4847e1
                """,
            q: "9ddede02e86d53157918ddbdb295593bdc784caeefbfd0501ff2b9737f2c4bb7",
            g: """
                1100e379230408f5de911d53ff6d8ade8cfe611ef0597e21f51b2ea71e6d9b60f99d3f91b4a4a430cdcfee11acd429be\
                5111c3f5b8aaf145fc0e2b94df665d584186e91c2639f56e630b7756dd67858031b21ca04fb6010d58051e70b2f8a6ae\
                32d9c38b0d42fdee66b922373b46592f0215d605d8955215941475bcc20cdb3612b24da413b9e05ffd40e8bbb0f7eab6\
                a471e8eac58fabb2f85f7d8b9033a7675e0fed2099b27f0a5c6ba8f2ad82a99e947b21d6602b4bfd0f5990424cd9b4ed\
                28d4a77a3e36f4d6ca110e23b2a072c2c27b20e936417ea5cec762134b82ee69312f90e7bb4b6144927d3a5047258ede\
                dc3d6a28629f470d56f7a66bd8c7c4e3d2394792e4efd7b67d8af9e36b7c5f85a7be37812c9727b6357da73a49e769d7\
                b417c0106b0ab30442b9a4bf529de53a96d3ba5248535a1f617eb05ffe655abacfaf98b8d17c6ab72ff0b962db2eb3e6\
                b769395716ad0c28c188db824eb8559bf540b69abe65cf0eaac44ebfa41fea7f0b8a0e55e0fa2bf8f1fd4009bea59c40
                """,
            t: "4eef6f017436a98abc8c6eded94aac9dee3c265777dfe8280ff95cb9bf9625db",
            counter: 25),
        make(
            "ringwork-2048-256",
            p: """
                c79908c858effee0b058bbf5d050d0dab3c97d77368162d1fd8bb692dd2f9efd23ec249bb8dc00350c460df955b6b24e\
                da6e28b846fd3a00e374a4d37a40ac893c5b56a300658e485c051d5a4b4eb71958cbda9c9cf78c1beee66ddfd2fb21dd\
                221dab1115e15190b50c88ba5984ae7b3ad51912fc4b24decd69b4a6658bd032f0cd0a2f6223385992bd9f8033a853d1\
                3ee233f18e921a6a13c6c8d2d1742149c31ec52284ba921174ba20e451d7ac27cc2359255cb83482cb281787ba144c4c\
                fa2a7348a913847c32c91552b0068824527d7caf3be9afeb9008028dd8e1711fc6403085819fa895d1db2821645d4549\
                3aa06066d57b34d92b1b1e96cb78f07d
                """,
            q: "9251410d3dfb5f1d931c3bcb3d6f0ddd443c6c2e6988af9d885f578519295233",
            g: """
                3dbd141338fb13c8815c24ed31bdbf19dda8361de3015e1bc2762f856d559bc28b3fa64d4edc3095f1255aed811ec903\
                a7b8283ce5b4dddb250fb08fc496d1208ac2ca26e053bb85f5050dee3629225bbb457ffba9a5bab65610013da71e900c\
                612769b6c4ed2c52bf41fdc7fadb01853d68957ae6942e25c68138c9c1e29dac2180e9b182401854d2457387f152041e\
                a00f03b8673b1f61bda8a86d1e3a88a79c6395863093aff49e72edd75ebadedb73eb31c314d339273e06e7bda6eace96\
                de2bee422c2ad66cec6cb5dc94a76c551db639a2b89381865044839e90b4d39f098d496b22e2ec10b20b2089a78aad76\
                0165d06f9408946072b4433c902a31ca
                """,
            t: "4928a0869efdaf8ec98e1de59eb786eea21e361734c457cec42fabc28c94a919",
            counter: 1013),
        make(
            "rfc5114-1024-160",
            p: """
                b10b8f96a080e01dde92de5eae5d54ec52c99fbcfb06a3c69a6a9dca52d23b616073e28675a23d189838ef1e2ee652c0\
                13ecb4aea906112324975c3cd49b83bfaccbdd7d90c4bd7098488e9c219a73724effd6fae5644738faa31a4ff55bccc0\
                a151af5f0dc8b4bd45bf37df365c1a65e68cfda76d4da708df1fb2bc2e4a4371
                """,
            q: "f518aa8781a8df278aba4e7d64b7cb9d49462353",
            g: """
                a4d1cbd5c3fd34126765a442efb99905f8104dd258ac507fd6406cff14266d31266fea1e5c41564b777e690f5504f213\
                160217b4b01b886a5e91547f9e2749f4d7fbd7d3b9a92ee1909d0d2263f80a76a6a24c087a091f531dbf0a0169b6a28a\
                d662a4d18e73afa32d779d5918d08bc8858f4dcef97c2a24855e6eeb22b3b2e5
                """),
        make(
            "rfc5114-2048-224",
            p: """
                ad107e1e9123a9d0d660faa79559c51fa20d64e5683b9fd1b54b1597b61d0a75e6fa141df95a56dbaf9a3c407ba1df15\
                eb3d688a309c180e1de6b85a1274a0a66d3f8152ad6ac2129037c9edefda4df8d91e8fef55b7394b7ad5b7d0b6c12207\
                c9f98d11ed34dbf6c6ba0b2c8bbc27be6a00e0a0b9c49708b3bf8a317091883681286130bc8985db1602e714415d9330\
                278273c7de31efdc7310f7121fd5a07415987d9adc0a486dcdf93acc44328387315d75e198c641a480cd86a1b9e587e8\
                be60e69cc928b2b9c52172e413042e9b23f10b0e16e79763c9b53dcf4ba80a29e3fb73c16b8e75b97ef363e2ffa31f71\
                cf9de5384e71b81c0ac4dffe0c10e64f
                """,
            q: "801c0d34c58d93fe997177101f80535a4738cebcbf389a99b36371eb",
            g: """
                ac4032ef4f2d9ae39df30b5c8ffdac506cdebe7b89998caf74866a08cfe4ffe3a6824a4e10b9a6f0dd921f01a70c4afa\
                ab739d7700c29f52c57db17c620a8652be5e9001a8d66ad7c17669101999024af4d027275ac1348bb8a762d0521bc98a\
                e247150422ea1ed409939d54da7460cdb5f6c6b250717cbef180eb34118e98d119529a45d6f834566e3025e316a330ef\
                bb77a86f0c1ab15b051ae3d428c8f8acb70a8137150b8eeb10e183edd19963ddd9e263e4770589ef6aa21e7f5f2ff381\
                b539cce3409d13cd566afbb48d6c019181e1bcfe94b30269edfe72fe9b6aa4bd7b5a0f1c71cfff4c19c418e1f6ec0179\
                81bc087f2a7065b384b890d3191f2bfa
                """),
        make(
            "rfc5114-2048-256",
            p: """
                87a8e61db4b6663cffbbd19c651959998ceef608660dd0f25d2ceed4435e3b00e00df8f1d61957d4faf7df4561b2aa30\
                16c3d91134096faa3bf4296d830e9a7c209e0c6497517abd5a8a9d306bcf67ed91f9e6725b4758c022e0b1ef4275bf7b\
                6c5bfc11d45f9088b941f54eb1e59bb8bc39a0bf12307f5c4fdb70c581b23f76b63acae1caa6b7902d52526735488a0e\
                f13c6d9a51bfa4ab3ad8347796524d8ef6a167b5a41825d967e144e5140564251ccacb83e6b486f6b3ca3f7971506026\
                c0b857f689962856ded4010abd0be621c3a3960a54e710c375f26375d7014103a4b54330c198af126116d2276e11715f\
                693877fad7ef09cadb094ae91e1a1597
                """,
            q: "8cf83642a709a097b447997640129da299b1a47d1eb3750ba308b0fe64f5fbd3",
            g: """
                3fb32c9b73134d0b2e77506660edbd484ca7b18f21ef205407f4793a1a0ba12510dbc15077be463fff4fed4aac0bb555\
                be3a6c1b0c6b47b1bc3773bf7e8c6f62901228f8c28cbb18a55ae31341000a650196f931c77a57f2ddf463e5e9ec144b\
                777de62aaab8a8628ac376d282d6ed3864e67982428ebc831d14348f6f2f9193b5045af2767164e1dfc967c1fb3f2e55\
                a4bd1bffe83b9c80d052b985d182ea0adb2a3b7313d3fe14c8484b1e052588b9b7d2bbd2df016199ecd06e1557cd0915\
                b3353bbb64e0ec377fd028370df92b52c7891428cdc67eb6184b523d1db246c32f63078490f00ef8d647d148d4795451\
                5e2327cfef98c582664b4c0f6cc41659
                """),
    ]

    /// - Precondition: The literals are right; a test validates every embedded group in full.
    private static func make(
        _ name: String, p: String, q: String, g: String, t: String? = nil, counter: Int? = nil
    ) -> NamedGroup {
        do {
            let group = try SchnorrGroup(
                trusting: Natural(canonicalHex: p), q: Natural(canonicalHex: q), g: Natural(canonicalHex: g),
                t: t.map { try Natural(canonicalHex: $0) })
            let provenance = counter.map {
                GroupProvenance(procedure: .ringwork1, seed: Array(name.utf8), counter: $0, index: 1)
            }
            return NamedGroup(name: name, group: group, provenance: provenance)
        } catch {
            preconditionFailure("the embedded group \(name) is misspelled: \(error)")
        }
    }
}
