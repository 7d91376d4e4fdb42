package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.secrets.SecretKeys;
import dev.billstep.settings.SettingInvalid;
import dev.billstep.stack.DeployedStack;
import dev.billstep.stack.StackFailure;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the key of a model is there that is to read. */
final class ModelKey {

  private ModelKey() {}

  /**
   * Refuses a {@code model} setting with a provider whose key the stack does not have: that of the model
   * that reads, or of one that classifies.
   *
   * @param options that name the stack, for the command that sets the key
   * @throws StackFailure which says how to give it the key
   */
  static void check(DeployedStack stack, JsonNode setting, String options) {
    check(stack, setting.path("provider").asText(), options);
    var classifying = setting.path("classifyModel").asText();
    if (!classifying.isEmpty()) {
      check(stack, classifying.replaceFirst("/.*$", ""), options);
    }
  }

  /**
   * Refuses a model whose provider's key the stack does not have.
   *
   * @param options that name the stack, for the command that sets the key
   * @throws StackFailure which says how to give it the key
   */
  static void check(DeployedStack stack, String provider, String options) {
    nameOf(provider).ifPresent(key -> {
      try (var secrets = stack.secrets()) {
        new SecretKeys(secrets, stack.outputs().keysSecret(), InstantSource.system()).key(key);
      } catch (SettingInvalid missing) {
        throw missing("The stack has no key for " + provider, provider + options, missing);
      }
    });
  }

  /**
   * Refuses a model whose provider's key nobody has given on this machine.
   *
   * @throws StackFailure which says how to give it
   */
  static void checkHere(String provider) {
    nameOf(provider)
      .filter(key -> !ProviderKeys.known().containsKey(key))
      .ifPresent(key -> {
        throw missing("There is no key for " + provider, provider, null);
      });
  }

  private static Optional<String> nameOf(String provider) {
    return Optional.ofNullable(ProviderKeys.names().get(provider));
  }

  private static StackFailure missing(
    String what,
    String arguments,
    @Nullable SettingInvalid cause
  ) {
    return new StackFailure(
      "%s, so no page could be read. Set it first: billstep keys set %s".formatted(what, arguments),
      cause
    );
  }
}
