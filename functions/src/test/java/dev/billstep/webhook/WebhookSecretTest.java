package dev.billstep.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.settings.SettingInvalid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {

  /** The vectors of the scheme's own libraries: Go and Python, and Rust. */
  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    quoteCharacter = '`',
    value = {
      "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw|msg_p5jXN8AQM9LWM0D4loKWxJek|1614265330|{\"test\": 2432232314}|v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
      "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD|msg_27UH4WbU6Z5A5EzD8u03UvzRbpk|1649367553|{\"email\":\"test@example.com\",\"username\":\"test_user\"}|v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
    }
  )
  void itSignsAsTheSchemesOwnLibrariesDo(
    String secret,
    String id,
    long attempt,
    String body,
    String signature
  ) {
    assertThat(
      WebhookSecret.of(secret).sign(
        id,
        Instant.ofEpochSecond(attempt),
        body.getBytes(StandardCharsets.UTF_8)
      )
    ).isEqualTo(signature);
  }

  @Test
  void aNewOneIsLikeNoOtherAndCanBeReadAgain() {
    var written = WebhookSecret.generate().written();
    assertThat(written).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(WebhookSecret.of(written).written()).isEqualTo(written);
    assertThat(WebhookSecret.generate().written()).isNotEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
    strings = { "hunter2hunter2hunter2hunter2hunter2", "whsec_", "whsec_no base 64!", "" }
  )
  void whatIsNoneIsRefusedAndNotRepeated(String written) {
    assertThatThrownBy(() -> WebhookSecret.of(written))
      .isInstanceOf(SettingInvalid.class)
      .hasMessageContaining("24 to 64 bytes")
      .hasMessageNotContaining("hunter2")
      .hasMessageNotContaining("no base 64");
  }

  @Test
  void itHasAsManyBytesAsTheSchemeAsksFor() {
    assertThat(WebhookSecret.of(ofLength(24))).isNotNull();
    assertThat(WebhookSecret.of(ofLength(64))).isNotNull();
    assertThatThrownBy(() -> WebhookSecret.of(ofLength(23))).isInstanceOf(SettingInvalid.class);
    assertThatThrownBy(() -> WebhookSecret.of(ofLength(65))).isInstanceOf(SettingInvalid.class);
  }

  private static String ofLength(int bytes) {
    return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
  }

  @Test
  void itIsNotInWhatIsPrinted() {
    var secret = WebhookSecret.generate();
    assertThat("" + secret).isEqualTo("whsec_…");
  }
}
