package dev.billstep.lambda;

import dev.billstep.cloudwatch.EmfMetrics;
import dev.billstep.event.Attempts;
import dev.billstep.event.Outbox;
import dev.billstep.event.Receiver;
import dev.billstep.eventbridge.EventBusReceiver;
import dev.billstep.job.JobId;
import dev.billstep.job.JobStore;
import dev.billstep.job.UploadKey;
import dev.billstep.json.Json;
import dev.billstep.page.BlobStore;
import dev.billstep.page.PageStore;
import dev.billstep.prometheus.OperatingFigures;
import dev.billstep.reading.CallLedger;
import dev.billstep.reading.FieldChecks;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.reading.PageModels;
import dev.billstep.reading.PrintedWords;
import dev.billstep.reading.Witness;
import dev.billstep.reading.WordRules;
import dev.billstep.secrets.SecretKeys;
import dev.billstep.settings.SettingInvalid;
import dev.billstep.settings.SettingsService;
import dev.billstep.step.Claim;
import dev.billstep.step.Classify;
import dev.billstep.step.Collect;
import dev.billstep.step.Defer;
import dev.billstep.step.FailJob;
import dev.billstep.step.FindFailure;
import dev.billstep.step.GiveUp;
import dev.billstep.step.NoteFailure;
import dev.billstep.step.Park;
import dev.billstep.step.Persist;
import dev.billstep.step.Read;
import dev.billstep.step.Split;
import dev.billstep.storage.PagesRoot;
import dev.billstep.storage.S3BlobStore;
import dev.billstep.storage.S3UploadStore;
import dev.billstep.storage.S3Uploads;
import dev.billstep.supabase.ProjectKey;
import dev.billstep.supabase.SupabaseCallLedger;
import dev.billstep.supabase.SupabaseClient;
import dev.billstep.supabase.SupabaseDocStore;
import dev.billstep.supabase.SupabaseFigures;
import dev.billstep.supabase.SupabaseHistory;
import dev.billstep.supabase.SupabaseImageReferences;
import dev.billstep.supabase.SupabaseJobStore;
import dev.billstep.supabase.SupabaseLimits;
import dev.billstep.supabase.SupabaseOutbox;
import dev.billstep.supabase.SupabaseSentQuestions;
import dev.billstep.supabase.SupabaseSettingsStore;
import dev.billstep.supabase.SupabaseSweepRounds;
import dev.billstep.textract.TextractWitness;
import dev.billstep.watch.AbandonedBatches;
import dev.billstep.watch.ExecutionEnded;
import dev.billstep.watch.Resume;
import dev.billstep.watch.SendEvents;
import dev.billstep.watch.SweepBlobs;
import dev.billstep.watch.SweepHistory;
import dev.billstep.watch.SweepJobs;
import dev.billstep.watch.SweepRounds;
import dev.billstep.webhook.Reach;
import dev.billstep.webhook.WebhookReceiver;
import dev.billstep.webhook.WebhookSecret;
import dev.billstep.workflow.StepFunctionsExecutions;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.textract.TextractClient;

/**
 * The one place where the services that the handlers call are put together, from a function's
 * environment variables.
 */
public final class Composition {

  /** {@code s3://{bucket}} or {@code file:///{folder}}: where pages and records are kept. */
  public static final String PAGES_ROOT = PagesRoot.VARIABLE;

  /** The Supabase project's URL. */
  public static final String SUPABASE_URL = "BILLSTEP_SUPABASE_URL";

  /** The secret that holds the keys, by ARN or name. */
  public static final String SECRET_ID = "BILLSTEP_SECRET_ID";

  /** The bucket that users upload to; of functions that look for uploads. */
  public static final String UPLOAD_BUCKET = "BILLSTEP_UPLOAD_BUCKET";

  /** The state machine's ARN; of the functions that start jobs. */
  public static final String STATE_MACHINE_ARN = "BILLSTEP_STATE_MACHINE_ARN";

  /**
   * Who reads the words of pages without a text layer, so that what a model says can be held against
   * them: nobody where it is not set, {@code textract}, or a {@link Witness} of the class path.
   */
  public static final String WITNESS = "BILLSTEP_WITNESS";

  /** The bus that events go to; where it is not set, none does. */
  public static final String EVENT_BUS = "BILLSTEP_EVENT_BUS";

  /** How far a webhook may reach, as {@link Reach} has it; where it is not set, by TLS to public addresses. */
  public static final String WEBHOOK_REACH = "BILLSTEP_WEBHOOK_REACH";

  /** Set by Lambda itself. */
  private static final String FUNCTION_NAME = "AWS_LAMBDA_FUNCTION_NAME";

  private static final JobId NOBODY = JobId.of("00000000-0000-0000-0000-000000000000");

  private static final String AWS_REGION = "AWS_REGION";
  private static final String AWS_ENDPOINT_URL = "AWS_ENDPOINT_URL";

  private final Map<String, String> environment;
  private final AwsCredentialsProvider credentials;
  private final SupabaseLimits limits;
  private final InstantSource clock = InstantSource.system();
  private final FieldChecks checks = new FieldChecks(clock);
  private final S3Client s3;
  private final PageStore pages;
  private final SupabaseClient supabase;
  private final JobStore jobs;
  private final SupabaseCallLedger calls;
  private final SettingsService settings;
  private final SecretKeys keys;
  private final PageModels models;
  private final PrintedWords printed;

  /**
   * Puts the services together.
   *
   * @param environment the function's variables
   */
  public Composition(Map<String, String> environment, AwsCredentialsProvider credentials) {
    this(environment, credentials, SupabaseLimits.DEFAULT, InstantSource.system());
  }

  /**
   * Puts the services together, with a patience of their own.
   *
   * @param limits of the requests to Supabase
   * @param cacheClock by which settings grow old
   */
  public Composition(
    Map<String, String> environment,
    AwsCredentialsProvider credentials,
    SupabaseLimits limits,
    InstantSource cacheClock
  ) {
    this.environment = environment;
    this.credentials = credentials;
    this.limits = limits;
    this.s3 = at(S3Client.builder())
      .forcePathStyle(environment.containsKey(AWS_ENDPOINT_URL))
      .httpClient(UrlConnectionHttpClient.create())
      .build();
    this.pages = PagesRoot.of(variable(PAGES_ROOT)).store(s3);
    this.keys = secretKeys();
    this.models = new PageModels(providers(), keys);
    this.printed = new PrintedWords(pages, witness());
    this.supabase = supabase();
    this.jobs = new SupabaseJobStore(supabase);
    this.calls = new SupabaseCallLedger(supabase);
    this.settings = new SettingsService(new SupabaseSettingsStore(supabase), cacheClock);
  }

  /** What Lambda has: keys in the environment, or with SnapStart an address in it at which they are. */
  public static AwsCredentialsProvider credentialsOfLambda() {
    return AwsCredentialsProviderChain.of(
      EnvironmentVariableCredentialsProvider.create(),
      ContainerCredentialsProvider.create()
    );
  }

  /** The one of this container. */
  static Composition ofFunction() {
    return Lambda.COMPOSITION;
  }

  PageStore pages() {
    return pages;
  }

  Claim claim() {
    return new Claim(jobs, uploads(), settings, pages, models);
  }

  Split split() {
    return new Split(new S3UploadStore(s3), pages, jobs, models);
  }

  Classify classify() {
    return new Classify(
      pages,
      models,
      jobs,
      callLedger(),
      calls,
      ServiceLoader.load(WordRules.class).findFirst()
    );
  }

  Read read() {
    return new Read(pages, models, jobs, callLedger(), calls, printed, checks);
  }

  Defer defer() {
    return new Defer(pages, models, classify(), new SupabaseSentQuestions(supabase), clock);
  }

  Collect collect() {
    return new Collect(pages, models, new SupabaseSentQuestions(supabase), clock);
  }

  Persist persist() {
    var docs = new SupabaseDocStore(supabase, limits);
    return new Persist(
      pages,
      printed,
      checks,
      metrics()
        .map(each -> each.counting(docs))
        .orElse(docs)
    );
  }

  FailJob failJob() {
    return new FailJob(jobs, persist());
  }

  NoteFailure noteFailure() {
    return new NoteFailure(pages);
  }

  FindFailure findFailure() {
    return new FindFailure(pages);
  }

  ExecutionEnded executionEnded() {
    return new ExecutionEnded(jobs);
  }

  Park park() {
    return new Park(jobs, pages);
  }

  GiveUp giveUp() {
    return new GiveUp(pages);
  }

  Resume resume() {
    return new Resume(jobs, executions());
  }

  AbandonedBatches abandonedBatches() {
    return new AbandonedBatches(new SupabaseSentQuestions(supabase), models);
  }

  SweepJobs sweepJobs() {
    return new SweepJobs(jobs, uploads(), executions(), settings, sweepRounds(), clock);
  }

  SweepBlobs sweepBlobs() {
    var uploaded = new S3BlobStore(s3, variable(UPLOAD_BUCKET), UploadKey.PREFIX);
    var stores = new LinkedHashMap<String, BlobStore>();
    stores.put("pages", PagesRoot.of(variable(PAGES_ROOT)).blobs(s3));
    stores.put("uploads", uploaded);
    var images = new SupabaseImageReferences(supabase);
    return new SweepBlobs(stores, jobs, images, settings, sweepRounds(), clock);
  }

  SweepHistory sweepHistory() {
    return new SweepHistory(new SupabaseHistory(supabase), settings, sweepRounds(), clock);
  }

  SendEvents sendEvents() {
    Outbox outbox = new SupabaseOutbox(supabase);
    var counted = metrics()
      .map(each -> each.counting(outbox))
      .orElse(outbox);
    return new SendEvents(counted, receivers(), new Attempts(new SecureRandom()), clock);
  }

  private Supplier<List<Receiver>> receivers() {
    var bus = Optional.ofNullable(environment.get(EVENT_BUS)).map(this::bus);
    var http = WebhookReceiver.client();
    var reach = Optional.ofNullable(environment.get(WEBHOOK_REACH))
      .map(Reach::valueOf)
      .orElse(Reach.INTERNET);
    return () ->
      Stream.of(
        bus,
        settings
          .webhook()
          .map(address -> new WebhookReceiver(http, address, this::webhookSecrets, reach, clock))
      )
        .<Receiver>flatMap(Optional::stream)
        .toList();
  }

  private EventBusReceiver bus(String name) {
    var bridge = at(EventBridgeClient.builder())
      .httpClient(UrlConnectionHttpClient.create())
      .overrideConfiguration(config -> config.apiCallTimeout(EventBusReceiver.LIMIT))
      .build();
    return new EventBusReceiver(bridge, name);
  }

  private List<WebhookSecret> webhookSecrets() {
    return Stream.concat(
      Stream.of(keys.key(WebhookSecret.KEY)),
      keys.find(WebhookSecret.KEY_BEFORE).stream()
    )
      .map(WebhookSecret::of)
      .toList();
  }

  private SweepRounds sweepRounds() {
    var rounds = new SupabaseSweepRounds(supabase);
    return metrics()
      .map(each -> each.timing(rounds))
      .orElse(rounds);
  }

  OperatingFigures operatingFigures() {
    return new OperatingFigures(new SupabaseFigures(supabase));
  }

  private CallLedger callLedger() {
    return metrics()
      .map(each -> each.counting(calls))
      .orElse(calls);
  }

  /** In a Lambda alone: nothing else makes metrics of log lines. */
  private Optional<EmfMetrics> metrics() {
    return environment.containsKey(FUNCTION_NAME)
      ? Optional.of(new EmfMetrics())
      : Optional.empty();
  }

  /**
   * Loads what the first invocation needs: the SDK, TLS and the mapper, by asking for a key and for a
   * record that nobody has. Where one of them is not to be had, the other is asked for all the same.
   *
   * @throws RuntimeException what was met first
   */
  void prime() {
    Json.read(Json.bytes(Map.of()), Map.class);
    var failures = Stream.<Runnable>of(
      () -> keys.key(SecretKeys.SUPABASE),
      () -> pages.findRecord(NOBODY, "priming")
    )
      .flatMap(first -> failure(first).stream())
      .toList();
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  private static Optional<RuntimeException> failure(Runnable first) {
    try {
      first.run();
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  private StepFunctionsExecutions executions() {
    var sfn = at(SfnClient.builder()).httpClient(UrlConnectionHttpClient.create()).build();
    return new StepFunctionsExecutions(sfn, variable(STATE_MACHINE_ARN));
  }

  private S3Uploads uploads() {
    return new S3Uploads(s3, variable(UPLOAD_BUCKET));
  }

  private SupabaseClient supabase() {
    return new SupabaseClient(URI.create(variable(SUPABASE_URL)), new KeyInSecret(keys), limits);
  }

  /** Supabase's, among the keys of the stack's secret. */
  private record KeyInSecret(SecretKeys keys) implements ProjectKey {
    @Override
    public String current() {
      return keys.key(SecretKeys.SUPABASE);
    }

    @Override
    public String renewed() {
      return keys.renewed(SecretKeys.SUPABASE);
    }
  }

  private SecretKeys secretKeys() {
    var secrets = at(SecretsManagerClient.builder())
      .httpClient(UrlConnectionHttpClient.create())
      .build();
    return new SecretKeys(secrets, variable(SECRET_ID), clock);
  }

  private Optional<Witness> witness() {
    return Optional.ofNullable(environment.get(WITNESS)).map(name ->
      name.equals(TextractWitness.NAME) ? textract() : witnessOfClassPath(name)
    );
  }

  private Witness textract() {
    return new TextractWitness(
      at(TextractClient.builder())
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(config -> config.apiCallTimeout(TextractWitness.LIMIT))
        .build()
    );
  }

  private static Witness witnessOfClassPath(String name) {
    return ServiceLoader.load(Witness.class)
      .stream()
      .map(ServiceLoader.Provider::get)
      .filter(witness -> witness.name().equals(name))
      .findFirst()
      .orElseThrow(() -> new SettingInvalid(WITNESS, "there is no witness \"%s\"".formatted(name)));
  }

  private static List<PageModelProvider> providers() {
    return ServiceLoader.load(PageModelProvider.class)
      .stream()
      .map(ServiceLoader.Provider::get)
      .toList();
  }

  /** An emulator is reached by {@code AWS_ENDPOINT_URL}, as the AWS tools have it. */
  private <B extends AwsClientBuilder<B, ?>> B at(B builder) {
    builder.region(Region.of(variable(AWS_REGION))).credentialsProvider(credentials);
    Optional.ofNullable(environment.get(AWS_ENDPOINT_URL))
      .map(URI::create)
      .ifPresent(builder::endpointOverride);
    return builder;
  }

  private String variable(String name) {
    return Optional.ofNullable(environment.get(name))
      .filter(value -> !value.isBlank())
      .orElseThrow(() ->
        new SettingInvalid(name, "the function's environment has no such variable")
      );
  }

  /** Put together once a container, when the first handler is made. */
  private static final class Lambda {

    static final Composition COMPOSITION = new Composition(System.getenv(), credentialsOfLambda());

    static {
      Priming.register();
    }
  }
}
