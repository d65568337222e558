// Montgomery arithmetic in lanes with AVX-512 F and IFMA: eight 52-bit multiply-adds an instruction.
//
// A product is a table of limb products aᵢ·bⱼ, summed by columns i + j. It is worked off in tiles of ten limbs by ten:
//
//              b₀   b₁   b₂   b₃   (blocks)        A tile's 200 multiply-adds go into 20 columns, which stay in 20 of
//         a₀ │ 0    1    2    3                     the 32 registers; ten more hold a's limbs, and one a limb of b.
//         a₁ │ 1    2    3    4                     Tiles with the same number share their columns: they are done one
//         a₂ │ 2    3    4    5                     after another, then the lower ten columns are complete and the
//         a₃ │ 3    4    5    6                     upper ten become the lower ones of the next number.
//
// So columns are stored once and never loaded, and each limb loaded serves 20 multiply-adds. The loops over tiles are
// loops, whatever the size of the modulus; the compiler unrolls the tile.
//
// Magnitudes. A multiply-add adds the low or the high 52 bits of a product to a 64-bit column, and a carry from the
// column before is below 2^12. A column gets at most two addends for each limb of a from a·b, as many from q·n, and a
// carry: at most 4·limbs·2^52 + 2^12 in all. The largest modulus has 320 limbs, so a column stays below
// 1280·2^52 + 2^12 < 2^63. The instruction takes its factors modulo 2^52, so factors must be carried through: they are,
// by `reduce`, at the end of every product. A square counts every addend as often as the product does.
//
// Time and addresses depend on the number of blocks alone.
#include "montgomery_internal.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512ifma")))
#define INLINE static inline __attribute__((always_inline, target("avx512f,avx512ifma")))
#define UNROLL _Pragma("clang loop unroll(full)")
#define BLOCK CK_LANE_BLOCK
#define WORDS (CK_LANES * CK_LANE_BLOCK) // of one block

typedef __m512i vector;

INLINE vector load(const uint64_t *p) { return _mm512_load_si512(p); }
INLINE void store(uint64_t *p, vector x) { _mm512_store_si512(p, x); }
INLINE vector broadcast(uint64_t x) { return _mm512_set1_epi64((long long)x); }
INLINE vector zero(void) { return _mm512_setzero_si512(); }
INLINE vector add(vector x, vector y) { return _mm512_add_epi64(x, y); }
INLINE vector carry_of(vector x) { return _mm512_srli_epi64(x, CK_LANE_LIMB_BITS); }
// sum + the low, or the high, 52 bits of the 104-bit product.
INLINE vector add_low(vector sum, vector x, vector y) { return _mm512_madd52lo_epu64(sum, x, y); }
INLINE vector add_high(vector sum, vector x, vector y) { return _mm512_madd52hi_epu64(sum, x, y); }

// One row of a tile: the columns from column[0] on, plus x[from..<BLOCK]·y. All low halves come first, so that an
// instruction never waits for the one before it.
INLINE void add_row(vector *column, const vector x[BLOCK], vector y, int from) {
    UNROLL for (int i = from; i < BLOCK; i++) column[i] = add_low(column[i], x[i], y);
    UNROLL for (int i = from; i < BLOCK; i++) column[i + 1] = add_high(column[i + 1], x[i], y);
}

// columns + a·b, for a block of each.
INLINE void add_tile(vector column[2 * BLOCK], const uint64_t *a, const uint64_t *b) {
    vector x[BLOCK];
    UNROLL for (int i = 0; i < BLOCK; i++) x[i] = load(a + CK_LANES * i);
    UNROLL for (int j = 0; j < BLOCK; j++) add_row(column + j, x, load(b + CK_LANES * j), 0);
}

// The upper columns become the lower ones.
INLINE void next_columns(vector column[2 * BLOCK]) {
    UNROLL for (int k = 0; k < BLOCK; k++) column[k] = column[k + BLOCK], column[k + BLOCK] = zero();
}

// wide = a·b, as columns that are not carried through.
INLINE void multiply_wide(uint64_t *wide, const uint64_t *a, const uint64_t *b, size_t blocks) {
    vector column[2 * BLOCK];
    UNROLL for (int k = 0; k < 2 * BLOCK; k++) column[k] = zero();
    for (size_t d = 0; d < 2 * blocks; d++) {
        size_t first = d < blocks ? 0 : d - blocks + 1, end = d < blocks ? d + 1 : blocks;
        for (size_t i = first; i < end; i++) add_tile(column, a + WORDS * i, b + WORDS * (d - i));
        UNROLL for (int k = 0; k < BLOCK; k++) store(wide + WORDS * d + CK_LANES * k, column[k]);
        next_columns(column);
    }
}

// wide = a², as columns that are not carried through: twice the products of unlike limbs and once the squares, where
// the square of limb i belongs to columns 2i and 2i + 1. Half the tiles are enough, and half of the tile that a block
// has with itself.
INLINE void square_wide(uint64_t *wide, const uint64_t *a, size_t blocks) {
    vector column[2 * BLOCK];
    UNROLL for (int k = 0; k < 2 * BLOCK; k++) column[k] = zero();
    for (size_t d = 0; d < 2 * blocks; d++) {
        size_t first = d < blocks ? 0 : d - blocks + 1;
        for (size_t i = first; 2 * i < d && i < blocks; i++) add_tile(column, a + WORDS * i, a + WORDS * (d - i));
        if (d % 2 == 0) {
            vector x[BLOCK];
            UNROLL for (int i = 0; i < BLOCK; i++) x[i] = load(a + WORDS * (d / 2) + CK_LANES * i);
            UNROLL for (int j = 0; j < BLOCK - 1; j++) add_row(column + j, x, x[j], j + 1);
        }
        UNROLL for (int k = 0; k < BLOCK; k += 2) {
            vector x = load(a + CK_LANES * (BLOCK * d + k) / 2);
            store(wide + WORDS * d + CK_LANES * k, add_low(add(column[k], column[k]), x, x));
            store(wide + WORDS * d + CK_LANES * (k + 1), add_high(add(column[k + 1], column[k + 1]), x, x));
        }
        next_columns(column);
    }
}

// A block of q, such that adding q·n clears the lower columns, and columns + q·n₀ for n's lowest block n₀.
//
// Limb i of q is column i times -n⁻¹ modulo 2^52. Each waits for the one before it, so this chain is kept short: a
// cleared column is its carry, and that is known before q: (x + 2^52 - 1) / 2^52 for a column x, rounded down, because
// adding a multiple of n that clears the low 52 bits carries one exactly where they are not 0 already.
INLINE void clear_columns(vector column[2 * BLOCK], uint64_t *q, const uint64_t *n, vector negated_inverse) {
    const vector mask = broadcast(ck_lane_limb_mask);
    vector x[BLOCK];
    UNROLL for (int j = 0; j < BLOCK; j++) x[j] = broadcast(n[j]);
    UNROLL for (int i = 0; i < BLOCK; i++) {
        vector y = add_low(zero(), column[i], negated_inverse);
        store(q + CK_LANES * i, y);
        // The next column first.
        vector low = add_low(zero(), x[1], y);
        vector next = add(column[i + 1], carry_of(add(column[i], mask)));
        column[i + 1] = add(add_high(next, x[0], y), low);
        UNROLL for (int j = 2; j < BLOCK; j++) column[i + j] = add_low(column[i + j], x[j], y);
        UNROLL for (int j = 1; j < BLOCK; j++) column[i + j + 1] = add_high(column[i + j + 1], x[j], y);
    }
}

// r = (wide + q·n) / R for the q below R that makes it whole, carried through. wide is below 4n² as a number.
INLINE void reduce(const struct ck_lane_modulus *n, uint64_t *r, const uint64_t *wide, uint64_t *q) {
    const vector mask = broadcast(ck_lane_limb_mask), negated_inverse = broadcast(n->negated_inverse);
    const size_t blocks = n->blocks;
    vector column[2 * BLOCK];
    UNROLL for (int k = 0; k < 2 * BLOCK; k++) column[k] = zero();
    for (size_t d = 0; d < 2 * blocks; d++) {
        UNROLL for (int k = 0; k < BLOCK; k++) column[k] = add(column[k], load(wide + WORDS * d + CK_LANES * k));
        // q's blocks below d, and n's from the first on: its lowest is added where q is made.
        size_t first = d < blocks ? 0 : d - blocks + 1, end = d < blocks ? d : blocks;
        for (size_t i = first; i < end; i++) {
            vector x[BLOCK];
            UNROLL for (int j = 0; j < BLOCK; j++) x[j] = broadcast(n->limbs[BLOCK * (d - i) + (size_t)j]);
            UNROLL for (int j = 0; j < BLOCK; j++) add_row(column + j, x, load(q + WORDS * i + CK_LANES * j), 0);
        }
        if (d < blocks) {
            clear_columns(column, q + WORDS * d, n->limbs, negated_inverse);
        } else {
            UNROLL for (int k = 0; k < BLOCK; k++) {
                store(r + WORDS * (d - blocks) + CK_LANES * k, _mm512_and_si512(column[k], mask));
                column[k + 1] = add(column[k + 1], carry_of(column[k]));
            }
        }
        next_columns(column);
    }
}

TARGET void ck_lanes_multiply_avx512(const struct ck_lane_modulus *n, uint64_t *r, const uint64_t *a,
                                     const uint64_t *b, uint64_t *scratch) {
    multiply_wide(scratch, a, b, n->blocks);
    reduce(n, r, scratch, scratch + 2 * WORDS * n->blocks);
    _mm256_zeroupper();
}

TARGET void ck_lanes_square_avx512(const struct ck_lane_modulus *n, uint64_t *r, const uint64_t *a, size_t times,
                                   uint64_t *scratch) {
    for (const uint64_t *from = a; times > 0; times--, from = r) {
        square_wide(scratch, from, n->blocks);
        reduce(n, r, scratch, scratch + 2 * WORDS * n->blocks);
    }
    _mm256_zeroupper();
}

// Four entries a pass: the entry whose number is the digit under a mask of ones, the others under zeros. The masks are
// vectors and not mask registers, so that every load is a plain one of a whole entry; the empty statement keeps the
// compiler from turning them back.
TARGET void ck_lanes_select_avx512(uint64_t *r, const uint64_t *table, size_t entries, const uint64_t digits[CK_LANES],
                                   size_t blocks) {
    enum { TOGETHER = 4, OR_AND = 0xf8 }; // the truth table of x | (y & z)
    const size_t words = WORDS * blocks;
    for (size_t i = 0; i < words; i += CK_LANES) store(r + i, zero());
    for (size_t entry = 0; entry < entries; entry += TOGETHER, table += TOGETHER * words) {
        vector is[TOGETHER];
        UNROLL for (size_t e = 0; e < TOGETHER; e++) {
            __mmask8 lanes = _mm512_cmpeq_epi64_mask(_mm512_loadu_si512(digits), broadcast(entry + e));
            is[e] = _mm512_maskz_set1_epi64(lanes, -1);
            __asm__("" : "+v"(is[e]));
        }
        for (size_t i = 0; i < words; i += CK_LANES) {
            vector x = load(r + i);
            UNROLL for (size_t e = 0; e < TOGETHER; e++)
                x = _mm512_ternarylogic_epi64(x, is[e], load(table + e * words + i), OR_AND);
            store(r + i, x);
        }
    }
    _mm256_zeroupper();
}

#endif
