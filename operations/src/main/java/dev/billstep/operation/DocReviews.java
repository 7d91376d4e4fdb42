package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.operation.OperationRefused.Reason;
import dev.billstep.page.Word;
import dev.billstep.reading.FieldChecks;
import dev.billstep.reading.Finding;
import dev.billstep.stack.DeployedStack;
import dev.billstep.supabase.Rows;
import dev.billstep.supabase.SupabaseRefused;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What reviewers do with pages: they look at what was read, correct it, and approve or reject it. */
public final class DocReviews {

  /** How long a page is open for whoever has claimed it, unless they claim it again. */
  public static final Duration CLAIM = Duration.ofMinutes(5);

  /** PostgreSQL's {@code insufficient_privilege}: who asks is no reviewer. */
  private static final String NOT_ALLOWED = "42501";

  private final Rows rows;
  private final PageWords words;
  private final FieldChecks checks;

  /**
   * Works on a stack's pages, as its service role may.
   *
   * @param clock by which a date is in the future
   */
  public DocReviews(DeployedStack stack, InstantSource clock) {
    this(stack.supabase(), PageFiles.of(stack), clock);
  }

  /**
   * Works on the pages that somebody may see.
   *
   * @param files that these rows name
   * @param clock by which a date is in the future
   */
  public DocReviews(Rows rows, PageFiles files, InstantSource clock) {
    this.rows = rows;
    this.words = new PageWords(files);
    this.checks = new FieldChecks(clock);
  }

  /**
   * A part of a pile, the oldest first. The other pages of a document are looked at with its first.
   *
   * @param after the place that the part before it has given
   * @param limit of documents
   * @return {@code docs}, each with its file's name, and {@code next}: the place after which the others come;
   *     null where there are none
   */
  public JsonNode pile(Pile pile, Optional<JsonNode> after, int limit) {
    var arguments = new HashMap<String, Object>();
    arguments.put("p_pile", pile.toString());
    after.ifPresent(place -> arguments.put("p_after", place));
    arguments.put("p_limit", limit);
    return rows.call("list_pile", arguments);
  }

  /** How many documents wait in each pile, by its name. */
  public JsonNode piles() {
    return rows.call("count_piles", Map.of());
  }

  /**
   * A page as it is.
   *
   * @throws OperationRefused where there is none
   */
  public ReviewedDoc doc(UUID id) {
    return reviewed(row(id));
  }

  private JsonNode row(UUID id) {
    return call("doc_for_review", Map.of("p_doc_id", id));
  }

  private ReviewedDoc reviewed(JsonNode row) {
    return ReviewedDoc.of(row, schema(row.path("doc")), checks);
  }

  /** By which a row was read; none where it was not. */
  private Optional<DocTypeSchema> schema(JsonNode doc) {
    var type = DocType.ofLabel(doc.path("doc_type").asText()).orElse(DocType.UNKNOWN);
    int version = doc.path("schema_version").asInt();
    return version == 0
      ? Optional.empty()
      : rows
          .selectOne(
            "DocTypeSchema",
            Map.of("doc_type", "eq." + type.label(), "version", "eq." + version)
          )
          .map(row ->
            new DocTypeSchema(
              type,
              version,
              row.path("schema"),
              new Prompt(row.path("prompt_version").asText(), row.path("prompt").asText())
            )
          );
  }

  /**
   * Has a page open for one reviewer, for {@link #CLAIM}.
   *
   * @throws OperationRefused where somebody else has
   */
  public ReviewedDoc claim(UUID id, String actor) {
    return reviewed(
      call("claim_doc", Map.of("p_doc_id", id, "p_actor", actor, "p_seconds", CLAIM.toSeconds()))
    );
  }

  /** Ends a reviewer's claim. */
  public void release(UUID id, String actor) {
    call("release_doc", Map.of("p_doc_id", id, "p_actor", actor));
  }

  /** What changes would make of a page; nothing is kept. */
  public Checked check(UUID id, List<FieldChange> changes) {
    var row = row(id);
    var schema = schemaOrRefuse(row);
    var fields = changed(row, schema, changes);
    var typed = fields.typed();
    var joined = joined(row, typed.stored());
    return new Checked(
      typed.stored(),
      fields.lines().tables(),
      typed
        .problems()
        .stream()
        .map(problem -> FieldProblem.of(typed.stored(), problem))
        .flatMap(problem ->
          fields
            .lines()
            .keyed(problem.path())
            .map(path -> new FieldProblem(path, problem.message()))
            .stream()
        )
        .toList(),
      joined
        .map(document ->
          ReviewedDoc.ofPage(document, row.at("/doc/page_number").asInt(), fields.lines(), checks)
        )
        .orElseGet(() -> ReviewedDoc.ofFields(schema, typed.stored(), fields.lines(), checks)),
      joined.map(JoinedFields::fields)
    );
  }

  /** What the page's document would say; empty where it has no other page. */
  private Optional<JoinedFields> joined(JsonNode row, JsonNode fields) {
    var document = row.path("document");
    if (document.path("pages").size() < 2) {
      return Optional.empty();
    }
    var joined = call(
      "joined_fields",
      Map.of(
        "p_head_id",
        document.at("/pages/0/id").asText(),
        "p_page_id",
        row.at("/doc/id").asText(),
        "p_fields",
        fields
      )
    );
    return JoinedFields.of(document, joined.path("fields"), joined.path("origins"));
  }

  private DocTypeSchema schemaOrRefuse(JsonNode row) {
    return schema(row.path("doc"))
      .filter(known -> row.path("fields").isObject())
      .orElseThrow(() ->
        new OperationRefused(
          Reason.NOT_NOW,
          "The page was not read, so there is nothing to correct. Say what it is, or reject it."
        )
      );
  }

  private static CorrectedFields changed(
    JsonNode row,
    DocTypeSchema schema,
    List<FieldChange> changes
  ) {
    var fields = new CorrectedFields(schema, row.path("fields"), LineKeys.of(row.path("lines")));
    changes
      .stream()
      .filter(change -> !change.withdrawn())
      .forEach(fields::change);
    return fields;
  }

  /**
   * Keeps what a reviewer says of a page's fields.
   *
   * @throws OperationRefused where a field can't have that value, the page has changed since, or
   *     somebody else has it open
   */
  public ReviewedDoc correct(UUID id, Writing writing, List<FieldChange> changes) {
    var row = row(id);
    var told = changed(row, schemaOrRefuse(row), changes).toStore(changes);
    return reviewed(correct(id, writing, (Object) told));
  }

  /**
   * Keeps what a reviewer says a page is. It has to be read again by that type's schema.
   *
   * @throws OperationRefused as {@link #correct}
   */
  public ReviewedDoc say(UUID id, Writing writing, DocType type) {
    return reviewed(correct(id, writing, List.of(Map.of("path", "", "value", type.label()))));
  }

  private JsonNode correct(UUID id, Writing writing, Object changes) {
    var arguments = arguments(id, writing);
    arguments.put("p_changes", changes);
    return call("correct_doc", arguments);
  }

  /**
   * Approves or rejects a page, or opens it again.
   *
   * @throws OperationRefused where that can't be, the page has changed since, or somebody else has it
   *     open
   */
  public ReviewedDoc decide(UUID id, Writing writing, Decision decision, Optional<String> reason) {
    var arguments = arguments(id, writing);
    arguments.put("p_review", decision.toString());
    reason.ifPresent(why -> arguments.put("p_reason", why));
    return reviewed(call("decide_doc", arguments));
  }

  /**
   * The pages of the upload that a page is of, in order, each with its document: {@code head_id} names its
   * first page, {@code place} which page of it it is, null where there is no other.
   *
   * @throws OperationRefused where there is no such page
   */
  public List<JsonNode> pages(UUID id) {
    return rows.select(
      "Doc",
      "page_number.asc",
      Map.of(
        "select",
        "id,page_number,doc_type,review,version,head_id,place",
        "job_thread_id",
        "eq." + row(id).at("/doc/job_thread_id").asText()
      )
    );
  }

  /**
   * Keeps which pages a reviewer says are one document.
   *
   * @param id of the page that is answered with
   * @throws OperationRefused where they can't be one, a page has changed since, or somebody else has one
   *     open
   */
  public ReviewedDoc arrange(UUID id, Arrangement arrangement, String actor, UUID change) {
    return reviewed(
      call(
        "arrange_docs",
        Map.of(
          "p_doc_id",
          id,
          "p_documents",
          arrangement.documents(),
          "p_loose",
          arrangement.loose(),
          "p_versions",
          arrangement.versions(),
          "p_actor",
          actor,
          "p_change_id",
          change
        )
      )
    );
  }

  private static Map<String, Object> arguments(UUID id, Writing writing) {
    var arguments = new HashMap<String, Object>();
    arguments.put("p_doc_id", id);
    arguments.put("p_version", writing.version());
    arguments.put("p_actor", writing.actor());
    arguments.put("p_change_id", writing.id());
    return arguments;
  }

  /**
   * The words of a page with their places; of a scan that no run has left any of they are looked for, which
   * takes seconds, where this machine can.
   *
   * @throws OperationRefused where there is no such page, or others wait for that
   * @throws dev.billstep.failure.PermanentFailure where its image can't be read; says why
   */
  public List<Word> words(UUID id) {
    var doc = rows
      .selectOne("Doc", Map.of("id", "eq." + id))
      .orElseThrow(() -> new OperationRefused(Reason.NOT_FOUND, "There is no such page any more."));
    int attempts = rows
      .selectOne("JobThread", Map.of("id", "eq." + doc.path("job_thread_id").asText()))
      .map(job -> job.path("attempt").asInt())
      .orElse(0);
    return words.of(doc, attempts);
  }

  private JsonNode call(String function, Map<String, ?> arguments) {
    try {
      return rows.call(function, arguments);
    } catch (SupabaseRefused refused) {
      throw reason(refused.code())
        .map(
          (Function<Reason, RuntimeException>) reason ->
            new OperationRefused(reason, refused.reason())
        )
        .orElse(refused);
    }
  }

  /** See prisma/README.md, "SQLSTATEs". */
  private static Optional<Reason> reason(String code) {
    return switch (code) {
      case "BS005" -> Optional.of(Reason.INVALID);
      case "BS007" -> Optional.of(Reason.NOT_FOUND);
      case "BS008", "BS009" -> Optional.of(Reason.NOT_NOW);
      case NOT_ALLOWED -> Optional.of(Reason.NOT_ALLOWED);
      default -> Optional.empty();
    };
  }

  /**
   * Who writes.
   *
   * @param version of the row that they have seen
   * @param id of the request: the same one again changes nothing
   */
  public record Writing(int version, String actor, UUID id) {}

  /**
   * Which pages are one document.
   *
   * @param documents each the ids of its pages in order; one page is a document by itself
   * @param loose the pages of which nothing is said any more
   * @param versions of all these pages that were seen
   */
  public record Arrangement(
    List<List<UUID>> documents,
    List<UUID> loose,
    Map<UUID, Integer> versions
  ) {}

  /** What a person says of a row. */
  public enum Decision {
    /** It is right as it stands. */
    APPROVED,
    /** It is not to be used. */
    REJECTED,
    /** It is to be looked at again. */
    TO_REVIEW;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What changes would make of a page.
   *
   * @param fields in the form in which they would be stored
   * @param lines the keys of the lines of its tables
   * @param problems of what could not be stored
   * @param findings of the checks
   * @param document what its pages would say together; none where there is one page
   */
  public record Checked(
    JsonNode fields,
    Map<String, List<String>> lines,
    List<FieldProblem> problems,
    List<Finding> findings,
    Optional<JsonNode> document
  ) {}
}
