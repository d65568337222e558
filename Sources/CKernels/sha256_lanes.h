// SHA-256 on many messages at once, a message in each 32-bit lane of a vector register. A template: the file that
// includes it gives the registers and the instructions.
//
//     LANES                     the lanes of a register: 8 or 16
//     vector                    the register
//     INLINE, TARGET            how an inlined function and an outer one are declared for the instruction set
//     add, rotate, shift, …     the operations, each with its usual meaning in every lane
//     FINISH()                  what an outer function ends with
//     PIN(x)                    keeps the compiler from reordering the additions that make x
//
// Word t of the messages lies in one register, so that a round is the text of FIPS 180-4 §6.2.2 and its instructions do
// not depend on one another from lane to lane:
//
//                      lane 0    lane 1    lane 2   …
//     register a      a of m0   a of m1   a of m2
//     register W[t]   W of m0   W of m1   W of m2
//
// Within a lane each round waits for the one before. Two groups of messages side by side (`groups` = 2) give the
// processor something to do in the meantime.

enum { MOST_GROUPS = 2 };

// The state in the course of the rounds: the register that holds a in round t holds b in round t + 1, so nothing moves.
// AT(s, t, 0) is a, AT(s, t, 7) is h.
#define AT(s, t, i) ((s)[((i) - (t)) & 7])

INLINE vector big_sigma0(vector x) { return xor3(rotate(x, 2), rotate(x, 13), rotate(x, 22)); }
INLINE vector big_sigma1(vector x) { return xor3(rotate(x, 6), rotate(x, 11), rotate(x, 25)); }
INLINE vector small_sigma0(vector x) { return xor3(rotate(x, 7), rotate(x, 18), shift(x, 3)); }
INLINE vector small_sigma1(vector x) { return xor3(rotate(x, 17), rotate(x, 19), shift(x, 10)); }

// The half of a round for e: T₁ = h + K + W + Ch(e, f, g) + Σ₁(e), then e = d + T₁. `sum` is h + K + W. The order
// of the additions is the one that ends soonest after e is known; compilers find a slower one if they may.
INLINE vector half_round(vector s[8], int t, vector sum) {
    vector e = AT(s, t, 4);
    vector t1 = add(sum, choose(e, AT(s, t, 5), AT(s, t, 6)));
    PIN(t1);
    t1 = add(t1, big_sigma1(e));
    PIN(t1);
    AT(s, t, 3) = add(AT(s, t, 3), t1);
    PIN(AT(s, t, 3));
    return t1;
}

// Round t. `sum` is h + K + W.
INLINE void one_round(vector s[8], int t, vector sum) {
    vector t1 = half_round(s, t, sum);
    vector t2 = add(big_sigma0(AT(s, t, 0)), majority(AT(s, t, 0), AT(s, t, 1), AT(s, t, 2)));
    PIN(t2);
    AT(s, t, 7) = add(t1, t2);
    PIN(AT(s, t, 7));
}

// Replaces W[t] by W[t + 16] in a ring of 16 words.
INLINE void next_word(vector w[16], int t) {
    vector sum = add(w[t & 15], small_sigma0(w[(t + 1) & 15]));
    PIN(sum);
    sum = add(sum, w[(t + 9) & 15]);
    PIN(sum);
    w[t & 15] = add(sum, small_sigma1(w[(t + 14) & 15]));
}

// W[t] for t ≥ 16 in a ring of 16 words, of which only those that vary are kept.
INLINE vector next_varying_word(const struct ck_schedule *schedule, enum ck_block block, vector w[16], int t) {
    int fixed = 0; // whether a part of the sum is the same for every nonce, and not 0
    const int terms[4] = {t - 2, t - 7, t - 15, t - 16};
    for (int i = 0; i < 4; i++) fixed |= !ck_word_varies(block, terms[i]) && !ck_word_is_zero(block, terms[i]);

    vector part[5];
    int parts = 0;
    if (ck_word_varies(block, t - 15)) part[parts++] = small_sigma0(w[(t - 15) & 15]);
    if (ck_word_varies(block, t - 16)) part[parts++] = w[t & 15];
    if (fixed) part[parts++] = broadcast(&schedule->w[t]);
    if (ck_word_varies(block, t - 7)) part[parts++] = w[(t - 7) & 15];
    if (ck_word_varies(block, t - 2)) part[parts++] = small_sigma1(w[(t - 2) & 15]);
    vector sum = part[0];
    for (int i = 1; i < parts; i++) {
        sum = add(sum, part[i]);
        PIN(sum);
    }
    return w[t & 15] = sum;
}

// The state after round `set`, in which `word` is the word that varies.
INLINE void start(const struct ck_start *from, int set, vector s[8], vector word) {
    for (int i = 0; i < 7; i++) AT(s, set, i) = broadcast(&from->state[i]);
    AT(s, set, 7) = add(word, broadcast(&from->set_a));
    AT(s, set, 3) = add(word, broadcast(&from->set_e));
}

// h + K + W for round t > 0 of a digest's hash, with W[t] in the ring where it varies.
INLINE vector digest_sum(vector s[8], vector w[16], int t) {
    vector sum;
    if (t <= 3)
        sum = broadcast(&ck_digest_start.k[t - 1]);
    else
        sum = add(AT(s, t, 7), broadcast(&ck_digest_schedule.k[t]));
    PIN(sum);
    if (ck_word_varies(CK_DIGEST, t)) sum = add(sum, w[t & 15]);
    PIN(sum);
    return sum;
}

// Round t < 16 of a digest's hash, with the digest in w[0…7], and W[t + 16].
INLINE void digest_round(vector s[8], vector w[16], int t) {
    if (t == 0)
        start(&ck_digest_start, 0, s, w[0]);
    else
        one_round(s, t, digest_sum(s, w, t));
    next_varying_word(&ck_digest_schedule, CK_DIGEST, w, t + 16);
}

// 4 × 4 words in each quarter of four registers change places across the diagonal.
INLINE void transpose(vector r[4]) {
    vector a = low_pairs(r[0], r[1]), b = high_pairs(r[0], r[1]);
    vector c = low_pairs(r[2], r[3]), d = high_pairs(r[2], r[3]);
    r[0] = low_halves(a, c), r[1] = high_halves(a, c);
    r[2] = low_halves(b, d), r[3] = high_halves(b, d);
}

// The 16 words of a block of each lane. Lane 4q + r is in quarter q of row r.
INLINE void read_blocks(vector w[16], const uint8_t *const *block) {
    for (int i = 0; i < 16; i += 4) {
        for (int r = 0; r < 4; r++) w[i + r] = swap_bytes(load_row(block + r, 4 * (size_t)i));
        transpose(w + i);
    }
}

// Round t of any hash, with W[t] in the ring.
INLINE void any_round(vector s[8], vector w[16], int t, int base) {
    vector sum = add(AT(s, t, 7), broadcast(ck_sha256_k + base + t));
    PIN(sum);
    one_round(s, t, add(sum, w[t]));
}

// All 64 rounds on 16 words a group.
INLINE void rounds(vector s[][8], vector w[][16], int groups) {
#pragma clang loop unroll(disable)
    for (int base = 0; base < 48; base += 16) {
#pragma clang loop unroll(full)
        for (int t = 0; t < 16; t++) {
            for (int q = 0; q < groups; q++) {
                any_round(s[q], w[q], t, base);
                next_word(w[q], t);
            }
        }
    }
#pragma clang loop unroll(full)
    for (int t = 0; t < 16; t++)
        for (int q = 0; q < groups; q++) any_round(s[q], w[q], t, 48);
}

// What an engine does, for one or two groups ------------------------------------------------------------------

static const uint32_t initial_state[8] = CK_SHA256_INITIAL_STATE;

INLINE void begin(uint32_t *state, int groups) {
    for (int i = 0; i < 8 * groups; i++) store(state + i * LANES, broadcast(&initial_state[i % 8]));
}

INLINE void blocks(uint32_t *state, const uint8_t *const *block, int groups) {
    vector w[MOST_GROUPS][16], s[MOST_GROUPS][8];
    for (int q = 0; q < groups; q++) {
        read_blocks(w[q], block + q * LANES);
        for (int i = 0; i < 8; i++) s[q][i] = load(state + (8 * q + i) * LANES);
    }
    rounds(s, w, groups);
    for (int q = 0; q < groups; q++)
        for (int i = 0; i < 8; i++) {
            uint32_t *at = state + (8 * q + i) * LANES;
            store(at, add(s[q][i], load(at)));
        }
}

INLINE void constant(uint32_t *state, const uint32_t kw[64], int groups) {
    vector s[MOST_GROUPS][8];
    for (int q = 0; q < groups; q++)
        for (int i = 0; i < 8; i++) s[q][i] = load(state + (8 * q + i) * LANES);
#pragma clang loop unroll(disable)
    for (int base = 0; base < 64; base += 8) {
#pragma clang loop unroll(full)
        for (int t = 0; t < 8; t++)
            for (int q = 0; q < groups; q++) one_round(s[q], t, add(AT(s[q], t, 7), broadcast(kw + base + t)));
    }
    for (int q = 0; q < groups; q++)
        for (int i = 0; i < 8; i++) {
            uint32_t *at = state + (8 * q + i) * LANES;
            store(at, add(s[q][i], load(at)));
        }
}

// The state words are the message words of the next hash: digest, then the padding of a 32-byte message.
INLINE void again(uint32_t *state, int groups) {
    vector w[MOST_GROUPS][16], s[MOST_GROUPS][8];
    for (int q = 0; q < groups; q++)
        for (int i = 0; i < 8; i++) {
            w[q][i] = load(state + (8 * q + i) * LANES);
            w[q][8 + i] = broadcast(&ck_digest_schedule.w[8 + i]);
            s[q][i] = broadcast(&initial_state[i]);
        }
    rounds(s, w, groups);
    for (int q = 0; q < groups; q++)
        for (int i = 0; i < 8; i++) store(state + (8 * q + i) * LANES, add(s[q][i], broadcast(&initial_state[i])));
}

INLINE void end(const uint32_t *state, uint8_t *const *digest, int groups) {
    for (int q = 0; q < groups; q++)
        for (int half = 0; half < 2; half++) {
            vector r[4];
            for (int i = 0; i < 4; i++) r[i] = load(state + (8 * q + 4 * half + i) * LANES);
            transpose(r);
            for (int i = 0; i < 4; i++) store_row(digest + q * LANES + i, 16 * (size_t)half, swap_bytes(r[i]));
        }
}

// An engine's five functions. Each ends by clearing the upper halves of the registers: left dirty, they slow down every
// instruction of the older kind that follows, SHA-NI's among them.
#define ENGINE(name, groups)                                                                                  \
    TARGET static void begin_##name(uint32_t *state) {                                                        \
        begin(state, groups);                                                                                 \
        FINISH();                                                                                   \
    }                                                                                                         \
    TARGET static void blocks_##name(uint32_t *state, const uint8_t *const *block) {                          \
        blocks(state, block, groups);                                                                         \
        FINISH();                                                                                   \
    }                                                                                                         \
    TARGET static void constant_##name(uint32_t *state, const uint32_t *kw) {                                 \
        constant(state, kw, groups);                                                                          \
        FINISH();                                                                                   \
    }                                                                                                         \
    TARGET static void again_##name(uint32_t *state, size_t times) {                                          \
        for (; times > 0; times--) again(state, groups);                                                      \
        FINISH();                                                                                   \
    }                                                                                                         \
    TARGET static void end_##name(const uint32_t *state, uint8_t *const *digest) {                            \
        end(state, digest, groups);                                                                           \
        FINISH();                                                                                   \
    }                                                                                                         \
    const struct ck_engine ck_engine_##name = {                                                               \
        (groups)*LANES, begin_##name, blocks_##name, constant_##name, again_##name, end_##name}
