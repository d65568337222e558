// SHA-256 with the SHA extensions of x86: one message as fast as it goes, and several side by side.
//
// `sha256rnds2` does two rounds and takes four cycles, but another can start after two. One message is a single chain
// of 32 of them, so it waits half of the time; two messages side by side fill the gaps.
#include "sha256_internal.h"

#if CK_X86
#include <immintrin.h>
#include <string.h>

#define SHA_NI __attribute__((target("sha,sse4.1,ssse3")))
#define SHA_NI_INLINE static inline __attribute__((always_inline, target("sha,sse4.1,ssse3")))

enum { MOST = 2 }; // streams side by side: more do not fit in 16 registers, and gain nothing

// What the rounds of one stream work on. The instructions want the state words in this order, highest first.
struct stream {
    __m128i abef, cdgh;
    __m128i w[4]; // the last 16 schedule words, four to a register
};

// Steps 2g and 2g + 1, two rounds each, as far as they are in [from, to), of `n` streams with the sums K + W. Step 2g
// leaves the two halves of the state in each other's place, step 2g + 1 puts them back.
SHA_NI_INLINE void four_rounds(struct stream *s, int n, const __m128i *kw, int g, int from, int to) {
    for (int i = 0; i < n && 2 * g >= from && 2 * g < to; i++)
        s[i].cdgh = _mm_sha256rnds2_epu32(s[i].cdgh, s[i].abef, kw[i]);
    for (int i = 0; i < n && 2 * g + 1 >= from && 2 * g + 1 < to; i++)
        s[i].abef = _mm_sha256rnds2_epu32(s[i].abef, s[i].cdgh, _mm_shuffle_epi32(kw[i], 0x0e));
}

// The next four schedule words, and the first part of those that come two groups later:
//
//     W[t] = σ₁(W[t-2]) + W[t-7] + σ₀(W[t-15]) + W[t-16]
//            msg2         alignr   msg1
SHA_NI_INLINE void four_words(__m128i w[4], int g) {
    __m128i before = w[(g - 1) & 3];
    if (g >= 3 && g < 15) {
        __m128i sum = _mm_add_epi32(w[(g + 1) & 3], _mm_alignr_epi8(w[g & 3], before, 4));
        w[(g + 1) & 3] = _mm_sha256msg2_epu32(sum, w[g & 3]);
    }
    if (g >= 1 && g < 13) w[(g - 1) & 3] = _mm_sha256msg1_epu32(before, w[g & 3]);
}

// Steps 2g and 2g + 1 as far as they are in [from, to), with the message in w. Keeps the sums K + W.
SHA_NI_INLINE void four_rounds_and_words(struct stream *s, int n, __m128i *sums, int g, int from, int to) {
    __m128i k = _mm_load_si128((const __m128i *)ck_sha256_k + g);
    for (int i = 0; i < n; i++) sums[i] = _mm_add_epi32(s[i].w[g & 3], k);
    four_rounds(s, n, sums, g, from, to);
    for (int i = 0; i < n; i++) four_words(s[i].w, g);
}

// Steps [from, to) of the 32, with the message in w.
SHA_NI_INLINE void steps(struct stream *s, int n, int from, int to) {
    __m128i sums[MOST];
#pragma clang loop unroll(full)
    for (int g = 0; g < 16; g++) four_rounds_and_words(s, n, sums, g, from, to);
}

SHA_NI_INLINE void add_state(struct stream *s, const struct stream *before) {
    s->abef = _mm_add_epi32(s->abef, before->abef);
    s->cdgh = _mm_add_epi32(s->cdgh, before->cdgh);
}

// All 64 rounds, and the addition of the state before them.
SHA_NI_INLINE void compress(struct stream *s, int n) {
    struct stream before[MOST];
    for (int i = 0; i < n; i++) before[i].abef = s[i].abef, before[i].cdgh = s[i].cdgh;
    steps(s, n, 0, 32);
    for (int i = 0; i < n; i++) add_state(&s[i], &before[i]);
}

SHA_NI_INLINE __m128i swap_bytes(__m128i x) {
    return _mm_shuffle_epi8(x, _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203));
}

SHA_NI_INLINE void read_block(struct stream *s, const uint8_t *block) {
    for (int i = 0; i < 4; i++) s->w[i] = swap_bytes(_mm_loadu_si128((const __m128i *)block + i));
}

// Two words a row, d c b a and h g f e, to the order of the instructions and back.
SHA_NI_INLINE void pack(struct stream *s, __m128i dcba, __m128i hgfe) {
    __m128i cdab = _mm_shuffle_epi32(dcba, 0xb1), efgh = _mm_shuffle_epi32(hgfe, 0x1b);
    s->abef = _mm_alignr_epi8(cdab, efgh, 8);
    s->cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);
}

SHA_NI_INLINE void unpack(const struct stream *s, __m128i *dcba, __m128i *hgfe) {
    __m128i feba = _mm_shuffle_epi32(s->abef, 0x1b), dchg = _mm_shuffle_epi32(s->cdgh, 0xb1);
    *dcba = _mm_blend_epi16(feba, dchg, 0xf0);
    *hgfe = _mm_alignr_epi8(dchg, feba, 8);
}

SHA_NI void ck_sha256_compress_sha_ni(uint32_t state[8], const void *data, size_t blocks) {
    struct stream s;
    __m128i *halves = (__m128i *)state;
    pack(&s, _mm_loadu_si128(halves), _mm_loadu_si128(halves + 1));
    for (const uint8_t *p = data; blocks > 0; blocks--, p += 64) {
        read_block(&s, p);
        compress(&s, 1);
    }
    __m128i dcba, hgfe;
    unpack(&s, &dcba, &hgfe);
    _mm_storeu_si128(halves, dcba);
    _mm_storeu_si128(halves + 1, hgfe);
}

// Engines of one and two lanes -------------------------------------------------------------------------------

// The state of an engine, lane after lane: abef, cdgh.
SHA_NI_INLINE void load(struct stream *s, const uint32_t *state) {
    s->abef = _mm_load_si128((const __m128i *)state);
    s->cdgh = _mm_load_si128((const __m128i *)state + 1);
}

SHA_NI_INLINE void store(const struct stream *s, uint32_t *state) {
    _mm_store_si128((__m128i *)state, s->abef);
    _mm_store_si128((__m128i *)state + 1, s->cdgh);
}

SHA_NI_INLINE void set_initial(struct stream *s) {
    static const uint32_t initial[8] = CK_SHA256_INITIAL_STATE;
    const __m128i *halves = (const __m128i *)initial;
    pack(s, _mm_loadu_si128(halves), _mm_loadu_si128(halves + 1));
}

SHA_NI_INLINE void begin(uint32_t *state, int n) {
    struct stream s;
    set_initial(&s);
    for (int i = 0; i < n; i++) store(&s, state + 8 * i);
}

SHA_NI_INLINE void blocks(uint32_t *state, const uint8_t *const *block, int n) {
    struct stream s[MOST];
    for (int i = 0; i < n; i++) load(&s[i], state + 8 * i), read_block(&s[i], block[i]);
    compress(s, n);
    for (int i = 0; i < n; i++) store(&s[i], state + 8 * i);
}

SHA_NI_INLINE void constant(uint32_t *state, const uint32_t *sums, int n) {
    struct stream s[MOST];
    for (int i = 0; i < n; i++) load(&s[i], state + 8 * i);
    for (int g = 0; g < 16; g++) {
        __m128i kw[MOST];
        for (int i = 0; i < n; i++) kw[i] = _mm_loadu_si128((const __m128i *)sums + g);
        four_rounds(s, n, kw, g, 0, 32);
    }
    for (int i = 0; i < n; i++) {
        struct stream before;
        load(&before, state + 8 * i);
        add_state(&s[i], &before);
        store(&s[i], state + 8 * i);
    }
}

// A digest as the message of another hash: the state words, then the padding of a 32-byte message.
SHA_NI_INLINE void digest_to_message(struct stream *s) {
    unpack(s, &s->w[0], &s->w[1]);
    s->w[2] = _mm_set_epi32(0, 0, 0, (int)0x80000000);
    s->w[3] = _mm_set_epi32(32 * 8, 0, 0, 0);
    set_initial(s);
}

SHA_NI_INLINE void again(uint32_t *state, size_t times, int n) {
    struct stream s[MOST];
    for (int i = 0; i < n; i++) load(&s[i], state + 8 * i);
    for (; times > 0; times--) {
        for (int i = 0; i < n; i++) digest_to_message(&s[i]);
        compress(s, n);
    }
    for (int i = 0; i < n; i++) store(&s[i], state + 8 * i);
}

SHA_NI_INLINE void end(const uint32_t *state, uint8_t *const *digest, int n) {
    for (int i = 0; i < n; i++) {
        struct stream s;
        __m128i dcba, hgfe;
        load(&s, state + 8 * i);
        unpack(&s, &dcba, &hgfe);
        _mm_storeu_si128((__m128i *)digest[i], swap_bytes(dcba));
        _mm_storeu_si128((__m128i *)digest[i] + 1, swap_bytes(hgfe));
    }
}

#define ENGINE(n)                                                                                             \
    SHA_NI static void begin_##n(uint32_t *state) { begin(state, n); }                                        \
    SHA_NI static void blocks_##n(uint32_t *state, const uint8_t *const *block) { blocks(state, block, n); }  \
    SHA_NI static void constant_##n(uint32_t *state, const uint32_t *kw) { constant(state, kw, n); }          \
    SHA_NI static void again_##n(uint32_t *state, size_t times) { again(state, times, n); }                   \
    SHA_NI static void end_##n(const uint32_t *state, uint8_t *const *digest) { end(state, digest, n); }      \
    const struct ck_engine ck_engine_sha_ni_##n = {n, begin_##n, blocks_##n, constant_##n, again_##n, end_##n};

ENGINE(1)
ENGINE(2)

// Header scan ------------------------------------------------------------------------------------------------

// What a scan knows of a version: its midstate, and its state after round 3 but for the nonce, which is then added to
// words a and e.
struct version {
    struct stream midstate, begun;
};

SHA_NI_INLINE void begin_version(struct version *v, const uint32_t *midstate, const struct ck_start *start) {
    const __m128i *halves = (const __m128i *)midstate;
    pack(&v->midstate, _mm_loadu_si128(halves), _mm_loadu_si128(halves + 1));
    const uint32_t *before = start->state;
    v->begun.abef = _mm_set_epi32((int)start->set_a, (int)before[0], (int)start->set_e, (int)before[4]);
    v->begun.cdgh = _mm_set_epi32((int)before[1], (int)before[2], (int)before[5], (int)before[6]);
}

// The candidates among MOST nonces with one version. The first of the versions makes the first hash's sums K + W, the
// others read them. Step 31 of the second hash does not change the digest's last word, its most significant one: after
// step 30 it is f, less the initial state.
SHA_NI_INLINE unsigned scan_pass(const struct ck_scan *scan, const struct version *v, uint32_t first, int makes_sums,
                                 __m128i sums[16][MOST]) {
    const __m128i *words = (const __m128i *)scan->schedule.w;
    struct stream s[MOST];
    for (int i = 0; i < MOST; i++) {
        __m128i nonce = _mm_cvtsi32_si128((int)(first + (uint32_t)i));
        // The nonce as a schedule word in place of a and e, and in place of W[3].
        __m128i twice = _mm_shuffle_epi8(nonce, _mm_set_epi32(0x00010203, -1, 0x00010203, -1));
        __m128i last = _mm_shuffle_epi8(nonce, _mm_set_epi32(0x00010203, -1, -1, -1));
        s[i].abef = _mm_add_epi32(v->begun.abef, twice);
        s[i].cdgh = v->begun.cdgh;
        s[i].w[0] = _mm_add_epi32(_mm_loadu_si128(words), last);
        for (int g = 1; g < 4; g++) s[i].w[g] = _mm_loadu_si128(words + g);
    }
#pragma clang loop unroll(full)
    for (int g = 0; g < 16; g++) {
        if (makes_sums)
            four_rounds_and_words(s, MOST, sums[g], g, 2, 32);
        else
            four_rounds(s, MOST, sums[g], g, 2, 32);
    }
    for (int i = 0; i < MOST; i++) {
        add_state(&s[i], &v->midstate);
        digest_to_message(&s[i]);
    }
    steps(s, MOST, 0, 31);
    unsigned lanes = 0;
    for (unsigned i = 0; i < MOST; i++) {
        uint32_t last = (uint32_t)_mm_cvtsi128_si32(s[i].cdgh) + 0x5be0cd19;
        lanes |= (unsigned)(__builtin_bswap32(last) <= scan->top) << i;
    }
    return lanes;
}

SHA_NI int ck_scan_sha_ni(const struct ck_scan *scan, uint32_t start, uint64_t count, uint32_t *nonce,
                          size_t *version) {
    struct version versions[CK_MOST_VERSIONS];
    for (size_t v = 0; v < scan->versions; v++) begin_version(&versions[v], scan->midstates + 8 * v, &scan->start[v]);
    for (uint64_t offset = 0; offset < count; offset += MOST) {
        uint32_t first = start + (uint32_t)offset;
        __m128i sums[16][MOST];
        unsigned lanes[CK_MOST_VERSIONS];
        unsigned any = lanes[0] = scan_pass(scan, &versions[0], first, 1, sums);
        for (size_t v = 1; v < scan->versions; v++) any |= lanes[v] = scan_pass(scan, &versions[v], first, 0, sums);
        if (__builtin_expect(any == 0, 1)) continue;
        if (ck_scan_confirm(scan, lanes, MOST, start, offset, count, nonce, version)) return 1;
    }
    return 0;
}

#endif
