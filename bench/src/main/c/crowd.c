/* Many threads on one pipe, or on many. */
#include "pipebench.h"

#include <stdatomic.h>

static atomic_bool stop;

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

double crowd_equal(long n) { return crowd(n, n); }
double crowd_writers(long n) { return crowd(n, 1); }
double crowd_readers(long n) { return crowd(1, n); }

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

double hackbench(long messages)
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

double token(long count)
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
