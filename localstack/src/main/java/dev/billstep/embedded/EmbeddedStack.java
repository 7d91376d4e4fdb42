package dev.billstep.embedded;

import dev.billstep.json.Json;
import dev.billstep.secrets.SecretKeys;
import dev.billstep.stack.DeployedStack;
import dev.billstep.stack.StackFailure;
import dev.billstep.stack.StackLogs;
import dev.billstep.stack.StackOutputs;
import dev.billstep.supabase.SupabaseClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
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
  private final EmbeddedDatabase database;
  private final LocalAws aws;
  private final StackOutputs outputs;

  private final Thread stopAtExit = new Thread(this::closeParts, "stop-the-stack");

  private EmbeddedStack(
    Project project,
    Engine engine,
    Pace pace,
    PagesRoot pagesRoot,
    Map<String, String> providerKeys,
    Progress progress
  ) {
    this.pagesRoot = pagesRoot;
    this.engine = engine;
    Runtime.getRuntime().addShutdownHook(stopAtExit);
    this.folder = RunFolder.create(project);
    try {
      pagesRoot.closeToOthers();
      var aws = engine.of(project, pace);
      this.pipelineStack = aws.stackName(CloudAssembly.PIPELINE);
      aws.install(progress);
      this.database = opened(
        progress.step("start PostgreSQL", () ->
          aws.runsFunctionsInContainers()
            ? EmbeddedDatabase.startForContainers(project)
            : EmbeddedDatabase.start(project)
        )
      );
      var running = aws.start(folder, progress);
      running.parts().forEach(this::opened);
      this.aws = new LocalAws(running.endpoint());
      this.outputs = progress.step("deploy the stacks", () ->
        StackOutputs.of(
          new StackDeployment(this.aws, aws.assembly(project), aws::stackName).create(
            aws.parameters(database.urlForFunctions(), pagesRoot)
          )
        )
      );
      putKeys(providerKeys);
    } catch (RuntimeException e) {
      close();
      throw e;
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
    return new EmbeddedStack(project, engine, pace, pagesRoot, providerKeys, progress);
  }

  private synchronized <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  private void putKeys(Map<String, String> providerKeys) {
    var keys = new HashMap<>(providerKeys);
    keys.put(SecretKeys.SUPABASE, database.keys().serviceRole());
    try (var secrets = aws.secrets()) {
      secrets.putSecretValue(request ->
        request.secretId(outputs.keysSecret()).secretString(Json.text(keys))
      );
    }
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

  /**
   * What another process needs to know to work with this stack's jobs.
   *
   * @param metrics where they are scraped
   * @param review where its jobs are looked at
   */
  public StackDescriptor running(URI metrics, URI review) {
    return new StackDescriptor(
      ProcessHandle.current().pid(),
      engine,
      awsEndpoint(),
      database.url(),
      outputs,
      pagesRoot.uri(),
      pipelineStack,
      folder,
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
