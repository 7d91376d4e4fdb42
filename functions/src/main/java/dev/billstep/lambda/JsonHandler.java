package dev.billstep.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JacksonException;
import dev.billstep.failure.PermanentFailure;
import dev.billstep.json.Json;
import dev.billstep.log.LogLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a state's input with the one JSON mapper, and encodes its output. What is thrown becomes
 * the error that the state machine matches on: its class name.
 *
 * @param <I> the state's input
 * @param <O> the state's output
 */
public abstract class JsonHandler<I, O> implements RequestStreamHandler {

  static {
    LogLines.toLambda();
  }

  private final Class<I> inputType;

  protected JsonHandler(Class<I> inputType) {
    this.inputType = inputType;
  }

  protected abstract O handle(I input);

  /** What the log lines of this invocation have in common. */
  protected abstract StepLog.Facts facts(I input);

  @Override
  public final void handleRequest(InputStream in, OutputStream out, @Nullable Context context)
    throws IOException {
    var input = decode(in);
    Supplier<O> step = () -> StepLog.around(facts(input), () -> handle(input));
    // No context: the embedded stack's functions are no Lambdas.
    var output = context == null ? step.get() : StepLog.invokedAs(context, step);
    Json.mapper().writeValue(out, output);
  }

  private I decode(InputStream in) throws IOException {
    try {
      return Json.mapper().readValue(in, inputType);
    } catch (JacksonException e) {
      throw new InputInvalid(e.getOriginalMessage());
    }
  }

  /** A state was given an input that is not its own. */
  public static final class InputInvalid extends PermanentFailure {

    private static final long serialVersionUID = 1L;

    public InputInvalid(String problem) {
      super(
        (
          "The execution's input is neither an \"Object Created\" event of the upload bucket nor a " +
          "request to process a job (%s)."
        ).formatted(problem)
      );
    }
  }
}
