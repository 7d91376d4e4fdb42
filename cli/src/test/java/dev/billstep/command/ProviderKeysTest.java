package dev.billstep.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProviderKeysTest {

  @Test
  void everyProvidersKeyIsTakenFromItsVariable() {
    assertThat(ProviderKeys.of(name -> Optional.of("from " + name)))
      .containsEntry("openai_api_key", "from OPENAI_API_KEY")
      .containsEntry("google_api_key", "from GOOGLE_API_KEY");
  }

  @Test
  void aVariableThatIsNotSetOrBlankGivesNoKey() {
    assertThat(
      ProviderKeys.of(name -> name.equals("OPENAI_API_KEY") ? Optional.of(" ") : Optional.empty())
    ).isEmpty();
  }
}
