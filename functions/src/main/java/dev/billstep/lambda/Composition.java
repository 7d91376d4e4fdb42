package dev.billstep.lambda;

import dev.billstep.doc.PersistDocs;
import dev.billstep.job.ClaimJob;
import dev.billstep.job.FailJob;
import dev.billstep.job.JobStore;
import dev.billstep.page.PageStore;
import dev.billstep.page.SplitUpload;
import dev.billstep.reading.ClassifyPages;
import dev.billstep.reading.FieldChecks;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.reading.PageModels;
import dev.billstep.reading.ReadPage;
import dev.billstep.settings.SettingInvalid;
import dev.billstep.settings.SettingsService;
import dev.billstep.storage.FilePageStore;
import dev.billstep.storage.S3PageStore;
import dev.billstep.storage.S3UploadStore;
import dev.billstep.supabase.SupabaseClient;
import dev.billstep.supabase.SupabaseDocStore;
import dev.billstep.supabase.SupabaseJobStore;
import dev.billstep.supabase.SupabaseKey;
import dev.billstep.supabase.SupabaseLimits;
import dev.billstep.supabase.SupabaseSettingsStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The one place where the services that the handlers call are put together, from a function's
 * environment variables.
 */
public final class Composition {

  /** {@code s3://{bucket}} or {@code file:///{folder}}: where pages and records are kept. */
  public static final String PAGES_ROOT = "BILLSTEP_PAGES_ROOT";

  /** The Supabase project's URL. */
  public static final String SUPABASE_URL = "BILLSTEP_SUPABASE_URL";

  /** The secret that holds the keys, by ARN or name. */
  public static final String SECRET_ID = "BILLSTEP_SECRET_ID";

  private static final String AWS_REGION = "AWS_REGION";
  private static final String AWS_ENDPOINT_URL = "AWS_ENDPOINT_URL";

  private final Map<String, String> environment;
  private final AwsCredentialsProvider credentials;
  private final InstantSource clock = InstantSource.system();
  private final S3Client s3;
  private final PageStore pages;
  private final SupabaseClient supabase;
  private final JobStore jobs;
  private final PageModels models = new PageModels(
    ServiceLoader.load(PageModelProvider.class).stream().map(ServiceLoader.Provider::get).toList()
  );

  /**
   * Puts the services together.
   *
   * @param environment the function's variables
   */
  public Composition(Map<String, String> environment, AwsCredentialsProvider credentials) {
    this.environment = environment;
    this.credentials = credentials;
    this.s3 = at(S3Client.builder())
      .forcePathStyle(environment.containsKey(AWS_ENDPOINT_URL))
      .httpClient(UrlConnectionHttpClient.create())
      .build();
    this.pages = pageStore();
    this.supabase = supabase();
    this.jobs = new SupabaseJobStore(supabase);
  }

  static Composition ofFunction() {
    return Lambda.COMPOSITION;
  }

  ClaimJob claimJob() {
    var settings = new SettingsService(new SupabaseSettingsStore(supabase), clock);
    return new ClaimJob(jobs, settings, pages);
  }

  SplitUpload splitUpload() {
    return new SplitUpload(new S3UploadStore(s3), pages, jobs);
  }

  ClassifyPages classifyPages() {
    return new ClassifyPages(pages, models, jobs);
  }

  ReadPage readPage() {
    return new ReadPage(pages, models, jobs, new FieldChecks(clock));
  }

  PersistDocs persistDocs() {
    return new PersistDocs(pages, new SupabaseDocStore(supabase, SupabaseLimits.DEFAULT));
  }

  FailJob failJob() {
    return new FailJob(jobs);
  }

  private PageStore pageStore() {
    var root = URI.create(variable(PAGES_ROOT));
    return switch (Optional.ofNullable(root.getScheme()).orElse("")) {
      case "s3" -> new S3PageStore(s3, root.getHost());
      case "file" -> new FilePageStore(Path.of(root));
      default -> throw new SettingInvalid(
        PAGES_ROOT,
        "\"%s\" is neither s3://{bucket} nor file:///{folder}".formatted(root)
      );
    };
  }

  private SupabaseClient supabase() {
    var secrets = at(SecretsManagerClient.builder())
      .httpClient(UrlConnectionHttpClient.create())
      .build();
    var key = new SupabaseKey(secrets, variable(SECRET_ID));
    return new SupabaseClient(URI.create(variable(SUPABASE_URL)), key, SupabaseLimits.DEFAULT);
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

    static final Composition COMPOSITION = new Composition(
      System.getenv(),
      DefaultCredentialsProvider.builder().build()
    );
  }
}
