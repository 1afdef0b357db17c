package org.gardenhose.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.gardenhose.memory.Page;
import org.gardenhose.memory.PagePool;
import org.junit.jupiter.api.Test;

/// The tree of a file's pages, beside a map that does the same.
class PageTreeSpec {
  private final PagePool pool = PagePool.of(1);
  private final PageTree tree = new PageTree();

  private CachedPage page() {
    return new CachedPage(Page.gift(new byte[1], 0));
  }

  @Test
  void it_holds_what_a_map_holds_whatever_is_done_in_whatever_order() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      PageTree subject = new PageTree();
      TreeMap<Long, CachedPage> model = new TreeMap<>();
      for (int i = 0; i < 100; i++) {
        long index = random.nextLong() >>> 12 + random.nextInt(52);
        if (random.nextInt(8) == 0) {
          long removed = subject.removeFrom(index, pool);
          assertThat(removed).as("seed %d", seed).isEqualTo(model.tailMap(index).size());
          model.tailMap(index).clear();
        } else {
          CachedPage page = page();
          subject.put(index, page);
          model.put(index, page);
        }
        assertThat(subject.count()).as("seed %d", seed).isEqualTo(model.size());
        model.forEach((at, page) -> assertThat(subject.get(at)).isSameAs(page));
        assertThat(subject.get(index)).isSameAs(model.get(index));
      }
    }
  }

  @Test
  void the_last_page_of_the_longest_file_has_a_place() {
    CachedPage last = page();

    tree.put(Long.MAX_VALUE >>> 12, last);

    assertThat(tree.get(Long.MAX_VALUE >>> 12)).isSameAs(last);
    assertThat(tree.get(0)).isNull();
  }
}
