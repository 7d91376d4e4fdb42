package dev.billstep.infra;

import dev.billstep.lambda.ClaimHandler;
import dev.billstep.lambda.ClassifyHandler;
import dev.billstep.lambda.FailHandler;
import dev.billstep.lambda.JsonHandler;
import dev.billstep.lambda.PersistHandler;
import dev.billstep.lambda.ReadHandler;
import dev.billstep.lambda.SplitHandler;
import java.util.List;
import java.util.Set;

/**
 * A function behind a state, with what it needs.
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
  private static final int ONE_CORE = 1769;

  static List<PipelineFunction> all() {
    return List.of(
      new PipelineFunction(
        "Claim",
        ClaimHandler.class,
        1024,
        30,
        Set.of(Need.SUPABASE, Need.WRITE_PAGES)
      ),
      new PipelineFunction(
        "Split",
        SplitHandler.class,
        3008,
        900,
        Set.of(Need.SUPABASE, Need.READ_UPLOADS, Need.READ_PAGES, Need.WRITE_PAGES)
      ),
      new PipelineFunction(
        "Classify",
        ClassifyHandler.class,
        ONE_CORE,
        300,
        Set.of(Need.SUPABASE, Need.READ_PAGES, Need.WRITE_PAGES)
      ),
      new PipelineFunction(
        "Read",
        ReadHandler.class,
        ONE_CORE,
        300,
        Set.of(Need.SUPABASE, Need.READ_PAGES, Need.WRITE_PAGES)
      ),
      new PipelineFunction(
        "Persist",
        PersistHandler.class,
        1024,
        300,
        Set.of(Need.SUPABASE, Need.READ_PAGES)
      ),
      new PipelineFunction("Fail", FailHandler.class, 1024, 30, Set.of(Need.SUPABASE))
    );
  }

  /** As the state machine's definition names it. */
  String substitution() {
    return id + "FunctionArn";
  }

  boolean needs(Need need) {
    return needs.contains(need);
  }

  /** What a function may touch. */
  enum Need {
    SUPABASE,
    READ_UPLOADS,
    READ_PAGES,
    WRITE_PAGES,
  }
}
