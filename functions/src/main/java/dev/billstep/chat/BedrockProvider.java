package dev.billstep.chat;

import dev.billstep.settings.ModelSettings;
import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** Amazon Bedrock, by the function's own role. */
public final class BedrockProvider extends ChatProvider {

  public BedrockProvider() {
    super("bedrock", Optional.empty(), AnswerFormat.PLAIN_TEXT);
  }

  @Override
  ChatModel model(ModelSettings settings, String key) {
    var parameters = ChatRequestParameters.builder().maxOutputTokens(settings.maxOutputTokens());
    settings.temperature().ifPresent(parameters::temperature);
    return BedrockChatModel.builder()
      .client(client(settings))
      .modelId(settings.model())
      .defaultRequestParameters(parameters.build())
      .maxRetries(0)
      .build();
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
}
