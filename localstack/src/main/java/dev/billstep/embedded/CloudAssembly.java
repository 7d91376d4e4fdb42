package dev.billstep.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.deployment.StackNames;
import dev.billstep.json.Json;
import dev.billstep.stack.StackFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/**
 * What the CDK app was synthesized to: templates, and the files that they refer to. Published as
 * {@code cdk deploy} does (the asset manifest of the CDK's cloud assembly schema).
 */
final class CloudAssembly {

  /** In the order in which they are deployed; what is left only tells people. */
  static final List<String> STACKS = List.of(StackNames.DEV.data(), StackNames.DEV.pipeline());

  /** The one with the functions. */
  static final String PIPELINE = STACKS.getLast();

  private final Path folder;

  CloudAssembly(Path folder) {
    this.folder = folder;
    if (!Files.exists(folder.resolve("manifest.json"))) {
      throw new StackFailure(
        "There is no %s: build the project first (mvn package).".formatted(folder)
      );
    }
  }

  /**
   * Puts every file asset of a stack where the template looks for it, and the template itself, which
   * is larger than a request may be (51,200 bytes: AWS CloudFormation API reference, CreateStack).
   *
   * @param names of the stacks, as they are to be called instead
   * @return where the template is, below the endpoint: bucket and key
   */
  String publish(S3Client s3, String stack, UnaryOperator<String> names) {
    var template = "";
    var templateFile = stack + ".template.json";
    var assets = Json.read(read(folder.resolve(stack + ".assets.json")), JsonNode.class);
    var buckets = new HashSet<String>();
    for (var asset : assets.path("files")) {
      boolean isTemplate = asset.at("/source/path").asText().equals(templateFile);
      var content = content(asset.path("source"));
      for (var destination : asset.path("destinations")) {
        var bucket = bucket(destination);
        if (buckets.add(bucket)) {
          create(s3, bucket);
        }
        var key = destination.path("objectKey").asText();
        s3.putObject(
          request -> request.bucket(bucket).key(key),
          RequestBody.fromBytes(isTemplate ? renamed(content, names) : content)
        );
        if (isTemplate) {
          template = bucket + "/" + key;
        }
      }
    }
    return template;
  }

  /** What a stack gives to another has the stack's name in its own: it must be one a stack. */
  private static byte[] renamed(byte[] template, UnaryOperator<String> names) {
    var text = new String(template, StandardCharsets.UTF_8);
    for (var stack : STACKS) {
      text = text.replace(stack + ":Exports", names.apply(stack) + ":Exports");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** As {@code cdk bootstrap} has done where it was run: an engine that was running may have it. */
  private static void create(S3Client s3, String bucket) {
    try {
      s3.createBucket(request -> request.bucket(bucket));
    } catch (BucketAlreadyOwnedByYouException itIsThere) {
      return;
    }
  }

  private static String bucket(JsonNode destination) {
    return destination.path("bucketName").asText().replace("${AWS::AccountId}", LocalAws.ACCOUNT);
  }

  private byte[] content(JsonNode source) {
    var path = folder.resolve(source.path("path").asText());
    return "zip".equals(source.path("packaging").asText()) ? zip(path) : read(path);
  }

  private static byte[] zip(Path folder) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes); var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
        zip.write(Files.readAllBytes(file));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
