package org.gardenhose;

/// The implementation of [Pipe]: the two ends that a pipe is opened with.
final class PipePair implements Pipe {
  private final PipeReadEnd readEnd;
  private final PipeWriteEnd writeEnd;

  private PipePair(PipeReadEnd readEnd, PipeWriteEnd writeEnd) {
    this.readEnd = readEnd;
    this.writeEnd = writeEnd;
  }

  static PipePair open(PipeOptions options) {
    JavaPipe pipe = new JavaPipe(options);
    PipePair pair = new PipePair(new PipeReadEnd(pipe), new PipeWriteEnd(pipe));
    pipe.watch(pair.readEnd, pair.writeEnd);
    return pair;
  }

  @Override
  public ReadEnd readEnd() {
    return readEnd;
  }

  @Override
  public WriteEnd writeEnd() {
    return writeEnd;
  }

  @Override
  public void abort(Throwable cause) {
    readEnd.javaPipe().abort(cause);
  }

  @Override
  public void close() {
    writeEnd.close();
    readEnd.close();
  }

  @Override
  public String toString() {
    return readEnd.pipe().toString();
  }
}
