package dev.billstep.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * Starts functions the way Lambda does and takes the time to the first answer. What they ask of
 * others is answered at once by a server of this program's: there is a key, there is no such object
 * and no such job. So a first answer is a typed error that has taken the whole way through secret,
 * S3 or Supabase, and the figures are the functions' own. With SnapStart a process is held where
 * Lambda takes its snapshot; the time is taken from there on, without what the restore itself takes.
 */
public final class ColdStart {

  private static final String BARE = "bare";

  /** What a function that uses S3 and Supabase can't be without, with nothing of ours: see its source. */
  private static final String FLOOR = "floor";

  private static final String RUNTIME =
    "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** Lambda's own start says where the hooks of org.crac belong. */
  private static final String HOOKS = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";

  private static final String RUN = """
  {"jobId": "00000000-0000-4000-8000-000000000002", "userId": "00000000-0000-4000-8000-000000000001",
   "token": "t", "attempt": 1, "upload": {"bucket": "b", "key": "uploads/u/j/f.pdf", "etag": "e"},
   "settings": "s3://pages/jobs/j/settings.json"}""";

  /** By name: the handler and what it is given. */
  private static final Map<String, Function> FUNCTIONS = functions();

  private static Map<String, Function> functions() {
    var functions = new LinkedHashMap<String, Function>();
    functions.put(BARE, new Function("Bare", "{}"));
    functions.put(FLOOR, new Function("Floor", "{}"));
    functions.put(
      "claim",
      handler(
        "Claim",
        "{\"execution\": \"arn\", \"event\": {\"jobId\": \"00000000-0000-4000-8000-000000000002\"}}"
      )
    );
    functions.put("split", handler("Split", "{\"run\": %s}".formatted(RUN)));
    var pages = "{\"run\": %s, \"manifest\": \"s3://pages/jobs/j/manifest.json\", ".formatted(RUN);
    functions.put("classify", handler("Classify", pages + "\"pages\": [1]}"));
    functions.put("read", handler("Read", pages + "\"page\": 1}"));
    functions.put(
      "persist",
      handler(
        "Persist",
        "{\"run\": %s, \"manifest\": \"s3://pages/jobs/j/manifest.json\"}".formatted(RUN)
      )
    );
    functions.put("sweepJobs", handler("SweepJobs", "{}"));
    functions.put("resume", handler("Resume", "{}"));
    return functions;
  }

  private static Function handler(String name, String event) {
    return new Function("dev.billstep.lambda." + name + "Handler", event);
  }

  public static void main(String[] args) throws Exception {
    var artifact = Path.of(args[0]).toAbsolutePath();
    var client = Path.of(args[1]).toAbsolutePath() + "/*";
    int runs = Integer.parseInt(args[2]);
    var work = Files.createTempDirectory("cold-start");
    try {
      var unpacked = unpacked(artifact, work);
      var bare = ownHandlers(work, client, unpacked);
      long bytes;
      try (var files = Files.walk(unpacked)) {
        bytes = files
          .filter(Files::isRegularFile)
          .mapToLong(file -> file.toFile().length())
          .sum();
      }
      System.out.printf(
        "artifact: %.1f MB, unpacked %.1f MB; %d runs each, medians%n%n",
        Files.size(artifact) / 1e6,
        bytes / 1e6,
        runs
      );
      System.out.printf(
        "%-28s %-9s %9s %7s %9s %7s %9s %7s%n",
        "HOW",
        "FUNCTION",
        "FIRST, s",
        "RATIO",
        "A CORE, s",
        "RATIO",
        "PEAK, MB",
        "RATIO"
      );
      // Lambda unpacks a function to a folder, which an archive of classes can't be of.
      var jars = List.of(
        new Variant("both compilers", unpacked.toString(), bare.toString(), List.of()),
        new Variant(
          "C1 alone",
          unpacked.toString(),
          bare.toString(),
          List.of("-XX:TieredStopAtLevel=1")
        ),
        new Variant(
          "C1, one jar in lib/",
          artifact.toString(),
          bare.toString(),
          List.of("-XX:TieredStopAtLevel=1")
        ),
        new Variant(
          "C1, jar, AOT cache",
          artifact.toString(),
          bare.toString(),
          List.of("-XX:TieredStopAtLevel=1"),
          Kind.CACHED
        ),
        new Variant(
          "SnapStart, from restore on",
          unpacked.toString(),
          bare.toString(),
          List.of(HOOKS),
          Kind.RESTORED
        )
      );
      var wanted = args.length > 3 ? args[3] : "";
      for (var variant : jars) {
        if (variant.name().contains(wanted)) {
          measure(variant, client, runs, work);
        }
      }
    } finally {
      try (var files = Files.walk(work)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private static void measure(Variant variant, String client, int runs, Path work)
    throws Exception {
    var bare = median(variant, BARE, client, runs, work);
    print(variant, BARE, bare, bare);
    for (var name : FUNCTIONS.keySet()) {
      boolean isFolderCached = name.equals(FLOOR) && variant.kind() == Kind.CACHED; // Which none can be.
      if (!name.equals(BARE) && !isFolderCached) {
        print(variant, name, median(variant, name, client, runs, work), bare);
      }
    }
  }

  private static Sample median(Variant variant, String name, String client, int runs, Path work)
    throws Exception {
    boolean isBare = name.equals(BARE);
    var function = Objects.requireNonNull(FUNCTIONS.get(name));
    var code = switch (name) {
      case BARE -> variant.bare();
      case FLOOR -> variant.bare() + ":" + variant.code();
      default -> variant.code();
    };
    var classPath = client + ":" + code;
    var flags = new ArrayList<>(variant.flags());
    if (variant.kind() == Kind.CACHED && !isBare) {
      var cache = work.resolve(name + ".aot");
      var training = new ArrayList<>(flags);
      training.add("-XX:AOTCacheOutput=" + cache);
      new Start(function, classPath, training, Kind.STARTED).take(true);
      flags.add("-XX:AOTCache=" + cache);
    }
    var samples = new ArrayList<Sample>();
    for (int run = 0; run < runs; run++) {
      samples.add(new Start(function, classPath, flags, variant.kind()).take(false));
    }
    return new Sample(
      median(samples.stream().mapToDouble(Sample::seconds).sorted().toArray()),
      median(samples.stream().mapToDouble(Sample::coreSeconds).sorted().toArray()),
      median(samples.stream().mapToDouble(Sample::megabytes).sorted().toArray())
    );
  }

  private static void print(Variant variant, String name, Sample sample, Sample bare) {
    System.out.printf(
      "%-28s %-9s %9.3f %7.1f %9.2f %7.1f %9.0f %7.1f%n",
      variant.name(),
      name,
      sample.seconds(),
      sample.seconds() / bare.seconds(),
      sample.coreSeconds(),
      sample.coreSeconds() / bare.coreSeconds(),
      sample.megabytes(),
      sample.megabytes() / bare.megabytes()
    );
  }

  private static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  /** The handlers that the functions are compared with; the floor finds the SDK in the artifact. */
  private static Path ownHandlers(Path work, String client, Path unpacked) throws IOException {
    var bare = work.resolve("Bare.java");
    Files.writeString(
      bare,
      """
      public final class Bare implements com.amazonaws.services.lambda.runtime.RequestStreamHandler {
        public void handleRequest(java.io.InputStream in, java.io.OutputStream out,
            com.amazonaws.services.lambda.runtime.Context context) throws java.io.IOException {
          in.transferTo(out);
        }
      }
      """
    );
    var floor = work.resolve("Floor.java");
    Files.writeString(
      floor,
      """
      import java.net.URI;
      import java.net.http.*;
      import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
      import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
      import software.amazon.awssdk.regions.Region;
      import software.amazon.awssdk.services.s3.S3Client;
      import software.amazon.awssdk.services.s3.model.S3Exception;

      /** One HEAD of S3 by the SDK, and one request by the JDK's client, which is made to speak TLS. */
      public final class Floor implements com.amazonaws.services.lambda.runtime.RequestStreamHandler {
        public void handleRequest(java.io.InputStream in, java.io.OutputStream out,
            com.amazonaws.services.lambda.runtime.Context context) throws java.io.IOException {
          var root = URI.create(System.getenv("AWS_ENDPOINT_URL"));
          var s3 = S3Client.builder().region(Region.of(System.getenv("AWS_REGION"))).endpointOverride(root)
            .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
            .forcePathStyle(true).httpClient(UrlConnectionHttpClient.create()).build();
          try {
            s3.headObject(head -> head.bucket("b").key("k"));
          } catch (S3Exception noSuchKey) {
            // As of every function of this bench.
          }
          try {
            HttpClient.newHttpClient().send(
              HttpRequest.newBuilder(root.resolve("/rest/v1/jobs")).build(),
              HttpResponse.BodyHandlers.ofByteArray());
          } catch (InterruptedException e) {
            throw new java.io.IOException(e);
          }
          in.transferTo(out);
        }
      }
      """
    );
    var classes = Files.createDirectory(work.resolve("bare"));
    var jars = new StringBuilder(unpacked.toString());
    try (var files = Files.list(Path.of(client.substring(0, client.length() - 2)))) {
      files.forEach(jar -> jars.append(':').append(jar));
    }
    int failed = ToolProvider.getSystemJavaCompiler().run(
      null,
      null,
      null,
      "-proc:none",
      "-nowarn",
      "-cp",
      jars.toString(),
      "-d",
      classes.toString(),
      bare.toString(),
      floor.toString()
    );
    if (failed != 0) {
      throw new IOException("the handlers to compare with could not be compiled");
    }
    return classes;
  }

  private static Path unpacked(Path artifact, Path work) throws Exception {
    var folder = Files.createDirectory(work.resolve("task"));
    var exit = new ProcessBuilder(
      Path.of(System.getProperty("java.home"), "bin", "jar").toString(),
      "xf",
      artifact.toString()
    )
      .directory(folder.toFile())
      .inheritIO()
      .start()
      .waitFor();
    if (exit != 0) {
      throw new IOException("the artifact could not be unpacked");
    }
    return folder;
  }

  /** A process is started, started with what an earlier one has left, or held before its first event. */
  private enum Kind {
    STARTED,
    CACHED,
    RESTORED,
  }

  private record Function(String handler, String event) {}

  /**
   * What one start took.
   *
   * @param coreSeconds of all its threads from the start of the process on, which other work on the
   *     machine changes little
   */
  private record Sample(double seconds, double coreSeconds, double megabytes) {}

  private record Variant(String name, String code, String bare, List<String> flags, Kind kind) {
    Variant(String name, String code, String bare, List<String> flags) {
      this(name, code, bare, flags, Kind.STARTED);
    }
  }

  /** One process, from its start to its first answer. */
  private record Start(Function function, String classPath, List<String> flags, Kind kind) {
    /** A server of our own: the runtime client knows headers only in the case that Lambda gives them. */
    Sample take(boolean endsByItself) throws Exception {
      var answered = new CompletableFuture<Long>();
      var given = new AtomicBoolean();
      var restored = new AtomicLong();
      try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
        Thread.ofVirtual().start(() -> serve(server, given, restored, answered));
        return run("127.0.0.1:" + server.getLocalPort(), restored, answered, endsByItself);
      }
    }

    private void serve(
      ServerSocket server,
      AtomicBoolean given,
      AtomicLong restored,
      CompletableFuture<Long> answered
    ) {
      try {
        while (true) {
          var socket = server.accept();
          Thread.ofVirtual().start(() -> answer(socket, given, restored, answered));
        }
      } catch (SocketException closed) {
        return;
      } catch (IOException e) {
        answered.completeExceptionally(e);
      }
    }

    private Sample run(
      String authority,
      AtomicLong restored,
      CompletableFuture<Long> answered,
      boolean endsByItself
    ) throws Exception {
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("-XX:+UseSerialGC");
      command.addAll(flags);
      command.addAll(List.of("-cp", classPath, RUNTIME, function.handler()));
      var log = Files.createTempFile("cold-start", ".log");
      var builder = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile());
      builder.environment().putAll(environment(authority));
      long started = System.nanoTime();
      var process = builder.start();
      try {
        long at = answered.get(15, TimeUnit.SECONDS);
        double peak = PeakMemory.kilobytes(process.pid()) / 1000.0;
        double cores = process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
        if (endsByItself) {
          process.destroy();
          process.waitFor(120, TimeUnit.SECONDS);
        }
        long from = kind == Kind.RESTORED ? restored.get() : started;
        return new Sample((at - from) / 1e9, cores, peak);
      } catch (TimeoutException e) {
        throw new IOException(
          "no answer of " + function.handler() + ":\n" + Files.readString(log),
          e
        );
      } finally {
        process.destroyForcibly().waitFor();
        Files.delete(log);
      }
    }

    private Map<String, String> environment(String authority) {
      var root = "http://" + authority;
      return Map.ofEntries(
        Map.entry("AWS_LAMBDA_RUNTIME_API", authority),
        Map.entry("AWS_LAMBDA_FUNCTION_NAME", "bench"),
        Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "1"),
        Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769"),
        Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "bench"),
        Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "bench"),
        Map.entry(
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          kind == Kind.RESTORED ? "snap-start" : "on-demand"
        ),
        Map.entry("AWS_REGION", "ap-south-1"),
        Map.entry("AWS_ACCESS_KEY_ID", "test"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "test"),
        Map.entry("AWS_ENDPOINT_URL", root),
        Map.entry("BILLSTEP_SUPABASE_URL", root),
        Map.entry("BILLSTEP_SECRET_ID", "keys"),
        Map.entry("BILLSTEP_PAGES_ROOT", "s3://pages"),
        Map.entry("BILLSTEP_UPLOAD_BUCKET", "uploads"),
        Map.entry(
          "BILLSTEP_STATE_MACHINE_ARN",
          "arn:aws:states:ap-south-1:000000000000:stateMachine:m"
        )
      );
    }

    private void answer(
      Socket socket,
      AtomicBoolean given,
      AtomicLong restored,
      CompletableFuture<Long> answered
    ) {
      try {
        var request = Request.read(socket.getInputStream());
        var path = request.path();
        if (path.endsWith("/invocation/next")) {
          if (!given.getAndSet(true)) {
            send(socket, 200, INVOCATION, function.event());
          }
          return; // There is no second one: that request waits until the process is ended.
        }
        if (path.endsWith("/restore/next")) {
          restored.set(System.nanoTime());
          send(socket, 200, "", "{}");
        } else if (path.endsWith("/response") || path.endsWith("/error")) {
          if (path.contains("/init/") || request.body().contains("\"errorType\":\"java.lang")) {
            answered.completeExceptionally(new IOException(request.body()));
          }
          answered.complete(System.nanoTime());
          send(socket, 202, "", "{}");
        } else if (request.head().contains("x-amz-target")) {
          send(
            socket,
            200,
            "",
            "{\"ARN\": \"keys\", \"SecretString\": \"{\\\"supabase_key\\\": \\\"k\\\"}\"}"
          );
        } else if (path.startsWith("/rest/v1/rpc")) {
          send(socket, 400, "", "{\"code\": \"BS001\", \"message\": \"there is no such job\"}");
        } else if (path.startsWith("/rest/v1/")) {
          send(socket, 200, "", "[]");
        } else {
          send(
            socket,
            404,
            "",
            "<Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>"
          );
        }
      } catch (IOException e) {
        answered.completeExceptionally(e);
      }
    }

    private static final String INVOCATION = """
    Lambda-Runtime-Aws-Request-Id: 00000000-0000-4000-8000-000000000003\r
    Lambda-Runtime-Deadline-Ms: 4102444800000\r
    Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:ap-south-1:000000000000:function:bench\r
    Lambda-Runtime-Trace-Id: Root=1-00000000-000000000000000000000000;Sampled=0\r
    """;

    private static void send(Socket socket, int status, String headers, String body)
      throws IOException {
      var type = body.startsWith("<") ? "application/xml" : "application/json";
      var head =
        "HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n%s\r\n".formatted(
          status,
          type,
          body.length(),
          headers
        );
      socket.getOutputStream().write((head + body).getBytes(StandardCharsets.ISO_8859_1));
      socket.close();
    }
  }

  private record Request(String path, String head, String body) {
    /** Of a request line, without its query. */
    private static final Pattern PATH = Pattern.compile("(?s)^\\S+ ([^ ?]*).*$");

    static Request read(InputStream in) throws IOException {
      var head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("a request ended early: " + head);
        }
        head.append((char) next);
      }
      var lower = head.toString().toLowerCase(Locale.ROOT);
      var length = Pattern.compile("content-length: *(\\d+)").matcher(lower);
      var body = new String(
        in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0),
        StandardCharsets.UTF_8
      );
      return new Request(PATH.matcher(head).replaceFirst("$1"), lower, body);
    }
  }
}
