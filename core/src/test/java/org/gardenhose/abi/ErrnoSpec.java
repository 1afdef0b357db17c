package org.gardenhose.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// Failures as numbers, and numbers as failures.
class ErrnoSpec {
  @Test
  void the_numbers_are_those_of_Linux() {
    assertThat(Errno.EPERM.result()).isEqualTo(-1);
    assertThat(Errno.EINTR.result()).isEqualTo(-4);
    assertThat(Errno.EBADF.result()).isEqualTo(-9);
    assertThat(Errno.EAGAIN.result()).isEqualTo(-11);
    assertThat(Errno.EBUSY.result()).isEqualTo(-16);
    assertThat(Errno.EINVAL.result()).isEqualTo(-22);
    assertThat(Errno.EPIPE.result()).isEqualTo(-32);
    assertThat(Errno.ETIMEDOUT.result()).isEqualTo(-110);
    assertThat(Errno.ECANCELED.result()).isEqualTo(-125);
  }

  @Test
  void every_result_leads_back_to_its_name() {
    for (Errno errno : Errno.values()) {
      assertThat(Errno.of(errno.result())).isSameAs(errno);
    }
  }

  @Test
  void a_result_that_is_no_failure_is_misuse() {
    for (long result : new long[] {0, 1, -99999}) {
      assertThatThrownBy(() -> Errno.of(result))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("" + result);
    }
  }

  @Test
  void it_is_printed_as_strace_prints_it() {
    assertThat(Errno.EPIPE).hasToString("EPIPE (Broken pipe)");
    assertThat(Errno.EAGAIN).hasToString("EAGAIN (Resource temporarily unavailable)");
  }

  @Test
  void the_constants_are_those_of_the_headers() {
    assertThat(PipeAbi.PIPE_BUF).isEqualTo(4096);
    assertThat(PipeAbi.PIPE_DEF_BUFFERS).isEqualTo(16);
    assertThat(PipeAbi.PIPE_MAX_SIZE).isEqualTo(1048576);
    assertThat(PipeAbi.O_NONBLOCK).isEqualTo(04000);
    assertThat(PipeAbi.O_DIRECT).isEqualTo(040000);
  }
}
