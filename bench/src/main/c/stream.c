/* One writer and one reader on a kernel pipe, by copy and by reference. */
#include "pipebench.h"

#include <fcntl.h>
#include <sys/uio.h>
#include <sys/wait.h>

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
    double began = used();
    pid_t child = fork();
    need(child >= 0, "fork");
    if (child == 0) {
        close(fd[0]);
        pour(fd[1], chunk, in);
        _exit(0);
    }
    close(fd[1]);
    uint64_t total = drain(fd[0], chunk, out);
    waitpid(child, NULL, 0);
    double spent = used() - began;
    close(fd[0]);
    return total / spent / MIB;
}

double copy_64k(long chunk) { return stream(chunk, 64 * KIB, COPY, COPY); }
double copy_1m(long chunk) { return stream(chunk, MIB, COPY, COPY); }
double write_splice(long chunk) { return stream(chunk, MIB, COPY, MAP); }
double vmsplice_read(long chunk) { return stream(chunk, MIB, MAP, COPY); }
double vmsplice_splice(long chunk) { return stream(chunk, MIB, MAP, MAP); }

/* ---- Pages passed on by reference, one thread. */

double splice_pages(long chunk)
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

double tee_drop(long chunk)
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

/* ---- Making a pipe. */

double make_pipe(long unused)
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
