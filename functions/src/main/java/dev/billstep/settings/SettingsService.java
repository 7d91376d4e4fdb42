package dev.billstep.settings;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.job.Replay;
import dev.billstep.json.Json;
import dev.billstep.page.SplitLimits;
import dev.billstep.settings.SettingsStore.StoredSchema;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings as they are now, read through a cache that one container keeps for {@link #TTL}, and
 * checked on reading.
 */
public final class SettingsService {

  public static final Duration TTL = Duration.ofSeconds(60);

  private static final String RETENTION = "retention";

  /** Not there in a database that is older than this. */
  private static final String BATCH = "batch";

  private final SettingsStore store;
  private final InstantSource clock;

  @Nullable
  private volatile Cached cached;

  public SettingsService(SettingsStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * The settings of new jobs as they are, at most a minute old.
   *
   * @throws SettingInvalid when a value is missing or can't be used; it names the key
   */
  public JobSettings current() {
    return cached().settings();
  }

  /**
   * The settings of a replay.
   *
   * @throws SettingInvalid also when there is no such model or schema version
   */
  public JobSettings forReplay(Replay replay) {
    var known = cached();
    boolean isUnknown = replay
      .schemaVersion()
      .filter(version ->
        known
          .schemas()
          .stream()
          .noneMatch(each -> each.version() == version)
      )
      .isPresent();
    var now = isUnknown ? renewed() : known; // It may have been added a moment ago.
    return now.settings().forReplay(replay, now.schemas());
  }

  /** What the sweeps take away, and when. */
  public SweepSettings sweep() {
    return cached().sweep();
  }

  /**
   * How long the database remembers.
   *
   * @throws SettingInvalid also when it is missing, which keeps no job from its run
   */
  public RetentionSettings retention() {
    return retention(cached().rows());
  }

  /**
   * Where events are posted to; empty where nobody is to be told, and in a database that is older than
   * this. It is read anew: who asks does so once a minute, and who has just set it tries it out.
   *
   * @throws SettingInvalid when nothing could be posted there, which keeps no job from its run
   */
  public Optional<WebhookAddress> webhook() {
    return webhook(renewed().rows());
  }

  private static Optional<WebhookAddress> webhook(Map<String, JsonNode> rows) {
    return Optional.ofNullable(rows.get(WebhookAddress.KEY)).flatMap(WebhookAddress::of);
  }

  /**
   * Looks at all settings, also at those that no job is told and that are not there yet in a database
   * that is older than this.
   *
   * @throws SettingInvalid as {@link #current}, {@link #retention} and {@link #webhook}
   */
  public void check() {
    current();
    var rows = cached().rows();
    if (rows.containsKey(RETENTION)) {
      retention(rows);
    }
    webhook(rows);
  }

  private static RetentionSettings retention(Map<String, JsonNode> rows) {
    var retention = value(rows, RETENTION, RetentionSettings.class);
    retention.check();
    return retention;
  }

  private Cached cached() {
    var last = cached;
    if (last != null && clock.instant().isBefore(last.readAt().plus(TTL))) {
      return last;
    }
    return renewed();
  }

  private Cached renewed() {
    var fresh = read();
    cached = fresh;
    return fresh;
  }

  private Cached read() {
    var rows = store.settings();
    var schemas = store.schemas();
    var active = schemas
      .stream()
      .filter(StoredSchema::active)
      .map(StoredSchema::schema)
      .collect(Collectors.toMap(DocTypeSchema::docType, Function.identity()));
    var settings = new JobSettings(
      value(rows, "model", ModelSettings.class),
      value(rows, "classify.prompt", Prompt.class),
      value(rows, "classify.batch_size", Integer.class),
      value(rows, "split.limits", SplitLimits.class),
      active,
      value(rows, "failure_policy", FailurePolicy.class),
      value(rows, "concurrency", Concurrency.class),
      value(rows, "waiting", WaitingSettings.class),
      prices(rows),
      List.of(),
      Optional.empty(),
      Map.of(),
      rows.containsKey(BATCH) ? Optional.of(value(rows, BATCH, Boolean.class)) : Optional.empty()
    );
    settings.check();
    var sweep = value(rows, "sweep", SweepSettings.class);
    sweep.check();
    return new Cached(
      settings,
      schemas.stream().map(StoredSchema::schema).toList(),
      sweep,
      rows,
      clock.instant()
    );
  }

  private static Map<String, Price> prices(Map<String, JsonNode> rows) {
    return value(rows, "prices", JsonNode.class)
      .properties()
      .stream()
      .collect(Collectors.toMap(Map.Entry::getKey, each -> price(each.getKey(), each.getValue())));
  }

  private static Price price(String modelId, JsonNode value) {
    return value(Map.of("prices." + modelId, value), "prices." + modelId, Price.class);
  }

  private static <T> T value(Map<String, JsonNode> rows, String key, Class<T> type) {
    var row = rows.get(key);
    if (row == null || row.isNull()) {
      throw new SettingInvalid(key, "it is missing");
    }
    try {
      return Json.mapper().convertValue(row, type);
    } catch (IllegalArgumentException e) {
      throw new SettingInvalid(key, "its value does not fit: " + problem(e));
    }
  }

  /** Without what is Jackson's own affair: its features, and where in which source. */
  private static String problem(IllegalArgumentException failure) {
    if (!(failure.getCause() instanceof JsonMappingException mapping)) {
      return String.valueOf(failure.getMessage());
    }
    var place = mapping
      .getPath()
      .stream()
      .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
      .collect(Collectors.joining("."));
    var what = mapping.getOriginalMessage().startsWith("Null value for creator property")
      ? "is missing"
      : mapping.getOriginalMessage();
    return place.isEmpty() ? what : place + " " + what;
  }

  private record Cached(
    JobSettings settings,
    List<DocTypeSchema> schemas,
    SweepSettings sweep,
    Map<String, JsonNode> rows,
    Instant readAt
  ) {}
}
