package dev.billstep.embedded;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.type.TypeReference;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billstep.http.LocalRequests;
import dev.billstep.http.Token;
import dev.billstep.json.Json;
import dev.billstep.lambda.Composition;
import dev.billstep.lambda.JsonHandler;
import dev.billstep.lambda.SplitHandler;
import dev.billstep.log.LogLines;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.stack.StackFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * The warm JVM behind the functions' bootstraps: {@code POST /functions/{handler class}} runs the
 * real handler with the function's own environment. A failure comes back as Lambda reports it:
 * {@code errorType} is the exception's class name. It runs code for those who have this run's token.
 *
 * <p>A process of its own, so that native code can neither write to the command's output nor take
 * it down. It ends when its standard input does: it can't outlive who started it.
 */
public final class FunctionHost {

  /** By this name, this process and the functions' bootstraps are told the token of their run. */
  static final String TOKEN = "BILLSTEP_FUNCTION_TOKEN";

  private static final String PATH = "/functions/";
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FUNCTION_FAILED = 500;

  private final HttpServer server;
  private final Token token;
  private final Pace pace = Pace.ofSystemProperty();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Semaphore splits = new Semaphore(Runtime.getRuntime().availableProcessors());
  private final Map<Map<String, String>, Composition> compositions = new ConcurrentHashMap<>();
  private final Map<Function, RequestStreamHandler> handlers = new ConcurrentHashMap<>();

  private FunctionHost(HttpServer server, Token token) {
    this.server = server;
    this.token = token;
  }

  /**
   * Serves until standard input ends, who has the token that {@link #TOKEN} of the environment is.
   *
   * @param args the file to write the port to, once it is served; the port, where 0 is any
   */
  public static void main(String[] args) throws IOException {
    LogLines.toFileOfSystemProperty();
    var portFile = Path.of(args[0]);
    var port = String.valueOf(
      start(token(), Integer.parseInt(args[1])).server.getAddress().getPort()
    );
    Thread.ofPlatform().daemon().name("load-models").start(FunctionHost::loadModels);
    var part = Files.writeString(portFile.resolveSibling(portFile.getFileName() + ".part"), port);
    Files.move(part, portFile, StandardCopyOption.ATOMIC_MOVE);
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }

  /** While the rest of the stack starts: the first page would wait for it. */
  private static void loadModels() {
    ServiceLoader.load(PageModelProvider.class).forEach(PageModelProvider::load);
  }

  private static Token token() {
    return new Token(
      Optional.ofNullable(System.getenv(TOKEN)).orElseThrow(() ->
        new StackFailure("The function host is not told its token: %s is not set.".formatted(TOKEN))
      )
    );
  }

  private static FunctionHost start(Token token, int port) {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      var server = HttpServer.create(address, 0);
      var host = new FunctionHost(server, token);
      server.createContext(PATH, host::serve).getFilters().add(LocalRequests.TO_LOOPBACK.filter());
      server.setExecutor(host.threads);
      server.start();
      return host;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var isCaller = Token.givenBy(exchange.getRequestHeaders()).filter(token::is).isPresent();
      var answer = isCaller ? invoke(exchange) : new Answer(UNAUTHORIZED, Body.of(new byte[0]));
      exchange.sendResponseHeaders(answer.status(), answer.body().length());
      exchange.getResponseBody().write(answer.body().bytes());
    }
  }

  private Answer invoke(HttpExchange exchange) throws IOException {
    var event = exchange.getRequestBody();
    try {
      var output = new ByteArrayOutputStream();
      handle(handler(exchange), event, output);
      return new Answer(OK, new Body(output));
    } catch (Throwable failure) {
      // As the Lambda runtime does: an Error is the function's, too.
      return new Answer(FUNCTION_FAILED, Body.of(Json.bytes(report(failure))));
    }
  }

  /** Uploads are split as many at once as there are cores: each has a document in memory. */
  private void handle(RequestStreamHandler handler, InputStream event, OutputStream output)
    throws IOException {
    if (!(handler instanceof SplitHandler)) {
      handler.handleRequest(event, output, null);
      return;
    }
    splits.acquireUninterruptibly();
    try {
      handler.handleRequest(event, output, null);
    } finally {
      splits.release();
    }
  }

  private RequestStreamHandler handler(HttpExchange exchange) throws IOException {
    var name = exchange.getRequestURI().getPath().substring(PATH.length());
    var environment = Json.mapper().readValue(
      exchange.getRequestHeaders().getFirst("Billstep-Environment"),
      new TypeReference<Map<String, String>>() {}
    );
    return handlers.computeIfAbsent(new Function(name, environment), this::load);
  }

  private RequestStreamHandler load(Function function) {
    var composition = compositions.computeIfAbsent(function.environment(), environment ->
      new Composition(environment, LocalAws.CREDENTIALS, pace.supabaseLimits(), pace.clock())
    );
    try {
      return Class.forName(function.handler())
        .asSubclass(JsonHandler.class)
        .getConstructor(Composition.class)
        .newInstance(composition);
    } catch (ReflectiveOperationException e) {
      throw new StackFailure("There is no handler %s".formatted(function.handler()), e);
    }
  }

  /** The shape of the Runtime API's error (AWS Lambda developer guide, "Invocation error"). */
  private static Map<String, Object> report(Throwable failure) {
    return Map.of(
      "errorType",
      failure.getClass().getName(),
      "errorMessage",
      String.valueOf(failure.getMessage()),
      "stackTrace",
      Arrays.stream(failure.getStackTrace()).map(StackTraceElement::toString).toList()
    );
  }

  private record Function(String handler, Map<String, String> environment) {}

  private record Answer(int status, Body body) {}

  private record Body(ByteArrayOutputStream content) {
    static Body of(byte[] bytes) {
      var content = new ByteArrayOutputStream(bytes.length);
      content.writeBytes(bytes);
      return new Body(content);
    }

    byte[] bytes() {
      return content.toByteArray();
    }

    int length() {
      return content.size();
    }
  }
}
