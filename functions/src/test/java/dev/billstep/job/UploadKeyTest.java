package dev.billstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadKeyTest {

  private static final String USER = "00000000-0000-4000-8000-000000000001";
  private static final String JOB = "00000000-0000-4000-8000-000000000002";

  @Test
  void aKeySaysWhoseUploadItIsAndForWhichJob() {
    var key = UploadKey.parse("uploads/%s/%s/März 2026 (1).pdf".formatted(USER, JOB));
    assertThat(key.userId()).isEqualTo(UserId.of(USER));
    assertThat(key.jobId()).isEqualTo(JobId.of(JOB));
    assertThat(key.fileName()).isEqualTo("März 2026 (1).pdf");
  }

  @Test
  void aKeyIsNoLongerThanS3Takes() {
    var folder = "uploads/%s/%s/".formatted(USER, JOB);
    var longest = "ä".repeat((1_024 - folder.length()) / 2);
    assertThat(UploadKey.find(folder + longest)).isPresent();
    assertThat(UploadKey.find(folder + longest + "ä")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "",
      "uploads/",
      "uploads/" + USER + "/" + JOB + "/",
      "uploads/" + USER + "/" + JOB + "/folder/bill.pdf",
      "uploads/" + USER + "/not-a-job/bill.pdf",
      "other/" + USER + "/" + JOB + "/bill.pdf",
      "uploads/" + USER + "/bill.pdf",
      "uploads/" + USER + "/" + JOB + "/bi\0ll.pdf",
      "uploads/" + USER + "/" + JOB + "/bill\uD800.pdf",
    }
  )
  void anyOtherKeyIsRefusedWithTheConvention(String key) {
    assertThatThrownBy(() -> UploadKey.parse(key))
      .isInstanceOf(UploadKeyInvalid.class)
      .hasMessageContaining("uploads/{userId}/{jobId}/{file}");
  }
}
