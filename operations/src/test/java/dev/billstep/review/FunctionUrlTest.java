package dev.billstep.review;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.http.QueryParameters;
import dev.billstep.json.Json;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What a function URL hands over, and what it is given back. */
class FunctionUrlTest {

  private static final Map<String, String> POLICY = ReviewResponse.policy("");

  /** With all that the developer guide's example has. */
  private static final String EVENT = """
  {
    "version": "2.0",
    "routeKey": "$default",
    "rawPath": "PATH",
    "rawQueryString": "q=a%20b&limit=2",
    "cookies": ["one=1", "two=2"],
    "headers": {
      "host": "abc.lambda-url.ap-south-1.on.aws",
      "origin": "https://abc.lambda-url.ap-south-1.on.aws",
      "content-length": "999",
      "x-forwarded-proto": "https"
    },
    "queryStringParameters": {"q": "a b", "limit": "2"},
    "requestContext": {
      "accountId": "123456789012",
      "apiId": "abc",
      "authentication": null,
      "authorizer": null,
      "domainName": "abc.lambda-url.ap-south-1.on.aws",
      "domainPrefix": "abc",
      "http": {
        "method": "POST",
        "path": "/api/list",
        "protocol": "HTTP/1.1",
        "sourceIp": "203.0.113.9",
        "userAgent": "agent"
      },
      "requestId": "id",
      "routeKey": "$default",
      "stage": "$default",
      "time": "12/Mar/2020:19:03:58 +0000",
      "timeEpoch": 1583348638390
    },
    "body": "CONTENT",
    "pathParameters": null,
    "isBase64Encoded": true,
    "stageVariables": null
  }
  """;

  private static FunctionUrlRequest event(String path, String body) {
    var event = EVENT.replace("PATH", path).replace("CONTENT", body);
    return Json.read(event.getBytes(UTF_8), FunctionUrlRequest.class);
  }

  private static ReviewRequest asked(String path, String body) throws ReviewRefused {
    return event(path, body).asked(new Visitor.Stranger());
  }

  @Test
  void anEventIsARequest() throws Exception {
    var body = Base64.getEncoder().encodeToString("{\"name\": \"ä\"}".getBytes(UTF_8));
    var request = asked("/api/list", body);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/api/list");
    assertThat(QueryParameters.of(request.uri()))
      .containsEntry("q", "a b")
      .containsEntry("limit", "2");
    assertThat(request.address()).isEqualTo("203.0.113.9");
    assertThat(ReviewAccess.cookie(request.headers(), "two")).hasValue("2");
    assertThat(request.headers().getFirst("Origin")).startsWith("https://abc.");
    assertThat(request.body().readAllBytes()).asString(UTF_8).isEqualTo("{\"name\": \"ä\"}");
    assertThat(request.length()).as("decoded").hasValue(14L);
  }

  /** Or it would name another server, and another path. */
  @Test
  void aPathThatBeginsWithTwoSlashesIsAPath() throws Exception {
    assertThat(asked("//evil.example/desk", "").path()).isEqualTo("//evil.example/desk");
  }

  @Test
  void whatCantBeUnderstoodIsRefused() {
    assertThatThrownBy(() -> asked("/a b", ""))
      .isInstanceOf(ReviewRefused.class)
      .hasMessageContaining("address");
    assertThatThrownBy(() -> asked("/", "not base64!"))
      .isInstanceOf(ReviewRefused.class)
      .hasMessageContaining("came with the request");
  }

  @Test
  void anAnswerHasItsCookiesAndThePolicy() {
    var answer = FunctionUrlResponse.of(
      ReviewResponse.json(200, Map.of("a", 1)).withCookie("one=1").withCookie("two=2"),
      POLICY,
      Optional.of("gzip")
    );
    var written = Json.read(Json.text(answer));
    assertThat(written.path("cookies")).hasSize(2);
    assertThat(written.path("isBase64Encoded").asBoolean()).isTrue();
    assertThat(written.at("/headers/Content-Security-Policy").asText()).contains("img-src 'self';");
    assertThat(written.at("/headers/X-Content-Type-Options").asText()).isEqualTo("nosniff");
    assertThat(written.path("headers").has("Content-Encoding")).as("it is small").isFalse();
    assertThat(Base64.getDecoder().decode(answer.body())).asString(UTF_8).isEqualTo("{\"a\":1}");
  }

  @Test
  void aLargeAnswerIsZippedForWhoTakesItSo() throws Exception {
    var large = ReviewResponse.json(200, "x".repeat(20_000_000));
    var zipped = FunctionUrlResponse.of(large, POLICY, Optional.of("br, gzip"));
    assertThat(zipped.headers()).containsEntry("Content-Encoding", "gzip");
    var in = new GZIPInputStream(
      new ByteArrayInputStream(Base64.getDecoder().decode(zipped.body()))
    );
    assertThat(in.readAllBytes()).hasSize(20_000_002);
    var plain = FunctionUrlResponse.of(large, POLICY, Optional.empty());
    assertThat(plain.statusCode()).isEqualTo(413);
    assertThat(Base64.getDecoder().decode(plain.body())).asString(UTF_8).contains("fewer jobs");
  }

  @Test
  void whatTheFunctionMaySendFitsWithItsHeaders() {
    var image = new byte[FunctionUrlResponse.MOST_BYTES];
    new Random(1).nextBytes(image);
    var answer = FunctionUrlResponse.of(ReviewResponse.image(image), POLICY, Optional.of("gzip"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Json.bytes(answer)).hasSizeLessThan(6 * 1024 * 1024);
  }
}
