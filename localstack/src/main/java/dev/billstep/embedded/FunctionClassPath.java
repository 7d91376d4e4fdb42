package dev.billstep.embedded;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a function's class path has beyond its own artifact: AWS's runtime interface client, and the
 * offline reader as a layer would bring it.
 */
record FunctionClassPath(Project project) {
  String runtimeClient() {
    return project.home().resolve("localstack/target/runtime-client/*").toString();
  }

  String layer() {
    var reader = project.home().resolve("localstack/target/classes").toString();
    return Stream.concat(Stream.of(reader), ocr()).collect(Collectors.joining(File.pathSeparator));
  }

  /** The OCR engine with its models, from this JVM's own class path. */
  private static Stream<String> ocr() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
      .filter(entry -> !entry.isBlank())
      .filter(entry -> String.valueOf(Path.of(entry).getFileName()).startsWith("rapidocr"));
  }
}
