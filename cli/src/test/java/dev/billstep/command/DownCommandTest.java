package dev.billstep.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class DownCommandTest {

  @Test
  void whatIsKeptBesideTheKeysOfModelsIsNoneOfThem() {
    assertThat(DownCommand.keys(Set.of())).isEmpty();
    assertThat(DownCommand.keys(Set.of("openai_api_key"))).isEqualTo(
      ", and 1 key of models' providers"
    );
    assertThat(
      DownCommand.keys(
        Set.of("openai_api_key", "webhook_secret", "webhook_secret_before", "mail_password")
      )
    ).isEqualTo(
      ", and 1 key of models' providers, and the secret that events are signed with, and the password of a mailbox"
    );
  }
}
