package dev.billstep.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Fails before it can be called. */
public final class Unborn implements RequestStreamHandler {

  public Unborn() {
    throw new IllegalStateException("no settings here");
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    in.transferTo(out);
  }
}
