package org.gardenhose.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.FileAbi.O_CREAT;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.FileAbi.O_TRUNC;
import static org.gardenhose.abi.FileAbi.O_WRONLY;

import org.gardenhose.abi.Errno;
import org.gardenhose.pipe.KernelPipe;
import org.gardenhose.pipe.SystemPipe;
import org.gardenhose.wait.Scheduler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Who may open, search, make and remove what, if not root (L-97, L-103, L-109).
class PermissionSpec {
  private final FileCount files = new FileCount(100);
  private final Pipefs pipefs = new Pipefs(Scheduler.SMP, new Nobody(), new PipeLimits(), files);
  private final DescriptorTable table = new DescriptorTable();
  private final Namespace tree =
      new Namespace(pipefs, files, Scheduler.SMP, pid -> pid == 7 ? table : null);
  private final Caller root = Caller.in(tree.root(), Credentials.ROOT);
  private final Caller user = Caller.in(tree.root(), new Credentials(7, 70, false));
  private final Caller other = Caller.in(tree.root(), new Credentials(8, 80, false));

  private static final class Nobody implements SystemPipe.Observer {
    @Override
    public KernelPipe.@Nullable Wait waits(SystemPipe pipe, SystemPipe.Sleep sleep) {
      return null;
    }

    @Override
    public void brokenPipe() {}
  }

  private String open(Caller who, String path, int flags, int mode) {
    OpenFileDescription[] opened = new OpenFileDescription[1];
    return named(tree.open(who, path, flags, mode, opened));
  }

  private static String named(long result) {
    return result < 0 ? Errno.of(result).name() : "ok";
  }

  @Test
  void what_a_file_is_opened_for_is_asked_of_its_mode_L103() {
    open(user, "/tmp/f", O_CREAT, 0640);

    assertThat(open(user, "/tmp/f", O_RDWR, 0)).isEqualTo("ok");
    assertThat(open(other, "/tmp/f", O_RDONLY, 0)).isEqualTo("EACCES");
    assertThat(open(other, "/tmp/f", O_WRONLY, 0)).isEqualTo("EACCES");
    assertThat(open(root, "/tmp/f", O_RDWR, 0)).isEqualTo("ok");
  }

  @Test
  void truncating_needs_permission_to_write_and_making_needs_none_for_the_new_file() {
    assertThat(open(user, "/tmp/f", O_CREAT | O_RDWR, 0444)).isEqualTo("ok");

    assertThat(open(user, "/tmp/f", O_RDONLY | O_TRUNC, 0)).isEqualTo("EACCES");
    assertThat(open(user, "/tmp/f", O_CREAT | O_RDWR, 0)).isEqualTo("EACCES");
    assertThat(named(tree.changes(other).truncate("/tmp/f", 0))).isEqualTo("EACCES");
  }

  @Test
  void a_directory_that_may_not_be_searched_hides_what_is_in_it() {
    tree.changes(root).mkdir("/closed", 0700);
    open(root, "/closed/f", O_CREAT, 0666);

    assertThat(open(user, "/closed/f", O_RDONLY, 0)).isEqualTo("EACCES");
    assertThat(open(user, "/closed/none", O_RDONLY, 0)).isEqualTo("EACCES");
    assertThat(open(user, "/closed", O_RDONLY, 0)).isEqualTo("EACCES");
  }

  @Test
  void names_are_changed_only_in_a_directory_that_may_be_written() {
    open(root, "/f", O_CREAT, 0666);

    assertThat(open(user, "/new", O_CREAT, 0644)).isEqualTo("EACCES");
    assertThat(named(tree.changes(user).mknod("/p", 0x1000))).isEqualTo("EACCES");
    assertThat(named(tree.changes(user).mkdir("/d", 0755))).isEqualTo("EACCES");
    assertThat(named(tree.changes(user).unlink("/f"))).isEqualTo("EACCES");
    assertThat(named(tree.changes(user).rename("/f", "/tmp/f"))).isEqualTo("EACCES");
    assertThat(named(tree.changes(user).link("/f", "/g"))).isEqualTo("EACCES");
  }

  @Test
  void in_a_sticky_directory_only_the_owner_removes_a_file() {
    open(user, "/tmp/f", O_CREAT, 0666);

    assertThat(named(tree.changes(other).unlink("/tmp/f"))).isEqualTo("EPERM");
    assertThat(named(tree.changes(user).unlink("/tmp/f"))).isEqualTo("ok");
  }

  @Test
  void a_pipe_is_opened_anew_only_by_its_owner_L109() {
    OpenFileDescription[] ends = new OpenFileDescription[2];
    pipefs.create(user.credentials(), 0, ends);
    table.install(ends[0], 0, 10, false);

    assertThat(open(root, "/proc/7/fd/0", O_WRONLY, 0)).isEqualTo("ok");
    assertThat(tree.find(root, "/proc/7/fd/0", true, new Inode[1])).isZero();
    assertThat(ends[0].inode().permits(user.credentials(), 6)).isZero();
    assertThat(named(ends[0].inode().permits(other.credentials(), 4))).isEqualTo("EACCES");
  }

  @Test
  void forty_links_are_followed_and_one_that_leads_to_itself_is_not() {
    Tmpfs links = new Tmpfs(99, pipefs, Scheduler.SMP, Tmpfs.Size.standard());
    Link self = Link.to(links, "self");
    ((TmpfsDirectory) tree.root()).add("self", self);
    ((TmpfsDirectory) tree.root()).add("nowhere", Link.to(links, "made"));

    assertThat(open(root, "/self", O_RDONLY, 0)).isEqualTo("ELOOP");
    assertThat(open(root, "/self/x", O_RDONLY, 0)).isEqualTo("ELOOP");
    assertThat(open(root, "/self", O_CREAT, 0644)).isEqualTo("ELOOP");
    assertThat(open(root, "/nowhere", O_RDONLY, 0)).isEqualTo("ENOENT");
    assertThat(open(root, "/nowhere", O_CREAT, 0644)).isEqualTo("ok");
    assertThat(open(root, "/made", O_RDONLY, 0)).isEqualTo("ok");
  }
}
