/* What the processors can do at best: a ring in shared memory, and plain copying. */
#include "pipebench.h"

#include <stdatomic.h>

static atomic_bool stop;

/* ---- A ring in shared memory, two threads, copying in and out, never sleeping. */

struct counter {
    _Alignas(LINE) _Atomic uint64_t value;
    char rest[LINE - sizeof(uint64_t)];
};

static struct counter filled, drained;
static char *ring;
static size_t slot;
static uint64_t slots;

static void *fill_ring(void *unused)
{
    char *bytes = buffer(slot);
    uint64_t head = 0;
    (void)unused;
    bind_cpu(1);
    while (!atomic_load_explicit(&stop, memory_order_relaxed)) {
        if (head - atomic_load_explicit(&drained.value, memory_order_acquire) >= slots) {
            pause_cpu();
            continue;
        }
        memcpy(ring + head % slots * slot, bytes, slot);
        atomic_store_explicit(&filled.value, ++head, memory_order_release);
    }
    free(bytes);
    return NULL;
}

static double spin_ring(size_t slot_size, uint64_t slot_count)
{
    char *bytes = buffer(slot_size);
    slot = slot_size;
    slots = slot_count;
    ring = buffer(slot * slots);
    filled.value = drained.value = 0;
    atomic_store(&stop, false);
    bind_cpu(0);
    pthread_t filler = start(fill_ring, NULL);
    uint64_t tail = 0;
    double began = now();
    while (now() < began + seconds) {
        uint64_t head = atomic_load_explicit(&filled.value, memory_order_acquire);
        if (head == tail)
            pause_cpu();
        for (; tail < head; ) {
            memcpy(bytes, ring + tail % slots * slot, slot);
            __asm__ volatile("" : : "r"(bytes) : "memory");
            atomic_store_explicit(&drained.value, ++tail, memory_order_release);
        }
    }
    double spent = now() - began;
    atomic_store(&stop, true);
    pthread_join(filler, NULL);
    unbind();
    free(ring);
    free(bytes);
    return tail * (double)slot / spent / MIB;
}

double ring_4k_16(long unused) { return (void)unused, spin_ring(4 * KIB, 16); }
double ring_64k_16(long unused) { return (void)unused, spin_ring(64 * KIB, 16); }
double ring_4k_256(long unused) { return (void)unused, spin_ring(4 * KIB, 256); }

/* ---- Copying memory. */

double copy_memory(long size)
{
    char *from = buffer(size), *to = buffer(size);
    uint64_t total = 0;
    double began = now();
    while (now() < began + seconds) {
        for (long i = 0; i < 4 * MIB / size + 1; i++) {
            memcpy(to, from, size);
            __asm__ volatile("" : : "r"(to) : "memory");
            total += size;
        }
    }
    double spent = now() - began;
    free(from);
    free(to);
    return total / spent / MIB;
}
