package dev.billstep.chat;

import dev.billstep.reading.Usage;
import dev.billstep.settings.ModelSettings;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** Amazon Bedrock, by the function's own role. */
public final class BedrockProvider extends ChatProvider {

  public BedrockProvider() {
    super("bedrock", Optional.empty());
  }

  @Override
  ChatModel model(ModelSettings settings, ModelFamily family, String key, HttpClientBuilder http) {
    return new BedrockChat(client(settings), settings, family);
  }

  /** In the function's region and with its role, unless the settings name another region. */
  private static BedrockRuntimeClient client(ModelSettings settings) {
    var limit = Duration.ofSeconds(settings.timeoutSeconds());
    var builder = BedrockRuntimeClient.builder()
      .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(limit))
      .overrideConfiguration(config ->
        config
          .apiCallTimeout(limit)
          .retryStrategy(AwsRetryStrategy.doNotRetry())
          .addExecutionInterceptor(new BoundedAnswers())
      );
    settings.region().map(Region::of).ifPresent(builder::region);
    settings.baseUrl().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  /** Its input is what is left beside the cache (API reference, "TokenUsage"). */
  @Override
  Usage usage(ChatResponse response) {
    var usage = super.usage(response);
    return response.tokenUsage() instanceof BedrockChat.Tokens tokens
      ? usage.besideCache(tokens.cacheRead(), tokens.cacheWritten())
      : usage;
  }
}
