package dev.billstep.webhook;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Takes nothing of an answer's body, however long it is: the connection is closed instead. */
final class Unread implements BodySubscriber<Void> {

  private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

  @Override
  @SuppressWarnings({ "unchecked", "rawtypes" })
  public CompletionStage<Void> getBody() {
    return (CompletionStage) done;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    done.complete(null);
    subscription.cancel();
  }

  @Override
  public void onNext(List<ByteBuffer> part) {
    // It was asked for none.
  }

  @Override
  public void onError(Throwable failure) {
    done.complete(null); // The status has come, which is all that counts.
  }

  @Override
  public void onComplete() {
    done.complete(null);
  }
}
