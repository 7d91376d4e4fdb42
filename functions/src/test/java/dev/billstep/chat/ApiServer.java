package dev.billstep.chat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server on loopback that stands for the providers, and credentials that Bedrock's client signs with. */
final class ApiServer implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  private static final String ACCESS_KEY = "aws.accessKeyId";
  private static final String SECRET_KEY = "aws.secretAccessKey";

  private final WireMockServer server = new WireMockServer(
    WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1")
  );

  WireMockServer server() {
    return server;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    System.setProperty(ACCESS_KEY, "test");
    System.setProperty(SECRET_KEY, "test");
    server.start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    server.resetAll();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    System.clearProperty(ACCESS_KEY);
    System.clearProperty(SECRET_KEY);
    server.stop();
  }
}
