package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.operation.OutboxEvents;
import dev.billstep.stack.StackFailure;
import dev.billstep.webhook.WebhookSecret;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code billstep webhooks}: who is told of jobs and pages, and whether they were. */
@Command(
  name = "webhooks",
  mixinStandardHelpOptions = true,
  synopsisSubcommandLabel = "COMMAND",
  description = {
    "Tells another program when a job has ended and when a page was approved, rejected or opened again:",
    "a signed POST to the address of the setting webhook, tried again for three days (docs/webhooks.md).",
  },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep webhooks secret",
    "  billstep settings set webhook https://example.com/billstep",
    "  billstep webhooks test",
    "  billstep webhooks list",
    "  billstep webhooks retry --all",
    "  billstep settings set webhook none",
  }
)
final class WebhooksCommand implements Runnable {

  private static final int SHOWN = 100;

  @Spec
  private CommandSpec spec;

  private WebhooksCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
      spec.commandLine(),
      "Say what to do: secret, test, list or retry."
    );
  }

  @Command(
    name = "list",
    description = {
      "Lists events that could not be sent, the newest first: those that are tried again, and those that were given up.",
    },
    mixinStandardHelpOptions = true
  )
  int list(
    @Mixin StackOptions stack,
    @Mixin Output output,
    @Option(names = "--all", description = "Also those that were sent.") boolean isAll
  ) {
    var which = isAll ? OutboxEvents.Which.ALL : OutboxEvents.Which.FAILED;
    var events = new OutboxEvents(stack.open()).newest(which, SHOWN);
    output.print(events, () -> events.isEmpty() ? nothing(isAll) : table(events));
    return CommandLine.ExitCode.OK;
  }

  private static String nothing(boolean isAll) {
    return isAll
      ? "Nothing has happened yet that could be told."
      : "Nothing has failed. To see what was sent: billstep webhooks list --all";
  }

  private static String table(List<JsonNode> events) {
    var table = new TextTable("TIME", "EVENT", "ABOUT", "STATE", "WHY", "ID");
    events.forEach(event ->
      table.row(
        List.of(
          Shown.time(event.path("happened_at").asText()),
          event.path("type").asText(),
          about(event.path("data")),
          state(event),
          Shown.shortened(event.path("failure").asText("")),
          event.path("id").asText()
        )
      )
    );
    return events.size() < SHOWN ? table.toString() : table + "\nOlder ones are not shown.";
  }

  private static String about(JsonNode data) {
    var job = data.path("job_id").asText();
    if (job.isEmpty()) {
      return "";
    }
    var page = data.has("page_number") ? " page " + data.path("page_number").asInt() : "";
    return "job " + job.substring(0, Shown.ID) + page;
  }

  private static String state(JsonNode event) {
    var attempts = Shown.count(event.path("attempts").asInt(), "attempt");
    return switch (event.path("outcome").asText("")) {
      case "sent" -> "sent";
      case "unwanted" -> "nobody to tell";
      case "given_up" -> "given up after " + attempts;
      default -> event.path("failure").isNull()
        ? "not sent yet"
        : "%s, next %s".formatted(attempts, Shown.time(event.path("due_at").asText()));
    };
  }

  @Command(
    name = "test",
    description = "Sends an event of the type webhook.test, and says whether it was taken.",
    mixinStandardHelpOptions = true
  )
  int test(@Mixin StackOptions stack, @Mixin Output output) {
    return sent(new OutboxEvents(stack.open()).test(), output);
  }

  @Command(
    name = "retry",
    description = "Sends events again, now: one, whatever has become of it, or all that have failed.",
    mixinStandardHelpOptions = true
  )
  int retry(
    @Mixin StackOptions stack,
    @Mixin Output output,
    @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "The event, as billstep webhooks list has it."
    ) @Nullable UUID id,
    @Option(names = "--all", description = "All that have failed.") boolean isAll
  ) {
    if (isAll == (id != null)) {
      throw new ParameterException(spec.commandLine(), "Say which: one ID, or --all.");
    }
    var events = new OutboxEvents(stack.open());
    if (id != null) {
      return sent(events.retry(id), output);
    }
    int count = events.retryAll();
    output.print(Map.of("retried", count), () ->
      count == 0
        ? "Nothing has failed."
        : "%s sent again. To see how it went: billstep webhooks list".formatted(
            count == 1 ? "1 event is" : count + " events are"
          )
    );
    return CommandLine.ExitCode.OK;
  }

  /** How an event went whose attempt was asked for. */
  private static int sent(JsonNode event, Output output) {
    boolean isSent = event.path("outcome").asText("").equals("sent");
    output.print(event, () ->
      isSent
        ? "The event %s was sent and taken.".formatted(event.path("id").asText())
        : "The event %s was not taken. %s%s".formatted(
            event.path("id").asText(),
            event.path("failure").asText("Another call is sending it: look again in a minute."),
            event.path("outcome").isNull() ? " It is tried again." : ""
          )
    );
    return isSent ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  @Command(
    name = "secret",
    description = {
      "Makes the secret that events are signed with, and shows it once, for the receiver.",
      "Where there is one already, both sign from then on, so that the receiver can change over; --finish ends that.",
    },
    mixinStandardHelpOptions = true
  )
  int secret(
    @Mixin StackOptions stack,
    @Mixin DataOption data,
    @Mixin Output output,
    @Option(
      names = "--finish",
      description = "Forget the secret before it: the receiver has the new one."
    ) boolean isFinish
  ) {
    var place = KeyPlace.of(stack, data);
    return isFinish ? finish(place, output) : make(place, stack, output);
  }

  private static int make(KeyPlace place, StackOptions stack, Output output) {
    var secret = WebhookSecret.generate().written();
    boolean isFirst = !place.names().contains(WebhookSecret.KEY);
    if (isFirst) {
      place.set(WebhookSecret.KEY, secret);
    } else {
      place.replace(WebhookSecret.KEY, secret, WebhookSecret.KEY_BEFORE);
    }
    output.print(
      Map.of("secret", secret),
      () ->
        secret +
        "\nThis is the secret. Give it to the receiver now: it is not shown again.\n" +
        (isFirst
          ? "Events go nowhere until an address is set: billstep settings set webhook https://…"
          : "The one before it signs as well, until the receiver has this one and you run: billstep webhooks secret --finish") +
        stack.asTyped()
    );
    return CommandLine.ExitCode.OK;
  }

  private static int finish(KeyPlace place, Output output) {
    if (!place.names().contains(WebhookSecret.KEY_BEFORE)) {
      throw new StackFailure("There is one secret alone, so nothing was changed.");
    }
    place.remove(WebhookSecret.KEY_BEFORE);
    output.print(
      Map.of("finished", true),
      () -> "The secret before it is forgotten. The stack may sign by it for five more minutes."
    );
    return CommandLine.ExitCode.OK;
  }
}
