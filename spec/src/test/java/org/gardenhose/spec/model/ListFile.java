package org.gardenhose.spec.model;

import static org.gardenhose.abi.FileAbi.O_ACCMODE;
import static org.gardenhose.abi.FileAbi.O_PATH;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.FileAbi.O_WRONLY;

import org.gardenhose.abi.PipeAbi;
import org.gardenhose.abi.PollAbi;

/// An open file description of the model (L-1).
final class ListFile {
  final Node node;
  int flags;

  /// Descriptors that point at it.
  int references;

  /// Where the next read or write of a regular file starts.
  long position;

  /// Whether `RWF_NOWAIT` is refused, because pages were passed or because it was opened by a name:
  /// only what pipe2 made takes it (L-119, L-137).
  boolean passed;

  /// How often the FIFO had been opened by writers when this waits to see one, else 0 (L-77).
  long writerOpensSeen;

  ListFile(Node node, int flags) {
    this.node = node;
    this.flags = flags;
  }

  boolean reading() {
    int access = flags & (O_ACCMODE | O_PATH);
    return access == O_RDONLY || access == O_RDWR;
  }

  boolean writing() {
    int access = flags & (O_ACCMODE | O_PATH);
    return access == O_WRONLY || access == O_RDWR;
  }

  boolean pathOnly() {
    return (flags & O_PATH) != 0;
  }

  boolean waits() {
    return (flags & PipeAbi.O_NONBLOCK) == 0;
  }

  boolean packets() {
    return (flags & PipeAbi.O_DIRECT) != 0;
  }

  /// Whether it has positions: reads and writes at one, and a file offset for splice.
  boolean positioned() {
    return node instanceof ListBytes || node instanceof Node.Device;
  }

  int poll() {
    return switch (node) {
      case ListPipe pipe -> pipe.poll(reading(), writing(), writerOpensSeen);
      case ListEpoll epoll -> epoll.ready() > 0 ? PipeAbi.POLLIN | PollAbi.POLLRDNORM : 0;
      case ListBytes _, Node.Device _ ->
          PipeAbi.POLLIN | PipeAbi.POLLOUT | PollAbi.POLLRDNORM | PollAbi.POLLWRNORM;
    };
  }
}
