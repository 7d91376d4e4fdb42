package dev.billstep.command;

import dev.billstep.embedded.Engine;
import dev.billstep.embedded.PartHealth;
import dev.billstep.embedded.Project;
import dev.billstep.embedded.StackDescriptor;
import dev.billstep.operation.JobOperations;
import dev.billstep.stack.AccountStack;
import dev.billstep.stack.DeployedStack;
import dev.billstep.stack.StackFailure;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options of commands that work with a stack that is there: which one. */
final class StackOptions {

  @Option(
    names = "--stack",
    paramLabel = "STACK",
    defaultValue = "${env:BILLSTEP_STACK}",
    description = "${COMPLETION-CANDIDATES}: AWS is what was deployed to an account, the " +
      "others are what billstep up started (the default; or BILLSTEP_STACK)."
  )
  private Optional<Where> where = Optional.empty();

  @Option(
    names = "--stage",
    paramLabel = "STAGE",
    defaultValue = "${env:BILLSTEP_STAGE:-prod}",
    description = "With --stack aws: dev or prod (default: BILLSTEP_STAGE, or prod)."
  )
  private String stage = "";

  @Option(
    names = "--profile",
    paramLabel = "PROFILE",
    description = "With --stack aws: the profile of the AWS configuration (default: AWS_PROFILE)."
  )
  private Optional<String> profile = Optional.empty();

  @Option(
    names = "--region",
    paramLabel = "REGION",
    description = "With --stack aws: the region (default: AWS_REGION, or ap-south-1)."
  )
  private Optional<String> region = Optional.empty();

  enum Where {
    EMBEDDED,
    LOCALSTACK,
    AWS,
  }

  /**
   * Opens it.
   *
   * @throws StackFailure where it is not there
   */
  DeployedStack open() {
    return isAccount() ? AccountStack.open(stage, profile, region) : wanted().open();
  }

  /**
   * Has clients that know of no profile and region, such as that of Bedrock, use those of the account
   * that is meant.
   */
  void beOfThisProcess() {
    if (isAccount()) {
      profile.ifPresent(name -> System.setProperty("aws.profile", name));
      System.setProperty("aws.region", AccountStack.region(region).id());
    }
  }

  JobOperations jobs() {
    return new JobOperations(open());
  }

  /** Where its parts are, by their names. */
  Map<String, String> parts(DeployedStack opened) {
    var parts = new LinkedHashMap<String, String>();
    if (!isAccount()) {
      parts.putAll(partsOf(wanted()));
    }
    parts.put("upload bucket", opened.outputs().uploadBucket());
    parts.put("state machine", opened.outputs().stateMachine());
    parts.put("logs", opened.logs().place());
    return parts;
  }

  /** Those of a stack on this machine alone. */
  static Map<String, String> partsOf(StackDescriptor stack) {
    var parts = new LinkedHashMap<String, String>();
    parts.put("stack", "%s, process %d".formatted(stack.engine(), stack.pid()));
    parts.put(
      "data",
      stack.data().map(Path::toString).orElse("none: what it has is gone when it is stopped")
    );
    parts.put(
      "review",
      stack.review().stream().map(URI::toString).collect(Collectors.joining("  "))
    );
    stack.inbox().ifPresent(folder -> parts.put("inbox", folder.toString()));
    parts.put("metrics", stack.metrics().toString());
    parts.put("AWS", stack.aws().toString());
    parts.put("Supabase", stack.supabase().toString());
    stack.parts().forEach(part -> parts.put(part.name(), Shown.health(part)));
    return parts;
  }

  /** How the processes are of a stack on this machine; none of what was deployed to an account. */
  List<PartHealth> processes() {
    return isAccount() ? List.of() : wanted().parts();
  }

  /** What names this stack on another command line; empty for the one of this machine. */
  String asTyped() {
    return isAccount() ? " --stack aws --stage " + stage : "";
  }

  boolean isAccount() {
    return where.filter(Where.AWS::equals).isPresent();
  }

  private StackDescriptor wanted() {
    var running = StackDescriptor.find(Project.ofSystemProperty()).orElseThrow(() ->
      new StackFailure("No stack is running. Start one with: billstep up")
    );
    where
      .map(Where::name)
      .map(Engine::valueOf)
      .filter(engine -> engine != running.engine())
      .ifPresent(engine -> {
        throw new StackFailure(
          "The stack that is running is %s, not %s. Stop it with: billstep down".formatted(
            running.engine(),
            engine
          )
        );
      });
    return running;
  }
}
