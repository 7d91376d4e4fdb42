package dev.billstep.lab;

import dev.billstep.failure.PermanentFailure;

/** Prompts that can't be used: there are none of that version, or a folder has others than those that are asked. */
public final class PromptsInvalid extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  PromptsInvalid(String sentence) {
    super(sentence);
  }
}
