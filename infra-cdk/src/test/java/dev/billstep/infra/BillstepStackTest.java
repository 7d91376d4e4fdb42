package dev.billstep.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** What must never change in what is deployed. */
class BillstepStackTest {

  private static final Path DEFINITION = Path.of("../statemachine/process-document.asl.json");

  /** Functions that watch over jobs from outside the state machine. */
  private static final int WATCHING = 4;

  private static Template aws;
  private static Template embedded;

  @BeforeAll
  static void synthesize(@TempDir Path folder) throws IOException {
    var code = Files.createDirectory(folder.resolve("code"));
    Files.writeString(code.resolve("bootstrap"), "code");
    aws = template(new Target.Aws(code), folder.resolve("aws"));
    embedded = template(new Target.Embedded(code), folder.resolve("embedded"));
  }

  private static Template template(Target target, Path out) {
    var app = new App(AppProps.builder().outdir(out.toString()).build());
    return Template.fromStack(new BillstepStack(app, "Stack", null, target, DEFINITION));
  }

  @Test
  void everyBucketIsPrivateEncryptedAndVersioned() {
    aws.allResourcesProperties(
      "AWS::S3::Bucket",
      Match.objectLike(
        Map.of(
          "PublicAccessBlockConfiguration",
          Map.of(
            "BlockPublicAcls",
            true,
            "BlockPublicPolicy",
            true,
            "IgnorePublicAcls",
            true,
            "RestrictPublicBuckets",
            true
          ),
          "BucketEncryption",
          Match.anyValue(),
          "VersioningConfiguration",
          Map.of("Status", "Enabled")
        )
      )
    );
    aws.resourceCountIs("AWS::S3::Bucket", 2);
  }

  @Test
  void everyBucketRefusesPlainHttp() {
    aws.allResourcesProperties(
      "AWS::S3::BucketPolicy",
      Match.objectLike(
        Map.of(
          "PolicyDocument",
          Map.of(
            "Statement",
            Match.arrayWith(
              List.of(
                Match.objectLike(
                  Map.of(
                    "Effect",
                    "Deny",
                    "Action",
                    "s3:*",
                    "Condition",
                    Map.of("Bool", Map.of("aws:SecureTransport", "false"))
                  )
                )
              )
            )
          )
        )
      )
    );
    aws.resourceCountIs("AWS::S3::BucketPolicy", 2);
  }

  @Test
  void functionsRunOnJava25AndArm() {
    aws.allResourcesProperties(
      "AWS::Lambda::Function",
      Match.objectLike(Map.of("Runtime", "java25", "Architectures", List.of("arm64")))
    );
    aws.resourceCountIs("AWS::Lambda::Function", PipelineFunction.ofStates().size() + WATCHING);
  }

  @Test
  void noPolicyAllowsEveryActionOfAService() {
    assertThat(allowedActions(aws)).isNotEmpty().doesNotContain("*", "s3:*");
  }

  @Test
  void onlyTheSweepOfOrphansMayDeleteObjects() {
    var deleting = resources(aws)
      .valueStream()
      .filter(resource -> resource.path("Type").asText().equals("AWS::IAM::Policy"))
      .filter(policy -> policy.toString().contains("s3:Delete"))
      .toList();
    assertThat(deleting).hasSize(1);
    assertThat(deleting.getFirst().at("/Properties/Roles/0/Ref").asText()).startsWith("SweepBlobs");
  }

  @Test
  void anExecutionThatEndsBadlyIsTold() {
    aws.hasResourceProperties(
      "AWS::Events::Rule",
      Match.objectLike(
        Map.of(
          "EventPattern",
          Match.objectLike(
            Map.of(
              "source",
              List.of("aws.states"),
              "detail-type",
              List.of("Step Functions Execution Status Change"),
              "detail",
              Match.objectLike(Map.of("status", List.of("FAILED", "TIMED_OUT", "ABORTED")))
            )
          )
        )
      )
    );
  }

  @Test
  void theWatchIsKeptOnSchedule() {
    for (var rate : List.of("rate(1 minute)", "rate(5 minutes)", "rate(1 day)")) {
      aws.hasResourceProperties(
        "AWS::Events::Rule",
        Match.objectLike(Map.of("ScheduleExpression", rate))
      );
    }
  }

  @Test
  void everyLogIsKeptForAMonth() {
    aws.allResourcesProperties(
      "AWS::Logs::LogGroup",
      Match.objectLike(Map.of("RetentionInDays", 30))
    );
  }

  @Test
  void anUploadStartsTheStateMachine() {
    aws.hasResourceProperties(
      "AWS::Events::Rule",
      Match.objectLike(
        Map.of(
          "EventPattern",
          Match.objectLike(
            Map.of("source", List.of("aws.s3"), "detail-type", List.of("Object Created"))
          )
        )
      )
    );
  }

  /** The one switch: functions' runtime and code, where pages are kept, the maps' concurrency. */
  @Test
  void theEmbeddedStackIsTheSameButForItsRuntimeAndPages() {
    assertThat(types(embedded)).containsExactlyElementsOf(types(aws));
    embedded.allResourcesProperties(
      "AWS::Lambda::Function",
      Match.objectLike(Map.of("Runtime", "provided.al2023"))
    );
    assertThat(embedded.findParameters("PagesRoot")).hasSize(1);
    assertThat(aws.findParameters("PagesRoot")).isEmpty();
    assertThat(withoutFunctions(embedded)).isEqualTo(withoutFunctions(aws));
  }

  private static List<String> types(Template template) {
    return resources(template)
      .valueStream()
      .map(resource -> resource.path("Type").asText())
      .sorted()
      .toList();
  }

  private static JsonNode withoutFunctions(Template template) {
    var resources = resources(template);
    resources.removeIf(each -> each.path("Type").asText().equals("AWS::Lambda::Function"));
    resources
      .valueStream()
      .filter(each -> each.path("Type").asText().equals("AWS::StepFunctions::StateMachine"))
      .map(machine -> (ObjectNode) machine.path("Properties"))
      .forEach(machine -> machine.remove("DefinitionS3Location"));
    return resources;
  }

  private static ObjectNode resources(Template template) {
    JsonNode json = Json.mapper().valueToTree(template.toJSON());
    return json.withObject("/Resources");
  }

  private static List<String> allowedActions(Template template) {
    return resources(template)
      .valueStream()
      .filter(resource -> resource.path("Type").asText().equals("AWS::IAM::Policy"))
      .flatMap(policy -> policy.at("/Properties/PolicyDocument/Statement").valueStream())
      .filter(statement -> statement.path("Effect").asText().equals("Allow"))
      .map(statement -> statement.path("Action"))
      .flatMap(action -> action.isArray() ? action.valueStream() : Stream.of(action))
      .map(JsonNode::asText)
      .toList();
  }
}
