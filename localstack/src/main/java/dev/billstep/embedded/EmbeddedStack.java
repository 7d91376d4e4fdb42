package dev.billstep.embedded;

import dev.billstep.json.Json;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * The whole stack on one machine: PostgreSQL behind a stand-in for Supabase's REST API, an AWS
 * emulator with everything that the CDK app declares, and a warm JVM, this one, for the functions.
 * All of it listens on loopback alone.
 */
public final class EmbeddedStack implements AutoCloseable {

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Path folder;
  private final EmbeddedDatabase database;
  private final LocalAws aws;
  private final Map<String, String> outputs;

  private final Thread stopAtExit = new Thread(this::closeParts, "stop-the-stack");

  private EmbeddedStack(Project project, PagesRoot pagesRoot, Progress progress) {
    Runtime.getRuntime().addShutdownHook(stopAtExit);
    this.folder = RunFolder.create(project);
    try {
      var python = new PythonEnvironment(project);
      if (!python.isInstalled()) {
        progress.step("install the AWS emulator", python::install);
      }
      this.database = opened(
        progress.step("start PostgreSQL", () -> EmbeddedDatabase.start(project))
      );
      var functions = opened(
        progress.step("start the functions", () -> FunctionHostProcess.start(folder))
      );
      var ministack = opened(
        progress.step("start the AWS emulator", () ->
          Ministack.start(python.python(), folder, functions.uri())
        )
      );
      this.aws = new LocalAws(ministack.endpoint());
      this.outputs = progress.step("deploy the stack", () ->
        deploy(project, database.url(), pagesRoot)
      );
      putKeys();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts everything; what is missing is installed. */
  public static EmbeddedStack start(Project project, PagesRoot pagesRoot, Progress progress) {
    return new EmbeddedStack(project, pagesRoot, progress);
  }

  private synchronized <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  private Map<String, String> deploy(Project project, URI supabaseUrl, PagesRoot pagesRoot) {
    var deployment = new StackDeployment(aws, new CloudAssembly(project.cloudAssembly()));
    return deployment.create(
      Map.of("SupabaseUrl", supabaseUrl.toString(), "PagesRoot", pagesRoot.uri().toString())
    );
  }

  private void putKeys() {
    try (var secrets = aws.secrets()) {
      secrets.putSecretValue(request ->
        request
          .secretId(output("KeysSecretOutput"))
          .secretString(Json.text(Map.of("supabase_key", database.keys().serviceRole())))
      );
    }
  }

  private String output(String name) {
    var value = outputs.get(name);
    if (value == null) {
      throw new StackFailure("The stack has no output " + name);
    }
    return value;
  }

  /** Where the logs of this run are. */
  public Path folder() {
    return folder;
  }

  public String uploadBucket() {
    return output("UploadBucketOutput");
  }

  public String pageBucket() {
    return output("PageBucketOutput");
  }

  public String stateMachineArn() {
    return output("StateMachineOutput");
  }

  public EmbeddedDatabase database() {
    return database;
  }

  public S3Client s3() {
    return aws.s3();
  }

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

  /**
   * Where pages are kept.
   *
   * @param uri {@code file:///{folder}} or {@code s3://{bucket}}
   */
  public record PagesRoot(URI uri) {
    public static PagesRoot folder(Path folder) {
      return new PagesRoot(folder.toAbsolutePath().toUri());
    }
  }
}
