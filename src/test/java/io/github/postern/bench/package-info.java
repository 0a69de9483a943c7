/** What {@code ./bench} puts into its two servers, and the session it measures with. Not part of the product. */
package io.github.postern.bench;
