package dev.billstep.embedded;

import dev.billstep.json.Json;
import dev.billstep.page.BlobStore;
import dev.billstep.page.PageStore;
import dev.billstep.secrets.SecretKeys;
import dev.billstep.stack.DeployedStack;
import dev.billstep.stack.StackFailure;
import dev.billstep.stack.StackLogs;
import dev.billstep.stack.StackOutputs;
import dev.billstep.supabase.SupabaseClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * The whole stack on one machine: PostgreSQL behind a stand-in for Supabase's REST API, an AWS
 * emulator with everything that the CDK app declares, and a warm JVM, this one, for the functions.
 * All of it listens on loopback alone.
 */
public final class EmbeddedStack implements DeployedStack, AutoCloseable {

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Path folder;
  private final PagesRoot pagesRoot;
  private final Engine engine;
  private final String pipelineStack;
  private final Optional<DataFolder> kept;
  private final Map<String, String> providerKeys;
  private final EmbeddedDatabase database;
  private final LocalAws aws;
  private final StackDeployment deployment;
  private final Map<String, String> parameters;
  private final Supervision supervision;
  private volatile StackOutputs outputs;
  private volatile Runnable description = () -> {};

  private final Thread stopAtExit = new Thread(this::closeParts, "stop-the-stack");

  private EmbeddedStack(
    Project project,
    Engine engine,
    Pace pace,
    PagesRoot pagesRoot,
    Optional<DataFolder> kept,
    Map<String, String> providerKeys,
    Progress progress
  ) {
    this.pagesRoot = pagesRoot;
    this.engine = engine;
    this.kept = kept;
    Runtime.getRuntime().addShutdownHook(stopAtExit);
    this.folder = RunFolder.create(project);
    this.supervision = new Supervision(folder, Supervision.Backoff.USUAL);
    try {
      pagesRoot.closeToOthers();
      kept.ifPresent(data -> opened(data.hold()));
      kept.ifPresent(data -> keepKeys(data, providerKeys));
      this.providerKeys = providerKeys;
      var emulator = engine.of(project, pace);
      this.pipelineStack = emulator.stackName(CloudAssembly.PIPELINE);
      emulator.install(progress);
      new FunctionClassPath(project).install(progress);
      var starting = opened(
        StartingPart.start(() ->
          progress.step("start PostgreSQL", () ->
            database(project, emulator.runsFunctionsInContainers())
          )
        )
      );
      var objects = kept.map(DataFolder::objects).orElseGet(this::objectsOfThisRun);
      var running = emulator.start(folder, objects, progress);
      running.parts().forEach(this::opened);
      this.database = starting.started();
      this.aws = new LocalAws(running.endpoint());
      this.deployment = new StackDeployment(aws, emulator.assembly(project), emulator::stackName);
      this.parameters = emulator.parameters(database.urlForFunctions(), pagesRoot);
      this.outputs = progress.step("deploy the stacks", this::deployed);
      opened(supervision);
      var interruptedRuns = opened(new InterruptedRuns(this));
      interruptedRuns.startAgain();
      supervise(running.parts(), interruptedRuns);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private StackOutputs deployed() {
    var deployed = StackOutputs.of(deployment.create(parameters));
    putKeys(deployed);
    return deployed;
  }

  private EmbeddedDatabase database(Project project, boolean isForContainers) {
    if (kept.isPresent()) {
      return EmbeddedDatabase.keep(project, kept.get(), StackKeys.of(kept.get()));
    }
    return isForContainers
      ? EmbeddedDatabase.startForContainers(project)
      : EmbeddedDatabase.start(project);
  }

  private Path objectsOfThisRun() {
    var objects = RunFolder.state(folder, "objects");
    opened(() -> RunFolder.deleteState(objects));
    return objects;
  }

  /** Those that were given once are known from then on. */
  private static void keepKeys(DataFolder data, Map<String, String> given) {
    StackKeys.change(data, keys -> keys.with(given, Instant.now()));
  }

  private void supervise(List<AutoCloseable> started, InterruptedRuns interruptedRuns) {
    supervision.watch(database.part(), () -> {});
    for (var each : started) {
      if (each instanceof Part part) {
        supervision.watch(part, () -> {
          if (part.forgetsDeployments()) {
            this.outputs = deployed();
            description.run();
            interruptedRuns.startAgain();
          }
        });
      }
    }
  }

  /**
   * Starts everything; what is missing is installed.
   *
   * @param providerKeys of models' providers, as the keys' secret has them
   */
  public static EmbeddedStack start(
    Project project,
    Engine engine,
    PagesRoot pagesRoot,
    Map<String, String> providerKeys,
    Progress progress
  ) {
    return start(project, engine, Pace.USUAL, pagesRoot, providerKeys, progress);
  }

  /** Starts everything, with its waits at a pace of their own. */
  public static EmbeddedStack start(
    Project project,
    Engine engine,
    Pace pace,
    PagesRoot pagesRoot,
    Map<String, String> providerKeys,
    Progress progress
  ) {
    return new EmbeddedStack(
      project,
      engine,
      pace,
      pagesRoot,
      Optional.empty(),
      providerKeys,
      progress
    );
  }

  /**
   * Starts the stack of a folder, on the embedded engine: all that it has done is there, and what
   * was running when it ended goes on.
   *
   * @param providerKeys of models' providers, beside those that the folder has
   * @throws StackFailure where the folder is in use, or was made by a newer version
   */
  public static EmbeddedStack keep(
    Project project,
    DataFolder data,
    Map<String, String> providerKeys,
    Progress progress
  ) {
    data.make();
    return new EmbeddedStack(
      project,
      Engine.EMBEDDED,
      Pace.USUAL,
      PagesRoot.folder(data.pages()),
      Optional.of(data),
      providerKeys,
      progress
    );
  }

  private synchronized <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  private void putKeys(StackOutputs deployed) {
    // Some may have been added since this stack was started.
    var keys = new HashMap<>(kept.map(data -> StackKeys.of(data).providers()).orElse(providerKeys));
    keys.put(SecretKeys.SUPABASE, database.keys().serviceRole());
    try (var secrets = aws.secrets()) {
      secrets.putSecretValue(request ->
        request.secretId(deployed.keysSecret()).secretString(Json.text(keys))
      );
    }
  }

  /** How its processes are. */
  public List<PartHealth> parts() {
    return supervision.parts();
  }

  @Override
  public StackLogs logs() {
    return engine.logs(folder, aws, pipelineStack);
  }

  /** For {@code AWS_ENDPOINT_URL}. */
  public URI awsEndpoint() {
    return aws.endpoint();
  }

  @Override
  public SecretsManagerClient secrets() {
    return aws.secrets();
  }

  @Override
  public StackOutputs outputs() {
    return outputs;
  }

  public EmbeddedDatabase database() {
    return database;
  }

  @Override
  public SupabaseClient supabase() {
    return database.supabase();
  }

  @Override
  public byte[] fetchPage(URI uri) {
    return aws.fetchPage(uri, outputs.pageBucket(), pagesRoot);
  }

  @Override
  public PageStore pageStore(S3Client s3) {
    return LocalAws.pageStore(s3, outputs.pageBucket(), pagesRoot);
  }

  @Override
  public BlobStore pages(S3Client s3) {
    return LocalAws.pages(s3, outputs.pageBucket(), pagesRoot);
  }

  /**
   * Writes down what another process needs to know to work with this stack's jobs, now and whenever
   * it changes.
   *
   * @param metrics where they are scraped
   * @param review where its jobs are looked at, from this machine first
   */
  public void describedBy(URI metrics, List<URI> review, Optional<Path> inbox, Project project) {
    description = () -> description(metrics, review, inbox).writeDown(project);
    description.run();
  }

  private StackDescriptor description(URI metrics, List<URI> review, Optional<Path> inbox) {
    return new StackDescriptor(
      ProcessHandle.current().pid(),
      engine,
      awsEndpoint(),
      database.url(),
      outputs,
      pagesRoot.uri(),
      pipelineStack,
      folder,
      kept.map(DataFolder::path),
      inbox,
      metrics,
      review
    );
  }

  @Override
  public S3Client s3() {
    return aws.s3();
  }

  @Override
  public LambdaClient lambda() {
    return aws.lambda();
  }

  @Override
  public SfnClient sfn() {
    return aws.sfn();
  }

  /** Stops every part, the last one first. */
  @Override
  public void close() {
    closeParts();
    try {
      Runtime.getRuntime().removeShutdownHook(stopAtExit);
    } catch (IllegalStateException exiting) {
      return; // The hook found nothing more to stop.
    }
  }

  private synchronized void closeParts() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        throw new StackFailure("A part of the stack did not stop: " + e.getMessage(), e);
      }
    }
  }
}
