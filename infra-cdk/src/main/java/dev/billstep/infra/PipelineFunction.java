package dev.billstep.infra;

import dev.billstep.lambda.ClaimHandler;
import dev.billstep.lambda.ClassifyHandler;
import dev.billstep.lambda.CollectHandler;
import dev.billstep.lambda.DeferHandler;
import dev.billstep.lambda.ExecutionEndedHandler;
import dev.billstep.lambda.FailHandler;
import dev.billstep.lambda.FindFailureHandler;
import dev.billstep.lambda.GiveUpHandler;
import dev.billstep.lambda.JsonHandler;
import dev.billstep.lambda.MetricsHandler;
import dev.billstep.lambda.NoteFailureHandler;
import dev.billstep.lambda.ParkHandler;
import dev.billstep.lambda.PersistHandler;
import dev.billstep.lambda.ReadHandler;
import dev.billstep.lambda.ResumeHandler;
import dev.billstep.lambda.SendEventsHandler;
import dev.billstep.lambda.SplitHandler;
import dev.billstep.lambda.SweepBlobsHandler;
import dev.billstep.lambda.SweepHistoryHandler;
import dev.billstep.lambda.SweepJobsHandler;
import dev.billstep.watch.SendEvents;
import dev.billstep.watch.SweepBlobs;
import dev.billstep.watch.SweepHistory;
import dev.billstep.watch.SweepJobs;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A function, with what it needs.
 *
 * @param id of its construct
 * @param memoryMb a Lambda has a full core from 1,769 MB on (AWS Lambda developer guide, "Configure
 *     Lambda function memory")
 */
record PipelineFunction(
  String id,
  Class<? extends JsonHandler<?, ?>> handler,
  int memoryMb,
  int timeoutSeconds,
  Set<Need> needs
) {
  private static final int SMALL = 1024;
  private static final int ONE_CORE = 1769;

  /** What the largest page takes that may be ({@code bench/memory}): the rest of the time it waits for the model. */
  private static final int ONE_PAGE = 832;

  /** Longer than a request to Supabase may take with its repetitions. */
  private static final int SHORT = 80;

  /** Longer than three calls of a model, and what a step does beside them. */
  private static final int LONG = 300;

  /** Where something has gone wrong, or where nobody waits. */
  private static final Set<String> RARE = Set.of(
    "ExecutionEnded",
    "SweepBlobs",
    "GiveUp",
    "NoteFailure",
    "FindFailure",
    "Defer",
    "Collect",
    "Park",
    "Fail"
  );

  static final PipelineFunction EXECUTION_ENDED = new PipelineFunction(
    "ExecutionEnded",
    ExecutionEndedHandler.class,
    SMALL,
    SHORT,
    Set.of()
  );
  static final PipelineFunction RESUME = new PipelineFunction(
    "Resume",
    ResumeHandler.class,
    SMALL,
    SHORT,
    Set.of(Need.START_EXECUTIONS)
  );
  static final PipelineFunction SWEEP_JOBS = new PipelineFunction(
    "SweepJobs",
    SweepJobsHandler.class,
    SMALL,
    Math.toIntExact(SweepJobs.LONGEST.toSeconds()),
    Set.of(Need.FIND_UPLOADS, Need.START_EXECUTIONS)
  );
  static final PipelineFunction SWEEP_BLOBS = new PipelineFunction(
    "SweepBlobs",
    SweepBlobsHandler.class,
    SMALL,
    Math.toIntExact(SweepBlobs.LONGEST.toSeconds()),
    Set.of(Need.DELETE_BLOBS)
  );
  static final PipelineFunction SWEEP_HISTORY = new PipelineFunction(
    "SweepHistory",
    SweepHistoryHandler.class,
    SMALL,
    Math.toIntExact(SweepHistory.LONGEST.toSeconds()),
    Set.of()
  );

  static final PipelineFunction SEND_EVENTS = new PipelineFunction(
    "SendEvents",
    SendEventsHandler.class,
    SMALL,
    Math.toIntExact(SendEvents.LONGEST.toSeconds()),
    Set.of(Need.PUT_EVENTS)
  );

  static final PipelineFunction METRICS = new PipelineFunction(
    "Metrics",
    MetricsHandler.class,
    SMALL,
    SHORT,
    Set.of()
  );

  /** Those behind the state machine's states. */
  static List<PipelineFunction> ofStates() {
    return List.of(
      new PipelineFunction(
        "Claim",
        ClaimHandler.class,
        SMALL,
        SHORT,
        Set.of(Need.FIND_UPLOADS, Need.WRITE_PAGES)
      ),
      new PipelineFunction(
        "Split",
        SplitHandler.class,
        3008,
        900,
        Set.of(Need.READ_UPLOADS, Need.READ_PAGES, Need.WRITE_PAGES)
      ),
      new PipelineFunction(
        "Classify",
        ClassifyHandler.class,
        ONE_PAGE,
        LONG,
        Set.of(Need.READ_PAGES, Need.WRITE_PAGES, Need.ASK_MODELS, Need.RULES)
      ),
      new PipelineFunction(
        "Read",
        ReadHandler.class,
        ONE_PAGE,
        LONG,
        Set.of(Need.READ_PAGES, Need.WRITE_PAGES, Need.ASK_MODELS, Need.ASK_WITNESS)
      ),
      new PipelineFunction(
        "GiveUp",
        GiveUpHandler.class,
        SMALL,
        SHORT,
        Set.of(Need.READ_PAGES, Need.WRITE_PAGES)
      ),
      new PipelineFunction(
        "NoteFailure",
        NoteFailureHandler.class,
        SMALL,
        SHORT,
        Set.of(Need.WRITE_PAGES)
      ),
      new PipelineFunction(
        "FindFailure",
        FindFailureHandler.class,
        SMALL,
        SHORT,
        Set.of(Need.READ_PAGES)
      ),
      new PipelineFunction(
        "Defer",
        DeferHandler.class,
        3008,
        900,
        Set.of(Need.READ_PAGES, Need.WRITE_PAGES, Need.ASK_MODELS, Need.RULES)
      ),
      new PipelineFunction(
        "Collect",
        CollectHandler.class,
        ONE_CORE,
        LONG,
        Set.of(Need.READ_PAGES, Need.WRITE_PAGES)
      ),
      new PipelineFunction("Persist", PersistHandler.class, SMALL, LONG, Set.of(Need.READ_PAGES)),
      new PipelineFunction("Park", ParkHandler.class, SMALL, SHORT, Set.of(Need.READ_PAGES)),
      new PipelineFunction("Fail", FailHandler.class, SMALL, LONG, Set.of(Need.READ_PAGES))
    );
  }

  /**
   * Whether it is called so seldom that a snapshot would not be kept: Lambda drops one that nobody has
   * called for 14 days (AWS Lambda developer guide, "Improving startup performance with Lambda
   * SnapStart").
   */
  boolean isRare() {
    return RARE.contains(id);
  }

  /** Its share of what the model is asked, where it asks one. */
  Optional<ModelRate.Share> share() {
    return switch (id) {
      case "Classify" -> Optional.of(ModelRate.Share.CLASSIFYING);
      case "Read" -> Optional.of(ModelRate.Share.READING);
      default -> Optional.empty();
    };
  }

  /** As the state machine's definition names it. */
  String substitution() {
    return id + "FunctionArn";
  }

  boolean needs(Need need) {
    return needs.contains(need);
  }

  /** What a function may touch, beside Supabase. */
  enum Need {
    FIND_UPLOADS,
    READ_UPLOADS,
    READ_PAGES,
    WRITE_PAGES,
    DELETE_BLOBS,
    START_EXECUTIONS,
    PUT_EVENTS,
    ASK_MODELS,
    ASK_WITNESS,
    RULES,
  }
}
