package dev.billstep.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;

/** Wants more memory than its function has. */
public final class MemoryHog implements RequestStreamHandler {

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    var hoard = new ArrayList<byte[]>();
    while (hoard.size() < 10_000) {
      hoard.add(new byte[1024 * 1024]);
    }
    out.write(hoard.size());
  }
}
