package dev.billstep.lambda;

import dev.billstep.watch.SendEvents;

/** Every minute: tells whoever wants to know what has become of jobs and pages. */
public final class SendEventsHandler extends JsonHandler<SendEventsHandler.Input, SendEvents.Told> {

  private final SendEvents sendEvents;

  public SendEventsHandler() {
    this(Composition.ofFunction());
  }

  public SendEventsHandler(Composition composition) {
    super(Input.class);
    this.sendEvents = composition.sendEvents();
  }

  @Override
  protected SendEvents.Told handle(Input input) {
    return sendEvents.send();
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("send_events");
  }

  /** The schedule's event, of which nothing is needed. */
  public record Input() {}
}
