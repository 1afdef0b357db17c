/* What the parts of pipebench share. */
#ifndef PIPEBENCH_H
#define PIPEBENCH_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KIB 1024
#define MIB (1024 * 1024)
#define LINE 128 /* two cache lines: the prefetcher fetches neighbours */

/* How long a test takes, about. */
extern double seconds;

double now(void);                  /* seconds, of no particular beginning */
double used(void);                 /* the same, or of the processor's time if asked for */
void need(bool ok, const char *what); /* or says what failed, and ends */
void *buffer(size_t size);         /* memory that has been touched */
void open_pipe(int fd[2], size_t capacity);
void close_pipe(int fd[2]);
void write_all(int fd, const char *bytes, size_t count);
pthread_t start(void *(*run)(void *), void *argument);
void bind_cpu(int which);          /* to the first (0) or second (1) that we may use */
void unbind(void);
void pause_cpu(void);

/* The tests, each by the file it is in; what the argument means stands in the table of tests. */

/* stream.c */
double copy_64k(long argument);
double copy_1m(long argument);
double write_splice(long argument);
double vmsplice_read(long argument);
double vmsplice_splice(long argument);
double splice_pages(long argument);
double tee_drop(long argument);
double make_pipe(long argument);

/* latency.c */
double pipe_round_trip(long argument);
double futex_round_trip(long argument);
double spin_round_trip(long argument);
double wake_futex(long argument);
double wake_pipe(long argument);

/* ring.c */
double ring_4k_16(long argument);
double ring_64k_16(long argument);
double ring_4k_256(long argument);
double copy_memory(long argument);

/* crowd.c */
double crowd_equal(long argument);
double crowd_writers(long argument);
double crowd_readers(long argument);
double hackbench(long argument);
double token(long argument);

#endif
