package dev.billstep.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.lambda.Composition;
import dev.billstep.operation.OwnRows;
import dev.billstep.operation.PageFiles;
import dev.billstep.settings.SettingInvalid;
import dev.billstep.storage.PagesRoot;
import dev.billstep.supabase.Rows;
import dev.billstep.supabase.SupabaseAuth;
import dev.billstep.supabase.SupabaseClient;
import dev.billstep.supabase.SupabaseLimits;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The review page of a Supabase project's users, put together from a function's environment variables. It has
 * no key but the one that is everybody's.
 */
public final class ProjectPage {

  /** {@code s3://{bucket}} or {@code file:///{folder}}: where pages are kept. */
  public static final String PAGES_ROOT = PagesRoot.VARIABLE;

  /** The Supabase project's URL. */
  public static final String SUPABASE_URL = Composition.SUPABASE_URL;

  /** The project's key that is everybody's: {@code anon}, or {@code sb_publishable_…}. */
  public static final String SUPABASE_ANON_KEY = "BILLSTEP_SUPABASE_ANON_KEY";

  private static final String AWS_REGION = "AWS_REGION";

  /** An image that is too large for an answer is had from the bucket instead, for so long. */
  private static final Duration SIGNED_FOR = Duration.ofMinutes(1);

  private final ReviewRequests requests;
  private final ReviewAccess access;
  private final Map<String, String> policy;

  private ProjectPage(ReviewRequests requests, ReviewAccess access, Map<String, String> policy) {
    this.requests = requests;
    this.access = access;
    this.policy = policy;
  }

  /**
   * Puts it together.
   *
   * @param environment the function's variables
   */
  public static ProjectPage of(
    Map<String, String> environment,
    AwsCredentialsProvider credentials
  ) {
    var clock = InstantSource.system();
    var anonKey = variable(environment, SUPABASE_ANON_KEY);
    var project = new SupabaseClient(
      URI.create(variable(environment, SUPABASE_URL)),
      () -> anonKey,
      SupabaseLimits.DEFAULT
    );
    var auth = new SupabaseAuth(project);
    var root = variable(environment, PAGES_ROOT);
    var region = Region.of(variable(environment, AWS_REGION));
    var files = PageFiles.below(root, PagesRoot.of(root).store(s3(region, credentials))::fetch);
    var sight = new Sight(
      visitor -> rows(project, visitor),
      files,
      row -> image(files, row, region, credentials),
      clock
    );
    return new ProjectPage(
      ReviewRequests.ofProject(sight, new ProjectAccount(auth, clock)),
      new ProjectAccess(auth, clock),
      ReviewResponse.policy(origin(root, region))
    );
  }

  private static S3Client s3(Region region, AwsCredentialsProvider credentials) {
    return S3Client.builder()
      .region(region)
      .credentialsProvider(credentials)
      .httpClient(UrlConnectionHttpClient.create())
      .build();
  }

  /** Of those who have signed in, what their token leaves; of others what everybody may see: nothing. */
  private static Rows rows(SupabaseClient project, Visitor visitor) {
    return visitor instanceof Visitor.ByToken(var token, var _)
      ? new OwnRows(project.by(token.value()))
      : new OwnRows(project);
  }

  private static ReviewResponse image(
    PageFiles files,
    JsonNode row,
    Region region,
    AwsCredentialsProvider credentials
  ) {
    var png = files.imageOrRefuse(row);
    return png.length <= FunctionUrlResponse.MOST_BYTES
      ? ReviewResponse.image(png)
      : files
          .imagePlace(row)
          .map(place -> ReviewResponse.elsewhere(signed(place, region, credentials)))
          .orElseGet(() -> ReviewResponse.image(png));
  }

  /** Where the bucket itself gives an image to whoever has the address, which nobody can guess. */
  static String signed(URI place, Region region, AwsCredentialsProvider credentials) {
    try (
      var presigner = S3Presigner.builder().region(region).credentialsProvider(credentials).build()
    ) {
      return presigner
        .presignGetObject(wanted ->
          wanted
            .signatureDuration(SIGNED_FOR)
            .getObjectRequest(object ->
              object.bucket(place.getHost()).key(place.getPath().substring(1))
            )
        )
        .url()
        .toString();
    }
  }

  /** As {@link #signed} has it, for the policy of what a page may load; nothing of a folder. */
  private static String origin(String root, Region region) {
    return PagesRoot.of(root) instanceof PagesRoot.Bucket(var name)
      ? "https://%s.s3.%s.amazonaws.com".formatted(name, region)
      : "";
  }

  private static String variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
      .filter(value -> !value.isBlank())
      .orElseThrow(() ->
        new SettingInvalid(name, "the function's environment has no such variable")
      );
  }

  ReviewRequests requests() {
    return requests;
  }

  ReviewAccess access() {
    return access;
  }

  /** Of what a page may load. */
  Map<String, String> policy() {
    return policy;
  }
}
