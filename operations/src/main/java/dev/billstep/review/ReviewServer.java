package dev.billstep.review;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billstep.failure.PermanentFailure;
import dev.billstep.failure.TransientFailure;
import dev.billstep.http.QueryParameters;
import dev.billstep.http.Token;
import dev.billstep.operation.DocReviews;
import dev.billstep.operation.OperationRefused;
import dev.billstep.page.BlobChanged;
import dev.billstep.page.BlobMissing;
import dev.billstep.people.People;
import dev.billstep.reading.Witness;
import dev.billstep.stack.DeployedStack;
import dev.billstep.stack.StackFailure;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Serves the review page of a stack: its jobs with their progress, pages beside what was read from
 * them, and what can be done with a job. Where there are users it asks them to sign in. Where there are
 * none, it is open to this machine on loopback; elsewhere it asks for a token.
 */
public final class ReviewServer implements AutoCloseable {

  private static final Logger LOG = LogManager.getLogger(ReviewServer.class);

  private static final Map<String, String> ALWAYS = Map.of(
    "Content-Security-Policy",
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
      "form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options",
    "nosniff",
    "Referrer-Policy",
    "no-referrer",
    "Cross-Origin-Resource-Policy",
    "same-origin"
  );

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ReviewAccess access;
  private final ReviewRequests requests;

  private ReviewServer(HttpServer server, ReviewAccess access, ReviewRequests requests) {
    this.server = server;
    this.access = access;
    this.requests = requests;
  }

  /**
   * Starts it.
   *
   * @param address where; port 0 is any that is free
   * @param token that is asked for where other machines can reach it and there are no users
   * @param people who may sign in, and have to where there are any; nobody where a stack keeps nothing
   * @param witness that looks for the words of scans at the desk; none where this machine has none
   * @throws StackFailure where the address is taken or is none of this machine's
   */
  public static ReviewServer start(
    DeployedStack stack,
    InetSocketAddress address,
    Token token,
    Optional<People> people,
    Optional<Witness> witness
  ) {
    try {
      var http = HttpServer.create(address, 0);
      var requests = new ReviewRequests(
        stack,
        new DocReviews(stack, InstantSource.system(), witness),
        people,
        () -> maxUploadBytes(stack)
      );
      var access = ReviewAccess.at(address.getAddress(), token, people);
      var server = new ReviewServer(http, access, requests);
      http.createContext("/", server::serve).setAuthenticator(access.authenticator());
      http.setExecutor(server.threads);
      http.start();
      return server;
    } catch (IOException e) {
      throw new StackFailure(
        "The review page can't be served at %s: %s.".formatted(address, e.getMessage()),
        e
      );
    }
  }

  private static long maxUploadBytes(DeployedStack stack) {
    return stack
      .supabase()
      .selectOne("Settings", Map.of("key", "eq.split.limits"))
      .map(row -> row.at("/value/maxBytes").asLong())
      .orElse(0L);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Where it is opened, the token included: on this machine first, then where others reach it. */
  public List<URI> uris() {
    var address = server.getAddress().getAddress();
    return address.isAnyLocalAddress()
      ? Stream.concat(Stream.of("127.0.0.1"), ofThisMachine()).map(this::uri).toList()
      : List.of(uri(address.getHostAddress()));
  }

  private URI uri(String host) {
    return URI.create("http://%s:%d/%s".formatted(host, port(), access.query()));
  }

  /** By IPv4, which people can type. */
  private static Stream<String> ofThisMachine() {
    try {
      return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .map(InetAddress::getHostAddress)
        .sorted();
    } catch (SocketException e) {
      LOG.warn("the addresses of this machine can't be listed", e);
      return Stream.empty();
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(exchange).write(exchange, ALWAYS);
    }
  }

  private ReviewResponse answer(HttpExchange exchange) throws IOException {
    try {
      var token = QueryParameters.of(exchange.getRequestURI()).get(ReviewAccess.PARAMETER);
      if (isOpen(exchange) && token != null && access.isToken(token)) {
        return ReviewResponse.elsewhere("/", ReviewAccess.cookie(token));
      }
      return requests.answer(exchange, access);
    } catch (ReviewRefused refused) {
      return ReviewResponse.problem(refused.status(), sentence(refused));
    } catch (OperationRefused refused) {
      return ReviewResponse.problem(status(refused.reason()), sentence(refused));
    } catch (BlobMissing | BlobChanged gone) {
      return ReviewResponse.problem(404, sentence(gone));
    } catch (PermanentFailure failed) {
      return ReviewResponse.problem(422, sentence(failed));
    } catch (TransientFailure | SdkException unreached) {
      LOG.warn("the review page did not reach a part of the stack", unreached);
      return ReviewResponse.problem(
        503,
        "A part of the stack is not responding: " + unreached.getMessage()
      );
    } catch (RuntimeException unforeseen) {
      LOG.error("the review page could not answer", unforeseen);
      return ReviewResponse.problem(500, "That failed; the log of billstep up says why.");
    }
  }

  private static boolean isOpen(HttpExchange exchange) {
    return ReviewAccess.visitor(exchange) instanceof Visitor.Anyone;
  }

  private static String sentence(Exception refused) {
    return String.valueOf(refused.getMessage());
  }

  private static int status(OperationRefused.Reason reason) {
    return switch (reason) {
      case NOT_FOUND -> 404;
      case NOT_NOW -> 409;
      case INVALID -> 400;
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
