package dev.billstep.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.json.Json;
import dev.billstep.page.PageImage;
import dev.billstep.settings.ModelSettings;
import dev.billstep.settings.Price;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No call costs more than it is said to cost at most. */
class CallBoundTest {

  private static final Path WIRE = Path.of("../functions/src/test/resources/wire");
  private static final int IMAGE = 20_409;

  /** Requests as they are sent (WireTest), in which images are a few words. */
  @ParameterizedTest
  @ValueSource(strings = { "openai", "anthropic", "bedrock", "google", "ollama" })
  void whatIsSentBesideThePagesHasFewerBytesThanTokensAreAllowedFor(String provider)
    throws IOException {
    var model = ModelSettings.of(provider, "m-1");
    var settings = Contender.of(Path.of("../prisma"), model, PromptSet.NEWEST, Map.of()).settings();
    var page = PageImage.of(1, new byte[0]);
    assertThat(
      CallBound.ofReading(model, page, settings.schemaOf(DocType.BILL)).inputTokens() - IMAGE
    ).isGreaterThan(sent(provider, "read"));
    assertThat(
      CallBound.ofClassifying(model, List.of(page, page), settings.classifyPrompt()).inputTokens() -
        2 * IMAGE
    ).isGreaterThan(sent(provider, "classify"));
  }

  private static int sent(String provider, String step) throws IOException {
    var golden = Files.readAllBytes(WIRE.resolve("%s-%s.json".formatted(provider, step)));
    var body = Json.text(Json.read(golden, JsonNode.class).path("body"));
    return body.getBytes(StandardCharsets.UTF_8).length;
  }

  @Test
  void theDearestIsWhereTheCacheTakesAllOfTheInputAndTheAnswerIsAsLongAsItMayBe() {
    var model = ModelSettings.of("openai", "m-1");
    var usual = Price.of(new BigDecimal("3"), new BigDecimal("15"));
    assertThat(new CallBound(1_000_000).usd(model, usual)).isEqualByComparingTo("3.99");
    var freeToKeep = new Price(
      new BigDecimal("3"),
      new BigDecimal("15"),
      Optional.empty(),
      Optional.of(BigDecimal.ZERO)
    );
    assertThat(new CallBound(1_000_000).usd(model, freeToKeep)).isEqualByComparingTo("3.24");
  }
}
