package dev.billstep.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackKeysTest {

  private static final Instant MONDAY = Instant.parse("2026-11-23T10:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-24T10:00:00Z");

  @TempDir
  private Path folder = Path.of("");

  private DataFolder data = new DataFolder(folder);

  @BeforeEach
  void make() {
    data = new DataFolder(folder.resolve("data"));
    data.make();
  }

  @Test
  void aProvidersKeyIsKeptForItsOwnerAloneAndChangesNothingElse() throws IOException {
    var before = StackKeys.of(data);
    StackKeys.change(data, keys -> keys.with(Map.of("openai_api_key", "one"), MONDAY));
    var after = StackKeys.of(data);
    assertThat(after.providers()).containsExactly(Map.entry("openai_api_key", "one"));
    assertThat(after.without("openai_api_key")).isEqualTo(before);
    assertThat(Files.getPosixFilePermissions(data.keys())).isEqualTo(
      PosixFilePermissions.fromString("rw-------")
    );
  }

  @Test
  void aKeyIsAsOldAsItsLastChange() {
    set("one", MONDAY);
    assertThat(set("one", TUESDAY).providersSince()).containsValue(MONDAY);
    assertThat(set("two", TUESDAY).providersSince()).containsValue(TUESDAY);
  }

  private StackKeys set(String key, Instant now) {
    return StackKeys.change(data, keys -> keys.with(Map.of("openai_api_key", key), now));
  }

  @Test
  void keysThatAnOlderVersionHasKeptAreStillThere() throws IOException {
    Files.writeString(
      data.keys(),
      """
      {"database": "d", "api": "a", "review": {"value": "r"}, "reviewPort": 7, "providers": {"x_api_key": "k"}}"""
    );
    assertThat(StackKeys.of(data).providers()).containsEntry("x_api_key", "k");
    assertThat(StackKeys.of(data).providersSince()).isEmpty();
  }

  @Test
  void keysThatAreSetAtOnceAreAllKept() {
    IntStream.range(0, 20)
      .parallel()
      .forEach(number ->
        StackKeys.change(data, keys -> keys.with(Map.of("key" + number, "k"), MONDAY))
      );
    assertThat(StackKeys.of(data).providers()).hasSize(20);
  }
}
