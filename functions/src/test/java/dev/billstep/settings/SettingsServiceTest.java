package dev.billstep.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.reading.DocType;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsServiceTest {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private int reads;
  private final Map<String, JsonNode> rows = new HashMap<>(
    Map.of(
      "model",
      Json.mapper().valueToTree(SettingsSamples.MODEL),
      "classify.prompt",
      Json.mapper().valueToTree(SettingsSamples.CLASSIFY),
      "classify.batch_size",
      Json.mapper().valueToTree(4),
      "split.limits",
      Json.mapper().valueToTree(SettingsSamples.LIMITS)
    )
  );
  private final SettingsService service = new SettingsService(new Rows(), () -> now);

  @Test
  void theRowsAreReadIntoSettings() {
    var settings = service.current();
    assertThat(settings.model()).isEqualTo(SettingsSamples.MODEL);
    assertThat(settings.classifyBatchSize()).isEqualTo(4);
    assertThat(settings.limits()).isEqualTo(SettingsSamples.LIMITS);
    assertThat(settings.schemaOf(DocType.BILL).version()).isEqualTo(1);
  }

  @Test
  void theyAreReadAgainAfterTheirTimeToLiveAndNotBefore() {
    service.current();
    now = now.plus(SettingsService.TTL).minusMillis(1);
    service.current();
    assertThat(reads).isEqualTo(1);
    now = now.plusMillis(1);
    service.current();
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void aMissingSettingNamesItsKey() {
    rows.remove("model");
    assertThatThrownBy(service::current)
      .isInstanceOf(SettingInvalid.class)
      .hasMessageContaining("setting model")
      .hasMessageContaining("missing");
  }

  @Test
  void aValueThatDoesNotFitNamesItsKey() {
    rows.put("classify.batch_size", Json.mapper().valueToTree("many"));
    assertThatThrownBy(service::current)
      .isInstanceOf(SettingInvalid.class)
      .hasMessageContaining("setting classify.batch_size");
  }

  @Test
  void aBatchHasAtLeastOnePage() {
    rows.put("classify.batch_size", Json.mapper().valueToTree(0));
    assertThatThrownBy(service::current).hasMessageContaining("it must be 1 or more, but is 0");
  }

  private final class Rows implements SettingsStore {

    @Override
    public Map<String, JsonNode> settings() {
      reads++;
      return rows;
    }

    @Override
    public List<DocTypeSchema> activeSchemas() {
      return List.copyOf(SettingsSamples.SCHEMAS.values());
    }
  }
}
