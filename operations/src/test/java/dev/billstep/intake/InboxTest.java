package dev.billstep.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.intake.Inbox.Arrival;
import dev.billstep.intake.Uploads.Outcome;
import dev.billstep.intake.Uploads.Upload;
import dev.billstep.job.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {

  @TempDir
  private Path folder;

  private Instant now = Instant.parse("2026-11-25T10:00:00Z");
  private final List<String> uploaded = new ArrayList<>();
  private final List<UUID> arrivals = new ArrayList<>();
  private Optional<RuntimeException> outage = Optional.empty();
  private Inbox inbox;

  @BeforeEach
  void watch() {
    inbox = new Inbox(folder, this::upload, () -> now);
  }

  private Outcome upload(Path file, String name, UUID arrival) {
    arrivals.add(arrival);
    outage.ifPresent(e -> {
      throw e;
    });
    if (name.startsWith("bad")) {
      return new Outcome(
        List.of(),
        List.of(new LeftOut(name, "There is no PDF or picture in it."))
      );
    }
    assertThat(file).exists();
    uploaded.add(name);
    return new Outcome(List.of(new Upload(new JobId(arrival), name)), List.of());
  }

  @Test
  void aFileIsTakenOnceItHasComeToRest() throws IOException {
    var file = Files.writeString(folder.resolve("a.pdf"), "half");
    assertThat(inbox.look()).isEmpty();
    pass(Duration.ofSeconds(2));
    Files.writeString(file, "the whole of it");
    assertThat(inbox.look()).isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(inbox.look()).as("it was written to two seconds ago").isEmpty();
    pass(Duration.ofSeconds(1));

    assertThat(inbox.look()).singleElement().isInstanceOf(Arrival.Moved.class);
    assertThat(folder.resolve("uploaded/a.pdf")).hasContent("the whole of it");
    assertThat(file).doesNotExist();
    pass(Duration.ofMinutes(1));
    assertThat(inbox.look()).isEmpty();
    assertThat(uploaded).containsExactly("a.pdf");
  }

  @Test
  void whatIsNoDocumentStaysWhereItIs() throws IOException {
    for (var name : List.of(
      ".a.pdf",
      "a.pdf.part",
      "~$list.xlsx",
      "notes.txt",
      "a.pdf.crdownload"
    )) {
      Files.writeString(folder.resolve(name), "x");
    }
    Files.createDirectory(folder.resolve("a folder.pdf"));
    lookTwice();
    assertThat(uploaded).isEmpty();
    assertThat(folder.resolve("notes.txt")).exists();
  }

  @Test
  void ofWhichNothingCanBeUploadedIsRefusedWithTheReason() throws IOException {
    Files.writeString(folder.resolve("bad.zip"), "x");
    lookTwice();
    assertThat(folder.resolve("refused/bad.zip")).exists();
    assertThat(folder.resolve("refused/bad.zip.why.txt"))
      .content()
      .isEqualToIgnoringNewLines("bad.zip: There is no PDF or picture in it.");
  }

  @Test
  void aNameThatComesAgainTakesNobodysPlace() throws IOException {
    for (var content : List.of("first", "second", "third")) {
      Files.writeString(folder.resolve("scan.0001.pdf"), content);
      lookTwice();
    }
    assertThat(folder.resolve("uploaded/scan.0001.pdf")).hasContent("first");
    assertThat(folder.resolve("uploaded/scan.0001 (2).pdf")).hasContent("second");
    assertThat(folder.resolve("uploaded/scan.0001 (3).pdf")).hasContent("third");
  }

  @Test
  void anOutageIsWaitedOutAndTheArrivalStaysTheSame() throws IOException {
    Files.writeString(folder.resolve("a.pdf"), "x");
    Files.writeString(folder.resolve("b.pdf"), "x");
    outage = Optional.of(new IllegalStateException("the stack is away"));
    inbox.look();
    pass(Inbox.AT_REST);
    assertThat(inbox.look())
      .hasSize(2)
      .allSatisfy(each -> assertThat(each).isInstanceOf(Arrival.Waiting.class));
    var first = List.copyOf(arrivals);
    arrivals.clear();
    outage = Optional.empty();

    // A process that was started anew finds it.
    assertThat(new Inbox(folder, this::upload, () -> now).look()).hasSize(2);
    assertThat(arrivals).containsExactlyInAnyOrderElementsOf(first);
    assertThat(folder.resolve("uploaded")).isDirectoryContaining("glob:**/{a,b}.pdf");
    assertThat(uploaded).containsExactlyInAnyOrder("a.pdf", "b.pdf");
  }

  @Test
  void aFolderThatIsGoneIsSaid() throws IOException {
    Files.delete(folder);
    assertThatThrownBy(inbox::look).isInstanceOf(UncheckedIOException.class);
    Files.createDirectory(folder);
  }

  private void lookTwice() {
    inbox.look();
    pass(Inbox.AT_REST);
    inbox.look();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}
