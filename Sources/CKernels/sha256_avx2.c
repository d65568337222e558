// SHA-256 and the header scan, 8 lanes to a register, with AVX2.
#include "sha256_internal.h"

#if CK_X86
#include <immintrin.h>

#define TARGET __attribute__((target("avx2")))
#define INLINE static inline __attribute__((always_inline, target("avx2")))
#define FINISH() _mm256_zeroupper()
#define PIN(x) __asm__("" : "+x"(x))
#define LANES 8

typedef __m256i vector;

// There is no rotation before AVX-512.
#define rotate(x, n) _mm256_or_si256(_mm256_srli_epi32(x, n), _mm256_slli_epi32(x, 32 - (n)))
#define shift(x, n) _mm256_srli_epi32(x, n)

INLINE vector add(vector x, vector y) { return _mm256_add_epi32(x, y); }
INLINE vector xor3(vector x, vector y, vector z) { return _mm256_xor_si256(_mm256_xor_si256(x, y), z); }
// Ch and Maj with one operation fewer than as they are written in the standard.
INLINE vector choose(vector x, vector y, vector z) {
    return _mm256_xor_si256(z, _mm256_and_si256(x, _mm256_xor_si256(y, z)));
}
INLINE vector majority(vector x, vector y, vector z) {
    return _mm256_or_si256(_mm256_and_si256(x, y), _mm256_and_si256(z, _mm256_or_si256(x, y)));
}

INLINE vector load(const uint32_t *p) { return _mm256_load_si256((const __m256i *)p); }
INLINE void store(uint32_t *p, vector x) { _mm256_store_si256((__m256i *)p, x); }
INLINE vector broadcast(const uint32_t *p) { return _mm256_set1_epi32((int)*p); }

INLINE vector swap_bytes(vector x) {
    return _mm256_shuffle_epi8(
        x, _mm256_broadcastsi128_si256(_mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203)));
}
INLINE vector low_pairs(vector x, vector y) { return _mm256_unpacklo_epi32(x, y); }
INLINE vector high_pairs(vector x, vector y) { return _mm256_unpackhi_epi32(x, y); }
INLINE vector low_halves(vector x, vector y) { return _mm256_unpacklo_epi64(x, y); }
INLINE vector high_halves(vector x, vector y) { return _mm256_unpackhi_epi64(x, y); }

// 16 bytes at `offset` from each of p[0] and p[4].
INLINE vector load_row(const uint8_t *const *p, size_t offset) {
    vector row = _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)(p[0] + offset)));
    return _mm256_inserti128_si256(row, _mm_loadu_si128((const __m128i *)(p[4] + offset)), 1);
}

INLINE void store_row(uint8_t *const *p, size_t offset, vector row) {
    _mm_storeu_si128((__m128i *)(p[0] + offset), _mm256_castsi256_si128(row));
    _mm_storeu_si128((__m128i *)(p[4] + offset), _mm256_extracti128_si256(row, 1));
}

INLINE vector lane_numbers(void) { return _mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0); }
INLINE unsigned at_most(vector x, vector y) {
    vector is_smaller = _mm256_cmpeq_epi32(_mm256_min_epu32(x, y), x);
    return (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(is_smaller));
}

#include "sha256_lanes.h"

ENGINE(avx2_8, 1);

#include "scan_lanes.h"

SCAN(avx2)

#endif
