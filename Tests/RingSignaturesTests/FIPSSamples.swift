/// Two samples of NIST's CAVS 11.1 file `PQGGen.rsp`, FIPS 186-3 section A.2.3 with SHA-256: the p and q that A.1.1.2
/// gives for the seed, and g for the index. Read from the PyPI package cryptography_vectors 43.0.0,
/// asymmetric/DSA/FIPS_186-3/PQGGen.rsp, the first sample of each section.
enum FIPSSample {
    /// A sample: sizes, seed, index of g, and the numbers.
    typealias Sample = (elementBits: Int, scalarBits: Int, seed: String, index: String, p: String, q: String, g: String)

    static let all: [Sample] = [
        (
            elementBits: 2048, scalarBits: 256,
            seed: "6f23af696fa2ae906154295dcdd8b83bb0fde9d9332416333b1e55000d92927b",
            index: "12",
            p: """
            d6c4e5045697756c7a312d02c2289c25d40f9954261f7b5876214b6df109c738b76226b199bb7e33f8fc7ac1dcc316e1\
            e7c78973951bfc6ff2e00cc987cd76fcfb0b8c0096b0b460fffac960ca4136c28f4bfb580de47cf7e7934c3985e3b3d9\
            43b77f06ef2af3ac3494fc3c6fc49810a63853862a02bb1c824a01b7fc688e4028527a58ad58c9d512922660db5d505b\
            c263af293bc93bcd6d885a157579d7f52952236dd9d06a4fc3bc2247d21f1a70f5848eb0176513537c983f5a36737f01\
            f82b44546e8e7f0fabc457e3de1d9c5dba96965b10a2a0580b0ad0f88179e10066107fb74314a07e6745863bc797b700\
            2ebec0b000a98eb697414709ac17b401
            """,
            q: "b1e370f6472c8754ccd75e99666ec8ef1fd748b748bbbc08503d82ce8055ab3b",
            g: """
            9a8269ab2e3b733a5242179d8f8ddb17ff93297d9eab00376db211a22b19c854dfa80166df2132cbc51fb224b0904abb\
            22da2c7b7850f782124cb575b116f41ea7c4fc75b1d77525204cd7c23a15999004c23cdeb72359ee74e886a1dde7855a\
            e05fe847447d0a68059002c3819a75dc7dcbb30e39efac36e07e2c404b7ca98b263b25fa314ba93c0625718bd489cea6\
            d04ba4b0b7f156eeb4c56c44b50e4fb5bce9d7ae0d55b379225feb0214a04bed72f33e0664d290e7c840df3e2abb5e48\
            189fa4e90646f1867db289c6560476799f7be8420a6dc01d078de437f280fff2d7ddf1248d56e1a54b933a41629d6c25\
            2983c58795105802d30d7bcd819cf6ef
            """
        ),
        (
            elementBits: 2048, scalarBits: 224,
            seed: "a4da80bed4f907b8295d6e7bb763032b3fdd5e61b61ce6d0b67e9dcf",
            index: "38",
            p: """
            f3caef1fcda11aacb1447b96aa97554653b028b7e733047c4e19cc578d39de5e7c9df4e59fb87b1d39ee2306f93bc57f\
            29c02fb3a8a3cd1d58fd1790390ef56462e3a870bdfeeb5638527ba744420ee7b729087507c2d06fb298211c599e8050\
            6f60a3eae7f1f046bcac7641919becb9d9565d3f30e733db9beb8535f83f886b9d4a49762fe43f04f941a4c8961c4e85\
            0e3570e319973679aadd294ec3a141a55b11396c19048ed11eaec1e9150000b7b3524f21586607f778f3101b99ef8034\
            aafd79cd92c4f1bf27cd849b574378eaffe0622fad1c6ae920371fd4cf1a7c0ab6c9fe7726a7b0443f9e08b1ebe81355\
            ad4c86b998124da92b4f60476428ff11
            """,
            q: "85b5a2b6f85d50c703fc27a86a17b4cbcbc540efb6b9c9223ddd9c0b",
            g: """
            84eb7f9cb58e6d2e733f1826e9bf740c221df0b8d61974d41da836125de34f0c08eaccc883912fad83945d15bcb511c9\
            bd4090b3014d143dea02c63e7c4e9e9fefcf97e5d4bc4bbef8dcc697a4091a88f119f12b66d90c0a8ea75c5ec3e496c4\
            3a63d002379763c15d56c30bc1c2d12909b8615d237c47967d3229a0f4dcecc7872a094e598320151c39c3d0f18b7a58\
            7f127e7f9308e99b842c82bbaf05e1c111f9381e522f0adb1dd082cd1868e0429e3bea495b301177f687e0e603e3ae01\
            f6f8bbb451d39744d581858a33fed1de569cbd7bdc139140d300ed7783e8948a91766ce833b83624859d0ccbee23a7c4\
            c2da2692494fca6b1e2185bee808356a
            """
        ),
    ]

    /// The first samples of section A.1.1.2: the counters of p, and no g.
    static let counters: [(elementBits: Int, scalarBits: Int, seed: String, counter: Int, q: String)] = [
        (
            2048, 256, "f770a4598ff756931fc529764513b103ce57d85f4ad8c5cf297c9b4d48241c5b", 105,
            "b19c6d094e1210c92910f49aa083957fbe68c0ca4602896f50123fd776786275"
        ),
        (
            2048, 224, "4de10d93f6edd8f94f07c14c48eaf93acdb10a2905f80e3da175eca5", 131,
            "bca3b2f729d882d67c3be540fabaa42617145f33670fb68a0ba3ff8d"
        ),
    ]
}
