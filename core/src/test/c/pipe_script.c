/*
 * Runs scripts of pipe calls on the machine's own kernel and prints what each came to: the oracle
 * of PipeHostSpec. Reads lines such as "write a 4097" from standard input; "end" ends a script, and
 * the next one gets new pipes. Every call is non-blocking.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

static int ends[2][2]; /* [pipe][0 read, 1 write], -1 when closed */
static long sequence;

static void die(const char *what) {
  perror(what);
  exit(2);
}

static void fill(unsigned char *to, long count) {
  for (long i = 0; i < count; i++, sequence++)
    to[i] = (unsigned char)(sequence * 131 + (sequence >> 8) * 17);
}

static long hash(const unsigned char *bytes, long count) {
  unsigned long h = 0;
  for (long i = 0; i < count; i++) h = h * 31 + bytes[i] + 1;
  return (long)h;
}

static long outcome(long result) { return result < 0 ? -errno : result; }

static void start(void) {
  for (int p = 0; p < 2; p++) {
    for (int e = 0; e < 2; e++)
      if (ends[p][e] >= 0) close(ends[p][e]);
    if (pipe2(ends[p], O_NONBLOCK) < 0) die("pipe2");
  }
  sequence = 0;
}

static int mask(int fd) {
  struct pollfd p = {fd, POLLIN | POLLOUT, 0};
  if (fd < 0) return -1;
  if (poll(&p, 1, 0) < 0) die("poll");
  return p.revents;
}

static void state(int p) {
  int bytes, any = ends[p][0] >= 0 ? ends[p][0] : ends[p][1];
  if (ioctl(any, FIONREAD, &bytes) < 0) die("FIONREAD");
  printf(" | %d %d %d %d", bytes, fcntl(any, F_GETPIPE_SZ), mask(ends[p][0]), mask(ends[p][1]));
}

static long gift(int fd, long offset, long count) {
  long length = offset + count + 1;
  unsigned char *memory =
      mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) die("mmap");
  fill(memory + offset, count);
  long result = 0;
  if (fd >= 0) {
    struct iovec one = {memory + offset, count};
    result = outcome(vmsplice(fd, &one, 1, SPLICE_F_NONBLOCK));
  }
  munmap(memory, length);
  return result;
}

static void reopen(int p, int e) {
  char path[64];
  if (ends[p][e] >= 0) return;
  snprintf(path, sizeof path, "/proc/self/fd/%d", ends[p][1 - e]);
  ends[p][e] = open(path, (e ? O_WRONLY : O_RDONLY) | O_NONBLOCK);
  if (ends[p][e] < 0) die("open");
}

static long transfer(int from, int to, long count, int is_tee) {
  if (from < 0 || to < 0) return 0;
  return outcome(is_tee ? tee(from, to, count, SPLICE_F_NONBLOCK)
                        : splice(from, NULL, to, NULL, count, SPLICE_F_NONBLOCK));
}

int main(void) {
  static unsigned char buffer[1 << 20];
  char line[128], call[16], pipe_name, out_name;
  long n, m;
  signal(SIGPIPE, SIG_IGN);
  memset(ends, -1, sizeof ends);
  start();
  while (fgets(line, sizeof line, stdin)) {
    long result = 0, h = 0;
    if (strcmp(line, "end\n") == 0) {
      fflush(stdout);
      start();
      continue;
    }
    if (sscanf(line, "%15s %c", call, &pipe_name) != 2) die(line);
    int p = pipe_name - 'a';
    if (strcmp(call, "splice") == 0 || strcmp(call, "tee") == 0) {
      if (sscanf(line, "%*s %*c %c %ld", &out_name, &n) != 2) die(line);
      result = transfer(ends[p][0], ends[out_name - 'a'][1], n, call[0] == 't');
    } else if (strcmp(call, "gift") == 0) {
      if (sscanf(line, "%*s %*c %ld %ld", &m, &n) != 2) die(line);
      result = gift(ends[p][1], m, n);
    } else {
      if (sscanf(line, "%*s %*c %ld", &n) != 1) die(line);
      if (strcmp(call, "write") == 0) {
        fill(buffer, n);
        if (ends[p][1] >= 0) result = outcome(write(ends[p][1], buffer, n));
      } else if (strcmp(call, "read") == 0) {
        if (ends[p][0] >= 0) result = outcome(read(ends[p][0], buffer, n));
        h = hash(buffer, result > 0 ? result : 0);
      } else if (strcmp(call, "packets") == 0) {
        if (ends[p][1] >= 0) fcntl(ends[p][1], F_SETFL, O_NONBLOCK | (n ? O_DIRECT : 0));
      } else if (strcmp(call, "resize") == 0) {
        result = outcome(fcntl(ends[p][ends[p][0] < 0], F_SETPIPE_SZ, n));
      } else if (strcmp(call, "close") == 0) {
        if (ends[p][0] >= 0 && ends[p][1] >= 0) {
          close(ends[p][n]);
          ends[p][n] = -1;
        }
      } else if (strcmp(call, "open") == 0) {
        reopen(p, (int)n);
      } else {
        die(line);
      }
    }
    printf("%ld %ld", result, h);
    state(0);
    state(1);
    printf("\n");
  }
  return 0;
}
