package dev.billstep.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.operation.DocReviews;
import dev.billstep.operation.JobRows;
import dev.billstep.operation.PageFiles;
import dev.billstep.operation.WordsOfScans;
import dev.billstep.reading.Witness;
import dev.billstep.stack.DeployedStack;
import dev.billstep.supabase.Rows;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * What visitors see of a stack, and may change.
 *
 * @param all the rows that one of them may see
 * @param files that these rows name
 * @param images how one is answered with, by the row that was read from it
 * @param clock by which a date is in the future
 */
record Sight(
  Function<Visitor, Rows> all,
  PageFiles files,
  Function<JsonNode, ReviewResponse> images,
  InstantSource clock
) {
  /**
   * On one machine everybody who may ask sees everything.
   *
   * @param witness that looks for the words of scans; none where this machine has none
   */
  static Sight of(DeployedStack stack, InstantSource clock, Optional<Witness> witness) {
    var all = PageFiles.of(stack);
    var files = witness.map(asked -> all.withWords(new WordsOfScans(stack, asked))).orElse(all);
    return new Sight(
      visitor -> stack.supabase(),
      files,
      row -> ReviewResponse.image(files.imageOrRefuse(row)),
      clock
    );
  }

  Rows rows(ReviewRequest request) {
    return all.apply(request.visitor());
  }

  JobRows jobs(ReviewRequest request) {
    return new JobRows(rows(request));
  }

  DocReviews reviews(ReviewRequest request) {
    return new DocReviews(rows(request), files, clock);
  }
}
