package dev.billstep.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.json.Json;
import dev.billstep.lambda.Composition;
import dev.billstep.reading.SentQuestions;
import dev.billstep.settings.ModelSettings;
import dev.billstep.step.Claim;
import dev.billstep.supabase.SupabaseLimits;
import dev.billstep.watch.SweepBlobs;
import dev.billstep.watch.SweepHistory;
import dev.billstep.watch.SweepJobs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** What must never change in what is deployed. */
class BillstepStacksTest {

  private static final Path DEFINITION = Path.of(
    "../statemachine/target/process-document.asl.json"
  );

  /** Beside those of the states: six that watch over jobs, and the one that is scraped. */
  private static final int OTHERS = 7;

  private static BillstepApp.Stacks stacks;
  private static Template review;
  private static Template data;
  private static Template aws;
  private static Template embedded;
  private static Template operations;
  private static Template prod;

  @BeforeAll
  static void synthesize(@TempDir Path folder) throws IOException {
    var code = Files.createDirectory(folder.resolve("code"));
    Files.writeString(code.resolve("bootstrap"), "code");
    stacks = stacks(Stage.DEV, new Target.Aws(code), folder.resolve("aws"));
    data = Template.fromStack(stacks.data());
    review = Template.fromStack(
      stacks(
        Stage.DEV,
        new Target.Aws(code, Optional.empty(), Optional.empty(), Optional.of(code)),
        folder.resolve("review")
      )
        .review()
        .orElseThrow()
    );
    aws = Template.fromStack(stacks.pipeline());
    operations = Template.fromStack(stacks.operations());
    embedded = Template.fromStack(
      stacks(Stage.DEV, new Target.Embedded(code), folder.resolve("embedded")).pipeline()
    );
    prod = Template.fromStack(
      stacks(
        Stage.prod(new ModelRate(200, 12)),
        new Target.Aws(code),
        folder.resolve("prod")
      ).pipeline()
    );
  }

  private static BillstepApp.Stacks stacks(Stage stage, Target target, Path out) {
    return BillstepApp.Stacks.add(BillstepApp.app(out), stage, target, DEFINITION);
  }

  @Test
  void everyBucketIsPrivateEncryptedAndVersioned() {
    data.allResourcesProperties(
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
    data.resourceCountIs("AWS::S3::Bucket", 3);
  }

  @Test
  void everyBucketRefusesPlainHttp() {
    data.allResourcesProperties(
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
    data.resourceCountIs("AWS::S3::BucketPolicy", 3);
  }

  @Test
  void textractMayBeAskedByWhoReadsAndOnlyWhereItIsTheWitness(@TempDir Path folder)
    throws IOException {
    var code = Files.createDirectory(folder.resolve("code"));
    Files.writeString(code.resolve("bootstrap"), "code");
    var target = new Target.Aws(code, Optional.of("textract"), Optional.empty());
    var asking = Template.fromStack(
      stacks(Stage.DEV, target, folder.resolve("out")).pipeline()
    ).toJSON();
    assertThat(Json.text(aws.toJSON())).doesNotContain("textract", Composition.WITNESS);
    assertThat(Json.text(asking).split("textract:", -1)).hasSize(2);
    assertThat(policy(asking, "ReadRole")).contains("textract:DetectDocumentText");
    assertThat(Json.text(embedded.toJSON())).contains("\"BILLSTEP_WITNESS\":\"ppocr\"");
    assertThatThrownBy(() ->
      new Target.Aws(code, Optional.of("ppocr"), Optional.empty())
    ).hasMessageContaining("choose textract, or leave it out");
  }

  @Test
  void whoClassifiesHasTheRulesAsALayerWhereTheyAreWanted(@TempDir Path folder) throws IOException {
    var code = Files.createDirectory(folder.resolve("code"));
    Files.writeString(code.resolve("bootstrap"), "code");
    var target = new Target.Aws(code, Optional.empty(), Optional.of(code));
    var template = Template.fromStack(stacks(Stage.DEV, target, folder.resolve("out")).pipeline());
    template.resourceCountIs("AWS::Lambda::LayerVersion", 1);
    var layered = template.findResources(
      "AWS::Lambda::Function",
      Map.of("Properties", Map.of("Layers", Match.anyValue()))
    );
    assertThat(layered.keySet())
      .map(name -> name.replaceAll("[0-9A-F]{8}$", ""))
      .containsExactlyInAnyOrder("Classify", "Defer");
    aws.resourceCountIs("AWS::Lambda::LayerVersion", 0);
  }

  private static String policy(Map<String, Object> template, String role) {
    var resources = Json.mapper().<JsonNode>valueToTree(template).path("Resources");
    return resources
      .propertyStream()
      .filter(resource -> resource.getKey().startsWith(role + "DefaultPolicy"))
      .map(resource -> Json.text(resource.getValue()))
      .findFirst()
      .orElseThrow();
  }

  /** The test runs with another one as the CDK command's own (pom.xml). */
  @Test
  void theRegionIsMumbaiUnlessItIsAskedFor(@TempDir Path folder) throws IOException {
    assertThat(stacks.data().getRegion()).isEqualTo("ap-south-1");
    assertThat(stacks.pipeline().getRegion()).isEqualTo("ap-south-1");
    var elsewhere = BillstepApp.app(folder.resolve("out"));
    elsewhere.getNode().setContext("region", "ap-south-2");
    assertThat(
      BillstepApp.Stacks.add(elsewhere, Stage.DEV, target(folder), DEFINITION)
        .operations()
        .getRegion()
    ).isEqualTo("ap-south-2");
  }

  @Test
  void scriptsOfTheOriginsThatAreNamedMayUploadAndNoOthers(@TempDir Path folder)
    throws IOException {
    data.resourcePropertiesCountIs(
      "AWS::S3::Bucket",
      Match.objectLike(Map.of("CorsConfiguration", Match.anyValue())),
      0
    );
    var app = BillstepApp.app(folder.resolve("out"));
    app.getNode().setContext("uploadOrigins", "https://app.example.com,https://example.org");
    Template.fromStack(
      BillstepApp.Stacks.add(app, Stage.DEV, target(folder), DEFINITION).data()
    ).resourcePropertiesCountIs(
      "AWS::S3::Bucket",
      Match.objectLike(
        Map.of(
          "CorsConfiguration",
          Map.of(
            "CorsRules",
            List.of(
              Match.objectLike(
                Map.of(
                  "AllowedOrigins",
                  List.of("https://app.example.com", "https://example.org"),
                  "AllowedMethods",
                  List.of("PUT", "POST")
                )
              )
            )
          )
        )
      ),
      1
    );
  }

  private static Target target(Path folder) throws IOException {
    var code = Files.createDirectories(folder.resolve("code"));
    Files.writeString(code.resolve("bootstrap"), "code");
    return new Target.Aws(code);
  }

  @Test
  void theExecutionsOfBatchesAreTheStateMachinesUnderEitherFormOfTheirNames() {
    var executions = ofType(aws, "AWS::IAM::Policy")
      .flatMap(policy -> policy.at("/Properties/PolicyDocument/Statement").valueStream())
      .filter(statement -> statement.path("Action").toString().contains("states:StopExecution"))
      .flatMap(statement -> statement.path("Resource").valueStream())
      .map(JsonNode::toString);
    assertThat(executions)
      .hasSize(2)
      .anyMatch(arn -> arn.contains(":execution:") && arn.contains("\"/*\""))
      .anyMatch(arn -> arn.contains(":execution:") && arn.contains("\":*\""));
  }

  @Test
  void whoUploadsIsToldTheKey() {
    data.hasOutput("KeyOutput", Match.anyValue());
  }

  @Test
  void functionsRunOnJava25AndArm() {
    aws.allResourcesProperties(
      "AWS::Lambda::Function",
      Match.objectLike(Map.of("Runtime", "java25", "Architectures", List.of("arm64")))
    );
    aws.resourceCountIs("AWS::Lambda::Function", PipelineFunction.ofStates().size() + OTHERS);
  }

  @Test
  void noPolicyAllowsActionsByAWildcard() {
    assertThat(allowedActions(aws))
      .isNotEmpty()
      .noneMatch(action -> action.contains("*"));
  }

  @Test
  void onlyTheSweepOfOrphansMayDeleteObjects() {
    var deleting = ofType(aws, "AWS::IAM::Policy")
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
  void whoTellsOfJobsAndPagesMayPutEventsOnTheStacksOwnBusAndDoNothingElse() {
    aws.resourceCountIs("AWS::Events::EventBus", 1);
    var role = policy(aws.toJSON(), "SendEventsRole");
    assertThat(role)
      .contains("\"events:PutEvents\"", "\"Fn::GetAtt\":[\"Events")
      .doesNotContain("s3:", "states:", "bedrock:");
    assertThat(Json.text(aws.toJSON())).doesNotContain(Composition.WEBHOOK_REACH);
    embedded.hasResourceProperties(
      "AWS::Lambda::Function",
      Match.objectLike(
        Map.of(
          "Environment",
          Map.of("Variables", Match.objectLike(Map.of(Composition.WEBHOOK_REACH, "MACHINE")))
        )
      )
    );
    assertThat(Json.text(embedded.toJSON())).doesNotContain(Composition.EVENT_BUS);
  }

  @Test
  void somebodyIsCalledWhenAnEventIsGivenUp() {
    operations.hasResourceProperties(
      "AWS::CloudWatch::Alarm",
      Match.objectLike(
        Map.of(
          "MetricName",
          "Events",
          "Dimensions",
          List.of(Map.of("Name", "outcome", "Value", "given_up"))
        )
      )
    );
  }

  @Test
  void theMetricsAreForThoseWhoSignTheirRequest() {
    aws.resourceCountIs("AWS::Lambda::Url", 1);
    aws.allResourcesProperties("AWS::Lambda::Url", Match.objectLike(Map.of("AuthType", "AWS_IAM")));
    aws.resourcePropertiesCountIs(
      "AWS::Lambda::Permission",
      Match.objectLike(Map.of("Action", "lambda:InvokeFunctionUrl")),
      0
    );
  }

  @Test
  void theReviewPageIsThereWhereItIsWantedAlone() {
    assertThat(stacks.review()).isEmpty();
    review.hasResourceProperties(
      "AWS::Lambda::Function",
      Match.objectLike(
        Map.of(
          "Runtime",
          "java25",
          "Architectures",
          List.of("arm64"),
          "Handler",
          "dev.billstep.review.ReviewHandler",
          "ReservedConcurrentExecutions",
          20,
          "SnapStart",
          Map.of("ApplyOn", "PublishedVersions")
        )
      )
    );
    review.hasOutput("ReviewUrlOutput", Match.anyValue());
  }

  @Test
  void theReviewPageReadsPagesAndNothingElseAndHasNoKey() {
    assertThat(policy(review.toJSON(), "ReviewRole")).contains("s3:GetObject", "/jobs/*");
    assertThat(allowedActions(review)).containsExactlyInAnyOrder(
      "kms:Decrypt",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "s3:GetObject",
      "s3:ListBucket",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments"
    );
    assertThat(Json.text(review.toJSON())).doesNotContain("secretsmanager", "BILLSTEP_SECRET_ID");
    assertThat(review.findParameters("*").keySet()).contains("SupabaseUrl", "SupabaseAnonKey");
  }

  @Test
  void anybodyMayOpenTheReviewPageByItsUrlAndNoOtherWay() {
    review.resourceCountIs("AWS::Lambda::Url", 1);
    review.allResourcesProperties(
      "AWS::Lambda::Url",
      Match.objectLike(Map.of("AuthType", "NONE", "Cors", Match.absent()))
    );
    var permissions = ofType(review, "AWS::Lambda::Permission").toList();
    assertThat(permissions)
      .extracting(permission -> permission.at("/Properties/Action").asText())
      .containsExactlyInAnyOrder("lambda:InvokeFunctionUrl", "lambda:InvokeFunction");
    assertThat(permissions).allSatisfy(permission ->
      assertThat(
        permission.at("/Properties/FunctionUrlAuthType").asText().equals("NONE") ||
          permission.at("/Properties/InvokedViaFunctionUrl").asBoolean()
      ).isTrue()
    );
  }

  @Test
  void cdkNagFindsNothingInTheReviewPage(@TempDir Path folder) throws IOException {
    var code = Files.createDirectory(folder.resolve("code"));
    Files.writeString(code.resolve("review.jar"), "code");
    var wanted = new Target.Aws(code, Optional.empty(), Optional.empty(), Optional.of(code));
    var stack = stacks(Stage.DEV, wanted, folder.resolve("out")).review().orElseThrow();
    Annotations.fromStack(stack).hasNoError("*", Match.stringLikeRegexp("AwsSolutions-.*"));
  }

  @Test
  void theWatchIsKeptOnSchedule() {
    for (var rate : List.of("rate(1 minute)", "rate(5 minutes)", "rate(1 hour)")) {
      aws.hasResourceProperties(
        "AWS::Events::Rule",
        Match.objectLike(Map.of("ScheduleExpression", rate))
      );
    }
  }

  /** Whose ARN would do: the version behind it is what SnapStart has prepared. */
  @Test
  void everythingCallsTheLiveAliasOfAFunction() {
    aws.resourceCountIs("AWS::Lambda::Alias", PipelineFunction.ofStates().size() + OTHERS);
  }

  /** A snapshot that nobody has called for 14 days is dropped, and the next call refused. */
  @Test
  void whatIsCalledEveryDayStartsFromASnapshotAndWhatIsRareDoesWithout() {
    var snapshots = ofType(aws, "AWS::Lambda::Function").collect(
      Collectors.toMap(
        function -> function.at("/Properties/Handler").asText().replaceAll("^.*\\.|Handler$", ""),
        function ->
          function.at("/Properties/SnapStart/ApplyOn").asText().equals("PublishedVersions")
      )
    );
    assertThat(snapshots)
      .containsEntry("Claim", true)
      .containsEntry("Read", true)
      .containsEntry("Resume", true)
      .containsEntry("Fail", false)
      .containsEntry("Park", false)
      .containsEntry("SweepBlobs", false);
  }

  /** A function that is ended by its state would be tried again beside itself. */
  @Test
  void aStateWaitsForLongerThanItsFunctionMayTake() {
    var tasks = new TreeMap<String, Integer>();
    Flow.definition()
      .findParents("TimeoutSeconds")
      .stream()
      .filter(state -> state.path("Type").asText().equals("Task"))
      .forEach(task ->
        tasks.merge(
          task.at("/Parameters/FunctionName").asText(),
          task.path("TimeoutSeconds").asInt(),
          Math::min
        )
      );
    assertThat(PipelineFunction.ofStates()).allSatisfy(function ->
      assertThat(tasks.get("${" + function.substitution() + "}"))
        .as(function.id())
        .isGreaterThan(function.timeoutSeconds())
    );
  }

  /** Call, step, function: what a step asks of others has an end before the function has its own. */
  @Test
  void aFunctionMayTakeLongerThanWhatItsStepAsksOfOthers() {
    var supabase =
      SupabaseLimits.DEFAULT.total().toSeconds() + SupabaseLimits.DEFAULT.request().toSeconds();
    var model = ModelSettings.of("openai", "any").timeoutSeconds();
    assertThat(PipelineFunction.ofStates()).allSatisfy(function ->
      assertThat((long) function.timeoutSeconds())
        .as(function.id())
        .isGreaterThan(function.needs(PipelineFunction.Need.ASK_MODELS) ? 3L * model : supabase)
    );
  }

  /** The time of a machine is one for all of its runs; one that waits for nothing is held to its lease. */
  @Test
  void aRunThatWaitsForAnswersKeepsItsJobUntilTheStateMachineEndsIt() {
    var machine = Duration.ofSeconds(Flow.definition().path("TimeoutSeconds").asLong());
    assertThat(SentQuestions.LATEST.plus(Claim.LEASE)).isGreaterThan(machine);
    assertThat(machine.minus(SentQuestions.LATEST)).isGreaterThanOrEqualTo(Duration.ofHours(6));
  }

  /** What collects answers asks nobody in AWS for them; what stops batches needs no more than it did. */
  @Test
  void whoAsksProvidersByTheirBatchInterfacesMayTouchNoMoreThanPages() {
    assertThat(policy(aws.toJSON(), "DeferRole")).contains("bedrock:InvokeModel", "s3:PutObject");
    assertThat(policy(aws.toJSON(), "CollectRole"))
      .contains("s3:GetObject", "s3:PutObject")
      .doesNotContain("bedrock", "states:", "s3:Delete");
    assertThat(policy(aws.toJSON(), "ResumeRole"))
      .contains("states:StartExecution")
      .doesNotContain("bedrock", "s3:");
  }

  @Test
  void aRateWithoutItsSecondsIsRefused() {
    assertThatThrownBy(() -> new ModelRate(200, 0)).hasMessageContaining("secondsPerModelRequest");
    assertThatThrownBy(() -> new ModelRate(4, 12)).hasMessageContaining("less than two requests");
    assertThat(ModelRate.UNLIMITED.requestsAtOnce(ModelRate.Share.READING)).isEmpty();
  }

  @Test
  void uploadsPagesAndKeysAreEncryptedWithAKeyOfOurOwnThatIsRotated() {
    data.hasResourceProperties("AWS::KMS::Key", Map.of("EnableKeyRotation", true));
    data.resourcePropertiesCountIs(
      "AWS::S3::Bucket",
      Match.objectLike(
        Map.of(
          "BucketEncryption",
          Map.of(
            "ServerSideEncryptionConfiguration",
            List.of(
              Match.objectLike(
                Map.of(
                  "ServerSideEncryptionByDefault",
                  Match.objectLike(Map.of("SSEAlgorithm", "aws:kms"))
                )
              )
            )
          )
        )
      ),
      2
    );
    data.hasResourceProperties("AWS::SecretsManager::Secret", Map.of("KmsKeyId", Match.anyValue()));
  }

  @Test
  void whatUsersHaveUploadedOutlivesItsStack() {
    for (var type : List.of("AWS::S3::Bucket", "AWS::KMS::Key", "AWS::SecretsManager::Secret")) {
      data.allResources(type, Match.objectLike(Map.of("DeletionPolicy", "Retain")));
    }
  }

  @Test
  void anEventThatReachesNobodyIsKeptAndSomebodyIsCalled() {
    assertThat(
      ofType(aws, "AWS::Events::Rule")
        .flatMap(rule -> rule.at("/Properties/Targets").valueStream())
        .map(target -> target.path("DeadLetterConfig"))
    )
      .hasSize(7)
      .allMatch(config -> config.has("Arn"));
    operations.hasResourceProperties(
      "AWS::CloudWatch::Alarm",
      Match.objectLike(
        Map.of(
          "MetricName",
          "ApproximateNumberOfMessagesVisible",
          "AlarmActions",
          List.of(Match.anyValue())
        )
      )
    );
  }

  /** Their functions are called every five minutes and every hour: one period of five minutes is enough. */
  @ParameterizedTest
  @CsvSource({ "jobs, 3600", "blobs, 86400", "history, 86400" })
  void aSweepThatDoesNotFinishItsRoundIsToldAtOnce(String sweep, int seconds) {
    operations.hasResourceProperties(
      "AWS::CloudWatch::Alarm",
      Match.objectLike(
        Map.of(
          "Namespace",
          "Billstep",
          "MetricName",
          "SweepRoundAge",
          "Dimensions",
          List.of(Map.of("Name", "sweep", "Value", sweep)),
          "Threshold",
          seconds,
          "EvaluationPeriods",
          1,
          "AlarmActions",
          List.of(Match.anyValue())
        )
      )
    );
  }

  /** What is called once an hour, or once, never fails in two periods in a row. */
  @Test
  void aFailureOfWhatIsSeldomCalledIsToldAtOnce() {
    var periods = ofType(operations, "AWS::CloudWatch::Alarm")
      .filter(alarm -> alarm.at("/Properties/MetricName").asText().equals("Errors"))
      .map(alarm -> alarm.at("/Properties/EvaluationPeriods").asInt());
    assertThat(periods).containsExactlyInAnyOrder(1, 1, 2, 2, 2, 2);
  }

  /** It stops by itself before; a call that is over when the next one comes holds up nothing. */
  @Test
  void aSweepsCallEndsBeforeTheNextOneBegins() {
    assertThat(SweepJobs.LONGEST).isLessThan(Duration.ofMinutes(5));
    assertThat(SweepHistory.LONGEST).isLessThan(Duration.ofMinutes(5));
    assertThat(SweepBlobs.LONGEST).isLessThan(Duration.ofHours(1));
  }

  @Test
  void inProdAModelIsAskedByNoMoreFunctionsThanItsQuotaAllows() {
    assertThat(
      ofType(prod, "AWS::Lambda::Function")
        .map(function -> function.at("/Properties/ReservedConcurrentExecutions"))
        .filter(JsonNode::isInt)
        .map(JsonNode::asInt)
    )
      .as("to classify and to read: one budget")
      .containsExactlyInAnyOrder(11, 29);
    aws.allResourcesProperties(
      "AWS::Lambda::Function",
      Match.objectLike(Map.of("ReservedConcurrentExecutions", Match.absent()))
    );
  }

  @Test
  void inProdThePayloadsOfStatesAreNotLogged() {
    prod.hasResourceProperties(
      "AWS::StepFunctions::StateMachine",
      Match.objectLike(
        Map.of(
          "LoggingConfiguration",
          Match.objectLike(Map.of("IncludeExecutionData", false, "Level", "ALL"))
        )
      )
    );
  }

  @Test
  void cdkNagFindsNothing() {
    for (Stack stack : List.of(stacks.data(), stacks.pipeline(), stacks.operations())) {
      Annotations.fromStack(stack).hasNoError("*", Match.stringLikeRegexp("AwsSolutions-.*"));
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

  /** A version's logical id has a hash of its function in it. */
  private static JsonNode withoutFunctions(Template template) {
    var resources = resources(template);
    resources.removeIf(each -> each.path("Type").asText().equals("AWS::Lambda::Function"));
    resources
      .valueStream()
      .filter(each -> each.path("Type").asText().equals("AWS::StepFunctions::StateMachine"))
      .map(machine -> (ObjectNode) machine.path("Properties"))
      .forEach(machine -> machine.remove("DefinitionS3Location"));
    var text = Json.text(resources).replaceAll("(CurrentVersion)[0-9A-Fa-f]{40}", "$1");
    return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }

  private static Stream<JsonNode> ofType(Template template, String type) {
    return resources(template)
      .valueStream()
      .filter(each -> each.path("Type").asText().equals(type));
  }

  private static ObjectNode resources(Template template) {
    JsonNode json = Json.mapper().valueToTree(template.toJSON());
    return json.withObject("/Resources");
  }

  private static List<String> allowedActions(Template template) {
    return ofType(template, "AWS::IAM::Policy")
      .flatMap(policy -> policy.at("/Properties/PolicyDocument/Statement").valueStream())
      .filter(statement -> statement.path("Effect").asText().equals("Allow"))
      .map(statement -> statement.path("Action"))
      .flatMap(action -> action.isArray() ? action.valueStream() : Stream.of(action))
      .map(JsonNode::asText)
      .toList();
  }
}
