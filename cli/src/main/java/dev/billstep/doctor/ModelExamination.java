package dev.billstep.doctor;

import dev.billstep.doctor.Diagnosis.Fault;
import dev.billstep.doctor.Diagnosis.Finding;
import dev.billstep.doctor.Diagnosis.Sound;
import dev.billstep.doctype.Prompt;
import dev.billstep.failure.PermanentFailure;
import dev.billstep.failure.TransientFailure;
import dev.billstep.page.PageImage;
import dev.billstep.reading.ModelKeys;
import dev.billstep.reading.ModelQuotaExhausted;
import dev.billstep.reading.ModelRejected;
import dev.billstep.reading.ModelThrottled;
import dev.billstep.reading.ModelUnauthorised;
import dev.billstep.reading.ModelUnavailable;
import dev.billstep.reading.PageModel.Labels;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.settings.ModelSettings;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Whether the model answers: one call, about a small picture, as a page is classified. */
final class ModelExamination {

  /** Large enough for every provider, and of few tokens. */
  private static final int PIXELS = 200;

  private static final Prompt PROMPT = new Prompt(
    "doctor",
    "Say what kind of document each page is. A page that is none of them is unknown."
  );

  private final PageModelProvider provider;
  private final ModelSettings settings;
  private final ModelKeys keys;
  private final InstantSource clock;

  ModelExamination(
    PageModelProvider provider,
    ModelSettings settings,
    ModelKeys keys,
    InstantSource clock
  ) {
    this.provider = provider;
    this.settings = settings;
    this.keys = keys;
    this.clock = clock;
  }

  /** Asks, which costs what a call of some hundred tokens costs. */
  Finding ask() {
    var started = clock.instant();
    try {
      var labels = provider
        .open(settings, keys)
        .classify(List.of(PageImage.of(1, picture())), PROMPT);
      return new Sound(said(labels, Duration.between(started, clock.instant())));
    } catch (PermanentFailure | TransientFailure failure) {
      return Fault.of(failure, remedy(failure));
    }
  }

  private static String said(Labels labels, Duration took) {
    return String.format(
      Locale.ROOT,
      "answered in %.1f s: an empty page is \"%s\"; %,d tokens in, %,d out",
      took.toMillis() / 1000.0,
      labels.labels().getFirst().type().label(),
      labels.usage().inputTokens(),
      labels.usage().outputTokens()
    );
  }

  private String remedy(RuntimeException failure) {
    return switch (failure) {
      case ModelUnauthorised _ -> provider
        .keyName()
        .map(_ -> "set the right key: billstep keys set " + provider.name())
        .orElse("let these credentials and the functions' roles use the model (docs/deploy.md)");
      case ModelRejected _ -> "choose a model that there is: billstep settings set model (docs/deploy.md)";
      case ModelQuotaExhausted _ -> "add credit or raise the limit in the account at the provider";
      case ModelThrottled _ -> "ask the provider for a higher quota, and give the rate to cdk deploy (docs/deploy.md)";
      case ModelUnavailable _ -> "try again in some minutes; until then jobs wait by themselves";
      default -> "try another model: billstep settings set model";
    };
  }

  private static byte[] picture() {
    var page = new BufferedImage(PIXELS, PIXELS, BufferedImage.TYPE_INT_RGB);
    var graphics = page.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, PIXELS, PIXELS);
    graphics.dispose();
    var png = new ByteArrayOutputStream();
    try {
      ImageIO.write(page, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png.toByteArray();
  }
}
