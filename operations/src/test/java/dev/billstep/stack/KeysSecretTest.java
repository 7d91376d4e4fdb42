package dev.billstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;

class KeysSecretTest {

  private static final Instant CHANGED = Instant.parse("2026-11-25T10:00:00Z");

  private final OneSecret stored = new OneSecret();
  private final KeysSecret secret = new KeysSecret(
    stored,
    new StackOutputs("uploads", "pages", "the-keys", "machine", "sweep", "send")
  );

  @Test
  void aKeyIsAddedReplacedAndRemovedAndTheOthersStay() {
    secret.set("openai_api_key", "one");
    secret.set("openai_api_key", "two");
    assertThat(stored.value).isEqualTo(
      "{\"supabase_key\":\"service-role\",\"openai_api_key\":\"two\"}"
    );
    assertThat(secret.names()).containsExactlyInAnyOrder("supabase_key", "openai_api_key");
    secret.remove("openai_api_key");
    assertThat(stored.value).isEqualTo("{\"supabase_key\":\"service-role\"}");
    assertThat(secret.changedAt()).contains(CHANGED);
  }

  @ParameterizedTest
  @ValueSource(strings = { "sb_secret_pasted_as_it_is", "[\"sb_secret_pasted\"]", "\"sb_secret\"" })
  void aSecretThatIsNoJsonObjectIsLeftAsItIsAndNotQuoted(String value) {
    stored.value = value;
    assertThatThrownBy(() -> secret.set("openai_api_key", "one"))
      .isInstanceOf(StackFailure.class)
      .hasMessageContaining("the-keys")
      .hasMessageNotContaining("sb_secret")
      .hasNoCause();
    assertThat(stored.value).isEqualTo(value);
  }

  @Test
  void aSecretThatIsBinaryIsLeftAsItIs() {
    stored.value = null;
    assertThatThrownBy(secret::names).isInstanceOf(StackFailure.class);
  }

  private static final class OneSecret implements SecretsManagerClient {

    private @Nullable String value = "{\"supabase_key\":\"service-role\"}";

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
      return GetSecretValueResponse.builder().secretString(value).build();
    }

    @Override
    public PutSecretValueResponse putSecretValue(PutSecretValueRequest request) {
      value = request.secretString();
      return PutSecretValueResponse.builder().build();
    }

    @Override
    public DescribeSecretResponse describeSecret(DescribeSecretRequest request) {
      return DescribeSecretResponse.builder().lastChangedDate(CHANGED).build();
    }

    @Override
    public String serviceName() {
      return "secretsmanager";
    }

    @Override
    public void close() {}
  }
}
