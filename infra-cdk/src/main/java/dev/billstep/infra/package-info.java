/** The CDK app: everything that exists in AWS. */
@NullMarked
package dev.billstep.infra;

import org.jspecify.annotations.NullMarked;
