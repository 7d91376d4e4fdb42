package dev.billstep.ocr;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.FloatBuffer;
import java.util.Map;

/** A network with one input and one output, run by ONNX Runtime; several threads may use it. */
final class Network {

  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession session;
  private final String input;

  private Network(OrtSession session) {
    this.session = session;
    this.input = session.getInputNames().iterator().next();
  }

  /**
   * Loads a network.
   *
   * @param onnx the model as a file has it
   * @param threads that share the work of one run
   * @throws OcrFailed where ONNX Runtime can't load it
   */
  static Network of(byte[] onnx, int threads) {
    try (var options = new SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      // Threads that wait by spinning take the cores from whoever else is at work.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      // Every page has lines of other sizes: a plan for the memory of each would never be used again.
      options.setMemoryPatternOptimization(false);
      return new Network(ENVIRONMENT.createSession(onnx, options));
    } catch (OrtException e) {
      throw new OcrFailed("its model could not be loaded", e);
    }
  }

  /**
   * Runs the network.
   *
   * @throws OcrFailed where ONNX Runtime can't
   */
  Tensor run(Tensor values) {
    var data = FloatBuffer.wrap(values.data());
    try (
      var tensor = OnnxTensor.createTensor(ENVIRONMENT, data, values.shape());
      var results = session.run(Map.of(input, tensor))
    ) {
      var result = (OnnxTensor) results.get(0);
      return new Tensor(result.getFloatBuffer().array(), result.getInfo().getShape());
    } catch (OrtException e) {
      throw new OcrFailed("its model could not be run", e);
    }
  }

  /** Numbers in so many dimensions, the last one's side by side. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Tensor(float[] data, long... shape) {
    /** The size in a dimension. */
    int size(int dimension) {
      return Math.toIntExact(shape[dimension]);
    }
  }
}
