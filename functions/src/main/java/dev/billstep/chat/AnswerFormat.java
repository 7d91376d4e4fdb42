package dev.billstep.chat;

/** How a provider's models are made to answer in JSON. */
enum AnswerFormat {
  /** The provider holds the answer to a JSON Schema. */
  JSON_SCHEMA,

  /** The schema is part of the task, and the JSON is taken out of the answer's text. */
  PLAIN_TEXT,
}
