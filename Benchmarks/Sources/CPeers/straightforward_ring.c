// The paper's ring signature, base mode of the repaired scheme, as one writes it over GMP without thinking of speed:
//
//     λ = XOF("lambda", p, q, g, flags, n, y₀ … yₙ₋₁, "", E, "", "", "", "", context, M)
//     cᵢ = H_q("c", λ, i, αᵢ)    Yᵢ = αᵢ·g^βᵢ·yᵢ^cᵢ    zᵢ₊₁ = H_p("z", λ, i, zᵢ·Yᵢ)
#include "cpeers.h"

#include <gmp.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

struct cp_ring {
    size_t width, scalar_width, members;
    mpz_t p, q, g, *keys;
    unsigned char *encodings; // p, q, g, then the keys
};

static void require(int done) {
    if (!done) __builtin_trap();
}

// Numbers and bytes ----------------------------------------------------------------------------------------------

static void import(mpz_t number, const void *bytes, size_t width) { mpz_import(number, width, 1, 1, 1, 0, bytes); }

static void export(void *bytes, const mpz_t number, size_t width) {
    size_t written = mpz_sgn(number) ? (mpz_sizeinbase(number, 2) + 7) / 8 : 0;
    memset(bytes, 0, width);
    mpz_export((unsigned char *)bytes + width - written, NULL, 1, 1, 1, 0, number);
}

struct cp_ring *cp_ring_new(const void *p, const void *q, const void *g, size_t width, size_t scalar_width,
                            const void *keys, size_t members) {
    struct cp_ring *ring = calloc(1, sizeof *ring);
    require(ring != NULL);
    ring->width = width;
    ring->scalar_width = scalar_width;
    ring->members = members;
    mpz_inits(ring->p, ring->q, ring->g, NULL);
    import(ring->p, p, width);
    import(ring->q, q, scalar_width);
    import(ring->g, g, width);
    ring->keys = calloc(members, sizeof *ring->keys);
    ring->encodings = malloc(members * width);
    require(ring->keys && ring->encodings);
    memcpy(ring->encodings, keys, members * width);
    for (size_t i = 0; i < members; i++) {
        mpz_init(ring->keys[i]);
        import(ring->keys[i], ring->encodings + width * i, width);
    }
    return ring;
}

void cp_ring_free(struct cp_ring *ring) {
    for (size_t i = 0; i < ring->members; i++) mpz_clear(ring->keys[i]);
    free(ring->keys);
    free(ring->encodings);
    mpz_clears(ring->p, ring->q, ring->g, NULL);
    free(ring);
}

// Framed hashes --------------------------------------------------------------------------------------------------

// One item of SHAKE256's input, behind its length in eight bytes.
static void item(EVP_MD_CTX *xof, const void *bytes, size_t length) {
    unsigned char prefix[8];
    for (int i = 0; i < 8; i++) prefix[i] = (unsigned char)((uint64_t)length >> (56 - 8 * i));
    require(EVP_DigestUpdate(xof, prefix, sizeof prefix) && EVP_DigestUpdate(xof, bytes, length));
}

static void item_number(EVP_MD_CTX *xof, const mpz_t number, size_t width) {
    unsigned char bytes[width];
    export(bytes, number, width);
    item(xof, bytes, width);
}

static void item_index(EVP_MD_CTX *xof, size_t index) {
    unsigned char bytes[4] = {(unsigned char)(index >> 24), (unsigned char)(index >> 16), (unsigned char)(index >> 8),
                              (unsigned char)index};
    item(xof, bytes, sizeof bytes);
}

// The tag is the first item.
static EVP_MD_CTX *start(const char *tag) {
    EVP_MD_CTX *xof = EVP_MD_CTX_new();
    require(xof && EVP_DigestInit_ex(xof, EVP_shake256(), NULL));
    item(xof, tag, strlen(tag));
    return xof;
}

static void finish(EVP_MD_CTX *xof, void *bytes, size_t length) {
    require(EVP_DigestFinalXOF(xof, bytes, length));
    EVP_MD_CTX_free(xof);
}

static void finish_number(EVP_MD_CTX *xof, mpz_t number, size_t length) {
    unsigned char bytes[length];
    finish(xof, bytes, length);
    import(number, bytes, length);
}

static void hash_lambda(const struct cp_ring *ring, unsigned char lambda[32], const void *ephemeral, const void *context,
                        size_t context_length, const void *message, size_t length) {
    EVP_MD_CTX *xof = start("lambda");
    unsigned char flags = 0;
    item_number(xof, ring->p, ring->width);
    item_number(xof, ring->q, ring->scalar_width);
    item_number(xof, ring->g, ring->width);
    item(xof, &flags, 1);
    item_index(xof, ring->members);
    for (size_t i = 0; i < ring->members; i++) item(xof, ring->encodings + ring->width * i, ring->width);
    item(xof, "", 0); // no recipient
    item(xof, ephemeral, ring->width);
    for (int absent = 0; absent < 4; absent++) item(xof, "", 0); // no tag, no administrator
    item(xof, context, context_length);
    item(xof, message, length);
    finish(xof, lambda, 32);
}

// c = H_q("c", λ, index, α)
static void hash_challenge(const struct cp_ring *ring, mpz_t c, const unsigned char lambda[32], size_t index,
                           const mpz_t alpha) {
    EVP_MD_CTX *xof = start("q:c");
    item(xof, lambda, 32);
    item_index(xof, index);
    item_number(xof, alpha, ring->width);
    finish_number(xof, c, ring->scalar_width + 16);
    mpz_mod(c, c, ring->q);
}

// z = H_p("z", λ, index, product) = 1 + XOF mod (p − 1)
static void hash_link(const struct cp_ring *ring, mpz_t z, const unsigned char lambda[32], size_t index,
                      const mpz_t product) {
    EVP_MD_CTX *xof = start("p:z");
    item(xof, lambda, 32);
    item_index(xof, index);
    item_number(xof, product, ring->width);
    finish_number(xof, z, ring->width + 16);
    mpz_t order;
    mpz_init(order);
    mpz_sub_ui(order, ring->p, 1);
    mpz_mod(z, z, order);
    mpz_add_ui(z, z, 1);
    mpz_clear(order);
}

// The scheme -----------------------------------------------------------------------------------------------------

// Y = α·g^β·y^c mod p
static void member(const struct cp_ring *ring, mpz_t y, const unsigned char lambda[32], size_t index, const mpz_t alpha,
                   const mpz_t beta) {
    mpz_t c, power;
    mpz_inits(c, power, NULL);
    hash_challenge(ring, c, lambda, index, alpha);
    mpz_powm(y, ring->g, beta, ring->p);
    mpz_powm(power, ring->keys[index], c, ring->p);
    mpz_mul(y, y, power);
    mpz_mod(y, y, ring->p);
    mpz_mul(y, y, alpha);
    mpz_mod(y, y, ring->p);
    mpz_clears(c, power, NULL);
}

// The step of the chain at `index`, with the member's values as bytes.
static void step(const struct cp_ring *ring, mpz_t z, const unsigned char lambda[32], size_t index, const void *alpha,
                 const void *beta) {
    mpz_t a, b, y;
    mpz_inits(a, b, y, NULL);
    import(a, (const unsigned char *)alpha + ring->width * index, ring->width);
    import(b, (const unsigned char *)beta + ring->scalar_width * index, ring->scalar_width);
    member(ring, y, lambda, index, a, b);
    mpz_mul(y, y, z);
    mpz_mod(y, y, ring->p);
    hash_link(ring, z, lambda, index, y);
    mpz_clears(a, b, y, NULL);
}

int cp_ring_verify(struct cp_ring *ring, const void *ephemeral, const void *delta, const void *alpha, const void *beta,
                   const void *context, size_t context_length, const void *message, size_t length) {
    unsigned char lambda[32];
    mpz_t z, expected;
    mpz_inits(z, expected, NULL);
    hash_lambda(ring, lambda, ephemeral, context, context_length, message, length);
    import(expected, delta, ring->width);
    mpz_set(z, expected);
    for (size_t i = 0; i < ring->members; i++) step(ring, z, lambda, i, alpha, beta);
    int closes = mpz_cmp(z, expected) == 0;
    mpz_clears(z, expected, NULL);
    return closes;
}

void cp_ring_sign(struct cp_ring *ring, size_t signer, const void *x, const void *e, const void *kappa, const void *u,
                  void *alpha, void *beta, void *ephemeral, void *delta, const void *context, size_t context_length,
                  const void *message, size_t length) {
    unsigned char lambda[32];
    size_t n = ring->members;
    mpz_t secret, k, start_value, z, number, own;
    mpz_inits(secret, k, start_value, z, number, own, NULL);

    // E = g^e, λ, K = e + κ
    import(k, e, ring->scalar_width);
    mpz_powm(number, ring->g, k, ring->p);
    export(ephemeral, number, ring->width);
    hash_lambda(ring, lambda, ephemeral, context, context_length, message, length);
    import(number, kappa, ring->scalar_width);
    mpz_add(k, k, number);
    mpz_mod(k, k, ring->q);

    // The chain from u round to the signer; δ is z₀.
    import(start_value, u, ring->width);
    hash_link(ring, z, lambda, signer, start_value);
    for (size_t i = 1; i < n; i++) {
        size_t index = (signer + i) % n;
        if (index == 0) export(delta, z, ring->width);
        step(ring, z, lambda, index, alpha, beta);
    }
    if (signer == 0) export(delta, z, ring->width);

    // Y = u/z, α = Y·g^(−K), β = K − c·x
    require(mpz_invert(own, z, ring->p));
    mpz_mul(own, own, start_value);
    mpz_mod(own, own, ring->p);
    mpz_sub(number, ring->q, k);
    mpz_powm(number, ring->g, number, ring->p);
    mpz_mul(own, own, number);
    mpz_mod(own, own, ring->p);
    export((unsigned char *)alpha + ring->width * signer, own, ring->width);
    hash_challenge(ring, number, lambda, signer, own);
    import(secret, x, ring->scalar_width);
    mpz_mul(number, number, secret);
    mpz_sub(number, k, number);
    mpz_mod(number, number, ring->q);
    export((unsigned char *)beta + ring->scalar_width * signer, number, ring->scalar_width);
    mpz_clears(secret, k, start_value, z, number, own, NULL);
}
