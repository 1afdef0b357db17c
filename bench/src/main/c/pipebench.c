/*
 * pipebench: what the kernel's pipe and the processor can do, for comparison.
 *
 *   pipebench SECONDS PREFIX...   runs every test whose name begins with a prefix
 *   pipebench list                prints the names
 *   pipebench hog SECONDS         keeps one CPU busy and says nothing
 *
 * Each test prints a line `name value unit`. SECONDS is how long a test takes, about. Sizes in
 * names are bytes. Pinning is up to the caller (taskset), except for the tests on shared memory
 * that need two CPUs and place their threads themselves.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define KIB 1024
#define MIB (1024 * 1024)
#define LINE 128 /* two cache lines: the prefetcher fetches neighbours */

static double seconds;

/* ---- Small things. */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void need(bool ok, const char *what)
{
    if (!ok)
        fail(what);
}

static void *buffer(size_t size)
{
    void *p;
    size_t round = size < 2 * MIB ? 2 * MIB : size;
    need(posix_memalign(&p, 2 * MIB, round) == 0, "posix_memalign");
    memset(p, 'x', round);
    return p;
}

static void open_pipe(int fd[2], size_t capacity)
{
    need(pipe(fd) == 0, "pipe");
    if (capacity > 64 * KIB)
        need(fcntl(fd[1], F_SETPIPE_SZ, (int)capacity) > 0, "F_SETPIPE_SZ");
}

static void close_pipe(int fd[2])
{
    close(fd[0]);
    close(fd[1]);
}

static void write_all(int fd, const char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t n = write(fd, bytes, count);
        need(n > 0, "write");
        bytes += n;
        count -= n;
    }
}

static pthread_t start(void *(*run)(void *), void *argument)
{
    pthread_t thread;
    need(pthread_create(&thread, NULL, run, argument) == 0, "pthread_create");
    return thread;
}

static cpu_set_t allowed; /* the CPUs that this process was given */

/* Binds the calling thread to the first (0) or second (1) CPU that this process may use, or to its
 * only one. */
static void bind_cpu(int which)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    for (int cpu = 0; cpu < CPU_SETSIZE && which >= 0; cpu++) {
        if (!CPU_ISSET(cpu, &allowed))
            continue;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        which--;
    }
    sched_setaffinity(0, sizeof one, &one);
}

static void unbind(void)
{
    sched_setaffinity(0, sizeof allowed, &allowed);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* ---- One writer, one reader, two processes. */

enum way { COPY, MAP }; /* write or vmsplice; read or splice to /dev/null */

static void pour(int fd, size_t chunk, enum way way)
{
    char *bytes = buffer(2 * chunk);
    double end = now() + seconds;
    long rounds = chunk >= 64 * KIB ? 4 : 256 * KIB / (chunk + KIB);
    int half = 0;
    while (now() < end) {
        for (long i = 0; i < rounds; i++) {
            if (way == COPY) {
                write_all(fd, bytes, chunk);
                continue;
            }
            struct iovec v = {bytes + half * chunk, chunk};
            half = !half;
            while (v.iov_len > 0) {
                ssize_t n = vmsplice(fd, &v, 1, 0);
                need(n > 0, "vmsplice");
                v.iov_base = (char *)v.iov_base + n;
                v.iov_len -= n;
            }
        }
    }
    free(bytes);
}

static uint64_t drain(int fd, size_t chunk, enum way way)
{
    char *bytes = buffer(chunk);
    int null = open("/dev/null", O_WRONLY);
    uint64_t total = 0;
    ssize_t n;
    do {
        n = way == COPY ? read(fd, bytes, chunk) : splice(fd, NULL, null, NULL, chunk, 0);
        need(n >= 0, "read");
        total += n;
    } while (n > 0);
    close(null);
    free(bytes);
    return total;
}

static double stream(size_t chunk, size_t capacity, enum way in, enum way out)
{
    int fd[2];
    open_pipe(fd, capacity);
    double began = now();
    pid_t child = fork();
    need(child >= 0, "fork");
    if (child == 0) {
        close(fd[0]);
        pour(fd[1], chunk, in);
        _exit(0);
    }
    close(fd[1]);
    uint64_t total = drain(fd[0], chunk, out);
    double spent = now() - began;
    waitpid(child, NULL, 0);
    close(fd[0]);
    return total / spent / MIB;
}

static double copy_64k(long chunk) { return stream(chunk, 64 * KIB, COPY, COPY); }
static double copy_1m(long chunk) { return stream(chunk, MIB, COPY, COPY); }
static double write_splice(long chunk) { return stream(chunk, MIB, COPY, MAP); }
static double vmsplice_read(long chunk) { return stream(chunk, MIB, MAP, COPY); }
static double vmsplice_splice(long chunk) { return stream(chunk, MIB, MAP, MAP); }

/* ---- Pages passed on by reference, one thread. */

static double splice_pages(long chunk)
{
    int a[2], b[2];
    char *bytes = buffer(chunk);
    open_pipe(a, MIB);
    open_pipe(b, MIB);
    write_all(a[1], bytes, chunk);
    uint64_t total = 0;
    double began = now();
    while (now() < began + seconds) {
        for (int i = 0; i < 32; i++) {
            ssize_t there = splice(a[0], NULL, b[1], NULL, chunk, 0);
            ssize_t back = splice(b[0], NULL, a[1], NULL, chunk, 0);
            need(there > 0 && back > 0, "splice");
            total += there + back;
        }
    }
    double spent = now() - began;
    close_pipe(a);
    close_pipe(b);
    free(bytes);
    return total / spent / MIB;
}

static double tee_drop(long chunk)
{
    int a[2], b[2];
    char *bytes = buffer(chunk);
    int null = open("/dev/null", O_WRONLY);
    open_pipe(a, MIB);
    open_pipe(b, MIB);
    write_all(a[1], bytes, chunk);
    uint64_t total = 0;
    double began = now();
    while (now() < began + seconds) {
        for (int i = 0; i < 64; i++) {
            ssize_t n = tee(a[0], b[1], chunk, 0);
            need(n > 0, "tee");
            total += n;
            while (n > 0)
                n -= splice(b[0], NULL, null, NULL, n, 0);
        }
    }
    double spent = now() - began;
    close_pipe(a);
    close_pipe(b);
    close(null);
    free(bytes);
    return total / spent / MIB;
}

/* ---- Round trips. */

static double pipe_round_trip(long unused)
{
    int there[2], back[2];
    char ball = 0;
    (void)unused;
    open_pipe(there, 0);
    open_pipe(back, 0);
    pid_t child = fork();
    need(child >= 0, "fork");
    if (child == 0) {
        close(there[1]);
        close(back[0]);
        while (read(there[0], &ball, 1) == 1)
            write_all(back[1], &ball, 1);
        _exit(0);
    }
    close(there[0]);
    close(back[1]);
    uint64_t rounds = 0;
    double began = now();
    while (now() < began + seconds) {
        for (int i = 0; i < 20; i++, rounds++) {
            write_all(there[1], &ball, 1);
            need(read(back[0], &ball, 1) == 1, "read");
        }
    }
    double spent = now() - began;
    close(there[1]);
    waitpid(child, NULL, 0);
    close(back[0]);
    return spent / rounds * 1e9;
}

struct word {
    _Alignas(LINE) _Atomic int value;
    char rest[LINE - sizeof(int)];
};

static struct word ping, pong;
static atomic_bool stop;

static long futex(struct word *word, int operation, int value)
{
    return syscall(SYS_futex, &word->value, operation, value, NULL, NULL, 0);
}

static void tell(struct word *word, int value)
{
    atomic_store(&word->value, value);
    futex(word, FUTEX_WAKE_PRIVATE, 1);
}

static void await(struct word *word, int value)
{
    int seen;
    while ((seen = atomic_load(&word->value)) != value && seen >= 0)
        futex(word, FUTEX_WAIT_PRIVATE, seen);
}

static void *futex_echo(void *unused)
{
    (void)unused;
    for (int i = 1; !atomic_load(&stop); i++) {
        await(&ping, i);
        tell(&pong, i);
    }
    return NULL;
}

static double futex_round_trip(long unused)
{
    (void)unused;
    atomic_store(&stop, false);
    ping.value = pong.value = 0;
    pthread_t echo = start(futex_echo, NULL);
    int rounds = 0;
    double began = now();
    while (now() < began + seconds) {
        for (int i = 0; i < 20; i++) {
            tell(&ping, ++rounds);
            await(&pong, rounds);
        }
    }
    double spent = now() - began;
    atomic_store(&stop, true);
    tell(&ping, -1);
    pthread_join(echo, NULL);
    return spent / rounds * 1e9;
}

static void pause_cpu(void)
{
#if defined __x86_64__ || defined __i386__
    __builtin_ia32_pause();
#endif
}

static void *spin_echo(void *unused)
{
    (void)unused;
    bind_cpu(1);
    for (int i = 1;; i++) {
        int seen;
        while ((seen = atomic_load_explicit(&ping.value, memory_order_acquire)) != i && seen >= 0)
            pause_cpu();
        if (seen < 0)
            return NULL;
        atomic_store_explicit(&pong.value, i, memory_order_release);
    }
}

static double spin_round_trip(long unused)
{
    (void)unused;
    bind_cpu(0);
    ping.value = pong.value = 0;
    pthread_t echo = start(spin_echo, NULL);
    int rounds = 0;
    double began = now();
    while (now() < began + seconds) {
        for (int i = 0; i < 200; i++) {
            atomic_store_explicit(&ping.value, ++rounds, memory_order_release);
            while (atomic_load_explicit(&pong.value, memory_order_acquire) != rounds)
                pause_cpu();
        }
    }
    double spent = now() - began;
    atomic_store(&ping.value, -1);
    pthread_join(echo, NULL);
    unbind();
    return spent / rounds * 1e9;
}

/* ---- Waking somebody who sleeps: the time from the wake to the first look at the clock. */

#define SLEEPY 100e-6 /* how long a sleeper is left alone, so that it does sleep */

#define PATIENT 200e-6 /* how long the waker keeps its CPU, or the sleeper might run there */

static _Atomic double woken;
static int bell[2];

static void *futex_sleeper(void *unused)
{
    (void)unused;
    for (int i = 1;; i++) {
        await(&ping, i);
        atomic_store(&woken, now());
        if (atomic_load(&stop))
            return NULL;
    }
}

static void *pipe_sleeper(void *unused)
{
    char byte;
    (void)unused;
    while (read(bell[0], &byte, 1) == 1)
        atomic_store(&woken, now());
    return NULL;
}

static double wake_median(bool by_pipe)
{
    static double times[1 << 16];
    int count = 0;
    char byte = 0;
    atomic_store(&stop, false);
    ping.value = 0;
    open_pipe(bell, 0);
    pthread_t sleeper = start(by_pipe ? pipe_sleeper : futex_sleeper, NULL);
    double end = now() + seconds;
    while (now() < end && count < (1 << 16)) {
        double rested = now() + SLEEPY;
        while (now() < rested)
            pause_cpu();
        atomic_store(&woken, 0);
        double began = now();
        if (by_pipe)
            write_all(bell[1], &byte, 1);
        else
            tell(&ping, count + 1);
        double then;
        while ((then = atomic_load(&woken)) == 0) {
            if (now() - began < PATIENT)
                pause_cpu();
            else
                sched_yield();
        }
        times[count++] = (then - began) * 1e9;
    }
    atomic_store(&stop, true);
    close(bell[1]);
    tell(&ping, count + 1);
    pthread_join(sleeper, NULL);
    close(bell[0]);
    qsort(times, count, sizeof times[0], by_size);
    return times[count / 2];
}

static double wake_futex(long unused) { return (void)unused, wake_median(false); }
static double wake_pipe(long unused) { return (void)unused, wake_median(true); }

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

static double ring_4k_16(long unused) { return (void)unused, spin_ring(4 * KIB, 16); }
static double ring_64k_16(long unused) { return (void)unused, spin_ring(64 * KIB, 16); }
static double ring_4k_256(long unused) { return (void)unused, spin_ring(4 * KIB, 256); }

/* ---- Many writers and readers on one pipe. */

#define MESSAGE 512

static int shared_pipe[2];
static _Atomic uint64_t arrived;

static void *crowd_writer(void *unused)
{
    char bytes[MESSAGE] = {0};
    (void)unused;
    while (!atomic_load(&stop))
        write_all(shared_pipe[1], bytes, MESSAGE);
    return NULL;
}

static void *crowd_reader(void *unused)
{
    char bytes[MESSAGE];
    uint64_t total = 0;
    ssize_t n;
    (void)unused;
    while ((n = read(shared_pipe[0], bytes, MESSAGE)) > 0)
        total += n;
    arrived += total;
    return NULL;
}

static double crowd(int writers, int readers)
{
    pthread_t threads[2 * 64];
    int count = 0;
    open_pipe(shared_pipe, 0);
    arrived = 0;
    atomic_store(&stop, false);
    double began = now();
    for (int i = 0; i < writers; i++)
        threads[count++] = start(crowd_writer, NULL);
    for (int i = 0; i < readers; i++)
        threads[count++] = start(crowd_reader, NULL);
    usleep((useconds_t)(seconds * 1e6));
    atomic_store(&stop, true);
    for (int i = 0; i < writers; i++)
        pthread_join(threads[i], NULL);
    close(shared_pipe[1]);
    for (int i = writers; i < count; i++)
        pthread_join(threads[i], NULL);
    double spent = now() - began;
    close(shared_pipe[0]);
    return arrived / spent / MIB;
}

static double crowd_equal(long n) { return crowd(n, n); }
static double crowd_writers(long n) { return crowd(n, 1); }
static double crowd_readers(long n) { return crowd(1, n); }

/* ---- The shape of hackbench: 5 groups of 20 senders and 20 receivers, a pipe a receiver. */

#define GROUPS 5
#define MEMBERS 20
#define SMALL 100

static int group_pipes[GROUPS][MEMBERS][2];
static long loops;
static pthread_barrier_t gate;

static void *sender(void *group)
{
    int (*pipes)[2] = group;
    char bytes[SMALL] = {0};
    pthread_barrier_wait(&gate);
    for (long i = 0; i < loops; i++)
        for (int k = 0; k < MEMBERS; k++)
            write_all(pipes[k][1], bytes, SMALL);
    return NULL;
}

static void *receiver(void *ends)
{
    char bytes[SMALL];
    long left = MEMBERS * loops * SMALL;
    pthread_barrier_wait(&gate);
    while (left > 0) {
        ssize_t n = read(((int *)ends)[0], bytes, SMALL);
        need(n > 0, "read");
        left -= n;
    }
    return NULL;
}

static double hackbench(long messages)
{
    pthread_t threads[GROUPS * MEMBERS * 2];
    int count = 0;
    loops = messages / (GROUPS * MEMBERS * MEMBERS);
    pthread_barrier_init(&gate, NULL, GROUPS * MEMBERS * 2 + 1);
    for (int g = 0; g < GROUPS; g++) {
        for (int k = 0; k < MEMBERS; k++) {
            open_pipe(group_pipes[g][k], 0);
            threads[count++] = start(receiver, group_pipes[g][k]);
        }
        for (int k = 0; k < MEMBERS; k++)
            threads[count++] = start(sender, group_pipes[g]);
    }
    pthread_barrier_wait(&gate);
    double began = now();
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    double spent = now() - began;
    for (int g = 0; g < GROUPS; g++)
        for (int k = 0; k < MEMBERS; k++)
            close_pipe(group_pipes[g][k]);
    pthread_barrier_destroy(&gate);
    return loops * GROUPS * MEMBERS * MEMBERS / spent / 1e6;
}

/* ---- A token in one pipe among many threads. Whoever puts it back may take it again. */

static long passes;

static void *token_taker(void *unused)
{
    char token;
    (void)unused;
    while (read(shared_pipe[0], &token, 1) == 1 && !atomic_load(&stop)) {
        passes++; /* by whoever holds the token */
        write_all(shared_pipe[1], &token, 1);
    }
    return NULL;
}

static double token(long count)
{
    pthread_t threads[64];
    char bytes[64] = {0};
    open_pipe(shared_pipe, 0);
    atomic_store(&stop, false);
    passes = 0;
    for (long i = 0; i < count; i++)
        threads[i] = start(token_taker, NULL);
    usleep(20000);
    double began = now();
    write_all(shared_pipe[1], bytes, 1);
    usleep((useconds_t)(seconds * 1e6));
    atomic_store(&stop, true);
    double spent = now() - began;
    write_all(shared_pipe[1], bytes, count);
    for (long i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    close_pipe(shared_pipe);
    return spent / (passes > 0 ? passes : 1) * 1e9;
}

/* ---- Making a pipe; copying memory. */

static double make_pipe(long unused)
{
    long made = 0;
    (void)unused;
    double began = now();
    while (now() < began + seconds) {
        for (int i = 0; i < 256; i++, made++) {
            int fd[2];
            open_pipe(fd, 0);
            close_pipe(fd);
        }
    }
    return (now() - began) / made * 1e9;
}

static double copy_memory(long size)
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

/* ---- The tests. */

struct test {
    const char *name; /* with a number for `argument` at its end, if there is a choice */
    double (*run)(long argument);
    long argument;
    const char *unit;
};

static const struct test tests[] = {
    {"pipe.65536.1", copy_64k, 1, "MiB/s"},
    {"pipe.65536.64", copy_64k, 64, "MiB/s"},
    {"pipe.65536.512", copy_64k, 512, "MiB/s"},
    {"pipe.65536.4096", copy_64k, 4096, "MiB/s"},
    {"pipe.65536.65536", copy_64k, 65536, "MiB/s"},
    {"pipe.65536.1048576", copy_64k, MIB, "MiB/s"},
    {"pipe.1048576.64", copy_1m, 64, "MiB/s"},
    {"pipe.1048576.512", copy_1m, 512, "MiB/s"},
    {"pipe.1048576.4096", copy_1m, 4096, "MiB/s"},
    {"pipe.1048576.65536", copy_1m, 65536, "MiB/s"},
    {"pipe.1048576.1048576", copy_1m, MIB, "MiB/s"},
    {"write-splice.65536", write_splice, 65536, "MiB/s"},
    {"vmsplice-read.65536", vmsplice_read, 65536, "MiB/s"},
    {"vmsplice-splice.65536", vmsplice_splice, 65536, "MiB/s"},
    {"splice.65536", splice_pages, 65536, "MiB/s"},
    {"tee.65536", tee_drop, 65536, "MiB/s"},
    {"pingpong.pipe", pipe_round_trip, 0, "ns"},
    {"pingpong.futex", futex_round_trip, 0, "ns"},
    {"pingpong.spin", spin_round_trip, 0, "ns"},
    {"wake.futex", wake_futex, 0, "ns"},
    {"wake.pipe", wake_pipe, 0, "ns"},
    {"ring.4096x16", ring_4k_16, 0, "MiB/s"},
    {"ring.65536x16", ring_64k_16, 0, "MiB/s"},
    {"ring.4096x256", ring_4k_256, 0, "MiB/s"},
    {"crowd.1x1", crowd_equal, 1, "MiB/s"},
    {"crowd.4x4", crowd_equal, 4, "MiB/s"},
    {"crowd.16x16", crowd_equal, 16, "MiB/s"},
    {"crowd.64x64", crowd_equal, 64, "MiB/s"},
    {"crowd.4x1", crowd_writers, 4, "MiB/s"},
    {"crowd.1x4", crowd_readers, 4, "MiB/s"},
    {"hackbench", hackbench, 2000000, "M/s"},
    {"token.64", token, 64, "ns"},
    {"create", make_pipe, 0, "ns"},
    {"memcpy.4096", copy_memory, 4096, "MiB/s"},
    {"memcpy.65536", copy_memory, 65536, "MiB/s"},
};

#define TESTS (sizeof tests / sizeof tests[0])

static bool wanted(const char *name, char **prefixes, int count)
{
    for (int i = 0; i < count; i++)
        if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
            return true;
    return count == 0;
}

static void hog(double duration)
{
    for (double end = now() + duration; now() < end; )
        for (volatile int i = 0; i < 1000000; i++)
            ;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: pipebench SECONDS PREFIX... | list | hog SECONDS\n");
        return 2;
    }
    if (strcmp(argv[1], "list") == 0) {
        for (size_t i = 0; i < TESTS; i++)
            puts(tests[i].name);
        return 0;
    }
    if (strcmp(argv[1], "hog") == 0 && argc == 3) {
        hog(atof(argv[2]));
        return 0;
    }
    seconds = atof(argv[1]);
    if (seconds <= 0) {
        fprintf(stderr, "pipebench: SECONDS is not a positive number: %s\n", argv[1]);
        return 2;
    }
    need(sched_getaffinity(0, sizeof allowed, &allowed) == 0, "sched_getaffinity");
    for (size_t i = 0; i < TESTS; i++) {
        const struct test *test = &tests[i];
        if (!wanted(test->name, argv + 2, argc - 2))
            continue;
        double value = test->run(test->argument);
        printf("kernel.%s %.6g %s\n", test->name, value, test->unit);
        fflush(stdout);
    }
    return 0;
}
