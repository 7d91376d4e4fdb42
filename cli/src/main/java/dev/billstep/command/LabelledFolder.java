package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.export.ExportedDoc;
import dev.billstep.json.Json;
import dev.billstep.lab.LabelledDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Documents with what is printed on them beside: {@code bill.pdf}, {@code bill.expected.json}. */
final class LabelledFolder {

  private static final String EXPECTED = ".expected.json";

  private LabelledFolder() {}

  /**
   * Those of a folder, by name.
   *
   * @throws ParameterException where there is none
   */
  static List<LabelledDocument> documents(Path folder, CommandSpec spec) {
    if (!Files.isDirectory(folder)) {
      throw new ParameterException(spec.commandLine(), "There is no folder " + folder);
    }
    try (var files = Files.list(folder)) {
      var documents = files
        .filter(file -> Files.exists(labels(file)))
        .filter(file -> !file.toString().endsWith(EXPECTED))
        .sorted()
        .map(file -> new LabelledDocument(file, expected(file)))
        .toList();
      if (documents.isEmpty()) {
        throw new ParameterException(
          spec.commandLine(),
          "No document in %s has a %s beside it".formatted(folder, EXPECTED)
        );
      }
      return documents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is printed on each page. */
  private static List<JsonNode> expected(Path document) {
    try {
      return Json.mapper()
        .readTree(Files.readAllBytes(labels(document)))
        .valueStream()
        .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes down what is printed on a document's pages, beside it; nulls say nothing. */
  static void label(Path document, List<ExportedDoc> pages) throws IOException {
    var labels = Json.mapper().createArrayNode();
    for (var page : pages) {
      var label = labels
        .addObject()
        .put("page_number", page.pageNumber())
        .put("doc_type", page.docType());
      // Whose pages look alike: what a supplier sends.
      family(page.fields()).ifPresent(family -> label.put("layout", family));
      label.set("fields", printed(page.fields()));
    }
    Files.write(
      labels(document),
      Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(labels)
    );
  }

  private static Optional<String> family(JsonNode fields) {
    return Stream.of("/seller/gstin", "/seller/name", "/from/gstin")
      .map(path -> fields.at(path).asText(""))
      .filter(each -> !each.isBlank())
      .findFirst();
  }

  private static JsonNode printed(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> {
        var kept = Json.mapper().createObjectNode();
        object
          .properties()
          .stream()
          .filter(field -> !field.getValue().isNull())
          .forEach(field -> kept.set(field.getKey(), printed(field.getValue())));
        yield kept;
      }
      case ArrayNode array -> {
        var kept = Json.mapper().createArrayNode();
        array.forEach(each -> kept.add(printed(each)));
        yield kept;
      }
      default -> value;
    };
  }

  private static Path labels(Path document) {
    var name = String.valueOf(document.getFileName());
    int dot = name.lastIndexOf('.');
    return document.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + EXPECTED);
  }
}
