/* Round trips and wake-ups: through pipes, by futex, and by watching a variable. */
#include "pipebench.h"

#include <linux/futex.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* ---- Round trips. */

double pipe_round_trip(long unused)
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
    double began = used();
    double end = now() + seconds;
    while (now() < end) {
        for (int i = 0; i < 20; i++, rounds++) {
            write_all(there[1], &ball, 1);
            need(read(back[0], &ball, 1) == 1, "read");
        }
    }
    close(there[1]);
    waitpid(child, NULL, 0);
    double spent = used() - began;
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

double futex_round_trip(long unused)
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

double spin_round_trip(long unused)
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

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
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

double wake_futex(long unused) { return (void)unused, wake_median(false); }
double wake_pipe(long unused) { return (void)unused, wake_median(true); }
