package dev.billstep.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Fails under a name of its own. */
public final class Thrower implements RequestStreamHandler {

  /** What it fails with. */
  public static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Refused(String message) {
      super(message);
    }
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    throw new Refused("no, for a reason");
  }
}
