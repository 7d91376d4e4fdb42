package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.secrets.SecretKeys;
import dev.billstep.settings.SettingInvalid;
import dev.billstep.stack.DeployedStack;
import dev.billstep.stack.StackFailure;
import java.time.InstantSource;
import java.util.Locale;
import java.util.ServiceLoader;

/** Whether a stack has the key of a model that it is to read with. */
final class ModelKey {

  private ModelKey() {}

  /**
   * Refuses a {@code model} setting whose provider's key the stack does not have.
   *
   * @throws StackFailure which says how to give it the key
   */
  static void check(DeployedStack stack, JsonNode model) {
    checkProvider(stack, model.path("provider").asText());
    var classifying = model.path("classifyModel").asText();
    if (!classifying.isEmpty()) {
      checkProvider(stack, classifying.split("/", 2)[0]);
    }
  }

  private static void checkProvider(DeployedStack stack, String provider) {
    ServiceLoader.load(PageModelProvider.class)
      .stream()
      .map(ServiceLoader.Provider::get)
      .filter(each -> each.name().equals(provider))
      .flatMap(each -> each.keyName().stream())
      .findFirst()
      .ifPresent(key -> check(stack, provider, key));
  }

  private static void check(DeployedStack stack, String provider, String key) {
    try (var secrets = stack.secrets()) {
      new SecretKeys(secrets, stack.outputs().keysSecret(), InstantSource.system()).key(key);
    } catch (SettingInvalid missing) {
      throw new StackFailure(
        (
          "The stack has no key for %s, so no job could be read. On one machine: billstep down, then %s=... billstep up. " +
          "In an account: put it as %s into the secret of the keys."
        ).formatted(provider, key.toUpperCase(Locale.ROOT), key),
        missing
      );
    }
  }
}
