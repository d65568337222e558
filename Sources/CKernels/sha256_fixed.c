// The parts of rounds and schedules that are the same for many hashes.
#include "sha256_internal.h"

#include <string.h>

struct ck_schedule ck_digest_schedule;
struct ck_start ck_digest_start;
uint32_t ck_schedule_after_64[64];

void ck_prepare_schedule(struct ck_schedule *schedule, enum ck_block block, const uint32_t words[16]) {
    uint32_t *w = schedule->w, known[64]; // a word that varies counts as 0 in the words that come from it
    memcpy(w, words, 16 * sizeof *w);
    for (int t = 0; t < 64; t++) {
        if (t >= 16)
            w[t] = ck_small_sigma1(known[t - 2]) + known[t - 7] + ck_small_sigma0(known[t - 15]) + known[t - 16];
        known[t] = ck_word_varies(block, t) ? 0 : w[t];
        schedule->k[t] = ck_sha256_k[t] + known[t];
    }
}

void ck_prepare_start(struct ck_start *start, const struct ck_schedule *schedule, const uint32_t state[8], int set) {
    uint32_t *s = start->state;
    memcpy(s, state, sizeof start->state);
    for (int t = 0; t <= set; t++) {
        uint32_t t1 = s[7] + ck_big_sigma1(s[4]) + ck_ch(s[4], s[5], s[6]) + schedule->k[t];
        uint32_t t2 = ck_big_sigma0(s[0]) + ck_maj(s[0], s[1], s[2]);
        start->set_a = t1 + t2, start->set_e = s[3] + t1;
        if (t == set) break;
        memmove(s + 1, s, 7 * sizeof *s);
        s[0] = start->set_a, s[4] = start->set_e;
    }
    for (int i = 0; i < 3; i++) start->k[i] = schedule->k[set + 1 + i] + s[6 - i]; // g, f, e above
}

__attribute__((constructor)) static void prepare(void) {
    static const uint32_t initial[8] = CK_SHA256_INITIAL_STATE;
    const uint32_t words[16] = {[8] = 0x80000000, [15] = 32 * 8};
    ck_prepare_schedule(&ck_digest_schedule, CK_DIGEST, words);
    ck_prepare_start(&ck_digest_start, &ck_digest_schedule, initial, 0);
    const uint8_t last[64] = {[0] = 0x80, [62] = 64 * 8 >> 8};
    ck_sha256_schedule(ck_schedule_after_64, last);
}
