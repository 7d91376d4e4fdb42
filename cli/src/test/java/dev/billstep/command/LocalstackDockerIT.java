package dev.billstep.command;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.localstack.Localstack;
import cloud.localstack.docker.LocalstackDockerExtension;
import cloud.localstack.docker.annotation.IBindMountProvider;
import cloud.localstack.docker.annotation.IEnvironmentVariableProvider;
import cloud.localstack.docker.annotation.LocalstackDockerProperties;
import dev.billstep.embedded.Project;
import dev.billstep.it.Samples;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * LocalStack in a container, its functions in containers of AWS's own base image. What the image and
 * its functions are given is what {@code compose.yaml} gives them.
 */
@Testcontainers(disabledWithoutDocker = true)
@ExtendWith(LocalstackDockerExtension.class)
@LocalstackDockerProperties(
  imageName = "localstack/localstack",
  imageTag = "4.12.0",
  services = {
    "s3",
    "events",
    "stepfunctions",
    "lambda",
    "secretsmanager",
    "cloudformation",
    "iam",
    "sts",
    "ssm",
    "logs",
    "sqs",
    "kms",
  },
  environmentVariableProvider = LocalstackDockerIT.Environment.class,
  bindMountProvider = LocalstackDockerIT.DockerSocket.class
)
class LocalstackDockerIT {

  @TempDir
  Path folder;

  @Test
  void anUploadBecomesTheSameRowsAsOnTheEmbeddedEngine() throws Exception {
    var endpoint = "http://127.0.0.1:" + Localstack.INSTANCE.getEdgePort();
    var run = CommandRun.start(
      folder,
      Map.of("AWS_ENDPOINT_URL", endpoint),
      "run",
      "--stack",
      "localstack",
      Samples.file("mixed-scanned").toString()
    );
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("processed", "/pages/");
  }

  /** The offline reader as a layer, and a way from the functions to this machine. */
  public static final class Environment implements IEnvironmentVariableProvider {

    @Override
    public Map<String, String> getEnvironmentVariables() {
      var layer = Project.ofSystemProperty().home().resolve("offline-reader/target/layer");
      return Map.of(
        "LAMBDA_DOCKER_FLAGS",
        "--add-host=host.docker.internal:host-gateway -v %s:/opt/java/lib:ro".formatted(layer),
        "DISABLE_EVENTS",
        "1"
      );
    }
  }

  /** LocalStack starts its functions' containers itself. */
  public static final class DockerSocket extends IBindMountProvider.BaseBindMountProvider {

    @Override
    protected void initValues(Map<String, String> mounts) {
      mounts.put("/var/run/docker.sock", "/var/run/docker.sock");
    }
  }
}
