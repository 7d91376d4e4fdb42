package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.job.JobId;
import dev.billstep.page.HostileFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is uploaded ends as rows or as a sentence that whoever uploaded it understands. */
@ExtendWith(OnEmbeddedStack.class)
class HostileUploadsIT {

  /** Each is split for many seconds, which {@code bench/hostile} does; here the others suffice. */
  private static final Set<String> SLOW = Set.of(
    "16-bit-of-legal-size.png",
    "group-draws-itself-twice.pdf",
    "mask-of-itself.pdf",
    "a-million-operators.pdf"
  );

  /** A class, a package, a stack trace's line, or a value that is none. */
  private static final Pattern INTERNALS = Pattern.compile(
    "java\\.|org\\.|dev\\.|Exception|Error\\b|\\bat [a-z.]+\\(|null|\\{|\\}"
  );

  @TempDir
  Path folder;

  private final Jobs jobs;

  HostileUploadsIT(EmbeddedStack stack) {
    this.jobs = new Jobs(stack);
  }

  @Test
  void everyHostileUploadEndsAsRowsOrAsASentence() throws IOException {
    Map<String, JobId> uploads = new LinkedHashMap<>();
    for (var file : HostileFiles.all().entrySet()) {
      if (!SLOW.contains(file.getKey())) {
        var path = Files.write(folder.resolve(file.getKey()), file.getValue().bytes());
        uploads.put(file.getKey(), jobs.upload(path));
      }
    }
    uploads.forEach((name, job) -> {
      jobs.ended(job);
      var row = jobs.row(job);
      switch (row.path("status").asText()) {
        case "processed" -> {
          assertThat(jobs.docs(job)).as(name).hasSize(row.path("page_count").asInt());
          jobs.docs(job).forEach(doc -> isReadOrExplained(name, doc));
        }
        case "error" -> isASentence(name, row.path("error_message"));
        default -> throw new AssertionError(name + " ended as " + row);
      }
    });
  }

  private static void isReadOrExplained(String name, JsonNode doc) {
    if (!doc.path("error").isNull()) {
      isASentence(name, doc.path("error"));
    }
  }

  private static void isASentence(String name, JsonNode message) {
    assertThat(message.asText())
      .as(name)
      .matches("(?s)[A-Z].*[.?!]")
      .doesNotContainPattern(INTERNALS);
  }
}
