package dev.billstep.review;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The files that the review page is made of. */
final class ReviewPage {

  private ReviewPage() {}

  static String text(String file) {
    try (var in = Objects.requireNonNull(ReviewPage.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
