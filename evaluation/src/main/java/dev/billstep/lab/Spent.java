package dev.billstep.lab;

import java.math.BigDecimal;
import java.util.List;

/**
 * What calls have taken.
 *
 * @param usd that is known
 * @param possibleUsd with the worst case of the calls that nobody knows the end of
 * @param modelMs that was waited for answers
 */
public record Spent(
  int calls,
  long inputTokens,
  long outputTokens,
  BigDecimal usd,
  BigDecimal possibleUsd,
  long modelMs
) {
  static Spent of(List<NotedCall> calls) {
    var answers = calls
      .stream()
      .flatMap(call -> call.answer().stream())
      .toList();
    return new Spent(
      calls.size(),
      answers.stream().mapToLong(NotedCall.Answer::inputTokens).sum(),
      answers.stream().mapToLong(NotedCall.Answer::outputTokens).sum(),
      calls.stream().map(NotedCall::knownUsd).reduce(BigDecimal.ZERO, BigDecimal::add),
      calls.stream().map(NotedCall::possibleUsd).reduce(BigDecimal.ZERO, BigDecimal::add),
      answers.stream().mapToLong(NotedCall.Answer::elapsedMs).sum()
    );
  }
}
