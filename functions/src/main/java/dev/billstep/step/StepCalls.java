package dev.billstep.step;

import dev.billstep.failure.PermanentFailure;
import dev.billstep.failure.TransientFailure;
import dev.billstep.job.JobRun;
import dev.billstep.reading.CallLedger;
import dev.billstep.reading.ModelCall;
import dev.billstep.reading.ModelNeverAnswered;
import dev.billstep.reading.ModelUnavailable;
import dev.billstep.reading.PageFailure;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.UnansweredCalls;
import dev.billstep.reading.Usage;
import dev.billstep.settings.JobSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The calls of one step, noted when it closes: after the results are stored, so that what was paid
 * for is never lost to a ledger that does not answer, and whether the step succeeds or not.
 */
final class StepCalls implements AutoCloseable {

  private final CallLedger ledger;
  private final UnansweredCalls unanswered;
  private final JobRun run;
  private final JobSettings settings;
  private final String modelId;
  private final List<ModelCall> calls = new ArrayList<>();

  StepCalls(
    CallLedger ledger,
    UnansweredCalls unanswered,
    JobRun run,
    JobSettings settings,
    String modelId
  ) {
    this.ledger = ledger;
    this.unanswered = unanswered;
    this.run = run;
    this.settings = settings;
    this.modelId = modelId;
  }

  /**
   * Makes a call and gives its answer, with what it took.
   *
   * @throws dev.billstep.reading.ModelNeverAnswered when the model leaves these pages unanswered
   *     again and again, and answers about others
   */
  <A extends PageModel.Answered> Made<A> make(
    String step,
    List<Integer> pages,
    String promptVersion,
    Supplier<A> call
  ) {
    return make(
      new Question(step, pages, promptVersion, UUID.randomUUID(), Optional.empty()),
      call
    );
  }

  /**
   * Takes what a batch has answered as the answer of a call. However often that is done, it is one call.
   *
   * @param batch the provider's name for it
   * @param answered tells the answer from the batch's others
   */
  <A extends PageModel.Answered> Made<A> take(
    String step,
    List<Integer> pages,
    String promptVersion,
    String batch,
    String answered,
    Supplier<A> answer
  ) {
    var id = UUID.nameUUIDFromBytes((batch + " " + answered).getBytes(StandardCharsets.UTF_8));
    return make(new Question(step, pages, promptVersion, id, Optional.of(batch)), answer);
  }

  private <A extends PageModel.Answered> Made<A> make(Question question, Supplier<A> call) {
    var step = question.step();
    var pages = question.pages();
    long started = System.nanoTime();
    try {
      var answer = call.get();
      var made = call(question, ModelCall.OK, answer.usage(), started);
      calls.add(made);
      return new Made<>(answer, made);
    } catch (TransientFailure | PermanentFailure failure) {
      var outcome = failure.getClass().getSimpleName();
      calls.add(call(question, outcome, usage(failure), started));
      if (failure instanceof ModelUnavailable) {
        var tally = unanswered.about(run.jobId(), step, pages, modelId);
        if (tally.isOfThePages()) {
          throw new ModelNeverAnswered(modelId, tally.unanswered() + 1);
        }
      }
      throw failure;
    }
  }

  private static Usage usage(RuntimeException failure) {
    return failure instanceof PageFailure answered ? answered.usage() : Usage.NONE;
  }

  private ModelCall call(Question question, String outcome, Usage usage, long started) {
    var price = settings.price(modelId);
    return new ModelCall(
      question.id(),
      run.attempt(),
      question.step(),
      question.pages(),
      modelId,
      question.promptVersion(),
      outcome,
      usage.requestId(),
      usage.inputTokens(),
      usage.outputTokens(),
      (question.batch().isPresent() ? price.ofBatch() : price).of(
        usage.inputTokens(),
        usage.outputTokens(),
        usage.cacheReadTokens(),
        usage.cacheWrittenTokens()
      ),
      Duration.ofNanos(System.nanoTime() - started).toMillis(),
      question.batch()
    );
  }

  /** Adds the calls behind a stored result: this run may have stored it and not noted them. */
  void include(List<ModelCall> ofResult) {
    ofResult
      .stream()
      .filter(call -> call.attempt() == run.attempt())
      .forEach(calls::add);
  }

  @Override
  public void close() {
    if (!calls.isEmpty()) {
      ledger.record(run.jobId(), calls.stream().distinct().toList());
    }
  }

  /** What a call is about. */
  private record Question(
    String step,
    List<Integer> pages,
    String promptVersion,
    UUID id,
    Optional<String> batch
  ) {}

  /** A call's answer, with what it took. */
  record Made<A>(A answer, ModelCall call) {}
}
