// The header scan, a nonce in each lane. A template as sha256_lanes.h, which is included before, with two more
// operations:
//
//     lane_numbers              0, 1, 2, …
//     at_most(x, y)             bit i is set where x is at most y in lane i
//
// A nonce takes two hashes, one after the other, so a batch of nonces is one long chain of rounds. The loop therefore
// works on two batches: the first hash of one and the second hash of the batch before, round by round, so that there is
// always a round that does not wait.
//
//     pass            1            2            3            4
//     first hash     batch 1      batch 2      batch 3       …
//                           \            \            \                     digest words, registers of `message`
//     second hash                batch 1      batch 2      batch 3   …      → compare, and the pass ends
//
// Of the 128 rounds a nonce, those are left out, or shortened, that are the same for every nonce (struct ck_scan), and
// those that only change words which nobody looks at: the digest's last word is its most significant one, it is e of
// round 61 plus a constant, and almost every nonce is refused by it.

// W[t] for t ≥ 16 in a ring of 16 words, of which only those that vary are kept.
INLINE void next_varying_word(const struct ck_scan_hash *hash, int second, vector w[16], int t) {
    int fixed = 0; // whether a part of the sum is the same for every nonce, and not 0
    const int terms[4] = {t - 2, t - 7, t - 15, t - 16};
    for (int i = 0; i < 4; i++) fixed |= !ck_scan_varies(second, terms[i]) && !ck_scan_is_zero(second, terms[i]);

    vector part[5];
    int parts = 0;
    if (ck_scan_varies(second, t - 15)) part[parts++] = small_sigma0(w[(t - 15) & 15]);
    if (ck_scan_varies(second, t - 16)) part[parts++] = w[t & 15];
    if (fixed) part[parts++] = broadcast(&hash->w[t]);
    if (ck_scan_varies(second, t - 7)) part[parts++] = w[(t - 7) & 15];
    if (ck_scan_varies(second, t - 2)) part[parts++] = small_sigma1(w[(t - 2) & 15]);
    vector sum = part[0];
    for (int i = 1; i < parts; i++) {
        sum = add(sum, part[i]);
        PIN(sum);
    }
    w[t & 15] = sum;
}

// h + K + W for round t; `set` is the first round with a word that varies.
INLINE vector round_input(const struct ck_scan_hash *hash, int second, int set, vector s[8], vector w[16], int t) {
    vector sum = broadcast(&hash->k[t]);
    if (t > set + 3) sum = add(sum, AT(s, t, 7));
    PIN(sum);
    if (!ck_scan_varies(second, t)) return sum;
    sum = add(sum, w[t & 15]);
    PIN(sum);
    return sum;
}

// The state after round `set`, in which `word` is the word that varies.
INLINE void start(const struct ck_scan_hash *hash, int set, vector s[8], vector word) {
    for (int i = 0; i < 7; i++) AT(s, set, i) = broadcast(&hash->state[i]);
    AT(s, set, 7) = add(word, broadcast(&hash->set_a));
    AT(s, set, 3) = add(word, broadcast(&hash->set_e));
}

enum { FIRST_SET = 3, SECOND_SET = 0, LAST_FULL_ROUND = 56, LAST_ROUND = 60 };

// Round t of the first hash. w[3] holds the nonces as schedule words.
INLINE void first_hash_round(const struct ck_scan *scan, vector s[8], vector w[16], int t) {
    const struct ck_scan_hash *hash = &scan->first;
    if (t < FIRST_SET) return;
    if (t == FIRST_SET) return start(hash, FIRST_SET, s, w[3]);
    if (t >= 18) next_varying_word(hash, 0, w, t);
    one_round(s, t, round_input(hash, 0, FIRST_SET, s, w, t));
}

// Round t of the second hash. w[0…7] holds the first digest.
INLINE void second_hash_round(const struct ck_scan *scan, vector s[8], vector w[16], int t) {
    const struct ck_scan_hash *hash = &scan->second;
    if (t > LAST_ROUND) return;
    if (t == SECOND_SET) return start(hash, SECOND_SET, s, w[0]);
    if (t >= 16) next_varying_word(hash, 1, w, t);
    vector sum = round_input(hash, 1, SECOND_SET, s, w, t);
    if (t <= LAST_FULL_ROUND)
        one_round(s, t, sum);
    else
        half_round(s, t, sum);
}

// The first digest is the message of the second hash.
INLINE void finish_first_hash(const struct ck_scan *scan, vector s[8], vector message[8]) {
    for (int i = 0; i < 8; i++) message[i] = add(s[i], broadcast(&scan->midstate[i]));
}

// The lanes whose digest may meet the target: its most significant word is at most the target's.
INLINE unsigned candidates(const struct ck_scan *scan, vector s[8]) {
    vector last = add(AT(s, LAST_ROUND + 1, 4), broadcast(&initial_state[7]));
    return at_most(swap_bytes(last), broadcast(&scan->top));
}

INLINE vector nonce_words(uint32_t nonce) { return swap_bytes(add(broadcast(&nonce), lane_numbers())); }

// The lowest of the candidate lanes that meets the whole target. The batch begins at start + offset.
static inline int confirm(const struct ck_scan *scan, unsigned lanes, uint32_t start, uint64_t offset, uint64_t count,
                          uint32_t *nonce) {
    for (; lanes; lanes &= lanes - 1) {
        uint64_t at = offset + (unsigned)__builtin_ctz(lanes);
        if (at >= count) return 0;
        if (!ck_scan_meets(scan, start + (uint32_t)at)) continue;
        *nonce = start + (uint32_t)at;
        return 1;
    }
    return 0;
}

INLINE int scan_headers(const struct ck_scan *scan, uint32_t start, uint64_t count, uint32_t *nonce) {
    vector message[8];
    for (int i = 0; i < 8; i++) message[i] = broadcast(&scan->midstate[i]); // of no batch, in the first pass
#pragma clang loop unroll(disable)
    for (uint64_t offset = 0; offset < count + LANES; offset += LANES) {
        vector s1[8], w1[16], s2[8], w2[16];
        w1[3] = nonce_words(start + (uint32_t)offset);
        for (int i = 0; i < 8; i++) w2[i] = message[i];
#pragma clang loop unroll(full)
        for (int t = 0; t < 64; t++) {
            first_hash_round(scan, s1, w1, t);
            second_hash_round(scan, s2, w2, t);
        }
        finish_first_hash(scan, s1, message);
        unsigned lanes = candidates(scan, s2);
        if (__builtin_expect(lanes == 0 || offset == 0, 1)) continue;
        if (confirm(scan, lanes, start, offset - LANES, count, nonce)) return 1;
    }
    return 0;
}

// The kernel itself, as an outer function.
#define SCAN(name)                                                                                            \
    TARGET int ck_scan_headers_##name(const struct ck_scan *scan, uint32_t start, uint64_t count, uint32_t *nonce) { \
        int found = scan_headers(scan, start, count, nonce);                                                  \
        _mm256_zeroupper();                                                                                   \
        return found;                                                                                         \
    }
