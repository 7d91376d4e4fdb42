package dev.billstep.review;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.time.DateTimeException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a request's address says behind its path; a parameter without a value says nothing.
 *
 * @param values by their names
 */
record AddressParameters(Map<String, String> values) {
  /** Rows of a list that are asked for at once, unless it is said. */
  static final int USUAL = 50;

  static final int MOST = 1_000;

  Optional<String> given(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /** One of some values, by how it is written. */
  <E> Optional<E> named(String name, E[] known) throws ReviewRefused {
    var wanted = given(name);
    var found = Stream.of(known)
      .filter(value -> wanted.filter(value.toString()::equals).isPresent())
      .findFirst();
    if (wanted.isPresent() && found.isEmpty()) {
      throw notInForm(name);
    }
    return found;
  }

  /** By a method that refuses what it does not understand, as Java's own do. */
  <T> Optional<T> read(String name, Reading<T> reading) throws ReviewRefused {
    try {
      return given(name).map(reading::read);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw notInForm(name);
    }
  }

  /** The place in a list that is gone on behind. */
  Optional<JsonNode> after() throws ReviewRefused {
    try {
      return given("after").isEmpty()
        ? Optional.empty()
        : Optional.of(Json.mapper().readTree(values.get("after")));
    } catch (JacksonException e) {
      throw notInForm("after");
    }
  }

  /** Rows of a list, {@link #USUAL} where it is not said, {@link #MOST} at most. */
  int limit() throws ReviewRefused {
    int limit = read("limit", Integer::parseInt).orElse(USUAL);
    if (limit > 0 && limit <= MOST) {
      return limit;
    }
    throw notInForm("limit");
  }

  static ReviewRefused notInForm(String name) {
    return new ReviewRefused(400, "The address says something that can't be understood: " + name);
  }

  /** Of a text. */
  @FunctionalInterface
  interface Reading<T> {
    T read(String text);
  }
}
