package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.billstep.operation.DocReviews;
import dev.billstep.operation.DocReviews.Arrangement;
import dev.billstep.operation.DocReviews.Decision;
import dev.billstep.operation.DocReviews.Writing;
import dev.billstep.operation.FieldChange;
import dev.billstep.operation.JobOperations;
import dev.billstep.operation.ReviewedDoc;
import dev.billstep.reading.StoredNumber;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code billstep doc}: what a reviewer does with a page. */
@Command(
  name = "doc",
  mixinStandardHelpOptions = true,
  synopsisSubcommandLabel = "COMMAND",
  description = {
    "Shows, corrects, approves or rejects a page, with the other pages of its document. What was read stays as it was: corrections lie over it,",
    "and are kept with who made them and when. The same on the review page's desk.",
  },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep doc show 3f2a 1",
    "  billstep doc correct 3f2a 1 invoice_number=INV-7 seller/gstin=27AAPFU0939F1ZV",
    "  billstep doc approve 3f2a 1",
    "  billstep doc reject 3f2a 2 --reason \"a copy\"",
    "  billstep doc reopen 3f2a 1",
    "  billstep doc join 3f2a 1 2 3",
    "  billstep doc split 3f2a 3",
  }
)
final class DocCommand implements Runnable {

  @Spec
  private CommandSpec spec;

  private DocCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
      spec.commandLine(),
      "Say what to do: show, correct, approve, reject, reopen, join or split."
    );
  }

  @Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows what counts of a page: what was read, with its corrections."
  )
  int show(@Mixin StackOptions stack, @Mixin Output output, @Mixin PageOfJob page) {
    return print(output, opened(stack, page).doc());
  }

  @Command(
    name = "correct",
    mixinStandardHelpOptions = true,
    description = "Says what stands on a page. A line of a table is named by its key, as shown."
  )
  int correct(
    @Mixin StackOptions stack,
    @Mixin Output output,
    @Mixin PageOfJob page,
    @Mixin Reviewer reviewer,
    @Parameters(
      index = "2..*",
      arity = "1..*",
      paramLabel = "FIELD=VALUE",
      description = "Such as grand_total=1,180.00; with no value, the field is empty."
    ) List<String> values,
    @Option(
      names = "--take-back",
      description = "Take back what was said of these fields: the reading counts again."
    ) boolean takeBack
  ) {
    var opened = opened(stack, page);
    var changes = values
      .stream()
      .map(value -> takeBack ? withdrawn(value) : change(value))
      .toList();
    return print(output, opened.reviews().correct(opened.id(), opened.writing(reviewer), changes));
  }

  private static FieldChange withdrawn(String field) {
    return new FieldChange(path(field), Optional.empty(), true);
  }

  private FieldChange change(String value) {
    int equals = value.indexOf('=');
    if (equals < 1) {
      throw new ParameterException(
        spec.commandLine(),
        "\"%s\" does not say what a field is: write it like invoice_number=INV-7.".formatted(value)
      );
    }
    return FieldChange.of(
      path(value.substring(0, equals)),
      TextNode.valueOf(value.substring(equals + 1))
    );
  }

  private static String path(String field) {
    return field.startsWith("/") ? field : "/" + field;
  }

  @Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    description = "Says that a page is right as it stands. Replays leave it alone."
  )
  int approve(
    @Mixin StackOptions stack,
    @Mixin Output output,
    @Mixin PageOfJob page,
    @Mixin Reviewer reviewer
  ) {
    return decide(output, opened(stack, page), reviewer, Decision.APPROVED, Optional.empty());
  }

  @Command(
    name = "reject",
    mixinStandardHelpOptions = true,
    description = "Says that a page is not to be used."
  )
  int reject(
    @Mixin StackOptions stack,
    @Mixin Output output,
    @Mixin PageOfJob page,
    @Mixin Reviewer reviewer,
    @Option(names = "--reason", description = "Why.") Optional<String> reason
  ) {
    return decide(output, opened(stack, page), reviewer, Decision.REJECTED, reason);
  }

  @Command(
    name = "reopen",
    mixinStandardHelpOptions = true,
    description = "Has a page that was approved or rejected looked at again."
  )
  int reopen(
    @Mixin StackOptions stack,
    @Mixin Output output,
    @Mixin PageOfJob page,
    @Mixin Reviewer reviewer
  ) {
    return decide(output, opened(stack, page), reviewer, Decision.TO_REVIEW, Optional.empty());
  }

  @Command(
    name = "join",
    mixinStandardHelpOptions = true,
    description = {
      "Makes pages one document, in the order in which they are named: its head is the first page's, its totals",
      "are the last one's, its lines are those of all.",
    }
  )
  int join(
    @Mixin StackOptions stack,
    @Mixin Output output,
    @Mixin PageOfJob page,
    @Mixin Reviewer reviewer,
    @Parameters(
      index = "2..*",
      arity = "1..*",
      paramLabel = "N",
      description = "The numbers of its other pages."
    ) List<Integer> others
  ) {
    var opened = opened(stack, page);
    var numbers = new ArrayList<>(List.of(opened.number()));
    numbers.addAll(others);
    return arrange(output, opened, reviewer, numbers);
  }

  @Command(
    name = "split",
    mixinStandardHelpOptions = true,
    description = "Makes a page a document by itself."
  )
  int split(
    @Mixin StackOptions stack,
    @Mixin Output output,
    @Mixin PageOfJob page,
    @Mixin Reviewer reviewer
  ) {
    var opened = opened(stack, page);
    return arrange(output, opened, reviewer, List.of(opened.number()));
  }

  private int arrange(Output output, Opened opened, Reviewer reviewer, List<Integer> numbers) {
    var known = opened
      .reviews()
      .pages(opened.id())
      .stream()
      .collect(Collectors.toMap(page -> page.path("page_number").asInt(), page -> page));
    var document = new ArrayList<UUID>();
    var versions = new LinkedHashMap<UUID, Integer>();
    for (var number : numbers) {
      var page = Optional.ofNullable(known.get(number)).orElseThrow(() ->
        new ParameterException(
          spec.commandLine(),
          "There is no page %d: the job has %d.".formatted(number, known.size())
        )
      );
      var id = UUID.fromString(page.path("id").asText());
      document.add(id);
      versions.put(id, page.path("version").asInt());
    }
    var arrangement = new Arrangement(List.of(document), List.of(), versions);
    return print(
      output,
      opened.reviews().arrange(opened.id(), arrangement, reviewer.name(), UUID.randomUUID())
    );
  }

  private static int decide(
    Output output,
    Opened opened,
    Reviewer reviewer,
    Decision decision,
    Optional<String> reason
  ) {
    return print(
      output,
      opened.reviews().decide(opened.id(), opened.writing(reviewer), decision, reason)
    );
  }

  private static Opened opened(StackOptions options, PageOfJob page) {
    var stack = options.open();
    var jobs = new JobOperations(stack);
    var id = page.of(jobs).path("id").asText();
    var reviews = new DocReviews(stack, InstantSource.system());
    return new Opened(reviews, reviews.doc(UUID.fromString(id)));
  }

  private static int print(Output output, ReviewedDoc doc) {
    output.print(doc, () -> text(doc));
    return CommandLine.ExitCode.OK;
  }

  private static String text(ReviewedDoc reviewed) {
    var doc = reviewed.doc();
    var text = new StringBuilder(
      "page %s: %s, %s%s%n".formatted(
        doc.path("page_number").asText(),
        doc.path("doc_type").asText(),
        doc.path("review").asText().replace('_', ' '),
        doc.path("reviewed_by").isTextual() ? " by " + doc.path("reviewed_by").asText() : ""
      )
    );
    ofDocument(reviewed).ifPresent(sentence -> text.append(sentence).append('\n'));
    for (var column : List.of("review_note", "error")) {
      if (doc.path(column).isTextual()) {
        text.append(doc.path(column).asText()).append('\n');
      }
    }
    reviewed.fields().ifPresent(fields -> text.append(fields(reviewed, fields)));
    reviewed
      .findings()
      .forEach(finding ->
        text.append('\n').append("%s %s".formatted(finding.path(), finding.message()).strip())
      );
    reviewed
      .document()
      .elsewhere()
      .forEach(other ->
        text.append("\npage %d: %s %s".formatted(other.page(), other.path(), other.message()))
      );
    return text.toString().stripTrailing();
  }

  /** With which pages it is one document, or might be. */
  private static Optional<String> ofDocument(ReviewedDoc reviewed) {
    var document = reviewed.document();
    if (document.pages().size() > 1) {
      return Optional.of("of the document on pages " + numbers(document.pages()));
    }
    return document.proposed().isEmpty()
      ? Optional.empty()
      : Optional.of(
          "Pages %s look like one document: join them, or split them to say that they are not.".formatted(
            numbers(document.proposed())
          )
        );
  }

  private static String numbers(JsonNode pages) {
    return pages
      .valueStream()
      .map(page -> page.path("page_number").asText())
      .collect(Collectors.joining(", "));
  }

  private static String fields(ReviewedDoc reviewed, JsonNode fields) {
    var corrected = reviewed
      .corrections()
      .valueStream()
      .collect(Collectors.toMap(each -> each.path("path").asText(), each -> each));
    var table = new TextTable("FIELD", "VALUE", "READ AS", "BY");
    for (var leaf : leaves(fields, "", reviewed.lines())) {
      var said = Optional.ofNullable(corrected.get(leaf.getKey()));
      table.row(
        List.of(
          leaf.getKey(),
          shown(leaf.getValue()),
          said.map(each -> shown(each.path("base"))).orElse(""),
          said.map(each -> each.path("actor").asText()).orElse("")
        )
      );
    }
    return table.toString();
  }

  private static String shown(JsonNode value) {
    return value.isNumber() ? StoredNumber.text(value) : value.asText("").replaceAll("\\s+", " ");
  }

  /** The fields that say something, each with its path; lines of tables by their keys. */
  private static List<Map.Entry<String, JsonNode>> leaves(
    JsonNode value,
    String path,
    JsonNode lines
  ) {
    var found = new ArrayList<Map.Entry<String, JsonNode>>();
    if (value.isObject()) {
      value
        .properties()
        .forEach(each -> found.addAll(leaves(each.getValue(), path + "/" + each.getKey(), lines)));
    } else if (value.isArray()) {
      var keys = lines.path(path.substring(1));
      for (int index = 0; index < value.size(); index++) {
        var key = keys.path(index).asText(String.valueOf(index));
        found.addAll(leaves(value.get(index), path + "/" + key, lines));
      }
    } else if (!value.isNull()) {
      found.add(Map.entry(path, value));
    }
    return found;
  }

  /** A page as it was when the command began. */
  private record Opened(DocReviews reviews, ReviewedDoc doc) {
    UUID id() {
      return UUID.fromString(doc.doc().path("id").asText());
    }

    int number() {
      return doc.doc().path("page_number").asInt();
    }

    Writing writing(Reviewer reviewer) {
      return new Writing(doc.doc().path("version").asInt(), reviewer.name(), UUID.randomUUID());
    }
  }
}
