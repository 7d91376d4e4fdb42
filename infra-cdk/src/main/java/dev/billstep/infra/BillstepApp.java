package dev.billstep.infra;

import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;

/**
 * Synthesizes the stack for AWS and for the embedded stack. Under the {@code cdk} command, which
 * says where its output belongs, for AWS alone.
 */
public final class BillstepApp {

  public static final String STACK = "Billstep";

  /** The documents are Indian and stay there. */
  private static final String REGION = "ap-south-1";

  private BillstepApp() {}

  /**
   * Synthesizes.
   *
   * @param args the state machine's definition, the functions' artifact, the embedded bootstrap's
   *     folder, and the folder for the output
   */
  public static void main(String[] args) {
    var definition = Path.of(args[0]);
    var aws = new Target.Aws(Path.of(args[1]));
    var embedded = new Target.Embedded(Path.of(args[2]));
    var out = Path.of(args[3]);
    var cdk = Optional.ofNullable(System.getenv("CDK_OUTDIR"));
    synth(aws, definition, cdk.map(Path::of).orElse(out.resolve("cdk.out")));
    if (cdk.isEmpty()) {
      synth(embedded, definition, out.resolve("cdk.embedded"));
    }
  }

  private static void synth(Target target, Path definition, Path out) {
    var app = new App(AppProps.builder().outdir(out.toString()).analyticsReporting(false).build());
    var region = Optional.ofNullable(System.getenv("CDK_DEFAULT_REGION")).orElse(REGION);
    var props = StackProps.builder()
      .env(Environment.builder().region(region).build())
      .description("Billstep: reads uploaded bills, one audited row a page")
      .build();
    new BillstepStack(app, STACK, props, target, definition);
    app.synth();
  }
}
