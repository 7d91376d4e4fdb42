package dev.billstep.review;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billstep.http.Token;
import dev.billstep.people.People;
import dev.billstep.reading.Witness;
import dev.billstep.stack.DeployedStack;
import dev.billstep.stack.StackFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/**
 * Serves the review page of a stack: its jobs with their progress, pages beside what was read from
 * them, and what can be done with a job. Where there are users it asks them to sign in. Where there are
 * none, it is open to this machine on loopback; elsewhere it asks for a token.
 */
public final class ReviewServer implements AutoCloseable {

  private static final Logger LOG = LogManager.getLogger(ReviewServer.class);

  private static final Map<String, String> POLICY = ReviewResponse.policy("");
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final MachineAccess access;
  private final ReviewRequests requests;

  private ReviewServer(HttpServer server, MachineAccess access, ReviewRequests requests) {
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
      var requests = ReviewRequests.ofMachine(stack, InstantSource.system(), people, witness, () ->
        maxUploadBytes(stack)
      );
      var access = MachineAccess.at(address.getAddress(), token, people);
      var server = new ReviewServer(http, access, requests);
      http.createContext("/", server::serve);
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
      answer(exchange).write(exchange, POLICY);
    }
  }

  private ReviewResponse answer(HttpExchange exchange) throws IOException {
    try {
      return answer(request(exchange));
    } catch (UncheckedIOException e) {
      LOG.error("the users can't be read: nobody is let in", e);
      return ReviewResponse.problem(
        UNAVAILABLE,
        "Who may sign in can't be read; the log of billstep up says why."
      );
    }
  }

  private ReviewRequest request(HttpExchange exchange) {
    var headers = exchange.getRequestHeaders();
    return new ReviewRequest(
      exchange.getRequestMethod(),
      exchange.getRequestURI(),
      headers,
      exchange.getRequestBody(),
      exchange.getRemoteAddress().getAddress().getHostAddress(),
      access.visitor(headers)
    );
  }

  private ReviewResponse answer(ReviewRequest request) throws IOException {
    var token = request.parameters().given(MachineAccess.PARAMETER).filter(access::isToken);
    return request.visitor() instanceof Visitor.Anyone && token.isPresent()
      ? ReviewResponse.elsewhere("/").withCookie(MachineAccess.cookie(token.get()))
      : requests.answer(request, access);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
