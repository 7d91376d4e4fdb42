package dev.billstep.textract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.billstep.json.Json;
import dev.billstep.page.DocumentFiles;
import dev.billstep.page.PageImage;
import dev.billstep.page.SeenWord;
import dev.billstep.page.Word;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.textract.TextractClient;

/** Amazon Textract API reference, "DetectDocumentText". */
class TextractWitnessTest {

  private static final WireMockServer SERVER = new WireMockServer(
    WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1")
  );

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
  }

  @AfterEach
  void forget() {
    SERVER.resetAll();
  }

  @Test
  void aPageIsSentByItsBytesAndNothingElseIsAsked() throws IOException {
    answer(200, "{\"Blocks\": []}");
    var page = page(600, 400);
    witness().words(page);
    var sent = SERVER.getAllServeEvents().getFirst().getRequest();
    var body = (ObjectNode) Json.read(sent.getBody(), JsonNode.class);
    var image = Base64.getDecoder().decode(body.at("/Document/Bytes").asText());
    assertThat(image).isEqualTo(page.bytes());
    ((ObjectNode) body.path("Document")).put("Bytes", "<the page>");
    assertThat(sent.getUrl()).isEqualTo("/");
    assertThat(sent.getHeader("X-Amz-Target")).isEqualTo("Textract.DetectDocumentText");
    assertThat(body).isEqualTo(Json.read("{\"Document\": {\"Bytes\": \"<the page>\"}}"));
  }

  @Test
  void itsWordsHaveTheirPlacesInPixelsAndTheirCertainty() throws IOException {
    answer(
      200,
      """
      {"Blocks": [
        {"BlockType": "PAGE", "Geometry": {"BoundingBox": {"Left": 0, "Top": 0, "Width": 1, "Height": 1}}},
        {"BlockType": "LINE", "Text": "Total 12.50", "Confidence": 99.5,
         "Geometry": {"BoundingBox": {"Left": 0.5, "Top": 0.25, "Width": 0.25, "Height": 0.125}}},
        {"BlockType": "WORD", "Text": "Total", "Confidence": 75, "TextType": "PRINTED",
         "Geometry": {"BoundingBox": {"Left": 0.5, "Top": 0.25, "Width": 0.125, "Height": 0.125}}},
        {"BlockType": "WORD", "Text": "12.50", "Confidence": 50, "TextType": "HANDWRITING",
         "Geometry": {"BoundingBox": {"Left": 0.625, "Top": 0.25, "Width": 0.125, "Height": 0.125}}}]}"""
    );
    assertThat(witness().words(page(800, 400))).containsExactly(
      new SeenWord(new Word("Total", 400, 100, 100, 50), 0.75),
      new SeenWord(new Word("12.50", 500, 100, 100, 50), 0.5)
    );
  }

  @Test
  void aPageThatIsLargerThanTextractTakesIsSentSmallerAndItsPlacesAreThoseOfThePage()
    throws IOException {
    answer(
      200,
      """
      {"Blocks": [{"BlockType": "WORD", "Text": "x", "Confidence": 100,
        "Geometry": {"BoundingBox": {"Left": 0.5, "Top": 0.5, "Width": 0.5, "Height": 0.5}}}]}"""
    );
    var page = noise(2_000, 2_000);
    assertThat(page.bytes()).hasSizeGreaterThan(10_000_000);
    var word = witness().words(page).getFirst().word();
    assertThat(word.x()).isEqualTo(1_000);
    var body = Json.read(
      SERVER.getAllServeEvents().getFirst().getRequest().getBody(),
      JsonNode.class
    );
    var image = Base64.getDecoder().decode(body.at("/Document/Bytes").asText());
    assertThat(image).hasSizeLessThan(7_000_001);
    assertThat(ImageIO.read(new ByteArrayInputStream(image)).getWidth()).isEqualTo(2_000);
  }

  @ParameterizedTest
  @CsvSource({
    "400, ThrottlingException",
    "400, ProvisionedThroughputExceededException",
    "400, LimitExceededException",
    "500, InternalServerError",
  })
  void whatPassesIsTriedAgain(int status, String code) {
    answer(status, error(code));
    assertThatThrownBy(() -> witness().words(page(600, 400))).isInstanceOf(
      TextractUnavailable.class
    );
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "BadDocumentException",
      "DocumentTooLargeException",
      "UnsupportedDocumentException",
    }
  )
  void aPageThatItMakesNothingOfHasNoWords(String code) throws IOException {
    answer(400, error(code));
    assertThat(witness().words(page(600, 400))).isEmpty();
  }

  @Test
  void whatIsNotAllowedIsSaidWithWhatToDo() {
    answer(400, error("AccessDeniedException"));
    assertThatThrownBy(() -> witness().words(page(600, 400)))
      .isInstanceOf(TextractRefused.class)
      .hasMessageContaining("AccessDeniedException")
      .hasMessageContaining("role");
  }

  private static String error(String code) {
    return "{\"__type\": \"%s\", \"Message\": \"no\"}".formatted(code);
  }

  private static void answer(int status, String body) {
    SERVER.stubFor(
      post(anyUrl()).willReturn(
        aResponse()
          .withStatus(status)
          .withHeader("Content-Type", "application/x-amz-json-1.1")
          .withBody(body.getBytes(StandardCharsets.UTF_8))
      )
    );
  }

  private static TextractWitness witness() {
    return new TextractWitness(
      TextractClient.builder()
        .region(Region.AP_SOUTH_1)
        .credentialsProvider(
          StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"))
        )
        .endpointOverride(URI.create(SERVER.baseUrl()))
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build()
    );
  }

  private static PageImage page(int width, int height) throws IOException {
    var png = new ByteArrayOutputStream();
    ImageIO.write(DocumentFiles.scan(width, height), "png", png);
    return PageImage.of(1, png.toByteArray());
  }

  /** Which no PNG makes small. */
  private static PageImage noise(int width, int height) throws IOException {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var random = new Random(1);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    var png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return PageImage.of(1, png.toByteArray());
  }
}
