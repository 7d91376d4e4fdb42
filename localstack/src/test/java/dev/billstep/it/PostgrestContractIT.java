package dev.billstep.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.embedded.EmbeddedDatabase;
import dev.billstep.postgrest.ApiKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The stand-in answers as PostgREST does, and refuses what it does not know. */
@ExtendWith(OnEmbeddedDatabase.class)
class PostgrestContractIT extends PostgrestContract {

  private final EmbeddedDatabase database;
  private final HttpClient http = HttpClient.newHttpClient();

  PostgrestContractIT(EmbeddedDatabase database) {
    this.database = database;
  }

  @Override
  URI root() {
    return database.url().resolve("/rest/v1/");
  }

  @Override
  ApiKeys keys() {
    return database.keys();
  }

  /** Supabase's gateway does this, not PostgREST. */
  @Test
  void aSecretKeyOfTheNewerKindSpeaksForTheServiceRole() throws Exception {
    var request = HttpRequest.newBuilder(uri("Settings"))
      .header("apikey", database.keys().secretKey())
      .build();
    assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
  }

  /** It is not waited for: a request that announces it and goes on in silence is answered. */
  @Test
  void aBodyOfAHundredGigabytesIsRefusedByItsAnnouncement() throws IOException {
    var url = database.url();
    try (var socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(
        """
        POST /rest/v1/Settings HTTP/1.1\r
        Host: %s:%d\r
        apikey: %s\r
        Content-Length: 99999999999\r
        \r
        """
          .formatted(url.getHost(), url.getPort(), database.keys().secretKey())
          .getBytes(UTF_8)
      );
      assertThat(
        new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine()
      ).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void whatTheStandInDoesNotKnowItRefusesAndNeverGuesses() throws Exception {
    assertThat(get("Settings?key=like.a*").statusCode()).isEqualTo(501);
    assertThat(get("Settings?or=(key.eq.a,key.eq.b)").statusCode()).isEqualTo(501);
    assertThat(get("Settings?order=key.asc.nullsfirst").statusCode()).isEqualTo(501);
    assertThat(get("Settings", "Accept", "text/csv").statusCode()).isEqualTo(501);
    assertThat(get("Settings", "Prefer", "count=planned").statusCode()).isEqualTo(501);
    var delete = request("Settings?key=eq.a").DELETE().build();
    assertThat(http.send(delete, BodyHandlers.discarding()).statusCode()).isEqualTo(501);
  }
}
