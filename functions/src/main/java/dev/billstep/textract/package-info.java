/** Amazon Textract as a witness of what is printed. Knows the domain, and no other adapter. */
@NullMarked
package dev.billstep.textract;

import org.jspecify.annotations.NullMarked;
