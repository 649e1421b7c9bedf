/* The ceiling: the same relationships as lanes of single precision, without a branch, for the widest registers there are.
 *
 * It is a measure and nothing else: chance is of 32 bits, sums are in no order, and nothing is kept but two counts.
 */

#include <math.h>
#include <stdint.h>

#define LANES 512
#define KINDS 6
#define TRAITS 7

/* Strain, softness, ..., letting_go: in the order of `Assumptions`. */
enum { STRAIN, SOFTNESS, EXPOSURE, ORDINARY, THIN, GROWTH, MENDED, TORN, TORN_DIRECTNESS, SILENCE, REPAIR, LEAVING,
       LEAVING_TRUST, LEAVING_TORN, LEARNING, UNTRUSTED, THROUGH_RUPTURE, RECOVERY, LETTING_GO };

static inline uint32_t mixed(uint32_t x) {
    x ^= x >> 16; x *= 0x7feb352dU;
    x ^= x >> 15; x *= 0x846ca68bU;
    return x ^ (x >> 16);
}
static inline float even(uint32_t x) { return (float)(int32_t)(x >> 8) * 0x1p-24f; }
static inline float logistic(float x) { return 1.0f / (1.0f + expf(-x)); }
static inline float cut(float x) { x = x < 0.0f ? 0.0f : x; return x > 1.0f ? 1.0f : x; }

/* table: (layers, KINDS, energies, trusts) of actions; profile: (actions, TRAITS); limits: KINDS - 1, cuts: three */
void lived(int64_t people, int sessions, const float *restrict a, float moments, float receptive, const float *restrict limits,
           const float *restrict kinds, const float *restrict cuts, int energies, int trusts, const int32_t *restrict table, const int32_t *restrict layer,
           const float *restrict profile, const float *restrict normal, float noise, int64_t *counted) {
    float tau[LANES], growth[LANES], energy[LANES];
    uint32_t key[LANES];
    int32_t here[LANES], had[LANES];
    int64_t total = 0, left = 0;
    const float rho = receptive, strained = a[STRAIN] * (1.0f + 0.6f * (0.5f - rho));
    for (int64_t first = 0; first < people; first += LANES) {
        for (int i = 0; i < LANES; i++) {
            key[i] = mixed((uint32_t)(first + i) * 2654435769U + 1U);
            tau[i] = cut(0.5f + 0.15f * normal[mixed(key[i]) >> 20]);
            growth[i] = 0.0f; energy[i] = 0.9f; here[i] = first + i < people; had[i] = 0;
        }
        for (int t = 0; t < sessions; t++) {
            const int32_t *restrict now = table + (int64_t)layer[t] * KINDS * energies * trusts;
            const uint32_t at = (uint32_t)t * 8U + 1U;
            #pragma omp simd
            for (int i = 0; i < LANES; i++) {
                const float x = tau[i], e = energy[i], g = growth[i];
                const uint32_t k = key[i];
                const float hurt = even(mixed(k + at)) < moments * (1.0f - 0.8f * g) ? 1.0f : 0.0f;
                const float which = even(mixed(k + (at + 1U) * 0x9e3779b9U));
                int32_t kind = 0;
                for (int j = 0; j < KINDS - 1; j++) kind += which >= limits[j];
                const int32_t step = (e >= cuts[0]) + (e >= cuts[1]) + (e >= cuts[2]);
                int32_t trust = (int32_t)(x * (float)trusts);
                trust = trust > trusts - 1 ? trusts - 1 : trust;
                const int32_t did = TRAITS * now[(kind * energies + step) * trusts + trust];
                const float s = kinds[2 * kind], b = kinds[2 * kind + 1];
                const float d = hurt * profile[did + 0], holding = 0.25f + 0.75f * x;
                const float bore = hurt * s * b * (1.0f - profile[did + 2]);
                const float spent = hurt * (profile[did + 5] + a[LETTING_GO] * profile[did + 6] * s);
                const float floor_ = logistic(-holding / a[SOFTNESS]);
                const float sigma = strained * d * (0.7f + 0.3f * s) * (1.0f + a[EXPOSURE] * profile[did + 1] * b);
                const float called = (logistic((sigma - holding) / a[SOFTNESS]) - floor_) / (1.0f - floor_);
                const float chance = 1.0f - (1.0f - a[ORDINARY] - a[THIN] * (1.0f - x)) * (1.0f - called);
                const float ruptured = even(mixed(k + (at + 2U) * 0x9e3779b9U)) < chance ? 1.0f : 0.0f;
                const float mends = logistic(a[REPAIR] + 2.0f * (x - 0.5f) + 1.5f * (e - 0.5f));
                const float mended = even(mixed(k + (at + 3U) * 0x9e3779b9U)) < mends ? ruptured : 0.0f;
                const float torn = ruptured - mended, held = 1.0f - ruptured;
                const float bonus = hurt * profile[did + 4];
                const float moved = held * (a[GROWTH] * (0.9f - x) + bonus * (1.0f - x))
                                  + mended * (a[MENDED] + bonus) * (1.0f - x) - torn * (a[TORN] + a[TORN_DIRECTNESS] * d);
                const float heard = held + 1.3f * mended + a[THROUGH_RUPTURE] * torn;
                const float after = cut(x + moved - a[SILENCE] * bore);
                const float trusting = a[UNTRUSTED] + (1.0f - a[UNTRUSTED]) * x;
                const float said = a[LEARNING] * hurt * profile[did + 3] * rho * trusting * (0.6f + 0.4f * e) * heard;
                const float leaves = logistic(a[LEAVING] + a[LEAVING_TRUST] * (0.5f - after) + a[LEAVING_TORN] * torn);
                const int32_t gone = even(mixed(k + (at + 4U) * 0x9e3779b9U)) < leaves;
                had[i] += here[i];
                here[i] &= !gone;
                growth[i] = g + (1.0f - g) * cut(said + 0.005f * x * rho);
                energy[i] = cut(e + a[RECOVERY] * (1.0f - e) - spent - 0.06f * ruptured);
                tau[i] = cut(after + noise * normal[mixed(k + (at + 5U) * 0x9e3779b9U) >> 20]);
            }
        }
        for (int i = 0; i < LANES; i++) {
            total += had[i];
            left += (first + i < people) & !here[i];
        }
    }
    counted[0] = total;
    counted[1] = left;
}
