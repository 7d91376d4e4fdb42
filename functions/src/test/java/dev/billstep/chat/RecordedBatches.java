package dev.billstep.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Plays the providers' batch interfaces, each in its own form (OpenAI API reference, "Files" and "Batch";
 * Anthropic API reference, "Message Batches"; Gemini API reference, "models.batchGenerateContent").
 */
final class RecordedBatches {

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  /** What the answer to a question's body is. */
  private final UnaryOperator<String> answers;

  private final Map<Api, Course> courses = new ConcurrentHashMap<>();
  private final Map<String, Batch> batches = new LinkedHashMap<>();
  private final Map<String, List<Question>> files = new LinkedHashMap<>();

  RecordedBatches(UnaryOperator<String> answers) {
    this.answers = answers;
  }

  void take(Api api, Course course) {
    courses.put(api, course);
  }

  synchronized List<Batch> sent() {
    return List.copyOf(batches.values());
  }

  static boolean isOne(String path) {
    return (
      path.contains("/batches") || path.contains("/files") || path.endsWith(":batchGenerateContent")
    );
  }

  synchronized Said say(Api api, String method, String path, String body) {
    return switch (api) {
      case OPENAI -> openAi(method, path, body);
      case ANTHROPIC -> anthropic(method, path, body);
      case GOOGLE -> google(method, path, body);
      default -> throw new AssertionError(api + " has no batches");
    };
  }

  private Said openAi(String method, String path, String body) {
    if (path.endsWith("/files")) {
      var id = "file-" + (files.size() + 1);
      files.put(
        id,
        body
          .lines()
          .filter(line -> line.startsWith("{"))
          .map(Question::openAi)
          .toList()
      );
      return Said.json(object().put("id", id).put("object", "file").put("purpose", "batch"));
    }
    if (path.endsWith("/content")) {
      return new Said(
        OK,
        lines(known(path.replaceAll(".*/files/out-(.*)/content", "$1")), Api.OPENAI)
      );
    }
    if (path.endsWith("/batches")) {
      var file = Json.read(body).path("input_file_id").asText();
      return status(Api.OPENAI, start(Api.OPENAI, "batch_", files.getOrDefault(file, List.of())));
    }
    return look(Api.OPENAI, method, path);
  }

  private Said anthropic(String method, String path, String body) {
    if (path.endsWith("/messages/batches")) {
      var questions = Json.read(body)
        .path("requests")
        .valueStream()
        .map(each -> new Question(each.path("custom_id").asText(), Json.text(each.path("params"))))
        .toList();
      return status(Api.ANTHROPIC, start(Api.ANTHROPIC, "msgbatch_", questions));
    }
    if (path.endsWith("/results")) {
      var batch = known(path.replaceAll(".*/batches/(.*)/results", "$1"));
      return new Said(OK, lines(batch, Api.ANTHROPIC));
    }
    return look(Api.ANTHROPIC, method, path);
  }

  private Said google(String method, String path, String body) {
    if (path.endsWith(":batchGenerateContent")) {
      var questions = Json.read(body)
        .at("/batch/input_config/requests/requests")
        .valueStream()
        .map(each -> new Question("", Json.text(each.path("request"))))
        .toList();
      return status(Api.GOOGLE, start(Api.GOOGLE, "", questions));
    }
    return look(Api.GOOGLE, method, path.replace(":cancel", "/cancel"));
  }

  private Said look(Api api, String method, String path) {
    var batch = batches.get(path.replaceAll(".*/batches/([^/]+).*", "$1"));
    if (batch == null || batch.course.isLost()) {
      return new Said(NOT_FOUND, api.error(NOT_FOUND, "no such batch"));
    }
    if (path.endsWith("/cancel")) {
      assertMethod("POST", method);
      batch.isCancelled = true;
    } else {
      batch.looks++;
    }
    return status(api, batch);
  }

  private static void assertMethod(String expected, String method) {
    if (!expected.equals(method)) {
      throw new AssertionError(method);
    }
  }

  private Batch start(Api api, String prefix, List<Question> questions) {
    var id = prefix + (batches.size() + 1);
    var batch = new Batch(api, id, questions, courses.getOrDefault(api, Course.ANSWERED));
    batches.put(id, batch);
    return batch;
  }

  private Batch known(String id) {
    var batch = batches.get(id);
    if (batch == null) {
      throw new AssertionError("no batch " + id);
    }
    return batch;
  }

  private Said status(Api api, Batch batch) {
    return Said.json(
      switch (api) {
        case OPENAI -> openAi(batch);
        case ANTHROPIC -> object()
          .put("id", batch.id)
          .put("type", "message_batch")
          .put("processing_status", batch.isOver() ? "ended" : "in_progress");
        default -> google(batch);
      }
    );
  }

  private static ObjectNode openAi(Batch batch) {
    var ended = batch.isCancelled ? "cancelled" : batch.course.expires() ? "expired" : "completed";
    var status = object()
      .put("id", batch.id)
      .put("object", "batch")
      .put("status", batch.isOver() ? ended : "in_progress");
    return batch.isOver() ? status.put("output_file_id", "out-" + batch.id) : status;
  }

  private ObjectNode google(Batch batch) {
    var status = object()
      .put("name", "batches/" + batch.id)
      .put("done", batch.isOver());
    status
      .putObject("metadata")
      .put("state", batch.isOver() ? "BATCH_STATE_SUCCEEDED" : "BATCH_STATE_RUNNING");
    if (batch.isOver()) {
      var responses = status
        .putObject("response")
        .putObject("inlinedResponses")
        .putArray("inlinedResponses");
      for (int index = 0; index < batch.questions.size(); index++) {
        if (batch.answers(index)) {
          responses
            .addObject()
            .set("response", Json.read(answers.apply(batch.questions.get(index).body())));
        } else {
          responses.addObject().putObject("error").put("code", 8).put("message", "no");
        }
      }
    }
    return status;
  }

  /** The last question's answer first: the order says nothing. */
  private String lines(Batch batch, Api api) {
    return IntStream.range(0, batch.questions.size())
      .map(index -> batch.questions.size() - 1 - index)
      .mapToObj(index -> Json.text(line(batch, index, api)))
      .collect(Collectors.joining("\n", "", "\n"));
  }

  private JsonNode line(Batch batch, int index, Api api) {
    var question = batch.questions.get(index);
    var line = object().put("custom_id", question.id());
    if (api == Api.OPENAI) {
      var response = line.putObject("response");
      response
        .put("status_code", batch.answers(index) ? OK : 500)
        .put("request_id", "req_" + index);
      response.set(
        "body",
        Json.read(batch.answers(index) ? answers.apply(question.body()) : api.error(500, "no"))
      );
      line.putNull("error");
    } else if (batch.answers(index)) {
      line
        .putObject("result")
        .put("type", "succeeded")
        .set("message", Json.read(answers.apply(question.body())));
    } else {
      line.putObject("result").put("type", batch.course.expires() ? "expired" : "errored");
    }
    return line;
  }

  private static ObjectNode object() {
    return Json.mapper().createObjectNode();
  }

  /** What is said in answer to a request. */
  record Said(int status, String body) {
    static Said json(JsonNode body) {
      return new Said(OK, Json.text(body));
    }

    byte[] bytes() {
      return body.getBytes(UTF_8);
    }
  }

  /** A question of a batch; Gemini gives them no names. */
  record Question(String id, String body) {
    static Question openAi(String line) {
      var question = Json.read(line);
      return new Question(question.path("custom_id").asText(), Json.text(question.path("body")));
    }
  }

  /** A batch that was sent. */
  static final class Batch {

    private final Api api;
    private final String id;
    private final List<Question> questions;
    private final Course course;
    private int looks;
    private boolean isCancelled;

    private Batch(Api api, String id, List<Question> questions, Course course) {
      this.api = api;
      this.id = id;
      this.questions = new ArrayList<>(questions);
      this.course = course;
    }

    Api api() {
      return api;
    }

    int questions() {
      return questions.size();
    }

    boolean isCancelled() {
      return isCancelled;
    }

    private boolean isOver() {
      return isCancelled || looks >= course.looks();
    }

    private boolean answers(int index) {
      return !isCancelled && index < course.answered();
    }
  }

  /**
   * What becomes of batches.
   *
   * @param looks at it until it is over
   * @param answered of its questions, the first
   * @param expires rather than is done
   * @param isLost so that nobody knows it
   */
  record Course(int looks, int answered, boolean expires, boolean isLost) {
    static final Course ANSWERED = new Course(1, Integer.MAX_VALUE, false, false);
  }
}
