package dev.billstep.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may ask a server that is for this machine alone. Loopback keeps other machines out, but any
 * page that a browser on this one shows may send requests there: they say so themselves.
 *
 * @param hosts that a request may name besides loopback, without a port
 */
public record LocalRequests(Set<String> hosts) {
  /** To a server on loopback. */
  public static final LocalRequests TO_LOOPBACK = new LocalRequests(Set.of());

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final Set<String> OWN_SITE = Set.of("none", "same-origin");
  private static final int FORBIDDEN = 403;

  /** Why a request is not answered; empty where it may be. */
  public Optional<String> problem(Headers request) {
    var host = Optional.ofNullable(request.getFirst("Host")).orElse("");
    if (!isLoopback(host) && !hosts.contains(withoutPort(host))) {
      return Optional.of("This server is asked by its address on this machine alone.");
    }
    return isOfAnotherOrigin(request) || isOfAnotherSite(request)
      ? Optional.of("Another site's page can't ask this server.")
      : Optional.empty();
  }

  /**
   * Whether a request's host is this machine. A name that leads here, of another site's choice, would
   * make its pages ours (DNS rebinding).
   *
   * @param host with or without a port
   */
  public static boolean isLoopback(String host) {
    return LOOPBACK.contains(withoutPort(host));
  }

  /** Whether a browser asks for another site's page (Fetch standard, "Origin header"). */
  public static boolean isOfAnotherOrigin(Headers request) {
    var own = "http://" + request.getFirst("Host");
    return values(request, "Origin").anyMatch(origin -> !origin.equals(own));
  }

  /** Browsers say so of images and links as well (W3C, "Fetch Metadata Request Headers"). */
  public static boolean isOfAnotherSite(Headers request) {
    return values(request, "Sec-Fetch-Site").anyMatch(site -> !OWN_SITE.contains(site));
  }

  private static Stream<String> values(Headers request, String name) {
    return request.getOrDefault(name, List.of()).stream();
  }

  private static String withoutPort(String host) {
    return host.replaceFirst(":\\d+$", "");
  }

  /** Lets no other request through to a context's handler. */
  public Filter filter() {
    return new Refusal(this);
  }

  /** The same for a server that has a place for an authenticator alone. */
  public Authenticator authenticator() {
    return new Authenticator() {
      @Override
      public Result authenticate(HttpExchange exchange) {
        return problem(exchange.getRequestHeaders()).isPresent()
          ? new Failure(FORBIDDEN)
          : new Success(new HttpPrincipal("local", "local"));
      }
    };
  }

  private static final class Refusal extends Filter {

    private final LocalRequests requests;

    Refusal(LocalRequests requests) {
      this.requests = requests;
    }

    @Override
    public String description() {
      return "requests of this machine alone";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
      var problem = requests.problem(exchange.getRequestHeaders());
      if (problem.isEmpty()) {
        chain.doFilter(exchange);
        return;
      }
      try (exchange) {
        var sentence = problem.get().getBytes(UTF_8);
        exchange.sendResponseHeaders(FORBIDDEN, sentence.length);
        exchange.getResponseBody().write(sentence);
      }
    }
  }
}
