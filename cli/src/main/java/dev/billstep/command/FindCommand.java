package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.export.DocsToExport.Review;
import dev.billstep.job.UserId;
import dev.billstep.operation.DocSearch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code billstep find}: pages by what stands on them. */
@Command(
  name = "find",
  mixinStandardHelpOptions = true,
  description = {
    "Finds pages by what stands on them: number, party, GSTIN, amount, any words, or the file's name.",
    "All words have to be there; the beginning of one is enough, and signs don't count.",
  },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep find INV/25-26/7",
    "  billstep find asha traders --flagged",
    "  billstep find --review approved --type eway_bill",
  }
)
final class FindCommand implements Callable<Integer> {

  @Mixin
  private StackOptions stack = new StackOptions();

  @Mixin
  private Output output = new Output();

  @Parameters(arity = "0..*", paramLabel = "WORD", description = "What stands on the page.")
  private List<String> words = List.of();

  @Option(names = "--type", paramLabel = "TYPE", description = "bill, eway_bill or unknown.")
  private Optional<DocType> type = Optional.empty();

  @Option(
    names = "--review",
    paramLabel = "WHICH",
    defaultValue = "any",
    description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})."
  )
  private Review review = Review.ANY;

  @Option(names = "--flagged", description = "Only those that somebody should look at.")
  private boolean flagged;

  @Option(names = "--user", paramLabel = "USER", description = "Only this user's pages.")
  private Optional<UserId> user = Optional.empty();

  @Option(
    names = "--limit",
    paramLabel = "N",
    defaultValue = "50",
    description = "The newest so many (default: ${DEFAULT-VALUE})."
  )
  private int limit;

  private FindCommand() {}

  @Override
  public Integer call() {
    var wanted = new DocSearch.Wanted(
      String.join(" ", words),
      type,
      review == Review.ANY ? Optional.empty() : Optional.of(review.toString()),
      flagged ? Optional.of(true) : Optional.empty(),
      user
    );
    var found = new DocSearch(stack.open().supabase()).find(wanted, Optional.empty(), limit);
    output.print(found, () -> text(found));
    return CommandLine.ExitCode.OK;
  }

  private String text(List<JsonNode> found) {
    if (found.isEmpty()) {
      return "No page is like that. Fewer words, or the beginning of one, find more.";
    }
    var table = new TextTable(
      "JOB",
      "PAGE",
      "TYPE",
      "NUMBER",
      "DATE",
      "FROM",
      "AMOUNT",
      "REVIEW",
      "WITH",
      "FILE"
    );
    found.forEach(page ->
      table.row(
        List.of(
          page.path("job_id").asText().substring(0, Shown.ID),
          page.path("page_number").asText(),
          page.path("doc_type").asText(),
          page.path("number").asText(""),
          page.path("date").asText(""),
          Shown.shortened(page.path("party").asText("")),
          page.path("amount").isNumber() ? page.path("amount").decimalValue().toPlainString() : "",
          review(page),
          bundle(page),
          page.path("file_name").asText("")
        )
      )
    );
    return found.size() < limit
      ? table.toString()
      : "%s%nThe newest %d; --limit shows more.".formatted(table.toString().stripTrailing(), limit);
  }

  /** The first page that belongs to it. */
  private static String bundle(JsonNode page) {
    var other = page.at("/bundle/0");
    return other.isMissingNode()
      ? ""
      : "%s page %d".formatted(
          other.path("job_id").asText().substring(0, Shown.ID),
          other.path("page_number").asInt()
        );
  }

  private static String review(JsonNode page) {
    var decided = page.path("review").asText().replace('_', ' ');
    if (page.path("is_duplicate").asBoolean()) {
      return decided + ", duplicate";
    }
    return page.path("needs_review").asBoolean() ? decided + ", flagged" : decided;
  }
}
