package dev.billstep.lab;

import java.math.BigDecimal;

/**
 * How far a lab is.
 *
 * @param done documents that a contender is through with
 * @param all documents, once for each contender
 * @param possibleUsd that may have been spent, in earlier runs as well
 */
public record LabState(int done, int all, BigDecimal possibleUsd) {}
