package dev.billstep.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.billstep.doctype.DocType;
import dev.billstep.job.Replay;
import dev.billstep.json.Json;
import dev.billstep.settings.SettingsStore.StoredSchema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsServiceTest {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private int reads;
  private final Map<String, JsonNode> rows = SettingsSamples.rows();
  private final List<StoredSchema> schemas = new ArrayList<>(SettingsSamples.storedSchemas());
  private final SettingsService service = new SettingsService(new Rows(), () -> now);

  @Test
  void jobsWaitForNothingUnlessItIsSet() {
    assertThat(service.current().mayWait()).as("no such row yet").isFalse();
    rows.put("batch", Json.read("true"));
    var set = new SettingsService(new Rows(), () -> now);
    assertThat(set.current().mayWait()).isTrue();
    var again = new Replay(Optional.empty(), Optional.empty(), List.of(), false, false);
    var other = new Replay(Optional.empty(), Optional.of("scripted/two"), List.of(), false, false);
    assertThat(set.forReplay(again).mayWait()).isTrue();
    assertThat(set.forReplay(other).mayWait()).as("somebody looks at what it says").isFalse();
    rows.put("batch", Json.read("\"yes\""));
    assertThatThrownBy(() -> new SettingsService(new Rows(), () -> now).current())
      .isInstanceOf(SettingInvalid.class)
      .hasMessageContaining("batch");
  }

  @Test
  void eventsArePostedToNobodyUnlessItIsSet() {
    assertThat(service.webhook()).as("no such row yet").isEmpty();
    assertThat(webhook("none")).isEmpty();
    assertThat(webhook("https://receiver.example:8443/hook?key=k").orElseThrow().host()).isEqualTo(
      "receiver.example"
    );
    assertThat(webhook("http://localhost:9000").orElseThrow().isPlain()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "",
      "receiver.example",
      "http://receiver.example/",
      "http://localhost.receiver.example/",
      "ftp://receiver.example/",
      "file:///etc/passwd",
      "https://user:password@receiver.example/",
      "https://receiver.example/#there",
      "https://receiver example/",
      "https:///hook",
    }
  )
  void whatNoEventCouldBePostedToIsRefused(String address) {
    assertThatThrownBy(() -> webhook(address))
      .isInstanceOf(SettingInvalid.class)
      .hasMessageContaining("webhook");
  }

  private Optional<WebhookAddress> webhook(String address) {
    rows.put("webhook", TextNode.valueOf(address));
    return new SettingsService(new Rows(), () -> now).webhook();
  }

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

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    value = {
      "model           | {'provider': '', 'model': 'x'}                                          | provider and model",
      "model           | {'provider': 'a', 'model': 'x', 'image': {'longEdge': 5, 'format': 'png'}} | longEdge",
      "model           | {'provider': 'a', 'model': 'x', 'baseUrl': 'localhost:8080/v1'}           | baseUrl",
      "split.limits    | {'maxBytes': 1, 'maxPages': 10001, 'maxPixels': 1, 'renderDpi': 200, 'inlinePages': 50}     | maxPages",
      "split.limits    | {'maxBytes': 1, 'maxPages': 0, 'maxPixels': 1, 'renderDpi': 200, 'inlinePages': 200}        | maxPages",
      "failure_policy  | {'onPageFailure': 'continue', 'maxFailedShare': 2}                      | maxFailedShare",
      "failure_policy  | {'onPageFailure': 'sometimes', 'maxFailedShare': 0}                     | does not fit",
      "concurrency     | {'batches': 0, 'pages': 1}                                              | batches and pages",
      "waiting         | {'probeSeconds': 60, 'longestProbeSeconds': 5, 'longestWaitHours': 1}   | probeSeconds",
      "sweep           | {'graceHours': 0, 'maxDeletions': 1, 'unstartedMinutes': 1}             | graceHours",
      "retention       | {'attemptDays': 6, 'callDays': 9, 'revisionDays': 9, 'breakerEventDays': 9, 'settingRevisionDays': 9} | 7 or more",
      "prices.x/y      | {'inputPerMillion': 'much'}                                             | does not fit",
    }
  )
  void everyValueThatCanNotBeUsedNamesItsKey(String key, String value, String problem) {
    var json = json(value.replace('\'', '"'));
    rows.put(
      key.startsWith("prices.") ? "prices" : key,
      key.startsWith("prices.") ? Json.mapper().valueToTree(Map.of("x/y", json)) : json
    );
    assertThatThrownBy(service::check)
      .isInstanceOf(SettingInvalid.class)
      .hasMessageContaining("setting " + key)
      .hasMessageContaining(problem);
  }

  /** It is the sweep's affair. */
  @Test
  void howLongTheDatabaseRemembersKeepsNoJobFromItsRun() {
    rows.remove("retention");
    assertThat(service.current()).isNotNull();
    assertThatThrownBy(service::retention).hasMessageContaining("setting retention");
    service.check();
  }

  @Test
  void aReplayReadsByTheVersionAndModelThatItAsksFor() {
    var settings = service.forReplay(
      new Replay(Optional.of(2), Optional.of("other/two"), List.of(), false, false)
    );
    assertThat(settings.schemaOf(DocType.BILL).version()).isEqualTo(2);
    assertThat(settings.schemaOf(DocType.EWAY_BILL).version()).isEqualTo(1);
    assertThat(settings.model().id()).isEqualTo("other/two");
    assertThat(service.current().schemaOf(DocType.BILL).version()).isEqualTo(1);
  }

  @Test
  void aReplayWithAVersionOrModelThatIsNoneIsRefused() {
    var version = new Replay(Optional.of(7), Optional.empty(), List.of(), false, false);
    assertThatThrownBy(() -> service.forReplay(version)).hasMessageContaining("schema version 7");
    var model = new Replay(Optional.empty(), Optional.of("gpt"), List.of(), false, false);
    assertThatThrownBy(() -> service.forReplay(model)).hasMessageContaining("provider/model");
  }

  @Test
  void aDocTypeWhoseRowIsYetToComeIsUnknownUntilThen() {
    schemas.removeIf(row -> row.schema().docType() == DocType.EWAY_BILL);
    var settings = service.current();
    assertThat(settings.readAs(DocType.EWAY_BILL)).isEqualTo(DocType.UNKNOWN);
    assertThat(settings.readAs(DocType.BILL)).isEqualTo(DocType.BILL);
  }

  @Test
  void withoutASchemaToReadByNoJobIsRun() {
    schemas.removeIf(row -> row.schema().docType() != DocType.UNKNOWN);
    assertThatThrownBy(service::current)
      .isInstanceOf(SettingInvalid.class)
      .hasMessageContaining("nothing to read");
  }

  @Test
  void aRunThatANewerReleaseHasClaimedIsGoneOnWith() {
    var snapshot = (ObjectNode) Json.mapper().valueToTree(service.current());
    var newer = (ObjectNode) snapshot.at("/schemas/bill").deepCopy();
    ((ObjectNode) snapshot.path("schemas")).set("credit_note", newer.put("docType", "credit_note"));
    var settings = Json.read(Json.bytes(snapshot), JobSettings.class);
    assertThat(settings).isEqualTo(service.current());
  }

  @Test
  void anotherModelClassifiesWithWhatIsSetForItsProvider() {
    rows.put(
      "model",
      json(
        """
        {"provider": "openai", "model": "large", "baseUrl": "https://models.example/v1",
         "classifyModel": "openai/small", "classifyByWords": 0.9, "textLayer": "beside"}"""
      )
    );
    var model = service.current().model();
    assertThat(model.toClassify().id()).isEqualTo("openai/small");
    assertThat(model.toClassify().baseUrl()).isEqualTo(model.baseUrl());
    assertThat(model.toClassify().toClassify().id()).isEqualTo("openai/small");
    var replayed = service.forReplay(
      new Replay(Optional.empty(), Optional.of("openai/other"), List.of(), false, false)
    );
    assertThat(replayed.model().toClassify().id()).isEqualTo("openai/other");
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "\"classifyModel\": \"small\"",
      "\"classifyByWords\": 0.4",
      "\"classifyByWords\": 1.1",
      "\"textLayer\": \"above\"",
    }
  )
  void whatCanNotClassifyIsRefused(String field) {
    rows.put(
      "model",
      json("{\"provider\": \"openai\", \"model\": \"large\", %s}".formatted(field))
    );
    assertThatThrownBy(service::current)
      .isInstanceOf(SettingInvalid.class)
      .hasMessageContaining("model");
  }

  @Test
  void aCallCostsWhatThePriceTableSays() {
    assertThat(service.current().price("scripted/one").of(1_000, 200, 0, 0)).isEqualByComparingTo(
      "0.006"
    );
    assertThat(Price.NONE.of(1_000, 200, 0, 0)).isEqualByComparingTo("0");
  }

  private static JsonNode json(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }

  private final class Rows implements SettingsStore {

    @Override
    public Map<String, JsonNode> settings() {
      reads++;
      return rows;
    }

    @Override
    public List<StoredSchema> schemas() {
      return schemas;
    }
  }
}
