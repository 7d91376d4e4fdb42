package dev.billstep.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Gives back what it is given, and says so. */
public final class Echo implements RequestStreamHandler {

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    System.out.println("echo in " + ProcessHandle.current().pid() + " as " + System.getenv("WHO"));
    in.transferTo(out);
  }
}
