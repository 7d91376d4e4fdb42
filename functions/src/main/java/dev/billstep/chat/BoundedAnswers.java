package dev.billstep.chat;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Takes no more of an AWS service's answer than a model's may have. */
final class BoundedAnswers implements ExecutionInterceptor {

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
    Context.ModifyHttpResponse context,
    ExecutionAttributes attributes
  ) {
    return context.responseBody().map(Bounded::new);
  }

  private static final class Bounded extends FilterInputStream {

    private final AnswerSize size = new AnswerSize();

    Bounded(InputStream answer) {
      super(answer);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      size.add(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      size.add(Math.max(read, 0));
      return read;
    }
  }
}
