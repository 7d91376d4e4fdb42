package dev.billstep.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.billstep.embedded.Project;
import dev.billstep.embedded.StackDescriptor;
import dev.billstep.it.Samples;
import dev.billstep.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A day of an operator: a stack that is kept running, and the commands that work with its jobs. */
@ResourceLock("the stack that is kept running")
class OperatorCommandsIT {

  private static final Optional<Path> CHROMIUM = Stream.of(
    "chromium",
    "chromium-browser",
    "google-chrome"
  )
    .map(name -> Path.of("/usr/bin", name))
    .filter(Files::isExecutable)
    .findFirst();
  private static final String NO_CHROMIUM = "needs a Chromium: apt-get install chromium";

  @TempDir
  static Path folder;

  @BeforeAll
  static void startAStack() throws Exception {
    assertThat(CommandResult.of("jobs").err()).contains(
      "No stack is running. Start one with: billstep up"
    );
    var inbox = folder.resolve("inbox").toString();
    var data = folder.resolve("data").toString();
    assertThat(CommandResult.of("up", "--data", data, "--inbox", inbox).err()).contains(
      inbox + " is no folder that can be written to."
    );
    Files.createDirectory(Path.of(inbox));
    var up = CommandResult.of("up", "--data", data, "--inbox", inbox);
    assertThat(up.exitCode()).as(up.err()).isZero();
  }

  @AfterAll
  static void stopIt() {
    CommandResult.of("down");
  }

  @Test
  void aJobIsUploadedWatchedLookedAtReplayedAndReported() throws Exception {
    var file = Samples.file("consignment-digital").toString();
    var id = ok("upload", file).substring(0, 36);
    ok("watch", id);
    assertThat(ok("jobs", "--status", "processed")).contains(id, "consignment-digital.pdf");
    assertThat(ok("job", id.substring(0, 12))).contains(
      "2 pages, 2 classified, 2 read",
      "VAC/25-26/66511",
      "classify"
    );

    assertThat(
      json(ok("page", id, "2"))
        .path("doc_type")
        .asText()
    ).isEqualTo("eway_bill");
    var image = folder.resolve("page-2.png");
    ok("page", id, "2", "--image", image.toString());
    assertThat(ImageIO.read(image.toFile()).getWidth()).isGreaterThan(1_000);
    assertThat(
      ok("logs", id, "--page", "2")
        .lines()
        .map(line -> line.split(" +", -1)[2])
    )
      .as("what happened to page 2")
      .containsExactly("STEP", "classify", "read");

    ok("replay", id, "--pages", "2", "--ignore-cache");
    var watched = json(ok("watch", id, "--json"));
    assertThat(watched.path("id").asText()).isEqualTo(id);
    assertThat(watched.at("/state/status").asText()).isEqualTo("processed");
    var job = json(ok("job", id, "--json"));
    assertThat(job.at("/job/attempt").asInt()).isEqualTo(2);
    assertThat(job.at("/docs")).hasSize(2);

    var report = folder.resolve("report.html");
    ok("report", id, "--out", report.toString());
    assertThat(Files.readString(report)).contains(
      "VAC/25-26/66511",
      "data:image/png;base64,",
      "\"box\":{\"x\":"
    );
    assertThat(ok("status")).contains("EMBEDDED", "processed=");
  }

  @Test
  void whatIsApprovedIsExportedOnce() throws Exception {
    assertThat(CommandResult.of("export", "--format", "xlsx").exitCode()).isEqualTo(2);
    assertThat(CommandResult.of("export", "--since", "yesterday").err()).contains(
      "is not what an export prints"
    );
    assertThat(CommandResult.of("export", "--out", "no-such/x.csv").err()).contains(
      "There is no folder"
    );
    var none = CommandResult.of("export", "--user", UUID.randomUUID().toString());
    assertThat(none.err()).contains("Nothing is approved", "--review any");

    var id = ok("upload", Samples.file("consignment-digital").toString()).substring(0, 36);
    ok("watch", id);
    var any = CommandResult.of("export", "--review", "any");
    assertThat(any.out()).contains(id, "consignment-digital.pdf", "VAC/25-26/66511");

    assertThat(ok("find", "vac/25-26", "--type", "bill")).contains(id.substring(0, 8), "66511");
    assertThat(ok("find", "no", "such", "words", "anywhere")).contains("No page is like that");
    ok("doc", "approve", id, "1");
    assertThat(ok("find", "--review", "approved", "--json")).contains(id);
    var file = folder.resolve("approved.xlsx");
    var approved = CommandResult.of("export", "--format", "xlsx", "--out", file.toString());
    assertThat(approved.exitCode()).isZero();
    assertThat(Files.readAllBytes(file)).startsWith('P', 'K');
    var cursor = approved.err().replaceFirst("(?s).*--since (\\S+).*", "$1");
    assertThat(CommandResult.of("export", "--since", cursor).err()).contains(
      "Nothing has come since"
    );
    assertThat(ok("export", "--format", "tally-xml")).contains("VAC/25-26/66511", "<VOUCHER");
  }

  @Test
  void whatWasCorrectedAndApprovedIsALabelledDocument() throws Exception {
    var id = ok("upload", Samples.file("consignment-digital").toString()).substring(0, 36);
    ok("watch", id);
    ok("doc", "correct", id, "1", "invoice_number=INV-77", "seller/name=Vindhya Motors");
    ok("doc", "approve", id, "1");

    assertThat(ok("corrections", "list"))
      .containsPattern("bill +invoice_number +[1-9]")
      .containsPattern("bill +seller name +[1-9]");
    var ours = folder.resolve("ours");
    assertThat(ok("corrections", "export", ours.toString(), "--corrected")).contains(
      "billstep eval " + ours
    );
    var document = ours.resolve(id.substring(0, 8) + "-consignment-digital.pdf");
    assertThat(document).hasSameBinaryContentAs(Samples.file("consignment-digital"));
    var eval = json(ok("eval", ours.toString(), "--direct", "--json"));
    assertThat(eval.findPath("misses").valueStream())
      .as("what was read wrongly, as it was corrected")
      .anySatisfy(miss -> assertThat(miss.path("expected").asText()).isEqualTo("INV-77"))
      .anySatisfy(miss -> assertThat(miss.path("expected").asText()).isEqualTo("Vindhya Motors"));
  }

  @Test
  void aPageIsCorrectedAndApprovedAndReplaysLeaveItAlone() throws Exception {
    var id = ok("upload", Samples.file("consignment-digital").toString()).substring(0, 36);
    ok("watch", id);
    assertThat(refused("doc", "correct", id, "1", "grand_total=ten")).contains(
      "\"ten\" is not a number"
    );
    assertThat(
      ok(
        "doc",
        "correct",
        id,
        "1",
        "invoice_number=INV-7",
        "grand_total=1,18,000/-",
        "--as",
        "Asha"
      )
    )
      .containsPattern("/invoice_number +INV-7 +VAC/25-26/66511 +Asha")
      .containsPattern("\n/grand_total Taxable value");
    assertThat(ok("doc", "approve", id, "1", "--as", "Asha")).contains("approved by Asha");
    assertThat(ok("job", id)).contains("INV-7", "118000", "draft_pending, approved");
    assertThat(refused("doc", "correct", id, "1", "invoice_number=INV-8")).contains(
      "Open it for review again"
    );
    assertThat(refused("replay", id, "--pages", "1")).contains("--approved-too");
    ok("replay", id, "--ignore-cache");
    ok("watch", id);
    assertThat(
      json(ok("doc", "show", id, "1", "--json"))
        .at("/doc/review")
        .asText()
    ).isEqualTo("approved");
    assertThat(refused("replay", id, "--model", "openai/gpt-4.1")).contains("no key for openai");
    assertThat(ok("job", id)).contains("processed: 2 pages");
    ok("doc", "reopen", id, "1");
    assertThat(ok("doc", "correct", id, "1", "invoice_number", "--take-back")).containsPattern(
      "/invoice_number +VAC/25-26/66511 *\n"
    );
  }

  @Test
  void aJobThatFailedIsTriedAgain() throws Exception {
    var letter = Files.writeString(folder.resolve("letter.pdf"), "Dear Sir or Madam,");
    var id = ok("upload", letter.toString()).substring(0, 36);
    assertThat(CommandResult.of("watch", id).exitCode())
      .as("a job that ended as error")
      .isEqualTo(1);
    assertThat(ok("job", id)).contains("is no document or picture that can be read");
    assertThat(ok("retry", id)).contains("is being tried again", "billstep watch");
    assertThat(CommandResult.of("watch", id).exitCode()).isEqualTo(1);
    assertThat(refused("cancel", id)).contains("has no run to stop: it is error");
  }

  @Test
  void jobsAreDeletedByWhoSaysYes() throws Exception {
    var letter = Files.writeString(folder.resolve("letter.pdf"), "Dear Sir or Madam,");
    var one = ok("upload", letter.toString()).substring(0, 36);
    var other = ok("upload", letter.toString()).substring(0, 36);
    CommandResult.of("watch", one);
    CommandResult.of("watch", other);
    var asked = CommandRun.start(folder, Map.of(), "delete", one, other);
    try (var answer = asked.process().outputWriter()) {
      answer.write("no\n");
    }
    assertThat(asked.exitCode()).isEqualTo(1);
    assertThat(asked.err()).contains("This deletes 2 jobs with 0 pages", "Nothing was deleted.");
    ok("job", one);

    assertThat(ok("delete", one, other, "--yes", "--as", "Omar")).contains(
      "Job %s is deleted.".formatted(one),
      "Job %s is deleted.".formatted(other)
    );
    assertThat(refused("job", one)).contains("There is no job");
    assertThat(refused("delete", one, "--yes")).contains("There is no job");
  }

  @Test
  void aJobWithApprovedPagesIsDeletedOnlyWhereThatIsSaid() throws Exception {
    var id = ok("upload", Samples.file("consignment-digital").toString()).substring(0, 36);
    ok("watch", id);
    ok("doc", "approve", id, "1", "--as", "Asha");
    var kept = CommandResult.of("delete", id, "--yes", "--json");
    assertThat(kept.exitCode()).isEqualTo(1);
    assertThat(json(kept.out()).at("/0/refused").asText()).contains("Approved, and so not deleted");
    var gone = json(ok("delete", id, "--yes", "--approved-too", "--json"));
    assertThat(gone.at("/0/pages").asInt()).isEqualTo(2);
    assertThat(gone.at("/0/approved").asInt()).isEqualTo(1);
  }

  @Test
  void aFolderIsUploadedAndWhatIsNotThereKeepsNothingBack() throws Exception {
    var scans = folder.resolve("scans");
    var march = Files.createDirectories(scans.resolve("march"));
    Files.copy(Samples.file("consignment-digital"), march.resolve("one.PDF"));
    Files.writeString(march.resolve("notes.txt"), "no document");
    var upload = CommandResult.of("upload", "no-such.pdf", scans.toString());
    assertThat(upload.exitCode()).as("one was left out").isEqualTo(1);
    assertThat(upload.err()).contains("There is no readable file no-such.pdf");
    assertThat(upload.out()).hasLineCount(1).contains("one.PDF");
    ok("watch", upload.out().substring(0, 36));
  }

  @Test
  void whatIsPutIntoTheInboxBecomesJobs() throws Exception {
    var inbox = folder.resolve("inbox");
    assertThat(ok("status")).containsPattern("inbox +" + inbox);
    Files.copy(Samples.file("consignment-digital"), inbox.resolve("inbox-scan.pdf"));
    Files.write(inbox.resolve("inbox-march.zip"), zipped("shop/inbox-bill.pdf", "inbox-notes.txt"));
    Files.writeString(inbox.resolve("inbox-empty.eml"), "Subject: Hello\r\n\r\nNo bill today.");

    await()
      .atMost(Duration.ofMinutes(2))
      .untilAsserted(() -> {
        assertThat(inbox.resolve("uploaded/inbox-scan.pdf")).exists();
        assertThat(inbox.resolve("uploaded/inbox-march.zip")).exists();
        assertThat(inbox.resolve("refused/inbox-empty.eml")).exists();
      });
    assertThat(inbox.resolve("uploaded/inbox-march.zip.why.txt"))
      .content()
      .contains("inbox-march.zip/inbox-notes.txt: It is neither a PDF nor a picture");
    var jobs = json(ok("jobs", "--json"))
      .valueStream()
      .filter(job -> job.path("file_name").asText().startsWith("inbox-"))
      .toList();
    assertThat(jobs)
      .extracting(job -> job.path("file_name").asText())
      .containsExactlyInAnyOrder("inbox-scan.pdf", "inbox-bill.pdf");
    for (var job : jobs) {
      ok("watch", job.path("id").asText());
    }
    assertThat(refused("up", "--inbox", folder.toString())).contains(
      "The stack is running already, with another inbox: " + inbox
    );
    var mailbox = "imaps://clerk@imap.firm.example";
    assertThat(CommandResult.of("up", "--mail", mailbox).err()).contains("--inbox DIR");
    assertThat(
      CommandResult.of("up", "--mail", mailbox, "--inbox", inbox.toString()).err()
    ).contains("billstep keys set mail");
  }

  @Test
  void aZipIsUploadedAsTheDocumentsInIt() throws Exception {
    var bytes = zipped("shop/zip-bill.pdf", "zip-notes.txt");
    var file = Files.write(folder.resolve("april.zip"), bytes);
    var upload = CommandResult.of("upload", file.toString());
    assertThat(upload.exitCode()).as("one was left out").isEqualTo(1);
    assertThat(upload.out()).hasLineCount(1).contains("april.zip/shop/zip-bill.pdf");
    assertThat(upload.err()).contains("april.zip/zip-notes.txt");
    ok("watch", upload.out().substring(0, 36));

    var request = HttpRequest.newBuilder(
      URI.create(part("review")).resolve("/api/jobs?name=april.zip")
    ).POST(BodyPublishers.ofByteArray(bytes));
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(201);
      var said = json(answer.body());
      assertThat(said.at("/jobs/0/file").asText()).isEqualTo("april.zip/shop/zip-bill.pdf");
      assertThat(said.at("/leftOut/0/name").asText()).isEqualTo("april.zip/zip-notes.txt");
      ok("watch", said.path("id").asText());
    }
  }

  /** A sample and a text. */
  private static byte[] zipped(String document, String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(document));
      Files.copy(Samples.file("consignment-digital"), zip);
      zip.putNextEntry(new ZipEntry(text));
      zip.write('x');
    }
    return bytes.toByteArray();
  }

  @Test
  void aRunThatIsCancelledSaysSo() throws Exception {
    var id = ok("upload", Samples.file("mixed-scanned").toString()).substring(0, 36);
    await().until(() -> ok("job", id).contains("processing"));
    assertThat(refused("retry", id)).contains("is being processed already");
    ok("cancel", id);
    CommandResult.of("watch", id);
    assertThat(
      json(ok("job", id, "--json"))
        .at("/job/error")
        .asText()
    ).isEqualTo("Cancelled");
    assertThat(ok("jobs", "--status", "error")).contains("The job was cancelled.");
    assertThat(ok("retry", id)).contains("billstep watch " + id.substring(0, 8));
    ok("watch", id);
  }

  @Test
  void aModelWithoutItsKeyIsRefused() {
    assertThat(
      refused("settings", "set", "model", "{\"provider\": \"openai\", \"model\": \"gpt-4.1\"}")
    ).contains("The stack has no key for openai", "billstep keys set openai");
    assertThat(ok("settings", "get", "model")).contains("offline");
  }

  @Test
  void whatWasTypedWrongIsSaidInAFewLines() {
    var wrong = CommandResult.of("jobs", "--stats", "error");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("--stats", "billstep jobs --help").hasLineCount(3);
    assertThat(ok("jobs", "--since", "1m", "--status", "waiting")).contains("No job is like that");
  }

  @Test
  void whatIsScrapedIsWhatTheRowsSay() throws Exception {
    var letter = Files.writeString(folder.resolve("note.pdf"), "Dear Sir or Madam,");
    var failed = ok("upload", letter.toString()).substring(0, 36);
    CommandResult.of("watch", failed);
    var read = ok("upload", Samples.file("consignment-digital").toString()).substring(0, 36);
    ok("watch", read);

    var metrics = metrics();
    var rows = json(ok("jobs", "--json"));
    long errors = rows
      .valueStream()
      .filter(row -> row.path("error").asText().equals("UploadRejected.NotADocument"))
      .count();
    assertThat(metrics).contains(
      "billstep_job_failures_total{error=\"UploadRejected.NotADocument\"} %d.0".formatted(errors),
      "# TYPE billstep_model_call_duration_seconds histogram"
    );
    long processed = rows
      .valueStream()
      .filter(row -> row.path("status").asText().equals("processed"))
      .count();
    assertThat(metrics).contains(
      "billstep_jobs{status=\"processed\"} %d.0".formatted(processed),
      "billstep_pages_processed_total{doc_type=\"bill\",outcome=\"read\"} %d.0".formatted(processed)
    );
  }

  private static String metrics() throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(part("metrics"))).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  /** Where a part of the stack is. */
  private static String part(String name) throws Exception {
    return ok("status")
      .lines()
      .filter(line -> line.startsWith(name + " "))
      .map(line -> line.substring(line.indexOf("http")))
      .findFirst()
      .orElseThrow();
  }

  /** The same words, where the stacks are those of an account: here the emulator's. */
  @Test
  void anAccountsJobsAreWorkedWithInTheSameWords() throws Exception {
    var account = Map.of(
      "AWS_ENDPOINT_URL",
      part("AWS"),
      "AWS_ACCESS_KEY_ID",
      "test",
      "AWS_SECRET_ACCESS_KEY",
      "test",
      "AWS_REGION",
      "ap-south-1",
      "BILLSTEP_STACK",
      "aws",
      "BILLSTEP_STAGE",
      "dev"
    );
    var user = UUID.randomUUID().toString();
    var file = Samples.file("consignment-digital").toString();
    var uploaded = run(account, "upload", "--user", user, file);
    assertThat(uploaded.exitCode()).as(uploaded.err()).isZero();
    var id = uploaded.out().substring(0, 36);
    assertThat(run(account, "watch", id).exitCode()).isZero();
    assertThat(run(account, "jobs", "--user", user, "--since", "1h").out()).contains(id);
    assertThat(run(account, "jobs", "--user", user, "--since", "2999-01-01").out()).doesNotContain(
      id
    );
    assertThat(run(account, "job", id).out()).contains("VAC/25-26/66511", "STATE", "Persist");
    assertThat(run(account, "sweep", "--dry-run").out()).contains("would be deleted");
    assertThat(run(account, "status").out()).contains("state machine", "processed=");
    assertThat(run(account, "doctor").out())
      .as("the offline reader is not deployed to accounts")
      .contains("FAULT model ", "no provider \"offline\"");

    var elsewhere = run(account, "jobs", "--stage", "prod");
    assertThat(elsewhere.exitCode()).isEqualTo(1);
    assertThat(elsewhere.err())
      .contains("Billstep-prod-Pipeline", "--stage")
      .doesNotContain("\tat ");
  }

  @Test
  void theReviewPageInABrowser() throws Exception {
    assumeTrue(CHROMIUM.isPresent(), NO_CHROMIUM);
    var schema = (ObjectNode) json(ok("schemas", "show", "bill"));
    ((ObjectNode) schema.path("properties")).remove("place_of_supply");
    schema.set(
      "required",
      Json.mapper().valueToTree(
        schema
          .path("required")
          .valueStream()
          .map(JsonNode::asText)
          .filter(name -> !name.equals("place_of_supply"))
          .toList()
      )
    );
    var file = Files.writeString(folder.resolve("bill.json"), Json.text(schema));
    assertThat(ok("schemas", "add", "bill", file.toString())).contains("bill version 3");
    assertThat(ok("schemas", "list")).containsPattern("bill +3 ");

    var project = Project.ofSystemProperty().home();
    inBrowser(
      "review.mjs",
      part("review"),
      Samples.file("mixed-scanned").toString(),
      "SBT/25-26/65079",
      "3",
      Files.createDirectories(project.resolve("localstack/target/review")).toString()
    );
  }

  @Test
  void reviewersCorrectSortAndApproveAtTheDesk() throws Exception {
    assumeTrue(CHROMIUM.isPresent(), NO_CHROMIUM);
    var shots = Project.ofSystemProperty().home().resolve("localstack/target/review");
    inBrowser(
      "desk.mjs",
      part("review"),
      Samples.file("mixed-scanned").toString(),
      Samples.file("consignment-digital").toString(),
      Files.createDirectories(shots).toString()
    );
  }

  @Test
  void whichPagesBelongTogetherIsSaidAtTheDesk() throws Exception {
    assumeTrue(CHROMIUM.isPresent(), NO_CHROMIUM);
    var shots = Project.ofSystemProperty().home().resolve("localstack/target/review");
    inBrowser(
      "desk-documents.mjs",
      part("review"),
      Samples.file("consignment-digital").toString(),
      Files.createDirectories(shots).toString()
    );
  }

  @Test
  void theListIsSearchedSortedAndWorkedThrough() throws Exception {
    assumeTrue(CHROMIUM.isPresent(), NO_CHROMIUM);
    var shots = Project.ofSystemProperty().home().resolve("localstack/target/review");
    inBrowser(
      "list.mjs",
      part("review"),
      Samples.file("consignment-scanned").toString(),
      Files.createDirectories(shots).toString()
    );
  }

  @Test
  void usersSignInAndDoWhatTheirRoleLetsThem() throws Exception {
    assumeTrue(CHROMIUM.isPresent(), NO_CHROMIUM);
    var id = ok("upload", Samples.file("consignment-digital").toString()).substring(0, 36);
    ok("watch", id);
    var password = "seven kites over Guntur";
    var shots = Project.ofSystemProperty().home().resolve("localstack/target/review");
    try {
      add("Asha", "reviewer", password);
      add("Omar", "operator", password);
      inBrowser(
        "users.mjs",
        URI.create(part("review")).resolve("/").toString(),
        id,
        password,
        Files.createDirectories(shots).toString()
      );
      assertThat(ok("audit")).contains(
        "added a user",
        "signed in",
        "was not let in",
        "is locked out",
        "asked for what is not theirs to do",
        "POST /api/docs/",
        "set a password",
        "signed out",
        "POST /api/jobs"
      );
    } finally {
      CommandResult.of("users", "remove", "Asha");
      CommandResult.of("users", "remove", "Omar");
    }
  }

  private void add(String name, String role, String password) throws Exception {
    var run = CommandRun.start(folder, Map.of(), "users", "add", name, "--role", role);
    try (var in = run.process().outputWriter()) {
      in.write(password + "\n");
    }
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void aPageOfAnotherSiteInABrowserGetsNothing() throws Exception {
    assumeTrue(CHROMIUM.isPresent(), NO_CHROMIUM);
    var stack = StackDescriptor.find(Project.ofSystemProperty()).orElseThrow();
    var aws = stack.aws();
    var functions = Files.readString(stack.folder().resolve("functions.port"));
    var signature =
      "AWS4-HMAC-SHA256 Credential=test/20260101/ap-south-1/secretsmanager/aws4_request, " +
      "SignedHeaders=host, Signature=0";
    var said = inBrowser(
      "other-site.mjs",
      Json.text(
        List.of(
          request(
            "the keys' secret",
            aws.resolve("/"),
            Map.of(
              "Authorization",
              signature,
              "X-Amz-Target",
              "secretsmanager.GetSecretValue",
              "Content-Type",
              "application/x-amz-json-1.1"
            ),
            Json.text(Map.of("SecretId", stack.outputs().keysSecret()))
          ),
          request(
            "a function",
            aws.resolve("/2015-03-31/functions/any/invocations"),
            Map.of("Authorization", signature.replace("secretsmanager", "lambda")),
            "{}"
          ),
          request(
            "the rows",
            stack.supabase().resolve("/rest/v1/rpc/operating_figures"),
            Map.of("apikey", "guessed"),
            "{}"
          ),
          request(
            "the function host",
            URI.create("http://127.0.0.1:%s/functions/x".formatted(functions)),
            Map.of("Authorization", "Bearer guessed"),
            "{}"
          ),
          request("metrics", stack.metrics(), Map.of("X-Any", "any"), "{}"),
          request(
            "the review page",
            stack.review().getFirst().resolve("/api/jobs?name=x.pdf"),
            Map.of(),
            "%PDF"
          )
        )
      )
    );
    assertThat(said).contains("6 servers refused");
  }

  private static Map<String, Object> request(
    String name,
    URI url,
    Map<String, String> headers,
    String body
  ) {
    return Map.of("name", name, "url", url, "method", "POST", "headers", headers, "body", body);
  }

  /** Runs a script with a browser, and gives what it says. */
  private static String inBrowser(String script, String... arguments) throws Exception {
    var chromium = CHROMIUM.orElseThrow();
    var command = new ArrayList<>(
      List.of(
        "node",
        Project.ofSystemProperty().home().resolve("cli/src/test/browser").resolve(script).toString()
      )
    );
    command.addAll(List.of(arguments));
    var browser = new ProcessBuilder(command).redirectErrorStream(true);
    browser.environment().put("CHROMIUM", chromium.toString());
    var process = browser.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void theReviewPageIsForThisMachineAndNotForPagesOfOtherSites() throws Exception {
    var review = URI.create(part("review"));
    assertThat(status(HttpRequest.newBuilder(review))).isEqualTo(200);
    var jobs = HttpRequest.newBuilder(review.resolve("/api/jobs?name=bill.pdf"));
    assertThat(
      status(
        jobs.copy().header("Origin", "http://example.com").POST(BodyPublishers.ofString("%PDF"))
      )
    ).isEqualTo(403);
    assertThat(status(jobs.copy().method("PUT", BodyPublishers.noBody()))).isEqualTo(405);
    assertThat(status(HttpRequest.newBuilder(review.resolve("/api/jobs/1")))).isEqualTo(404);
    var nobody = "/api/jobs/%s/retry".formatted(UUID.randomUUID());
    assertThat(
      status(HttpRequest.newBuilder(review.resolve(nobody)).POST(BodyPublishers.noBody()))
    ).isEqualTo(404);
    for (var name : List.of("a%2Fb.pdf", "a%00b.pdf", "a".repeat(2_000))) {
      assertThat(
        status(
          HttpRequest.newBuilder(review.resolve("/api/jobs?name=" + name)).POST(
            BodyPublishers.ofString("%PDF")
          )
        )
      )
        .as("the name " + name)
        .isEqualTo(400);
    }
  }

  @Test
  void anUploadOnTheReviewPageMayBeAsLargeAsTheSettingSays() throws Exception {
    var limits = (ObjectNode) json(ok("settings", "get", "split.limits"));
    ok("settings", "set", "split.limits", Json.text(limits.deepCopy().put("maxBytes", 100)));
    try {
      var upload = HttpRequest.newBuilder(
        URI.create(part("review")).resolve("/api/jobs?name=b.pdf")
      );
      assertThat(status(upload.POST(BodyPublishers.ofString("%PDF" + " ".repeat(97))))).isEqualTo(
        413
      );
    } finally {
      ok("settings", "set", "split.limits", Json.text(limits));
    }
  }

  private static int status(HttpRequest.Builder request) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void aSettingIsChangedAndWhatItSaidBeforeIsKept() throws Exception {
    assertThat(ok("settings", "get", "classify.batch_size").strip()).isEqualTo("4");
    assertThat(refused("settings", "set", "batch", "true"))
      .contains("the provider \"offline\" has no batch interface")
      .contains("choose another model");
    assertThat(ok("settings", "get", "batch").strip()).isEqualTo("false");
    ok("settings", "set", "classify.batch_size", "2");
    assertThat(ok("settings", "get")).contains("classify.batch_size  2");
    assertThat(ok("settings", "history", "classify.batch_size")).contains("  4");
    assertThat(refused("settings", "set", "nothing", "1")).contains("There is no setting");
    assertThat(CommandResult.of("settings", "set", "model", "{").exitCode()).isEqualTo(2);
    assertThat(refused("settings", "set", "classify.batch_size", "0")).contains(
      "classify.batch_size"
    );
    assertThat(ok("settings", "get", "classify.batch_size").strip()).isEqualTo("2");
  }

  @Test
  void anotherProgramIsToldOfEvents() throws Exception {
    var answers = new ConcurrentLinkedQueue<Integer>();
    var signatures = new ConcurrentLinkedQueue<String>();
    var receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", exchange -> {
      signatures.add(exchange.getRequestHeaders().getFirst("webhook-signature"));
      exchange.sendResponseHeaders(Optional.ofNullable(answers.poll()).orElse(204), -1);
      exchange.close();
    });
    receiver.start();
    var address = "http://localhost:%d/hook".formatted(receiver.getAddress().getPort());
    try {
      assertThat(refused("webhooks", "test")).contains("No webhook is set", "settings set webhook");
      assertThat(refused("settings", "set", "webhook", address)).contains(
        "no secret to sign events with",
        "billstep webhooks secret"
      );
      assertThat(ok("webhooks", "secret")).startsWith("whsec_");
      assertThat(refused("settings", "set", "webhook", "http://example.com/")).contains("https://");
      ok("settings", "set", "webhook", address);
      assertThat(ok("webhooks", "test")).contains("was sent and taken");

      answers.add(500);
      assertThat(CommandResult.of("webhooks", "test").out())
        .contains("was not taken. localhost answered 500.")
        .doesNotContain("tried again");
      assertThat(ok("webhooks", "list")).contains("webhook.test", "given up after 1 attempt");
      assertThat(CommandResult.of("webhooks", "retry").exitCode()).isEqualTo(2);
      ok("webhooks", "retry", "--all");
      assertThat(ok("webhooks", "list")).contains("Nothing has failed");
      assertThat(ok("webhooks", "list", "--all")).contains("sent");
      assertThat(signatures).allMatch(signature -> signature.matches("v1,[A-Za-z0-9+/]{43}="));

      assertThat(refused("webhooks", "secret", "--finish")).contains("one secret alone");
      ok("webhooks", "secret");
      assertThat(ok("webhooks", "secret", "--finish")).contains("is forgotten");
    } finally {
      ok("settings", "set", "webhook", "none");
      receiver.stop(0);
    }
  }

  @Test
  void whatIsNotThereIsNamed() throws Exception {
    assertThat(refused("job", "zzz")).contains("There is no job \"zzz\"", "billstep jobs");
    var file = Samples.file("consignment-digital").toString();
    var id = ok("upload", file).substring(0, 36);
    ok("watch", id);
    assertThat(refused("retry", id)).contains("was processed", "billstep replay");
    assertThat(refused("replay", id, "--schema-version", "7")).contains("version 7");
    assertThat(refused("page", id, "7")).contains("has no page 7: it has 2");
    assertThat(CommandResult.of("upload", "no-such.pdf").exitCode()).isEqualTo(2);
  }

  private static String ok(String... arguments) {
    var run = CommandResult.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  private static String refused(String... arguments) {
    var run = CommandResult.of(arguments);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).doesNotContain("\tat ");
    return run.err();
  }

  /** As a process: AWS's clients know an account by their environment. */
  private static CommandRun run(Map<String, String> environment, String... arguments)
    throws Exception {
    var run = CommandRun.start(folder, environment, arguments);
    run.exitCode();
    return run;
  }

  private static JsonNode json(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }
}
