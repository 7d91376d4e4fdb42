package dev.billstep.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.settings.SettingInvalid;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** What the function is put together from, and what can be asked of it. */
class ProjectPageTest {

  private static final AwsCredentialsProvider CREDENTIALS = StaticCredentialsProvider.create(
    AwsBasicCredentials.create("key", "secret")
  );

  private static final Map<String, String> ENVIRONMENT = Map.of(
    ProjectPage.SUPABASE_URL,
    "https://abc.supabase.co",
    ProjectPage.SUPABASE_ANON_KEY,
    "anon",
    ProjectPage.PAGES_ROOT,
    "s3://pages",
    "AWS_REGION",
    "ap-south-1"
  );

  private final ProjectPage page = ProjectPage.of(ENVIRONMENT, CREDENTIALS);

  /** What costs, or changes what others wait for, is for those who run the stack. */
  @Test
  void nothingIsRunOrUploadedFromThere() {
    var asked = page
      .requests()
      .routes()
      .stream()
      .map(route -> route.method() + " " + route.path().pattern())
      .collect(Collectors.toSet());
    assertThat(asked).noneMatch(each ->
      each.matches(".*/(retry|replay|cancel|delete|reread|type|limits|password|jobs)$")
    );
    assertThat(page.requests().routes()).noneMatch(route -> route.right() == Right.OPERATOR);
    assertThat(asked).contains("GET /api/piles", "GET /api/list", "POST /api/session");
  }

  @Test
  void everybodySeesNothingButHowToSignIn() {
    var open = page
      .requests()
      .routes()
      .stream()
      .filter(route -> route.right() == Right.ANYBODY)
      .map(route -> route.path().pattern().replaceAll("\\\\[QE]", ""))
      .collect(Collectors.toSet());
    assertThat(open).isEqualTo(
      Set.of("/icon.svg", "/review.css", "/ask.js", "/sign-in", "/sign-in.js", "/api/session")
    );
  }

  @Test
  void imagesComeFromItselfAndItsBucketAlone() {
    assertThat(page.policy().get("Content-Security-Policy")).contains(
      "img-src 'self' https://pages.s3.ap-south-1.amazonaws.com;"
    );
  }

  @Test
  void anImageThatIsTooLargeIsHadFromTheBucketForAMinute() {
    var signed = URI.create(
      ProjectPage.signed(
        URI.create("s3://pages/jobs/1/pages/2.png"),
        Region.AP_SOUTH_1,
        CREDENTIALS
      )
    );
    assertThat(signed.getScheme() + "://" + signed.getHost()).isEqualTo(
      "https://pages.s3.ap-south-1.amazonaws.com"
    );
    assertThat(signed.getPath()).isEqualTo("/jobs/1/pages/2.png");
    assertThat(signed.getQuery()).contains("X-Amz-Expires=60", "X-Amz-Signature=");
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      ProjectPage.SUPABASE_URL,
      ProjectPage.SUPABASE_ANON_KEY,
      ProjectPage.PAGES_ROOT,
      "AWS_REGION",
    }
  )
  void aVariableThatIsMissingIsNamed(String name) {
    var environment = new HashMap<>(ENVIRONMENT);
    environment.remove(name);
    assertThatThrownBy(() -> ProjectPage.of(environment, CREDENTIALS))
      .isInstanceOf(SettingInvalid.class)
      .hasMessageContaining(name);
  }
}
