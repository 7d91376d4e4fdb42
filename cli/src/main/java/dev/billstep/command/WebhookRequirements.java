package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.secrets.SecretKeys;
import dev.billstep.settings.SettingInvalid;
import dev.billstep.settings.WebhookAddress;
import dev.billstep.stack.DeployedStack;
import dev.billstep.stack.StackFailure;
import dev.billstep.webhook.WebhookSecret;
import java.time.InstantSource;

/** Whether events could be posted to an address from where a stack is. */
final class WebhookRequirements {

  private WebhookRequirements() {}

  /**
   * Refuses a webhook that nothing could be signed for, or that functions in AWS would not post to.
   *
   * @throws StackFailure which says what to do
   */
  static void check(DeployedStack opened, JsonNode setting, StackOptions stack) {
    var address = setting.asText();
    if (address.equals(WebhookAddress.NONE)) {
      return;
    }
    if (stack.isAccount() && !address.startsWith("https://")) {
      throw new StackFailure("From AWS events are posted to https:// alone. Nothing was changed.");
    }
    try (var secrets = opened.secrets()) {
      new SecretKeys(secrets, opened.outputs().keysSecret(), InstantSource.system()).key(
        WebhookSecret.KEY
      );
    } catch (SettingInvalid missing) {
      throw new StackFailure(
        "The stack has no secret to sign events with. Make one first: billstep webhooks secret%s".formatted(
          stack.asTyped()
        ),
        missing
      );
    }
  }
}
