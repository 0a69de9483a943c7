/** The endpoints and their pages, one servlet per path. */
@NullMarked
package io.github.postern.web;

import org.jspecify.annotations.NullMarked;
