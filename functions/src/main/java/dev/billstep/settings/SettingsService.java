package dev.billstep.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings as they are now, read through a cache that one container keeps for {@link #TTL}, and
 * checked on reading.
 */
public final class SettingsService {

  public static final Duration TTL = Duration.ofSeconds(60);

  private final SettingsStore store;
  private final InstantSource clock;

  @Nullable
  private volatile Cached cached;

  public SettingsService(SettingsStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * The settings as they are, at most a minute old.
   *
   * @throws SettingInvalid when a value is missing or can't be used; it names the key
   */
  public JobSettings current() {
    var last = cached;
    if (last != null && clock.instant().isBefore(last.readAt().plus(TTL))) {
      return last.settings();
    }
    var fresh = read();
    cached = new Cached(fresh, clock.instant());
    return fresh;
  }

  private JobSettings read() {
    var rows = store.settings();
    var schemas = store
      .activeSchemas()
      .stream()
      .collect(Collectors.toMap(DocTypeSchema::docType, Function.identity()));
    return new JobSettings(
      value(rows, "model", ModelSettings.class),
      value(rows, "classify.prompt", Prompt.class),
      positive(rows, "classify.batch_size"),
      value(rows, "split.limits", SplitLimits.class),
      schemas
    );
  }

  private static int positive(Map<String, JsonNode> rows, String key) {
    int number = value(rows, key, Integer.class);
    if (number < 1) {
      throw new SettingInvalid(key, "it must be 1 or more, but is " + number);
    }
    return number;
  }

  private static <T> T value(Map<String, JsonNode> rows, String key, Class<T> type) {
    var row = rows.get(key);
    if (row == null || row.isNull()) {
      throw new SettingInvalid(key, "it is missing");
    }
    try {
      return Json.mapper().convertValue(row, type);
    } catch (IllegalArgumentException e) {
      throw new SettingInvalid(key, "its value does not fit: " + e.getMessage());
    }
  }

  private record Cached(JobSettings settings, Instant readAt) {}
}
