package dev.billstep.deployment;

/** What the stacks tell whoever works with them. */
public enum StackOutput {
  UPLOAD_BUCKET("UploadBucket"),
  PAGE_BUCKET("PageBucket"),
  /** The ARN of the secret with the keys. */
  KEYS_SECRET("KeysSecret"),
  /** The ARN of the key that uploads are encrypted with: whoever uploads has to be allowed to use it. */
  KEY("Key"),
  /** The state machine's ARN. */
  STATE_MACHINE("StateMachine"),
  /** The ARN of the function that deletes what was stored for jobs that are gone. */
  SWEEP_BLOBS("SweepBlobs"),
  /** The ARN of the function that tells of jobs and pages. */
  SEND_EVENTS("SendEvents"),
  /** The bus that events go to in AWS, and to which rules are added. */
  EVENT_BUS("EventBus"),
  /** The URL of the queue of what EventBridge could not deliver. */
  UNDELIVERED("Undelivered"),
  /** Where a browser shows the state machine. */
  CONSOLE("Console"),
  /** Where Prometheus scrapes. */
  METRICS_URL("MetricsUrl"),
  /** Where reviewers open the review page. */
  REVIEW_URL("ReviewUrl"),
  /** The ARN of the topic that alarms go to. */
  ALARM_TOPIC("AlarmTopic"),
  DASHBOARD_LINK("DashboardLink");

  private final String name;

  StackOutput(String name) {
    this.name = name;
  }

  /** Its key among a stack's outputs. A suffix, since a resource may be called as its output is. */
  public String key() {
    return name + "Output";
  }
}
