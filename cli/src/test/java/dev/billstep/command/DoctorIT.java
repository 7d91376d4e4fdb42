package dev.billstep.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.doctor.Diagnosis;
import dev.billstep.doctor.Diagnosis.Fault;
import dev.billstep.doctor.Diagnosis.Finding;
import dev.billstep.doctor.Diagnosis.Sound;
import dev.billstep.doctor.StackExamination;
import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.it.ModelServer;
import dev.billstep.it.OnEmbeddedStack;
import dev.billstep.it.TestDatabase;
import dev.billstep.it.TestJob;
import dev.billstep.json.Json;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.stack.DeployedStack;
import dev.billstep.stack.StackLogs;
import dev.billstep.stack.StackOutputs;
import dev.billstep.supabase.SupabaseClient;
import dev.billstep.supabase.SupabaseLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EventBridgeConfiguration;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Faults that are planted, one at a time: each is found, and nothing else is called one. */
@ResourceLock("the stack that is kept running")
@ExtendWith(OnEmbeddedStack.class)
class DoctorIT {

  @TempDir
  static Path folder;

  private final EmbeddedStack stack;
  private final String secretBefore;
  private Undoing undoing = () -> {};

  DoctorIT(EmbeddedStack stack) {
    this.stack = stack;
    this.secretBefore = secret();
  }

  @AfterEach
  void mend() throws SQLException {
    undoing.undo();
  }

  @Test
  void ofASoundStackNothingIsCalledAFault() {
    assertThat(faults(stack)).isEmpty();
  }

  @Test
  void uploadsThatTellNobody() {
    var bucket = stack.outputs().uploadBucket();
    try (var s3 = stack.s3()) {
      s3.putBucketNotificationConfiguration(put ->
        put.bucket(bucket).notificationConfiguration(none -> {})
      );
      undoing = () -> sendEvents(bucket);
      assertFault(stack, "AWS: upload bucket", "sends no events");
    }
  }

  private void sendEvents(String bucket) {
    try (var s3 = stack.s3()) {
      s3.putBucketNotificationConfiguration(put ->
        put
          .bucket(bucket)
          .notificationConfiguration(to ->
            to.eventBridgeConfiguration(EventBridgeConfiguration.builder().build())
          )
      );
    }
  }

  @Test
  void aBucketOfPagesThatIsGone() {
    var now = stack.outputs();
    var gone = new StackOutputs(
      now.uploadBucket(),
      "no-such-bucket-of-pages",
      now.keysSecret(),
      now.stateMachine(),
      now.sweepBlobs(),
      now.sendEvents()
    );
    assertFault(new Misled(stack, stack.supabase(), gone), "AWS: page bucket", "");
  }

  @Test
  void aStateMachineThatIsGone() {
    var now = stack.outputs();
    var gone = new StackOutputs(
      now.uploadBucket(),
      now.pageBucket(),
      now.keysSecret(),
      now.stateMachine() + "x",
      now.sweepBlobs(),
      now.sendEvents()
    );
    assertFault(new Misled(stack, stack.supabase(), gone), "AWS: state machine", "");
  }

  @Test
  void aSecretWithoutSupabasesKey() {
    putSecret("{}");
    assertFault(stack, "AWS: keys", "it has no \"supabase_key\"");
  }

  @Test
  void aSecretThatIsNoJson() {
    putSecret("sb_secret_pasted_as_it_is");
    assertThat(assertFault(stack, "AWS: keys", "it is not JSON").toString())
      .as("a secret is never shown")
      .doesNotContain("pasted");
  }

  @Test
  void aKeyThatSupabaseDoesNotTake() {
    var refused = new SupabaseClient(
      stack.database().url(),
      () -> "sb_secret_of_another_project",
      SupabaseLimits.DEFAULT
    );
    assertFault(new Misled(stack, refused, stack.outputs()), "Supabase", "401");
  }

  @Test
  void aSupabaseThatDoesNotAnswer() {
    var nowhere = new SupabaseClient(
      URI.create("http://127.0.0.1:9"),
      () -> "key",
      SupabaseLimits.DEFAULT
    );
    assertFault(new Misled(stack, nowhere, stack.outputs()), "Supabase", "");
  }

  @Test
  void aDatabaseWithoutTheNewestMigration() throws SQLException {
    plant("ALTER TABLE \"Figure\" RENAME TO hidden", "ALTER TABLE hidden RENAME TO \"Figure\"");
    assertFault(stack, "database", "Figure");
  }

  @Test
  void aSettingThatNoJobCanBeStartedWith() throws SQLException {
    plantSetting("classify.batch_size", "0");
    assertFault(stack, "settings", "classify.batch_size");
  }

  /** It may be on its way: its pages are unknown ones until then, and everything else goes on. */
  @Test
  void aDocTypeWithoutAnActiveSchemaIsNamedAndIsNoFault() throws SQLException {
    plant(
      "UPDATE \"DocTypeSchema\" SET active = false WHERE doc_type = 'bill'",
      "UPDATE \"DocTypeSchema\" SET active = true WHERE doc_type = 'bill' AND version = 1"
    );
    assertThat(finding(stack, "settings")).isInstanceOfSatisfying(Sound.class, sound ->
      assertThat(sound.detail()).endsWith("none yet of bill")
    );
    assertThat(faults(stack)).isEmpty();
  }

  @Test
  void aModelOfAProviderThatIsNotThere() throws SQLException {
    plantSetting("model", "{\"provider\": \"crystal-ball\", \"model\": \"one\"}");
    assertFault(stack, "model", "crystal-ball");
  }

  @Test
  void aModelWhoseKeyIsMissing() throws SQLException {
    plantSetting("model", "{\"provider\": \"openai\", \"model\": \"gpt-4.1\"}");
    assertThat(assertFault(stack, "model's key", "openai_api_key").remedy()).isEqualTo(
      "billstep keys set openai"
    );
  }

  /** A model that is named and has its key may not be there all the same. */
  @Test
  void aModelIsAskedOnce() throws SQLException {
    try (var server = ModelServer.start()) {
      putSecret("{\"supabase_key\": \"k\", \"openai_api_key\": \"sk-1\"}");
      var secret = undoing;
      plantSetting(
        "model",
        "{\"provider\": \"openai\", \"model\": \"gpt-4.1\", \"baseUrl\": \"%s\"}".formatted(
          server.baseUrl()
        )
      );
      var setting = undoing;
      undoing = () -> {
        setting.undo();
        secret.undo();
      };
      assertThat(answer(stack)).isInstanceOfSatisfying(Sound.class, sound ->
        assertThat(sound.detail()).containsPattern(
          "answered in \\d+\\.\\d s: an empty page is \"unknown\"; 1,000 tokens in, 100 out"
        )
      );
      assertThat(server.calls()).hasSize(1);
      assertThat(server.calls().getFirst().authorization()).isEqualTo("Bearer sk-1");

      for (var status : List.of(401, 404, 429, 503)) {
        server.behave(call -> ModelServer.Reply.error(status));
        assertThat(answer(stack)).isInstanceOfSatisfying(Fault.class, fault ->
          assertThat(fault.remedy()).contains(
            switch (status) {
              case 401 -> "billstep keys set openai";
              case 404 -> "settings set model";
              case 429 -> "quota";
              default -> "some minutes";
            }
          )
        );
      }
    }
  }

  private static Finding answer(DeployedStack stack) {
    return finding(stack, "model's answer");
  }

  private static Finding finding(DeployedStack stack, String subject) {
    return examination(stack)
      .diagnoses()
      .stream()
      .filter(diagnosis -> diagnosis.subject().equals(subject))
      .findFirst()
      .orElseThrow()
      .finding();
  }

  @Test
  void aModelThatIsPaused() throws SQLException {
    plant(
      "INSERT INTO \"ModelBreaker\" (model_id, state, reason) VALUES ('offline/ppocr-v6', 'paused', 'too dear')",
      "DELETE FROM \"ModelBreaker\" WHERE model_id = 'offline/ppocr-v6'"
    );
    assertFault(stack, "model", "too dear");
  }

  @Test
  void aJobThatARunHoldsWhichHasEnded() throws SQLException {
    var job = TestJob.uploaded(stack.supabase());
    job.claim("one", "v1", 600);
    plant(
      "UPDATE \"JobThread\" SET lease_until = now() - interval '1 minute' WHERE id = '%s'".formatted(
        job.id()
      ),
      "DELETE FROM \"JobThread\" WHERE id = '%s'".formatted(job.id())
    );
    assertFault(stack, "jobs", "have ended: 1");
  }

  /** Programs on the path that say what an old one says. */
  @ParameterizedTest
  @CsvSource({
    "node, v18.20.4, Node.js",
    "mvn, Apache Maven 3.6.3 (cecedd343002696d0abb50b32b541b8a6ba2883f), Maven",
    "python3, Python 3.8.10, Python",
  })
  void aProgramThatIsTooOld(String program, String says, String subject) throws Exception {
    var old = Files.createTempDirectory(folder, program);
    var script = Files.writeString(old.resolve(program), "#!/bin/sh\necho '%s'\n".formatted(says));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    var doctor = doctor(Map.of("PATH", old + ":" + System.getenv("PATH")));
    assertThat(doctor.exitCode()).isEqualTo(1);
    assertThat(doctor.out()).containsPattern("FAULT +%s +it is \\d".formatted(subject));
  }

  @Test
  void aMachineWithNothingOnItIsToldWhatToInstall() throws Exception {
    var doctor = doctor(Map.of("PATH", "/nowhere"));
    assertThat(doctor.exitCode()).isEqualTo(1);
    assertThat(doctor.out()).contains("apt-get install maven", "apt-get install nodejs npm");
  }

  @Test
  void noStackAtAll() throws Exception {
    var doctor = doctor(Map.of());
    assertThat(doctor.exitCode()).isEqualTo(1);
    assertThat(doctor.out()).contains("FAULT stack", "Start one with: billstep up");
  }

  private static CommandRun doctor(Map<String, String> environment)
    throws IOException, InterruptedException {
    var run = CommandRun.start(folder, environment, "doctor");
    run.exitCode();
    return run;
  }

  private void plant(String statement, String remedy) throws SQLException {
    TestDatabase.sql(stack.database(), statement);
    undoing = () -> TestDatabase.sql(stack.database(), remedy);
  }

  private void plantSetting(String key, String value) throws SQLException {
    var before = stack
      .supabase()
      .selectOne("Settings", Map.of("key", "eq." + key))
      .orElseThrow()
      .path("value");
    var set = "UPDATE \"Settings\" SET value = '%s' WHERE key = '%s'";
    plant(set.formatted(value, key), set.formatted(Json.text(before), key));
  }

  private String secret() {
    try (var secrets = stack.secrets()) {
      return secrets
        .getSecretValue(get -> get.secretId(stack.outputs().keysSecret()))
        .secretString();
    }
  }

  private void putSecret(String text) {
    try (var secrets = stack.secrets()) {
      secrets.putSecretValue(put -> put.secretId(stack.outputs().keysSecret()).secretString(text));
    }
    undoing = () -> putSecret(secretBefore);
  }

  /** What is found is this, and nothing else. */
  private static Fault assertFault(DeployedStack stack, String subject, String problem) {
    var faults = faults(stack);
    assertThat(faults).extracting(Diagnosis::subject).containsExactly(subject);
    var fault = (Fault) faults.getFirst().finding();
    assertThat(fault.problem()).contains(problem);
    assertThat(fault.remedy()).isNotBlank();
    return fault;
  }

  private static StackExamination examination(DeployedStack stack) {
    var providers = ServiceLoader.load(PageModelProvider.class)
      .stream()
      .map(ServiceLoader.Provider::get)
      .toList();
    return new StackExamination(stack, providers, provider -> provider.keyName().isPresent());
  }

  private static List<Diagnosis> faults(DeployedStack stack) {
    return examination(stack).diagnoses().stream().filter(Diagnosis::isFault).toList();
  }

  @FunctionalInterface
  private interface Undoing {
    void undo() throws SQLException;
  }

  /** The stack, as somebody sees it who was told something wrong. */
  private record Misled(
    EmbeddedStack stack,
    SupabaseClient supabase,
    StackOutputs outputs
  ) implements DeployedStack {
    @Override
    public S3Client s3() {
      return stack.s3();
    }

    @Override
    public SfnClient sfn() {
      return stack.sfn();
    }

    @Override
    public LambdaClient lambda() {
      return stack.lambda();
    }

    @Override
    public SecretsManagerClient secrets() {
      return stack.secrets();
    }

    @Override
    public byte[] fetchPage(URI uri) {
      return stack.fetchPage(uri);
    }

    @Override
    public StackLogs logs() {
      return stack.logs();
    }
  }
}
