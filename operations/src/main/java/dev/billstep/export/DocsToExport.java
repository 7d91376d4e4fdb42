package dev.billstep.export;

import dev.billstep.doctype.DocType;
import dev.billstep.job.UserId;
import dev.billstep.json.Json;
import dev.billstep.supabase.Rows;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The pages of a stack, for export. */
public final class DocsToExport {

  /** Rows a request: each may have thousands of lines. */
  private static final int AT_ONCE = 200;

  private final Rows rows;

  public DocsToExport(Rows rows) {
    this.rows = rows;
  }

  /** What was decided about a page. */
  public enum Review {
    TO_REVIEW,
    APPROVED,
    REJECTED,
    ANY;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Which pages.
   *
   * @param after what was exported before
   * @param jobs which jobs' pages, as {@code listing_condition.sql} takes it; empty for all
   */
  public record Selection(
    DocType type,
    Review review,
    Optional<UserId> user,
    Optional<Cursor> after,
    Map<String, Object> jobs
  ) {
    /** Of all jobs. */
    public Selection(DocType type, Review review, Optional<UserId> user, Optional<Cursor> after) {
      this(type, review, user, after, Map.of());
    }
  }

  /**
   * What was written.
   *
   * @param last up to where; none where nothing was
   */
  public record Exported(int pages, Optional<Cursor> last) {}

  /** Writes the pages that were selected, those first that were decided first. */
  public Exported write(Selection selection, DocWriter writer) throws IOException {
    int written = 0;
    var last = selection.after();
    while (true) {
      var pages = rows.call("export_docs", arguments(selection, last));
      for (var page : pages) {
        var doc = Json.mapper().treeToValue(page, ExportedDoc.class);
        writer.write(doc);
        last = Optional.of(new Cursor(doc.at(), doc.id()));
        written++;
      }
      if (pages.size() < AT_ONCE) {
        return new Exported(written, last);
      }
    }
  }

  private static Map<String, Object> arguments(Selection selection, Optional<Cursor> after) {
    var arguments = new HashMap<String, Object>();
    arguments.put("p_doc_type", selection.type());
    if (selection.review() != Review.ANY) {
      arguments.put("p_review", selection.review().toString());
    }
    selection.user().ifPresent(user -> arguments.put("p_user_id", user));
    after.ifPresent(cursor -> {
      arguments.put("p_after", cursor.at());
      arguments.put("p_after_id", cursor.id());
    });
    if (!selection.jobs().isEmpty()) {
      arguments.put("p_filter", selection.jobs());
    }
    arguments.put("p_limit", AT_ONCE);
    return arguments;
  }
}
