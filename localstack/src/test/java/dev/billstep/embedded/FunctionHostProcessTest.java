package dev.billstep.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.stack.StackFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionHostProcessTest {

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = { "", " " })
  void nobodyMayAttachUnlessItWasAskedFor(String port) {
    assertThat(FunctionHostProcess.debugger(port)).isEmpty();
  }

  @Test
  void aDebuggerMayAttachFromThisMachineAlone() {
    assertThat(FunctionHostProcess.debugger("5005"))
      .get()
      .asString()
      .endsWith("address=127.0.0.1:5005");
  }

  @ParameterizedTest
  @ValueSource(strings = { "yes", "*:5005", "5005,suspend=y", "0.0.0.0:5005" })
  void anythingButAPortIsRefused(String port) {
    assertThatThrownBy(() -> FunctionHostProcess.debugger(port))
      .isInstanceOf(StackFailure.class)
      .hasMessageContaining("BILLSTEP_DEBUG");
  }
}
