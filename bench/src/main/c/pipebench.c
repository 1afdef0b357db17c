/*
 * pipebench: what the kernel's pipe and the processor can do, for comparison.
 *
 *   pipebench SECONDS PREFIX...   runs every test whose name begins with a prefix
 *   pipebench cpu SECONDS PREFIX...  the same, counting the processor's time where a test does so
 *   pipebench list                prints the names
 *   pipebench hog SECONDS         keeps one CPU busy and says nothing
 *
 * Each test prints a line `name value unit`. SECONDS is how long a test takes, about. Sizes in
 * names are bytes. Pinning is up to the caller (taskset), except for the tests on shared memory
 * that need two CPUs and place their threads themselves.
 */
#include "pipebench.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/resource.h>
#include <time.h>

double seconds;
static bool cpu_clock;

/* ---- Small things. */

double now(void)
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

/* Seconds of time, or of the processor's time if that is what counts, also of children that have
 * been waited for. */
double used(void)
{
    struct rusage self, children;
    if (!cpu_clock)
        return now();
    getrusage(RUSAGE_SELF, &self);
    getrusage(RUSAGE_CHILDREN, &children);
    return self.ru_utime.tv_sec + self.ru_stime.tv_sec + children.ru_utime.tv_sec
        + children.ru_stime.tv_sec
        + (self.ru_utime.tv_usec + self.ru_stime.tv_usec + children.ru_utime.tv_usec
            + children.ru_stime.tv_usec) * 1e-6;
}

void need(bool ok, const char *what)
{
    if (!ok)
        fail(what);
}

void *buffer(size_t size)
{
    void *p;
    size_t round = size < 2 * MIB ? 2 * MIB : size;
    need(posix_memalign(&p, 2 * MIB, round) == 0, "posix_memalign");
    memset(p, 'x', round);
    return p;
}

void open_pipe(int fd[2], size_t capacity)
{
    need(pipe(fd) == 0, "pipe");
    if (capacity > 64 * KIB)
        need(fcntl(fd[1], F_SETPIPE_SZ, (int)capacity) > 0, "F_SETPIPE_SZ");
}

void close_pipe(int fd[2])
{
    close(fd[0]);
    close(fd[1]);
}

void write_all(int fd, const char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t n = write(fd, bytes, count);
        need(n > 0, "write");
        bytes += n;
        count -= n;
    }
}

pthread_t start(void *(*run)(void *), void *argument)
{
    pthread_t thread;
    need(pthread_create(&thread, NULL, run, argument) == 0, "pthread_create");
    return thread;
}

static cpu_set_t allowed; /* the CPUs that this process was given */

/* Binds the calling thread to the first (0) or second (1) CPU that this process may use, or to its
 * only one. */
void bind_cpu(int which)
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

void unbind(void)
{
    sched_setaffinity(0, sizeof allowed, &allowed);
}

void pause_cpu(void)
{
#if defined __x86_64__ || defined __i386__
    __builtin_ia32_pause();
#endif
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
        fprintf(stderr, "usage: pipebench [cpu] SECONDS PREFIX... | list | hog SECONDS\n");
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
    if (strcmp(argv[1], "cpu") == 0 && argc >= 3) {
        cpu_clock = true;
        argv++;
        argc--;
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
