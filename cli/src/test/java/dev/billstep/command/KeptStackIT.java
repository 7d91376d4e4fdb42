package dev.billstep.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.billstep.database.PostgresServer;
import dev.billstep.embedded.DataFolder;
import dev.billstep.embedded.Project;
import dev.billstep.embedded.StackDescriptor;
import dev.billstep.embedded.StackKeys;
import dev.billstep.it.Crash;
import dev.billstep.it.ModelServer;
import dev.billstep.it.Samples;
import dev.billstep.job.JobId;
import dev.billstep.operation.JobFilter;
import dev.billstep.operation.JobOperations;
import dev.billstep.operation.JobState;
import dev.billstep.people.HashingWork;
import dev.billstep.people.Password;
import dev.billstep.people.Role;
import dev.billstep.people.UserName;
import dev.billstep.people.Users;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a stack has is there again after its end, whatever end that was. */
@ResourceLock("the stack that is kept running")
class KeptStackIT {

  private static final String FILE = Samples.file("consignment-digital").toString();
  private static final int PAGES = Samples.expected("consignment-digital").size();
  private static final int JOBS = 12;

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir
  Path folder;

  private DataFolder data;

  @BeforeEach
  void start() throws Exception {
    data = new DataFolder(folder.resolve("data"));
    up();
  }

  @AfterEach
  void stop() throws Exception {
    command("down");
  }

  @Test
  void itIsTheSameStackAfterEachProcessWasKilledWhileJobsRan() throws Exception {
    var before = descriptor();
    assertThat(
      command(Stream.concat(Stream.of("upload"), Collections.nCopies(JOBS, FILE).stream())).out()
    ).hasLineCount(JOBS);

    for (var part : List.of("The AWS emulator", "The function host", "PostgreSQL")) {
      awaitJobsThatRun();
      Crash.of(Crash.health(part, descriptor().parts()).pid());
      await()
        .atMost(PATIENCE)
        .until(
          () ->
            Crash.health(part, descriptor().parts()).restarts() == 1 &&
            Crash.health(part, descriptor().parts()).isUp()
        );
    }
    awaitJobsThatRun();
    Crash.of(before.pid());
    up();

    assertThat(descriptor().review()).as("the same address").isEqualTo(before.review());
    var rows = jobs().all(JobFilter.ALL);
    assertThat(rows).hasSize(JOBS);
    for (var row : rows) {
      var job = JobId.of(row.path("id").asText());
      var end = await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(() -> jobs().state(job), JobState::isEnded);
      assertThat(end.isProcessed()).as(end.sentence()).isTrue();
      assertThat(jobs().docs(job)).hasSize(PAGES);
      assertThat(Crash.paidFor(jobs().calls(job)))
        .as("what was asked of the model")
        .doesNotHaveDuplicates();
    }
  }

  @Test
  void afterDownAndUpItsJobsAreThereAndCanBeTriedAgain() throws Exception {
    var first = command("run", FILE);
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.err()).as("it used the stack that is running").doesNotContain("PostgreSQL");
    var review = descriptor().review();

    assertThat(command("down").out()).contains("The stack has been stopped.");
    assertThat(data.isEmpty()).isFalse();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.path()))).isEqualTo(
      "rwx------"
    );

    assertThat(up().out()).contains("It has 1 job.");
    assertThat(descriptor().review()).isEqualTo(review);
    var job = JobId.of(jobs().all(JobFilter.ALL).getFirst().path("id").asText());
    var image = jobs().docs(job).getFirst().path("storage_uri").asText();
    assertThat(Files.exists(Path.of(URI.create(image)))).isTrue();
    assertThat(command("job", job.toString()).out()).contains("consignment-digital.pdf");
    assertThat(command("replay", job.toString(), "--ignore-cache").exitCode())
      .as("its upload is there")
      .isZero();
    assertThat(command("watch", job.toString()).exitCode()).isZero();
  }

  @Test
  void aBackupThatWasMadeWhileJobsRanIsAStackAgain() throws Exception {
    command("run", FILE);
    var rows = jobs().all(JobFilter.ALL);
    var job = JobId.of(rows.getFirst().path("id").asText());
    var docs = jobs().docs(job);
    command(Stream.concat(Stream.of("upload"), Collections.nCopies(4, FILE).stream()));
    awaitJobsThatRun();

    users(data).add(new UserName("Asha"), Role.REVIEWER, new Password("seven kites over Guntur"));
    var file = folder.resolve("bills.zip");
    var saved = command("backup", file.toString());
    assertThat(saved.exitCode()).as(saved.err()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo(
      "rw-------"
    );
    assertThat(command("backup", file.toString()).err()).contains("There is a file");
    assertThat(
      command("restore", file.toString(), "--data", data.path().toString()).err()
    ).contains("The stack is running on it");
    command("down");
    assertThat(
      command("restore", file.toString(), "--data", data.path().toString()).err()
    ).contains("There is data in", "--replace");

    var elsewhere = new DataFolder(folder.resolve("elsewhere"));
    var restored = command("restore", file.toString(), "--data", elsewhere.path().toString());
    assertThat(restored.exitCode()).as(restored.err()).isZero();
    assertThat(users(elsewhere).find("asha")).isPresent();
    users(elsewhere).remove("asha");
    command("restore", file.toString(), "--data", elsewhere.path().toString(), "--replace");
    assertThat(users(elsewhere).all()).as("who was removed does not come back").isEmpty();
    data.delete();
    data = elsewhere;
    up();
    assertThat(jobs().all(JobFilter.ALL)).hasSize(5);
    for (var row : jobs().all(JobFilter.ALL)) {
      var id = JobId.of(row.path("id").asText());
      var end = await()
        .atMost(PATIENCE)
        .until(() -> jobs().state(id), JobState::isEnded);
      assertThat(end.isProcessed()).as(end.sentence()).isTrue();
    }
    assertThat(jobs().docs(job))
      .extracting(doc -> doc.path("ocr_payload"))
      .isEqualTo(
        docs
          .stream()
          .map(doc -> doc.path("ocr_payload"))
          .toList()
      );
    assertThat(jobs().imageOrRefuse(jobs().docs(job).getFirst())).isNotEmpty();
  }

  private static Users users(DataFolder of) {
    return new Users(of.people(), InstantSource.system(), HashingWork.NONE);
  }

  @Test
  void aDamagedBackupIsNotRestored() throws Exception {
    var file = folder.resolve("bills.zip");
    command("backup", file.toString());
    var bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    var elsewhere = folder.resolve("elsewhere");
    var refused = command("restore", file.toString(), "--data", elsewhere.toString());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("is no backup of Billstep, or not all of it");
    assertThat(new DataFolder(elsewhere).isEmpty()).isTrue();
  }

  @Test
  void itIsDeletedByWhoSaysYesAlone() throws Exception {
    command("upload", FILE);
    var kept = command("down", "--delete-data");
    assertThat(kept.exitCode()).as("nobody has said yes").isEqualTo(1);
    assertThat(kept.err()).contains("This deletes 1 uploaded file", data.path().toString());
    assertThat(descriptor().pid()).as("it is running").isPositive();

    assertThat(command("down", "--delete-data", "--yes").out()).contains("Deleted: " + data.path());
    assertThat(data.path()).doesNotExist();
  }

  @Test
  void aKeyIsUsedWithoutARestartAndKept() throws Exception {
    var server = ModelServer.start();
    try (server) {
      var model = "{\"provider\": \"openai\", \"model\": \"m-1\", \"baseUrl\": \"%s\"}".formatted(
        server.baseUrl()
      );
      assertThat(command("settings", "set", "model", model).err()).contains(
        "billstep keys set openai"
      );
      setKey("first-key");
      assertThat(command("settings", "set", "model", model).exitCode()).isZero();
      assertThat(command("run", FILE).exitCode()).isZero();
      assertThat(server.answered()).allMatch(call ->
        call.authorization().equals("Bearer first-key")
      );

      server.behave(call ->
        call.authorization().equals("Bearer second-key")
          ? call.usualReply()
          : ModelServer.Reply.error(401)
      );
      setKey("second-key");
      assertThat(command("run", FILE).exitCode()).as("the old one is refused").isZero();

      Crash.of(Crash.health("The AWS emulator", descriptor().parts()).pid());
      await()
        .atMost(PATIENCE)
        .until(() -> Crash.health("The AWS emulator", descriptor().parts()).restarts() == 1);
      assertThat(command("doctor").out())
        .as("the emulator forgets its secrets")
        .containsPattern("ok +model's answer +answered in");

      command("down");
      up();
      assertThat(command("keys", "list").out())
        .containsPattern("openai +openai_api_key +yes +2.* kept")
        .doesNotContain("second-key");
      assertThat(command("keys", "remove", "openai").exitCode()).isZero();
      assertThat(command("settings", "set", "model", model).err()).contains(
        "billstep keys set openai"
      );
    }
  }

  private void setKey(String key) throws Exception {
    var run = CommandRun.start(folder, Map.of(), "keys", "set", "openai");
    try (var in = run.process().outputWriter()) {
      in.write(key + "\n");
    }
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("The stack that is running has it.").doesNotContain(key);
  }

  @Test
  void aSecondStartSaysWhereItIs() throws Exception {
    var again = up();
    assertThat(again.out()).contains(
      "The stack is running already.",
      descriptor().review().getFirst().toString(),
      "No jobs yet."
    );
    var other = command("up", "--data", folder.resolve("other").toString());
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.err()).contains("A stack with other data is running already", "billstep down");
  }

  @Test
  void whatANewerVersionHasMadeIsRefusedWithASentence() throws Exception {
    try (
      var connection = PostgresServer.runningIn(
        data.database(),
        StackKeys.of(data).database()
      ).getConnection();
      var statement = connection.createStatement()
    ) {
      statement.execute(
        "INSERT INTO billstep.applied_migration (name) VALUES ('20990101000000_flying_bills')"
      );
    }
    command("down");
    var older = up();
    assertThat(older.exitCode()).isEqualTo(1);
    assertThat(older.err()).contains("a newer version of Billstep", "20990101000000_flying_bills");
  }

  private void awaitJobsThatRun() {
    await()
      .atMost(PATIENCE)
      .ignoreExceptions()
      .until(() ->
        jobs()
          .all(JobFilter.ALL)
          .stream()
          .anyMatch(job -> job.path("status").asText().equals("processing"))
      );
  }

  private CommandRun up() throws Exception {
    return command("up", "--data", data.path().toString());
  }

  private CommandRun command(Stream<String> arguments) throws Exception {
    return command(arguments.toArray(String[]::new));
  }

  private CommandRun command(String... arguments) throws Exception {
    var run = CommandRun.start(folder, Map.of(), arguments);
    run.process().getOutputStream().close();
    run.exitCode();
    return run;
  }

  private static StackDescriptor descriptor() {
    return StackDescriptor.find(Project.ofSystemProperty()).orElseThrow();
  }

  private static JobOperations jobs() {
    return new JobOperations(descriptor().open());
  }
}
