package dev.billstep.evaluation;

import java.net.URI;
import java.util.Base64;
import java.util.function.Function;

/** A page that needs no server, and the parts that pages of ours are made of. */
public final class HtmlPage {

  private static final String STYLE = """
  body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem;
    color: #1c2733; background: #fff }
  table { border-collapse: collapse; margin: 1rem 0 }
  th, td { border-bottom: 1px solid #d5dde5; padding: .25rem .75rem; text-align: left }
  th.n, td.n { text-align: right; font-variant-numeric: tabular-nums }
  section { display: flex; gap: 1.5rem; align-items: flex-start; border-top: 2px solid #d5dde5;
    padding: 1rem 0; flex-wrap: wrap }
  img { width: 26rem; max-width: 100%; border: 1px solid #d5dde5 }
  .was { color: #a40000 } .is { color: #0a6b2d }
  @media (prefers-color-scheme: dark) { body { color: #dfe6ec; background: #14191e }
    .was { color: #ff9c9c } .is { color: #8fe0a8 } }
  """;

  private HtmlPage() {}

  /** All of it, around its body. */
  public static String of(String title, String body) {
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>%s</title>
    <meta name="viewport" content="width=device-width"><style>%s</style></head><body>
    <h1>%1$s</h1>
    %s
    </body></html>
    """.formatted(escaped(title), STYLE, body);
  }

  /** A page's image, as part of the page; nothing where there is none. */
  public static String image(URI uri, Function<URI, byte[]> fetch) {
    return uri.toString().endsWith(".png")
      ? "<img alt=\"the page\" loading=lazy src=\"data:image/png;base64,%s\">".formatted(
          Base64.getEncoder().encodeToString(fetch.apply(uri))
        )
      : "";
  }

  public static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
