package dev.billstep.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.page.StorageUnavailable;
import dev.billstep.settings.SettingInvalid;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StepLogTest {

  @Test
  void aFailureOfOursSaysAllByItsName() {
    assertThat(StepLog.isForeseen(new SettingInvalid("model", "no"))).isTrue();
    assertThat(StepLog.isForeseen(new StorageUnavailable("a", new IOException()))).isTrue();
  }

  @Test
  void ofAnyOtherItIsLoggedWhereItCameFrom() {
    assertThat(StepLog.isForeseen(new IllegalStateException())).isFalse();
    assertThat(StepLog.isForeseen(new OutOfMemoryError())).isFalse();
  }
}
