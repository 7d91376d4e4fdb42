package dev.billstep.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.text.StorableText;
import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceQuotaExceededException;

/**
 * A provider's answer that says no.
 *
 * @param status of HTTP
 * @param text all that it says, in the provider's form
 */
record ProviderRefusal(int status, String text) {
  static final int BAD_REQUEST = 400;
  static final int UNAUTHORISED = 401;
  static final int PAYMENT_REQUIRED = 402;
  static final int FORBIDDEN = 403;
  static final int REQUEST_TIMEOUT = 408;
  static final int CONTENT_TOO_LARGE = 413;
  static final int UNPROCESSABLE = 422;

  /** Of Bedrock: an error while the model processed the request (API reference, ModelErrorException). */
  static final int FAILED_DEPENDENCY = 424;

  static final int TOO_MANY_REQUESTS = 429;
  static final int SERVER_ERROR = 500;

  private static final int LONGEST_REASON = 300;

  /** Google's word for a key that it does not know, with status 400 (Gemini API, "Troubleshooting"). */
  private static final Pattern KEY = Pattern.compile("API_KEY_INVALID|API key not valid");

  /** What is wrong with every page as much as with this one: it stands in the model setting. */
  private static final Pattern SETTING = Pattern.compile(
    "max_(completion_|output_)?tokens|max(Output)?Tokens|temperature|response_?(format|schema)|json_?schema|" +
      "(not|n't) support|only supported|unsupported (parameter|value)|api.?key|credit|billing|quota",
    Pattern.CASE_INSENSITIVE
  );

  /**
   * That nothing is left to pay a call with, or nothing of a day's or a month's quota: OpenAI
   * ("Error codes", {@code insufficient_quota}, and its billing limits), Anthropic ("Errors", {@code
   * billing_error}, and the words of its credit and spend limits), Google ({@code quotaId} with {@code PerDay}; its
   * words are those of a minute's quota), Bedrock ("Troubleshooting", its quota of tokens a day).
   */
  private static final Pattern QUOTA = Pattern.compile(
    "insufficient_quota|billing_(error|hard_limit_reached|not_active)|credit balance|API usage limits|" +
      "\"quotaId\"\\s*:\\s*\"[^\"]*PerDay|too many tokens per day",
    Pattern.CASE_INSENSITIVE
  );

  /** A filter's verdict, where it comes as an error: OpenAI and Azure, Anthropic, Google. */
  private static final Pattern FILTER = Pattern.compile(
    "content[ _-]?(filter|policy|management)|responsible ?ai|safety|prohibited_content",
    Pattern.CASE_INSENSITIVE
  );

  /** The page's image, or how much there is of it: the words of OpenAI, Anthropic, Google and Bedrock. */
  private static final Pattern PAGE = Pattern.compile(
    "image|picture|base64|too (long|large|big)|context[ _]length|token count|payload size|request_too_large",
    Pattern.CASE_INSENSITIVE
  );

  /** The answer behind a failure of a call, if there was one. */
  static Optional<ProviderRefusal> behind(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
      .flatMap(
        cause ->
          switch (cause) {
            case HttpException http -> Stream.of(
              new ProviderRefusal(http.statusCode(), String.valueOf(http.getMessage()))
            );
            case ServiceQuotaExceededException quota -> Stream.of(
              new ProviderRefusal(PAYMENT_REQUIRED, String.valueOf(quota.getMessage()))
            );
            case SdkServiceException aws -> Stream.of(
              new ProviderRefusal(aws.statusCode(), String.valueOf(aws.getMessage()))
            );
            default -> Stream.empty();
          }
      )
      .findFirst();
  }

  /**
   * How long the provider asks to wait, where it does.
   *
   * @param failure that this is behind
   */
  Optional<Duration> waitAsked(Throwable failure, Instant now) {
    return WaitAsked.behind(failure, now).or(() -> WaitAsked.ofDetails(json().path("error")));
  }

  /** Whether the account has nothing left to ask with, which no waiting of ours mends. */
  boolean isOfTheQuota() {
    return (
      status == PAYMENT_REQUIRED ||
      (!isOutage() && status >= BAD_REQUEST && QUOTA.matcher(text).find())
    );
  }

  boolean isOfTheKey() {
    return (
      status == UNAUTHORISED ||
      status == FORBIDDEN ||
      (status == BAD_REQUEST && KEY.matcher(text).find())
    );
  }

  /** Whether the provider can't answer now: it has an error of its own, or was asked for too long. */
  boolean isOutage() {
    return status >= SERVER_ERROR || status == REQUEST_TIMEOUT || status == FAILED_DEPENDENCY;
  }

  /** Whether a filter has stopped the page. */
  boolean isOfTheFilter() {
    return isOfTheRequest() && FILTER.matcher(text).find();
  }

  /** Whether it is this page that is not taken, rather than any. */
  boolean isOfThePage() {
    return status == CONTENT_TOO_LARGE || (isOfTheRequest() && PAGE.matcher(text).find());
  }

  private boolean isOfTheRequest() {
    return (status == BAD_REQUEST || status == UNPROCESSABLE) && !SETTING.matcher(text).find();
  }

  /** The sentence within it. */
  String reason() {
    var said = Stream.of("/error/message", "/error", "/message")
      .map(json()::at)
      .filter(JsonNode::isTextual)
      .map(JsonNode::asText)
      .findFirst()
      .orElse(text);
    return StorableText.shortened(StorableText.of(said.strip()), LONGEST_REASON);
  }

  private JsonNode json() {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException plainText) {
      return Json.mapper().nullNode();
    }
  }
}
