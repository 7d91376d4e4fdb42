package dev.billstep.review;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.export.DocsToExport;
import dev.billstep.export.DocsToExport.Review;
import dev.billstep.export.DocsToExport.Selection;
import dev.billstep.export.ExportFormat;
import dev.billstep.export.Layout;
import dev.billstep.export.TallyVouchers;
import dev.billstep.job.JobId;
import dev.billstep.job.UserId;
import dev.billstep.json.Json;
import dev.billstep.operation.DocTypeSchemas;
import dev.billstep.operation.JobList;
import dev.billstep.operation.JobList.Order;
import dev.billstep.operation.JobList.Sort;
import dev.billstep.operation.JobStatus;
import dev.billstep.operation.ListFilter;
import dev.billstep.operation.ListFilter.Which;
import dev.billstep.supabase.Rows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the list of jobs asks and tells: a part of it, what can be done with all of it, its export. */
final class ListRequests {

  private static final int USUAL = 50;
  private static final int MOST = 1_000;

  /** With an export: what is not in it, and why, as a JSON array of sentences in ASCII. */
  private static final String LEFT_OUT = "Billstep-Left-Out";

  private static final int LEFT_OUT_SHOWN = 10;

  private final Sight sight;

  ListRequests(Sight sight) {
    this.sight = sight;
  }

  List<Route> routes() {
    return Stream.of(
      Route.file("/list.js", "list.js", "text/javascript"),
      Route.of("GET", "/api/list", (match, request) -> part(request)),
      Route.of("GET", "/api/list/counts", (match, request) -> counts(request)),
      Route.of("GET", "/api/list/approvable", (match, request) ->
        json(list(request).approvable(filter(request.parameters()), MOST))
      ),
      Route.of("GET", "/api/list/export", (match, request) -> export(request))
    )
      .map(Route::forReviewers)
      .toList();
  }

  private JobList list(ReviewRequest request) {
    return new JobList(sight.rows(request));
  }

  private ReviewResponse counts(ReviewRequest request) throws ReviewRefused {
    var list = list(request);
    return json(Map.of("counts", list.counts(filter(request.parameters())), "users", list.users()));
  }

  private ReviewResponse part(ReviewRequest request) throws ReviewRefused {
    var parameters = request.parameters();
    var sort = named(parameters, "sort", Sort.values()).orElse(Sort.CREATED_AT);
    boolean isDescending = !"asc".equals(parameters.get("order"));
    return json(
      list(request).part(
        filter(parameters),
        new Order(sort, isDescending),
        after(parameters),
        limit(parameters)
      )
    );
  }

  private static Optional<JsonNode> after(Map<String, String> parameters) throws ReviewRefused {
    try {
      return given(parameters, "after").isEmpty()
        ? Optional.empty()
        : Optional.of(Json.mapper().readTree(parameters.get("after")));
    } catch (JacksonException e) {
      throw notInForm("after");
    }
  }

  private static int limit(Map<String, String> parameters) throws ReviewRefused {
    try {
      int limit = Integer.parseInt(parameters.getOrDefault("limit", String.valueOf(USUAL)));
      if (limit > 0 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw notInForm("limit");
    }
    throw notInForm("limit");
  }

  private static ListFilter filter(Map<String, String> parameters) throws ReviewRefused {
    return new ListFilter(
      parameters.getOrDefault("q", ""),
      named(parameters, "status", JobStatus.values()),
      type(parameters),
      read(parameters, "user", UserId::of),
      read(parameters, "since", Instant::parse),
      read(parameters, "until", Instant::parse),
      named(parameters, "which", Which.values()),
      read(parameters, "jobs", ListRequests::jobs).orElse(List.of())
    );
  }

  private static List<JobId> jobs(String ids) {
    return Stream.of(ids.split(",", -1)).map(JobId::of).toList();
  }

  private static Optional<DocType> type(Map<String, String> parameters) throws ReviewRefused {
    var label = given(parameters, "type");
    var type = label.flatMap(DocType::ofLabel);
    if (label.isPresent() && type.isEmpty()) {
      throw notInForm("type");
    }
    return type;
  }

  private static Optional<String> given(Map<String, String> parameters, String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  /** One of some values, by how it is written. */
  private static <E> Optional<E> named(Map<String, String> parameters, String name, E[] values)
    throws ReviewRefused {
    var wanted = given(parameters, name);
    var found = Stream.of(values)
      .filter(value -> wanted.filter(value.toString()::equals).isPresent())
      .findFirst();
    if (wanted.isPresent() && found.isEmpty()) {
      throw notInForm(name);
    }
    return found;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read(String text);
  }

  private static <T> Optional<T> read(
    Map<String, String> parameters,
    String name,
    Reading<T> reading
  ) throws ReviewRefused {
    try {
      return given(parameters, name).map(reading::read);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw notInForm(name);
    }
  }

  private static ReviewRefused notInForm(String name) {
    return new ReviewRefused(400, "The address says something that can't be understood: " + name);
  }

  private ReviewResponse export(ReviewRequest request) throws IOException, ReviewRefused {
    var parameters = request.parameters();
    var rows = sight.rows(request);
    var format = named(parameters, "format", ExportFormat.values()).orElse(ExportFormat.CSV);
    var type = type(parameters)
      .filter(known -> known != DocType.UNKNOWN)
      .orElse(DocType.BILL);
    if (format == ExportFormat.TALLY_XML && type != DocType.BILL) {
      throw new ReviewRefused(400, "Tally books bills. Choose bills, or another format.");
    }
    var review = named(parameters, "review", Review.values()).orElse(Review.APPROVED);
    var filter = filter(parameters);
    var file = new ByteArrayOutputStream();
    List<String> leftOut;
    var writer = format.writer(type, () -> layout(rows, type), file);
    try (writer) {
      new DocsToExport(rows).write(
        new Selection(type, review, filter.user(), Optional.empty(), filter.toStore()),
        writer
      );
      leftOut = writer instanceof TallyVouchers tally ? tally.leftOut() : List.of();
    }
    return ReviewResponse.download(
      "%ss.%s".formatted(type.label(), format.extension()),
      format.mediaType(),
      leftOut.isEmpty() ? Map.of() : Map.of(LEFT_OUT, header(leftOut)),
      file.toByteArray()
    );
  }

  private static Layout layout(Rows rows, DocType type) {
    return Layout.of(DocTypeSchemas.get(rows, type, Optional.empty()).path("schema"));
  }

  /** What is not of ASCII is escaped: a header has nothing else (RFC 9110, section 5.5). */
  private static String header(List<String> sentences) {
    var said = new HashMap<String, Object>();
    said.put("count", sentences.size());
    said.put("first", sentences.stream().limit(LEFT_OUT_SHOWN).toList());
    return Json.text(said)
      .codePoints()
      .collect(
        StringBuilder::new,
        (text, character) -> text.append(escaped(character)),
        StringBuilder::append
      )
      .toString();
  }

  private static String escaped(int character) {
    if (character >= ' ' && character <= '~') {
      return Character.toString(character);
    }
    return Character.toString(character)
      .chars()
      .mapToObj("\\u%04x"::formatted)
      .reduce("", String::concat);
  }

  private static ReviewResponse json(Object value) {
    return ReviewResponse.json(200, value);
  }
}
