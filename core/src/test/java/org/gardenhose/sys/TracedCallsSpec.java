package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.sys.Traces.bytes;
import static org.gardenhose.sys.Traces.callsOf;
import static org.gardenhose.sys.Traces.pipe;
import static org.gardenhose.sys.Traces.room;
import static org.gardenhose.sys.Traces.trace;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.gardenhose.abi.EpollEvent;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.abi.PollAbi;
import org.gardenhose.abi.PollFd;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Each call is shown as strace shows it.
@Timeout(60)
class TracedCallsSpec {
  @Test
  void descriptors() {
    assertThat(
            callsOf(
                (sys, _) -> {
                  int[] fds = new int[2];
                  sys.pipe2(fds, FileAbi.O_CLOEXEC | PipeAbi.O_NONBLOCK);
                  sys.fcntl(0, FileAbi.F_GETFD, 0);
                  sys.fcntl(0, FileAbi.F_SETFD, 0);
                  sys.fcntl(1, FileAbi.F_GETFL, 0);
                  sys.fcntl(1, FileAbi.F_SETFL, FileAbi.O_WRONLY);
                  sys.fcntl(1, FileAbi.F_SETPIPE_SZ, 4096);
                  sys.fcntl(0, FileAbi.F_DUPFD, 10);
                  sys.dup2(0, 5);
                  sys.dup3(0, 0, 0);
                  sys.ioctl(0, FileAbi.FIONREAD, new int[1]);
                  sys.fstat(0, new Stat[1]);
                  sys.lseek(0, 7, FileAbi.SEEK_END);
                  sys.close(99);
                  sys.pipe2(null, 64);
                  return 0;
                }))
        .containsExactly(
            "pipe2([0, 1], O_NONBLOCK|O_CLOEXEC) = 0",
            "fcntl(0, F_GETFD) = 0x1 (flags FD_CLOEXEC)",
            "fcntl(0, F_SETFD, 0) = 0",
            "fcntl(1, F_GETFL) = 0x801 (flags O_WRONLY|O_NONBLOCK)",
            "fcntl(1, F_SETFL, O_WRONLY) = 0",
            "fcntl(1, F_SETPIPE_SZ, 4096) = 4096",
            "fcntl(0, F_DUPFD, 10) = 10",
            "dup2(0, 5) = 5",
            "dup3(0, 0, 0) = -1 EINVAL (Invalid argument)",
            "ioctl(0, FIONREAD, [0]) = 0",
            "fstat(0, {st_mode=S_IFIFO|0600, st_size=0, ...}) = 0",
            "lseek(0, 7, SEEK_END) = -1 ESPIPE (Illegal seek)",
            "close(99) = -1 EBADF (Bad file descriptor)",
            "pipe2(NULL, O_CREAT) = -1 EINVAL (Invalid argument)");
  }

  @Test
  void memory() {
    assertThat(
            callsOf(
                (sys, _) -> {
                  pipe(sys);
                  sys.write(1, bytes("\0a\1" + "7".repeat(40)));
                  sys.read(0, room(3));
                  sys.readv(0, new ByteBuffer[] {room(2), room(50)});
                  sys.writev(1, new ByteBuffer[] {bytes("ab"), room(0)});
                  sys.vmsplice(1, new ByteBuffer[] {bytes("cd")}, FileAbi.SPLICE_F_GIFT);
                  pipe(sys);
                  sys.tee(0, 3, 3, 0);
                  sys.splice(0, null, 3, null, 100, FileAbi.SPLICE_F_NONBLOCK);
                  sys.splice(0, new long[] {4}, 3, null, 1, 0);
                  sys.write(1, null);
                  sys.close(1);
                  sys.read(0, room(9));
                  sys.read(77, room(9));
                  return 0;
                }))
        .containsExactly(
            "pipe([0, 1]) = 0",
            "write(1, \"\\0a\\001" + "7".repeat(29) + "\"..., 43) = 43",
            "read(0, \"\\0a\\1\", 3) = 3",
            "readv(0, [{iov_base=\"77\", iov_len=2}, {iov_base=\""
                + "7".repeat(32)
                + "\"..., iov_len=50}], 2) = 40",
            "writev(1, [{iov_base=\"ab\", iov_len=2}, {iov_base=\"\", iov_len=0}], 2) = 2",
            "vmsplice(1, [{iov_base=\"cd\", iov_len=2}], 1, SPLICE_F_GIFT) = 2",
            "pipe([2, 3]) = 0",
            "tee(0, 3, 3, 0) = 3",
            "splice(0, NULL, 3, NULL, 100, SPLICE_F_NONBLOCK) = 4",
            "splice(0, [4], 3, NULL, 1, 0) = -1 ESPIPE (Illegal seek)",
            "write(1, NULL, 0) = -1 EFAULT (Bad address)",
            "close(1) = 0",
            "read(0, \"\", 9) = 0",
            "read(77, ADDR, 9) = -1 EBADF (Bad file descriptor)");
  }

  @Test
  void names() {
    assertThat(
            callsOf(
                (sys, _) -> {
                  sys.mkfifo("/f", 0600);
                  sys.open("/f", FileAbi.O_RDONLY | PipeAbi.O_NONBLOCK);
                  sys.open("/d\n", FileAbi.O_WRONLY | FileAbi.O_CREAT, 0644);
                  sys.stat("/dev/null", new Stat[1]);
                  sys.unlink("/f");
                  sys.unlink("/f");
                  sys.umask(077);
                  return 0;
                }))
        .containsExactly(
            "mknod(\"/f\", S_IFIFO|0600) = 0",
            "open(\"/f\", O_RDONLY|O_NONBLOCK) = 0",
            "open(\"/d\\n\", O_WRONLY|O_CREAT, 0644) = 1",
            "stat(\"/dev/null\", {st_mode=S_IFCHR|0666, st_rdev=makedev(0x1, 0x3), ...}) = 0",
            "unlink(\"/f\") = 0",
            "unlink(\"/f\") = -1 ENOENT (No such file or directory)",
            "umask(077) = 022");
  }

  @Test
  void waiting_for_one_of_several() {
    assertThat(
            callsOf(
                (sys, _) -> {
                  pipe(sys);
                  sys.poll(new PollFd[] {new PollFd(1, PipeAbi.POLLOUT)}, -1);
                  sys.poll(new PollFd[] {new PollFd(0, PipeAbi.POLLIN)}, 0);
                  sys.select(2, new long[] {1}, new long[] {2}, null, 5_000_000);
                  sys.epollCreate1(FileAbi.O_CLOEXEC);
                  sys.epollCtl(2, PollAbi.EPOLL_CTL_ADD, 1, new EpollEvent(PollAbi.EPOLLOUT, 9));
                  sys.epollWait(2, new EpollEvent[4], -1);
                  return 0;
                }))
        .containsExactly(
            "pipe([0, 1]) = 0",
            "poll([{fd=1, events=POLLOUT}], 1, -1) = 1 ([{fd=1, revents=POLLOUT}])",
            "poll([{fd=0, events=POLLIN}], 1, 0) = 0 (Timeout)",
            "select(2, [0], [1], NULL, {tv_sec=0, tv_usec=5000}) = 1 (out [1])",
            "epoll_create1(EPOLL_CLOEXEC) = 2",
            "epoll_ctl(2, EPOLL_CTL_ADD, 1, {events=EPOLLOUT, data={u32=9, u64=9}}) = 0",
            "epoll_wait(2, [{events=EPOLLOUT, data={u32=9, u64=9}}], 4, -1) = 1");
  }

  @Test
  void processes() {
    Kernel kernel = Kernel.seeded(1);
    kernel.install("/bin/three", (_, _) -> 3);
    List<String> lines =
        trace(
            kernel,
            TraceOptions.ALL,
            (sys, _) -> {
              int[] word = new int[1];
              sys.clone(
                  ProcAbi.CLONE_VM | ProcAbi.CLONE_VFORK,
                  child -> {
                    child.execve("/bin/none", List.of("none"), Map.of());
                    child.execve("/bin/three", List.of("three", "x"), Map.of("A", "1"));
                    return 1;
                  });
              sys.wait(word);
              sys.clone(ProcAbi.CLONE_FILES, child -> 0);
              sys.wait4(3, null, 0);
              sys.wait4(-1, word, ProcAbi.WNOHANG);
              sys.prlimit(ProcAbi.RLIMIT_NOFILE, null, new long[2]);
              sys.exit(9);
              return 0;
            });

    assertThat(lines)
        .contains(
            "[pid 1] vfork( <unfinished ...>",
            "[pid 2] execve(\"/bin/none\", [\"none\"], ADDR /* 0 vars */) = -1 ENOENT"
                + " (No such file or directory)",
            "[pid 1] <... vfork resumed>) = 2",
            "[pid 2] exit_group(3) = ?",
            "[pid 2] +++ exited with 3 +++",
            "[pid 1] clone(child_stack=NULL, flags=CLONE_FILES|SIGCHLD) = 3",
            "[pid 1] wait4(-1, ADDR, WNOHANG, NULL) = -1 ECHILD (No child processes)",
            "[pid 1] prlimit64(0, RLIMIT_NOFILE, NULL, {rlim_cur=1024, rlim_max=1024}) = 0",
            "[pid 1] exit_group(9) = ?",
            "[pid 1] +++ exited with 9 +++")
        .anyMatch(
            line -> line.contains("execve(\"/bin/three\", [\"three\", \"x\"], ADDR /* 1 var */"))
        .anyMatch(line -> line.contains("[{WIFEXITED(s) && WEXITSTATUS(s) == 3}], 0, NULL) = 2"));
  }
}
