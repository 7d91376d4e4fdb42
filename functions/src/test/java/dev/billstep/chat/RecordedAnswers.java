package dev.billstep.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billstep.chat.Api.End;
import dev.billstep.json.Json;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * A server that plays what models have answered about pages, to whoever asks any of the providers' APIs, in that
 * API's own form. A page is known by its looks, at whatever size and in whatever format it is sent.
 */
public final class RecordedAnswers implements AutoCloseable {

  private static final int OK = 200;

  /** Of the picture that pages are told apart by. */
  private static final int EDGE = 200;

  /** Shorter texts of a request are no image. */
  private static final int IMAGE_CHARACTERS = 1_000;

  /** Of the schema of labels alone. */
  private static final String OF_LABELS = "the page's place among those shown";

  private static final int TOKENS_A_PAGE = 2_000;
  private static final int TOKENS_OF_AN_ANSWER = 600;

  private final HttpServer server;
  private final List<Page> pages = new CopyOnWriteArrayList<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<Api, UnaryOperator<JsonNode>> readings = new ConcurrentHashMap<>();
  private final Map<Api, Function<Integer, Integer>> statuses = new ConcurrentHashMap<>();
  private final Map<Api, RecordedBatches> batches = new ConcurrentHashMap<>();

  private RecordedAnswers(HttpServer server) {
    this.server = server;
  }

  public static RecordedAnswers start() {
    try {
      var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var server = new RecordedAnswers(http);
      http.createContext("/", server::serve);
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where an API is asked, as the {@code baseUrl} of a model setting. */
  public URI baseUrl(Api api) {
    return URI.create(
      "http://127.0.0.1:%d/%s%s".formatted(
        server.getAddress().getPort(),
        api.name().toLowerCase(Locale.ROOT),
        api.base()
      )
    );
  }

  /**
   * Records what is answered about a page.
   *
   * @param image of any format
   * @param type its doc type
   * @param fields all that the schema asks for
   */
  public void record(byte[] image, String type, JsonNode fields) {
    pages.add(new Page(looks(image), type, fields));
  }

  /** Has the model of one API read pages in its own way. */
  public void read(Api api, UnaryOperator<JsonNode> way) {
    readings.put(api, way);
  }

  /**
   * Has an API answer with a status.
   *
   * @param status by the number of its call, from 1
   */
  public void answer(Api api, Function<Integer, Integer> status) {
    statuses.put(api, status);
  }

  /** What was asked so far, whatever the answer was. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Answers a batch of an API after some looks at it. */
  public void answerBatches(Api api, int looks) {
    batches(api).take(api, new RecordedBatches.Course(looks, Integer.MAX_VALUE, false, false));
  }

  /** Has the batches of an API end with no more than the first answers. */
  public void expireBatches(Api api, int answered) {
    batches(api).take(api, new RecordedBatches.Course(1, answered, true, false));
  }

  /** Has an API know nothing of the batches that it has taken. */
  public void loseBatches(Api api) {
    batches(api).take(api, new RecordedBatches.Course(1, 0, false, true));
  }

  /** How many questions each batch had that an API has taken. */
  public List<Integer> batchesSent(Api api) {
    return batches(api).sent().stream().map(RecordedBatches.Batch::questions).toList();
  }

  /** How many batches of an API were cancelled. */
  public long batchesCancelled(Api api) {
    return batches(api).sent().stream().filter(RecordedBatches.Batch::isCancelled).count();
  }

  private RecordedBatches batches(Api api) {
    return batches.computeIfAbsent(api, each ->
      new RecordedBatches(body -> answer(each, body.getBytes(StandardCharsets.UTF_8)))
    );
  }

  private void serve(HttpExchange exchange) throws IOException {
    if (RecordedBatches.isOne(exchange.getRequestURI().getPath())) {
      serveBatch(exchange);
    } else {
      serveCall(exchange);
    }
  }

  private void serveBatch(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var api = Api.valueOf(path.split("/", -1)[1].toUpperCase(Locale.ROOT));
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var said = batches(api).say(api, exchange.getRequestMethod(), path, body);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(said.status(), said.bytes().length);
      exchange.getResponseBody().write(said.bytes());
    }
  }

  private void serveCall(HttpExchange exchange) throws IOException {
    try (exchange) {
      var asked = exchange.getRequestBody().readAllBytes();
      var api = Api.at(exchange.getRequestURI().getPath()).orElseThrow(() ->
        new AssertionError("no API is at " + exchange.getRequestURI())
      );
      int status;
      synchronized (this) {
        int number =
          1 +
          (int) calls
            .stream()
            .filter(call -> call.api() == api)
            .count();
        status = statuses.getOrDefault(api, call -> OK).apply(number);
        calls.add(new Call(api, isClassification(asked), status));
      }
      var body = status == OK ? answer(api, asked) : api.error(status, "no");
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String answer(Api api, byte[] asked) {
    var shown = images(Json.read(asked, JsonNode.class)).stream().map(this::known).toList();
    var says = isClassification(asked)
      ? labels(shown)
      : readings
          .getOrDefault(api, UnaryOperator.identity())
          .apply(shown.getFirst().fields().deepCopy());
    return api.answer(Json.text(says), End.STOP, TOKENS_A_PAGE * shown.size(), TOKENS_OF_AN_ANSWER);
  }

  private static boolean isClassification(byte[] asked) {
    return new String(asked, StandardCharsets.UTF_8).contains(OF_LABELS);
  }

  private static JsonNode labels(List<Page> shown) {
    return Json.mapper().valueToTree(
      Map.of(
        "pages",
        IntStream.range(0, shown.size())
          .mapToObj(index ->
            Map.of("page", index + 1, "type", shown.get(index).type(), "confidence", 0.98)
          )
          .toList()
      )
    );
  }

  /** In every API an image is a long text in base64, some with what it is before it. */
  private static List<byte[]> images(JsonNode request) {
    if (request.isContainerNode()) {
      var images = new ArrayList<byte[]>();
      request.forEach(part -> images.addAll(images(part)));
      return images;
    }
    var text = request.asText();
    return text.length() < IMAGE_CHARACTERS || text.contains(" ")
      ? List.of()
      : List.of(Base64.getDecoder().decode(text.substring(text.indexOf(',') + 1)));
  }

  private Page known(byte[] image) {
    var looks = looks(image);
    return pages
      .stream()
      .min(Comparator.comparingLong(page -> page.difference(looks)))
      .orElseThrow(() -> new AssertionError("no page was recorded"));
  }

  private static List<Integer> looks(byte[] image) {
    try {
      var page = ImageIO.read(new ByteArrayInputStream(image));
      var small = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_BYTE_GRAY);
      var graphics = small.createGraphics();
      graphics.drawImage(
        page.getScaledInstance(EDGE, EDGE, Image.SCALE_AREA_AVERAGING),
        0,
        0,
        null
      );
      graphics.dispose();
      return IntStream.of(small.getRaster().getPixels(0, 0, EDGE, EDGE, (int[]) null))
        .boxed()
        .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** A question that was asked. */
  public record Call(Api api, boolean isClassification, int status) {}

  private record Page(List<Integer> looks, String type, JsonNode fields) {
    long difference(List<Integer> others) {
      return IntStream.range(0, others.size())
        .mapToLong(index -> Math.abs(looks.get(index) - others.get(index)))
        .sum();
    }
  }
}
