package dev.billstep.command;

import dev.billstep.people.AuditEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code billstep audit}: who signed in, who was refused, and who changed what. */
@Command(
  name = "audit",
  mixinStandardHelpOptions = true,
  description = {
    "Shows who signed in to the review page, who was refused or locked out, and who changed what by way of",
    "it: the oldest first. What exactly was corrected and decided is with each page: billstep doc show.",
  },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep audit --since 7d",
    "  billstep audit --user asha --since 2026-11-01",
    "  billstep audit --since 365d --json > audit.jsonl",
  }
)
final class AuditCommand implements Callable<Integer> {

  @Mixin
  private DataOption data = new DataOption();

  @Mixin
  private Output output = new Output();

  @Option(
    names = "--since",
    paramLabel = "TIME",
    converter = TimeOrAge.class,
    defaultValue = "1d",
    description = "An age such as 30m, 12h or 7d, or a date (default: ${DEFAULT-VALUE})."
  )
  private Instant since = Instant.EPOCH;

  @Option(names = "--user", paramLabel = "NAME", description = "What this one did alone.")
  private Optional<String> user = Optional.empty();

  private AuditCommand() {}

  @Override
  public Integer call() {
    var events = PeopleFolder.of(data)
      .audit()
      .since(since)
      .stream()
      .filter(event -> user.map(event.who()::equalsIgnoreCase).orElse(true))
      .toList();
    output.print(events, () ->
      events.isEmpty()
        ? "Nothing is noted since %s. For longer: --since 30d".formatted(Shown.time(since))
        : table(events)
    );
    return CommandLine.ExitCode.OK;
  }

  private static String table(List<AuditEvent> events) {
    var table = new TextTable("TIME", "WHO", "WHAT", "ABOUT", "FROM");
    events.forEach(event ->
      table.row(
        List.of(
          Shown.time(event.at()),
          event.who().isEmpty() ? "(nobody there is)" : event.who(),
          event.deed().sentence(),
          event.about(),
          event.from()
        )
      )
    );
    return table.toString();
  }
}
