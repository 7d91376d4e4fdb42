package dev.billstep.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.settings.SettingInvalid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InternalServiceErrorException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

class SecretKeysTest {

  private static final String NAME = "openai_api_key";

  private final OneSecret secret = new OneSecret();
  private final MovedClock clock = new MovedClock();
  private final SecretKeys keys = new SecretKeys(secret, "the-keys", clock);

  @Test
  void aKeyIsFetchedOnceInFiveMinutes() {
    assertThat(keys.key(NAME)).isEqualTo("old");
    secret.value = "{\"openai_api_key\": \"new\"}";
    clock.now = clock.now.plus(SecretKeys.TTL).minusMillis(1);
    assertThat(keys.key(NAME)).isEqualTo("old");
    clock.now = clock.now.plusMillis(1);
    assertThat(keys.key(NAME)).isEqualTo("new");
    assertThat(secret.fetched).isEqualTo(2);
  }

  @Test
  void aKeyThatWasRefusedIsFetchedAgainAtOnceForEveryCall() {
    assertThat(keys.key(NAME)).isEqualTo("old");
    secret.value = "{\"openai_api_key\": \"new\"}";
    assertThat(keys.renewed(NAME)).isEqualTo("new");
    assertThat(keys.key(NAME)).isEqualTo("new");
    assertThat(secret.fetched).isEqualTo(2);
  }

  @Test
  void keysThatAreRefusedAgainAndAgainDoNotHaveTheSecretFetchedEachTime() {
    assertThat(keys.key(NAME)).isEqualTo("old");
    assertThat(keys.renewed(NAME)).isEqualTo("old");
    secret.value = "{\"openai_api_key\": \"new\"}";
    clock.now = clock.now.plus(SecretKeys.RENEWAL).minusMillis(1);
    assertThat(keys.renewed(NAME)).isEqualTo("old");
    clock.now = clock.now.plusMillis(1);
    assertThat(keys.renewed(NAME)).isEqualTo("new");
    assertThat(secret.fetched).isEqualTo(3);
  }

  @Test
  void aKeyThatWasAddedAMomentAgoIsThere() {
    assertThat(keys.key(NAME)).isEqualTo("old");
    secret.value = "{\"openai_api_key\": \"old\", \"google_api_key\": \"new\"}";
    assertThat(keys.key("google_api_key")).isEqualTo("new");
    assertThat(secret.fetched).isEqualTo(2);
  }

  @Test
  void aKeyThatIsNotThereDoesNotHaveTheSecretFetchedForEachCall() {
    secret.value = "{}";
    for (int calls = 0; calls < 5; calls++) {
      assertThatThrownBy(() -> keys.key(NAME)).isInstanceOf(SettingInvalid.class);
    }
    assertThat(secret.fetched).isEqualTo(2);
  }

  @Test
  void aSecretThatIsNotThereIsNotAskedForAgain() {
    secret.failure = ResourceNotFoundException.builder().message("no such thing").build();
    assertThatThrownBy(() -> keys.key(NAME))
      .isInstanceOf(SettingInvalid.class)
      .hasMessageContaining("the-keys")
      .hasMessageContaining("there is no such secret");
  }

  @Test
  void aSecretThatIsBinaryIsSaidToBe() {
    secret.value = null;
    assertThatThrownBy(() -> keys.key(NAME))
      .isInstanceOf(SettingInvalid.class)
      .hasMessageContaining("binary");
  }

  @ParameterizedTest
  @ValueSource(strings = { "{}", "{\"openai_api_key\": \" \"}", "{\"openai_api_key\": 7}" })
  void aKeyThatIsMissingIsNamed(String value) {
    secret.value = value;
    assertThatThrownBy(() -> keys.key(NAME))
      .isInstanceOf(SettingInvalid.class)
      .hasMessageContaining(NAME);
  }

  @Test
  void aSecretThatIsNoJsonIsNotQuoted() {
    secret.value = "sk-very-secret";
    assertThatThrownBy(() -> keys.key(NAME))
      .isInstanceOf(SettingInvalid.class)
      .hasMessageNotContaining("very")
      .hasNoCause();
  }

  @Test
  void whatSecretsManagerCanNotDoMayBeTriedAgain() {
    secret.failure = InternalServiceErrorException.builder().message("try later").build();
    assertThatThrownBy(() -> keys.key(NAME))
      .isInstanceOf(SecretsUnavailable.class)
      .hasMessageContaining("the-keys")
      .hasMessageContaining("try later");
    secret.failure = SdkClientException.create("no connection");
    assertThatThrownBy(() -> keys.key(NAME)).isInstanceOf(SecretsUnavailable.class);
    secret.failure = null;
    assertThat(keys.key(NAME)).isEqualTo("old");
  }

  private static final class MovedClock implements InstantSource {

    private Instant now = Instant.EPOCH.plus(Duration.ofDays(20_000));

    @Override
    public Instant instant() {
      return now;
    }
  }

  private static final class OneSecret implements SecretsManagerClient {

    private @Nullable String value = "{\"openai_api_key\": \"old\"}";
    private @Nullable RuntimeException failure;
    private int fetched;

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
      if (failure != null) {
        throw failure;
      }
      fetched++;
      return GetSecretValueResponse.builder().secretString(value).build();
    }

    @Override
    public String serviceName() {
      return "secretsmanager";
    }

    @Override
    public void close() {}
  }
}
