package org.gardenhose.sys;

import static org.gardenhose.abi.PipeAbi.PIPE_DEF_BUFFERS;

import org.gardenhose.file.OpenFileDescription;
import org.gardenhose.pipe.KernelPipe;
import org.gardenhose.pipe.PipeFile;
import org.gardenhose.proc.Task;

/// sendfile(2) between two files that are no pipes: by way of a pipe that nobody else sees.
///
/// **Always true.** Bytes that the output did not take are not counted, and where the position of
/// the input was to move it has not moved over them.
/// **Blocks.** as the output does
/// **Learned from.** Linux `do_splice_direct`, `splice_direct_to_actor`
final class FileToFile {
  private FileToFile() {}

  static long copy(
      Task task, OpenFileDescription from, long position, OpenFileDescription to, long count) {
    KernelPipe pipe = new KernelPipe(task.scheduler(), PIPE_DEF_BUFFERS);
    PipeFile end = new PipeFile(pipe, 0) {};
    pipe.open(false);
    pipe.open(true);
    long done = 0;
    long result = 0;
    while (done < count) {
      long at = position < 0 ? -1 : position + done;
      result = from.operations().spliceTo(from, at, end, count - done, false);
      if (result <= 0) {
        break;
      }
      long taken = drain(to, end, result);
      if (taken < result) {
        if (position < 0) {
          from.operations().seek(from, Math.max(0, taken) - result, 1);
        }
        done += Math.max(0, taken);
        result = taken;
        break;
      }
      done += taken;
    }
    pipe.abort();
    return done > 0 ? done : result;
  }

  private static long drain(OpenFileDescription to, PipeFile end, long count) {
    long done = 0;
    while (done < count) {
      long result = to.operations().spliceFrom(to, -1, end, count - done, true);
      if (result <= 0) {
        return done > 0 ? done : result;
      }
      done += result;
    }
    return done;
  }
}
