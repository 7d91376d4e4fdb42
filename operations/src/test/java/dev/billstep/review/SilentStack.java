package dev.billstep.review;

import dev.billstep.stack.DeployedStack;
import dev.billstep.supabase.SupabaseClient;
import dev.billstep.supabase.SupabaseLimits;
import java.lang.reflect.Proxy;
import java.net.URI;

/** A stack of which nothing answers. */
final class SilentStack {

  private SilentStack() {}

  static DeployedStack make() {
    return (DeployedStack) Proxy.newProxyInstance(
      DeployedStack.class.getClassLoader(),
      new Class<?>[] { DeployedStack.class },
      (proxy, method, arguments) ->
        new SupabaseClient(URI.create("http://127.0.0.1:9"), () -> "key", SupabaseLimits.DEFAULT)
    );
  }
}
