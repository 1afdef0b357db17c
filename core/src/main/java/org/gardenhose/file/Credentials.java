package org.gardenhose.file;

/// On whose behalf a process acts.
///
/// @param uid user; 0 may read and write every file
/// @param gid group
/// @param resources may go beyond the limits on pipes (`CAP_SYS_RESOURCE`, L-23, L-27)
public record Credentials(int uid, int gid, boolean resources) {
  /// Who owns what the kernel makes for itself, and what the first process is unless told.
  public static final Credentials ROOT = new Credentials(0, 0, false);
}
