/*
 * Makes sequences of calls on the machine's own kernel and prints what each came to: the oracle of
 * LinuxModelSpec. Reads lines such as "READ 3 0 0 0 0 0 1 4097" (the call, six numbers, how many
 * buffers, their lengths; org.gardenhose.spec.model.Action says what they mean). "END" ends a
 * sequence, and the next one begins as a new process with no descriptors in an empty directory.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { DESCRIPTORS = 14, MEMORY = 1 << 18, PATTERN = 1 << 20, READ_ONLY = 1 << 24, BAD = -1 };

static unsigned char *pattern, *shared_pages, *into, *read_only, *unmapped;
static long sequence;
static int signals;
static FILE *in, *out;
static long n[6], memory[64], count;
static long numbers[128];
static int numbered;

static void die(const char *what) {
  fprintf(out, "died: %s: %s\n", what, strerror(errno));
  fflush(out);
  exit(2);
}

static void on_signal(int number) {
  (void)number;
  signals++;
}

static unsigned char *map(long length, int protection) {
  void *at = mmap(NULL, length, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (at == MAP_FAILED) die("mmap");
  return at;
}

static void add(long number) { numbers[numbered++] = number; }

static long outcome(long result) { return result < 0 ? -errno : result; }

static const char *path(long name) {
  static const char *names[] = {"f0", "f1", "r0", "r1", "/dev/null", "/dev/zero", "nobody", ""};
  static char link[64];
  if (name == BAD) return (char *)unmapped;
  if (name < 100) return names[name];
  snprintf(link, sizeof link, "/proc/self/fd/%ld", name - 100);
  return link;
}

/* The buffers of a read, or of a write if `from` is where its bytes are. */
static long vector(struct iovec *iov, unsigned char *from) {
  long sum = 0, at = 0;
  for (long i = 0; i < count; i++) {
    long length = memory[i] == BAD ? 1 : memory[i] & ~READ_ONLY;
    iov[i].iov_base = memory[i] == BAD                        ? unmapped
                      : from == NULL && (memory[i] & READ_ONLY) ? read_only
                      : from == NULL                          ? into + at
                                                              : from + at;
    iov[i].iov_len = length;
    at += memory[i] == BAD ? 0 : length;
    sum += memory[i] == BAD ? 0 : length;
  }
  return sum;
}

static long offset(long value, off_t *place, off_t **pointer) {
  *place = value;
  *pointer = value == -2 ? NULL : value == -3 ? (off_t *)unmapped : place;
  return value == -2 || value == -3 ? 0 : 1;
}

static int is(const char *call, const char *name) { return strcmp(call, name) == 0; }

static long move(const char *call, long *data) {
  struct iovec iov[64];
  int writing = is(call, "WRITE") || is(call, "WRITEV") || is(call, "PWRITE") || is(call, "PWRITEV2");
  long sum = vector(iov, writing ? pattern + sequence : NULL), result;
  if (is(call, "READ")) result = read(n[0], iov[0].iov_base, iov[0].iov_len);
  else if (is(call, "WRITE")) result = write(n[0], iov[0].iov_base, iov[0].iov_len);
  else if (is(call, "READV")) result = readv(n[0], iov, count);
  else if (is(call, "WRITEV")) result = writev(n[0], iov, count);
  else if (is(call, "PREAD")) result = pread(n[0], iov[0].iov_base, iov[0].iov_len, n[1]);
  else if (is(call, "PWRITE")) result = pwrite(n[0], iov[0].iov_base, iov[0].iov_len, n[1]);
  else if (is(call, "PREADV2")) result = preadv2(n[0], iov, count, n[1], n[2]);
  else result = pwritev2(n[0], iov, count, n[1], n[2]);
  result = outcome(result);
  if (writing) sequence = (sequence + sum) & ((1 << 19) - 1);
  else *data = result > 0 ? result : 0;
  add(result > 0 && (writing || result > 0) ? result : 0);
  return result;
}

static long give_or_take(long *data) {
  struct iovec iov[64];
  long at = 0;
  int reading = (fcntl(n[0], F_GETFL) & O_ACCMODE) == O_RDONLY;
  for (long i = 0; i < count / 2; i++) {
    long length = memory[2 * i + 1];
    iov[i].iov_base = length == BAD ? unmapped : reading ? into + at : shared_pages + memory[2 * i];
    iov[i].iov_len = length == BAD ? 1 : length;
    at += length == BAD ? 0 : length;
  }
  long result = outcome(vmsplice(n[0], iov, count / 2, n[1]));
  if (reading && result > 0) *data = result;
  add(result > 0 ? result : 0);
  return result;
}

static int ascending(const void *a, const void *b) {
  long x = *(const long *)a, y = *(const long *)b;
  return x < y ? -1 : x > y;
}

static long ready(const char *call) {
  if (is(call, "POLL")) {
    struct pollfd fds[32];
    for (long i = 0; i < count / 2; i++) fds[i] = (struct pollfd){memory[2 * i], memory[2 * i + 1], 0};
    long result = outcome(poll(fds, count / 2, 0));
    for (long i = 0; i < count / 2; i++) add(fds[i].revents);
    return result;
  }
  if (is(call, "SELECT")) {
    fd_set sets[3];
    memset(sets, 0, sizeof sets);
    for (int i = 0; i < 3; i++) memcpy(&sets[i], &n[i + 1], sizeof(long));
    struct timeval now = {0, 0};
    long result = outcome(select(n[0], &sets[0], &sets[1], &sets[2], &now));
    for (int i = 0; i < 3; i++) {
      long bits;
      memcpy(&bits, &sets[i], sizeof bits);
      add(bits);
    }
    return result;
  }
  if (is(call, "EPOLL_CREATE1")) return outcome(epoll_create1(n[0]));
  if (is(call, "EPOLL_CTL")) {
    struct epoll_event event = {.events = n[3], .data.u64 = n[2]};
    void *pointer = n[3] == BAD ? (void *)unmapped : &event;
    return outcome(epoll_ctl(n[0], n[1], n[2], pointer));
  }
  struct epoll_event events[16];
  long result = outcome(epoll_wait(n[0], events, n[1], 0));
  long from = numbered;
  for (long i = 0; i < result; i++) add((long)events[i].data.u64 << 32 | events[i].events);
  qsort(numbers + from, numbered - from, sizeof(long), ascending);
  return result;
}

static long file(const char *call) {
  if (is(call, "FSTAT")) {
    struct stat s;
    long result = outcome(fstat(n[0], &s));
    if (result == 0) {
      add(s.st_mode & S_IFMT);
      add(s.st_nlink);
      add(s.st_size);
    }
    return result;
  }
  if (is(call, "LSEEK")) return outcome(lseek(n[0], n[1], n[2]));
  if (is(call, "FTRUNCATE")) return outcome(ftruncate(n[0], n[1]));
  if (is(call, "OPEN")) return outcome(open(path(n[0]), n[1], 0600));
  if (is(call, "MKNOD")) return outcome(mknod(path(n[0]), S_IFIFO | 0600, 0));
  return outcome(unlink(path(n[0])));
}

static long descriptor(const char *call) {
  if (is(call, "PIPE2")) {
    int fds[2] = {-7, -7};
    long result = outcome(pipe2(n[1] == BAD ? (int *)unmapped : fds, n[0]));
    add(fds[0]);
    add(fds[1]);
    return result;
  }
  if (is(call, "CLOSE")) return outcome(close(n[0]));
  if (is(call, "DUP")) return outcome(dup(n[0]));
  if (is(call, "DUP2")) return outcome(dup2(n[0], n[1]));
  if (is(call, "DUP3")) return outcome(dup3(n[0], n[1], n[2]));
  if (is(call, "FCNTL")) return outcome(fcntl(n[0], n[1], n[2]));
  if (is(call, "IOCTL")) {
    int value = n[2];
    long result = outcome(ioctl(n[0], n[1], n[2] == BAD ? (int *)unmapped : &value));
    add(value < 0 ? 0 : value);
    return result;
  }
  struct rlimit limit = {n[0], 4096};
  return outcome(setrlimit(RLIMIT_NOFILE, &limit));
}

static long pages(const char *call, long *data) {
  off_t a, b, *pa, *pb;
  if (is(call, "SPLICE")) {
    int has_a = offset(n[1], &a, &pa), has_b = offset(n[3], &b, &pb);
    long result = outcome(splice(n[0], pa, n[2], pb, n[4], n[5]));
    add(has_a ? a : -1);
    add(has_b ? b : -1);
    return result;
  }
  if (is(call, "TEE")) return outcome(tee(n[0], n[1], n[2], n[3]));
  if (is(call, "VMSPLICE")) return give_or_take(data);
  int has = offset(n[2], &a, &pa);
  long result = outcome(syscall(SYS_sendfile, (int)n[0], (int)n[1], pa, n[3]));
  add(has ? a : -1);
  return result;
}

static long make(const char *call, long *data) {
  if (is(call, "POKE")) {
    memset(shared_pages + n[0], n[2], n[1]);
    return 0;
  }
  if (is(call, "SPLICE") || is(call, "TEE") || is(call, "VMSPLICE") || is(call, "SENDFILE"))
    return pages(call, data);
  if (is(call, "POLL") || is(call, "SELECT") || strncmp(call, "EPOLL", 5) == 0) return ready(call);
  if (strstr("FSTAT LSEEK FTRUNCATE OPEN MKNOD UNLINK", call)) return file(call);
  if (strstr("PIPE2 CLOSE DUP DUP2 DUP3 FCNTL IOCTL PRLIMIT", call)) return descriptor(call);
  return move(call, data);
}

static void look(void) {
  struct pollfd fds[DESCRIPTORS];
  int events = POLLIN | POLLPRI | POLLOUT | POLLRDNORM | POLLWRNORM;
  for (int fd = 0; fd < DESCRIPTORS; fd++) fds[fd] = (struct pollfd){fd, events, 0};
  /* One by one: poll refuses more than RLIMIT_NOFILE at once. */
  for (int fd = 0; fd < DESCRIPTORS; fd++) poll(fds + fd, 1, 0);
  for (int fd = 0; fd < DESCRIPTORS; fd++) {
    long flags = fcntl(fd, F_GETFL);
    int bytes = 0;
    if (flags < 0) continue;
    add(fd);
    add(flags);
    add(fds[fd].revents);
    add(outcome(ioctl(fd, FIONREAD, &bytes)));
    add(bytes < 0 ? 0 : bytes);
    add(outcome(fcntl(fd, F_GETPIPE_SZ)));
  }
  add(signals);
}

static void start(void) {
  struct rlimit limit = {64, 4096};
  for (int fd = 0; fd < 64; fd++) close(fd);
  unlink("f0"), unlink("f1"), unlink("r0"), unlink("r1"), unlink("nobody");
  if (setrlimit(RLIMIT_NOFILE, &limit) < 0) die("setrlimit");
  memcpy(shared_pages, pattern, MEMORY);
  sequence = signals = 0;
}

int main(int argc, char **argv) {
  static char line[1024];
  char call[16];
  in = fdopen(fcntl(0, F_DUPFD, 1000), "r");
  out = fdopen(fcntl(1, F_DUPFD, 1001), "w");
  if (argc < 2 || chdir(argv[1]) < 0) die("chdir");
  pattern = map(PATTERN, PROT_READ | PROT_WRITE);
  for (long i = 0; i < PATTERN; i++) pattern[i] = i * 131 + (i >> 8) * 17 + (i >> 16) * 29;
  shared_pages = map(MEMORY + 4096, PROT_READ | PROT_WRITE);
  into = map(2 * MEMORY, PROT_READ | PROT_WRITE);
  read_only = map(MEMORY, PROT_READ);
  unmapped = map(MEMORY, PROT_NONE);
  signal(SIGPIPE, on_signal);
  umask(0);
  start();
  while (fgets(line, sizeof line, in)) {
    if (strcmp(line, "END\n") == 0) {
      fflush(out);
      start();
      continue;
    }
    int used, at = 0;
    if (sscanf(line, "%15s %ld %ld %ld %ld %ld %ld %ld%n", call, n, n + 1, n + 2, n + 3, n + 4,
               n + 5, &count, &used) != 8)
      die(line);
    for (long i = 0; i < count; i++) {
      at += used;
      if (sscanf(line + at, "%ld%n", memory + i, &used) != 1) die(line);
    }
    numbered = 0;
    long data = 0, result = make(call, &data);
    unsigned long hash = 0;
    for (long i = 0; i < data; i++) hash = hash * 31 + (signed char)into[i] + 1;
    look();
    fprintf(out, "%ld %ld", result, (long)hash);
    for (int i = 0; i < numbered; i++) fprintf(out, " %ld", numbers[i]);
    fprintf(out, "\n");
  }
  return 0;
}
