package org.gardenhose.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.FileAbi.O_CREAT;
import static org.gardenhose.abi.FileAbi.O_RDWR;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.gardenhose.memory.Page;
import org.gardenhose.pipe.KernelPipe;
import org.gardenhose.pipe.SystemPipe;
import org.gardenhose.ring.Ring;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.Scheduler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Pages between files and pipes: whether a byte was copied is asked of the identity of pages, and
/// whether a page can come back of its references (L-138 to L-148, L-178).
class ZeroCopySpec {
  private static final int PAGE = 4096;

  private final FileCount files = new FileCount(100);
  private final Pipefs pipefs = new Pipefs(Scheduler.SMP, new Nobody(), new PipeLimits(), files);
  private final Namespace tree = new Namespace(pipefs, files, Scheduler.SMP, _ -> null);
  private final Caller caller = Caller.in(tree.root(), Credentials.ROOT);
  private final End pipe = new End();

  private static final class Nobody implements SystemPipe.Observer {
    @Override
    public KernelPipe.@Nullable Wait waits(SystemPipe pipe, SystemPipe.Sleep sleep) {
      return null;
    }

    @Override
    public void brokenPipe() {}
  }

  /// A pipe with both ends open.
  private final class End {
    final OpenFileDescription reader;
    final OpenFileDescription writer;

    End() {
      OpenFileDescription[] ends = new OpenFileDescription[2];
      pipefs.create(Credentials.ROOT, 0, ends);
      reader = ends[0];
      writer = ends[1];
    }

    void write(String text) {
      byte[] bytes = bytes(text);
      writer.operations().write(writer, bytes, 0, bytes.length, false);
    }

    String read() {
      byte[] bytes = new byte[1 << 16];
      long n = reader.operations().read(reader, bytes, 0, bytes.length, false);
      return n < 0 ? Long.toString(n) : new String(bytes, 0, (int) n, StandardCharsets.UTF_8);
    }

    Page page(int slot) {
      Ring ring = Objects.requireNonNull(reader.operations().pipe()).ringOrNull();
      Objects.requireNonNull(ring);
      return ring.slot(Ring.index(ring.drainVolatile()) + slot).page();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String pageOf(char c) {
    return Character.toString(c).repeat(PAGE);
  }

  private OpenFileDescription file(String name, String text) {
    OpenFileDescription[] opened = new OpenFileDescription[1];
    assertThat(tree.open(caller, name, O_CREAT | O_RDWR, 0644, opened)).isZero();
    write(opened[0], 0, text);
    return opened[0];
  }

  private static void write(OpenFileDescription file, long position, String text) {
    byte[] bytes = bytes(text);
    file.operations().writeAt(file, bytes, 0, bytes.length, position);
  }

  private static String read(OpenFileDescription file) {
    byte[] bytes = new byte[1 << 16];
    long n = file.operations().readAt(file, bytes, 0, bytes.length, 0);
    return new String(bytes, 0, (int) n, StandardCharsets.UTF_8);
  }

  private static CachedPage place(OpenFileDescription file, long index) {
    return Objects.requireNonNull(((TmpfsFile) file.inode()).page(index));
  }

  private long out(OpenFileDescription file, long position, long count) {
    return file.operations()
        .spliceTo(file, position, pipe.writer.operations().pipeFile(), count, false);
  }

  private long in(OpenFileDescription file, long position, long count) {
    return file.operations()
        .spliceFrom(file, position, pipe.reader.operations().pipeFile(), count, false);
  }

  // ---- From a file.

  @Test
  void the_pipe_refers_to_the_files_own_page_L142() {
    OpenFileDescription file = file("/f", pageOf('a'));

    assertThat(out(file, 0, PAGE)).isEqualTo(PAGE);

    assertThat(pipe.page(0)).isSameAs(place(file, 0).page());
    assertThat(pipe.page(0).references()).isEqualTo(2);
    pipe.read();
    assertThat(place(file, 0).page().references()).isEqualTo(1);
  }

  @Test
  void a_file_changed_before_the_read_shows_the_change_L142() {
    OpenFileDescription file = file("/f", pageOf('a'));
    out(file, 0, 3);

    write(file, 1, "X");

    assertThat(pipe.read()).isEqualTo("aXa");
  }

  @Test
  void a_file_cut_before_the_read_shows_zeros_in_the_page_that_stays_L142() {
    OpenFileDescription file = file("/f", pageOf('a') + pageOf('b'));
    out(file, 0, 2 * PAGE);

    file.operations().truncate(file, 1);

    assertThat(pipe.read()).isEqualTo("a" + "\0".repeat(PAGE - 1) + pageOf('b'));
  }

  @Test
  void each_page_or_part_of_one_takes_a_slot_L139_L140() {
    OpenFileDescription file = file("/f", "x".repeat(20 * PAGE));

    assertThat(out(file, 100, Integer.MAX_VALUE)).isEqualTo(65436);
    assertThat(pipe.read()).hasSize(65436);
    assertThat(out(file, 4000, 200)).isEqualTo(200);
    assertThat(Objects.requireNonNull(pipe.reader.operations().pipe()).occupancy()).isEqualTo(2);
  }

  @Test
  void a_write_to_the_pipe_never_lands_in_the_files_page_L140() {
    OpenFileDescription file = file("/f", "abc");
    out(file, 0, 3);

    pipe.write("DIRTY");

    assertThat(read(file)).isEqualTo("abc");
    assertThat(place(file, 0).page().bytes()[3]).isZero();
    assertThat(pipe.read()).isEqualTo("abcDIRTY");
  }

  @Test
  void the_position_is_used_and_moved_only_if_no_offset_is_given_L141() {
    OpenFileDescription file = file("/f", "abcdef");

    assertThat(out(file, 4, 9)).isEqualTo(2);
    assertThat(out(file, -1, 4)).isEqualTo(4);
    assertThat(out(file, -1, 9)).isEqualTo(2);
    assertThat(out(file, -1, 9)).isZero();
    assertThat(out(file, Long.MAX_VALUE, 9)).isEqualTo(-22);

    assertThat(pipe.read()).isEqualTo("efabcdef");
  }

  @Test
  void a_hole_is_one_page_of_zeros_for_all() {
    OpenFileDescription file = file("/f", "");
    file.operations().truncate(file, 3 * PAGE);

    out(file, 0, 3 * PAGE);

    assertThat(pipe.page(0)).isSameAs(pipe.page(2));
    assertThat(pipe.read()).isEqualTo("\0".repeat(3 * PAGE));
    assertThat(file.inode().blocks()).isZero();
  }

  // ---- To a file.

  @Test
  void a_page_that_only_the_pipe_has_becomes_the_files_own() {
    OpenFileDescription file = file("/f", "");
    pipe.write(pageOf('a'));
    Page page = pipe.page(0);

    assertThat(in(file, 0, PAGE)).isEqualTo(PAGE);

    assertThat(place(file, 0).page()).isSameAs(page);
    assertThat(place(file, 0).borrowed()).isFalse();
    assertThat(page.references()).isEqualTo(1);
    assertThat(read(file)).isEqualTo(pageOf('a'));
  }

  @Test
  void a_page_from_another_file_is_borrowed_and_not_copied() {
    OpenFileDescription lender = file("/a", pageOf('a'));
    OpenFileDescription borrower = file("/b", "");
    out(lender, 0, PAGE);

    in(borrower, 0, PAGE);

    assertThat(place(borrower, 0).page()).isSameAs(place(lender, 0).page());
    assertThat(place(borrower, 0).borrowed()).isTrue();
    assertThat(place(lender, 0).page().references()).isEqualTo(2);
  }

  @Test
  void a_write_to_the_borrower_changes_neither_the_lender_nor_a_pipe() {
    OpenFileDescription lender = file("/a", pageOf('a'));
    OpenFileDescription borrower = file("/b", "");
    out(lender, 0, PAGE);
    in(borrower, 0, PAGE);
    out(lender, 0, 3);

    write(borrower, 0, "X");

    assertThat(read(lender)).isEqualTo(pageOf('a'));
    assertThat(pipe.read()).isEqualTo("aaa");
    assertThat(read(borrower)).startsWith("Xaa");
    assertThat(place(lender, 0).page().references()).isEqualTo(1);
  }

  @Test
  void a_write_to_the_lender_is_seen_by_a_pipe_and_not_by_the_borrower() {
    OpenFileDescription lender = file("/a", pageOf('a'));
    OpenFileDescription borrower = file("/b", "");
    out(lender, 0, PAGE);
    in(borrower, 0, PAGE);
    out(lender, 0, 3);
    Page lent = place(lender, 0).page();

    write(lender, 0, "X");

    assertThat(place(lender, 0).page()).isSameAs(lent);
    assertThat(pipe.read()).isEqualTo("Xaa");
    assertThat(read(borrower)).isEqualTo(pageOf('a'));
    assertThat(place(borrower, 0).borrowed()).isFalse();
    assertThat(lent.references()).isEqualTo(1);
  }

  @Test
  void what_the_borrower_hands_out_follows_the_borrower_and_not_the_lender() {
    OpenFileDescription lender = file("/a", pageOf('a'));
    OpenFileDescription borrower = file("/b", "");
    out(lender, 0, PAGE);
    in(borrower, 0, PAGE);

    out(borrower, 0, 3);
    write(lender, 0, "L");
    write(borrower, 0, "B");

    assertThat(pipe.read()).isEqualTo("Baa");
    assertThat(read(lender)).startsWith("Laa");
  }

  @Test
  void a_borrower_whose_lender_is_gone_owns_the_page_without_a_copy() {
    OpenFileDescription lender = file("/a", pageOf('a'));
    OpenFileDescription borrower = file("/b", "");
    out(lender, 0, PAGE);
    in(borrower, 0, PAGE);
    Page lent = place(lender, 0).page();

    lender.operations().truncate(lender, 0);
    write(borrower, 0, "X");

    assertThat(place(borrower, 0).page()).isSameAs(lent);
    assertThat(lent.references()).isEqualTo(1);
  }

  @Test
  void a_part_of_a_page_is_copied() {
    OpenFileDescription lender = file("/a", pageOf('a'));
    OpenFileDescription file = file("/b", pageOf('b'));
    Page own = place(file, 0).page();
    out(lender, 0, 3);

    in(file, 1, 3);

    assertThat(place(file, 0).page()).isSameAs(own);
    assertThat(read(file)).startsWith("baaab");
    assertThat(place(lender, 0).page().references()).isEqualTo(1);
  }

  @Test
  void a_gift_is_copied_since_its_giver_may_still_write_it() {
    OpenFileDescription file = file("/f", "");
    byte[] memory = bytes(pageOf('g'));
    Objects.requireNonNull(pipe.writer.operations().pipe())
        .gift(pipe.writer.operations().pipeFile(), memory, 0, PAGE, Deadlines.NOW);

    in(file, 0, PAGE);
    memory[0] = 'X';

    assertThat(read(file)).isEqualTo(pageOf('g'));
  }

  @Test
  void a_page_that_a_pipe_still_shows_is_written_in_place_and_not_replaced_L142() {
    OpenFileDescription file = file("/f", pageOf('a'));
    End other = new End();
    file.operations().spliceTo(file, 0, other.writer.operations().pipeFile(), PAGE, false);
    pipe.write(pageOf('n'));

    in(file, 0, PAGE);

    assertThat(other.read()).isEqualTo(pageOf('n'));
  }

  @Test
  void a_file_spliced_over_itself_keeps_its_page() {
    OpenFileDescription file = file("/f", pageOf('a'));
    out(file, 0, PAGE);

    in(file, 0, PAGE);
    write(file, 0, "X");

    assertThat(read(file)).startsWith("Xaa").hasSize(PAGE);
    assertThat(place(file, 0).page().references()).isEqualTo(1);
  }

  @Test
  void a_removed_file_leaves_the_pipe_its_page_and_gives_back_the_rest_L178() {
    OpenFileDescription file = file("/f", pageOf('a') + pageOf('b'));
    out(file, 0, PAGE);
    Page kept = place(file, 0).page();
    Page gone = place(file, 1).page();

    tree.changes(caller).unlink("/f");
    file.put();

    assertThat(kept.references()).isEqualTo(1);
    assertThat(gone.references()).isZero();
    assertThat(pipe.read()).isEqualTo(pageOf('a'));
    assertThat(kept.references()).isZero();
  }
}
