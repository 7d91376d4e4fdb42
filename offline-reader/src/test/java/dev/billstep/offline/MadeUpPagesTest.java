package dev.billstep.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pages in the manner of programs that many sellers use, with made-up parties: above the blank line
 * what is printed on them.
 */
class MadeUpPagesTest {

  private static final Path PAGES = Path.of("src/test/resources/dev/billstep/offline/pages");

  static Stream<String> pages() throws IOException {
    try (var files = Files.list(PAGES)) {
      return files
        .map(file -> String.valueOf(file.getFileName()))
        .sorted()
        .toList()
        .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whatIsPrintedOnAMadeUpPageIsRead(String name) {
    var parts = text(name).split("\n\n", 2);
    var reading = Reading.of(PrintedPage.aligned(parts[1]));
    var differences = new ArrayList<String>();
    parts[0].lines().forEach(line -> differences.addAll(difference(line, reading)));
    assertThat(differences).isEmpty();
  }

  private static List<String> difference(String expected, Reading reading) {
    int equals = expected.indexOf('=');
    var path = expected.substring(0, equals);
    var value = expected.substring(equals + 1);
    var given = switch (path) {
      case "type" -> reading.type().label();
      case "lines" -> String.valueOf(reading.fields().path("line_items").size());
      default -> reading.text("/" + path.replace('.', '/'));
    };
    return isSame(value, given) ? List.of() : List.of(path + " is " + value + ", read as " + given);
  }

  private static boolean isSame(String expected, String given) {
    boolean areAmounts = expected.matches("-?\\d+\\.\\d+") && given.matches("-?\\d+(?:\\.\\d+)?");
    return areAmounts
      ? new BigDecimal(expected).compareTo(new BigDecimal(given)) == 0
      : given.startsWith(expected);
  }

  static String text(String name) {
    try {
      return Files.readString(PAGES.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
