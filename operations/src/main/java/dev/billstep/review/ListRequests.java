package dev.billstep.review;

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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the list of jobs asks and tells: a part of it, what can be done with all of it, its export. */
final class ListRequests {

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
        json(list(request).approvable(filter(request.parameters()), AddressParameters.MOST))
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
    var sort = parameters.named("sort", Sort.values()).orElse(Sort.CREATED_AT);
    boolean isDescending = parameters.given("order").filter("asc"::equals).isEmpty();
    return json(
      list(request).part(
        filter(parameters),
        new Order(sort, isDescending),
        parameters.after(),
        parameters.limit()
      )
    );
  }

  private static ListFilter filter(AddressParameters parameters) throws ReviewRefused {
    return new ListFilter(
      parameters.given("q").orElse(""),
      parameters.named("status", JobStatus.values()),
      type(parameters),
      parameters.read("user", UserId::of),
      parameters.read("since", Instant::parse),
      parameters.read("until", Instant::parse),
      parameters.named("which", Which.values()),
      parameters.read("jobs", ListRequests::jobs).orElse(List.of())
    );
  }

  private static List<JobId> jobs(String ids) {
    return Stream.of(ids.split(",", -1)).map(JobId::of).toList();
  }

  private static Optional<DocType> type(AddressParameters parameters) throws ReviewRefused {
    var label = parameters.given("type");
    var type = label.flatMap(DocType::ofLabel);
    if (label.isPresent() && type.isEmpty()) {
      throw AddressParameters.notInForm("type");
    }
    return type;
  }

  private ReviewResponse export(ReviewRequest request) throws IOException, ReviewRefused {
    var parameters = request.parameters();
    var rows = sight.rows(request);
    var format = parameters.named("format", ExportFormat.values()).orElse(ExportFormat.CSV);
    var type = type(parameters)
      .filter(known -> known != DocType.UNKNOWN)
      .orElse(DocType.BILL);
    if (format == ExportFormat.TALLY_XML && type != DocType.BILL) {
      throw new ReviewRefused(400, "Tally books bills. Choose bills, or another format.");
    }
    var review = parameters.named("review", Review.values()).orElse(Review.APPROVED);
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
