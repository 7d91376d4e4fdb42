package dev.billstep.doc;

import dev.billstep.doctype.DocType;
import dev.billstep.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * How often pages of like evidence are right, as it was counted on pages whose truth is known: a page is
 * right where its type and all that tells the document from others are. Log-odds that add up, so that
 * more certainty never lowers a confidence, and a further finding never raises it.
 *
 * @param types what a page begins with, by the type that it was taken for
 * @param findings what each kind of finding adds, by its code; 0 or less
 * @param otherFinding what a finding adds that the pages had none of; 0 or less
 */
public record Calibration(
  Map<DocType, Start> types,
  Map<String, Double> findings,
  double otherFinding
) {
  /** Fitted by {@code billstep calibrate}. */
  private static final String OF_OFFLINE_READER = "calibration-of-offline-reader.json";

  private static final String OFFLINE_READER = "offline/";

  private static final double STEPS = 1000;

  /**
   * What a page of a type begins with.
   *
   * @param base log-odds
   * @param ofCertainty what each unit of the certainty's log-odds adds; 0 or more
   */
  public record Start(double base, double ofCertainty) {}

  /** Of a model's answers, where one was fitted. */
  static Optional<Calibration> of(String modelId) {
    return modelId.startsWith(OFFLINE_READER)
      ? Optional.of(OfOfflineReader.FITTED)
      : Optional.empty();
  }

  /** How likely it is that a page is right, from 0 to 1, in thousandths. */
  public double confidence(Evidence evidence) {
    var start = types.get(evidence.type());
    if (start == null) {
      throw new IllegalArgumentException("Nothing is known of pages of type " + evidence.type());
    }
    double logOdds =
      start.base() +
      start.ofCertainty() * evidence.certaintyLogOdds() +
      evidence
        .findings()
        .stream()
        .mapToDouble(code -> findings.getOrDefault(code, otherFinding))
        .sum();
    return Math.round(STEPS / (1 + Math.exp(-logOdds))) / STEPS;
  }

  private static final class OfOfflineReader {

    static final Calibration FITTED = load();

    private static Calibration load() {
      try (var file = Calibration.class.getResourceAsStream(OF_OFFLINE_READER)) {
        if (file == null) {
          throw new IllegalStateException(OF_OFFLINE_READER + " is not on the class path");
        }
        return Json.read(file.readAllBytes(), Calibration.class);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
