package dev.billstep.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.stack.StackFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A LocalStack that somebody else has started, in a container or not. It gets stacks of their own
 * names for every run, which are deleted at the end; the LocalStack itself is left running.
 */
final class RunningLocalstackEmulator implements Emulator {

  private final Project project;
  private final URI endpoint;
  private final boolean isContainer;
  private final String suffix = "-" + ProcessHandle.current().pid();

  /**
   * Asks the LocalStack what it is.
   *
   * @throws StackFailure where none answers
   */
  RunningLocalstackEmulator(Project project, URI endpoint) {
    this.project = project;
    this.endpoint = endpoint;
    this.isContainer = info(endpoint).path("is_docker").asBoolean();
  }

  private static JsonNode info(URI endpoint) {
    try (var answer = endpoint.resolve("/_localstack/info").toURL().openStream()) {
      return Json.read(answer.readAllBytes(), JsonNode.class);
    } catch (IOException e) {
      throw new StackFailure(
        "LocalStack does not answer at %s, where AWS_ENDPOINT_URL points. Start it, or unset the variable".formatted(
          endpoint
        ) + " to have one started.",
        e
      );
    }
  }

  @Override
  public void install(Progress progress) {
    // It is there.
  }

  @Override
  public boolean runsFunctionsInContainers() {
    return isContainer;
  }

  @Override
  public Running start(Path folder, Path objects, Progress progress) {
    return new Running(endpoint, List.of(this::deleteStack));
  }

  private void deleteStack() {
    new StackDeployment(new LocalAws(endpoint), assembly(project), this::stackName).delete();
  }

  @Override
  public String stackName(String stack) {
    return stack + suffix;
  }
}
