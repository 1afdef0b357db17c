package org.gardenhose.spec.model;

import java.nio.ByteBuffer;
import org.gardenhose.abi.Stat;
import org.gardenhose.abi.SystemCalls;
import org.jspecify.annotations.Nullable;

/// The calls that the model leaves out: directories, owners, names of names.
abstract class Unmodelled implements SystemCalls {
  private static UnsupportedOperationException out(String call) {
    return new UnsupportedOperationException(call + " is not modelled");
  }

  @Override
  public long fchmod(int fd, int mode) {
    throw out("fchmod");
  }

  @Override
  public long fchown(int fd, int uid, int gid) {
    throw out("fchown");
  }

  @Override
  public long mkdir(@Nullable String path, int mode) {
    throw out("mkdir");
  }

  @Override
  public long rmdir(@Nullable String path) {
    throw out("rmdir");
  }

  @Override
  public long link(@Nullable String path, @Nullable String another) {
    throw out("link");
  }

  @Override
  public long rename(@Nullable String path, @Nullable String another) {
    throw out("rename");
  }

  @Override
  public long stat(@Nullable String path, Stat @Nullable [] stat) {
    throw out("stat");
  }

  @Override
  public long lstat(@Nullable String path, Stat @Nullable [] stat) {
    throw out("lstat");
  }

  @Override
  public long readlink(@Nullable String path, @Nullable ByteBuffer memory) {
    throw out("readlink");
  }

  @Override
  public long truncate(@Nullable String path, long length) {
    throw out("truncate");
  }

  @Override
  public long getdents(int fd, @Nullable ByteBuffer memory) {
    throw out("getdents");
  }

  @Override
  public long fsync(int fd) {
    throw out("fsync");
  }
}
