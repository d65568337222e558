// Two SHA-256 states side by side with the SHA instructions: while one waits for a round, the other runs.
// One round group (four rounds) is written once; the compiler unrolls it.
#include "cpeers.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>

#define SHA_NI __attribute__((target("sha,sse4.1,ssse3")))
#define SHA_NI_INLINE SHA_NI __attribute__((always_inline)) static inline

int cp_two_way_is_supported(void) {
    unsigned a, b = 0, c, d;
    __asm__("cpuid" : "=a"(a), "=b"(b), "=c"(c), "=d"(d) : "a"(7), "c"(0));
    return (b >> 29 & 1) && __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("sse4.1");
}

// FIPS 180-4 §4.2.2 and §5.3.3.
static const uint32_t k[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};
static const uint32_t initial[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

// The state words as the round instruction wants them, highest lane first: a b e f, and c d g h.
struct state {
    __m128i abef, cdgh;
};

SHA_NI_INLINE struct state pack(const uint32_t words[8]) {
    return (struct state){_mm_set_epi32((int)words[0], (int)words[1], (int)words[4], (int)words[5]),
                          _mm_set_epi32((int)words[2], (int)words[3], (int)words[6], (int)words[7])};
}

// The eight words in order, lowest lane first: a b c d, and e f g h.
SHA_NI_INLINE void unpack(struct state s, __m128i words[2]) {
    __m128i abef = _mm_shuffle_epi32(s.abef, _MM_SHUFFLE(0, 1, 2, 3));
    __m128i cdgh = _mm_shuffle_epi32(s.cdgh, _MM_SHUFFLE(0, 1, 2, 3));
    words[0] = _mm_unpacklo_epi64(abef, cdgh);
    words[1] = _mm_unpackhi_epi64(abef, cdgh);
}

SHA_NI_INLINE void add(struct state *s, struct state other) {
    s->abef = _mm_add_epi32(s->abef, other.abef);
    s->cdgh = _mm_add_epi32(s->cdgh, other.cdgh);
}

SHA_NI_INLINE void four_rounds(struct state *s, __m128i scheduled) {
    s->cdgh = _mm_sha256rnds2_epu32(s->cdgh, s->abef, scheduled);
    s->abef = _mm_sha256rnds2_epu32(s->abef, s->cdgh, _mm_shuffle_epi32(scheduled, _MM_SHUFFLE(1, 0, 3, 2)));
}

// Both states are needed here: keeps the compiler from working through one state and then through the other, which
// leaves the processor waiting for every round.
SHA_NI_INLINE void keep_interleaved(struct state s[2]) { __asm__("" : "+x"(s[0].abef), "+x"(s[1].abef)); }

// W[4g … 4g + 3] from the sixteen words before (FIPS 180-4 §6.2.2), in the place of the oldest four.
SHA_NI_INLINE void extend(__m128i w[4], int g) {
    __m128i newest = w[(g + 3) & 3], middle = _mm_alignr_epi8(newest, w[(g + 2) & 3], 4);
    __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w[g & 3], w[(g + 1) & 3]), middle);
    w[g & 3] = _mm_sha256msg2_epu32(sum, newest);
}

// Compresses one block into each state.
SHA_NI_INLINE void compress(struct state s[2], __m128i w[2][4]) {
    struct state before[2] = {s[0], s[1]};
#pragma clang loop unroll(full)
    for (int g = 0; g < 16; g++) {
#pragma clang loop unroll(full)
        for (int lane = 0; lane < 2; lane++) {
            if (g >= 4) extend(w[lane], g);
            __m128i constant = _mm_load_si128((const __m128i *)(k + 4 * g));
            four_rounds(&s[lane], _mm_add_epi32(w[lane][g & 3], constant));
        }
        keep_interleaved(s);
    }
    add(&s[0], before[0]);
    add(&s[1], before[1]);
}

// W + K of the block that pads a 64-byte message, computed before main.
static uint32_t padding[64] __attribute__((aligned(16)));

static uint32_t rotate(uint32_t x, int by) { return x >> by | x << (32 - by); }

__attribute__((constructor)) static void schedule_padding(void) {
    uint32_t w[64] = {0x80000000};
    w[15] = 8 * 64;
    for (int t = 16; t < 64; t++)
        w[t] = w[t - 16] + (rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ w[t - 15] >> 3) + w[t - 7] +
               (rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ w[t - 2] >> 10);
    for (int t = 0; t < 64; t++) padding[t] = w[t] + k[t];
}

SHA_NI_INLINE void compress_padding(struct state s[2]) {
    struct state before[2] = {s[0], s[1]};
#pragma clang loop unroll(full)
    for (int g = 0; g < 16; g++) {
        __m128i scheduled = _mm_load_si128((const __m128i *)(padding + 4 * g));
        four_rounds(&s[0], scheduled);
        four_rounds(&s[1], scheduled);
        keep_interleaved(s);
    }
    add(&s[0], before[0]);
    add(&s[1], before[1]);
}

// SHA-256 of the 32-byte digests that the states are.
SHA_NI_INLINE void hash_digests(struct state s[2]) {
    __m128i w[2][4];
    for (int lane = 0; lane < 2; lane++) {
        unpack(s[lane], w[lane]);
        w[lane][2] = _mm_set_epi32(0, 0, 0, (int)0x80000000);
        w[lane][3] = _mm_set_epi32(8 * 32, 0, 0, 0);
        s[lane] = pack(initial);
    }
    compress(s, w);
}

SHA_NI_INLINE __m128i swap_words(__m128i x) {
    return _mm_shuffle_epi8(x, _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3));
}

SHA_NI static void two_pairs(unsigned char *out[2], const unsigned char *in[2]) {
    __m128i w[2][4];
    struct state s[2] = {pack(initial), pack(initial)};
    for (int lane = 0; lane < 2; lane++)
        for (int i = 0; i < 4; i++) w[lane][i] = swap_words(_mm_loadu_si128((const __m128i *)(in[lane] + 16 * i)));
    compress(s, w);
    compress_padding(s);
    hash_digests(s);
    for (int lane = 0; lane < 2; lane++) {
        __m128i words[2];
        unpack(s[lane], words);
        for (int i = 0; i < 2; i++) _mm_storeu_si128((__m128i *)(out[lane] + 16 * i), swap_words(words[i]));
    }
}

SHA_NI void cp_two_way_pairs(void *digests, const void *pairs, size_t count) {
    unsigned char *out = digests, spare[32];
    const unsigned char *in = pairs;
    for (size_t i = 0; i < count; i += 2) {
        int both = i + 1 < count;
        two_pairs((unsigned char *[2]){out + 32 * i, both ? out + 32 * (i + 1) : spare},
                  (const unsigned char *[2]){in + 64 * i, in + 64 * (both ? i + 1 : i)});
    }
}

SHA_NI void cp_two_way_merkle_root(void *root, void *scratch, const void *leaves, size_t count) {
    const unsigned char *level = leaves;
    unsigned char *next = scratch, last[64];
    while (count > 1) {
        size_t pairs = count / 2;
        // The look for equal neighbours that Bitcoin makes on every level (CVE-2012-2459).
        int mutated = 0;
        for (size_t i = 0; i < pairs; i++) mutated |= memcmp(level + 64 * i, level + 64 * i + 32, 32) == 0;
        cp_sink(&mutated);
        if (count % 2) {
            memcpy(last, level + 32 * (count - 1), 32);
            memcpy(last + 32, last, 32);
        }
        cp_two_way_pairs(next, level, pairs);
        if (count % 2) cp_two_way_pairs(next + 32 * pairs, last, 1);
        count = (count + 1) / 2;
        level = next;
    }
    memcpy(root, level, 32);
}

static uint32_t big_endian(const unsigned char *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

SHA_NI int cp_two_way_scan(const void *header, const void *target, uint32_t start, uint64_t count, uint32_t *nonce) {
    const unsigned char *bytes = header, *limit = target;
    uint32_t tail[3], top = __builtin_bswap32(big_endian(limit + 28));
    for (int i = 0; i < 3; i++) tail[i] = big_endian(bytes + 64 + 4 * i);

    __m128i w[2][4];
    struct state middle[2] = {pack(initial), pack(initial)};
    for (int lane = 0; lane < 2; lane++)
        for (int i = 0; i < 4; i++) w[lane][i] = swap_words(_mm_loadu_si128((const __m128i *)(bytes + 16 * i)));
    compress(middle, w);

    for (uint64_t i = 0; i < count; i += 2) {
        struct state s[2] = {middle[0], middle[1]};
        for (int lane = 0; lane < 2; lane++) {
            uint32_t value = start + (uint32_t)i + (uint32_t)lane;
            w[lane][0] = _mm_set_epi32((int)__builtin_bswap32(value), (int)tail[2], (int)tail[1], (int)tail[0]);
            w[lane][1] = _mm_set_epi32(0, 0, 0, (int)0x80000000);
            w[lane][2] = _mm_setzero_si128();
            w[lane][3] = _mm_set_epi32(8 * 80, 0, 0, 0);
        }
        compress(s, w);
        hash_digests(s);
        for (int lane = 0; lane < 2 && i + (uint64_t)lane < count; lane++) {
            // h, the lowest lane of c d g h, is the digest's most significant word, its bytes reversed.
            uint32_t h = (uint32_t)_mm_cvtsi128_si32(s[lane].cdgh);
            if (__builtin_bswap32(h) > top) continue;
            unsigned char digest[32];
            __m128i words[2];
            unpack(s[lane], words);
            for (int part = 0; part < 2; part++)
                _mm_storeu_si128((__m128i *)(digest + 16 * part), swap_words(words[part]));
            int place = 31;
            while (place > 0 && digest[place] == limit[place]) place--;
            if (digest[place] > limit[place]) continue;
            *nonce = start + (uint32_t)i + (uint32_t)lane;
            return 1;
        }
    }
    return 0;
}
#else
int cp_two_way_is_supported(void) { return 0; }
void cp_two_way_pairs(void *digests, const void *pairs, size_t count) {
    cp_sha256_many(CP_LOW_LEVEL, digests, pairs, 64, count, 1);
}
void cp_two_way_merkle_root(void *root, void *scratch, const void *leaves, size_t count) {
    cp_merkle_root(CP_LOW_LEVEL, root, scratch, leaves, count);
}
int cp_two_way_scan(const void *header, const void *target, uint32_t start, uint64_t count, uint32_t *nonce) {
    return cp_scan(CP_LOW_LEVEL, header, target, start, count, nonce);
}
#endif
