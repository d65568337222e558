// SHA-256 and the header scan, 16 lanes to a register, with AVX-512 F, BW and VL.
#include "sha256_internal.h"

#if CK_X86
#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl")))
#define INLINE static inline __attribute__((always_inline, target("avx512f,avx512bw,avx512vl")))
#define FINISH() _mm256_zeroupper()
#define PIN(x) __asm__("" : "+v"(x))
#define LANES 16

typedef __m512i vector;

#define rotate(x, n) _mm512_ror_epi32(x, n)
#define shift(x, n) _mm512_srli_epi32(x, n)

INLINE vector add(vector x, vector y) { return _mm512_add_epi32(x, y); }
// The third argument of a ternary instruction is its truth table.
INLINE vector xor3(vector x, vector y, vector z) { return _mm512_ternarylogic_epi32(x, y, z, 0x96); }
INLINE vector choose(vector x, vector y, vector z) { return _mm512_ternarylogic_epi32(x, y, z, 0xca); }
INLINE vector majority(vector x, vector y, vector z) { return _mm512_ternarylogic_epi32(x, y, z, 0xe8); }

INLINE vector load(const uint32_t *p) { return _mm512_load_si512(p); }
INLINE void store(uint32_t *p, vector x) { _mm512_store_si512(p, x); }
INLINE vector broadcast(const uint32_t *p) { return _mm512_set1_epi32((int)*p); }

INLINE vector swap_bytes(vector x) {
    return _mm512_shuffle_epi8(
        x, _mm512_broadcast_i32x4(_mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203)));
}
INLINE vector low_pairs(vector x, vector y) { return _mm512_unpacklo_epi32(x, y); }
INLINE vector high_pairs(vector x, vector y) { return _mm512_unpackhi_epi32(x, y); }
INLINE vector low_halves(vector x, vector y) { return _mm512_unpacklo_epi64(x, y); }
INLINE vector high_halves(vector x, vector y) { return _mm512_unpackhi_epi64(x, y); }

// 16 bytes at `offset` from each of p[0], p[4], p[8] and p[12].
INLINE vector load_row(const uint8_t *const *p, size_t offset) {
    vector row = _mm512_castsi128_si512(_mm_loadu_si128((const __m128i *)(p[0] + offset)));
    row = _mm512_inserti32x4(row, _mm_loadu_si128((const __m128i *)(p[4] + offset)), 1);
    row = _mm512_inserti32x4(row, _mm_loadu_si128((const __m128i *)(p[8] + offset)), 2);
    return _mm512_inserti32x4(row, _mm_loadu_si128((const __m128i *)(p[12] + offset)), 3);
}

INLINE void store_row(uint8_t *const *p, size_t offset, vector row) {
    _mm_storeu_si128((__m128i *)(p[0] + offset), _mm512_castsi512_si128(row));
    _mm_storeu_si128((__m128i *)(p[4] + offset), _mm512_extracti32x4_epi32(row, 1));
    _mm_storeu_si128((__m128i *)(p[8] + offset), _mm512_extracti32x4_epi32(row, 2));
    _mm_storeu_si128((__m128i *)(p[12] + offset), _mm512_extracti32x4_epi32(row, 3));
}

INLINE vector lane_numbers(void) {
    return _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
}
INLINE unsigned at_most(vector x, vector y) { return _mm512_cmple_epu32_mask(x, y); }

#include "sha256_lanes.h"

ENGINE(avx512_16, 1);
ENGINE(avx512_32, 2);

#include "pairs_lanes.h"

PAIRS(avx512)

#include "scan_lanes.h"

SCAN(avx512)

#endif
