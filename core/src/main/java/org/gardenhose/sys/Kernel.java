package org.gardenhose.sys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.Program;
import org.gardenhose.abi.Signal;
import org.gardenhose.abi.Sys;
import org.gardenhose.file.ChannelDevice;
import org.gardenhose.file.DescriptorTable;
import org.gardenhose.file.FileCount;
import org.gardenhose.file.Namespace;
import org.gardenhose.file.OpenFileDescription;
import org.gardenhose.file.PipeLimits;
import org.gardenhose.file.Pipefs;
import org.gardenhose.proc.FsContext;
import org.gardenhose.proc.Machine;
import org.gardenhose.proc.Proc;
import org.gardenhose.proc.ProcTable;
import org.gardenhose.proc.Task;
import org.gardenhose.proc.TaskEvents;
import org.gardenhose.transcript.Line;
import org.gardenhose.wait.Uniprocessor;
import org.jspecify.annotations.Nullable;

/// A Unix kernel inside this virtual machine: processes, descriptors, files, signals, and pipes
/// between them.
///
/// ```
/// Kernel kernel = Kernel.parallel();
/// int status = kernel.run((sys, argv) -> { ...sys.pipe(fds)... return 0; });
/// ```
///
/// **Always true.** Kernels share nothing; what one does, no other sees.
/// **Blocks.** [#run], until the first process has ended
public final class Kernel implements AutoCloseable, ProcTable.Doors {
  /// Descriptors of a process unless it says otherwise, and files of the whole system.
  private static final long DESCRIPTORS = 1024;

  private static final long FILES = 1 << 20;

  private final Machine machine;
  private final ProcTable procs;
  private final FileCount files = new FileCount(FILES);
  private final PipeLimits limits = new PipeLimits();
  private final Pipefs pipefs;
  private final Namespace tree;
  private volatile @Nullable Trace trace;

  /// The descriptors that the next first process begins with.
  private DescriptorTable attached = new DescriptorTable();

  /// Held while an epoll instance is put into another, so that none ends up in itself.
  private final ReentrantLock nesting = new ReentrantLock();

  private Kernel(Machine machine) {
    this.machine = machine;
    this.procs = new ProcTable(machine, this, DESCRIPTORS);
    this.pipefs = new Pipefs(procs.scheduler(), procs, limits, files);
    this.tree = new Namespace(pipefs, files, procs.scheduler(), this::tableOf);
  }

  /// Returns a kernel whose processes run in parallel, each on a virtual thread of its own.
  public static Kernel parallel() {
    return new Kernel(new Machine.Parallel());
  }

  /// Returns a kernel with one processor, which goes from process to process only where one sleeps
  /// or returns from a call, in an order that `seed` decides: the same seed, the same run.
  public static Kernel seeded(long seed) {
    return new Kernel(new Machine.Single(new Uniprocessor(seed)));
  }

  // ---- What it is made of.

  ProcTable procs() {
    return procs;
  }

  Pipefs pipefs() {
    return pipefs;
  }

  Namespace tree() {
    return tree;
  }

  FileCount files() {
    return files;
  }

  ReentrantLock nesting() {
    return nesting;
  }

  PipeLimits limits() {
    return limits;
  }

  boolean takesTurns() {
    return machine.takesTurns();
  }

  void pause() {
    machine.pause();
  }

  private @Nullable DescriptorTable tableOf(int pid) {
    Proc proc = procs.find(pid);
    List<Task> tasks = proc == null ? List.of() : proc.tasks();
    return tasks.isEmpty() ? null : tasks.getFirst().table();
  }

  // ---- Files.

  /// Mounts a directory of the host at `at`, an absolute path; no path leads out of it.
  ///
  /// @throws IOException if it cannot be opened
  public void mount(String at, Path directory) throws IOException {
    tree.mountHost(at, directory);
  }

  /// Has the next first process begin with `fd` meaning these channels.
  void attach(int fd, ChannelDevice.Ends ends) {
    OpenFileDescription file = tree.attach(ends);
    if (file == null) {
      throw new IllegalStateException("too many open files");
    }
    attached.replace(fd, file, false);
  }

  /// Has the next first process begin with `fd` reading this channel, which it does not close.
  public void attachInput(int fd, ReadableByteChannel channel) {
    attach(fd, new ChannelDevice.Ends(channel, null, false));
  }

  /// Has the next first process begin with `fd` writing this channel, which it does not close.
  public void attachOutput(int fd, WritableByteChannel channel) {
    attach(fd, new ChannelDevice.Ends(null, channel, false));
  }

  // ---- Programs.

  /// Makes `program` what the file at `path` is, so that `execve` finds it.
  public void install(String path, Program program) {
    tree.install(path, program);
  }

  // ---- Tracing.

  /// Has `sink` told of every call of every process, in strace's notation, from now on; to be
  /// called before [#run]. Lines come whole, one at a time and in one order, by whichever task is
  /// at hand, which waits for the sink and holds nothing meanwhile.
  public void trace(TraceOptions options, Consumer<Line> sink) {
    trace = new Trace(options, sink);
  }

  @Override
  public @Nullable TaskEvents events() {
    return trace;
  }

  // ---- Running.

  /// Runs `program` as the first process, with the descriptors that were
  /// attached, and returns its exit status; 128 and
  /// the signal's number if a signal ended it.
  ///
  /// @throws DeadlockException if the processes that are left can never run again
  public int run(Program program, String... argv) throws InterruptedException {
    List<String> arguments = argv.length == 0 ? List.of("init") : List.of(argv);
    DescriptorTable table = attached;
    attached = new DescriptorTable();
    FsContext context = new FsContext(tree.root(), org.gardenhose.file.Credentials.ROOT, 022);
    Proc proc =
        procs.spawn(
            arguments.getFirst(),
            Map.of(),
            context,
            table,
            task -> program.main(door(task), arguments));
    if (machine instanceof Machine.Single single) {
      single.processor().run();
      if (!proc.ended()) {
        throw deadlock();
      }
    }
    procs.awaitEnd(proc);
    flush();
    int word = proc.word();
    return ProcAbi.wifexited(word) ? ProcAbi.wexitstatus(word) : 128 + ProcAbi.wtermsig(word);
  }

  private void flush() {
    Trace now = trace;
    if (now != null) {
      now.flush();
    }
  }

  private DeadlockException deadlock() {
    List<String> reasons =
        new WaitGraph(procs, true).waits().stream().map(Waiting::reason).toList();
    close();
    flush();
    return new DeadlockException(reasons);
  }

  // ---- Seeing into it.

  /// Returns who waits for whom at this moment, in the order of the processes' numbers. Exact on
  /// one processor between two runs; otherwise a look while everything goes on, in which `dead` is
  /// never false but may not have been noticed yet.
  public List<Waiting> waits() {
    return new WaitGraph(procs, false).waits();
  }

  /// Returns how many files are open in all processes together.
  public long openFiles() {
    return files.open();
  }

  /// Ends every process.
  @Override
  public void close() {
    procs.all().forEach(proc -> proc.post(Signal.SIGKILL));
    if (machine instanceof Machine.Single single) {
      single.processor().run();
    }
  }

  // ---- What tasks need.

  @Override
  public Sys door(Task task) {
    Trace now = trace;
    if (now == null) {
      return new KernelSys(this, task, null);
    }
    TracedTask traced = now.door(task);
    return new TracedSys(new KernelSys(this, task, traced), traced);
  }

  @Override
  public void report(Task task, Throwable thrown) {
    String text = task.proc().name() + ": " + thrown + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    if (door(task).write(2, bytes) < 0) {
      // A process without standard error has nowhere else to say what became of it.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    }
  }
}
