package org.gardenhose.bench.peers;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.gardenhose.bench.BytePipe;

/// Agrona's ring buffer between one writer and one reader. It never waits, so both sides look again
/// and again and yield in between: nobody is ever woken. It carries messages of at most an eighth
/// of its capacity; longer writes go in pieces.
final class AgronaPipe implements BytePipe {
  private static final int BYTES = 1;
  private static final int END = 2;

  /// Looks in a row before the processor is offered to somebody else.
  private static final int LOOKS = 64;

  private final OneToOneRingBuffer ring;
  private final UnsafeBuffer outgoing = new UnsafeBuffer(new byte[1]);
  private final byte[] end = new byte[1];
  private final MessageHandler handler = this::take;

  // What the reader asked for, and what did not fit.
  private byte[] target = end;
  private int at;
  private int room;
  private int got;
  private byte[] rest = new byte[0];
  private int restFrom;
  private boolean ended;

  AgronaPipe(int capacityBytes) {
    int length = capacityBytes + RingBufferDescriptor.TRAILER_LENGTH;
    ByteBuffer memory = BufferUtil.allocateDirectAligned(length, BitUtil.CACHE_LINE_LENGTH);
    ring = new OneToOneRingBuffer(new UnsafeBuffer(memory));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (outgoing.byteArray() != bytes) {
      outgoing.wrap(bytes);
    }
    int piece = ring.maxMsgLength();
    for (int done = 0; done < length; done += piece) {
      send(BYTES, offset + done, Math.min(piece, length - done));
    }
  }

  private void send(int type, int offset, int length) {
    for (int looks = 1; !ring.write(type, outgoing, offset, length); looks++) {
      pause(looks);
    }
  }

  private static void pause(int looks) {
    if (looks % LOOKS == 0) {
      Thread.yield();
    } else {
      Thread.onSpinWait();
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (restFrom < rest.length) {
      int n = Math.min(length, rest.length - restFrom);
      System.arraycopy(rest, restFrom, bytes, offset, n);
      restFrom += n;
      return n;
    }
    target = bytes;
    at = offset;
    room = length;
    got = 0;
    for (int looks = 1; got == 0 && !ended; looks++) {
      if (ring.read(handler, 1) == 0) {
        pause(looks);
      }
    }
    return got > 0 ? got : -1;
  }

  private void take(int type, MutableDirectBuffer buffer, int index, int length) {
    if (type == END) {
      ended = true;
      return;
    }
    got = Math.min(length, room);
    buffer.getBytes(index, target, at, got);
    if (got < length) {
      rest = new byte[length - got];
      restFrom = 0;
      buffer.getBytes(index + got, rest);
    }
  }

  @Override
  public void closeWrite() {
    outgoing.wrap(end);
    send(END, 0, 1);
  }
}
