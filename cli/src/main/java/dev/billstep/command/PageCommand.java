package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.operation.JobOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code billstep page ID N}: one page's row, or its image. */
@Command(
  name = "page",
  mixinStandardHelpOptions = true,
  description = "Prints a page's row as JSON, or writes its image to a file.",
  footerHeading = "%nExamples:%n",
  footer = { "  billstep page 3f2a 2", "  billstep page 3f2a 2 --image page-2.png" }
)
final class PageCommand implements Callable<Integer> {

  @Mixin
  private StackOptions stack = new StackOptions();

  @Mixin
  private Output output = new Output();

  @Mixin
  private PageOfJob page = new PageOfJob();

  @Option(
    names = "--image",
    paramLabel = "FILE",
    description = "Write the page's image to this file, as PNG."
  )
  private Optional<Path> image = Optional.empty();

  private PageCommand() {}

  @Override
  public Integer call() {
    var jobs = stack.jobs();
    var doc = page.of(jobs);
    image.ifPresentOrElse(
      file -> {
        var written = written(jobs, doc, file);
        output.print(Map.of("image", written), written::toString);
      },
      () -> output.print(doc, doc::toPrettyString)
    );
    return CommandLine.ExitCode.OK;
  }

  private static URI written(JobOperations jobs, JsonNode doc, Path file) {
    try {
      Files.write(file, jobs.imageOrRefuse(doc));
      return file.toAbsolutePath().toUri();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
