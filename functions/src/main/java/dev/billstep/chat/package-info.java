/** Models that are asked over a chat API: one adapter over langchain4j for every provider. */
@NullMarked
package dev.billstep.chat;

import org.jspecify.annotations.NullMarked;
