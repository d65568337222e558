// SHA-256 through OpenSSL's two interfaces and libsodium's, and OpenSSL's HMAC, scrypt and AES-GCM.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "cpeers.h"
#include "optional.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <string.h>

static void require(int done) {
    if (!done) __builtin_trap();
}

// What one caller hashes with: the EVP context is made once, as a program that cares about speed does.
struct hasher {
    enum cp_hash hash;
    EVP_MD_CTX *context;
};

static struct hasher open_hasher(enum cp_hash hash) {
    struct hasher hasher = {hash, NULL};
    if (hash == CP_EVP) {
        hasher.context = EVP_MD_CTX_new();
        require(hasher.context && EVP_DigestInit_ex(hasher.context, EVP_sha256(), NULL));
    }
    return hasher;
}

static void close_hasher(struct hasher *hasher) { EVP_MD_CTX_free(hasher->context); }

static inline void hash_once(struct hasher *hasher, unsigned char *digest, const void *message, size_t length) {
    switch (hasher->hash) {
    case CP_EVP:
        // A NULL type keeps the algorithm that the context has: OpenSSL's own advice for many messages.
        require(EVP_DigestInit_ex(hasher->context, NULL, NULL) && EVP_DigestUpdate(hasher->context, message, length) &&
                EVP_DigestFinal_ex(hasher->context, digest, NULL));
        break;
    case CP_LOW_LEVEL: {
        SHA256_CTX context;
        SHA256_Init(&context);
        SHA256_Update(&context, message, length);
        SHA256_Final(digest, &context);
        break;
    }
    case CP_SODIUM: sodium()->hash_sha256(digest, message, length); break;
    }
}

static inline void hash_twice(struct hasher *hasher, unsigned char *digest, const void *message, size_t length) {
    unsigned char inner[32];
    hash_once(hasher, inner, message, length);
    hash_once(hasher, digest, inner, sizeof inner);
}

void cp_sha256_many(enum cp_hash hash, void *digests, const void *messages, size_t length, size_t count, int doubled) {
    struct hasher hasher = open_hasher(hash);
    for (size_t i = 0; i < count; i++) {
        unsigned char *digest = (unsigned char *)digests + 32 * i;
        const unsigned char *message = (const unsigned char *)messages + length * i;
        if (doubled)
            hash_twice(&hasher, digest, message, length);
        else
            hash_once(&hasher, digest, message, length);
    }
    close_hasher(&hasher);
}

void cp_sha256_chain(enum cp_hash hash, void *digest, size_t times) {
    struct hasher hasher = open_hasher(hash);
    for (size_t i = 0; i < times; i++) hash_once(&hasher, digest, digest, 32);
    close_hasher(&hasher);
}

void cp_merkle_root(enum cp_hash hash, void *root, void *scratch, const void *leaves, size_t count) {
    struct hasher hasher = open_hasher(hash);
    const unsigned char *level = leaves;
    unsigned char *next = scratch;
    unsigned char last[64];
    while (count > 1) {
        for (size_t i = 0; i < count / 2; i++) hash_twice(&hasher, next + 32 * i, level + 64 * i, 64);
        if (count % 2) {
            memcpy(last, level + 32 * (count - 1), 32);
            memcpy(last + 32, last, 32);
            hash_twice(&hasher, next + 32 * (count / 2), last, 64);
        }
        count = (count + 1) / 2;
        level = next;
    }
    memcpy(root, level, 32);
    close_hasher(&hasher);
}

int cp_scan(enum cp_hash hash, const void *header, const void *target, uint32_t start, uint64_t count,
            uint32_t *nonce) {
    struct hasher hasher = open_hasher(hash);
    unsigned char candidate[80], digest[32];
    const unsigned char *limit = target;
    memcpy(candidate, header, sizeof candidate);
    int found = 0;
    for (uint64_t i = 0; i < count && !found; i++) {
        uint32_t value = start + (uint32_t)i;
        for (int byte = 0; byte < 4; byte++) candidate[76 + byte] = (unsigned char)(value >> 8 * byte);
        hash_twice(&hasher, digest, candidate, sizeof candidate);
        int place = 31;
        while (place > 0 && digest[place] == limit[place]) place--;
        if (digest[place] <= limit[place]) {
            *nonce = value;
            found = 1;
        }
    }
    close_hasher(&hasher);
    return found;
}

void cp_hmac_sha256(void *tag, const void *key, size_t key_length, const void *message, size_t length) {
    require(HMAC(EVP_sha256(), key, (int)key_length, message, length, tag, NULL) != NULL);
}

int cp_scrypt(void *key, const void *password, size_t length, const void *salt, size_t salt_length, uint64_t n) {
    return EVP_PBE_scrypt(password, length, salt, salt_length, n, 8, 1, 256 * n * 8, key, 32);
}

void cp_aes_gcm_seal(void *sealed, const void *key, const void *nonce, const void *data, size_t data_length,
                     const void *message, size_t length) {
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    unsigned char *out = sealed;
    int written = 0;
    require(context && EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, nonce));
    require(EVP_EncryptUpdate(context, NULL, &written, data, (int)data_length));
    require(EVP_EncryptUpdate(context, out, &written, message, (int)length));
    require(EVP_EncryptFinal_ex(context, out + length, &written));
    require(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, 16, out + length));
    EVP_CIPHER_CTX_free(context);
}
